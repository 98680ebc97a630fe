// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-act.h"
#include "vv-ecms-page.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-roles.h"
#include "vv-table.h"

/* What waits for ECMS and why, and how ECMS is reached. */

struct _VvEcmsPage
{
  AdwBin         parent_instance;
  GtkLabel      *subtitle;
  GtkWidget     *try_now;
  GtkLabel      *message;
  GtkLabel      *list_message;
  GtkStack      *stack;
  GtkColumnView *list;
  GtkLabel      *connection;
  GtkWidget     *form;
  GtkDropDown   *transport;
  GtkWidget     *folder_box;
  GtkEditable   *path;
  GtkWidget     *webdav_box;
  GtkEditable   *url;
  GtkEditable   *user;
  GtkEditable   *password;
  GtkEditable   *ca_file;
  GtkEditable   *client_certificate;
  GtkEditable   *client_key;
  GtkEditable   *folder;
  GtkWidget     *save;
  VvDesk        *desk;
  gboolean       busy;
};

G_DEFINE_FINAL_TYPE (VvEcmsPage, vv_ecms_page, ADW_TYPE_BIN)

static guint signal_sent;

static char *
request_cell (JsonObject *entry)
{
  const char *number = vv_json_string (entry, "fis_number");

  return number != NULL ? g_strdup (number) : g_strdup_printf (_ ("Request %d, no number yet"), (int) vv_json_int (entry, "request"));
}

static const VvTableColumn columns[] = {
  { N_ ("Document"), VV_TABLE_TEXT, "name", NULL, 300 },
  { N_ ("Request"), VV_TABLE_TEXT, NULL, request_cell, 150 },
  { N_ ("Queued"), VV_TABLE_TIME, "queued_at", NULL, 150 },
  { N_ ("Attempts"), VV_TABLE_NUMBER, "attempts", NULL, 90 },
  { N_ ("Where it is"), VV_TABLE_TEXT, NULL, vv_parts_delivery, 0 },
};

/* --- The outbox ------------------------------------------------------------------------------------------------------------- */

static void
listed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvEcmsPage      *self = VV_ECMS_PAGE (page);
  JsonArray       *entries = vv_json_array (answer, "entries");
  g_autofree char *text = NULL;

  if (error != NULL)
    return;
  text = g_strdup_printf (_ ("%d waiting, %d not taken"), (int) vv_json_int (answer, "waiting"), (int) vv_json_int (answer, "failed"));
  gtk_label_set_text (self->subtitle, text);
  vv_table_fill (self->list, entries);
  gtk_stack_set_visible_child_name (self->stack, vv_json_length (entries) > 0 ? "list" : "empty");
}

static void
list (VvEcmsPage *self)
{
  /* What was said of sending stays until the next try. */
  vv_act_run (GTK_WIDGET (self), self->list_message, self->desk, vv_desk_outbox, NULL, NULL, listed_cb);
}

static void
tried_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvEcmsPage *self = VV_ECMS_PAGE (page);

  gtk_widget_set_sensitive (self->try_now, TRUE);
  gtk_button_set_label (GTK_BUTTON (self->try_now), _ ("Try now"));
  list (self);
  if (error == NULL)
    g_signal_emit (self, signal_sent, 0, answer);
}

static void
on_try_cb (VvEcmsPage *self)
{
  gtk_widget_set_sensitive (self->try_now, FALSE);
  gtk_button_set_label (GTK_BUTTON (self->try_now), _ ("Sending"));
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_sync, vv_json_new ("all", "b", TRUE, NULL), NULL, tried_cb);
}

/* --- The connection ------------------------------------------------------------------------------------------------------------ */

static const char *const transports[] = { "folder", "webdav" };

static const struct
{
  const char *member;
  gsize       offset;
  guint       transport; /* index it belongs to; 2: both */
} fields[] = {
  { "path", G_STRUCT_OFFSET (VvEcmsPage, path), 0 },
  { "url", G_STRUCT_OFFSET (VvEcmsPage, url), 1 },
  { "user", G_STRUCT_OFFSET (VvEcmsPage, user), 1 },
  { "password", G_STRUCT_OFFSET (VvEcmsPage, password), 1 },
  { "ca_file", G_STRUCT_OFFSET (VvEcmsPage, ca_file), 1 },
  { "client_certificate", G_STRUCT_OFFSET (VvEcmsPage, client_certificate), 1 },
  { "client_key", G_STRUCT_OFFSET (VvEcmsPage, client_key), 1 },
  { "folder", G_STRUCT_OFFSET (VvEcmsPage, folder), 2 },
};

static GtkEditable *
field (VvEcmsPage *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkEditable *, self, fields[i].offset);
}

static void
on_transport_cb (VvEcmsPage *self)
{
  gboolean folder = gtk_drop_down_get_selected (self->transport) == 0;

  gtk_widget_set_visible (self->folder_box, folder);
  gtk_widget_set_visible (self->webdav_box, !folder);
}

static void
show_connection (VvEcmsPage *self, JsonObject *settings)
{
  const char      *transport = vv_json_string (settings, "transport");
  g_autofree char *text = NULL;

  if (g_strcmp0 (transport, "folder") == 0)
    text = g_strdup_printf (_ ("Documents are put into the folder %s."), vv_json_string (settings, "path"));
  else if (g_strcmp0 (transport, "webdav") == 0)
    text = g_strdup_printf (_ ("Documents are sent to %s. The certificate of the server is always checked."),
                            vv_json_string (settings, "url"));
  else
    text = g_strdup (_ ("This desk has no connection to ECMS yet. Documents wait here until an administrator sets one."));
  gtk_label_set_text (self->connection, text);
}

static void
filled_cb (GtkWidget *page, JsonObject *settings, const GError *error)
{
  VvEcmsPage *self = VV_ECMS_PAGE (page);

  if (error != NULL)
    return;
  show_connection (self, settings);
  gtk_drop_down_set_selected (self->transport, g_strcmp0 (vv_json_string (settings, "transport"), "webdav") == 0 ? 1 : 0);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = vv_json_string (settings, fields[i].member);

      gtk_editable_set_text (field (self, i), text != NULL ? text : "");
    }
  on_transport_cb (self);
}

static void
saved_cb (GtkWidget *page, JsonObject *settings, const GError *error)
{
  gtk_widget_set_sensitive (VV_ECMS_PAGE (page)->save, TRUE);
  filled_cb (page, settings, error);
  if (error == NULL)
    vv_parts_toast (page, _ ("The connection is set. What waits is sent over it."));
}

/* What the form does not ask (an agency's own mapping) is set on the command line. */
static void
on_save_cb (VvEcmsPage *self)
{
  guint       chosen = MIN (gtk_drop_down_get_selected (self->transport), G_N_ELEMENTS (transports) - 1);
  JsonObject *settings = vv_json_new ("transport", "s", transports[chosen], NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((fields[i].transport == 2 || fields[i].transport == chosen) && vv_parts_has_text (gtk_editable_get_text (field (self, i))))
      json_object_set_string_member (settings, fields[i].member, gtk_editable_get_text (field (self, i)));
  gtk_widget_set_sensitive (self->save, FALSE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_ecms, settings, NULL, saved_cb);
}

/* --- The page ------------------------------------------------------------------------------------------------------------------- */

static void
vv_ecms_page_map (GtkWidget *widget)
{
  VvEcmsPage *self = VV_ECMS_PAGE (widget);

  GTK_WIDGET_CLASS (vv_ecms_page_parent_class)->map (widget);
  list (self);
  vv_act_run (widget, self->message, self->desk, vv_desk_ecms, NULL, NULL, filled_cb);
}

static void
vv_ecms_page_finalize (GObject *object)
{
  g_clear_object (&VV_ECMS_PAGE (object)->desk);
  G_OBJECT_CLASS (vv_ecms_page_parent_class)->finalize (object);
}

static void
vv_ecms_page_class_init (VvEcmsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_ecms_page_finalize;
  widget_class->map = vv_ecms_page_map;
  signal_sent = g_signal_new ("sent", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-ecms-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, try_now);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, list_message);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, list);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, connection);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, form);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, transport);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, folder_box);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, path);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, webdav_box);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, url);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, user);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, password);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, ca_file);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, client_certificate);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, client_key);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, folder);
  gtk_widget_class_bind_template_child (widget_class, VvEcmsPage, save);
  gtk_widget_class_bind_template_callback (widget_class, on_save_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_transport_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_try_cb);
}

static void
vv_ecms_page_init (VvEcmsPage *self)
{
  GtkStringList *names;

  gtk_widget_init_template (GTK_WIDGET (self));
  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->transport));
  gtk_string_list_append (names, _ ("A folder"));
  gtk_string_list_append (names, _ ("WebDAV over HTTPS"));
  vv_table_begin (self->list, _ ("Documents for ECMS"), columns, G_N_ELEMENTS (columns));
}

GtkWidget *
vv_ecms_page_new (VvDesk *desk)
{
  VvEcmsPage *self = g_object_new (VV_TYPE_ECMS_PAGE, NULL);

  self->desk = g_object_ref (desk);
  gtk_widget_set_visible (self->form, (vv_desk_roles (desk) & VV_ROLE_ADMINISTRATOR) != 0);
  return GTK_WIDGET (self);
}
