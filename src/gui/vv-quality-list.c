// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-quality-list.h"

struct _VvQualityList
{
  AdwBin        parent_instance;
  GtkWidget    *box;
  GtkWidget    *state; /* in place of the measures */
  GCancellable *cancellable;
  JsonArray    *measures; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (VvQualityList, vv_quality_list, ADW_TYPE_BIN)

static guint signal_measured;

/* In the order in which an examiner wants them: what speaks against the picture first. */
static const struct
{
  const char *state;
  const char *text;
  const char *style;
} states[] = {
  { "unusable", N_ ("Unusable"), "quality-unusable" },
  { "limits", N_ ("At the limits"), "quality-limits" },
  { "greyscale", N_ ("No colour"), "dim-label" },
  { "not-measured", N_ ("Not measured"), "dim-label" },
  { "good", N_ ("Good"), "dim-label" },
};

/* "31 pixels", "4 ± 7 degrees". Returns: (transfer full). */
static char *
value_text (JsonObject *measure)
{
  double           value = vv_json_double (measure, "value");
  double           about = vv_json_double (measure, "plus_minus");
  const int        digits = fabs (value) >= 20 ? 0 : fabs (value) >= 2 ? 1
                                                                       : 2;
  g_autofree char *unit = g_strdup (vv_json_string (measure, "unit"));
  JsonNode        *node = json_object_get_member (measure, "value");

  if (node == NULL || json_node_is_null (node))
    return g_strdup ("–");
  if (about > 0)
    return g_strdup_printf ("%.*f ± %.*f %s", digits, value, about >= 2 ? 0 : digits, about, unit);
  return g_strdup_printf ("%.*f %s", digits, value, unit);
}

static GtkWidget *
row_new (JsonObject *measure, gsize state)
{
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget       *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *title = vv_parts_label (vv_json_string (measure, "title"), NULL);
  GtkWidget       *word = gtk_label_new (_ (states[state].text));
  g_autofree char *value = value_text (measure);
  GtkWidget       *number = vv_parts_label (value, "caption");
  const char      *ask = vv_json_string (measure, "ask");

  gtk_widget_set_hexpand (title, TRUE);
  gtk_widget_add_css_class (word, states[state].style);
  gtk_widget_set_valign (word, GTK_ALIGN_START);
  gtk_widget_add_css_class (number, "numeric");
  gtk_widget_add_css_class (number, "dim-label");
  gtk_box_append (GTK_BOX (head), title);
  gtk_box_append (GTK_BOX (head), word);
  gtk_box_append (GTK_BOX (row), head);
  gtk_box_append (GTK_BOX (row), number);
  if (ask != NULL)
    gtk_box_append (GTK_BOX (row), vv_parts_label (ask, "caption"));
  return row;
}

static void
fill (VvQualityList *self)
{
  vv_parts_clear (self->box);
  for (gsize state = 0; state < G_N_ELEMENTS (states); state++)
    for (guint i = 0; i < vv_json_length (self->measures); i++)
      {
        JsonObject *measure = vv_json_element (self->measures, i);

        if (g_strcmp0 (vv_json_string (measure, "state"), states[state].state) == 0)
          gtk_box_append (GTK_BOX (self->box), row_new (measure, state));
      }
  gtk_widget_set_visible (self->box, self->measures != NULL);
  gtk_widget_set_visible (self->state, self->measures == NULL);
}

void
vv_quality_list_show (VvQualityList *self, JsonArray *measures, const char *text)
{
  g_return_if_fail (VV_IS_QUALITY_LIST (self));
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->measures, json_array_unref);
  self->measures = measures != NULL ? json_array_ref (measures) : NULL;
  gtk_label_set_text (GTK_LABEL (self->state), text != NULL ? text : "");
  fill (self);
  g_signal_emit (self, signal_measured, 0);
}

static void
measured_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvQualityList) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char          *text = vv_error_text (error);

  if (vv_parts_is_open (GTK_WIDGET (self)) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    vv_quality_list_show (self, vv_json_array (answer, "measures"), text);
}

void
vv_quality_list_measure (VvQualityList *self, VvDesk *desk, gint64 request, JsonObject *what)
{
  g_autoptr (JsonObject) owned = what;

  g_return_if_fail (VV_IS_QUALITY_LIST (self));
  vv_quality_list_show (self, NULL, _ ("Measuring the picture of this face"));
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  vv_desk_act_async (desk, vv_desk_quality, request, owned, self->cancellable, measured_cb, g_object_ref (self));
}

JsonArray *
vv_quality_list_values (VvQualityList *self, gint64 media)
{
  JsonArray *values = json_array_new ();

  g_return_val_if_fail (VV_IS_QUALITY_LIST (self), values);
  for (guint i = 0; i < vv_json_length (self->measures); i++)
    {
      JsonObject      *measure = vv_json_element (self->measures, i);
      const char      *state = vv_json_string (measure, "state");
      g_autofree char *value = value_text (measure);

      if (g_strcmp0 (state, "good") == 0 || g_strcmp0 (state, "limits") == 0 || g_strcmp0 (state, "unusable") == 0)
        json_array_add_object_element (values, vv_json_new ("media", "i", media, "name", "s", vv_json_string (measure, "title"),
                                                            "value", "s", value, "verdict", "s", state, NULL));
    }
  return values;
}

char *
vv_quality_list_asks (VvQualityList *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (self->measures); i++)
    {
      JsonObject *measure = vv_json_element (self->measures, i);
      const char *ask = vv_json_string (measure, "ask");

      /* Several measures ask for the same. */
      if (g_strcmp0 (vv_json_string (measure, "state"), "unusable") == 0 && ask != NULL && strstr (text->str, ask) == NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", ask);
    }
  return g_string_free (text, FALSE);
}

static void
vv_quality_list_dispose (GObject *object)
{
  g_cancellable_cancel (VV_QUALITY_LIST (object)->cancellable);
  G_OBJECT_CLASS (vv_quality_list_parent_class)->dispose (object);
}

static void
vv_quality_list_finalize (GObject *object)
{
  VvQualityList *self = VV_QUALITY_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->measures, json_array_unref);
  G_OBJECT_CLASS (vv_quality_list_parent_class)->finalize (object);
}

static void
vv_quality_list_class_init (VvQualityListClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_quality_list_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_quality_list_finalize;
  signal_measured = g_signal_new ("measured", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vv_quality_list_init (VvQualityList *self)
{
  GtkWidget *both = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *title = vv_parts_label (_ ("Quality"), "heading");
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->state = vv_parts_label (_ ("Choose a face: its picture is measured here."), "dim-label");
  gtk_widget_set_visible (self->box, FALSE);
  vv_parts_name (self->box, _ ("Measures of quality"));
  gtk_box_append (GTK_BOX (both), title);
  gtk_box_append (GTK_BOX (both), self->state);
  gtk_box_append (GTK_BOX (both), self->box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), both);
  gtk_widget_set_vexpand (scroll, TRUE);
  adw_bin_set_child (ADW_BIN (self), scroll);
}
