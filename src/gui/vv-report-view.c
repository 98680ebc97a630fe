// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-addressee.h"
#include "vv-canvas.h"
#include "vv-deliveries.h"
#include "vv-dialogs.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-report-view.h"
#include "vv-time.h"

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
  GtkWidget    *issued; /* what is known of a form that was made */
  GtkLabel     *hash;
  GtkBox       *outbox;
  VvAddressee  *addressee;
  GtkWidget    *save;
  GtkWidget    *send, *issue;
  VvDesk       *desk;
  gint64        request;
  gint64        record;      /* that holds the form; 0 for the newest report */
  JsonObject   *details;     /* (nullable) of a form that is not made yet */
  char         *document;    /* (nullable) its SHA-256 */
  gint64        page, pages; /* @page from 0 */
  JsonObject   *shown;       /* (nullable) answer of vv_desk_show_request() */
  GCancellable *asking;
};

G_DEFINE_FINAL_TYPE (VvReportView, vv_report_view, ADW_TYPE_BIN)

static guint signal_closed;

static void show_form (VvReportView *self);

/* What makes a form, and what a case's "may" calls that. The records sheet is part of the bundle. */
static const struct
{
  const char *form;
  const char *title;
  VvDeskAct   make;
  const char *act;
} forms[] = {
  { "possible-match", N_ ("FIS Possible Match Report"), vv_desk_report, "report" },
  { "no-match", N_ ("FIS No Match Report"), vv_desk_report, "report" },
  { "image-rejection", N_ ("FIS Image Rejection Report"), vv_desk_reject_image, "reject-image" },
  { "request-dd5", N_ ("FIS Request DD5"), NULL, NULL },
  { "outside-agency", N_ ("FIS Outside Agency Form"), NULL, NULL },
  { "case-records", N_ ("FIS Case Cover and Records Sheet"), NULL, NULL },
};

static gsize
index_of_form (const char *form)
{
  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (forms[i].form, form) == 0)
      return i;
  g_return_val_if_reached (0);
}

/* --- Pages ------------------------------------------------------------------------------------------------ */

static void
drawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (VvPicture)    picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (picture == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else
    vv_canvas_set_picture (self->canvas, picture, NULL, 0, -1);
}

static void
show_page (VvReportView *self)
{
  g_autoptr (JsonObject) what = vv_json_new ("page", "i", self->page, "record", "i", self->record, "preview", "b", self->details != NULL,
                                             NULL);
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
show_head (VvReportView *self, JsonObject *info)
{
  g_autofree char *recipient = vv_json_string (info, "recipient") != NULL ? g_strdup_printf (_ ("For %s"),
                                                                                             vv_json_string (info, "recipient"))
                                                                          : NULL;

  gtk_label_set_text (self->form, _ (forms[index_of_form (vv_json_string (info, "form"))].title));
  gtk_label_set_text (self->recipient, recipient);
  gtk_widget_set_visible (GTK_WIDGET (self->recipient), recipient != NULL);
}

static void
show_outbox (VvReportView *self)
{
  g_autofree char *name = self->shown != NULL && self->document != NULL ? vv_deliveries_name_of (self->shown, self->document) : NULL;
  gboolean         waiting = FALSE;

  if (name != NULL)
    waiting = vv_deliveries_fill (self->outbox, self->shown, name);
  gtk_widget_set_sensitive (self->send, waiting);
  gtk_widget_set_tooltip_text (self->send, waiting ? _ ("Try now to hand over what waits") : _ ("Nothing waits to be sent."));
}

static void
on_addressee_cb (VvReportView *self)
{
  gboolean ready = self->document != NULL && vv_addressee_is_complete (self->addressee);

  gtk_widget_set_sensitive (self->save, ready);
  gtk_widget_set_tooltip_text (self->save, ready ? _ ("Save the PDF; the hand-over is on the record")
                                                 : _ ("Say first who receives the copy, and by what authority."));
}

static void
informed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   info = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char         *size = NULL;
  g_autofree char         *made = NULL;

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (info == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  self->pages = vv_json_int (info, "pages");
  self->record = vv_json_int (info, "record");
  g_free (self->document);
  self->document = g_strdup (vv_json_string (info, "document"));
  size = g_format_size ((guint64) vv_json_int (info, "bytes"));
  made = vv_time_for_people (vv_json_string (info, "made_at"));
  show_head (self, info);
  gtk_label_set_text (self->hash, self->document);
  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("Issued"), made);
  vv_parts_fact (self->facts, _ ("Size"), size);
  vv_addressee_suggest (self->addressee, vv_json_string (info, "recipient"));
  on_addressee_cb (self);
  show_outbox (self);
  show_page (self);
}

/* It may be issued by who may do what makes it. */
static void
offer_issue (VvReportView *self)
{
  gsize       form = self->details != NULL ? index_of_form (vv_json_string (self->details, "form")) : 0;
  const char *act = self->details != NULL ? forms[form].act : NULL;

  gtk_widget_set_visible (self->issue, act != NULL && vv_json_bool (vv_json_object (self->shown, "may"), act));
  gtk_widget_set_sensitive (self->issue, self->pages > 0);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   info = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (info == NULL)
    {
      g_autofree char *text = vv_error_text (error);

      gtk_label_set_text (self->recipient, text);
      gtk_widget_set_visible (GTK_WIDGET (self->recipient), TRUE);
      return;
    }
  self->pages = vv_json_int (info, "pages");
  show_head (self, info);
  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("State"), _ ("Not issued. This is what would be sent; it cannot be edited here."));
  offer_issue (self);
  show_page (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   shown = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (shown == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = g_steal_pointer (&shown);
  offer_issue (self);
  show_outbox (self);
}

static void
reload (VvReportView *self)
{
  vv_desk_act_async (self->desk, vv_desk_show_request, self->request, NULL, NULL, read_cb, g_object_ref (self));
}

static void
show_form (VvReportView *self)
{
  g_autoptr (JsonObject) what = vv_json_new ("record", "i", self->record, NULL);
  gboolean               preview = self->details != NULL;

  self->page = self->pages = 0;
  g_clear_pointer (&self->document, g_free);
  gtk_widget_set_visible (self->issued, !preview);
  gtk_widget_set_visible (self->send, !preview);
  offer_issue (self);
  on_addressee_cb (self);
  vv_desk_act_async (self->desk, preview ? vv_desk_preview : vv_desk_report_info, self->request, preview ? self->details : what, NULL,
                     preview ? laid_out_cb : informed_cb, g_object_ref (self));
  reload (self);
}

/* --- Acts ------------------------------------------------------------------------------------------------------- */

static void
issued_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   record = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (record == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      gtk_widget_set_sensitive (self->issue, TRUE);
      return;
    }
  self->record = vv_json_int (record, "id");
  g_clear_pointer (&self->details, json_object_unref);
  vv_parts_toast (GTK_WIDGET (self), _ ("Issued. It is on its way to ECMS."));
  show_form (self);
}

static void
on_issue_cb (VvReportView *self)
{
  if (self->details == NULL || !gtk_widget_get_visible (self->issue) || !gtk_widget_get_sensitive (self->issue))
    return;
  gtk_widget_set_sensitive (self->issue, FALSE);
  vv_desk_act_async (self->desk, forms[index_of_form (vv_json_string (self->details, "form"))].make, self->request, self->details, NULL,
                     issued_cb, g_object_ref (self));
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReportView) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
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

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  vv_parts_toast (GTK_WIDGET (self), _ ("A copy was saved; the hand-over is on the record."));
  vv_addressee_clear (self->addressee);
}

static void
save_to (const char *path, gpointer user_data)
{
  VvReportView          *self = user_data;
  g_autoptr (JsonObject) details = vv_addressee_details (self->addressee, path);

  json_object_set_int_member (details, "record", self->record);
  vv_desk_act_async (self->desk, vv_desk_export_report, self->request, details, NULL, saved_cb, g_object_ref (self));
}

static void
on_save_cb (VvReportView *self)
{
  g_autofree char *stem = self->shown != NULL ? vv_deliveries_name_of (self->shown, self->document) : NULL;
  g_autofree char *name = g_strdup_printf ("%s.pdf", stem != NULL ? stem : "FIS");

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
  if ((state & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    on_issue_cb (self);
  else if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  else if (key == GDK_KEY_Escape)
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
  g_clear_pointer (&self->details, json_object_unref);
  g_clear_pointer (&self->document, g_free);
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
  gtk_widget_class_bind_template_child (widget_class, VvReportView, issued);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, hash);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, outbox);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, send);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, addressee);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, save);
  gtk_widget_class_bind_template_child (widget_class, VvReportView, issue);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_next_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_send_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_issue_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_addressee_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
}

static void
vv_report_view_init (VvReportView *self)
{
  g_type_ensure (VV_TYPE_ADDRESSEE);
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
vv_report_view_open (VvReportView *self, gint64 request, gint64 record)
{
  g_return_if_fail (VV_IS_REPORT_VIEW (self));
  self->request = request;
  self->record = record;
  show_form (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

void
vv_report_view_reload (VvReportView *self)
{
  g_return_if_fail (VV_IS_REPORT_VIEW (self));
  reload (self);
}

void
vv_report_view_preview (VvReportView *self, gint64 request, JsonObject *details)
{
  g_return_if_fail (VV_IS_REPORT_VIEW (self));
  self->request = request;
  self->details = vv_json_copy (details);
  show_form (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}
