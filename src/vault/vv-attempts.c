// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vault"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <sodium.h>
#include <string.h>
#include <time.h>

#include "vv-attempts.h"
#include "vv-json.h"
#include "vv-time.h"
#include "vv-vault.h"

#define FORMAT   1
#define KEY_SIZE crypto_auth_hmacsha256_KEYBYTES
#define MAC_SIZE crypto_auth_hmacsha256_BYTES
/* Of accounts that do not exist; more would only fill the disk. */
#define UNKNOWN_MAX 100

struct _VvAttempts
{
  char      *path;
  gint64     round;
  guint8     first_key[KEY_SIZE]; /* known only to whoever began the round */
  guint8     key[KEY_SIZE];       /* authenticates the next line */
  guint8     last_key[KEY_SIZE];  /* before the last vv_attempts_add() */
  gboolean   added;               /* whether that line was kept */
  JsonArray *lines;               /* (owned) */
};

void
vv_attempts_clock (VvAttemptsClock *ret_now)
{
  struct timespec  since_boot = { 0 };
  g_autofree char *boot_id = NULL;

  (void) clock_gettime (CLOCK_BOOTTIME, &since_boot); /* Linux always has it */
  *ret_now = (VvAttemptsClock){ .wall_us = g_get_real_time (), .boot_s = since_boot.tv_sec };
  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot_id, /* length= */ NULL, /* error= */ NULL))
    (void) g_strlcpy (ret_now->boot_id, g_strstrip (boot_id), sizeof ret_now->boot_id);
}

/* --- Lines ------------------------------------------------------------------------------------------------------------ */

static void
mac_of (JsonObject *line, const guint8 *key, guint8 *ret_mac)
{
  g_autoptr (JsonObject) bare = vv_json_copy (line);
  g_autofree char       *text = NULL;

  json_object_remove_member (bare, "mac");
  text = vv_json_canonical (bare);
  (void) crypto_auth_hmacsha256 (ret_mac, (const guint8 *) text, strlen (text), key);
}

/* The key of the next line; from it nobody comes back to this one. */
static void
step (guint8 *key)
{
  guint8 next[KEY_SIZE];

  (void) crypto_auth_hmacsha256 (next, (const guint8 *) "next line", 9, key);
  memcpy (key, next, KEY_SIZE);
  sodium_memzero (next, sizeof next);
}

static void
seal_line (JsonObject *line, guint8 *key)
{
  guint8           mac[MAC_SIZE];
  g_autofree char *text = NULL;

  mac_of (line, key, mac);
  text = g_base64_encode (mac, sizeof mac);
  json_object_set_string_member (line, "mac", text);
  step (key);
}

/* Whether the lines are those that were written from @first_key on, and all of them. */
static gboolean
lines_hold (VvAttempts *self, const guint8 *first_key)
{
  guint8 key[KEY_SIZE];

  memcpy (key, first_key, KEY_SIZE);
  for (guint i = 0; i < json_array_get_length (self->lines); i++)
    {
      JsonObject      *line = vv_json_element (self->lines, i);
      guint8           mac[MAC_SIZE];
      g_autofree char *text = NULL;

      if (line == NULL)
        return FALSE;
      mac_of (line, key, mac);
      text = g_base64_encode (mac, sizeof mac);
      if (g_strcmp0 (text, vv_json_string (line, "mac")) != 0)
        return FALSE;
      step (key);
    }
  return sodium_memcmp (key, self->key, KEY_SIZE) == 0;
}

/* --- The file ----------------------------------------------------------------------------------------------------------- */

static gboolean
read_key (JsonObject *from, guint8 *ret_key)
{
  const char        *text = vv_json_string (from, "key");
  gsize              size = 0;
  g_autofree guchar *bytes = text != NULL ? g_base64_decode (text, &size) : NULL;

  if (size != KEY_SIZE)
    return FALSE;
  memcpy (ret_key, bytes, KEY_SIZE);
  return TRUE;
}

VvAttempts *
vv_attempts_load (const char *dir)
{
  VvAttempts            *self = g_new0 (VvAttempts, 1);
  g_autoptr (JsonObject) file = NULL;

  self->path = g_build_filename (dir, "desk.attempts", NULL);
  file = vv_json_load (self->path, /* error= */ NULL);
  if (vv_json_int (file, "format") == FORMAT && vv_json_array (file, "attempts") != NULL && read_key (file, self->key))
    {
      self->round = vv_json_int (file, "round");
      self->lines = json_array_ref (vv_json_array (file, "attempts"));
    }
  else
    {
      self->lines = json_array_new ();
      randombytes_buf (self->key, KEY_SIZE);
    }
  return self;
}

void
vv_attempts_free (VvAttempts *self)
{
  if (self == NULL)
    return;
  json_array_unref (self->lines);
  sodium_memzero (self->first_key, KEY_SIZE);
  sodium_memzero (self->key, KEY_SIZE);
  sodium_memzero (self->last_key, KEY_SIZE);
  g_free (self->path);
  g_free (self);
}

gboolean
vv_attempts_save (VvAttempts *self, GError **error)
{
  g_autofree char       *key = g_base64_encode (self->key, KEY_SIZE);
  g_autoptr (JsonObject) file = vv_json_new ("format", "i", (gint64) FORMAT, "round", "i", self->round, "key", "s", key,
                                             "attempts", "a", json_array_ref (self->lines), NULL);
  g_autofree char       *text = vv_json_canonical (file);
  g_autoptr (GError)     cause = NULL;

  if (g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return TRUE;
  g_set_error_literal (error, VV_VAULT_ERROR,
                       g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC) ? VV_VAULT_ERROR_FULL : VV_VAULT_ERROR_FAILED,
                       _ ("The attempt to sign in could not be written down, so it was not made. Check the disk and its free room."));
  return FALSE;
}

/* --- Counting ------------------------------------------------------------------------------------------------------------- */

static gboolean
is_of (JsonObject *line, const char *account)
{
  return g_strcmp0 (vv_json_string (line, "account"), account) == 0;
}

gboolean
vv_attempts_is_locked (VvAttempts *self, const char *account)
{
  for (guint i = 0; i < json_array_get_length (self->lines); i++)
    if (is_of (vv_json_element (self->lines, i), account) && vv_json_bool (vv_json_element (self->lines, i), "locks"))
      return TRUE;
  return FALSE;
}

/* Seconds since the line was written, never more than what has surely passed. */
static gint64
age_of (JsonObject *line, const VvAttemptsClock *now)
{
  gboolean same_start = g_strcmp0 (vv_json_string (line, "boot"), now->boot_id) == 0;

  return same_start ? now->boot_s - vv_json_int (line, "since_boot") : now->boot_s;
}

static guint
count_recent (VvAttempts *self, const char *account, const VvAttemptsClock *now)
{
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (self->lines); i++)
    {
      JsonObject *line = vv_json_element (self->lines, i);

      if (is_of (line, account) && (*account == '\0' || age_of (line, now) < VV_ATTEMPTS_WINDOW))
        n++;
    }
  return n;
}

void
vv_attempts_add (VvAttempts *self, const char *account, const VvAttemptsClock *now)
{
  guint            before = count_recent (self, account, now);
  g_autofree char *at = vv_time_format (now->wall_us);
  JsonObject      *line;

  self->added = *account != '\0' || before < UNKNOWN_MAX;
  if (!self->added)
    return;
  line = vv_json_new ("account", "s", account, "at", "s", at, "boot", "s", now->boot_id, "since_boot", "i", now->boot_s,
                      "locks", "b", *account != '\0' && before + 1 >= VV_ATTEMPTS_MOST, NULL);
  memcpy (self->last_key, self->key, KEY_SIZE);
  seal_line (line, self->key);
  json_array_add_object_element (self->lines, line);
}

void
vv_attempts_take_back (VvAttempts *self)
{
  if (!self->added)
    return;
  json_array_remove_element (self->lines, json_array_get_length (self->lines) - 1);
  memcpy (self->key, self->last_key, KEY_SIZE);
  self->added = FALSE;
}

/* --- Rounds ----------------------------------------------------------------------------------------------------------------- */

static gboolean
is_round (VvAttempts *self, JsonObject *known)
{
  guint8 first_key[KEY_SIZE];

  return known != NULL && vv_json_int (known, "round") == self->round && read_key (known, first_key) && lines_hold (self, first_key);
}

JsonArray *
vv_attempts_news (VvAttempts *self, JsonObject *known, VvAttemptsState *ret_state)
{
  JsonArray  *news = json_array_new ();
  JsonObject *before = vv_json_object (known, "before");
  gint64      old = 0;

  /* A crash after the commit leaves the file of the round before, whose first lines are known already. */
  if (known == NULL || is_round (self, known))
    *ret_state = VV_ATTEMPTS_SOUND;
  else if (is_round (self, before))
    {
      *ret_state = VV_ATTEMPTS_SOUND;
      old = vv_json_int (before, "lines");
    }
  else
    *ret_state = vv_json_int (known, "round") == self->round ? VV_ATTEMPTS_CHANGED : VV_ATTEMPTS_MISSING;
  for (guint i = (guint) old; i < json_array_get_length (self->lines); i++)
    {
      JsonObject *line = vv_json_element (self->lines, i);

      if (line != NULL && !vv_json_bool (line, "known"))
        json_array_add_object_element (news,
                                       vv_json_new ("account", "s", vv_json_string (line, "account"), "at", "s", vv_json_string (line, "at"),
                                                    "locks", "b", vv_json_bool (line, "locks"), NULL));
    }
  return news;
}

VvAttempts *
vv_attempts_next_round (VvAttempts *self, const char *without)
{
  VvAttempts *next = g_new0 (VvAttempts, 1);

  next->path = g_strdup (self->path);
  next->round = self->round + 1;
  next->lines = json_array_new ();
  randombytes_buf (next->first_key, KEY_SIZE);
  memcpy (next->key, next->first_key, KEY_SIZE);
  for (guint i = 0; i < json_array_get_length (self->lines); i++)
    {
      JsonObject *line = vv_json_element (self->lines, i);

      /* Lines without an account lock nobody and are known by now. */
      if (line == NULL || is_of (line, without) || is_of (line, ""))
        continue;
      line = vv_json_copy (line);
      json_object_set_boolean_member (line, "known", TRUE);
      seal_line (line, next->key);
      json_array_add_object_element (next->lines, line);
    }
  return next;
}

JsonObject *
vv_attempts_known (VvAttempts *self, VvAttempts *before, JsonObject *known_before)
{
  g_autofree char *key = g_base64_encode (self->first_key, KEY_SIZE);
  const char      *key_before = vv_json_string (known_before, "key");
  JsonObject      *last = vv_json_new ("round", "i", before->round, "key", "s", key_before,
                                       "lines", "i", (gint64) json_array_get_length (before->lines), NULL);

  return vv_json_new ("round", "i", self->round, "key", "s", key, "before", "o", last, NULL);
}
