// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Version of the texts below; printed with them and kept in records. */
#define VV_NOTICE_VERSION 1

/* The notice that every window shows: a lead only. Translated. */
const char *vv_notice_short (void);

/* The paragraphs that every report carries, in English as the procedure has them and never translated,
 * edited or left out; closed by NULL. */
const char *const *vv_notice_report (void);

/* Shown before signing in; stays until acknowledged (CJIS AC-8, P.G. 219-14). Translated. */
const char *vv_notice_sign_in (void);

G_END_DECLS
