// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-component-chooser.h"
#include "vv-components.h"

/* A letter goes on to the next component that begins with it, whether or not the list is open. */
static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, GtkDropDown *list)
{
  gunichar letter = g_unichar_tolower (gdk_keyval_to_unicode (key));
  guint    n = g_list_model_get_n_items (gtk_drop_down_get_model (list));
  guint    at = gtk_drop_down_get_selected (list);

  if (!g_unichar_isalpha (letter) || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  for (guint step = 1; step < n; step++)
    {
      guint                       row = (at - 1 + step) % (n - 1) + 1; /* the first asks to choose */
      g_autoptr (GtkStringObject) title = g_list_model_get_item (gtk_drop_down_get_model (list), row);

      if (g_unichar_tolower (g_utf8_get_char (gtk_string_object_get_string (title))) == letter)
        {
          gtk_drop_down_set_selected (list, row);
          return GDK_EVENT_STOP;
        }
    }
  gtk_widget_error_bell (GTK_WIDGET (list));
  return GDK_EVENT_STOP;
}

void
vv_component_chooser_fill (GtkDropDown *list)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);
  GtkEventController       *keys = gtk_event_controller_key_new ();

  gtk_string_list_append (titles, _ ("Component …"));
  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    gtk_string_list_append (titles, _ (component->title));
  gtk_drop_down_set_model (list, G_LIST_MODEL (titles));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), list);
  gtk_widget_add_controller (GTK_WIDGET (list), keys);
}

const char *
vv_component_chooser_get (GtkDropDown *list)
{
  guint row = gtk_drop_down_get_selected (list);

  return row == 0 || row == GTK_INVALID_LIST_POSITION ? NULL : vv_component_all ()[row - 1].name;
}

void
vv_component_chooser_choose (GtkDropDown *list, const char *component)
{
  guint row = 0;

  for (guint i = 0; vv_component_all ()[i].name != NULL; i++)
    if (g_strcmp0 (vv_component_all ()[i].name, component) == 0)
      row = i + 1;
  gtk_drop_down_set_selected (list, row);
}
