// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "vv-adjust-row.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvAdjustRow
{
  AdwBin           parent_instance;
  JsonObject      *step; /* as it stands */
  GtkToggleButton *eye;
  GtkWidget       *values;
};

G_DEFINE_FINAL_TYPE (VvAdjustRow, vv_adjust_row, ADW_TYPE_BIN)

enum
{
  EDITED,
  MOVED,
  REMOVED,
  DROPPED,
  PICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- Values ------------------------------------------------------------------------------------------------------ */

/* One control knows its value by this. */
#define VALUE "vv-value"

static void
on_number_cb (GtkAdjustment *adjustment, VvAdjustRow *self)
{
  const char *value = g_object_get_data (G_OBJECT (adjustment), VALUE);

  if (vv_json_double (self->step, value) == gtk_adjustment_get_value (adjustment))
    return;
  json_object_set_double_member (self->step, value, gtk_adjustment_get_value (adjustment));
  g_signal_emit (self, signals[EDITED], 0, value);
}

static void
on_choice_cb (GtkDropDown *drop, GParamSpec *pspec, VvAdjustRow *self)
{
  const char *value = g_object_get_data (G_OBJECT (drop), VALUE);
  JsonArray  *choices = g_object_get_data (G_OBJECT (drop), "vv-choices");
  JsonObject *choice = vv_json_element (choices, gtk_drop_down_get_selected (drop));

  json_object_set_string_member (self->step, value, vv_json_string (choice, "choice"));
  g_signal_emit (self, signals[EDITED], 0, value);
}

static GtkWidget *
add_choice (VvAdjustRow *self, JsonObject *value)
{
  JsonArray     *choices = vv_json_array (value, "choices");
  GtkStringList *titles = gtk_string_list_new (NULL);
  GtkWidget     *drop = gtk_drop_down_new (G_LIST_MODEL (titles), NULL);

  for (guint i = 0; i < vv_json_length (choices); i++)
    {
      gtk_string_list_append (titles, vv_json_string (vv_json_element (choices, i), "title"));
      if (g_strcmp0 (vv_json_string (vv_json_element (choices, i), "choice"),
                     vv_json_string (self->step, vv_json_string (value, "value"))) == 0)
        gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), i);
    }
  g_object_set_data_full (G_OBJECT (drop), VALUE, g_strdup (vv_json_string (value, "value")), g_free);
  g_object_set_data_full (G_OBJECT (drop), "vv-choices", json_array_ref (choices), (GDestroyNotify) json_array_unref);
  g_signal_connect_object (drop, "notify::selected", G_CALLBACK (on_choice_cb), self, 0);
  return drop;
}

/* A slider for the eye and a field for the number. A slider over thousands of pixels helps nobody. */
static GtkWidget *
add_number (VvAdjustRow *self, JsonObject *value)
{
  int            digits = (int) vv_json_int (value, "digits");
  double         low = vv_json_double (value, "low"), high = vv_json_double (value, "high");
  double         step = MAX (pow (10, -digits), (high - low) / 200 < 1 && digits > 0 ? pow (10, 1 - digits) / 2 : 0);
  GtkAdjustment *adjustment = gtk_adjustment_new (vv_json_double (self->step, vv_json_string (value, "value")), low, high, step, step * 10,
                                                  0);
  GtkWidget     *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget     *spin = gtk_spin_button_new (adjustment, step, (guint) digits);

  g_object_set_data_full (G_OBJECT (adjustment), VALUE, g_strdup (vv_json_string (value, "value")), g_free);
  if (high - low < 10000)
    {
      GtkWidget *scale = gtk_scale_new (GTK_ORIENTATION_HORIZONTAL, adjustment);

      gtk_scale_set_draw_value (GTK_SCALE (scale), FALSE);
      gtk_widget_set_hexpand (scale, TRUE);
      vv_parts_name (scale, vv_json_string (value, "title"));
      gtk_box_append (GTK_BOX (box), scale);
    }
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), 5);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (spin), 5);
  gtk_widget_set_tooltip_text (spin, vv_json_string (value, "unit"));
  vv_parts_name (spin, vv_json_string (value, "title"));
  gtk_box_append (GTK_BOX (box), spin);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_number_cb), self, 0);
  return box;
}

static void
add_value (VvAdjustRow *self, JsonObject *value)
{
  const char      *unit = vv_json_string (value, "unit");
  g_autofree char *text = *unit != '\0' ? g_strdup_printf (_ ("%s (%s)"), vv_json_string (value, "title"), unit)
                                        : g_strdup (vv_json_string (value, "title"));

  gtk_box_append (GTK_BOX (self->values), vv_parts_label (text, "caption"));
  gtk_box_append (GTK_BOX (self->values), vv_json_array (value, "choices") != NULL ? add_choice (self, value) : add_number (self, value));
}

/* --- The row ------------------------------------------------------------------------------------------------------- */

static void
on_eye_cb (VvAdjustRow *self)
{
  gboolean on = gtk_toggle_button_get_active (self->eye);

  gtk_button_set_icon_name (GTK_BUTTON (self->eye), on ? "view-reveal-symbolic" : "view-conceal-symbolic");
  gtk_widget_set_sensitive (self->values, on);
  if (vv_json_bool (self->step, "on") == on)
    return;
  json_object_set_boolean_member (self->step, "on", on);
  g_signal_emit (self, signals[EDITED], 0, "on");
}

static void
act_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (g_str_equal (name, "step.remove"))
    g_signal_emit (widget, signals[REMOVED], 0);
  else
    g_signal_emit (widget, signals[MOVED], 0, g_str_equal (name, "step.up") ? -1 : 1);
}

static GtkWidget *
flat_button (const char *icon, const char *action, const char *name, const char *tooltip)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_button_set_has_frame (GTK_BUTTON (button), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, tooltip);
  vv_parts_name (button, name);
  return button;
}

static GdkContentProvider *
on_drag_cb (GtkDragSource *source, double x, double y, VvAdjustRow *self)
{
  return gdk_content_provider_new_typed (VV_TYPE_ADJUST_ROW, self);
}

/* Rows of another picture's list stay there. */
static gboolean
on_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, VvAdjustRow *self)
{
  GtkWidget *other = g_value_get_object (value);

  if (other == NULL || other == GTK_WIDGET (self) || gtk_widget_get_parent (other) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;
  g_signal_emit (self, signals[DROPPED], 0, other);
  return TRUE;
}

static void
make_draggable (VvAdjustRow *self, GtkWidget *handle)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (VV_TYPE_ADJUST_ROW, GDK_ACTION_COPY);

  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_set_tooltip_text (handle, _ ("Drag it to another place in the list (Alt+Up, Alt+Down)"));
  g_signal_connect (source, "prepare", G_CALLBACK (on_drag_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (on_drop_cb), self);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
on_pick_cb (VvAdjustRow *self)
{
  g_signal_emit (self, signals[PICK], 0);
}

static void
add_pick (VvAdjustRow *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Take it from the picture"));

  vv_parts_name (button, _ ("Take the colour of the card from the picture"));
  gtk_widget_set_tooltip_text (button, _ ("Then click a place in the picture that was grey or white in truth"));
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_pick_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->values), button);
}

static GtkWidget *
make_head (VvAdjustRow *self, const char *title)
{
  GtkWidget       *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget       *label = vv_parts_label (title, "heading");
  g_autofree char *eye = g_strdup_printf (_ ("%s is on"), title);
  g_autofree char *up = g_strdup_printf (_ ("Move %s up"), title);
  g_autofree char *down = g_strdup_printf (_ ("Move %s down"), title);
  g_autofree char *away = g_strdup_printf (_ ("Take %s away"), title);

  self->eye = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_button_set_has_frame (GTK_BUTTON (self->eye), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->eye), _ ("Whether this step is on"));
  vv_parts_name (GTK_WIDGET (self->eye), eye);
  gtk_widget_set_hexpand (label, TRUE);
  make_draggable (self, label);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->eye));
  gtk_box_append (GTK_BOX (head), label);
  gtk_box_append (GTK_BOX (head), flat_button ("go-up-symbolic", "step.up", up, _ ("Earlier (Alt+Up)")));
  gtk_box_append (GTK_BOX (head), flat_button ("go-down-symbolic", "step.down", down, _ ("Later (Alt+Down)")));
  gtk_box_append (GTK_BOX (head), flat_button ("edit-delete-symbolic", "step.remove", away, _ ("Take this step away (Delete)")));
  return head;
}

static gboolean
vv_adjust_row_grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (VV_ADJUST_ROW (widget)->values, GTK_DIR_TAB_FORWARD) ||
         gtk_widget_grab_focus (GTK_WIDGET (VV_ADJUST_ROW (widget)->eye));
}

static void
vv_adjust_row_finalize (GObject *object)
{
  g_clear_pointer (&VV_ADJUST_ROW (object)->step, json_object_unref);
  G_OBJECT_CLASS (vv_adjust_row_parent_class)->finalize (object);
}

static void
vv_adjust_row_class_init (VvAdjustRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_adjust_row_finalize;
  widget_class->grab_focus = vv_adjust_row_grab_focus;
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DROPPED] = g_signal_new ("dropped", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, VV_TYPE_ADJUST_ROW);
  signals[PICK] = g_signal_new ("pick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "step.up", NULL, act_cb);
  gtk_widget_class_install_action (widget_class, "step.down", NULL, act_cb);
  gtk_widget_class_install_action (widget_class, "step.remove", NULL, act_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "step.up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "step.down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "step.remove", NULL);
  gtk_widget_class_set_css_name (widget_class, "adjustrow");
}

static void
vv_adjust_row_init (VvAdjustRow *self)
{
}

GtkWidget *
vv_adjust_row_new (JsonObject *kind, JsonObject *step)
{
  VvAdjustRow *self = g_object_new (VV_TYPE_ADJUST_ROW, NULL);
  JsonArray   *values = vv_json_array (kind, "values");
  GtkWidget   *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->step = vv_json_copy (step);
  self->values = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  gtk_box_append (GTK_BOX (box), make_head (self, vv_json_string (kind, "title")));
  gtk_box_append (GTK_BOX (box), self->values);
  for (guint i = 0; i < vv_json_length (values); i++)
    add_value (self, vv_json_element (values, i));
  if (g_strcmp0 (vv_json_string (step, "step"), "white-balance") == 0)
    add_pick (self);
  gtk_widget_set_tooltip_text (box, vv_json_string (kind, "what"));
  adw_bin_set_child (ADW_BIN (self), box);
  gtk_toggle_button_set_active (self->eye, vv_json_bool (step, "on"));
  on_eye_cb (self);
  g_signal_connect_object (self->eye, "toggled", G_CALLBACK (on_eye_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

JsonObject *
vv_adjust_row_get (VvAdjustRow *self)
{
  g_return_val_if_fail (VV_IS_ADJUST_ROW (self), NULL);
  return vv_json_copy (self->step);
}
