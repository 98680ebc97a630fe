// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-pack.h"
#include "vv-vision.h"

#define USE_FILE "use.json"

G_DEFINE_QUARK (vv_vision_error, vv_vision_error)

static const char *const role_names[VV_PACK_ROLES] = { "detector", "landmarks", "recogniser" };

/* A pack names a file beside its manifest, never a way out of the folder. */
static gboolean
is_file_name (const char *name)
{
  return name != NULL && name[0] != '\0' && name[0] != '.' && strchr (name, G_DIR_SEPARATOR) == NULL;
}

static gboolean
is_role (const char *name)
{
  return name != NULL && g_strv_contains ((const char *const[]){ "detector", "landmarks", "recogniser", NULL }, name);
}

static gboolean
check_manifest (JsonObject *manifest,
                const char *file_name,
                GError    **error)
{
  const char *sum = vv_json_string (manifest, "sha256");

  if (vv_json_string (manifest, "name") != NULL && is_role (vv_json_string (manifest, "role")) &&
      is_file_name (vv_json_string (manifest, "file")) && sum != NULL && vv_hash_is_valid (sum))
    return TRUE;
  g_set_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
               _ ("The model manifest “%s” must state a name, a role, a file and its SHA-256."), file_name);
  return FALSE;
}

static JsonObject *
load_json (const char *models_dir,
           const char *file_name,
           GError    **error)
{
  g_autofree char   *path = g_build_filename (models_dir, file_name, NULL);
  g_autoptr (GError) failure = NULL;
  JsonObject        *object = vv_json_load (path, &failure);

  if (object == NULL)
    {
      g_debug ("%s", failure->message);
      g_set_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                   _ ("The model folder has no readable “%s”. Run the set-up again, or correct the file."), file_name);
    }
  return object;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_manifest_files (const char *models_dir,
                     GError    **error)
{
  g_autoptr (GDir)      dir = g_dir_open (models_dir, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char           *name;

  if (dir == NULL)
    {
      g_set_error_literal (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                           _ ("The folder with the model packs cannot be read. Run the set-up again."));
      return NULL;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".json") && strcmp (name, USE_FILE) != 0)
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

JsonArray *
vv_pack_manifests (const char *models_dir,
                   GError    **error)
{
  g_autoptr (GPtrArray) names = list_manifest_files (models_dir, error);
  g_autoptr (JsonArray) manifests = json_array_new ();

  if (names == NULL)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    {
      const char            *name = names->pdata[i];
      g_autoptr (JsonObject) manifest = load_json (models_dir, name, error);

      if (manifest == NULL || !check_manifest (manifest, name, error))
        return NULL;
      json_array_add_object_element (manifests, g_steal_pointer (&manifest));
    }
  return g_steal_pointer (&manifests);
}

JsonObject *
vv_pack_in_use (const char *models_dir,
                VvPackRole  role,
                GError    **error)
{
  g_autoptr (JsonObject) use = load_json (models_dir, USE_FILE, error);
  g_autoptr (JsonArray)  manifests = use != NULL ? vv_pack_manifests (models_dir, error) : NULL;
  const char            *wanted = vv_json_string (use, role_names[role]);

  if (manifests == NULL)
    return NULL;
  for (guint i = 0; i < vv_json_length (manifests); i++)
    {
      JsonObject *manifest = vv_json_element (manifests, i);

      if (g_strcmp0 (vv_json_string (manifest, "name"), wanted) == 0 &&
          g_strcmp0 (vv_json_string (manifest, "role"), role_names[role]) == 0)
        return json_object_ref (manifest);
    }
  g_set_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
               _ ("No model pack fits what “use.json” names as %s. Correct it to the name of a pack in the folder."),
               role_names[role]);
  return NULL;
}

GBytes *
vv_pack_read (const char *models_dir,
              JsonObject *manifest,
              GError    **error)
{
  g_autofree char   *path = g_build_filename (models_dir, vv_json_string (manifest, "file"), NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char   *sum = NULL;
  char              *data = NULL;
  gsize              size = 0;

  if (!g_file_get_contents (path, &data, &size, NULL))
    {
      g_set_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                   _ ("The file of the model “%s” is missing. Run the set-up again to fetch it."),
                   vv_json_string (manifest, "name"));
      return NULL;
    }
  bytes = g_bytes_new_take (data, size);
  sum = vv_hash_bytes (bytes);
  if (strcmp (sum, vv_json_string (manifest, "sha256")) != 0)
    {
      g_set_error (error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                   _ ("The file of the model “%s” is not the one its manifest states, so it was not loaded. "
                      "Run the set-up again to fetch the right one."),
                   vv_json_string (manifest, "name"));
      return NULL;
    }
  return g_steal_pointer (&bytes);
}

const char *
vv_pack_state (const char *models_dir,
               JsonObject *manifest)
{
  g_autofree char *path = g_build_filename (models_dir, vv_json_string (manifest, "file"), NULL);
  g_autofree char *sum = vv_hash_file (path, NULL);

  if (sum == NULL)
    return "missing";
  return strcmp (sum, vv_json_string (manifest, "sha256")) == 0 ? "ok" : "wrong sum";
}
