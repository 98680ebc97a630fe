// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-finding-list.h"
#include "vv-finding-row.h"
#include "vv-finding.h"
#include "vv-json-mark.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvFindingList
{
  AdwBin           parent_instance;
  GtkWidget       *tools;
  GtkToggleButton *buttons[VV_N_MARK_KINDS];
  GtkLabel        *hint;
  GtkBox          *box;
  GPtrArray       *rows;   /* (element-type VvFindingRow) (unowned elements) */
  guint            chosen; /* number, 0 for none */
  gboolean         editable, drawable;
  gboolean         filling;
};

enum
{
  CHANGED,
  SHOWN,
  GO,
  DRAW,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvFindingList, vv_finding_list, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

static const struct
{
  const char *title, *tip;
} tools[VV_N_MARK_KINDS] = {
  [VV_MARK_POINT] = { N_ ("Point"), N_ ("Mark a point: a click on each picture (M)") },
  [VV_MARK_LINE] = { N_ ("Line"), N_ ("Draw a line: drag, or a click for each end (N)") },
  [VV_MARK_CURVE] = { N_ ("Curve"), N_ ("Draw a curve: drag by hand, or click point by point and end with a double click (C)") },
  [VV_MARK_OUTLINE] = { N_ ("Outline"), N_ ("Draw around something: drag by hand, or click point by point and end with a double click (U)") },
  [VV_MARK_ARROW] = { N_ ("Arrow"), N_ ("Draw an arrow: drag to where it points (W)") },
};

static VvFindingRow *
row_of (VvFindingList *self, guint number)
{
  return number > 0 && number <= self->rows->len ? g_ptr_array_index (self->rows, number - 1) : NULL;
}

/* --- What is shown ---------------------------------------------------------------------------------------------- */

static void
show_hint (VvFindingList *self)
{
  const char *lacks = vv_finding_list_get_lacking (self);
  const char *text;

  if (self->rows->len == 0)
    text = self->editable ? _ ("Mark the same place on both pictures, then say what is seen there. Choose what to draw with.")
                          : _ ("Nothing was marked on the pictures.");
  else if (lacks != NULL && self->editable)
    text = g_str_equal (lacks, "probe") ? _ ("Mark the same place on the probe too.") : _ ("Mark the same place on the candidate too.");
  else
    text = "";
  gtk_label_set_text (self->hint, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *text != '\0');
  gtk_widget_set_visible (self->tools, self->editable && self->drawable);
  gtk_widget_set_visible (GTK_WIDGET (self), self->drawable || self->rows->len > 0);
}

static void
show_choice (VvFindingList *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    vv_finding_row_open (g_ptr_array_index (self->rows, i), i + 1 == self->chosen);
  show_hint (self);
  g_signal_emit (self, signals[SHOWN], 0);
}

static void
say_changed (VvFindingList *self)
{
  show_choice (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Rows -------------------------------------------------------------------------------------------------------- */

static void
on_changed_cb (VvFindingList *self)
{
  if (!self->filling)
    say_changed (self);
}

static guint
number_of (VvFindingList *self, gpointer row)
{
  guint index;

  return g_ptr_array_find (self->rows, row, &index) ? index + 1 : 0;
}

static void
on_chosen_cb (VvFindingList *self, VvFindingRow *row)
{
  guint number = number_of (self, row);

  if (number == self->chosen)
    {
      vv_finding_list_choose (self, 0);
      return;
    }
  vv_finding_list_choose (self, number);
  g_signal_emit (self, signals[GO], 0, number);
}

/* The rows keep their places and numbers; what they say moves up. */
static void
delete_finding (VvFindingList *self, guint number)
{
  g_autoptr (JsonArray) findings = vv_finding_list_get (self);

  json_array_remove_element (findings, number - 1);
  self->chosen = 0;
  vv_finding_list_set (self, findings);
  say_changed (self);
}

static void
on_delete_cb (VvFindingList *self, VvFindingRow *row)
{
  delete_finding (self, number_of (self, row));
}

static VvFindingRow *
add_row (VvFindingList *self)
{
  GtkWidget *row = vv_finding_row_new (self->rows->len + 1);

  vv_finding_row_set_editable (VV_FINDING_ROW (row), self->editable);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "delete", G_CALLBACK (on_delete_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->box, row);
  g_ptr_array_add (self->rows, row);
  return VV_FINDING_ROW (row);
}

static void
drop_row (VvFindingList *self)
{
  GtkWidget *row = g_ptr_array_index (self->rows, self->rows->len - 1);

  g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
  gtk_box_remove (self->box, row);
}

/* --- The list ---------------------------------------------------------------------------------------------------- */

static void
on_tool_cb (VvFindingList *self, GtkToggleButton *button)
{
  int kind = -1;

  if (self->filling)
    return;
  for (int i = 0; i < VV_N_MARK_KINDS && gtk_toggle_button_get_active (button); i++)
    if (self->buttons[i] == button)
      kind = i;
  g_signal_emit (self, signals[DRAW], 0, kind);
}

static void
vv_finding_list_finalize (GObject *object)
{
  g_ptr_array_unref (VV_FINDING_LIST (object)->rows);
  G_OBJECT_CLASS (vv_finding_list_parent_class)->finalize (object);
}

static void
vv_finding_list_class_init (VvFindingListClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_finding_list_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN] = g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GO] = g_signal_new ("go", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[DRAW] = g_signal_new ("draw", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
add_tools (VvFindingList *self)
{
  self->tools = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->tools, "linked");
  gtk_widget_add_css_class (self->tools, "mark-tools");
  for (int i = 0; i < VV_N_MARK_KINDS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (_ (tools[i].title));

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      vv_parts_name (button, _ (tools[i].title));
      gtk_widget_set_tooltip_text (button, _ (tools[i].tip));
      gtk_widget_set_focus_on_click (button, FALSE);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_tool_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->tools), button);
    }
}

static void
vv_finding_list_init (VvFindingList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *title = vv_parts_label (_ ("Findings"), "field-title");

  self->rows = g_ptr_array_new ();
  self->editable = TRUE;
  gtk_label_set_selectable (GTK_LABEL (title), FALSE);
  gtk_widget_set_hexpand (title, TRUE);
  add_tools (self);
  self->hint = GTK_LABEL (vv_parts_label ("", "caption"));
  gtk_label_set_selectable (self->hint, FALSE);
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), self->tools);
  gtk_box_append (GTK_BOX (box), head);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->hint));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->box));
  gtk_widget_add_css_class (GTK_WIDGET (self), "findings");
  adw_bin_set_child (ADW_BIN (self), box);
  show_hint (self);
}

GtkWidget *
vv_finding_list_new (void)
{
  return g_object_new (VV_TYPE_FINDING_LIST, NULL);
}

JsonArray *
vv_finding_list_get (VvFindingList *self)
{
  JsonArray *findings;

  g_return_val_if_fail (VV_IS_FINDING_LIST (self), NULL);
  if (self->rows->len == 0)
    return NULL;
  findings = json_array_new ();
  for (guint i = 0; i < self->rows->len; i++)
    json_array_add_object_element (findings, vv_finding_row_body (g_ptr_array_index (self->rows, i)));
  return findings;
}

void
vv_finding_list_set (VvFindingList *self, JsonArray *findings)
{
  guint n = vv_json_length (findings);

  g_return_if_fail (VV_IS_FINDING_LIST (self));
  self->filling = TRUE;
  while (self->rows->len > n)
    drop_row (self);
  while (self->rows->len < n)
    (void) add_row (self);
  for (guint i = 0; i < n; i++)
    vv_finding_row_set_body (g_ptr_array_index (self->rows, i), vv_json_element (findings, i));
  if (self->chosen > n)
    self->chosen = 0;
  show_choice (self);
  self->filling = FALSE;
}

void
vv_finding_list_set_drawable (VvFindingList *self, gboolean drawable)
{
  g_return_if_fail (VV_IS_FINDING_LIST (self));
  self->drawable = drawable;
  show_hint (self);
}

void
vv_finding_list_set_editable (VvFindingList *self, gboolean editable)
{
  g_return_if_fail (VV_IS_FINDING_LIST (self));
  self->editable = editable;
  for (guint i = 0; i < self->rows->len; i++)
    vv_finding_row_set_editable (g_ptr_array_index (self->rows, i), editable);
  show_choice (self);
}

gboolean
vv_finding_list_is_editable (VvFindingList *self)
{
  g_return_val_if_fail (VV_IS_FINDING_LIST (self), FALSE);
  return self->editable && self->drawable;
}

guint
vv_finding_list_get_chosen (VvFindingList *self)
{
  g_return_val_if_fail (VV_IS_FINDING_LIST (self), 0);
  return self->chosen;
}

void
vv_finding_list_choose (VvFindingList *self, guint number)
{
  g_return_if_fail (VV_IS_FINDING_LIST (self));
  self->chosen = number <= self->rows->len ? number : 0;
  show_choice (self);
}

void
vv_finding_list_step (VvFindingList *self, int by)
{
  int n;

  g_return_if_fail (VV_IS_FINDING_LIST (self));
  n = (int) self->rows->len;
  if (n == 0)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  if (self->chosen == 0)
    vv_finding_list_choose (self, by > 0 ? 1 : (guint) n);
  else
    vv_finding_list_choose (self, (guint) (((int) self->chosen - 1 + by % n + n) % n) + 1);
  g_signal_emit (self, signals[GO], 0, self->chosen);
}

const char *
vv_finding_list_get_lacking (VvFindingList *self)
{
  g_autoptr (JsonObject) body = NULL;

  g_return_val_if_fail (VV_IS_FINDING_LIST (self), NULL);
  if (row_of (self, self->chosen) == NULL)
    return NULL;
  body = vv_finding_row_body (row_of (self, self->chosen));
  return vv_finding_lacks (body);
}

/* --- Marks ------------------------------------------------------------------------------------------------------- */

gboolean
vv_finding_list_add_mark (VvFindingList *self, const char *side, const VvMark *mark)
{
  g_autoptr (JsonObject) json = vv_mark_to_json (mark);
  gboolean               completes;

  g_return_val_if_fail (VV_IS_FINDING_LIST (self), FALSE);
  completes = g_strcmp0 (vv_finding_list_get_lacking (self), side) == 0;
  if (!completes && self->rows->len >= VV_FINDINGS_MAX)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return FALSE;
    }
  if (!completes)
    self->chosen = number_of (self, add_row (self));
  vv_finding_row_set_mark (row_of (self, self->chosen), side, json);
  say_changed (self);
  return completes;
}

void
vv_finding_list_change_mark (VvFindingList *self, const char *side, guint number, const VvMark *mark)
{
  g_autoptr (JsonObject) json = vv_mark_to_json (mark);

  g_return_if_fail (VV_IS_FINDING_LIST (self) && row_of (self, number) != NULL);
  vv_finding_row_set_mark (row_of (self, number), side, json);
  say_changed (self);
}

void
vv_finding_list_delete_mark (VvFindingList *self, const char *side, guint number)
{
  VvFindingRow          *row;
  g_autoptr (JsonObject) body = NULL;

  g_return_if_fail (VV_IS_FINDING_LIST (self));
  row = row_of (self, number);
  g_return_if_fail (row != NULL);
  vv_finding_row_set_mark (row, side, NULL);
  body = vv_finding_row_body (row);
  if (vv_json_object (body, "probe") == NULL && vv_json_object (body, "candidate") == NULL)
    delete_finding (self, number);
  else
    say_changed (self);
}

void
vv_finding_list_show_tool (VvFindingList *self, int kind)
{
  g_return_if_fail (VV_IS_FINDING_LIST (self));
  self->filling = TRUE;
  for (int i = 0; i < VV_N_MARK_KINDS; i++)
    gtk_toggle_button_set_active (self->buttons[i], i == kind);
  self->filling = FALSE;
}

void
vv_finding_list_focus (VvFindingList *self)
{
  g_return_if_fail (VV_IS_FINDING_LIST (self));
  if (row_of (self, self->chosen) != NULL)
    vv_finding_row_focus (row_of (self, self->chosen));
}
