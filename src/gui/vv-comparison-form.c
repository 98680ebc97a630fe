// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-block-section.h"
#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-comparison-form.h"
#include "vv-finding-list.h"
#include "vv-json.h"
#include "vv-parts.h"

#define NAMED_AT_MOST 3

struct _VvComparisonForm
{
  AdwBin         parent_instance;
  GtkWidget     *unexplained;
  GtkBox        *unexplained_list;
  GtkBox        *morphology;
  GtkBox        *general;
  VvFindingList *findings;
  GtkTextView   *similar;
  GtkTextView   *different;
  GtkDropDown   *conclusion;
  GPtrArray     *rows; /* (element-type VvBlockSection) (unowned elements) in the order of the procedure */
  gboolean       filling;
};

G_DEFINE_FINAL_TYPE (VvComparisonForm, vv_comparison_form, ADW_TYPE_BIN)

static guint signal_changed;

/* --- Differences that nothing explains: at the top, whoever reads it --------------------------------------------- */

static void
on_unexplained_cb (VvComparisonForm *self, GtkWidget *button)
{
  vv_comparison_form_open (self, g_object_get_data (G_OBJECT (button), "name"));
}

static void
show_unexplained (VvComparisonForm *self)
{
  g_autoptr (JsonObject) body = vv_comparison_form_body (self);
  g_autoptr (GPtrArray)  names = vv_characteristics_unexplained (body);

  vv_parts_clear (GTK_WIDGET (self->unexplained_list));
  gtk_widget_set_visible (self->unexplained, names->len > 0);
  for (guint i = 0; i < names->len; i++)
    {
      const VvCharacteristic *one = vv_characteristic_find (g_ptr_array_index (names, i));
      GtkWidget              *button = gtk_button_new_with_label (_ (one->title));

      gtk_widget_add_css_class (button, "flat");
      gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 0);
      gtk_widget_set_tooltip_text (button, _ ("Go to it"));
      g_object_set_data (G_OBJECT (button), "name", (gpointer) one->name);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_unexplained_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->unexplained_list, button);
    }
}

static void
on_changed_cb (VvComparisonForm *self)
{
  if (self->filling)
    return;
  show_unexplained (self);
  g_signal_emit (self, signal_changed, 0);
}

/* A fold is no change of what is said, but it is kept with the draft. */
static void
on_unfolded_cb (VvComparisonForm *self)
{
  if (!self->filling)
    g_signal_emit (self, signal_changed, 0);
}

static void
on_step_cb (VvComparisonForm *self, int by, VvBlockSection *section)
{
  guint index;

  if (!g_ptr_array_find (self->rows, section, &index))
    return;
  if (by > 0 && index + 1 == self->rows->len)
    gtk_widget_grab_focus (GTK_WIDGET (self->similar));
  else if ((int) index + by >= 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, (guint) ((int) index + by)));
}

/* --- Texts: one statement per line -------------------------------------------------------------------------- */

static JsonArray *
statements_of (GtkTextView *view)
{
  GtkTextBuffer   *buffer = gtk_text_view_get_buffer (view);
  JsonArray       *statements = json_array_new ();
  g_autofree char *text = NULL;
  g_auto (GStrv)   lines = NULL;
  GtkTextIter      start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  lines = g_strsplit (text, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    if (vv_parts_has_text (lines[i]))
      json_array_add_string_element (statements, lines[i]);
  return statements;
}

static void
show_statements (GtkTextView *view, JsonArray *statements)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (statements); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", json_array_get_string_element (statements, i));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), text->str, (int) text->len);
}

/* --- The conclusion ------------------------------------------------------------------------------------------- */

/* The first row of the list is "not chosen yet"; the steps follow in their order. */
static const char *
conclusion_of (VvComparisonForm *self)
{
  guint chosen = gtk_drop_down_get_selected (self->conclusion);

  return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? NULL : vv_conclusion_all ()[chosen - 1].code;
}

static void
show_conclusion (VvComparisonForm *self, const char *code)
{
  guint row = 0;

  for (guint i = 0; vv_conclusion_all ()[i].code != NULL; i++)
    if (g_strcmp0 (vv_conclusion_all ()[i].code, code) == 0)
      row = i + 1;
  gtk_drop_down_set_selected (self->conclusion, row);
}

/* A sentence is longer than the form is wide: it wraps. */
static void
setup_step_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = vv_parts_label (NULL, NULL);

  gtk_label_set_max_width_chars (GTK_LABEL (label), 42);
  gtk_list_item_set_child (item, label);
}

static void
bind_step_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkStringObject *text = gtk_list_item_get_item (item);

  gtk_label_set_text (GTK_LABEL (gtk_list_item_get_child (item)), gtk_string_object_get_string (text));
}

static void
add_conclusions (VvComparisonForm *self)
{
  g_autoptr (GtkStringList)      titles = gtk_string_list_new (NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_step_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_step_cb), NULL);
  gtk_string_list_append (titles, _ ("Not chosen yet"));
  for (const VvConclusion *step = vv_conclusion_all (); step->code != NULL; step++)
    gtk_string_list_append (titles, _ (step->title));
  gtk_drop_down_set_factory (self->conclusion, factory);
  gtk_drop_down_set_model (self->conclusion, G_LIST_MODEL (titles));
}

/* --- The form --------------------------------------------------------------------------------------------------- */

static void
add_rows (VvComparisonForm *self)
{
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    {
      GtkWidget *section = vv_block_section_new (block);

      g_signal_connect_object (section, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (section, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (section, "unfolded", G_CALLBACK (on_unfolded_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (block->general ? self->general : self->morphology, section);
      g_ptr_array_add (self->rows, section);
    }
}

static void
vv_comparison_form_finalize (GObject *object)
{
  g_clear_pointer (&VV_COMPARISON_FORM (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_comparison_form_parent_class)->finalize (object);
}

static void
vv_comparison_form_class_init (VvComparisonFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_comparison_form_finalize;
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-comparison-form.ui");
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, unexplained);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, unexplained_list);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, morphology);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, general);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, findings);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, similar);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, different);
  gtk_widget_class_bind_template_child (widget_class, VvComparisonForm, conclusion);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
vv_comparison_form_init (VvComparisonForm *self)
{
  self->rows = g_ptr_array_new ();
  self->filling = TRUE;
  g_type_ensure (VV_TYPE_FINDING_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
  add_conclusions (self);
  self->filling = FALSE;
}

JsonObject *
vv_comparison_form_body (VvComparisonForm *self)
{
  JsonObject *blocks = json_object_new ();
  JsonObject *characteristics = json_object_new ();

  g_return_val_if_fail (VV_IS_COMPARISON_FORM (self), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    vv_block_section_collect (g_ptr_array_index (self->rows, i), blocks, characteristics);
  return vv_json_new ("blocks", "o", blocks,
                      "characteristics", "o", characteristics,
                      "findings", "a", vv_finding_list_get (self->findings),
                      "similarities", "a", statements_of (self->similar),
                      "differences", "a", statements_of (self->different),
                      "conclusion", "s", conclusion_of (self), NULL);
}

void
vv_comparison_form_set_body (VvComparisonForm *self, JsonObject *body)
{
  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    vv_block_section_set_body (g_ptr_array_index (self->rows, i), body);
  vv_finding_list_set (self->findings, vv_json_array (body, "findings"));
  show_statements (self->similar, vv_json_array (body, "similarities"));
  show_statements (self->different, vv_json_array (body, "differences"));
  show_conclusion (self, vv_json_string (body, "conclusion"));
  show_unexplained (self);
  self->filling = FALSE;
}

void
vv_comparison_form_set_analysis (VvComparisonForm *self, JsonObject *analysis)
{
  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  for (guint i = 0; i < self->rows->len; i++)
    vv_block_section_set_analysis (g_ptr_array_index (self->rows, i), analysis);
}

/* --- Where the person is ---------------------------------------------------------------------------------------- */

JsonObject *
vv_comparison_form_place (VvComparisonForm *self)
{
  JsonArray  *unfolded = json_array_new ();
  const char *focused = NULL;

  g_return_val_if_fail (VV_IS_COMPARISON_FORM (self), NULL);
  for (guint i = 0; i < self->rows->len; i++)
    {
      VvBlockSection *section = g_ptr_array_index (self->rows, i);

      if (vv_block_section_is_unfolded (section))
        json_array_add_string_element (unfolded, vv_block_section_block (section)->name);
      if (focused == NULL)
        focused = vv_block_section_focused (section);
    }
  return vv_json_new ("unfolded", "a", unfolded, "line", "s", focused, NULL);
}

void
vv_comparison_form_set_place (VvComparisonForm *self, JsonObject *place)
{
  JsonArray *unfolded = vv_json_array (place, "unfolded");

  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  self->filling = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      VvBlockSection *section = g_ptr_array_index (self->rows, i);
      gboolean        unfold = FALSE;

      for (guint j = 0; j < vv_json_length (unfolded); j++)
        unfold |= g_strcmp0 (json_array_get_string_element (unfolded, j), vv_block_section_block (section)->name) == 0;
      vv_block_section_unfold (section, unfold);
    }
  self->filling = FALSE;
  if (vv_json_string (place, "line") != NULL)
    vv_comparison_form_open (self, vv_json_string (place, "line"));
}

void
vv_comparison_form_open (VvComparisonForm *self, const char *name)
{
  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  for (guint i = 0; i < self->rows->len; i++)
    if (vv_block_section_focus (g_ptr_array_index (self->rows, i), name))
      return;
}

void
vv_comparison_form_set_editable (VvComparisonForm *self, gboolean editable)
{
  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  for (guint i = 0; i < self->rows->len; i++)
    vv_block_section_set_editable (g_ptr_array_index (self->rows, i), editable);
  vv_finding_list_set_editable (self->findings, editable);
  gtk_text_view_set_editable (self->similar, editable);
  gtk_text_view_set_editable (self->different, editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->conclusion), editable);
}

VvFindingList *
vv_comparison_form_findings (VvComparisonForm *self)
{
  g_return_val_if_fail (VV_IS_COMPARISON_FORM (self), NULL);
  return self->findings;
}

char *
vv_comparison_form_missing (VvComparisonForm *self)
{
  g_autoptr (JsonObject) body = vv_comparison_form_body (self);
  g_autoptr (GError)     error = NULL;
  guint                  total;
  guint                  left = self->rows->len - vv_comparison_form_answered (self, &total);

  if (vv_comparison_check (body, &error))
    return NULL;
  /* The check names each part, which is too long to read while most are open. */
  if (left > NAMED_AT_MOST)
    return g_strdup_printf (_ ("%u parts of the face have no answer yet. “Not visible” is an answer."), left);
  return g_strdup (error->message);
}

guint
vv_comparison_form_answered (VvComparisonForm *self, guint *out_total)
{
  guint answered = 0;

  for (guint i = 0; i < self->rows->len; i++)
    answered += vv_block_section_answer (g_ptr_array_index (self->rows, i)) != NULL ? 1 : 0;
  *out_total = self->rows->len;
  return answered;
}

void
vv_comparison_form_focus (VvComparisonForm *self)
{
  GtkWidget *first = NULL;

  g_return_if_fail (VV_IS_COMPARISON_FORM (self));
  for (guint i = 0; first == NULL && i < self->rows->len; i++)
    if (vv_block_section_answer (g_ptr_array_index (self->rows, i)) == NULL)
      first = g_ptr_array_index (self->rows, i);
  gtk_widget_grab_focus (first != NULL ? first : g_ptr_array_index (self->rows, 0));
}
