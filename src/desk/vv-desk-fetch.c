// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-mapping.h"
#include "vv-request-package.h"

/* Requests that wait in ECMS, with their pictures and videos. A package is taken in whole or not at all, so that
 * nothing is half there; what keeps it out is said file by file, and it stays in ECMS as it is. */

#define DEFAULT_INBOX "requests"
#define STEPS         100 /* of the progress, per package */

typedef struct
{
  VvSession    *session;
  VvTransport  *transport;
  char         *inbox; /* folder of the packages in ECMS */
  JsonObject   *claim; /* what says that this station takes a package in */
  GHashTable   *known; /* name of a package -> request it became, as text */
  GCancellable *cancellable;
  gboolean      look;       /* only look what waits */
  JsonArray    *requests;   /* numbers of those taken in or added to */
  JsonArray    *exceptions; /* {"package", "file", "rule", "text"} */
  gint64        waiting, fetched, joined, held;
} VvFetch;

/* A package under way. */
typedef struct
{
  VvFetch          *fetch;
  VvRequestPackage *package;
  char             *folder;
  JsonArray        *listing;
  gint64            request; /* 0: it is a new one */
  JsonArray        *media;   /* those that are not there yet */
  GHashTable       *files;   /* SHA-256 -> GBytes */
  GHashTable       *facts;   /* SHA-256 -> JsonObject of the decoder, of pictures */
  gsize             bytes;   /* of all files so far */
  JsonArray        *left;    /* names of files that the request does not name */
} VvTaking;

/* --- Exceptions ------------------------------------------------------------------------------------------------------------- */

/* What ends everything: nothing can be reached, or the person does not wait. */
static gboolean
is_end (const GError *error)
{
  if (error->domain != VV_ECMS_ERROR)
    return error->domain == VV_VAULT_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  return error->code == VV_ECMS_ERROR_OFFLINE ||
         error->code == VV_ECMS_ERROR_CERTIFICATE ||
         error->code == VV_ECMS_ERROR_SETTINGS ||
         error->code == VV_ECMS_ERROR_FULL;
}

/* Notes what keeps a package out and forgets it. FALSE with @error when it ends everything. */
static gboolean
except (VvFetch *self, const char *package, const char *file, GError *failure, GError **error)
{
  g_autoptr (GError)     owned = failure;
  g_autoptr (JsonObject) detail = vv_json_new ("rule", "s", vv_package_rule (owned), NULL);

  if (is_end (owned))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return FALSE;
    }
  json_array_add_object_element (self->exceptions,
                                 vv_json_new ("package", "s", package, "file", "s", file, "rule", "s", vv_package_rule (owned), "text", "s", owned->message, NULL));
  return self->look || _vv_desk_note (self->session, /* object= */ "", detail, /* sign= */ FALSE, error);
}

static GError *
fault (VvPackageError code, const char *message)
{
  return g_error_new_literal (VV_PACKAGE_ERROR, (int) code, message);
}

/* --- Reading from ECMS: without the vault's lock ---------------------------------------------------------------------------------- */

static GBytes *
get (VvFetch *self, const char *folder, const char *file, gsize longest, GError **error)
{
  GBytes *bytes;

  _vv_desk_unlock (self->session);
  bytes = vv_transport_get (self->transport, folder, file, longest, self->cancellable, error);
  _vv_desk_lock (self->session);
  return bytes;
}

static JsonArray *
list (VvFetch *self, const char *folder, GError **error)
{
  JsonArray *entries;

  _vv_desk_unlock (self->session);
  entries = vv_transport_list (self->transport, folder, self->cancellable, error);
  _vv_desk_lock (self->session);
  return entries;
}

/* A failure of get() as that of the file. (transfer full) */
static GError *
as_fault (GError *failure)
{
  g_autoptr (GError) owned = failure;

  if (g_error_matches (owned, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING))
    return fault (VV_PACKAGE_ERROR_MISSING, _ ("The file is not in the package."));
  if (g_error_matches (owned, VV_ECMS_ERROR, VV_ECMS_ERROR_TOO_LONG))
    return fault (VV_PACKAGE_ERROR_LIMIT,
                  _ ("The file, or the whole package, is too large: a file may have 256 megabytes, a package 512."));
  if (is_end (owned))
    return g_steal_pointer (&owned);
  return fault (VV_PACKAGE_ERROR_ACCESS, owned->message);
}

/* --- One package --------------------------------------------------------------------------------------------------------------- */

static void
taking_clear (VvTaking *self)
{
  g_clear_pointer (&self->package, vv_request_package_free);
  g_clear_pointer (&self->listing, json_array_unref);
  g_clear_pointer (&self->media, json_array_unref);
  g_clear_pointer (&self->left, json_array_unref);
  g_clear_pointer (&self->files, g_hash_table_unref);
  g_clear_pointer (&self->facts, g_hash_table_unref);
  g_clear_pointer (&self->folder, g_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvTaking, taking_clear)

/* Reads request.json. FALSE without @error: the package is not to be taken in, which was said. */
static gboolean
read_package (VvTaking *self, const char *name, GError **error)
{
  VvFetch           *fetch = self->fetch;
  GError            *failure = NULL;
  g_autoptr (GBytes) text = NULL;
  g_autofree char   *file = NULL;

  if (!vv_mapping_is_safe_name (name))
    return except (fetch, name, NULL,
                   fault (VV_PACKAGE_ERROR_NAME, _ ("The package has a name that cannot be used. Rename its folder in ECMS.")),
                   error) &&
           FALSE;
  self->folder = g_strconcat (fetch->inbox, "/", name, NULL);
  text = get (fetch, self->folder, VV_REQUEST_PACKAGE_FILE, VV_REQUEST_PACKAGE_MAX_TEXT, &failure);
  if (text == NULL)
    return except (fetch, name, VV_REQUEST_PACKAGE_FILE, as_fault (failure), error) && FALSE;
  self->package = vv_request_package_parse (name, text, &file, &failure);
  return self->package != NULL || (except (fetch, name, file, failure, error) && FALSE);
}

/* Requests of the Intelligence Bureau wait for somebody with that clearance and are not named to others. */
static gboolean
is_held (VvTaking *self)
{
  gboolean held = g_strcmp0 (vv_json_string (self->package->request, "channel"), "intelligence") == 0 &&
                  !self->fetch->session->actor.intelligence;

  self->fetch->held += held ? 1 : 0;
  return held;
}

/* Whether another station has begun to take it in. */
static gboolean
is_elsewhere (VvTaking *self, gboolean *ret_elsewhere, GError **error)
{
  g_autofree char   *ours = vv_json_canonical (self->fetch->claim);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) claim = get (self->fetch, self->folder, VV_REQUEST_PACKAGE_CLAIM, VV_REQUEST_PACKAGE_MAX_TEXT, &failure);

  *ret_elsewhere = claim != NULL && (g_bytes_get_size (claim) != strlen (ours) || memcmp (g_bytes_get_data (claim, NULL), ours, strlen (ours)) != 0);
  if (failure == NULL || !is_end (failure))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* --- What is there already ---------------------------------------------------------------------------------------------------------- */

/* Whether the records of an earlier fetch still say what the package says; @ret_file: (transfer full) which file does not. */
static gboolean
is_unchanged (VvTaking *self, GPtrArray *records, char **ret_file)
{
  VvRecord        *first = g_ptr_array_index (records, 0);
  g_autofree char *before = vv_request_package_stated (first->body);
  g_autofree char *after = vv_request_package_stated (self->package->request);

  *ret_file = NULL;
  if (strcmp (before, after) != 0)
    {
      *ret_file = g_strdup (VV_REQUEST_PACKAGE_FILE);
      return FALSE;
    }
  for (guint i = 1; i < records->len; i++)
    {
      VvRecord        *record = g_ptr_array_index (records, i);
      JsonObject      *medium = vv_request_package_find (self->package, vv_json_string (record->body, "sha256"));
      gboolean         player = g_strcmp0 (vv_json_string (record->body, "class"), "player-package") == 0;
      g_autofree char *kept = vv_request_package_stated (record->body);
      g_autofree char *said = medium != NULL ? vv_request_package_stated (medium) : NULL;

      if (vv_json_string (record->body, "ecms_package") == NULL || (medium != NULL && (player || g_strcmp0 (kept, said) == 0)))
        continue;
      *ret_file = g_strdup (vv_json_string (record->body, "name"));
      return FALSE;
    }
  return TRUE;
}

static gboolean
has_file (GPtrArray *records, const char *sha256)
{
  for (guint i = 0; records != NULL && i < records->len; i++)
    if (g_strcmp0 (vv_json_string (((VvRecord *) g_ptr_array_index (records, i))->body, "sha256"), sha256) == 0)
      return TRUE;
  return FALSE;
}

/* Finds what of the package is not in the records of its request. FALSE without @error: nothing to take in. */
static gboolean
find_new (VvTaking *self, GError **error)
{
  const char           *known = g_hash_table_lookup (self->fetch->known, self->package->name);
  g_autoptr (GPtrArray) records = NULL;
  g_autofree char      *file = NULL;

  self->request = known != NULL ? g_ascii_strtoll (known, NULL, 10) : 0;
  records = self->request != 0 ? vv_vault_records (self->fetch->session->vault, self->request, error) : NULL;
  if (self->request != 0 && records == NULL)
    return FALSE;
  if (records != NULL && !is_unchanged (self, records, &file))
    return except (self->fetch, self->package->name, file,
                   fault (VV_PACKAGE_ERROR_CHANGED, _ ("The package was changed after it was taken in, and nothing here was overwritten. New pictures may be added to a package; anything else is a request of its own.")),
                   error) &&
           FALSE;
  self->media = json_array_new ();
  for (guint i = 0; i < vv_json_length (self->package->media); i++)
    {
      JsonObject *medium = vv_json_element (self->package->media, i);

      if (!has_file (records, vv_json_string (medium, "sha256")))
        json_array_add_object_element (self->media, json_object_ref (medium));
    }
  return self->request == 0 || vv_json_length (self->media) > 0;
}

/* Whether this person may take it in: a new request, or pictures of a new round. */
static gboolean
is_allowed (VvTaking *self, GError **error)
{
  VvSession            *session = self->fetch->session;
  g_autoptr (GPtrArray) records = self->request != 0 ? vv_vault_records (session->vault, self->request, error) : NULL;
  g_autoptr (VvCase)    kase = NULL;

  if (self->request != 0 && records == NULL)
    return FALSE;
  kase = records != NULL ? vv_case_new (records, vv_rules_peers (session->desk->rules)) : NULL;
  if (kase == NULL && !_vv_desk_check_new (session, self->package->request, error))
    return FALSE;
  for (guint i = 0; i < vv_json_length (self->media); i++)
    {
      JsonObject *medium = vv_json_element (self->media, i);
      VvAct       act = vv_json_string (medium, "class") != NULL ? VV_ACT_ADD_EXHIBIT : VV_ACT_ADD_MEDIA;

      if (!_vv_desk_check_obtained (session, medium, error) || (kase != NULL && !vv_case_may (kase, act, &session->actor, NULL, error)))
        return FALSE;
    }
  return TRUE;
}

/* --- Its files ---------------------------------------------------------------------------------------------------------------------------- */

/* What lies in the package and is not named by request.json does not belong to the request: it is said and left there. */
static gboolean
look_for_others (VvTaking *self, GError **error)
{
  self->left = json_array_new ();
  for (guint i = 0; i < vv_json_length (self->listing); i++)
    {
      const char *name = vv_json_string (vv_json_element (self->listing, i), "name");

      if (vv_request_package_has (self->package, name))
        continue;
      json_array_add_string_element (self->left, name);
      if (!except (self->fetch, self->package->name, name,
                   fault (VV_PACKAGE_ERROR_UNLISTED, _ ("request.json does not name this file, so it does not belong to the FIS Request DD5 and was left in ECMS (212-129, step 2).")),
                   error))
        return FALSE;
    }
  return TRUE;
}

/* Reads one file and proves that it is the one that is named. NULL with a failure. */
static GBytes *
read_file (VvTaking *self, const char *file, const char *sha256, GError **error)
{
  gsize              room = MIN ((gsize) VV_REQUEST_PACKAGE_MAX_FILE, VV_REQUEST_PACKAGE_MAX_PACKAGE - self->bytes);
  GError            *failure = NULL;
  g_autoptr (GBytes) bytes = get (self->fetch, self->folder, file, room, &failure);
  g_autofree char   *there = bytes != NULL ? vv_hash_bytes (bytes) : NULL;

  if (bytes == NULL)
    g_propagate_error (error, as_fault (failure));
  else if (strcmp (there, sha256) != 0)
    g_propagate_error (error,
                       fault (VV_PACKAGE_ERROR_SHA256, _ ("The file is not the one that request.json names: its SHA-256 is another one.")));
  else
    {
      self->bytes += g_bytes_get_size (bytes);
      g_hash_table_insert (self->files, g_strdup (sha256), g_bytes_ref (bytes));
      return g_steal_pointer (&bytes);
    }
  return NULL;
}

/* Whether the decoder can show it; keeps what it says of it. */
static gboolean
look_at_picture (VvTaking *self, JsonObject *medium, GBytes *file, GError **error)
{
  VvSession             *session = self->fetch->session;
  GError                *failure = NULL;
  g_autoptr (JsonObject) facts = NULL;
  g_autoptr (VvPicture)  picture = NULL;

  _vv_desk_unlock (session);
  picture = vv_decoder_decode (session->desk->decoder, file, vv_json_string (medium, "file"), VV_DECODER_FOREIGN, &facts,
                               self->fetch->cancellable, &failure);
  _vv_desk_lock (session);
  if (picture != NULL)
    {
      g_hash_table_insert (self->facts, g_strdup (vv_json_string (medium, "sha256")), g_steal_pointer (&facts));
      return TRUE;
    }
  g_propagate_error (error, is_end (failure) ? g_error_copy (failure) : fault (VV_PACKAGE_ERROR_PICTURE, failure->message));
  g_error_free (failure);
  return FALSE;
}

static gboolean
take_medium (VvTaking *self, JsonObject *medium, const char **ret_file, GError **error)
{
  const char        *player = vv_json_string (medium, "player_file");
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) player_bytes = NULL;

  *ret_file = vv_json_string (medium, "file");
  file = read_file (self, *ret_file, vv_json_string (medium, "sha256"), error);
  if (file == NULL || (vv_json_string (medium, "class") == NULL && !look_at_picture (self, medium, file, error)))
    return FALSE;
  if (player == NULL)
    return TRUE;
  *ret_file = player;
  player_bytes = read_file (self, player, vv_json_string (medium, "player_sha256"), error);
  return player_bytes != NULL;
}

/* Reads every file, also after one that is wrong, so that all that is wrong is said at once. *@ret_whole: none was. */
static gboolean
take_media (VvTaking *self, guint64 done, guint64 total, gboolean *ret_whole, GError **error)
{
  guint n = vv_json_length (self->media);

  *ret_whole = TRUE;
  for (guint i = 0; i < n; i++)
    {
      GError     *failure = NULL;
      const char *file;

      vv_progress_set (self->fetch->cancellable, done + STEPS * i / n, total);
      if (take_medium (self, vv_json_element (self->media, i), &file, &failure))
        continue;
      *ret_whole = FALSE;
      if (!except (self->fetch, self->package->name, file, failure, error))
        return FALSE;
    }
  return TRUE;
}

/* --- Keeping it: one transaction --------------------------------------------------------------------------------------------------------- */

/* Of two stations that fetch from one ECMS the first takes the package: the claim has one name and is never overwritten. */
static gboolean
claim (VvTaking *self, gboolean *ret_ours, GError **error)
{
  VvFetch               *fetch = self->fetch;
  g_autofree char       *text = vv_json_canonical (fetch->claim);
  g_autoptr (GBytes)     document = g_bytes_new (text, strlen (text));
  g_autofree char       *sha256 = vv_hash_bytes (document);
  g_autoptr (JsonObject) receipt = NULL;
  GError                *failure = NULL;

  _vv_desk_unlock (fetch->session);
  *ret_ours = vv_transport_put (fetch->transport, self->folder, VV_REQUEST_PACKAGE_CLAIM, "application/json", document, sha256, &receipt, fetch->cancellable, &failure);
  _vv_desk_lock (fetch->session);
  if (*ret_ours)
    return TRUE;
  if (g_error_matches (failure, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT))
    {
      g_error_free (failure);
      return TRUE;
    }
  return except (fetch, self->package->name, VV_REQUEST_PACKAGE_CLAIM, as_fault (failure), error);
}

/* What was stated of a file, as an act takes it. (transfer full) */
static JsonObject *
details_of (VvTaking *self, JsonObject *medium)
{
  static const char *const not_kept[] = { "sha256", "player_file", "player_sha256" };
  JsonObject              *details = vv_json_copy (medium);

  for (gsize i = 0; i < G_N_ELEMENTS (not_kept); i++)
    if (json_object_has_member (details, not_kept[i]))
      json_object_remove_member (details, not_kept[i]);
  json_object_set_string_member (details, "ecms_package", self->package->name);
  return details;
}

/* The player of a video, an exhibit of its own. 0 with an error. */
static gint64
keep_player (VvTaking *self, VvSession *session, JsonObject *video, GError **error)
{
  GBytes                *file = g_hash_table_lookup (self->files, vv_json_string (video, "player_sha256"));
  g_autoptr (JsonObject) details = vv_json_new ("file", "s", vv_json_string (video, "player_file"), "class", "s", "player-package",
                                                "description", "s", _ ("Player of a video, as it came from ECMS"),
                                                "ecms_package", "s", self->package->name, NULL);
  g_autoptr (JsonObject) body = _vv_desk_exhibit_body (details, file);
  g_autoptr (VvRecord)   record = _vv_desk_append_within (session, VV_KIND_EXHIBIT, body, _vv_desk_put_file, file, error);

  return record != NULL ? record->id : 0;
}

static VvRecord *
keep_medium (VvTaking *self, VvSession *session, JsonObject *medium, GError **error)
{
  const char            *sha256 = vv_json_string (medium, "sha256");
  GBytes                *file = g_hash_table_lookup (self->files, sha256);
  gboolean               video = vv_json_string (medium, "class") != NULL;
  g_autoptr (JsonObject) details = details_of (self, medium);
  g_autoptr (JsonObject) body = NULL;
  gint64                 player = 0;

  session->act = vv_act_name (video ? VV_ACT_ADD_EXHIBIT : VV_ACT_ADD_MEDIA);
  if (vv_json_string (medium, "player_file") != NULL)
    {
      player = keep_player (self, session, medium, error);
      if (player == 0)
        return NULL;
      json_object_set_int_member (details, "player", player);
    }
  body = video ? _vv_desk_exhibit_body (details, file) : _vv_desk_image_body (details, g_hash_table_lookup (self->facts, sha256), file);
  return _vv_desk_append_within (session, video ? VV_KIND_EXHIBIT : VV_KIND_MEDIA, body, _vv_desk_put_file, file, error);
}

/* Tells ECMS what became of the package. */
static gboolean
queue_receipt (VvTaking *self, VvSession *session, gint64 record, JsonArray *taken, GError **error)
{
  const char            *station = vv_json_string (session->desk->about, "station");
  g_autofree char       *name = g_strdup_printf ("received-%s-%" G_GINT64_FORMAT ".json", station, record);
  g_autoptr (JsonObject) note = vv_json_new ("document", "s", "request-received",
                                             "record", "i", record,
                                             "station", "s", station,
                                             "dd5", "s", vv_json_string (self->package->request, "dd5"),
                                             "package_sha256", "s", vv_json_string (self->package->request, "package_sha256"),
                                             "taken", "a", json_array_ref (taken),
                                             "left", "a", json_array_ref (self->left),
                                             "policy", "o", json_object_ref (vv_rules_policy (session->desk->rules)), NULL);
  g_autofree char       *text = vv_json_canonical (note);
  g_autoptr (GBytes)     document = g_bytes_new (text, strlen (text));

  return _vv_desk_queue_in (session, self->folder, document, name, "application/json", error);
}

static gboolean
keep_within (VvTaking *self, VvSession *session, GError **error)
{
  g_autoptr (JsonArray) taken = json_array_new ();
  gint64                about = 0;

  if (self->request == 0)
    {
      g_autoptr (VvRecord) record = _vv_desk_append_within (session, VV_KIND_REQUEST, self->package->request, NULL, NULL, error);

      if (record == NULL)
        return FALSE;
      about = record->id;
      session->request = record->id;
    }
  for (guint i = 0; i < vv_json_length (self->media); i++)
    {
      JsonObject          *medium = vv_json_element (self->media, i);
      g_autoptr (VvRecord) record = keep_medium (self, session, medium, error);

      if (record == NULL)
        return FALSE;
      about = about != 0 ? about : record->id;
      json_array_add_object_element (taken,
                                     vv_json_new ("file", "s", vv_json_string (medium, "file"), "sha256", "s", vv_json_string (medium, "sha256"), NULL));
    }
  session->act = self->fetch->session->act;
  return queue_receipt (self, session, about, taken, error);
}

static gboolean
keep (VvTaking *self, GError **error)
{
  VvFetch  *fetch = self->fetch;
  VvSession session = { .desk = fetch->session->desk, .vault = fetch->session->vault, .actor = fetch->session->actor, .act = fetch->session->act, .request = self->request };

  if (!vv_vault_begin (session.vault, error))
    return FALSE;
  if (!keep_within (self, &session, error) || !vv_vault_commit (session.vault, error))
    {
      vv_vault_rollback (session.vault);
      return FALSE;
    }
  fetch->fetched += self->request == 0 ? 1 : 0;
  fetch->joined += self->request == 0 ? 0 : 1;
  json_array_add_int_element (fetch->requests, session.request);
  return TRUE;
}

/* --- All packages ---------------------------------------------------------------------------------------------------------------------------- */

/* Reads the files, claims the package and keeps it; the gates are asked again at the end, for the lock was away. */
static gboolean
take_in (VvTaking *self, guint64 done, guint64 total, GError **error)
{
  GError  *failure = NULL;
  gboolean whole, ours;

  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_bytes_unref);
  self->facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  self->listing = list (self->fetch, self->folder, &failure);
  if (self->listing == NULL)
    return except (self->fetch, self->package->name, NULL, as_fault (failure), error);
  if (!look_for_others (self, error) || !take_media (self, done, total, &whole, error))
    return FALSE;
  if (!whole)
    return TRUE;
  if (!claim (self, &ours, error) || !ours)
    return ours || error == NULL || *error == NULL;
  if (!is_allowed (self, &failure))
    return except (self->fetch, self->package->name, VV_REQUEST_PACKAGE_FILE, failure, error);
  return keep (self, error);
}

/* Whether looking may pass it by: what waits is for requests that are still worked on, and looking happens often. */
static gboolean
is_over (VvFetch *self, const char *name)
{
  const char           *known = self->look ? g_hash_table_lookup (self->known, name) : NULL;
  g_autoptr (GPtrArray) records = known != NULL ? vv_vault_records (self->session->vault, g_ascii_strtoll (known, NULL, 10),
                                                                    /* error= */ NULL)
                                                : NULL;
  g_autoptr (VvCase)    kase = records != NULL &&
                                records->len > 0
                                 ? vv_case_new (records, vv_rules_peers (self->session->desk->rules))
                                 : NULL;

  return kase != NULL && vv_case_is_ended (kase);
}

/* FALSE with @error only when nothing more can be fetched. */
static gboolean
visit (VvFetch *self, const char *name, guint64 done, guint64 total, GError **error)
{
  g_auto (VvTaking) taking = { .fetch = self };
  GError           *failure = NULL;
  gboolean          elsewhere;

  if (is_over (self, name))
    return TRUE;
  if (!read_package (&taking, name, &failure) || is_held (&taking) || !find_new (&taking, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, failure);
      return failure == NULL;
    }
  if (!is_elsewhere (&taking, &elsewhere, error))
    return FALSE;
  if (elsewhere)
    return TRUE;
  if (!is_allowed (&taking, &failure))
    return except (self, name, VV_REQUEST_PACKAGE_FILE, failure, error);
  self->waiting += self->look ? 1 : 0;
  return self->look || take_in (&taking, done, total, error);
}

/* Packages that became requests here. */
static gboolean
find_known (VvFetch *self, GError **error)
{
  g_autoptr (GPtrArray) firsts = vv_vault_records_of_kind (self->session->vault, VV_KIND_REQUEST, error);

  for (guint i = 0; firsts != NULL && i < firsts->len; i++)
    {
      VvRecord   *first = g_ptr_array_index (firsts, i);
      const char *package = vv_json_string (first->body, "ecms_package");

      if (package != NULL)
        g_hash_table_insert (self->known, g_strdup (package), g_strdup_printf ("%" G_GINT64_FORMAT, first->id));
    }
  return firsts != NULL;
}

static gboolean
visit_all (VvFetch *self, GError **error)
{
  g_autoptr (GError)    failure = NULL;
  g_autoptr (JsonArray) packages = list (self, self->inbox, &failure);
  guint                 n = vv_json_length (packages);

  /* An inbox that nobody has put anything into need not be there. */
  if (g_error_matches (failure, VV_ECMS_ERROR, VV_ECMS_ERROR_MISSING))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  for (guint i = 0; packages != NULL && i < n; i++)
    {
      JsonObject *entry = vv_json_element (packages, i);

      vv_progress_set (self->cancellable, STEPS * (guint64) i, STEPS * (guint64) n);
      if (vv_json_bool (entry, "folder") && !visit (self, vv_json_string (entry, "name"), STEPS * (guint64) i, STEPS * (guint64) n, error))
        return FALSE;
    }
  return packages != NULL;
}

static gboolean
run (VvFetch *self, GError **error)
{
  g_autoptr (JsonObject) settings = NULL;
  gboolean               done;

  if (!_vv_desk_has_role (self->session, VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR, error))
    return FALSE;
  self->transport = _vv_desk_transport (self->session, &settings, error);
  if (self->transport == NULL)
    return FALSE;
  self->inbox = g_strdup (vv_json_string (settings, "requests") != NULL ? vv_json_string (settings, "requests") : DEFAULT_INBOX);
  self->claim = vv_json_new ("station", "s", vv_json_string (self->session->desk->about, "station"), "agency", "s",
                             vv_json_string (self->session->desk->about, "agency"), NULL);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  done = find_known (self, error) && visit_all (self, error);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->claim, json_object_unref);
  g_clear_pointer (&self->inbox, g_free);
  g_clear_pointer (&self->transport, vv_transport_free);
  return done;
}

JsonObject *
vv_desk_fetch (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  gboolean              look = vv_json_bool (details, "look");
  g_autoptr (JsonArray) requests = json_array_new ();
  g_autoptr (JsonArray) exceptions = json_array_new ();
  VvSession             session;
  VvFetch               fetch = { .session = &session, .cancellable = cancellable, .look = look, .requests = requests, .exceptions = exceptions };
  gboolean              done;

  g_mutex_lock (&self->sending);
  done = _vv_desk_enter (self, look ? "look-in-ecms" : "fetch", &session, error);
  if (done)
    {
      done = run (&fetch, error);
      if (done || look)
        _vv_desk_leave (&session);
      else
        (void) _vv_desk_leave_refused (&session, error);
    }
  g_mutex_unlock (&self->sending);
  if (!done)
    return NULL;
  return vv_json_new ("waiting", "i", fetch.waiting, "fetched", "i", fetch.fetched, "joined", "i", fetch.joined, "held", "i", fetch.held,
                      "requests", "a", g_steal_pointer (&requests), "exceptions", "a", g_steal_pointer (&exceptions), NULL);
}
