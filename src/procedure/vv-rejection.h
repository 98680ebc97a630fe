// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Why an image is unsuitable for facial recognition comparison: a closed list, so that reports can be counted
 * and every reason says what would help. The examiner decides; no measure does. */
typedef struct
{
  const char *code;  /* in records: "too-small" */
  const char *title; /* untranslated, as reports print it */
  const char *ask;   /* untranslated: what to ask the investigator for */
} VvRejectionReason;

/* All, closed by a code of NULL. Static. */
const VvRejectionReason *vv_rejection_all (void);

/* The reason of that code, or NULL. */
const VvRejectionReason *vv_rejection_find (const char *code);

G_END_DECLS
