// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-body.h"
#include "vv-hash.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-mapping.h"
#include "vv-request-package.h"

#define FORMAT 1

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-package-error-quark, vv_package_error)
/* clang-format on */

/* What a person states of a file; anything else would come into a record unseen. */
static const char *const stated_members[] = { "file", "sha256", "class", "description", "shows", "source", "source_detail", "obtained_by", "obtained_at",
                                              "site_link", "captured_at", "no_player", "player_file", "player_sha256", NULL };

/* What is no statement: added by the desk, or said by the file itself. */
static const char *const added_members[] = { "policy", "ecms_package", "package_sha256", "file", "name", "sha256", "format", "width", "height",
                                             "bytes", "player", "player_file", "player_sha256", NULL };

const char *
vv_package_rule (const GError *error)
{
  static const char *const names[] = { "json", "limit", "name", "missing", "sha256", "picture", "unlisted", "changed", "access" };

  return error->domain == VV_PACKAGE_ERROR ? names[error->code] : "procedure";
}

void
vv_request_package_free (VvRequestPackage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->request, json_object_unref);
  g_clear_pointer (&self->media, json_array_unref);
  g_free (self->name);
  g_free (self);
}

static gboolean
refuse (GError **error, VvPackageError code, const char *message)
{
  g_set_error_literal (error, VV_PACKAGE_ERROR, (int) code, message);
  return FALSE;
}

/* --- The request ------------------------------------------------------------------------------------------------------- */

static gboolean
read_request (VvRequestPackage *self, JsonObject *whole, GBytes *text, GError **error)
{
  JsonObject      *given = vv_json_object (whole, "request");
  const char      *dd5 = vv_json_string (whole, "dd5");
  const char      *channel = vv_json_string (given, "channel");
  g_autofree char *sha256 = vv_hash_bytes (text);

  if (vv_json_int (whole, "format") != FORMAT)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json must say “format”: 1; it is of another version, or of something else."));
  if (given == NULL)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json has no “request”."));
  if (dd5 == NULL || strspn (dd5, " \t\r\n") == strlen (dd5))
    return refuse (error, VV_PACKAGE_ERROR_JSON,
                   _ ("request.json does not name its FIS Request DD5 (“dd5”), which a request in ECMS is made by (212-129, step 2)."));
  if (channel != NULL && strcmp (channel, "ecms") != 0 && strcmp (channel, "intelligence") != 0)
    return refuse (error, VV_PACKAGE_ERROR_JSON,
                   _ ("The “channel” in request.json can only be “ecms” or “intelligence”: other requests do not come through ECMS."));
  self->request = vv_json_copy (given);
  if (channel == NULL)
    json_object_set_string_member (self->request, "channel", "ecms");
  json_object_set_string_member (self->request, "dd5", dd5);
  json_object_set_string_member (self->request, "ecms_package", self->name);
  json_object_set_string_member (self->request, "package_sha256", sha256);
  return vv_body_check (VV_KIND_REQUEST, self->request, error);
}

/* --- Its files ------------------------------------------------------------------------------------------------------------ */

static gboolean
is_ours (const char *file)
{
  return strcmp (file, VV_REQUEST_PACKAGE_FILE) == 0 ||
         strcmp (file, VV_REQUEST_PACKAGE_CLAIM) == 0 ||
         g_str_has_prefix (file, "received-") ||
         (g_str_has_prefix (file, "visavis-") && g_str_has_suffix (file, ".part"));
}

static gboolean
is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/* Whether an earlier file of @media has that name or hash. */
static gboolean
is_there (JsonArray *media, const char *member, const char *player_member, const char *value)
{
  for (guint i = 0; i < vv_json_length (media); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (media, i), member), value) == 0 ||
        g_strcmp0 (vv_json_string (vv_json_element (media, i), player_member), value) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_file (VvRequestPackage *self, const char *file, const char *sha256, GError **error)
{
  if (file == NULL || !vv_mapping_is_safe_name (file) || is_ours (file))
    return refuse (error, VV_PACKAGE_ERROR_NAME,
                   _ ("A file in request.json must be named by a plain name in the same folder, without slashes."));
  if (!is_sha256 (sha256))
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("A file in request.json needs its SHA-256, 64 small hexadecimal digits."));
  if (is_there (self->media, "file", "player_file", file) || is_there (self->media, "sha256", "player_sha256", sha256))
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json names the same file twice."));
  return TRUE;
}

static gboolean
check_members (JsonObject *medium, GError **error)
{
  g_autoptr (GList) names = json_object_get_members (medium);

  for (GList *name = names; name != NULL; name = name->next)
    if (!g_strv_contains (stated_members, name->data))
      {
        g_set_error (error, VV_PACKAGE_ERROR, VV_PACKAGE_ERROR_JSON,
                     _ ("“%s” says nothing about a file in request.json that the format knows."), (const char *) name->data);
        return FALSE;
      }
  return TRUE;
}

static gboolean
check_player (VvRequestPackage *self, JsonObject *video, GError **error)
{
  const char *file = vv_json_string (video, "player_file");
  const char *sha256 = vv_json_string (video, "player_sha256");

  if (vv_json_string (video, "class") == NULL)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("Only a video has a player."));
  if (g_strcmp0 (file, vv_json_string (video, "file")) == 0 || g_strcmp0 (sha256, vv_json_string (video, "sha256")) == 0)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json names the same file twice."));
  return check_file (self, file, sha256, error);
}

static gboolean
read_medium (VvRequestPackage *self, JsonObject *medium, GError **error)
{
  const char *file = vv_json_string (medium, "file");
  const char *class = vv_json_string (medium, "class");

  if (medium == NULL)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("Every element of “media” in request.json is an object."));
  if (!check_members (medium, error) || !check_file (self, file, vv_json_string (medium, "sha256"), error))
    return FALSE;
  if (class != NULL && strcmp (class, "video") != 0)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("The “class” of a file in request.json can only be “video”; a picture has none."));
  if (!vv_intake_check_medium (medium, error))
    return FALSE;
  if (json_object_has_member (medium, "player_file") && !check_player (self, medium, error))
    return FALSE;
  json_array_add_object_element (self->media, vv_json_copy (medium));
  return TRUE;
}

static gboolean
read_media (VvRequestPackage *self, JsonObject *whole, char **ret_file, GError **error)
{
  JsonArray *media = vv_json_array (whole, "media");

  if (media == NULL)
    return refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json has no list “media” (empty when pictures are to follow)."));
  if (vv_json_length (media) > VV_REQUEST_PACKAGE_MAX_FILES)
    {
      g_set_error (error, VV_PACKAGE_ERROR, VV_PACKAGE_ERROR_LIMIT, _ ("request.json names more than %d files."),
                   VV_REQUEST_PACKAGE_MAX_FILES);
      return FALSE;
    }
  self->media = json_array_new ();
  for (guint i = 0; i < vv_json_length (media); i++)
    if (!read_medium (self, vv_json_element (media, i), error))
      {
        *ret_file = g_strdup (vv_json_string (vv_json_element (media, i), "file"));
        return FALSE;
      }
  return TRUE;
}

VvRequestPackage *
vv_request_package_parse (const char *name, GBytes *text, char **ret_file, GError **error)
{
  g_autoptr (VvRequestPackage) self = g_new0 (VvRequestPackage, 1);
  gsize                        size;
  const char                  *data = g_bytes_get_data (text, &size);
  g_autoptr (JsonObject)       whole = size > 0 ? vv_json_parse (data, (gssize) size, VV_REQUEST_PACKAGE_FILE, /* error= */ NULL) : NULL;

  *ret_file = NULL;
  self->name = g_strdup (name);
  if (whole == NULL)
    (void) refuse (error, VV_PACKAGE_ERROR_JSON, _ ("request.json is not one JSON object."));
  else if (read_request (self, whole, text, error) && read_media (self, whole, ret_file, error))
    return g_steal_pointer (&self);
  if (*ret_file == NULL)
    *ret_file = g_strdup (VV_REQUEST_PACKAGE_FILE);
  return NULL;
}

gboolean
vv_request_package_has (VvRequestPackage *self, const char *file)
{
  return is_ours (file) || is_there (self->media, "file", "player_file", file);
}

JsonObject *
vv_request_package_find (VvRequestPackage *self, const char *sha256)
{
  for (guint i = 0; i < vv_json_length (self->media); i++)
    {
      JsonObject *medium = vv_json_element (self->media, i);

      if (g_strcmp0 (vv_json_string (medium, "sha256"), sha256) == 0 || g_strcmp0 (vv_json_string (medium, "player_sha256"), sha256) == 0)
        return medium;
    }
  return NULL;
}

char *
vv_request_package_stated (JsonObject *body)
{
  g_autoptr (JsonObject) stated = vv_json_copy (body);

  for (const char *const *member = added_members; *member != NULL; member++)
    if (json_object_has_member (stated, *member))
      json_object_remove_member (stated, *member);
  return vv_json_canonical (stated);
}
