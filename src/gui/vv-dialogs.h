// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The system's choosers and questions, in one place because their types change with newer GTK. Main thread only. */

/* @path: belongs to the caller of the function. Not called when the person cancels. */
typedef void (*VvDialogsChosen) (const char *path,
                                 gpointer    user_data);

/* @parent also keeps @user_data alive: the dialog closes with it. */
void vv_dialogs_choose_folder (GtkWindow      *parent,
                               const char     *title,
                               VvDialogsChosen chosen,
                               gpointer        user_data);

/* Pictures and videos, one or more: @chosen is called once for each. */
void vv_dialogs_choose_pictures (GtkWindow      *parent,
                                 const char     *title,
                                 VvDialogsChosen chosen,
                                 gpointer        user_data);

/* One file of any kind. */
void vv_dialogs_choose_file (GtkWindow      *parent,
                             const char     *title,
                             VvDialogsChosen chosen,
                             gpointer        user_data);

/* Files dropped on @widget, which also keeps @user_data alive: @chosen is called once for each. */
void vv_dialogs_accept_files (GtkWidget      *widget,
                              VvDialogsChosen chosen,
                              gpointer        user_data);

/* A place for a new file; @name is what it is called unless the person says otherwise. */
void vv_dialogs_choose_copy (GtkWindow      *parent,
                             const char     *title,
                             const char     *name,
                             VvDialogsChosen chosen,
                             gpointer        user_data);

G_END_DECLS
