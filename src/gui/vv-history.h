// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What a form looked like after each act of the person, to go back to and forth: whole bodies, so that whatever a form
 * learns to write can be undone too. Main thread only. */
typedef struct _VvHistory VvHistory;

/* Begins with the form as it is. @body: (transfer full). */
VvHistory *vv_history_new (JsonObject *body);
void       vv_history_free (VvHistory *self);

/* The person did something: @body (transfer full) is how the form looks now. What was undone is gone. @field: what was written
 * in (any pointer that stands for it), or NULL for an act of its own; keys in the same field that follow each other within
 * two seconds of @now_us (monotonic) are one act. */
void vv_history_add (VvHistory    *self,
                     JsonObject   *body,
                     gconstpointer field,
                     gint64        now_us);

/* How the form looked before the last act, or after the one that was undone last; NULL when there is none. Belongs to
 * @self. */
JsonObject *vv_history_undo (VvHistory *self);
JsonObject *vv_history_redo (VvHistory *self);

/* Whether @key is Ctrl+Z or Ctrl+Shift+Z, then with how the form looks from now on, or NULL when there is nothing to go to.
 * Asked before texts see the key: each has an undo of its own. @self: (nullable) takes no key. */
gboolean vv_history_take_key (VvHistory      *self,
                              guint           key,
                              GdkModifierType state,
                              JsonObject    **ret_body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvHistory, vv_history_free)

G_END_DECLS
