// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-answer-row.h"
#include "vv-characteristics.h"
#include "vv-component-chooser.h"
#include "vv-finding-row.h"
#include "vv-finding.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvFindingRow
{
  AdwBin          parent_instance;
  guint           number;
  JsonObject     *marks; /* (owned): "probe", "candidate" */
  GtkWidget      *head;
  GtkLabel       *summary;
  GtkWidget      *details;
  GtkDropDown    *component;
  GtkDropDown    *characteristic;
  GPtrArray      *names; /* (element-type utf8) of the characteristics in their list; static elements */
  VvAnswerRow    *answer;
  GtkWidget      *lacking;
  GtkLabel       *lacks;
  GtkCheckButton *unseen;
  GtkEntry       *text;
  GtkWidget      *remove;
  gboolean        filling;
};

enum
{
  CHANGED,
  CHOSEN,
  DELETE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvFindingRow, vv_finding_row, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* vv_characteristic_answers(); the first two weigh the same. */
static const VvAnswers answers = {
  "answer",
  NULL,
  { { "similar", N_ ("Similar"), 's' }, { "different", N_ ("Different"), 'd' }, { "cannot-tell", N_ ("Cannot tell"), 'c' }, { "not-comparable", N_ ("Not comp."), 'n' }, { NULL, NULL, 0 } },
};

/* --- What is said ---------------------------------------------------------------------------------------------- */

/* The first row is "no one characteristic". */
static const char *
characteristic_of (VvFindingRow *self)
{
  guint row = gtk_drop_down_get_selected (self->characteristic);

  return row == 0 || row > self->names->len ? NULL : g_ptr_array_index (self->names, row - 1);
}

/* The picture without a mark, where there is one on the other; NULL when there is none or both are marked. */
static const char *
unmarked_side (VvFindingRow *self)
{
  const char *lacks = vv_finding_lacks (self->marks);
  gboolean    any = json_object_get_size (self->marks) > 0;

  return any ? lacks : NULL;
}

JsonObject *
vv_finding_row_body (VvFindingRow *self)
{
  JsonObject *body;
  const char *unmarked;

  g_return_val_if_fail (VV_IS_FINDING_ROW (self), NULL);
  body = vv_json_copy (self->marks);
  unmarked = unmarked_side (self);
  json_object_set_string_member (body, "text", gtk_editable_get_text (GTK_EDITABLE (self->text)));
  if (vv_component_chooser_get (self->component) != NULL)
    json_object_set_string_member (body, "component", vv_component_chooser_get (self->component));
  if (characteristic_of (self) != NULL)
    json_object_set_string_member (body, "characteristic", characteristic_of (self));
  if (vv_answer_row_answer (self->answer) != NULL)
    json_object_set_string_member (body, "answer", vv_answer_row_answer (self->answer));
  if (unmarked != NULL && gtk_check_button_get_active (self->unseen))
    json_object_set_string_member (body, "unseen", unmarked);
  return body;
}

/* "Tip of the nose: similar. Round." */
static char *
say (JsonObject *body)
{
  const char *title = vv_finding_title (body);
  const char *answer = vv_json_string (body, "answer");
  const char *text = vv_json_string (body, "text");
  GString    *said = g_string_new (title != NULL ? _ (title) : _ ("No component yet"));

  if (answer != NULL)
    g_string_append_printf (said, ": %s", vv_characteristic_answer_title (answer));
  if (vv_parts_has_text (text))
    g_string_append_printf (said, ". %s", text);
  return g_string_free (said, FALSE);
}

static void
say_lacking (VvFindingRow *self, gboolean probe, gboolean unseen)
{
  if (unseen)
    gtk_label_set_text (self->lacks, probe ? _ ("The probe does not show it.") : _ ("The candidate’s picture does not show it."));
  else
    gtk_label_set_text (self->lacks, probe ? _ ("Not marked on the probe.") : _ ("Not marked on the candidate."));
  if (unseen)
    gtk_widget_remove_css_class (GTK_WIDGET (self->lacks), "stale");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->lacks), "stale");
}

static void
show_summary (VvFindingRow *self)
{
  g_autoptr (JsonObject) body = vv_finding_row_body (self);
  g_autofree char       *said = say (body);
  const char            *lacks = vv_finding_lacks (body);
  g_autofree char       *name = g_strdup_printf (_ ("Finding %u. %s"), self->number, said);
  const char            *unmarked = unmarked_side (self);

  gtk_label_set_text (self->summary, said);
  if (lacks != NULL)
    gtk_widget_add_css_class (self->head, "unfinished");
  else
    gtk_widget_remove_css_class (self->head, "unfinished");
  vv_parts_name (self->head, name);
  gtk_widget_set_visible (self->lacking, unmarked != NULL);
  if (unmarked != NULL)
    say_lacking (self, strcmp (unmarked, "probe") == 0, vv_json_string (body, "unseen") != NULL);
}

static void
on_changed_cb (VvFindingRow *self)
{
  if (self->filling)
    return;
  show_summary (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- The lists -------------------------------------------------------------------------------------------------- */

static void
fill_characteristics (VvFindingRow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  const char               *component = vv_component_chooser_get (self->component);

  gtk_string_list_append (titles, _ ("As a whole"));
  g_ptr_array_set_size (self->names, 0);
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    if (g_strcmp0 (vv_characteristic_component (one)->name, component) == 0)
      {
        gtk_string_list_append (titles, _ (one->title));
        g_ptr_array_add (self->names, (gpointer) one->name);
      }
  gtk_drop_down_set_model (self->characteristic, G_LIST_MODEL (titles));
  gtk_widget_set_sensitive (GTK_WIDGET (self->characteristic), self->names->len > 0 &&
                                                                 gtk_widget_get_sensitive (GTK_WIDGET (self->component)));
}

static void
on_component_cb (VvFindingRow *self)
{
  gboolean was_filling = self->filling;

  self->filling = TRUE;
  fill_characteristics (self);
  self->filling = was_filling;
  on_changed_cb (self);
}

static void
choose_characteristic (VvFindingRow *self, const char *name)
{
  guint row = 0;

  fill_characteristics (self);
  for (guint i = 0; i < self->names->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->names, i), name) == 0)
      row = i + 1;
  gtk_drop_down_set_selected (self->characteristic, row);
}

/* --- The row ---------------------------------------------------------------------------------------------------- */

static void
on_head_cb (VvFindingRow *self)
{
  g_signal_emit (self, signals[CHOSEN], 0);
}

static void
on_remove_cb (VvFindingRow *self)
{
  g_signal_emit (self, signals[DELETE], 0);
}

/* Up and Down go to what is above and below in the row. */
static void
on_step_cb (VvFindingRow *self, int by)
{
  (void) gtk_widget_child_focus (GTK_WIDGET (self), by > 0 ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);
}

static void
vv_finding_row_finalize (GObject *object)
{
  VvFindingRow *self = VV_FINDING_ROW (object);

  json_object_unref (self->marks);
  g_ptr_array_unref (self->names);
  G_OBJECT_CLASS (vv_finding_row_parent_class)->finalize (object);
}

static void
vv_finding_row_class_init (VvFindingRowClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_finding_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DELETE] = g_signal_new ("delete", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkDropDown *
make_list (VvFindingRow *self, const char *name, GCallback changed)
{
  GtkWidget *list = gtk_drop_down_new (NULL, NULL);

  vv_parts_name (list, name);
  gtk_widget_set_hexpand (list, TRUE);
  g_signal_connect_object (list, "notify::selected", changed, self, G_CONNECT_SWAPPED);
  return GTK_DROP_DOWN (list);
}

static GtkWidget *
make_what (VvFindingRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  self->component = make_list (self, _ ("Component of the face"), G_CALLBACK (on_component_cb));
  self->characteristic = make_list (self, _ ("Characteristic of the component"), G_CALLBACK (on_changed_cb));
  vv_component_chooser_fill (self->component);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->component));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->characteristic));
  return box;
}

static GtkWidget *
make_lacking (VvFindingRow *self)
{
  self->lacking = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  self->lacks = GTK_LABEL (vv_parts_label ("", "stale"));
  self->unseen = GTK_CHECK_BUTTON (gtk_check_button_new_with_label (_ ("Not visible there")));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->unseen),
                               _ ("Without a mark there, a finding can be locked only when that picture does not show it"));
  g_signal_connect_object (self->unseen, "toggled", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_set_hexpand (GTK_WIDGET (self->lacks), TRUE);
  gtk_box_append (GTK_BOX (self->lacking), GTK_WIDGET (self->lacks));
  gtk_box_append (GTK_BOX (self->lacking), GTK_WIDGET (self->unseen));
  return self->lacking;
}

static GtkWidget *
make_text (VvFindingRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->text = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->text, _ ("What is seen there in each picture"));
  vv_parts_name (GTK_WIDGET (self->text), _ ("What is seen there"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  g_signal_connect_object (self->text, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  self->remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  vv_parts_name (self->remove, _ ("Delete the finding"));
  gtk_widget_set_tooltip_text (self->remove, _ ("Delete the finding and its marks; undo brings it back (Ctrl+Z)"));
  gtk_widget_add_css_class (self->remove, "flat");
  g_signal_connect_object (self->remove, "clicked", G_CALLBACK (on_remove_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->text));
  gtk_box_append (GTK_BOX (box), self->remove);
  return box;
}

static void
make_head (VvFindingRow *self, GtkWidget *box)
{
  g_autofree char *number = g_strdup_printf ("%u", self->number);
  GtkWidget       *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *plate = gtk_label_new (number);

  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->summary, 0);
  gtk_label_set_ellipsize (self->summary, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->summary), TRUE);
  gtk_widget_add_css_class (plate, "mark-number");
  gtk_widget_add_css_class (plate, "numeric");
  gtk_box_append (GTK_BOX (content), plate);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->summary));
  self->head = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->head), content);
  gtk_widget_add_css_class (self->head, "flat");
  gtk_widget_set_tooltip_text (self->head, _ ("Show it on both pictures"));
  g_signal_connect_object (self->head, "clicked", G_CALLBACK (on_head_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->head);
}

static void
vv_finding_row_init (VvFindingRow *self)
{
  self->marks = json_object_new ();
  self->names = g_ptr_array_new ();
}

GtkWidget *
vv_finding_row_new (guint number)
{
  VvFindingRow *self = g_object_new (VV_TYPE_FINDING_ROW, NULL);
  GtkWidget    *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->filling = TRUE;
  self->number = number;
  make_head (self, box);
  self->details = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (self->details, "finding-details");
  gtk_box_append (GTK_BOX (self->details), make_what (self));
  self->answer = VV_ANSWER_ROW (vv_answer_row_new ("answer", _ ("It is"), &answers));
  g_signal_connect_object (self->answer, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answer, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->details), GTK_WIDGET (self->answer));
  gtk_box_append (GTK_BOX (self->details), make_lacking (self));
  gtk_box_append (GTK_BOX (self->details), make_text (self));
  gtk_box_append (GTK_BOX (box), self->details);
  gtk_widget_set_visible (self->details, FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "finding-row");
  adw_bin_set_child (ADW_BIN (self), box);
  fill_characteristics (self);
  show_summary (self);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

static void
put_mark (VvFindingRow *self, const char *side, JsonObject *mark)
{
  if (mark != NULL)
    json_object_set_object_member (self->marks, side, vv_json_copy (mark));
  else if (json_object_has_member (self->marks, side))
    json_object_remove_member (self->marks, side);
}

void
vv_finding_row_set_body (VvFindingRow *self, JsonObject *body)
{
  const char *text = vv_json_string (body, "text");

  g_return_if_fail (VV_IS_FINDING_ROW (self));
  self->filling = TRUE;
  for (gsize i = 0; vv_finding_sides ()[i] != NULL; i++)
    put_mark (self, vv_finding_sides ()[i], vv_json_object (body, vv_finding_sides ()[i]));
  vv_component_chooser_choose (self->component, vv_json_string (body, "component"));
  choose_characteristic (self, vv_json_string (body, "characteristic"));
  vv_answer_row_set_answer (self->answer, vv_json_string (body, "answer"));
  gtk_check_button_set_active (self->unseen, vv_json_string (body, "unseen") != NULL);
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->text)), text) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->text), text != NULL ? text : "");
  show_summary (self);
  self->filling = FALSE;
}

void
vv_finding_row_set_mark (VvFindingRow *self, const char *side, JsonObject *mark)
{
  g_return_if_fail (VV_IS_FINDING_ROW (self));
  self->filling = TRUE;
  put_mark (self, side, mark);
  if (mark == NULL || vv_finding_lacks (self->marks) == NULL)
    gtk_check_button_set_active (self->unseen, FALSE);
  show_summary (self);
  self->filling = FALSE;
}

void
vv_finding_row_open (VvFindingRow *self, gboolean open)
{
  g_return_if_fail (VV_IS_FINDING_ROW (self));
  gtk_widget_set_visible (self->details, open);
  if (open)
    gtk_widget_add_css_class (GTK_WIDGET (self), "open");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "open");
}

void
vv_finding_row_set_editable (VvFindingRow *self, gboolean editable)
{
  g_return_if_fail (VV_IS_FINDING_ROW (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->component), editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->characteristic), editable && self->names->len > 0);
  vv_answer_row_set_editable (self->answer, editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->unseen), editable);
  gtk_editable_set_editable (GTK_EDITABLE (self->text), editable);
  gtk_widget_set_visible (self->remove, editable);
}

void
vv_finding_row_focus (VvFindingRow *self)
{
  g_return_if_fail (VV_IS_FINDING_ROW (self));
  gtk_widget_grab_focus (vv_component_chooser_get (self->component) == NULL ? GTK_WIDGET (self->component) : GTK_WIDGET (self->text));
}
