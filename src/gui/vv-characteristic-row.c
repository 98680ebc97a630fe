// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-answer-row.h"
#include "vv-characteristic-row.h"
#include "vv-drawing.h"
#include "vv-json.h"
#include "vv-parts.h"

enum
{
  PROBE,
  CANDIDATE,
  STABILITY,
  N_LINES,
};

struct _VvCharacteristicRow
{
  AdwBin                  parent_instance;
  const VvCharacteristic *characteristic;
  VvAnswerRow            *answer;
  GtkLabel               *said;    /* what the details say, while they are folded */
  GtkWidget              *details; /* (nullable) made when the row is first looked at */
  VvAnswerRow            *lines[N_LINES];
  GtkWidget              *explanation_box;
  GtkDropDown            *explanation;
  const char             *seen; /* (nullable) in the probe, by its analysis */
  gboolean                editable;
  gboolean                filling;
};

enum
{
  CHANGED,
  STEP,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvCharacteristicRow, vv_characteristic_row, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* vv_characteristic_answers(); the first two weigh the same. */
static const VvAnswers answers = {
  "answer",
  N_ ("What you see in each picture"),
  { { "similar", N_ ("Similar"), 's' }, { "different", N_ ("Different"), 'd' }, { "cannot-tell", N_ ("Cannot tell"), 'c' }, { "not-comparable", N_ ("Not comp."), 'n' }, { NULL, NULL, 0 } },
};

/* vv_visibility_all(), vv_stability_all(). */
static const VvAnswers lines[N_LINES] = {
  { "probe", NULL, { { "clear", N_ ("Clear"), 'c' }, { "partly", N_ ("Partly"), 'p' }, { "not", N_ ("Not visible"), 'n' }, { NULL, NULL, 0 } } },
  { "candidate", NULL, { { "clear", N_ ("Clear"), 'c' }, { "partly", N_ ("Partly"), 'p' }, { "not", N_ ("Not visible"), 'n' }, { NULL, NULL, 0 } } },
  { "stability", NULL, { { "stable", N_ ("Stable"), 's' }, { "slow", N_ ("Slowly"), 'l' }, { "changeable", N_ ("Easily"), 'e' }, { NULL, NULL, 0 } } },
};

static const char *const line_titles[N_LINES] = { N_ ("In the probe"), N_ ("In the candidate"), N_ ("Changes") };

static void make_details (VvCharacteristicRow *self);

/* --- What is said --------------------------------------------------------------------------------------------- */

static gboolean
is_different (VvCharacteristicRow *self)
{
  return g_strcmp0 (vv_answer_row_answer (self->answer), "different") == 0;
}

/* The first row of the list is "not said yet". */
static const char *
explanation_of (VvCharacteristicRow *self)
{
  guint chosen = self->details != NULL && is_different (self) ? gtk_drop_down_get_selected (self->explanation) : 0;

  return chosen == 0 || chosen == GTK_INVALID_LIST_POSITION ? NULL : vv_explanation_all ()[chosen - 1];
}

static void
choose_explanation (VvCharacteristicRow *self, const char *explanation)
{
  guint row = 0;

  for (guint i = 0; vv_explanation_all ()[i] != NULL; i++)
    if (g_strcmp0 (vv_explanation_all ()[i], explanation) == 0)
      row = i + 1;
  gtk_drop_down_set_selected (self->explanation, row);
}

/* What an answer takes over, so that nobody has to say the usual each time. */
static void
fill_usual (VvCharacteristicRow *self)
{
  const char *const usual[N_LINES] = { self->seen, NULL, self->characteristic->usual };

  make_details (self);
  for (int i = 0; i < N_LINES; i++)
    if (usual[i] != NULL && vv_answer_row_answer (self->lines[i]) == NULL)
      {
        g_autoptr (JsonObject) body = vv_json_new (lines[i].member, "s", usual[i], NULL);

        vv_answer_row_set_body (self->lines[i], body);
      }
}

static void
show_said (VvCharacteristicRow *self)
{
  const char *explanation = explanation_of (self);
  gboolean    folded = self->details == NULL || !gtk_widget_get_visible (self->details);
  gboolean    lacking = is_different (self) && explanation == NULL;
  const char *text = lacking ? _ ("Say what may explain the difference") : vv_explanation_title (explanation);

  if (self->details != NULL)
    gtk_widget_set_visible (self->explanation_box, is_different (self));
  gtk_label_set_text (self->said, text);
  gtk_widget_set_visible (GTK_WIDGET (self->said), folded && *text != '\0');
  if (lacking || g_strcmp0 (explanation, "unexplained") == 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->said), "differs");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->said), "differs");
}

static void
on_changed_cb (VvCharacteristicRow *self)
{
  if (self->filling)
    return;
  if (vv_answer_row_answer (self->answer) != NULL)
    fill_usual (self);
  show_said (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* --- The details ------------------------------------------------------------------------------------------------- */

/* Up and Down go from answer to answer; Tab goes into the details. */
static void
on_answer_step_cb (VvCharacteristicRow *self, int by)
{
  g_signal_emit (self, signals[STEP], 0, by);
}

static void
on_step_cb (VvCharacteristicRow *self, int by)
{
  gboolean inside = gtk_widget_child_focus (GTK_WIDGET (self), by > 0 ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD);

  if (!inside)
    g_signal_emit (self, signals[STEP], 0, by);
}

static void
add_explanations (VvCharacteristicRow *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  g_autofree char          *name = g_strdup_printf (_ ("What may explain it: %s"), _ (self->characteristic->title));

  gtk_string_list_append (titles, _ ("Not said yet"));
  for (const char *const *each = vv_explanation_all (); *each != NULL; each++)
    gtk_string_list_append (titles, vv_explanation_title (*each));
  self->explanation = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (g_steal_pointer (&titles)), NULL));
  gtk_widget_set_hexpand (GTK_WIDGET (self->explanation), TRUE);
  vv_parts_name (GTK_WIDGET (self->explanation), name);
  self->explanation_box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  gtk_widget_add_css_class (self->explanation_box, "explanation");
  gtk_box_append (GTK_BOX (self->explanation_box), gtk_label_new (_ ("Explained by")));
  gtk_box_append (GTK_BOX (self->explanation_box), GTK_WIDGET (self->explanation));
  g_signal_connect_object (self->explanation, "notify::selected", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
make_details (VvCharacteristicRow *self)
{
  GtkWidget *texts, *drawing;
  gboolean   was_filling = self->filling;

  if (self->details != NULL)
    return;
  self->filling = TRUE;
  self->details = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  drawing = vv_drawing_new ();
  gtk_widget_add_css_class (self->details, "details");
  gtk_widget_set_hexpand (texts, TRUE);
  vv_drawing_show (VV_DRAWING (drawing), self->characteristic->name, _ (self->characteristic->title));
  gtk_box_append (GTK_BOX (texts), vv_parts_label (_ (self->characteristic->asks), "caption"));
  add_explanations (self);
  gtk_box_append (GTK_BOX (texts), self->explanation_box);
  for (int i = 0; i < N_LINES; i++)
    {
      self->lines[i] = VV_ANSWER_ROW (vv_answer_row_new (lines[i].member, _ (line_titles[i]), &lines[i]));
      vv_answer_row_set_editable (self->lines[i], self->editable);
      g_signal_connect_object (self->lines[i], "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->lines[i], "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->lines[i]));
    }
  gtk_box_append (GTK_BOX (self->details), drawing);
  gtk_box_append (GTK_BOX (self->details), texts);
  gtk_widget_set_visible (self->details, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->explanation), self->editable);
  gtk_box_append (GTK_BOX (adw_bin_get_child (ADW_BIN (self))), self->details);
  self->filling = was_filling;
}

static void
on_enter_cb (VvCharacteristicRow *self)
{
  make_details (self);
  gtk_widget_set_visible (self->details, TRUE);
  show_said (self);
}

static void
on_leave_cb (VvCharacteristicRow *self)
{
  gtk_widget_set_visible (self->details, FALSE);
  show_said (self);
}

/* --- The row ------------------------------------------------------------------------------------------------------ */

static gboolean
vv_characteristic_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (VV_CHARACTERISTIC_ROW (widget)->answer));
}

static void
vv_characteristic_row_class_init (VvCharacteristicRowClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  GTK_WIDGET_CLASS (class)->grab_focus = vv_characteristic_row_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
vv_characteristic_row_init (VvCharacteristicRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->editable = TRUE;
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_enter_cb), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
}

GtkWidget *
vv_characteristic_row_new (const VvCharacteristic *characteristic)
{
  VvCharacteristicRow *self = g_object_new (VV_TYPE_CHARACTERISTIC_ROW, NULL);
  GtkWidget           *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->characteristic = characteristic;
  self->answer = VV_ANSWER_ROW (vv_answer_row_new (characteristic->name, _ (characteristic->title), &answers));
  self->said = GTK_LABEL (vv_parts_label ("", "caption"));
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "said");
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->answer));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->said));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_object (self->answer, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->answer, "step", G_CALLBACK (on_answer_step_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

const VvCharacteristic *
vv_characteristic_row_characteristic (VvCharacteristicRow *self)
{
  g_return_val_if_fail (VV_IS_CHARACTERISTIC_ROW (self), NULL);
  return self->characteristic;
}

JsonObject *
vv_characteristic_row_body (VvCharacteristicRow *self)
{
  JsonObject *body;

  g_return_val_if_fail (VV_IS_CHARACTERISTIC_ROW (self), NULL);
  body = vv_answer_row_body (self->answer);
  /* Without an answer or a note there is nothing that the rest would be about. */
  if (body == NULL || self->details == NULL)
    return body;
  for (int i = 0; i < N_LINES; i++)
    if (vv_answer_row_answer (self->lines[i]) != NULL)
      json_object_set_string_member (body, lines[i].member, vv_answer_row_answer (self->lines[i]));
  if (explanation_of (self) != NULL)
    json_object_set_string_member (body, "explanation", explanation_of (self));
  return body;
}

void
vv_characteristic_row_set_body (VvCharacteristicRow *self, JsonObject *body)
{
  g_return_if_fail (VV_IS_CHARACTERISTIC_ROW (self));
  self->filling = TRUE;
  vv_answer_row_set_body (self->answer, body);
  if (body != NULL)
    make_details (self);
  if (self->details != NULL)
    {
      for (int i = 0; i < N_LINES; i++)
        vv_answer_row_set_body (self->lines[i], body);
      choose_explanation (self, vv_json_string (body, "explanation"));
    }
  show_said (self);
  self->filling = FALSE;
}

void
vv_characteristic_row_set_editable (VvCharacteristicRow *self, gboolean editable)
{
  g_return_if_fail (VV_IS_CHARACTERISTIC_ROW (self));
  self->editable = editable;
  vv_answer_row_set_editable (self->answer, editable);
  if (self->details == NULL)
    return;
  for (int i = 0; i < N_LINES; i++)
    vv_answer_row_set_editable (self->lines[i], editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->explanation), editable);
}

void
vv_characteristic_row_set_seen (VvCharacteristicRow *self, const char *visibility)
{
  g_return_if_fail (VV_IS_CHARACTERISTIC_ROW (self));
  /* The word of the list itself: @visibility may go. */
  self->seen = NULL;
  for (const char *const *each = vv_visibility_all (); *each != NULL; each++)
    if (g_strcmp0 (*each, visibility) == 0)
      self->seen = *each;
}
