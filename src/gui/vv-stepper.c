// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-json.h"
#include "vv-parts.h"
#include "vv-stepper.h"
#include "vv-time.h"

struct _VvStepper
{
  AdwBin      parent_instance;
  GtkListBox *list;
  guint       n_steps;
};

G_DEFINE_FINAL_TYPE (VvStepper, vv_stepper, ADW_TYPE_BIN)

static guint signal_chosen;

static const struct
{
  const char *state;
  const char *icon;
  const char *name;
} states[] = {
  { "done", "object-select-symbolic", N_ ("done") },
  { "open", "go-next-symbolic", N_ ("open now") },
  { "waiting", "document-open-recent-symbolic", N_ ("waiting") },
  { "closed", "changes-prevent-symbolic", N_ ("closed") },
};

static void
on_row_selected_cb (VvStepper *self, GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (self, signal_chosen, 0, gtk_list_box_row_get_index (row));
}

static GtkWidget *
row_new (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = vv_parts_label ("", "caption");

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (icon, "step-icon");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), detail);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data (G_OBJECT (row), "title", title);
  g_object_set_data (G_OBJECT (row), "detail", detail);
  return row;
}

/* Who and when for what was done; why for what is closed, in full only on hover and for screen readers. */
static char *
detail_text (JsonObject *shown, JsonObject *step)
{
  const char      *who = vv_parts_person (shown, vv_json_string (step, "who"));
  g_autofree char *when =
    vv_json_string (step, "when") != NULL ? vv_time_for_people (vv_json_string (step, "when")) : NULL;

  if (g_strcmp0 (vv_json_string (step, "state"), "waiting") == 0)
    return g_strdup (_ ("Waiting for ECMS"));
  return who != NULL ? g_strdup_printf ("%s\n%s", who, when) : NULL;
}

static void
update_row (GtkWidget *row, JsonObject *shown, JsonObject *step)
{
  const char      *state = vv_json_string (step, "state");
  const char      *why = vv_json_string (step, "why");
  GtkWidget       *detail = g_object_get_data (G_OBJECT (row), "detail");
  g_autofree char *title =
    g_strdup_printf ("%s  %s", vv_json_string (step, "number"), vv_json_string (step, "title"));
  g_autofree char *text = detail_text (shown, step);

  gtk_label_set_text (g_object_get_data (G_OBJECT (row), "title"), title);
  gtk_label_set_text (GTK_LABEL (detail), text != NULL ? text : "");
  gtk_widget_set_visible (detail, text != NULL);
  gtk_widget_set_tooltip_text (row, why);
  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    {
      g_autofree char *name = NULL;

      gtk_widget_remove_css_class (row, states[i].state);
      if (g_strcmp0 (state, states[i].state) != 0)
        continue;
      name = g_strdup_printf (_ ("Step %s, %s"), title, _ (states[i].name));
      gtk_widget_add_css_class (row, state);
      gtk_image_set_from_icon_name (g_object_get_data (G_OBJECT (row), "icon"), states[i].icon);
      vv_parts_name (row, name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      why != NULL ? why : "", -1);
    }
}

static void
vv_stepper_class_init (VvStepperClass *class)
{
  signal_chosen = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
vv_stepper_init (VvStepper *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "stepper");
  vv_parts_name (GTK_WIDGET (self->list), _ ("Steps of the procedure"));
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_row_selected_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->list));
}

void
vv_stepper_show (VvStepper *self, JsonObject *shown)
{
  JsonArray *steps = vv_json_array (shown, "steps");

  g_return_if_fail (VV_IS_STEPPER (self));
  for (; self->n_steps < vv_json_length (steps); self->n_steps++)
    gtk_list_box_append (self->list, row_new ());
  for (guint i = 0; i < self->n_steps; i++)
    update_row (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i)), shown, vv_json_element (steps, i));
}

void
vv_stepper_choose (VvStepper *self, int index)
{
  GtkListBoxRow *row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;

  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
}

int
vv_stepper_chosen (VvStepper *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? gtk_list_box_row_get_index (row) : -1;
}
