// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-analysis-panel.h"
#include "vv-background-panel.h"
#include "vv-case-facts.h"
#include "vv-case-page.h"
#include "vv-decision-panel.h"
#include "vv-json.h"
#include "vv-loop-note.h"
#include "vv-number-panel.h"
#include "vv-papers-panel.h"
#include "vv-parts.h"
#include "vv-peer-panel.h"
#include "vv-pool-panel.h"
#include "vv-probe-panel.h"
#include "vv-report-panel.h"
#include "vv-search-panel.h"
#include "vv-stepper.h"
#include "vv-time.h"
#include "vv-use-panel.h"

struct _VvCasePage
{
  AdwBin       parent_instance;
  GtkLabel    *title;
  VvStepper   *stepper;
  GtkLabel    *step_title;
  GtkLabel    *step_state;
  VvLoopNote  *loop;
  GtkStack    *panels;
  GtkRevealer *message;
  GtkLabel    *message_text;
  VvCaseFacts *facts;
  GtkPaned    *left_pane;
  GtkPaned    *right_pane;
  VvDesk      *desk;
  gint64       request;
  JsonObject  *shown;
};

G_DEFINE_FINAL_TYPE (VvCasePage, vv_case_page, ADW_TYPE_BIN)

enum
{
  SHOWN,
  CHANGED,
  GO,
  PREVIEW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *number;
  GType (*type) (void);
} panel_types[] = {
  { "2", vv_papers_panel_get_type },
  { "3", vv_number_panel_get_type },
  { "4", vv_use_panel_get_type },
  { "5", vv_probe_panel_get_type },
  { "5+", vv_analysis_panel_get_type },
  { "6", vv_search_panel_get_type },
  { "7", vv_pool_panel_get_type },
  { "8", vv_background_panel_get_type },
  { "9", vv_peer_panel_get_type },
  { "10", vv_decision_panel_get_type },
  { "13", vv_report_panel_get_type },
};

/* --- Signals of the panels ----------------------------------------------------------------------------------- */

static void
on_panel_changed_cb (VvCasePage *self)
{
  vv_case_page_reload (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_panel_failed_cb (VvCasePage *self, const char *text)
{
  gboolean any = vv_parts_has_text (text);

  if (any)
    gtk_label_set_text (self->message_text, text);
  gtk_revealer_set_reveal_child (self->message, any);
}

static int
index_of_step (VvCasePage *self, const char *number)
{
  JsonArray *steps = vv_json_array (self->shown, "steps");

  for (guint i = 0; i < vv_json_length (steps); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (steps, i), "number"), number) == 0)
      return (int) i;
  return -1;
}

static void
on_panel_go_cb (VvCasePage *self, const char *where, const char *candidate)
{
  if (g_str_equal (where, "step"))
    vv_stepper_choose (self->stepper, index_of_step (self, candidate));
  else
    g_signal_emit (self, signals[GO], 0, where, candidate);
}

static void
on_panel_preview_cb (VvCasePage *self, JsonObject *details)
{
  g_signal_emit (self, signals[PREVIEW], 0, details);
}

/* --- The chosen step ------------------------------------------------------------------------------------------- */

static GtkWidget *
panel_for (VvCasePage *self, const char *number)
{
  GtkWidget *panel = gtk_stack_get_child_by_name (self->panels, number);

  for (gsize i = 0; panel == NULL && i < G_N_ELEMENTS (panel_types); i++)
    {
      if (g_strcmp0 (panel_types[i].number, number) != 0)
        continue;
      panel = g_object_new (panel_types[i].type (), NULL);
      g_signal_connect_object (panel, "changed", G_CALLBACK (on_panel_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (panel, "failed", G_CALLBACK (on_panel_failed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (panel, "go", G_CALLBACK (on_panel_go_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (panel, "preview", G_CALLBACK (on_panel_preview_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_named (self->panels, panel, number);
    }
  return panel;
}

static char *
state_text (VvCasePage *self, JsonObject *step)
{
  const char      *state = vv_json_string (step, "state");
  const char      *why = vv_json_string (step, "why");
  const char      *who = vv_parts_person (self->shown, vv_json_string (step, "who"));
  g_autofree char *when =
    vv_json_string (step, "when") != NULL ? vv_time_for_people (vv_json_string (step, "when")) : NULL;
  g_autofree char *done = who != NULL ? g_strdup_printf (_ ("Done by %s, %s."), who, when) : NULL;

  if (g_strcmp0 (state, "open") == 0)
    return g_strdup (_ ("This is the step to do now."));
  if (done != NULL && why != NULL)
    return g_strdup_printf ("%s %s", done, why);
  return g_strdup (done != NULL ? done : why);
}

static void
show_step (VvCasePage *self, int index)
{
  JsonObject      *step = vv_json_element (vv_json_array (self->shown, "steps"), (guint) MAX (index, 0));
  GtkWidget       *panel = step != NULL ? panel_for (self, vv_json_string (step, "number")) : NULL;
  g_autofree char *text = NULL;

  if (panel == NULL)
    return;
  text = state_text (self, step);
  gtk_label_set_text (self->step_title, vv_json_string (step, "title"));
  gtk_label_set_text (self->step_state, text);
  vv_loop_note_show (self->loop, self->shown, vv_json_string (step, "number"));
  vv_panel_set_case (VV_PANEL (panel), self->desk, self->shown, step);
  gtk_stack_set_visible_child (self->panels, panel);
}

static void
on_step_chosen_cb (VvCasePage *self, int index)
{
  gtk_revealer_set_reveal_child (self->message, FALSE);
  show_step (self, index);
}

/* --- Reading the case -------------------------------------------------------------------------------------------- */

static gboolean
is_open (JsonObject *step)
{
  return g_strcmp0 (vv_json_string (step, "state"), "open") == 0;
}

/* The first step that is open for this person; without one, the last that was done. */
static int
next_step (VvCasePage *self)
{
  JsonArray *steps = vv_json_array (self->shown, "steps");
  int        last = 0;

  for (guint i = 0; i < vv_json_length (steps); i++)
    {
      JsonObject *step = vv_json_element (steps, i);

      if (is_open (step))
        return (int) i;
      if (g_strcmp0 (vv_json_string (step, "state"), "closed") != 0)
        last = (int) i;
    }
  return last;
}

static void
take_case (VvCasePage *self, JsonObject *shown)
{
  int      chosen = vv_stepper_chosen (self->stepper);
  gboolean first = self->shown == NULL;
  gboolean was_open =
    !first && is_open (vv_json_element (vv_json_array (self->shown, "steps"), (guint) MAX (chosen, 0)));
  const char      *number = vv_json_string (shown, "fis_number");
  g_autofree char *title =
    number != NULL ? g_strdup_printf ("FIS %s", number) : g_strdup (_ ("Request without FIS number"));

  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = shown;
  gtk_label_set_text (self->title, title);
  vv_case_facts_show (self->facts, self->desk, shown);
  vv_stepper_show (self->stepper, shown);
  if (first || (was_open && !is_open (vv_json_element (vv_json_array (shown, "steps"), (guint) chosen))))
    chosen = next_step (self);
  if (chosen == vv_stepper_chosen (self->stepper))
    show_step (self, chosen);
  else
    vv_stepper_choose (self->stepper, chosen);
  g_signal_emit (self, signals[SHOWN], 0, title);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvCasePage) self = user_data;
  g_autoptr (GError)     error = NULL;
  JsonObject            *shown = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (shown == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else if (vv_json_int (shown, "id") == self->request)
    take_case (self, shown);
  else
    json_object_unref (shown); /* another one was opened meanwhile */
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvCasePage) self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer != NULL && vv_parts_is_open (GTK_WIDGET (self)))
    vv_case_page_open (self, vv_json_int (answer, "request"));
  else
    vv_parts_toast_error (GTK_WIDGET (self), error);
}

/* The earlier request that this one follows up. */
static void
on_earlier_cb (VvCasePage *self, const char *fis_number)
{
  g_autoptr (JsonObject) details = vv_json_new ("fis_number", "s", fis_number, NULL);

  vv_desk_act_async (self->desk, vv_desk_find_request, 0, details, NULL, found_cb, g_object_ref (self));
}

/* --- Keys -------------------------------------------------------------------------------------------------------------- */

static void
on_next_step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvCasePage *self = VV_CASE_PAGE (widget);

  vv_stepper_choose (self->stepper, vv_stepper_chosen (self->stepper) + 1);
}

static void
on_previous_step_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvCasePage *self = VV_CASE_PAGE (widget);

  vv_stepper_choose (self->stepper, vv_stepper_chosen (self->stepper) - 1);
}

static void
vv_case_page_finalize (GObject *object)
{
  VvCasePage *self = VV_CASE_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, json_object_unref);
  G_OBJECT_CLASS (vv_case_page_parent_class)->finalize (object);
}

static void
vv_case_page_class_init (VvCasePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_case_page_finalize;
  signals[SHOWN] =
    g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[GO] =
    g_signal_new ("go", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[PREVIEW] =
    g_signal_new ("preview", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_install_action (widget_class, "case.next-step", NULL, on_next_step_cb);
  gtk_widget_class_install_action (widget_class, "case.previous-step", NULL, on_previous_step_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_CONTROL_MASK, "case.next-step", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_CONTROL_MASK, "case.previous-step", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-case-page.ui");
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_cb);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, title);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, stepper);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, step_title);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, step_state);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, loop);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, panels);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, message);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, message_text);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, facts);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, left_pane);
  gtk_widget_class_bind_template_child (widget_class, VvCasePage, right_pane);
  gtk_widget_class_bind_template_callback (widget_class, on_step_chosen_cb);
}

static void
vv_case_page_init (VvCasePage *self)
{
  g_type_ensure (VV_TYPE_STEPPER);
  g_type_ensure (VV_TYPE_CASE_FACTS);
  g_type_ensure (VV_TYPE_LOOP_NOTE);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_case_page_new (VvDesk *desk, GSettings *settings)
{
  VvCasePage *self = g_object_new (VV_TYPE_CASE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  g_settings_bind (settings, "steps-width", self->left_pane, "position", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "step-width", self->right_pane, "position", G_SETTINGS_BIND_DEFAULT);
  return GTK_WIDGET (self);
}

void
vv_case_page_open (VvCasePage *self, gint64 request)
{
  GtkWidget *panel;

  g_return_if_fail (VV_IS_CASE_PAGE (self));
  if (request != self->request)
    {
      /* Panels hold what was typed for one request; taking them away keeps their drafts. */
      while ((panel = gtk_widget_get_first_child (GTK_WIDGET (self->panels))) != NULL)
        gtk_stack_remove (self->panels, panel);
      g_clear_pointer (&self->shown, json_object_unref);
      gtk_label_set_text (self->step_title, NULL);
      gtk_label_set_text (self->step_state, NULL);
    }
  self->request = request;
  gtk_revealer_set_reveal_child (self->message, FALSE);
  vv_case_page_reload (self);
}

void
vv_case_page_reload (VvCasePage *self)
{
  g_return_if_fail (VV_IS_CASE_PAGE (self));
  if (self->request != 0)
    vv_desk_act_async (self->desk, vv_desk_show_request, self->request, NULL, NULL, read_cb, g_object_ref (self));
}

gint64
vv_case_page_request (VvCasePage *self)
{
  return self->request;
}
