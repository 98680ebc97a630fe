// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>

#include "vv-json.h"
#include "vv-vault-private.h"

#define NONCE_SIZE  crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_SIZE    crypto_aead_xchacha20poly1305_ietf_ABYTES
#define SALT_SIZE   crypto_pwhash_SALTBYTES
#define KEYS_SIZE   (2 * VV_VAULT_KEY_SIZE) /* data key, then seed of the signing key */
#define FACTOR_MAX  256                     /* after them, where there is one, the second factor */
#define WRAPPED_MIN (KEYS_SIZE + TAG_SIZE)
#define WRAPPED_MAX (WRAPPED_MIN + FACTOR_MAX)
#define ALGORITHM   "argon2id13"

G_STATIC_ASSERT (crypto_sign_SEEDBYTES == VV_VAULT_KEY_SIZE);
G_STATIC_ASSERT (crypto_aead_xchacha20poly1305_ietf_KEYBYTES == VV_VAULT_KEY_SIZE);

/* libsodium's "moderate", in numbers: a later libsodium may raise its own, and our slots must stay readable. */
#define FULL_OPERATIONS 3
#define FULL_MEMORY     (256 * 1024 * 1024)
/* For training desks that ask for it ("kdf": "light"): some milliseconds instead of half a second. */
#define LIGHT_OPERATIONS 1
#define LIGHT_MEMORY     (1024 * 1024)
/* More than this no desk of ours asks for: the file was changed to keep the machine busy. */
#define MOST_OPERATIONS 16
#define MOST_MEMORY     (G_GINT64_CONSTANT (2048) * 1024 * 1024)

typedef struct
{
  gint64 operations;
  gint64 memory;
} Cost;

static void
set_damaged (GError **error)
{
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_DAMAGED,
                       _ ("The desk's key file is damaged. Restore desk.json from a backup."));
}

static Cost
cost_for (JsonObject *about)
{
  if (vv_json_bool (about, "training") && g_strcmp0 (vv_json_string (about, "kdf"), "light") == 0)
    return (Cost){ LIGHT_OPERATIONS, LIGHT_MEMORY };
  return (Cost){ FULL_OPERATIONS, FULL_MEMORY };
}

/* --- The file ------------------------------------------------------------------------------------------- */

static gboolean
slots_are_named (JsonArray *slots)
{
  gboolean named = vv_json_length (slots) > 0;

  for (guint i = 0; i < vv_json_length (slots); i++)
    named = named && vv_json_string (vv_json_element (slots, i), "account") != NULL;
  return named;
}

JsonObject *
vv_key_slots_load (const char *dir, GError **error)
{
  g_autofree char       *path = g_build_filename (dir, "desk.json", NULL);
  g_autoptr (JsonObject) desk = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_MISSING,
                           _ ("There is no desk in this folder. Choose another folder or make a new desk."));
      return NULL;
    }
  desk = vv_json_load (path, /* error= */ NULL);
  if (desk == NULL ||
      vv_json_int (desk, "format") < 1 ||
      vv_json_object (desk, "about") == NULL ||
      !slots_are_named (vv_json_array (desk, "slots")))
    {
      set_damaged (error);
      return NULL;
    }
  if (vv_json_int (desk, "format") > VV_VAULT_FORMAT)
    {
      g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FORMAT,
                           _ ("The desk was made by a newer version of this program. Install that version."));
      return NULL;
    }
  return g_steal_pointer (&desk);
}

gboolean
vv_key_slots_save (const char *dir, JsonObject *desk, GError **error)
{
  g_autofree char     *path = g_build_filename (dir, "desk.json", NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), desk);
  g_autofree char     *text = vv_json_pretty (node);
  g_autoptr (GError)   cause = NULL;
  VvVaultError         code;

  /* A new file beside it, synced, renamed over the old one, and the folder synced. */
  if (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0600, &cause))
    return TRUE;
  code = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? VV_VAULT_ERROR_FULL : VV_VAULT_ERROR_FAILED;
  g_set_error_literal (error, VV_VAULT_ERROR, (int) code,
                       _ ("The desk's key file could not be written. Check the disk and its free room."));
  return FALSE;
}

JsonObject *
vv_key_slots_find (JsonObject *desk, const char *account)
{
  JsonArray *slots = vv_json_array (desk, "slots");

  for (guint i = 0; i < vv_json_length (slots); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (slots, i), "account"), account) == 0)
      return vv_json_element (slots, i);
  return NULL;
}

static gboolean
is_kept (JsonObject *slot, GHashTable *keep)
{
  const char *account = vv_json_string (slot, "account");
  const char *salt = account != NULL ? g_hash_table_lookup (keep, account) : NULL;

  return salt != NULL && (*salt == '\0' || g_strcmp0 (salt, vv_json_string (slot, "salt")) == 0);
}

JsonObject *
vv_key_slots_without (JsonObject *desk, GHashTable *keep)
{
  JsonArray             *slots = vv_json_array (desk, "slots");
  g_autoptr (JsonArray)  left = json_array_new ();
  g_autoptr (JsonObject) changed = NULL;

  for (guint i = 0; i < vv_json_length (slots); i++)
    if (is_kept (vv_json_element (slots, i), keep))
      json_array_add_object_element (left, vv_json_copy (vv_json_element (slots, i)));
  if (json_array_get_length (left) == vv_json_length (slots))
    return NULL;
  changed = vv_json_copy (desk);
  json_object_set_array_member (changed, "slots", g_steal_pointer (&left));
  return g_steal_pointer (&changed);
}

JsonObject *
vv_key_slots_with (JsonObject *desk, JsonArray *slots)
{
  JsonObject *changed = vv_json_copy (desk);

  for (guint i = 0; i < vv_json_length (slots); i++)
    json_array_add_object_element (vv_json_array (changed, "slots"), vv_json_copy (vv_json_element (slots, i)));
  return changed;
}

/* --- Keys --------------------------------------------------------------------------------------------------- */

static VvSecret *
stretch (VvSecret *passphrase, const guint8 *salt, Cost cost, GError **error)
{
  g_autoptr (VvSecret) key = vv_secret_new (VV_VAULT_KEY_SIZE);

  if (crypto_pwhash (vv_secret_data (key), VV_VAULT_KEY_SIZE, (const char *) vv_secret_data (passphrase),
                     vv_secret_size (passphrase), salt, (unsigned long long) cost.operations,
                     (size_t) cost.memory, crypto_pwhash_ALG_ARGON2ID13) == 0)
    return g_steal_pointer (&key);
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_FAILED,
                       _ ("There is not enough free memory to check the pass phrase. Close other programs and try again."));
  return NULL;
}

/* What a slot is bound to: moved to another account or another format, it does not open. */
static char *
binding (const char *account)
{
  return g_strdup_printf ("visavis desk %d %s", VV_VAULT_FORMAT, account);
}

static char *
encode (const guint8 *bytes, gsize size)
{
  return g_base64_encode (bytes, size);
}

JsonObject *
vv_key_slots_seal (JsonObject *about,
                   const char *account,
                   VvSecret   *passphrase,
                   VvSecret   *data_key,
                   VvSecret   *seed,
                   VvSecret   *second_factor,
                   GError    **error)
{
  Cost                 cost = cost_for (about);
  const gsize          factor_size = second_factor != NULL ? vv_secret_size (second_factor) : 0;
  const gsize          size = KEYS_SIZE + factor_size;
  guint8               salt[SALT_SIZE], nonce[NONCE_SIZE], wrapped[WRAPPED_MAX];
  g_autofree char     *bound_to = binding (account);
  g_autofree char     *salt_text = NULL, *nonce_text = NULL, *wrapped_text = NULL;
  g_autoptr (VvSecret) payload = vv_secret_new (size);
  g_autoptr (VvSecret) key = NULL;

  g_return_val_if_fail (factor_size <= FACTOR_MAX, NULL);

  randombytes_buf (salt, sizeof salt);
  randombytes_buf (nonce, sizeof nonce);
  key = stretch (passphrase, salt, cost, error);
  if (key == NULL)
    return NULL;
  memcpy (vv_secret_data (payload), vv_secret_data (data_key), VV_VAULT_KEY_SIZE);
  memcpy (vv_secret_data (payload) + VV_VAULT_KEY_SIZE, vv_secret_data (seed), VV_VAULT_KEY_SIZE);
  if (factor_size > 0)
    memcpy (vv_secret_data (payload) + KEYS_SIZE, vv_secret_data (second_factor), factor_size);
  (void) crypto_aead_xchacha20poly1305_ietf_encrypt (wrapped, /* length= */ NULL, vv_secret_data (payload), size,
                                                     (const guint8 *) bound_to, strlen (bound_to),
                                                     /* secret nonce= */ NULL, nonce, vv_secret_data (key));
  salt_text = encode (salt, sizeof salt);
  nonce_text = encode (nonce, sizeof nonce);
  wrapped_text = encode (wrapped, size + TAG_SIZE);
  return vv_json_new ("account", "s", account,
                      "kdf", "o", vv_json_new ("algorithm", "s", ALGORITHM, "operations", "i", cost.operations, "memory", "i", cost.memory, NULL),
                      "salt", "s", salt_text, "nonce", "s", nonce_text, "wrapped", "s", wrapped_text, NULL);
}

/* The member's bytes, which must be @size many. */
static gboolean
decode (JsonObject *slot, const char *name, guint8 *out, gsize size)
{
  const char        *text = vv_json_string (slot, name);
  gsize              length = 0;
  g_autofree guchar *bytes = text != NULL ? g_base64_decode (text, &length) : NULL;

  if (bytes == NULL || length != size)
    return FALSE;
  memcpy (out, bytes, size);
  return TRUE;
}

/* A slot may ask for less than the full cost only on a training desk. */
static gboolean
read_cost (JsonObject *slot, JsonObject *about, Cost *cost)
{
  JsonObject *kdf = vv_json_object (slot, "kdf");
  Cost        least = cost_for (about);

  cost->operations = vv_json_int (kdf, "operations");
  cost->memory = vv_json_int (kdf, "memory");
  return g_strcmp0 (vv_json_string (kdf, "algorithm"), ALGORITHM) == 0 &&
         cost->operations >= least.operations &&
         cost->operations <= MOST_OPERATIONS &&
         cost->memory >= least.memory &&
         cost->memory <= MOST_MEMORY;
}

/* Fills @ret_unlocked when @key opens the slot. FALSE with @ret_readable: it is another key's. */
static gboolean
unwrap (JsonObject *slot, const char *account, VvSecret *key, VvUnlocked *ret_unlocked, gboolean *ret_readable)
{
  guint8               nonce[NONCE_SIZE];
  const char          *text = vv_json_string (slot, "wrapped");
  gsize                size = 0;
  g_autofree guchar   *wrapped = text != NULL ? g_base64_decode (text, &size) : NULL;
  g_autofree char     *bound_to = binding (account);
  g_autoptr (VvSecret) payload = NULL;
  const guint8        *bytes;

  *ret_readable = wrapped != NULL && size >= WRAPPED_MIN && size <= WRAPPED_MAX && decode (slot, "nonce", nonce, sizeof nonce);
  if (!*ret_readable)
    return FALSE;
  payload = vv_secret_new (size - TAG_SIZE);
  bytes = vv_secret_data (payload);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt (vv_secret_data (payload), /* length= */ NULL, /* secret nonce= */ NULL,
                                                  wrapped, size, (const guint8 *) bound_to, strlen (bound_to), nonce,
                                                  vv_secret_data (key)) != 0)
    return FALSE;
  ret_unlocked->data_key = vv_secret_copy (bytes, VV_VAULT_KEY_SIZE);
  ret_unlocked->seed = vv_secret_copy (bytes + VV_VAULT_KEY_SIZE, VV_VAULT_KEY_SIZE);
  if (size > WRAPPED_MIN)
    ret_unlocked->second_factor = vv_secret_copy (bytes + KEYS_SIZE, size - WRAPPED_MIN);
  ret_unlocked->salt = g_strdup (vv_json_string (slot, "salt"));
  return TRUE;
}

static void
set_wrong (GError **error)
{
  g_set_error_literal (error, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE,
                       _ ("The account or the pass phrase is wrong. Check both and try again."));
}

/* @slot: NULL when there is no such account; how long it takes must not tell. */
static gboolean
open_slot (JsonObject *about, JsonObject *slot, const char *account, VvSecret *passphrase, VvUnlocked *ret_unlocked, GError **error)
{
  Cost                 cost = cost_for (about);
  guint8               salt[SALT_SIZE] = { 0 };
  gboolean             readable = TRUE;
  g_autoptr (VvSecret) key = NULL;

  if (slot != NULL && (!decode (slot, "salt", salt, sizeof salt) || !read_cost (slot, about, &cost)))
    {
      set_damaged (error);
      return FALSE;
    }
  key = stretch (passphrase, salt, cost, error);
  if (key == NULL)
    return FALSE;
  if (slot != NULL && unwrap (slot, account, key, ret_unlocked, &readable))
    return TRUE;
  if (!readable)
    set_damaged (error);
  else
    set_wrong (error);
  return FALSE;
}

gboolean
vv_key_slots_open (JsonObject *desk, const char *account, VvSecret *passphrase, VvUnlocked *ret_unlocked, GError **error)
{
  JsonObject *about = vv_json_object (desk, "about");
  JsonArray  *slots = vv_json_array (desk, "slots");

  if (vv_key_slots_find (desk, account) == NULL)
    return open_slot (about, NULL, account, passphrase, ret_unlocked, error);
  for (guint i = 0; i < vv_json_length (slots); i++)
    {
      g_autoptr (GError) cause = NULL;
      JsonObject        *slot = vv_json_element (slots, i);

      if (g_strcmp0 (vv_json_string (slot, "account"), account) != 0)
        continue;
      if (open_slot (about, slot, account, passphrase, ret_unlocked, &cause))
        return TRUE;
      if (!g_error_matches (cause, VV_VAULT_ERROR, VV_VAULT_ERROR_PASSPHRASE))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return FALSE;
        }
    }
  set_wrong (error);
  return FALSE;
}

void
vv_unlocked_clear (VvUnlocked *self)
{
  g_clear_pointer (&self->data_key, vv_secret_free);
  g_clear_pointer (&self->seed, vv_secret_free);
  g_clear_pointer (&self->second_factor, vv_secret_free);
  g_clear_pointer (&self->salt, g_free);
}
