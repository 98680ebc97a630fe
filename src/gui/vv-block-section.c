// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-answer-row.h"
#include "vv-block-section.h"
#include "vv-characteristic-row.h"
#include "vv-json.h"
#include "vv-parts.h"

/* A line without a handle begins where the others' titles do. */
#define FOLD_WIDTH 16

struct _VvBlockSection
{
  AdwBin         parent_instance;
  const VvBlock *block;
  VvAnswerRow   *row;
  GtkWidget     *list; /* characteristics; filled when it is first needed */
  GPtrArray     *rows; /* (element-type VvCharacteristicRow) (unowned elements) */
  JsonObject    *analysis;
  gboolean       editable;
  gboolean       derived; /* the answer is what the characteristics amount to */
  gboolean       filling;
};

enum
{
  CHANGED,
  STEP,
  UNFOLDED,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvBlockSection, vv_block_section, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* The first two weigh the same (vv_block_answers()). */
static const VvAnswers answers = {
  "answer",
  N_ ("What you see in each picture"),
  { { "similar", N_ ("Similar"), 's' }, { "different", N_ ("Different"), 'd' }, { "cannot-tell", N_ ("Cannot tell"), 'c' }, { "not-visible", N_ ("Not visible"), 'n' }, { NULL, NULL, 0 } },
};

static gboolean
has_characteristics (const VvBlock *block)
{
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    if (g_str_equal (one->block, block->name))
      return TRUE;
  return FALSE;
}

/* --- Answers ------------------------------------------------------------------------------------------------------- */

static JsonObject *
characteristics_of (VvBlockSection *self)
{
  JsonObject *said = json_object_new ();

  for (guint i = 0; i < self->rows->len; i++)
    {
      VvCharacteristicRow *row = g_ptr_array_index (self->rows, i);
      JsonObject          *body = vv_characteristic_row_body (row);

      if (body != NULL)
        json_object_set_object_member (said, vv_characteristic_row_characteristic (row)->name, body);
    }
  return said;
}

static const char *
amount_of (VvBlockSection *self)
{
  g_autoptr (JsonObject) comparison = vv_json_new ("characteristics", "o", characteristics_of (self), NULL);

  return vv_characteristics_answer_of_block (comparison, self->block->name);
}

static void
on_row_changed_cb (VvBlockSection *self)
{
  self->derived = vv_answer_row_answer (self->row) == NULL;
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_characteristic_changed_cb (VvBlockSection *self)
{
  if (self->filling)
    return;
  if (self->derived)
    vv_answer_row_set_answer (self->row, amount_of (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- Lines --------------------------------------------------------------------------------------------------------- */

static gboolean
focus_line (VvBlockSection *self, guint index)
{
  return index == 0 ? gtk_widget_grab_focus (GTK_WIDGET (self->row))
                    : gtk_widget_grab_focus (g_ptr_array_index (self->rows, index - 1));
}

static void
on_step_cb (VvBlockSection *self, int by, GtkWidget *from)
{
  guint line = 0;
  guint n = vv_block_section_is_unfolded (self) ? self->rows->len : 0;

  if (g_ptr_array_find (self->rows, from, &line))
    line++;
  if ((by < 0 && line == 0) || (by > 0 && line == n))
    g_signal_emit (self, signals[STEP], 0, by);
  else
    focus_line (self, (guint) ((int) line + by));
}

static const char *
seen_in_probe (VvBlockSection *self, const VvCharacteristic *one)
{
  const VvComponent *component = vv_characteristic_component (one);

  return vv_json_string (vv_json_object (vv_json_object (self->analysis, "components"), component->name), "visibility");
}

/* Adds a line for each characteristic. */
static void
make_list (VvBlockSection *self)
{
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    {
      GtkWidget *row;

      if (!g_str_equal (one->block, self->block->name))
        continue;
      row = vv_characteristic_row_new (one);
      vv_characteristic_row_set_editable (VV_CHARACTERISTIC_ROW (row), self->editable);
      vv_characteristic_row_set_seen (VV_CHARACTERISTIC_ROW (row), seen_in_probe (self, one));
      g_signal_connect_object (row, "changed", G_CALLBACK (on_characteristic_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (self->list), row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
on_unfolded_cb (VvBlockSection *self, gboolean unfold)
{
  if (unfold && self->rows->len == 0)
    make_list (self);
  gtk_widget_set_visible (self->list, unfold);
  g_signal_emit (self, signals[UNFOLDED], 0, unfold);
}

/* --- The section ----------------------------------------------------------------------------------------------------- */

static gboolean
vv_block_section_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VV_BLOCK_SECTION (widget)->row));
}

static void
vv_block_section_finalize (GObject *object)
{
  VvBlockSection *self = VV_BLOCK_SECTION (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->analysis, json_object_unref);
  G_OBJECT_CLASS (vv_block_section_parent_class)->finalize (object);
}

static void
vv_block_section_class_init (VvBlockSectionClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_block_section_finalize;
  GTK_WIDGET_CLASS (class)->grab_focus = vv_block_section_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[UNFOLDED] = g_signal_new ("unfolded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
vv_block_section_init (VvBlockSection *self)
{
  self->rows = g_ptr_array_new ();
  self->editable = TRUE;
  self->derived = TRUE;
}

GtkWidget *
vv_block_section_new (const VvBlock *block)
{
  VvBlockSection *self = g_object_new (VV_TYPE_BLOCK_SECTION, NULL);
  GtkWidget      *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->block = block;
  self->row = VV_ANSWER_ROW (vv_answer_row_new (block->name, _ (block->title), &answers));
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->list, "characteristics");
  gtk_widget_set_visible (self->list, FALSE);
  if (has_characteristics (block))
    vv_answer_row_set_foldable (self->row);
  else
    gtk_widget_set_margin_start (GTK_WIDGET (self->row), FOLD_WIDTH);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->row));
  gtk_box_append (GTK_BOX (box), self->list);
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->row, "changed", G_CALLBACK (on_row_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->row, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->row, "unfolded", G_CALLBACK (on_unfolded_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const VvBlock *
vv_block_section_block (VvBlockSection *self)
{
  g_return_val_if_fail (VV_IS_BLOCK_SECTION (self), NULL);
  return self->block;
}

const char *
vv_block_section_answer (VvBlockSection *self)
{
  g_return_val_if_fail (VV_IS_BLOCK_SECTION (self), NULL);
  return vv_answer_row_answer (self->row);
}

void
vv_block_section_collect (VvBlockSection *self, JsonObject *blocks, JsonObject *characteristics)
{
  JsonObject            *body;
  g_autoptr (JsonObject) said = NULL;
  g_autoptr (GList)      names = NULL;

  g_return_if_fail (VV_IS_BLOCK_SECTION (self));
  body = vv_answer_row_body (self->row);
  said = characteristics_of (self);
  names = json_object_get_members (said);
  if (body != NULL)
    json_object_set_object_member (blocks, self->block->name, body);
  for (GList *each = names; each != NULL; each = each->next)
    json_object_set_object_member (characteristics, each->data, json_object_ref (vv_json_object (said, each->data)));
}

static gboolean
says_something (VvBlockSection *self, JsonObject *bodies)
{
  for (const VvCharacteristic *one = vv_characteristic_all (); one->name != NULL; one++)
    if (g_str_equal (one->block, self->block->name) && vv_json_object (bodies, one->name) != NULL)
      return TRUE;
  return FALSE;
}

void
vv_block_section_set_body (VvBlockSection *self, JsonObject *body)
{
  JsonObject *bodies = vv_json_object (body, "characteristics");

  g_return_if_fail (VV_IS_BLOCK_SECTION (self));
  self->filling = TRUE;
  vv_answer_row_set_body (self->row, vv_json_object (vv_json_object (body, "blocks"), self->block->name));
  if (self->rows->len == 0 && says_something (self, bodies))
    make_list (self);
  for (guint i = 0; i < self->rows->len; i++)
    {
      VvCharacteristicRow *row = g_ptr_array_index (self->rows, i);

      vv_characteristic_row_set_body (row, vv_json_object (bodies, vv_characteristic_row_characteristic (row)->name));
    }
  self->derived = g_strcmp0 (vv_answer_row_answer (self->row), amount_of (self)) == 0;
  self->filling = FALSE;
}

void
vv_block_section_set_editable (VvBlockSection *self, gboolean editable)
{
  g_return_if_fail (VV_IS_BLOCK_SECTION (self));
  self->editable = editable;
  vv_answer_row_set_editable (self->row, editable);
  for (guint i = 0; i < self->rows->len; i++)
    vv_characteristic_row_set_editable (g_ptr_array_index (self->rows, i), editable);
}

void
vv_block_section_set_analysis (VvBlockSection *self, JsonObject *analysis)
{
  g_return_if_fail (VV_IS_BLOCK_SECTION (self));
  g_clear_pointer (&self->analysis, json_object_unref);
  self->analysis = analysis != NULL ? json_object_ref (analysis) : NULL;
  for (guint i = 0; i < self->rows->len; i++)
    {
      VvCharacteristicRow *row = g_ptr_array_index (self->rows, i);

      vv_characteristic_row_set_seen (row, seen_in_probe (self, vv_characteristic_row_characteristic (row)));
    }
}

gboolean
vv_block_section_is_unfolded (VvBlockSection *self)
{
  g_return_val_if_fail (VV_IS_BLOCK_SECTION (self), FALSE);
  return gtk_widget_get_visible (self->list);
}

void
vv_block_section_unfold (VvBlockSection *self, gboolean unfold)
{
  g_return_if_fail (VV_IS_BLOCK_SECTION (self));
  if (has_characteristics (self->block))
    vv_answer_row_unfold (self->row, unfold);
}

static gboolean
has_keyboard (GtkWidget *widget)
{
  GtkRoot   *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

const char *
vv_block_section_focused (VvBlockSection *self)
{
  g_return_val_if_fail (VV_IS_BLOCK_SECTION (self), NULL);
  if (has_keyboard (GTK_WIDGET (self->row)))
    return self->block->name;
  for (guint i = 0; i < self->rows->len; i++)
    if (has_keyboard (g_ptr_array_index (self->rows, i)))
      return vv_characteristic_row_characteristic (g_ptr_array_index (self->rows, i))->name;
  return NULL;
}

gboolean
vv_block_section_focus (VvBlockSection *self, const char *name)
{
  const VvCharacteristic *one = vv_characteristic_find (name);

  g_return_val_if_fail (VV_IS_BLOCK_SECTION (self), FALSE);
  if (g_strcmp0 (name, self->block->name) == 0)
    return focus_line (self, 0);
  if (one == NULL || !g_str_equal (one->block, self->block->name))
    return FALSE;
  vv_block_section_unfold (self, TRUE);
  for (guint i = 0; i < self->rows->len; i++)
    if (vv_characteristic_row_characteristic (g_ptr_array_index (self->rows, i)) == one)
      return focus_line (self, i + 1);
  return FALSE;
}
