// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-deliveries.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-time.h"

static JsonObject *
receipt_for (JsonObject *shown, const char *sha256)
{
  JsonArray *records = vv_json_array (shown, "records");

  for (guint i = vv_json_length (records); i > 0; i--)
    {
      JsonObject *record = vv_json_element (records, i - 1);
      JsonObject *body = vv_json_object (record, "body");

      if (g_strcmp0 (vv_json_string (record, "kind"), VV_KIND_RECEIPT) == 0 && g_strcmp0 (vv_json_string (body, "document"), sha256) == 0)
        return body;
    }
  return NULL;
}

static char *
state_text (JsonObject *shown, JsonObject *entry)
{
  JsonObject      *receipt = receipt_for (shown, vv_json_string (entry, "document"));
  g_autofree char *when = receipt != NULL ? vv_time_for_people (vv_json_string (receipt, "acknowledged_at")) : NULL;

  if (when != NULL)
    return g_strdup_printf (_ ("ECMS acknowledged it %s, in %s."), when, vv_json_string (entry, "folder"));
  return vv_parts_delivery (entry);
}

gboolean
vv_deliveries_fill (GtkBox *box, JsonObject *shown, const char *part)
{
  JsonArray *entries = vv_json_array (shown, "outbox");
  gboolean   waiting = FALSE;

  vv_parts_clear (GTK_WIDGET (box));
  for (guint i = 0; i < vv_json_length (entries); i++)
    {
      JsonObject      *entry = vv_json_element (entries, i);
      const char      *name = vv_json_string (entry, "name");
      g_autofree char *text = NULL;
      GtkWidget       *state;

      if (name == NULL || (part != NULL && strstr (name, part) == NULL))
        continue;
      text = state_text (shown, entry);
      state = vv_parts_label (text, "caption");
      gtk_widget_add_css_class (state, "dim-label");
      gtk_widget_set_margin_bottom (state, 4);
      gtk_box_append (box, vv_parts_label (name, NULL));
      gtk_box_append (box, state);
      waiting |= g_strcmp0 (vv_json_string (entry, "state"), "acknowledged") != 0;
    }
  gtk_widget_set_visible (GTK_WIDGET (box), gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL);
  return waiting;
}

char *
vv_deliveries_name_of (JsonObject *shown, const char *sha256)
{
  JsonArray *entries = vv_json_array (shown, "outbox");

  for (guint i = 0; i < vv_json_length (entries); i++)
    {
      JsonObject *entry = vv_json_element (entries, i);
      const char *name = vv_json_string (entry, "name");
      const char *ending = name != NULL ? strrchr (name, '.') : NULL;

      if (ending != NULL && g_strcmp0 (vv_json_string (entry, "document"), sha256) == 0)
        return g_strndup (name, (gsize) (ending - name));
    }
  return NULL;
}
