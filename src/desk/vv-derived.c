// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "vv-adjust.h"
#include "vv-decoder.h"
#include "vv-derived.h"
#include "vv-desk-private.h"
#include "vv-error.h"
#include "vv-hash.h"
#include "vv-json.h"
#include "vv-png.h"

JsonArray *
vv_derived_steps (void)
{
  return vv_adjust_table ();
}

JsonArray *
vv_derived_read (JsonArray *steps, GError **error)
{
  return vv_adjust_read (steps, error);
}

char *
vv_derived_describe (JsonArray *steps)
{
  return vv_adjust_describe (steps, /* english= */ FALSE);
}

gboolean
vv_derived_move_face (JsonArray *steps, int width, int height, gboolean back, VvFace *face, GError **error)
{
  return vv_adjust_face (steps, width, height, back, face, error);
}

gboolean
vv_derived_move_points (JsonArray *steps, int width, int height, gboolean back, VvPoint *points, gsize n_points, GError **error)
{
  return vv_adjust_points (steps, width, height, back, points, n_points, error);
}

/* --- Making one ------------------------------------------------------------------------------------------------------------ */

/* @picture made so much smaller that it has at most @pixels. */
static VvPicture *
make_smaller (VvPicture *picture, guint pixels, double *ret_scale, GCancellable *cancellable, GError **error)
{
  double                 whole = (double) picture->width * picture->height;
  double                 percent = MAX (floor (1000 * sqrt (pixels / whole)) / 10, 5);
  g_autoptr (JsonArray)  steps = json_array_new ();
  g_autoptr (VvPicture)  smaller = NULL;
  g_autoptr (JsonObject) step = vv_json_new ("step", "s", "resample", "percent", "d", percent, "kernel", "s", "nearest", NULL);

  json_array_add_object_element (steps, g_steal_pointer (&step));
  smaller = vv_adjust (picture, steps, /* scale= */ 1, /* threads= */ 0, cancellable, error);
  if (smaller != NULL)
    *ret_scale = (double) smaller->width / picture->width;
  return g_steal_pointer (&smaller);
}

VvPicture *
vv_derived_make (VvPicture *picture, JsonArray *steps, guint preview, double *ret_scale, GCancellable *cancellable, GError **error)
{
  double                scale = 1;
  g_autoptr (VvPicture) smaller = NULL;

  if (preview > 0 && (double) picture->width * picture->height > preview)
    {
      smaller = make_smaller (picture, preview, &scale, cancellable, error);
      if (smaller == NULL)
        return NULL;
    }
  if (ret_scale != NULL)
    *ret_scale = scale;
  return vv_adjust (smaller != NULL ? smaller : picture, steps, scale, /* threads= */ 0, cancellable, error);
}

typedef struct
{
  VvPicture *picture;
  JsonArray *steps;
  guint      preview;
  double     scale; /* of the result */
} Making;

static void
making_free (gpointer data)
{
  Making *self = data;

  vv_picture_unref (self->picture);
  json_array_unref (self->steps);
  g_free (self);
}

static void
make_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Making    *self = task_data;
  GError    *error = NULL;
  VvPicture *derived = vv_derived_make (self->picture, self->steps, self->preview, &self->scale, cancellable, &error);

  if (derived != NULL)
    g_task_return_pointer (task, derived, (GDestroyNotify) vv_picture_unref);
  else
    g_task_return_error (task, error);
}

void
vv_derived_make_async (VvPicture *picture, JsonArray *steps, guint preview, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask)      task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (JsonObject) holder = vv_json_new ("steps", "a", json_array_ref (steps), NULL);
  g_autoptr (JsonObject) copy = vv_json_copy (holder);
  Making                *self = g_new0 (Making, 1);

  self->picture = vv_picture_ref (picture);
  self->steps = json_array_ref (vv_json_array (copy, "steps"));
  self->preview = preview;
  g_task_set_task_data (task, self, making_free);
  g_task_run_in_thread (task, make_in_thread);
}

VvPicture *
vv_derived_make_finish (GAsyncResult *result, double *ret_scale, GError **error)
{
  GTask     *task = G_TASK (result);
  Making    *self = g_task_get_task_data (task);
  VvPicture *derived;

  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  derived = g_task_propagate_pointer (task, error);
  if (derived != NULL && ret_scale != NULL)
    *ret_scale = self->scale;
  return derived;
}

/* --- Files ------------------------------------------------------------------------------------------------------------------- */

JsonArray *
vv_derived_load (const char *path, GError **error)
{
  g_autoptr (JsonObject) object = vv_json_load (path, error);

  if (object == NULL)
    return NULL;
  if (vv_json_array (object, "adjustments") == NULL)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                           _ ("The file of adjustments is an object with the list “adjustments”: {\"adjustments\":[{\"step\":\"exposure\",\"stops\":0.5}]}."));
      return NULL;
    }
  return vv_adjust_read (vv_json_array (object, "adjustments"), error);
}

static gboolean
write_file (const char *path, GBytes *png, GError **error)
{
  if (g_file_set_contents_full (path, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png), G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                NULL))
    return TRUE;
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
               _ ("The derived image cannot be written to “%s”. Choose a folder that exists and is yours."), path);
  return FALSE;
}

JsonObject *
vv_derived_files (const char *image, const char *steps, const char *out, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonArray) list = vv_derived_load (steps, error);
  g_autoptr (GBytes)    file = list != NULL ? _vv_desk_read_file (image, error) : NULL;
  g_autoptr (VvDecoder) decoder = vv_decoder_new ();
  g_autofree char      *name = g_path_get_basename (image);
  g_autoptr (VvPicture) picture = file != NULL ? vv_decoder_decode (decoder, file, name, VV_DECODER_FOREIGN, NULL, cancellable,
                                                                    error)
                                               : NULL;
  g_autoptr (VvPicture) derived = picture != NULL ? vv_adjust (picture, list, 1, 0, cancellable, error) : NULL;
  g_autoptr (GBytes)    png = derived != NULL ? vv_png_write (derived, error) : NULL;
  g_autofree char      *pixels = NULL, *sha256 = NULL, *source = NULL, *words = NULL;

  if (png == NULL || !write_file (out, png, error))
    return NULL;
  pixels = vv_adjust_hash (derived);
  sha256 = vv_hash_bytes (png);
  source = vv_hash_bytes (file);
  words = vv_derived_describe (list);
  return vv_json_new ("file", "s", out, "width", "i", (gint64) derived->width, "height", "i", (gint64) derived->height,
                      "pixels_sha256", "s", pixels, "sha256", "s", sha256, "source_sha256", "s", source,
                      "adjustments", "a", g_steal_pointer (&list), "description", "s", words, NULL);
}
