// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-adjust-panel.h"
#include "vv-adjust-row.h"
#include "vv-derived.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"

#define PREVIEW_PIXELS (1600 * 1000)    /* about a screen */
#define SAME_ACT_US    (G_USEC_PER_SEC) /* changes of one value that follow this quickly are one step of undo */
#define UNDO_MAX       200

struct _VvAdjustPanel
{
  AdwBin         parent_instance;
  GtkMenuButton *add;
  GtkBox        *rows;
  GtkLabel      *state;
  JsonArray     *kinds;
  JsonArray     *steps;
  JsonArray     *seen;        /* those that are shown: all, or those before @picking */
  int            picking;     /* row whose colour is taken from the picture; -1 for none */
  GPtrArray     *undo, *redo; /* (element-type JsonArray) lists as they were */
  char          *last_value;  /* (nullable) "row value" of the newest change */
  gint64         last_change;
  VvPicture     *picture; /* (nullable) as it came */
  VvPicture     *derived; /* (nullable) newest result */
  double         scale;   /* of the newest result */
  gboolean       original;
  gboolean       editable;
  GCancellable  *working; /* (nullable) */
  guint          n_on;
};

G_DEFINE_FINAL_TYPE (VvAdjustPanel, vv_adjust_panel, ADW_TYPE_BIN)

enum
{
  EDITED,
  DERIVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static JsonArray *
copy_list (JsonArray *list)
{
  g_autoptr (JsonObject) holder = vv_json_new ("list", "a", json_array_ref (list), NULL);
  g_autoptr (JsonObject) copy = vv_json_copy (holder);

  return json_array_ref (vv_json_array (copy, "list"));
}

/* --- The picture --------------------------------------------------------------------------------------------------- */

static void
show (VvAdjustPanel *self)
{
  g_autoptr (JsonArray) none = json_array_new ();
  gboolean              as_came = self->original || self->derived == NULL;
  VvDerivedView         view = { as_came ? self->picture : self->derived, as_came ? 1 : self->scale, as_came ? none : self->seen,
                         !self->original && self->picking < 0 && (self->derived != NULL ? self->scale == 1 : self->n_on == 0) };

  if (view.picture != NULL)
    g_signal_emit (self, signals[DERIVED], 0, &view);
}

static void begin (VvAdjustPanel *self, guint preview);

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAdjustPanel) self = user_data;
  g_autoptr (GError)        error = NULL;
  double                    scale = 1;
  VvPicture                *derived = vv_derived_make_finish (result, &scale, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->working);
  if (derived == NULL)
    {
      g_autofree char *text = vv_error_text (error);

      gtk_label_set_text (self->state, text);
      return;
    }
  g_clear_pointer (&self->derived, vv_picture_unref);
  self->derived = derived;
  self->scale = scale;
  if (scale < 1)
    begin (self, 0);
  else
    {
      g_autofree char *text = self->picking >= 0 ? g_strdup (_ ("Click a place in the picture that was grey or white in truth."))
                                                 : g_strdup_printf (_ ("%d × %d pixels, adjusted. Hold O for the picture as it came."),
                                                                    derived->width, derived->height);

      gtk_label_set_text (self->state, text);
    }
  show (self);
}

static void
stop (VvAdjustPanel *self)
{
  if (self->working != NULL)
    g_cancellable_cancel (self->working);
  g_clear_object (&self->working);
}

static void
begin (VvAdjustPanel *self, guint preview)
{
  stop (self);
  self->working = g_cancellable_new ();
  gtk_label_set_text (self->state, _ ("Working"));
  vv_derived_make_async (self->picture, self->seen, preview, self->working, made_cb, g_object_ref (self));
}

/* The list or the picture is another one. */
static void
work (VvAdjustPanel *self)
{
  self->n_on = 0;
  json_array_unref (self->seen);
  self->seen = json_array_new ();
  for (guint i = 0; i < vv_json_length (self->steps) && (int) i != self->picking; i++)
    {
      json_array_add_object_element (self->seen, json_object_ref (vv_json_element (self->steps, i)));
      self->n_on += vv_json_bool (vv_json_element (self->steps, i), "on") ? 1 : 0;
    }
  stop (self);
  if (self->picture != NULL && self->n_on > 0)
    {
      begin (self, PREVIEW_PIXELS);
      return;
    }
  g_clear_pointer (&self->derived, vv_picture_unref);
  gtk_label_set_text (self->state, self->picking >= 0                 ? _ ("Click a place in the picture that was grey or white in truth.")
                                   : vv_json_length (self->steps) > 0 ? _ ("Nothing is on: the picture as it came.")
                                                                      : _ ("The picture as it came. Add a step to see more in it; the picture itself stays as it is."));
  show (self);
}

/* --- The list -------------------------------------------------------------------------------------------------------- */

static JsonObject *
kind_of (VvAdjustPanel *self, const char *name)
{
  for (guint i = 0; i < vv_json_length (self->kinds); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (self->kinds, i), "step"), name) == 0)
      return vv_json_element (self->kinds, i);
  g_return_val_if_reached (NULL);
}

static guint
place_of (VvAdjustPanel *self, VvAdjustRow *row)
{
  guint place = 0;

  for (GtkWidget *each = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); each != NULL &&
                                                                               each != GTK_WIDGET (row);
       each = gtk_widget_get_next_sibling (each))
    place++;
  return place;
}

static void
offer (VvAdjustPanel *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adjust.undo", self->editable && self->undo->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adjust.redo", self->editable && self->redo->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "adjust.reset", self->editable && vv_json_length (self->steps) > 0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->add), self->editable);
  gtk_widget_set_sensitive (GTK_WIDGET (self->rows), self->editable);
}

static void fill (VvAdjustPanel *self, int focus);

/* Remembers the list as it is, before it changes. @value: (nullable) what changes, so that a slider is one step back. */
static void
remember (VvAdjustPanel *self, const char *value)
{
  gint64   now = g_get_monotonic_time ();
  gboolean same = value != NULL && g_strcmp0 (value, self->last_value) == 0 && now - self->last_change < SAME_ACT_US;

  if (!same)
    {
      g_ptr_array_add (self->undo, copy_list (self->steps));
      if (self->undo->len > UNDO_MAX)
        g_ptr_array_remove_index (self->undo, 0);
    }
  g_ptr_array_set_size (self->redo, 0);
  g_free (self->last_value);
  self->last_value = g_strdup (value);
  self->last_change = now;
}

static void
edited (VvAdjustPanel *self)
{
  offer (self);
  work (self);
  g_signal_emit (self, signals[EDITED], 0);
}

/* Puts @list (transfer full) in place of the list. */
static void
take (VvAdjustPanel *self, JsonArray *list, int focus)
{
  json_array_unref (self->steps);
  self->steps = list;
  fill (self, focus);
  edited (self);
}

static void
on_row_edited_cb (VvAdjustPanel *self, const char *value, VvAdjustRow *row)
{
  guint                 place = place_of (self, row);
  g_autofree char      *what = g_strdup_printf ("%u %s", place, value);
  g_autoptr (JsonArray) before = self->steps;

  remember (self, what);
  self->steps = json_array_new ();
  for (guint i = 0; i < json_array_get_length (before); i++)
    json_array_add_object_element (self->steps, i == place ? vv_adjust_row_get (row) : json_object_ref (vv_json_element (before, i)));
  edited (self);
}

static void
on_row_moved_cb (VvAdjustPanel *self, int by, VvAdjustRow *row)
{
  guint      place = place_of (self, row), length = vv_json_length (self->steps);
  guint      other = by < 0 ? place - 1 : place + 1;
  JsonArray *list;

  if (other >= length)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  list = json_array_new ();
  for (guint i = 0; i < length; i++)
    json_array_add_object_element (list, json_object_ref (vv_json_element (self->steps, i == place ? other : i == other ? place
                                                                                                                        : i)));
  remember (self, NULL);
  take (self, list, (int) other);
}

/* @other takes the place of @row; those between move up or down by one. */
static void
on_row_dropped_cb (VvAdjustPanel *self, VvAdjustRow *other, VvAdjustRow *row)
{
  guint                 from = place_of (self, other), to = place_of (self, row);
  g_autoptr (JsonArray) rest = copy_list (self->steps);
  JsonArray            *list = json_array_new ();

  json_array_remove_element (rest, from);
  for (guint i = 0; i <= vv_json_length (rest); i++)
    {
      if (i == to)
        json_array_add_object_element (list, vv_json_copy (vv_json_element (self->steps, from)));
      if (i < vv_json_length (rest))
        json_array_add_object_element (list, json_object_ref (vv_json_element (rest, i)));
    }
  remember (self, NULL);
  take (self, list, (int) to);
}

/* The same again gives it up. */
static void
on_row_pick_cb (VvAdjustPanel *self, VvAdjustRow *row)
{
  int place = (int) place_of (self, row);

  self->picking = self->picking == place ? -1 : place;
  work (self);
}

gboolean
vv_adjust_panel_is_picking (VvAdjustPanel *self)
{
  g_return_val_if_fail (VV_IS_ADJUST_PANEL (self), FALSE);
  return self->picking >= 0;
}

void
vv_adjust_panel_pick (VvAdjustPanel *self, int red, int green, int blue)
{
  JsonArray  *list;
  JsonObject *step;

  g_return_if_fail (VV_IS_ADJUST_PANEL (self));
  g_return_if_fail (self->picking >= 0 && self->picking < (int) vv_json_length (self->steps));

  list = copy_list (self->steps);
  step = vv_json_element (list, (guint) self->picking);
  json_object_set_double_member (step, "red", CLAMP (red, 1, 255));
  json_object_set_double_member (step, "green", CLAMP (green, 1, 255));
  json_object_set_double_member (step, "blue", CLAMP (blue, 1, 255));
  json_object_set_boolean_member (step, "on", TRUE);
  remember (self, NULL);
  take (self, list, self->picking);
}

static void
on_row_removed_cb (VvAdjustPanel *self, VvAdjustRow *row)
{
  guint      place = place_of (self, row);
  JsonArray *list = copy_list (self->steps);

  json_array_remove_element (list, place);
  remember (self, NULL);
  take (self, list, MIN ((int) place, (int) vv_json_length (list) - 1));
}

/* @focus: row that gets the keyboard, -1 for the button. */
static void
fill (VvAdjustPanel *self, int focus)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focused = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean   ours = focused != NULL && gtk_widget_is_ancestor (focused, GTK_WIDGET (self));

  self->picking = -1;
  vv_parts_clear (GTK_WIDGET (self->rows));
  for (guint i = 0; i < vv_json_length (self->steps); i++)
    {
      JsonObject *step = vv_json_element (self->steps, i);
      GtkWidget  *row = vv_adjust_row_new (kind_of (self, vv_json_string (step, "step")), step);

      g_signal_connect_object (row, "edited", G_CALLBACK (on_row_edited_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "moved", G_CALLBACK (on_row_moved_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "dropped", G_CALLBACK (on_row_dropped_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "pick", G_CALLBACK (on_row_pick_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "removed", G_CALLBACK (on_row_removed_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->rows, row);
      if (ours && (int) i == focus)
        gtk_widget_grab_focus (row);
    }
  if (ours && focus < 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvAdjustPanel        *self = VV_ADJUST_PANEL (widget);
  g_autoptr (JsonArray) one = json_array_new ();
  g_autoptr (JsonArray) whole = NULL;
  JsonArray            *list = copy_list (self->steps);
  g_autoptr (GError)    error = NULL;

  json_array_add_object_element (one, vv_json_new ("step", "s", g_variant_get_string (parameter, NULL), NULL));
  whole = vv_derived_read (one, &error);
  if (whole != NULL)
    json_array_add_object_element (list, json_object_ref (vv_json_element (whole, 0)));
  gtk_widget_grab_focus (GTK_WIDGET (self->add));
  remember (self, NULL);
  take (self, list, (int) vv_json_length (list) - 1);
}

static void
step_through (VvAdjustPanel *self, GPtrArray *from, GPtrArray *to)
{
  if (from->len == 0)
    return;
  g_ptr_array_add (to, copy_list (self->steps));
  g_clear_pointer (&self->last_value, g_free);
  take (self, g_ptr_array_steal_index (from, from->len - 1), -1);
}

static void
undo_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvAdjustPanel *self = VV_ADJUST_PANEL (widget);

  if (g_str_equal (name, "adjust.undo"))
    step_through (self, self->undo, self->redo);
  else
    step_through (self, self->redo, self->undo);
}

static void
reset_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvAdjustPanel *self = VV_ADJUST_PANEL (widget);

  remember (self, NULL);
  take (self, json_array_new (), -1);
}

/* --- The panel --------------------------------------------------------------------------------------------------------- */

static GMenuModel *
make_menu (JsonArray *kinds)
{
  GMenu *menu = g_menu_new ();

  for (guint i = 0; i < vv_json_length (kinds); i++)
    {
      JsonObject           *kind = vv_json_element (kinds, i);
      g_autoptr (GMenuItem) item = g_menu_item_new (vv_json_string (kind, "title"), NULL);

      g_menu_item_set_action_and_target (item, "adjust.add", "s", vv_json_string (kind, "step"));
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
vv_adjust_panel_dispose (GObject *object)
{
  stop (VV_ADJUST_PANEL (object));
  G_OBJECT_CLASS (vv_adjust_panel_parent_class)->dispose (object);
}

static void
vv_adjust_panel_finalize (GObject *object)
{
  VvAdjustPanel *self = VV_ADJUST_PANEL (object);

  g_clear_pointer (&self->picture, vv_picture_unref);
  g_clear_pointer (&self->derived, vv_picture_unref);
  g_clear_pointer (&self->kinds, json_array_unref);
  g_clear_pointer (&self->steps, json_array_unref);
  g_clear_pointer (&self->seen, json_array_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);
  g_clear_pointer (&self->last_value, g_free);
  G_OBJECT_CLASS (vv_adjust_panel_parent_class)->finalize (object);
}

static void
vv_adjust_panel_class_init (VvAdjustPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_adjust_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_adjust_panel_finalize;
  signals[EDITED] = g_signal_new ("edited", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[DERIVED] = g_signal_new ("derived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_install_action (widget_class, "adjust.add", "s", add_cb);
  gtk_widget_class_install_action (widget_class, "adjust.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "adjust.redo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "adjust.reset", NULL, reset_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "adjust.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "adjust.redo", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-adjust-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvAdjustPanel, add);
  gtk_widget_class_bind_template_child (widget_class, VvAdjustPanel, rows);
  gtk_widget_class_bind_template_child (widget_class, VvAdjustPanel, state);
}

static void
vv_adjust_panel_init (VvAdjustPanel *self)
{
  g_autoptr (GMenuModel) menu = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->kinds = vv_derived_steps ();
  self->steps = json_array_new ();
  self->seen = json_array_new ();
  self->picking = -1;
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) json_array_unref);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) json_array_unref);
  self->editable = TRUE;
  menu = make_menu (self->kinds);
  gtk_menu_button_set_menu_model (self->add, menu);
  vv_parts_name (GTK_WIDGET (self), _ ("Adjustments"));
  offer (self);
  work (self);
}

GtkWidget *
vv_adjust_panel_new (void)
{
  return g_object_new (VV_TYPE_ADJUST_PANEL, NULL);
}

void
vv_adjust_panel_set_picture (VvAdjustPanel *self, VvPicture *picture)
{
  VvPicture *before;

  g_return_if_fail (VV_IS_ADJUST_PANEL (self));
  before = self->picture;
  self->picture = picture != NULL ? vv_picture_ref (picture) : NULL;
  g_clear_pointer (&before, vv_picture_unref);
  g_clear_pointer (&self->derived, vv_picture_unref);
  work (self);
}

void
vv_adjust_panel_set_steps (VvAdjustPanel *self, JsonArray *steps)
{
  JsonArray *whole;

  g_return_if_fail (VV_IS_ADJUST_PANEL (self));
  whole = steps != NULL ? vv_derived_read (steps, /* error= */ NULL) : NULL;
  json_array_unref (self->steps);
  self->steps = whole != NULL ? whole : json_array_new ();
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  fill (self, -1);
  offer (self);
  work (self);
}

JsonArray *
vv_adjust_panel_get_steps (VvAdjustPanel *self)
{
  g_return_val_if_fail (VV_IS_ADJUST_PANEL (self), NULL);
  return self->n_on > 0 ? copy_list (self->steps) : NULL;
}

void
vv_adjust_panel_hold_original (VvAdjustPanel *self, gboolean original)
{
  g_return_if_fail (VV_IS_ADJUST_PANEL (self));
  if (self->original == original)
    return;
  self->original = original;
  if (self->derived != NULL)
    show (self);
}

void
vv_adjust_panel_set_editable (VvAdjustPanel *self, gboolean editable)
{
  g_return_if_fail (VV_IS_ADJUST_PANEL (self));
  self->editable = editable;
  offer (self);
}

gboolean
vv_derived_view_move_face (const VvDerivedView *view, int width, int height, VvFace *face)
{
  float scale = (float) view->scale;

  if (!vv_derived_move_face (view->steps, width, height, /* back= */ FALSE, face, /* error= */ NULL))
    return FALSE;
  face->box = (VvBox){ face->box.x * scale, face->box.y * scale, face->box.width * scale, face->box.height * scale };
  for (guint i = 0; i < VV_FIVE_COUNT; i++)
    face->five[i] = (VvPoint){ face->five[i].x * scale, face->five[i].y * scale };
  for (guint i = 0; i < VV_LANDMARK_COUNT; i++)
    face->landmarks[i] = (VvPoint){ face->landmarks[i].x * scale, face->landmarks[i].y * scale };
  return TRUE;
}
