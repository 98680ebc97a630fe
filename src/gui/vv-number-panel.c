// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-number-panel.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-text-field.h"

struct _VvNumberPanel
{
  VvPanel       parent_instance;
  VvRecordList *records;
  GtkWidget    *empty;
  GtkWidget    *number_group;
  GtkWidget    *number;
  GtkWidget    *form; /* shows the form that comes with the number, where one does */
  GtkWidget    *assign_group;
  GtkLabel     *assign_title;
  GtkDropDown  *examiner;
  GtkLabel     *load;
  VvTextField  *reason;
  GtkWidget    *assign;
  GPtrArray    *accounts; /* (element-type utf8) in the order of the drop-down */
  JsonArray    *requests; /* (nullable) all there are, to say who has how much to do */
  gint64        request;
};

G_DEFINE_FINAL_TYPE (VvNumberPanel, vv_number_panel, VV_TYPE_PANEL)

static gboolean
is_examiner (JsonObject *account)
{
  JsonArray *roles = vv_json_array (account, "roles");

  if (g_strcmp0 (vv_json_string (account, "state"), "disabled") == 0)
    return FALSE;
  for (guint i = 0; i < vv_json_length (roles); i++)
    if (g_strcmp0 (json_array_get_string_element (roles, i), "examiner") == 0)
      return TRUE;
  return FALSE;
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvNumberPanel) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  JsonArray                *accounts = vv_json_array (answer, "accounts");

  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  g_ptr_array_set_size (self->accounts, 0);
  for (guint i = 0; i < vv_json_length (accounts); i++)
    {
      JsonObject *account = vv_json_element (accounts, i);

      if (!is_examiner (account))
        continue;
      g_ptr_array_add (self->accounts, g_strdup (vv_json_string (account, "account")));
      gtk_string_list_append (names, vv_json_string (account, "full_name"));
    }
  gtk_drop_down_set_model (self->examiner, G_LIST_MODEL (names));
}

/* What the chosen examiner has to do already. */
static void
on_examiner_cb (VvNumberPanel *self)
{
  guint            chosen = gtk_drop_down_get_selected (self->examiner);
  const char      *account = chosen < self->accounts->len ? g_ptr_array_index (self->accounts, chosen) : NULL;
  guint            open = 0, urgent = 0;
  int              oldest = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < vv_json_length (self->requests); i++)
    {
      JsonObject *row = vv_json_element (self->requests, i);

      if (g_strcmp0 (vv_json_string (row, "examiner"), account) != 0 || vv_json_bool (row, "ended"))
        continue;
      open++;
      urgent += vv_json_bool (row, "urgent") ? 1 : 0;
      oldest = MAX (oldest, (int) vv_json_int (row, "age_days"));
    }
  if (open == 0)
    text = g_strdup (_ ("Has no request in work."));
  else
    text = g_strdup_printf (_ ("Requests in work: %u, of which go first: %u. The oldest came %d days ago."), open, urgent, oldest);
  gtk_label_set_text (self->load, account != NULL && self->requests != NULL ? text : "");
}

static void
requests_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvNumberPanel) self = user_data;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, /* error= */ NULL);

  g_clear_pointer (&self->requests, json_array_unref);
  if (vv_json_array (answer, "requests") != NULL)
    self->requests = json_array_ref (vv_json_array (answer, "requests"));
  on_examiner_cb (self);
}

static void
on_number_cb (VvNumberPanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_number, NULL, NULL, NULL);
}

/* The form that FIS makes of a request which did not come through ECMS, or NULL. */
static const char *
form_of (VvNumberPanel *self)
{
  const char *channel = vv_json_string (vv_panel_case (VV_PANEL (self)), "channel");

  if (g_strcmp0 (channel, "phone") == 0 || g_strcmp0 (channel, "email") == 0)
    return "request-dd5";
  return g_strcmp0 (channel, "outside-agency") == 0 ? "outside-agency" : NULL;
}

static void
on_form_cb (VvNumberPanel *self)
{
  vv_panel_preview (VV_PANEL (self), vv_json_new ("form", "s", form_of (self), NULL));
}

static void
show_form (VvNumberPanel *self)
{
  const char *form = form_of (self);
  const char *label = g_strcmp0 (form, "request-dd5") == 0 ? _ ("Preview the FIS Request DD5") : _ ("Preview the FIS Outside Agency Form");

  gtk_widget_set_visible (self->form, form != NULL);
  gtk_button_set_label (GTK_BUTTON (self->form), label);
  vv_parts_name (self->form, label);
}

static void
on_assign_cb (VvNumberPanel *self)
{
  guint            chosen = gtk_drop_down_get_selected (self->examiner);
  g_autofree char *reason = vv_text_field_text (self->reason);

  if (chosen < self->accounts->len)
    vv_panel_act (VV_PANEL (self), vv_desk_assign,
                  vv_json_new ("examiner", "s", g_ptr_array_index (self->accounts, chosen), "reason", "s",
                               *reason != '\0' ? reason : NULL, NULL),
                  NULL, NULL);
}

/* Giving the request to another examiner is there, but is not the next thing to do. */
static void
show_assignment (VvNumberPanel *self, gboolean again)
{
  gint64 request = vv_panel_request (VV_PANEL (self));

  if (request != self->request)
    vv_text_field_set_text (self->reason, NULL);
  self->request = request;
  gtk_label_set_text (self->assign_title, again ? _ ("Give the request to another examiner")
                                                : _ ("The examiner who reviews this request"));
  gtk_button_set_label (GTK_BUTTON (self->assign), again ? _ ("Reassign") : _ ("Assign"));
  vv_parts_name (self->assign, again ? _ ("Reassign") : _ ("Assign"));
  gtk_widget_set_visible (GTK_WIDGET (self->reason), again);
  if (again)
    gtk_widget_remove_css_class (self->assign, "suggested-action");
  else
    gtk_widget_add_css_class (self->assign, "suggested-action");
}

static void
vv_number_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_NUMBER, VV_KIND_ASSIGNMENT, NULL };
  VvNumberPanel           *self = VV_NUMBER_PANEL (panel);
  gboolean                 may_number = vv_panel_may (panel, "number");
  gboolean                 may_assign = vv_panel_may (panel, "assign");

  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  gtk_widget_set_visible (self->number_group, may_number);
  show_form (self);
  gtk_widget_set_visible (self->assign_group, may_assign);
  gtk_widget_set_visible (self->empty,
                          !may_number && !may_assign && !gtk_widget_get_visible (GTK_WIDGET (self->records)));
  show_assignment (self, vv_json_string (vv_panel_case (panel), "examiner") != NULL);
  vv_panel_set_primary (panel, may_number ? self->number : self->assign);
  vv_panel_offer (panel, self->number, "number");
  vv_panel_offer (panel, self->assign, "assign");
  if (may_assign && self->accounts->len == 0)
    vv_desk_act_async (vv_panel_desk (panel), vv_desk_list_accounts, 0, NULL, NULL, listed_cb, g_object_ref (self));
  if (may_assign)
    vv_desk_act_async (vv_panel_desk (panel), vv_desk_list_requests, 0, NULL, NULL, requests_listed_cb,
                       g_object_ref (self));
}

static void
vv_number_panel_finalize (GObject *object)
{
  g_clear_pointer (&VV_NUMBER_PANEL (object)->accounts, g_ptr_array_unref);
  g_clear_pointer (&VV_NUMBER_PANEL (object)->requests, json_array_unref);
  G_OBJECT_CLASS (vv_number_panel_parent_class)->finalize (object);
}

static void
vv_number_panel_class_init (VvNumberPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_number_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_number_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-number-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, records);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, number_group);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, number);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, form);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, assign_group);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, assign_title);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, examiner);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, load);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, VvNumberPanel, assign);
  gtk_widget_class_bind_template_callback (widget_class, on_examiner_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_number_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_form_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_assign_cb);
}

static void
vv_number_panel_init (VvNumberPanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->accounts = g_ptr_array_new_with_free_func (g_free);
}
