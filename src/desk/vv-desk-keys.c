// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "vv-desk-bundle-private.h"
#include "vv-hash.h"
#include "vv-json.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EVP_PKEY, EVP_PKEY_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BIO, BIO_free_all)

static GHashTable *
signers (VvSession *session, JsonArray *rows)
{
  GHashTable *names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < session->records->len; i++)
    g_hash_table_add (names, g_strdup (((VvRecord *) g_ptr_array_index (session->records, i))->author));
  for (guint i = 0; i < vv_json_length (rows); i++)
    g_hash_table_add (names, g_strdup (vv_json_string (vv_json_element (rows, i), "account")));
  g_hash_table_add (names, g_strdup (session->actor.account));
  return names;
}

/* The 32 bytes of an Ed25519 key as other programs read them (RFC 8410): PEM, and the SHA-256 of the DER. */
static gboolean
encode (const char *base64, char **ret_pem, char **ret_fingerprint)
{
  gsize                size;
  g_autofree guint8   *raw = g_base64_decode (base64, &size);
  g_autoptr (EVP_PKEY) key = EVP_PKEY_new_raw_public_key (EVP_PKEY_ED25519, NULL, raw, size);
  g_autoptr (BIO)      bio = BIO_new (BIO_s_mem ());
  unsigned char       *der = NULL;
  char                *text;
  int                  length = key != NULL ? i2d_PUBKEY (key, &der) : 0;

  if (length <= 0 || bio == NULL || PEM_write_bio_PUBKEY (bio, key) != 1)
    {
      OPENSSL_free (der);
      return FALSE;
    }
  *ret_fingerprint = vv_hash_data (der, (gsize) length);
  OPENSSL_free (der);
  length = (int) BIO_get_mem_data (bio, &text);
  *ret_pem = g_strndup (text, (gsize) length);
  return TRUE;
}

static gboolean
add_key (JsonArray *keys, JsonObject *account, const char *base64, guint number, GError **error)
{
  g_autofree char *pem = NULL;
  g_autofree char *fingerprint = NULL;

  if (base64 == NULL || !encode (base64, &pem, &fingerprint))
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                           _ ("A public key of this desk cannot be read. Restore the desk from a backup."));
      return FALSE;
    }
  json_array_add_object_element (keys, vv_json_new ("account", "s", vv_json_string (account, "account"),
                                                    "name", "s", vv_json_string (account, "full_name"),
                                                    "fingerprint", "s", fingerprint,
                                                    "pem", "s", pem,
                                                    "number", "i", (gint64) number, NULL));
  return TRUE;
}

/* All keys the account ever had, where it had several; else its one key. */
static gboolean
add_keys (JsonArray *keys, JsonObject *account, GError **error)
{
  JsonArray *all = vv_json_array (account, "keys");

  if (vv_json_length (all) == 0)
    return add_key (keys, account, vv_json_string (account, "public_key"), 1, error);
  for (guint i = 0; i < vv_json_length (all); i++)
    if (!add_key (keys, account, vv_json_string (vv_json_element (all, i), "public_key"), i + 1, error))
      return FALSE;
  return TRUE;
}

JsonArray *
_vv_desk_keys (VvSession *session, JsonArray *rows, GError **error)
{
  g_autoptr (GHashTable) names = signers (session, rows);
  g_autoptr (JsonArray)  accounts = vv_vault_accounts (session->vault, error);
  g_autoptr (JsonArray)  keys = json_array_new ();

  if (accounts == NULL)
    return NULL;
  for (guint i = 0; i < vv_json_length (accounts); i++)
    {
      JsonObject *account = vv_json_element (accounts, i);

      if (g_hash_table_contains (names, vv_json_string (account, "account")) && !add_keys (keys, account, error))
        return NULL;
    }
  return g_steal_pointer (&keys);
}
