// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-secret.h"

G_BEGIN_DECLS

/* Something the person has, asked for after the pass phrase. Its secret lies in the account's key slot, encrypted under
 * the pass phrase: one byte that says the kind, then what the kind needs. It guards the program's own door: who holds the
 * folder and the pass phrase can unwrap the slot with a program of their own. A kind that takes part in the key (FIDO2 with
 * hmac-secret, PIV) would close that too; it is added as one more VvSecondFactorKind. */
typedef struct
{
  guint8      id;   /* first byte in the slot; never given to another kind */
  const char *name; /* "totp" */

  /* A new secret with its first byte. Returns: (transfer full). */
  VvSecret *(*enrol) (void);

  /* What the person needs to set up their device, shown once. Returns: (transfer full) text without a closing zero. */
  VvSecret *(*introduce) (VvSecret   *secret,
                          const char *account,
                          const char *agency);

  /* Whether @answer proves possession at @unix_s. @counter: in, the highest one used so far (-1: none); out, this one's, so
   * that an answer is good once. */
  gboolean (*check) (VvSecret   *secret,
                     const char *answer,
                     gint64      unix_s,
                     gint64     *counter);
} VvSecondFactorKind;

/* Codes of an authenticator app, RFC 6238: HMAC-SHA-1, 6 digits, 30 seconds, one step of tolerance to either side. Needs no
 * network. */
extern const VvSecondFactorKind vv_second_factor_totp;

/* The kind of a secret out of a slot; NULL when this program does not know it. */
const VvSecondFactorKind *vv_second_factor_kind (VvSecret *secret);

/* RFC 4226: the code of @digits digits for @counter. Returns: (transfer full). */
char *vv_second_factor_hotp (const guint8 *key,
                             gsize         size,
                             guint64       counter,
                             guint         digits);

G_END_DECLS
