// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-panel.h"
#include "vv-parts.h"

typedef struct
{
  VvDesk     *desk;
  JsonObject *shown;
  JsonObject *step;
  VvPanelDone done;
  GtkWidget  *primary; /* (unowned) a child */
  gboolean    busy;
} VvPanelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (VvPanel, vv_panel, ADW_TYPE_BIN)

#define PRIVATE(self) ((VvPanelPrivate *) vv_panel_get_instance_private (self))

enum
{
  CHANGED,
  FAILED,
  GO,
  PREVIEW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvPanel)    self = user_data;
  VvPanelPrivate        *priv = PRIVATE (self);
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  VvPanelDone            done = priv->done;
  g_autofree char       *text = vv_error_text (error);

  priv->done = NULL;
  priv->busy = FALSE;
  g_signal_emit (self, signals[FAILED], 0, text != NULL ? text : "");
  if (answer == NULL)
    return;
  if (done != NULL)
    done (self, answer);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
vv_panel_finalize (GObject *object)
{
  VvPanelPrivate *priv = PRIVATE (VV_PANEL (object));

  g_clear_object (&priv->desk);
  g_clear_pointer (&priv->shown, json_object_unref);
  g_clear_pointer (&priv->step, json_object_unref);
  G_OBJECT_CLASS (vv_panel_parent_class)->finalize (object);
}

static gboolean
on_primary_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  VvPanelPrivate *priv = PRIVATE (VV_PANEL (widget));

  if (priv->primary == NULL || !gtk_widget_get_mapped (priv->primary) || !gtk_widget_is_sensitive (priv->primary))
    return FALSE;
  g_signal_emit_by_name (priv->primary, "clicked");
  return TRUE;
}

static void
vv_panel_class_init (VvPanelClass *class)
{
  GType type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_panel_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] =
    g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[GO] =
    g_signal_new ("go", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[PREVIEW] =
    g_signal_new ("preview", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
}

static void
vv_panel_init (VvPanel *self)
{
  vv_parts_catch_keys (GTK_WIDGET (self), "<Control>Return|<Control>KP_Enter", on_primary_key_cb);
}

void
vv_panel_set_case (VvPanel *self, VvDesk *desk, JsonObject *shown, JsonObject *step)
{
  VvPanelPrivate *priv = PRIVATE (self);

  g_return_if_fail (VV_IS_PANEL (self));
  g_set_object (&priv->desk, desk);
  g_clear_pointer (&priv->shown, json_object_unref);
  g_clear_pointer (&priv->step, json_object_unref);
  priv->shown = json_object_ref (shown);
  priv->step = json_object_ref (step);
  VV_PANEL_GET_CLASS (self)->refresh (self);
}

VvDesk *
vv_panel_desk (VvPanel *self)
{
  return PRIVATE (self)->desk;
}

JsonObject *
vv_panel_case (VvPanel *self)
{
  return PRIVATE (self)->shown;
}

JsonObject *
vv_panel_step (VvPanel *self)
{
  return PRIVATE (self)->step;
}

gint64
vv_panel_request (VvPanel *self)
{
  return vv_json_int (PRIVATE (self)->shown, "id");
}

gboolean
vv_panel_may (VvPanel *self, const char *act_name)
{
  return vv_json_bool (vv_json_object (PRIVATE (self)->shown, "may"), act_name);
}

void
vv_panel_offer (VvPanel *self, GtkWidget *button, const char *act_name)
{
  gboolean may = vv_panel_may (self, act_name);

  gtk_widget_set_sensitive (button, may);
  if (may)
    gtk_widget_set_tooltip_text (button, button == PRIVATE (self)->primary ? _ ("Ctrl+Enter") : NULL);
  else
    gtk_widget_set_tooltip_text (button, vv_json_string (vv_json_object (PRIVATE (self)->shown, "may"), act_name));
}

void
vv_panel_set_primary (VvPanel *self, GtkWidget *button)
{
  PRIVATE (self)->primary = button;
}

JsonObject *
vv_panel_record (VvPanel *self, const char *kind, const char *member, const char *value)
{
  JsonArray *records = vv_json_array (PRIVATE (self)->shown, "records");

  for (guint i = vv_json_length (records); i > 0; i--)
    {
      JsonObject *record = vv_json_element (records, i - 1);
      JsonObject *body = vv_json_object (record, "body");

      if (g_strcmp0 (vv_json_string (record, "kind"), kind) == 0 &&
          (member == NULL || g_strcmp0 (vv_json_string (body, member), value) == 0))
        return record;
    }
  return NULL;
}

void
vv_panel_act (VvPanel *self, VvDeskAct act, JsonObject *details, GCancellable *cancellable, VvPanelDone done)
{
  VvPanelPrivate        *priv = PRIVATE (self);
  g_autoptr (JsonObject) owned = details;

  g_return_if_fail (VV_IS_PANEL (self));
  if (priv->busy)
    return;
  priv->busy = TRUE;
  priv->done = done;
  vv_desk_act_async (priv->desk, act, vv_panel_request (self), details, cancellable, acted_cb, g_object_ref (self));
}

void
vv_panel_say (VvPanel *self, const char *text)
{
  g_signal_emit (self, signals[FAILED], 0, text);
}

void
vv_panel_preview (VvPanel *self, JsonObject *details)
{
  g_autoptr (JsonObject) owned = details;

  g_signal_emit (self, signals[PREVIEW], 0, details);
}

void
vv_panel_go (VvPanel *self, const char *where, const char *candidate)
{
  g_signal_emit (self, signals[GO], 0, where, candidate);
}
