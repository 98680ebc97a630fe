// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include "vv-desk-folder.h"
#include "vv-paths.h"

static void
describe_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError     *error = NULL;
  JsonObject *about = vv_desk_describe (data, &error);

  if (about != NULL)
    g_task_return_pointer (task, about, (GDestroyNotify) json_object_unref);
  else
    g_task_return_error (task, error);
}

void
vv_desk_folder_describe_async (const char *dir, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_task_data (task, g_strdup (dir), g_free);
  g_task_run_in_thread (task, describe_in_thread);
}

JsonObject *
vv_desk_folder_describe_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
vv_desk_folder_training (void)
{
  return g_build_filename (g_get_user_data_dir (), "visavis", "training-desk", NULL);
}

static void
train_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char       *people = vv_paths_data ("people");
  g_autofree char       *parent = g_path_get_dirname (data);
  g_autoptr (JsonObject) about = vv_desk_describe (data, /* error= */ NULL);
  GError                *error = NULL;

  if (about != NULL)
    g_task_return_boolean (task, TRUE);
  else if (g_mkdir_with_parents (parent, 0700) == 0 && vv_desk_create_training (data, people, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "mkdir");
}

void
vv_desk_folder_train_async (const char *dir, VvProgress *progress, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, G_CANCELLABLE (progress), callback, user_data);

  g_task_set_task_data (task, g_strdup (dir), g_free);
  g_task_run_in_thread (task, train_in_thread);
}

gboolean
vv_desk_folder_train_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
