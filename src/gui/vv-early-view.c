// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-early-view.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvEarlyView
{
  AdwBin     parent_instance;
  GtkWidget *button;
  GtkWidget *popover;
  GtkEntry  *reason;
  GtkLabel  *identity;
};

G_DEFINE_FINAL_TYPE (VvEarlyView, vv_early_view, ADW_TYPE_BIN)

static guint signal_ask;

static void
on_reason_cb (VvEarlyView *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  if (*reason == '\0')
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      gtk_widget_add_css_class (GTK_WIDGET (self->reason), "error");
      return;
    }
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  g_signal_emit (self, signal_ask, 0, reason);
}

static void
on_reason_changed_cb (VvEarlyView *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
}

static void
vv_early_view_class_init (VvEarlyViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signal_ask = g_signal_new ("ask", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-early-view.ui");
  gtk_widget_class_bind_template_child (widget_class, VvEarlyView, button);
  gtk_widget_class_bind_template_child (widget_class, VvEarlyView, popover);
  gtk_widget_class_bind_template_child (widget_class, VvEarlyView, reason);
  gtk_widget_class_bind_template_child (widget_class, VvEarlyView, identity);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed_cb);
}

static void
vv_early_view_init (VvEarlyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "Shown early: person 1234567, B-2019-0001, rank 3 of 12, score 0.612". The score is the program's, and no percentage. */
static char *
identity_of (JsonObject *candidate, guint pool_length)
{
  const char      *person = vv_json_string (candidate, "person");
  const char      *reference = vv_json_string (candidate, "reference");
  g_autofree char *text = NULL;

  if (person == NULL)
    return NULL;
  text = g_strdup_printf (_ ("Person %s, %s, rank %d of %u, score %.3f"), person, reference != NULL ? reference : "–",
                          (int) vv_json_int (candidate, "rank"), pool_length, vv_json_double (candidate, "score"));
  return vv_json_bool (candidate, "early") ? g_strdup_printf (_ ("Shown early: %s"), text) : g_steal_pointer (&text);
}

void
vv_early_view_set_candidate (VvEarlyView *self, JsonObject *candidate, guint pool_length, gboolean may)
{
  g_autofree char *text = candidate != NULL ? identity_of (candidate, pool_length) : NULL;

  g_return_if_fail (VV_IS_EARLY_VIEW (self));
  gtk_label_set_text (self->identity, text);
  gtk_widget_set_visible (GTK_WIDGET (self->identity), text != NULL);
  gtk_widget_set_visible (self->button, text == NULL && candidate != NULL && may);
}
