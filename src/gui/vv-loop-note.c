// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-loop-note.h"
#include "vv-parts.h"
#include "vv-time.h"

struct _VvLoopNote
{
  AdwBin     parent_instance;
  GtkWidget *head, *reasons;
};

G_DEFINE_FINAL_TYPE (VvLoopNote, vv_loop_note, ADW_TYPE_BIN)

/* The newest decision, unless the work was handed in or reported since. */
static JsonObject *
open_disagreement (JsonObject *shown)
{
  static const char *const ends[] = { VV_KIND_PROPOSAL, VV_KIND_NONE, VV_KIND_DIRECTION, NULL };
  JsonArray               *records = vv_json_array (shown, "records");

  for (guint i = vv_json_length (records); i > 0; i--)
    {
      JsonObject *record = vv_json_element (records, i - 1);
      const char *kind = vv_json_string (record, "kind");

      if (kind == NULL || g_strv_contains (ends, kind))
        return NULL;
      if (g_str_equal (kind, VV_KIND_SIGN_OFF))
        return g_strcmp0 (vv_json_string (vv_json_object (record, "body"), "decision"), "not-agreed") == 0 ? record : NULL;
    }
  return NULL;
}

void
vv_loop_note_show (VvLoopNote *self, JsonObject *shown, const char *step)
{
  static const char *const steps[] = { "5", "5+", "6", "7", "8", "9", NULL };
  JsonObject              *record = g_strv_contains (steps, step) ? open_disagreement (shown) : NULL;
  JsonObject              *body = vv_json_object (record, "body");
  const char              *candidate = vv_json_string (body, "candidate");
  g_autofree char         *when = NULL;
  g_autofree char         *text = NULL;

  g_return_if_fail (VV_IS_LOOP_NOTE (self));
  gtk_widget_set_visible (GTK_WIDGET (self), record != NULL);
  if (record == NULL)
    return;
  when = vv_time_for_people (vv_json_string (record, "made_at"));
  if (candidate != NULL)
    text = g_strdup_printf (_ ("%s is not in agreement about candidate %s (%s). Search again, compare further, or say that there is no candidate; earlier records stay as they are."),
                            vv_json_string (record, "author_name"), candidate, when);
  else
    text = g_strdup_printf (_ ("%s is not in agreement that there is no candidate (%s). Search again or compare further; earlier records stay as they are."),
                            vv_json_string (record, "author_name"), when);
  gtk_label_set_text (GTK_LABEL (self->head), text);
  gtk_label_set_text (GTK_LABEL (self->reasons), vv_json_string (body, "reasons"));
}

static void
vv_loop_note_class_init (VvLoopNoteClass *class)
{
}

static void
vv_loop_note_init (VvLoopNote *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->head = vv_parts_label (NULL, NULL);
  self->reasons = vv_parts_label (NULL, "heading");
  gtk_widget_add_css_class (box, "refusal");
  gtk_box_append (GTK_BOX (box), self->head);
  gtk_box_append (GTK_BOX (box), self->reasons);
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
