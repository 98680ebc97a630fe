// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <sodium.h>
#include <string.h>

#include "vv-second-factor.h"

#define SECRET_SIZE 20 /* RFC 4226 4, R6: 160 bits */
#define SHA1_SIZE   20
#define DIGITS      6
#define PERIOD      30
#define TOLERANCE   1 /* steps; RFC 6238 5.2 */

char *
vv_second_factor_hotp (const guint8 *key, gsize size, guint64 counter, guint digits)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA1, key, size);
  const guint64     message = GUINT64_TO_BE (counter);
  guint8            digest[SHA1_SIZE];
  gsize             length = sizeof digest;
  guint32           value, modulus = 1;
  guint             offset;

  g_hmac_update (hmac, (const guint8 *) &message, sizeof message);
  g_hmac_get_digest (hmac, digest, &length);
  /* RFC 4226 5.3: the last four bits say where the 31 bits lie. */
  offset = digest[SHA1_SIZE - 1] & 0xfU;
  value = (guint32) (digest[offset] & 0x7f) << 24 | (guint32) digest[offset + 1] << 16 | (guint32) digest[offset + 2] << 8 | digest[offset + 3];
  for (guint i = 0; i < digits; i++)
    modulus *= 10;
  return g_strdup_printf ("%0*u", (int) digits, value % modulus);
}

static VvSecret *
totp_enrol (void)
{
  VvSecret *secret = vv_secret_new (1 + SECRET_SIZE);

  vv_secret_data (secret)[0] = vv_second_factor_totp.id;
  randombytes_buf (vv_secret_data (secret) + 1, SECRET_SIZE);
  return secret;
}

/* RFC 4648 base 32; 20 bytes need no padding. @out: room for 8 * size / 5 letters. */
static void
base32 (const guint8 *bytes, gsize size, char *out)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  guint32           held = 0;
  guint             bits = 0;

  for (gsize i = 0; i < size; i++)
    {
      held = (held << 8 | bytes[i]) & 0xffffU;
      for (bits += 8; bits >= 5; bits -= 5)
        *out++ = letters[held >> (bits - 5) & 0x1fU];
    }
}

/* The address that authenticator apps read, mostly from a QR code. */
static VvSecret *
totp_introduce (VvSecret *secret, const char *account, const char *agency)
{
  g_autofree char *issuer = g_uri_escape_string (agency, /* reserved_chars_allowed= */ NULL, /* allow_utf8= */ FALSE);
  g_autofree char *before = g_strdup_printf ("otpauth://totp/%s:%s?secret=", issuer, account);
  g_autofree char *after = g_strdup_printf ("&issuer=%s&algorithm=SHA1&digits=%d&period=%d", issuer, DIGITS, PERIOD);
  const gsize      letters = SECRET_SIZE * 8 / 5;
  const gsize      start = strlen (before);
  VvSecret        *text = vv_secret_new (start + letters + strlen (after));
  char            *to = (char *) vv_secret_data (text);

  memcpy (to, before, start);
  base32 (vv_secret_data (secret) + 1, SECRET_SIZE, to + start);
  memcpy (to + start + letters, after, strlen (after));
  return text;
}

static gboolean
totp_check (VvSecret *secret, const char *answer, gint64 unix_s, gint64 *counter)
{
  const gint64 now = unix_s / PERIOD;

  if (vv_secret_size (secret) != 1 + SECRET_SIZE || strlen (answer) != DIGITS)
    return FALSE;
  for (gint64 step = MAX (now - TOLERANCE, *counter + 1); step <= now + TOLERANCE; step++)
    {
      g_autofree char *code = vv_second_factor_hotp (vv_secret_data (secret) + 1, SECRET_SIZE, (guint64) step, DIGITS);

      if (sodium_memcmp (code, answer, DIGITS) != 0)
        continue;
      *counter = step;
      return TRUE;
    }
  return FALSE;
}

const VvSecondFactorKind vv_second_factor_totp = {
  .id = 1,
  .name = "totp",
  .enrol = totp_enrol,
  .introduce = totp_introduce,
  .check = totp_check,
};

const VvSecondFactorKind *
vv_second_factor_kind (VvSecret *secret)
{
  static const VvSecondFactorKind *const kinds[] = { &vv_second_factor_totp };

  for (gsize i = 0; secret != NULL && vv_secret_size (secret) > 0 && i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i]->id == vv_secret_data (secret)[0])
      return kinds[i];
  return NULL;
}
