// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-canvas.h"
#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-report-view.h"

struct _VvReportView
{
  AdwBin        parent_instance;
  GtkBox       *place;
  VvCanvas     *canvas;
  GtkLabel     *form;
  GtkLabel     *page_label;
  GtkWidget    *previous, *next;
  GtkLabel     *recipient;
  GtkGrid      *facts;
  GtkLabel     *hash;
  GtkWidget    *hash_title;
  GtkBox       *outbox;
  GtkWidget    *send;
  GtkWidget    *save;
  VvDesk       *desk;
  gint64        request;
  gint64        page, pages; /* @page from 0 */
  JsonObject   *shown;       /* (nullable) answer of vv_desk_show_request() */
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (VvReportView, vv_report_view, ADW_TYPE_BIN)

static guint signal_closed;

/* --- Pages ------------------------------------------------------------------------------------------------ */

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (VvPicture)    picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  if (picture == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else
    vv_canvas_set_picture (self->canvas, picture, NULL, 0, -1);
}

static void
show_page (VvReportView *self)
{
  g_autoptr (JsonObject) what = vv_json_new ("page", "i", self->page, NULL);
  g_autofree char       *text = g_strdup_printf (_ ("Page %d of %d"), (int) self->page + 1, (int) self->pages);

  gtk_label_set_text (self->page_label, text);
  vv_canvas_set_label (self->canvas, text);
  gtk_widget_set_sensitive (self->previous, self->page > 0);
  gtk_widget_set_sensitive (self->next, self->page + 1 < self->pages);
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  vv_desk_picture_async (self->desk, self->request, what, self->asking, drawn_cb, g_object_ref (self));
}

static void
turn (VvReportView *self, gint64 by)
{
  if (self->page + by < 0 || self->page + by >= self->pages)
    return;
  self->page += by;
  show_page (self);
}

static void
on_previous_cb (VvReportView *self)
{
  turn (self, -1);
}

static void
on_next_cb (VvReportView *self)
{
  turn (self, 1);
}

/* --- Facts --------------------------------------------------------------------------------------------------- */

static void
informed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   info = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char         *size = NULL;
  g_autofree char         *pages = NULL;

  if (info == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->pages = vv_json_int (info, "pages");
  size = g_format_size ((guint64) vv_json_int (info, "bytes"));
  pages = g_strdup_printf ("%d", (int) self->pages);
  gtk_label_set_text (self->form, g_strcmp0 (vv_json_string (info, "form"), "possible-match") == 0 ? _ ("FIS Possible Match Report")
                                                                                                   : _ ("FIS No Match Report"));
  gtk_label_set_text (self->hash, vv_json_string (info, "document"));
  gtk_widget_set_visible (self->hash_title, TRUE);
  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("Pages"), pages);
  vv_parts_fact (self->facts, _ ("Size"), size);
  gtk_widget_set_sensitive (self->save, TRUE);
  show_page (self);
}

/* The supervisor who directed the report said for whom it is. */
static void
show_recipient (VvReportView *self)
{
  JsonArray *records = vv_json_array (self->shown, "records");

  for (guint i = vv_json_length (records); i > 0; i--)
    {
      JsonObject      *record = vv_json_element (records, i - 1);
      g_autofree char *text = NULL;

      if (g_strcmp0 (vv_json_string (record, "kind"), VV_KIND_DIRECTION) != 0)
        continue;
      text = g_strdup_printf (_ ("For %s"), vv_json_string (vv_json_object (record, "body"), "recipient"));
      gtk_label_set_text (self->recipient, text);
      return;
    }
}

static void
show_outbox (VvReportView *self)
{
  JsonArray *entries = vv_json_array (self->shown, "outbox");
  gboolean   waiting = FALSE;

  vv_parts_clear (GTK_WIDGET (self->outbox));
  for (guint i = 0; i < vv_json_length (entries); i++)
    {
      JsonObject      *entry = vv_json_element (entries, i);
      g_autofree char *text = vv_parts_delivery (entry);
      GtkWidget       *state = vv_parts_label (text, "caption");

      gtk_widget_add_css_class (state, "dim-label");
      gtk_box_append (self->outbox, vv_parts_label (vv_json_string (entry, "name"), NULL));
      gtk_box_append (self->outbox, state);
      waiting |= g_strcmp0 (vv_json_string (entry, "state"), "acknowledged") != 0;
    }
  if (vv_json_length (entries) == 0)
    gtk_box_append (self->outbox, vv_parts_label (_ ("Documents on their way to ECMS appear here."), "dim-label"));
  gtk_widget_set_sensitive (self->send, waiting);
  gtk_widget_set_tooltip_text (self->send, waiting ? _ ("Try now to hand over what waits") : _ ("Nothing waits to be sent."));
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  JsonObject              *shown = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (shown == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = shown;
  show_recipient (self);
  show_outbox (self);
}

static void
reload (VvReportView *self)
{
  vv_desk_act_async (self->desk, vv_desk_show_request, self->request, NULL, NULL, read_cb, g_object_ref (self));
}

/* --- Acts ------------------------------------------------------------------------------------------------------- */

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  reload (self);
}

static void
on_send_cb (VvReportView *self)
{
  g_autoptr (JsonObject) details = vv_json_new ("all", "b", TRUE, NULL);

  gtk_widget_set_sensitive (self->send, FALSE);
  vv_desk_act_async (self->desk, vv_desk_sync, 0, details, NULL, sent_cb, g_object_ref (self));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else
    vv_parts_toast (GTK_WIDGET (self), _ ("A copy was saved; the hand-over is on the record."));
}

static void
save_to (const char *path, gpointer user_data)
{
  VvReportView          *self = user_data;
  g_autoptr (JsonObject) details = vv_json_new ("file", "s", path, NULL);

  vv_desk_act_async (self->desk, vv_desk_export_report, self->request, details, NULL, saved_cb, g_object_ref (self));
}

static void
on_save_cb (VvReportView *self)
{
  const char      *number = vv_json_string (self->shown, "fis_number");
  g_autofree char *name = g_strdup_printf ("FIS %s.pdf", number != NULL ? number : "");

  vv_dialogs_choose_copy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Save a copy of the report"), name, save_to, self);
}

static void
on_close_cb (VvReportView *self)
{
  g_signal_emit (self, signal_closed, 0);
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_close_cb (VV_REPORT_VIEW (widget));
}

/* Before the canvas, for which Page Up and Page Down step through faces. */
static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvReportView *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Escape)
    on_close_cb (self);
  else if (key == GDK_KEY_Page_Down || key == GDK_KEY_Page_Up)
    turn (self, key == GDK_KEY_Page_Down ? 1 : -1);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* --- The page ------------------------------------------------------------------------------------------------------ */

static void
vv_report_view_dispose (GObject *object)
{
  VvReportView *self = VV_REPORT_VIEW (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  G_OBJECT_CLASS (vv_report_view_parent_class)->dispose (object);
}

static void
vv_report_view_finalize (GObject *object)
{
  VvReportView *self = VV_REPORT_VIEW (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, json_object_unref);
  G_OBJECT_CLASS (vv_report_view_parent_class)->finalize (object);
}

static void
vv_report_view_class_init (VvReportViewClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_report_view_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_report_view_finalize;
  signal_closed = g_signal_new ("closed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "page.close", NULL, close_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-report-view.ui");
  gtk_widget_class_bind_template_child (widget_class, VvReportView, place);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, form);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, page_label);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, previous);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, next);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, recipient);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, facts);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, hash);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, hash_title);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, outbox);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, send);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, save);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
}

static void
vv_report_view_init (VvReportView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas = VV_CANVAS (vv_canvas_new ());
  vv_canvas_set_overlays (self->canvas, VV_OVERLAY_NONE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_box_append (self->place, GTK_WIDGET (self->canvas));
}

GtkWidget *
vv_report_view_new (VvDesk *desk)
{
  VvReportView *self = g_object_new (VV_TYPE_REPORT_VIEW, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}

void
vv_report_view_open (VvReportView *self, gint64 request)
{
  g_return_if_fail (VV_IS_REPORT_VIEW (self));
  self->request = request;
  self->page = self->pages = 0;
  vv_desk_act_async (self->desk, vv_desk_report_info, request, NULL, NULL, informed_cb, g_object_ref (self));
  reload (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}
