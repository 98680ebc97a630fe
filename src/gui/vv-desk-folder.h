// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-desk.h"

G_BEGIN_DECLS

/* What is done with a desk's folder before anybody is signed in, off the main thread. @callback in the caller's
 * main context. */

void        vv_desk_folder_describe_async (const char         *dir,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);
JsonObject *vv_desk_folder_describe_finish (GAsyncResult *result,
                                            GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Where this person's training desk is. Returns: (transfer full). */
char *vv_desk_folder_training (void);

/* Makes the training desk in @dir, unless it is there already. */
void     vv_desk_folder_train_async (const char         *dir,
                                     VvProgress         *progress,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
gboolean vv_desk_folder_train_finish (GAsyncResult *result,
                                      GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
