// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-comparison-table.h"
#include "vv-findings.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvComparisonTable
{
  AdwBin     parent_instance;
  GtkGrid   *grid;
  GPtrArray *titles;      /* (element-type utf8) */
  GPtrArray *comparisons; /* (element-type JsonObject), one for each title */
  int        row;         /* next free row of the grid */
};

G_DEFINE_FINAL_TYPE (VvComparisonTable, vv_comparison_table, ADW_TYPE_BIN)

/* What column @index says under @name: an answer with its note, the conclusion, or statements one per line. */
typedef char *(*VvCellText) (JsonObject *comparison,
                             const char *name);

static char *
answer_text (JsonObject *comparison, const char *name)
{
  JsonObject *body = vv_json_object (vv_json_object (comparison, "blocks"), name);
  const char *answer = vv_block_answer_title (vv_json_string (body, "answer"));
  const char *note = vv_json_string (body, "note");

  return vv_parts_has_text (note) ? g_strdup_printf ("%s\n%s", answer, note) : g_strdup (answer);
}

static JsonObject *
said_of (JsonObject *comparison, const char *characteristic)
{
  return vv_json_object (vv_json_object (comparison, "characteristics"), characteristic);
}

/* "Different: light", and the note below. */
static char *
characteristic_text (JsonObject *comparison, const char *name)
{
  JsonObject *said = said_of (comparison, name);
  const char *answer = vv_json_string (said, "answer");
  const char *explanation = vv_explanation_title (vv_json_string (said, "explanation"));
  const char *note = vv_json_string (said, "note");
  gboolean    noted = vv_parts_has_text (note);

  return g_strdup_printf ("%s%s%s%s%s", answer != NULL ? vv_characteristic_answer_title (answer) : noted ? ""
                                                                                                         : "–",
                          *explanation != '\0' ? ": " : "", explanation, answer != NULL && noted ? "\n" : "", noted ? note : "");
}

static char *
conclusion_text (JsonObject *comparison, const char *name)
{
  return g_strdup (vv_conclusion_title (vv_json_string (comparison, name)));
}

static char *
statements_text (JsonObject *comparison, const char *name)
{
  JsonArray *statements = vv_json_array (comparison, name);
  GString   *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (statements); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", json_array_get_string_element (statements, i));
  return g_string_free (text, FALSE);
}

static char *
string_text (JsonObject *comparison, const char *name)
{
  return g_strdup (vv_json_string (comparison, name));
}

static gboolean
any_has (VvComparisonTable *self, const char *name)
{
  for (guint i = 0; i < self->comparisons->len; i++)
    if (vv_parts_has_text (vv_json_string (g_ptr_array_index (self->comparisons, i), name)))
      return TRUE;
  return FALSE;
}

static gboolean
disagree (VvComparisonTable *self, const char *block)
{
  const char *first = NULL;

  for (guint i = 0; i < self->comparisons->len; i++)
    {
      JsonObject *blocks = vv_json_object (g_ptr_array_index (self->comparisons, i), "blocks");
      const char *answer = vv_json_string (vv_json_object (blocks, block), "answer");

      if (i > 0 && g_strcmp0 (answer, first) != 0)
        return TRUE;
      first = answer;
    }
  return FALSE;
}

static gboolean
anybody_says (VvComparisonTable *self, const char *characteristic)
{
  for (guint i = 0; i < self->comparisons->len; i++)
    if (said_of (g_ptr_array_index (self->comparisons, i), characteristic) != NULL)
      return TRUE;
  return FALSE;
}

/* Whoever did not look at it does not disagree. */
static gboolean
disagree_on_characteristic (VvComparisonTable *self, const char *characteristic)
{
  const char *first = NULL;

  for (guint i = 0; i < self->comparisons->len; i++)
    {
      const char *answer = vv_json_string (said_of (g_ptr_array_index (self->comparisons, i), characteristic), "answer");

      if (answer == NULL)
        continue;
      if (first != NULL && g_strcmp0 (answer, first) != 0)
        return TRUE;
      first = answer;
    }
  return FALSE;
}

static gboolean
anybody_cannot_explain (VvComparisonTable *self, const char *characteristic)
{
  for (guint i = 0; i < self->comparisons->len; i++)
    if (g_strcmp0 (vv_json_string (said_of (g_ptr_array_index (self->comparisons, i), characteristic), "explanation"), "unexplained") == 0)
      return TRUE;
  return FALSE;
}

static gboolean
conclusions_differ (VvComparisonTable *self)
{
  for (guint i = 1; i < self->comparisons->len; i++)
    if (g_strcmp0 (vv_json_string (g_ptr_array_index (self->comparisons, i), "conclusion"),
                   vv_json_string (g_ptr_array_index (self->comparisons, 0), "conclusion")) != 0)
      return TRUE;
  return FALSE;
}

/* --- Findings: by component, for nobody numbers them alike ------------------------------------------------------------ */

static char *
findings_text (JsonObject *comparison, const char *name)
{
  char *text = vv_findings_text (vv_json_array (comparison, "findings"), name);

  if (*text != '\0')
    return text;
  g_free (text);
  return g_strdup ("–");
}

static gboolean
marks (JsonObject *comparison, const char *component)
{
  JsonArray *findings = vv_json_array (comparison, "findings");

  for (guint i = 0; i < vv_json_length (findings); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (findings, i), "component"), component) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_answer (JsonObject *comparison, const char *component, const char *answer)
{
  JsonArray *findings = vv_json_array (comparison, "findings");

  for (guint i = 0; i < vv_json_length (findings); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (findings, i), "component"), component) == 0 &&
        g_strcmp0 (vv_json_string (vv_json_element (findings, i), "answer"), answer) == 0)
      return TRUE;
  return FALSE;
}

/* One found something similar, or different, there and another who marked it did not; who marked nothing there does not disagree. */
static gboolean
disagree_on_findings (VvComparisonTable *self, const char *component)
{
  static const char *const answers[] = { "similar", "different" };
  JsonObject              *first = NULL;

  for (guint i = 0; i < self->comparisons->len; i++)
    {
      JsonObject *comparison = g_ptr_array_index (self->comparisons, i);

      if (!marks (comparison, component))
        continue;
      for (gsize j = 0; first != NULL && j < G_N_ELEMENTS (answers); j++)
        if (has_answer (first, component, answers[j]) != has_answer (comparison, component, answers[j]))
          return TRUE;
      if (first == NULL)
        first = comparison;
    }
  return FALSE;
}

static gboolean
anybody_marks (VvComparisonTable *self, const char *component)
{
  for (guint i = 0; i < self->comparisons->len; i++)
    if (marks (g_ptr_array_index (self->comparisons, i), component))
      return TRUE;
  return FALSE;
}

static GtkWidget *
cell (const char *text, gboolean marked)
{
  GtkWidget *label = vv_parts_label (text, marked ? "differs" : NULL);

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  return label;
}

static void
add_row (VvComparisonTable *self, const char *title, const char *name, VvCellText cell_text, gboolean marked)
{
  GtkWidget *head = vv_parts_label (title, marked ? "differs" : "dim-label");

  gtk_label_set_yalign (GTK_LABEL (head), 0);
  gtk_label_set_width_chars (GTK_LABEL (head), 16);
  gtk_label_set_max_width_chars (GTK_LABEL (head), 16);
  gtk_grid_attach (self->grid, head, 0, self->row, 1, 1);
  for (guint i = 0; i < self->comparisons->len; i++)
    {
      g_autofree char *text = cell_text (g_ptr_array_index (self->comparisons, i), name);

      gtk_grid_attach (self->grid, cell (text, marked), (int) i + 1, self->row, 1, 1);
    }
  self->row++;
}

static void
add_group (VvComparisonTable *self, const char *title)
{
  GtkWidget *label = vv_parts_label (title, "field-title");

  if (self->row > 1)
    gtk_widget_set_margin_top (label, 10);
  gtk_grid_attach (self->grid, label, 0, self->row++, (int) self->comparisons->len + 1, 1);
}

/* The parts on which they agree or not, and below each the characteristics of it on which they do. */
static void
add_blocks (VvComparisonTable *self, gboolean disagreeing)
{
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    {
      if (disagree (self, block->name) == disagreeing)
        add_row (self, _ (block->title), block->name, answer_text, disagreeing);
      for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
        if (g_str_equal (one->block, block->name) &&
            anybody_says (self, one->name) &&
            disagree_on_characteristic (self, one->name) == disagreeing)
          add_row (self, _ (one->title), one->name, characteristic_text, disagreeing);
    }
}

static gboolean
any_disagree (VvComparisonTable *self)
{
  for (const VvBlock *block = vv_block_all (); block->name != NULL; block++)
    if (disagree (self, block->name))
      return TRUE;
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    if (disagree_on_characteristic (self, one->name))
      return TRUE;
  return FALSE;
}

static void
add_unexplained (VvComparisonTable *self)
{
  gboolean any = FALSE;

  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    if (anybody_cannot_explain (self, one->name))
      {
        if (!any)
          add_group (self, _ ("Differences that nothing explains"));
        any = TRUE;
        add_row (self, _ (one->title), one->name, characteristic_text, TRUE);
      }
}

static void
add_findings (VvComparisonTable *self)
{
  gboolean any = FALSE;

  for (int disagreeing = 1; disagreeing >= 0; disagreeing--)
    for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
      if (anybody_marks (self, component->name) && disagree_on_findings (self, component->name) == (disagreeing == 1))
        {
          if (!any)
            add_group (self, _ ("Marked on the pictures"));
          any = TRUE;
          add_row (self, _ (component->title), component->name, findings_text, disagreeing == 1);
        }
}

static void
lay_out (VvComparisonTable *self)
{
  gboolean any = any_disagree (self);

  vv_parts_clear (GTK_WIDGET (self->grid));
  for (guint i = 0; i < self->titles->len; i++)
    gtk_grid_attach (self->grid, vv_parts_label (g_ptr_array_index (self->titles, i), "heading"), (int) i + 1, 0, 1, 1);
  self->row = 1;
  add_unexplained (self);
  if (any)
    {
      add_group (self, _ ("Parts on which they disagree"));
      add_blocks (self, TRUE);
      add_group (self, _ ("What they concluded"));
    }
  if (any_has (self, "reasons"))
    add_row (self, _ ("Opinion"), "reasons", string_text, FALSE);
  add_row (self, _ ("Conclusion"), "conclusion", conclusion_text, conclusions_differ (self));
  add_row (self, _ ("What is similar"), "similarities", statements_text, FALSE);
  add_row (self, _ ("What is different"), "differences", statements_text, FALSE);
  add_findings (self);
  add_group (self, self->comparisons->len < 2 ? _ ("Parts of the face")
                   : any
                     ? _ ("Parts on which they agree")
                     : _ ("They agree on every part"));
  add_blocks (self, FALSE);
}

static void
vv_comparison_table_finalize (GObject *object)
{
  VvComparisonTable *self = VV_COMPARISON_TABLE (object);

  g_clear_pointer (&self->titles, g_ptr_array_unref);
  g_clear_pointer (&self->comparisons, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_comparison_table_parent_class)->finalize (object);
}

static void
vv_comparison_table_class_init (VvComparisonTableClass *class)
{
  G_OBJECT_CLASS (class)->finalize = vv_comparison_table_finalize;
}

static void
vv_comparison_table_init (VvComparisonTable *self)
{
  self->titles = g_ptr_array_new_with_free_func (g_free);
  self->comparisons = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "record");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

void
vv_comparison_table_clear (VvComparisonTable *self)
{
  g_return_if_fail (VV_IS_COMPARISON_TABLE (self));
  g_ptr_array_set_size (self->titles, 0);
  g_ptr_array_set_size (self->comparisons, 0);
  vv_parts_clear (GTK_WIDGET (self->grid));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
vv_comparison_table_add (VvComparisonTable *self, const char *title, JsonObject *comparison)
{
  g_return_if_fail (VV_IS_COMPARISON_TABLE (self));
  g_ptr_array_add (self->titles, g_strdup (title));
  g_ptr_array_add (self->comparisons, json_object_ref (comparison));
  lay_out (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}
