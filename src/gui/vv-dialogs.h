// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

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

/* One table of a spreadsheet: a CSV file. */
void vv_dialogs_choose_table (GtkWindow      *parent,
                              const char     *title,
                              VvDialogsChosen chosen,
                              gpointer        user_data);

/* Asks before what cannot be undone: @agreed is called when the person presses @button. @owner (GObject): given to it; not
 * called once it is gone. */
void vv_dialogs_ask (GtkWindow  *parent,
                     const char *title,
                     const char *text,
                     const char *button,
                     void (*agreed) (gpointer owner),
                     gpointer owner);

/* What this program is and which text of the procedure it enforces; @policy: of vv_desk_policy(). */
void vv_dialogs_about (GtkWindow  *parent,
                       JsonObject *policy);

G_END_DECLS
