// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Small things that several windows need. Main thread only. */

/* Gives @widget the name that screen readers (and the window tests) know it by. */
void vv_parts_name (GtkWidget  *widget,
                    const char *name);

/* A label that wraps, starts at the left and can be copied from; @style: (nullable) a style class. */
GtkWidget *vv_parts_label (const char *text,
                           const char *style);

/* Puts "@title  @value" in the next row of @grid; does nothing when @value is NULL or empty. */
void vv_parts_fact (GtkGrid    *grid,
                    const char *title,
                    const char *value);

/* A row that says two things, for a list of preferences; its texts are no markup. */
GtkWidget *vv_parts_row (const char *title,
                         const char *text);

/* Where a picture or video comes from, in words; the code itself when it is none of vv-kinds.h. */
const char *vv_parts_source (const char *code);

/* Removes all children of a box or a grid. */
void vv_parts_clear (GtkWidget *container);

/* Whether @widget is in a window still: an answer that comes after it was closed has nothing to fill. */
gboolean vv_parts_is_open (GtkWidget *widget);

/* Shows @text for some seconds over the window that @from is in; NULL shows nothing. */
void vv_parts_toast (GtkWidget  *from,
                     const char *text);

/* The same with the text of @error (vv_error_text()). */
void vv_parts_toast_error (GtkWidget    *from,
                           const GError *error);

/* Full name of @account as known to the case @shown, or the account itself. Belongs to @shown. */
const char *vv_parts_person (JsonObject *shown,
                             const char *account);

/* What whoever works on the use of the case @shown is warned of; hides @label where there is nothing. */
void vv_parts_caution (GtkLabel   *label,
                       JsonObject *shown);

/* Whether there is anything but white space in @text. NULL has nothing. */
gboolean vv_parts_has_text (const char *text);

/* Calls @caught for the keys of @trigger pressed anywhere in @widget, before its children see them: a text would take
 * Ctrl+Enter for a new line. */
void vv_parts_catch_keys (GtkWidget      *widget,
                          const char     *trigger,
                          GtkShortcutFunc caught);

/* What a pass phrase must be, told before one is typed (vv-passphrase.h). Translated. */
const char *vv_parts_passphrase_rules (void);

/* What happened to @entry of the outbox on its way to ECMS, in a sentence. Returns: (transfer full). */
char *vv_parts_delivery (JsonObject *entry);

/* Sets the entry @name of a setting of type a{ss}, beside its other entries. */
void vv_parts_remember (GSettings  *settings,
                        const char *key,
                        const char *name,
                        const char *value);

G_END_DECLS
