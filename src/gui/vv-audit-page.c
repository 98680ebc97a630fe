// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-act.h"
#include "vv-audit-page.h"
#include "vv-dialogs.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-roles.h"

/* Whether the record is what it was, in words; and a copy of it. */

struct _VvAuditPage
{
  AdwBin        parent_instance;
  GtkLabel     *message;
  GtkWidget    *verify;
  GtkWidget    *cancel;
  GtkSpinner   *spinner;
  GtkWidget    *result;
  GtkLabel     *verdict;
  GtkWidget    *facts;
  GtkLabel     *problems;
  GtkWidget    *export_box;
  VvDesk       *desk;
  GCancellable *checking; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (VvAuditPage, vv_audit_page, ADW_TYPE_BIN)

/* --- Checking --------------------------------------------------------------------------------------------------------------- */

static void
set_checking (VvAuditPage *self, gboolean checking)
{
  g_clear_object (&self->checking);
  if (checking)
    self->checking = g_cancellable_new ();
  gtk_widget_set_sensitive (self->verify, !checking);
  gtk_widget_set_visible (self->cancel, checking);
  gtk_spinner_set_spinning (self->spinner, checking);
}

static char *
list_problems (JsonArray *problems)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (problems); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", json_array_get_string_element (problems, i));
  return g_string_free (text, FALSE);
}

static void
add_figure (VvAuditPage *self, const char *title, gint64 figure)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, figure);

  vv_parts_fact (GTK_GRID (self->facts), title, text);
}

static void
verified_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvAuditPage     *self = VV_AUDIT_PAGE (page);
  g_autofree char *problems = list_problems (vv_json_array (answer, "problems"));

  set_checking (self, FALSE);
  gtk_widget_set_visible (self->result, error == NULL);
  if (error != NULL)
    return;
  gtk_label_set_text (self->verdict,
                      vv_json_bool (answer, "ok") ? _ ("Nothing was changed, added or taken away: every row, record and signature is what it was when it was written.")
                                                  : _ ("The desk is not what it was. Stop working with it, keep the folder as it is, and tell your administrator and the auditor."));
  vv_parts_clear (self->facts);
  add_figure (self, _ ("Rows of the chain"), vv_json_int (answer, "rows"));
  add_figure (self, _ ("Records"), vv_json_int (answer, "records"));
  add_figure (self, _ ("Signatures"), vv_json_int (answer, "signatures"));
  add_figure (self, _ ("Stored files"), vv_json_int (answer, "blobs"));
  vv_parts_fact (GTK_GRID (self->facts), _ ("Head of the chain"), vv_json_string (answer, "head"));
  gtk_label_set_text (self->problems, problems);
  gtk_widget_set_visible (GTK_WIDGET (self->problems), *problems != '\0');
}

static void
on_verify_cb (VvAuditPage *self)
{
  set_checking (self, TRUE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_verify_audit, NULL, self->checking, verified_cb);
}

static void
on_cancel_cb (VvAuditPage *self)
{
  g_cancellable_cancel (self->checking);
}

/* --- A copy ------------------------------------------------------------------------------------------------------------------ */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAuditPage) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autofree char        *text = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &error))
    vv_parts_toast (GTK_WIDGET (self), _ ("The copy was saved."));
  text = vv_error_text (error);
  vv_act_say (self->message, text);
}

static void
exported_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvAuditPage         *self = VV_AUDIT_PAGE (page);
  g_autoptr (GFile)    file = g_object_steal_data (G_OBJECT (self), "copy");
  g_autoptr (JsonNode) node = NULL;
  g_autofree char     *text = NULL;
  g_autoptr (GBytes)   bytes = NULL;

  if (error != NULL || file == NULL)
    return;
  node = json_node_init_object (json_node_alloc (), answer);
  text = vv_json_pretty (node);
  bytes = g_bytes_new_take (text, strlen (text));
  text = NULL;
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL, written_cb,
                                       g_object_ref (self));
}

void
vv_audit_page_export (VvAuditPage *self, const char *path)
{
  g_return_if_fail (VV_IS_AUDIT_PAGE (self));
  g_object_set_data_full (G_OBJECT (self), "copy", g_file_new_for_path (path), g_object_unref);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_export_audit, NULL, NULL, exported_cb);
}

static void
copy_chosen (const char *path, gpointer user_data)
{
  vv_audit_page_export (user_data, path);
}

static void
on_export_cb (VvAuditPage *self)
{
  vv_dialogs_choose_copy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Copy of the audit chain"), "audit.json", copy_chosen,
                          self);
}

/* --- The page ------------------------------------------------------------------------------------------------------------------ */

static void
vv_audit_page_dispose (GObject *object)
{
  VvAuditPage *self = VV_AUDIT_PAGE (object);

  g_clear_object (&self->checking);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_audit_page_parent_class)->dispose (object);
}

static void
vv_audit_page_class_init (VvAuditPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_audit_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-audit-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, verify);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, spinner);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, result);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, verdict);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, facts);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, problems);
  gtk_widget_class_bind_template_child (widget_class, VvAuditPage, export_box);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_export_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_verify_cb);
}

static void
vv_audit_page_init (VvAuditPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_audit_page_new (VvDesk *desk)
{
  VvAuditPage *self = g_object_new (VV_TYPE_AUDIT_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->export_box, (vv_desk_roles (desk) & (VV_ROLE_SUPERVISOR | VV_ROLE_ADMINISTRATOR)) != 0);
  return GTK_WIDGET (self);
}
