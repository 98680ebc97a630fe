// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-answer-row.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvAnswerRow
{
  GtkWidget        parent_instance;
  GtkWidget       *content;
  GtkToggleButton *fold;
  GtkLabel        *title;
  GtkBox          *answers;
  GtkToggleButton *buttons[VV_CHOICES_MAX]; /* in the order of the choices */
  guint            n_choices;
  GtkWidget       *note_button;
  GtkEntry        *note;
  char            *name;
  char            *label; /* what it is about, for people */
  const VvAnswers *answers_of;
  gboolean         editable;
  gboolean         filling; /* the program writes, not the person */
};

enum
{
  CHANGED,
  ANSWERED,
  UNFOLDED,
  STEP,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvAnswerRow, vv_answer_row, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static const VvChoice *
chosen (VvAnswerRow *self)
{
  for (gsize i = 0; i < self->n_choices; i++)
    if (gtk_toggle_button_get_active (self->buttons[i]))
      return &self->answers_of->choices[i];
  return NULL;
}

/* What screen readers say when the row gets the keyboard. */
static void
name_row (VvAnswerRow *self)
{
  const VvChoice  *answer = chosen (self);
  g_autofree char *name = g_strdup_printf ("%s: %s", self->label, answer != NULL ? _ (answer->title) : _ ("no answer yet"));

  vv_parts_name (GTK_WIDGET (self), name);
  if (answer != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "answered");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "answered");
}

static void
on_toggled_cb (VvAnswerRow *self, GtkToggleButton *button)
{
  if (self->filling)
    return;
  /* Toggle buttons of one group stay pressed; here a second press takes the answer away. */
  self->filling = TRUE;
  for (gsize i = 0; i < self->n_choices && gtk_toggle_button_get_active (button); i++)
    if (self->buttons[i] != button)
      gtk_toggle_button_set_active (self->buttons[i], FALSE);
  self->filling = FALSE;
  name_row (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_note_changed_cb (VvAnswerRow *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_fold_cb (VvAnswerRow *self)
{
  gboolean         unfold = gtk_toggle_button_get_active (self->fold);
  g_autofree char *name = g_strdup_printf (unfold ? _ ("Fold %s") : _ ("Unfold %s"), self->label);

  gtk_button_set_icon_name (GTK_BUTTON (self->fold), unfold ? "pan-down-symbolic" : "pan-end-symbolic");
  vv_parts_name (GTK_WIDGET (self->fold), name);
  g_signal_emit (self, signals[UNFOLDED], 0, unfold);
}

static void
on_note_button_cb (VvAnswerRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->note), TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->note));
}

static void
on_note_done_cb (VvAnswerRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->note), vv_parts_has_text (gtk_editable_get_text (GTK_EDITABLE (self->note))));
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* --- Keys ------------------------------------------------------------------------------------------------ */

static gboolean
has_keyboard (VvAnswerRow *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->note));
}

/* Whether @key is one of an answer, or takes it away. */
static gboolean
take_answer (VvAnswerRow *self, guint key)
{
  gboolean taken = key == GDK_KEY_BackSpace;

  for (gsize i = 0; i < self->n_choices; i++)
    if (key == (guint) self->answers_of->choices[i].key)
      {
        gtk_toggle_button_set_active (self->buttons[i], TRUE);
        taken = TRUE;
      }
    else if (key == GDK_KEY_BackSpace)
      gtk_toggle_button_set_active (self->buttons[i], FALSE);
  return taken;
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvAnswerRow *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || !has_keyboard (self))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    {
      g_signal_emit (self, signals[STEP], 0, key == GDK_KEY_Up ? -1 : 1);
      return GDK_EVENT_STOP;
    }
  if ((key == GDK_KEY_Right || key == GDK_KEY_Left) && gtk_widget_get_visible (GTK_WIDGET (self->fold)))
    {
      vv_answer_row_unfold (self, key == GDK_KEY_Right);
      return GDK_EVENT_STOP;
    }
  if (!self->editable)
    return GDK_EVENT_PROPAGATE;
  if (self->answers_of->hint != NULL && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    {
      on_note_button_cb (self);
      return GDK_EVENT_STOP;
    }
  if (!take_answer (self, gdk_keyval_to_lower (key)))
    return GDK_EVENT_PROPAGATE;
  if (chosen (self) != NULL)
    g_signal_emit (self, signals[ANSWERED], 0);
  return GDK_EVENT_STOP;
}

/* A click beside the answers: the keyboard goes on from here. */
static void
on_pressed_cb (VvAnswerRow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static gboolean
on_note_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvAnswerRow *self)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  on_note_done_cb (self);
  return GDK_EVENT_STOP;
}

/* --- The row ----------------------------------------------------------------------------------------------- */

static void
add_answers (VvAnswerRow *self)
{
  for (gsize i = 0; i < self->n_choices; i++)
    {
      const VvChoice  *choice = &self->answers_of->choices[i];
      GtkWidget       *button = gtk_toggle_button_new_with_label (_ (choice->title));
      g_autofree char *name = g_strdup_printf ("%s: %s", self->label, _ (choice->title));
      g_autofree char *tip = g_strdup_printf ("%s (%c)", _ (choice->title), g_ascii_toupper (choice->key));

      /* The keyboard is on the row: a stop for each answer of each row would be a long way. */
      gtk_widget_set_focusable (button, FALSE);
      gtk_widget_set_focus_on_click (button, FALSE);
      gtk_widget_set_tooltip_text (button, tip);
      vv_parts_name (button, name);
      gtk_box_append (self->answers, button);
      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled_cb), self, G_CONNECT_SWAPPED);
    }
}

static void
vv_answer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), VV_TYPE_ANSWER_ROW);
  G_OBJECT_CLASS (vv_answer_row_parent_class)->dispose (object);
}

static void
vv_answer_row_finalize (GObject *object)
{
  VvAnswerRow *self = VV_ANSWER_ROW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->label, g_free);
  G_OBJECT_CLASS (vv_answer_row_parent_class)->finalize (object);
}

static void
vv_answer_row_class_init (VvAnswerRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_answer_row_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_answer_row_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANSWERED] = g_signal_new ("answered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[UNFOLDED] = g_signal_new ("unfolded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[STEP] = g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  gtk_widget_class_set_css_name (widget_class, "answerrow");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-answer-row.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, content);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, fold);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, title);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, answers);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, note_button);
  gtk_widget_class_bind_template_child (widget_class, VvAnswerRow, note);
  gtk_widget_class_bind_template_callback (widget_class, on_fold_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_note_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
}

static void
vv_answer_row_init (VvAnswerRow *self)
{
  self->editable = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_answer_row_new (const char *name, const char *label, const VvAnswers *answers)
{
  VvAnswerRow     *self = g_object_new (VV_TYPE_ANSWER_ROW, NULL);
  g_autofree char *note = g_strdup_printf (_ ("Note on %s"), label);

  self->name = g_strdup (name);
  self->label = g_strdup (label);
  self->answers_of = answers;
  while (answers->choices[self->n_choices].code != NULL)
    self->n_choices++;
  gtk_label_set_text (self->title, label);
  gtk_entry_set_placeholder_text (self->note, answers->hint != NULL ? _ (answers->hint) : NULL);
  gtk_widget_set_visible (self->note_button, answers->hint != NULL);
  vv_parts_name (self->note_button, note);
  vv_parts_name (GTK_WIDGET (self->note), note);
  add_answers (self);
  name_row (self);
  return GTK_WIDGET (self);
}

const char *
vv_answer_row_name (VvAnswerRow *self)
{
  g_return_val_if_fail (VV_IS_ANSWER_ROW (self), NULL);
  return self->name;
}

const char *
vv_answer_row_answer (VvAnswerRow *self)
{
  const VvChoice *answer;

  g_return_val_if_fail (VV_IS_ANSWER_ROW (self), NULL);
  answer = chosen (self);
  return answer != NULL ? answer->code : NULL;
}

JsonObject *
vv_answer_row_body (VvAnswerRow *self)
{
  const char *note;

  g_return_val_if_fail (VV_IS_ANSWER_ROW (self), NULL);
  note = gtk_editable_get_text (GTK_EDITABLE (self->note));
  if (chosen (self) == NULL && *note == '\0')
    return NULL;
  return vv_json_new (self->answers_of->member, "s", vv_answer_row_answer (self), "note", "s", *note != '\0' ? note : NULL, NULL);
}

void
vv_answer_row_set_body (VvAnswerRow *self, JsonObject *body)
{
  const char *note = vv_json_string (body, "note");

  g_return_if_fail (VV_IS_ANSWER_ROW (self));
  self->filling = TRUE;
  for (gsize i = 0; i < self->n_choices; i++)
    gtk_toggle_button_set_active (self->buttons[i],
                                  g_strcmp0 (vv_json_string (body, self->answers_of->member), self->answers_of->choices[i].code) == 0);
  gtk_editable_set_text (GTK_EDITABLE (self->note), note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), note != NULL);
  self->filling = FALSE;
  name_row (self);
}

void
vv_answer_row_set_answer (VvAnswerRow *self, const char *answer)
{
  g_return_if_fail (VV_IS_ANSWER_ROW (self));
  self->filling = TRUE;
  for (gsize i = 0; i < self->n_choices; i++)
    gtk_toggle_button_set_active (self->buttons[i], g_strcmp0 (answer, self->answers_of->choices[i].code) == 0);
  self->filling = FALSE;
  name_row (self);
}

void
vv_answer_row_set_foldable (VvAnswerRow *self)
{
  g_autofree char *name = NULL;

  g_return_if_fail (VV_IS_ANSWER_ROW (self));
  name = g_strdup_printf (_ ("Unfold %s"), self->label);
  vv_parts_name (GTK_WIDGET (self->fold), name);
  gtk_widget_set_visible (GTK_WIDGET (self->fold), TRUE);
}

void
vv_answer_row_unfold (VvAnswerRow *self, gboolean unfold)
{
  g_return_if_fail (VV_IS_ANSWER_ROW (self));
  gtk_toggle_button_set_active (self->fold, unfold);
}

void
vv_answer_row_set_editable (VvAnswerRow *self, gboolean editable)
{
  g_return_if_fail (VV_IS_ANSWER_ROW (self));
  self->editable = editable;
  gtk_widget_set_can_target (GTK_WIDGET (self->answers), editable);
  gtk_widget_set_visible (self->note_button, editable && self->answers_of->hint != NULL);
  gtk_editable_set_editable (GTK_EDITABLE (self->note), editable);
}
