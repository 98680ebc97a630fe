// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "vv-secret.h"

G_BEGIN_DECLS

/* CJIS IA-5(1)(a): at least this many characters, all printable ones and spaces allowed, nothing cut off. */
#define VV_PASSPHRASE_MIN 8
#define VV_PASSPHRASE_MAX 1000 /* bytes: what a prompt takes */

/* Whether @passphrase may be used by @account; else FALSE with a VV_PROCEDURE_ERROR_FIELD that says why. @banned: (nullable)
 * one phrase a line, lines with # are comments; compared without regard to case. */
gboolean vv_passphrase_check (VvSecret   *passphrase,
                              const char *account,
                              const char *banned,
                              GError    **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
