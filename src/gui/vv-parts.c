// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-time.h"
#include "vv-use.h"

void
vv_parts_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

GtkWidget *
vv_parts_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

void
vv_parts_fact (GtkGrid *grid, const char *title, const char *value)
{
  GtkWidget *last = gtk_widget_get_last_child (GTK_WIDGET (grid));
  GtkWidget *name, *text;
  int        row = 0;

  if (!vv_parts_has_text (value))
    return;
  if (last != NULL)
    {
      gtk_grid_query_child (grid, last, NULL, &row, NULL, NULL);
      row++;
    }
  name = vv_parts_label (title, "dim-label");
  gtk_widget_set_valign (name, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (name), FALSE);
  text = vv_parts_label (value, NULL);
  gtk_label_set_selectable (GTK_LABEL (text), TRUE);
  gtk_widget_set_can_focus (text, FALSE);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (grid, name, 0, row, 1, 1);
  gtk_grid_attach (grid, text, 1, row, 1, 1);
}

GtkWidget *
vv_parts_row (const char *title, const char *text)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

const char *
vv_parts_source (const char *code)
{
  static const struct
  {
    const char *code;
    const char *title;
  } sources[] = {
    { "witness", N_ ("Witness") },
    { "victim", N_ ("Victim") },
    { "camera", N_ ("Camera") },
    { "internet", N_ ("Internet") },
    { "other-reliable", N_ ("Other reliable source") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_strcmp0 (sources[i].code, code) == 0)
      return _ (sources[i].title);
  return code;
}

void
vv_parts_clear (GtkWidget *container)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (container)) != NULL)
    if (GTK_IS_GRID (container))
      gtk_grid_remove (GTK_GRID (container), child);
    else
      gtk_box_remove (GTK_BOX (container), child);
}

gboolean
vv_parts_is_open (GtkWidget *widget)
{
  return gtk_widget_get_root (widget) != NULL;
}

void
vv_parts_toast (GtkWidget *from, const char *text)
{
  GtkWidget       *overlay = gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY);
  g_autofree char *escaped = NULL;

  if (overlay == NULL || text == NULL)
    return;
  escaped = g_markup_escape_text (text, -1);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), adw_toast_new (escaped));
}

void
vv_parts_toast_error (GtkWidget *from, const GError *error)
{
  g_autofree char *text = vv_error_text (error);

  vv_parts_toast (from, text);
}

const char *
vv_parts_person (JsonObject *shown, const char *account)
{
  const char *name = account != NULL ? vv_json_string (vv_json_object (shown, "people"), account) : NULL;

  return name != NULL ? name : account;
}

void
vv_parts_caution (GtkLabel *label, JsonObject *shown)
{
  const VvUse *use = vv_use_find (vv_json_string (vv_json_object (vv_json_object (shown, "request"), "use"), "code"));
  const char  *caution = use != NULL ? use->caution : NULL;

  gtk_label_set_text (label, caution != NULL ? _ (caution) : "");
  gtk_widget_set_visible (GTK_WIDGET (label), caution != NULL);
}

gboolean
vv_parts_has_text (const char *text)
{
  return text != NULL && strspn (text, " \t\r\n") < strlen (text);
}

void
vv_parts_catch_keys (GtkWidget *widget, const char *trigger, GtkShortcutFunc caught)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_shortcut_trigger_parse_string (trigger),
                                                          gtk_callback_action_new (caught, NULL, NULL)));
  gtk_widget_add_controller (widget, controller);
}

const char *
vv_parts_passphrase_rules (void)
{
  return _ ("At least 8 characters; several words are best, and spaces count. It may not be the account's name, repeat one short piece, or be one of those that are guessed first.");
}

char *
vv_parts_delivery (JsonObject *entry)
{
  const char      *state = vv_json_string (entry, "state");
  const char      *last_error = vv_json_string (entry, "last_error");
  g_autofree char *next =
    vv_json_string (entry, "next_try") != NULL ? vv_time_for_people (vv_json_string (entry, "next_try")) : NULL;

  if (g_strcmp0 (state, "acknowledged") == 0)
    return g_strdup (_ ("ECMS has acknowledged it."));
  if (g_strcmp0 (state, "conflict") == 0)
    return g_strdup_printf (_ ("ECMS holds something else under this name. %s"),
                            last_error != NULL ? last_error : "");
  if (g_strcmp0 (state, "refused") == 0)
    return g_strdup_printf (_ ("ECMS refused it. %s"), last_error != NULL ? last_error : "");
  if (g_strcmp0 (state, "sending") == 0)
    return g_strdup (_ ("It is being sent."));
  if (last_error != NULL && next != NULL)
    return g_strdup_printf (_ ("Waiting; next try %s. %s"), next, last_error);
  return g_strdup (_ ("Waiting to be sent."));
}

void
vv_parts_remember (GSettings *settings, const char *key, const char *name, const char *value)
{
  g_autoptr (GVariant) all = g_settings_get_value (settings, key);
  GVariantBuilder      builder;
  GVariantIter         iter;
  const char          *each_name, *each_value;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_iter_init (&iter, all);
  while (g_variant_iter_next (&iter, "{&s&s}", &each_name, &each_value))
    if (g_strcmp0 (each_name, name) != 0)
      g_variant_builder_add (&builder, "{ss}", each_name, each_value);
  g_variant_builder_add (&builder, "{ss}", name, value);
  g_settings_set_value (settings, key, g_variant_builder_end (&builder));
}
