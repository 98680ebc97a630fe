// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-accounts-page.h"
#include "vv-audit-page.h"
#include "vv-case-page.h"
#include "vv-compare-page.h"
#include "vv-dialogs.h"
#include "vv-ecms-page.h"
#include "vv-intake-page.h"
#include "vv-json.h"
#include "vv-notice.h"
#include "vv-oversight-page.h"
#include "vv-parts.h"
#include "vv-person-page.h"
#include "vv-repository-page.h"
#include "vv-facts.h"
#include "vv-report-view.h"
#include "vv-requests-page.h"
#include "vv-review-page.h"
#include "vv-roles.h"
#include "vv-session.h"

/* ECMS is asked this often for what is due, and the lists are read anew. */
#define SYNC_SECONDS 30
/* What an act has just queued is due a moment later. */
#define DUE_SECONDS 1

struct _VvSession
{
  AdwBin        parent_instance;
  GtkStack     *stack;
  AdwViewStack *lists;
  GtkStack     *head;
  GtkWidget    *back;
  GtkLabel     *page_title;
  GtkButton    *ecms;
  GtkWidget    *person_button;
  GtkLabel     *person;
  GtkLabel     *notice;
  GtkLabel     *fis_number;
  GtkWidget    *lists_page;
  VvCasePage   *case_page;
  GtkWidget    *intake_page;
  GtkWidget    *work_page; /* (nullable) the bench, the decision or the report, while it is open */
  GtkWidget    *side_page; /* (nullable) a page of no request, opened from the head, while it is open */
  GListStore   *requests;
  GPtrArray    *views; /* (element-type VvRequestsPage) (unowned elements) */
  VvDesk       *desk;
  guint         timer;
  guint         due_timer;
  gboolean      syncing;
};

G_DEFINE_FINAL_TYPE (VvSession, vv_session, ADW_TYPE_BIN)

enum
{
  LOCKED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- The lists ------------------------------------------------------------------------------------------------ */

static void
count_views (VvSession *self)
{
  for (guint i = 0; i < self->views->len; i++)
    {
      GtkWidget        *view = g_ptr_array_index (self->views, i);
      AdwViewStackPage *page = adw_view_stack_get_page (self->lists, view);
      gboolean          counts = g_strcmp0 (adw_view_stack_page_get_name (page), "all") != 0;

      if (counts)
        adw_view_stack_page_set_badge_number (page, vv_requests_page_count (VV_REQUESTS_PAGE (view)));
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvSession)  self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autoptr (GPtrArray)  items = g_ptr_array_new_with_free_func (g_object_unref);
  JsonArray             *requests = vv_json_array (answer, "requests");

  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  for (guint i = 0; i < vv_json_length (requests); i++)
    g_ptr_array_add (items, vv_facts_new (vv_json_element (requests, i)));
  g_list_store_splice (self->requests, 0, g_list_model_get_n_items (G_LIST_MODEL (self->requests)), items->pdata,
                       items->len);
  count_views (self);
}

static void
list_requests (VvSession *self)
{
  vv_desk_act_async (self->desk, vv_desk_list_requests, 0, NULL, NULL, listed_cb, g_object_ref (self));
}

/* --- ECMS ---------------------------------------------------------------------------------------------------------- */

static void
show_sending (VvSession *self, JsonObject *answer)
{
  g_autofree char *text = NULL;

  if (vv_json_int (answer, "failed") > 0)
    text = g_strdup (_ ("ECMS: a document was not taken"));
  else if (vv_json_int (answer, "waiting") > 0)
    text = g_strdup_printf (_ ("ECMS: %d waiting"), (int) vv_json_int (answer, "waiting"));
  else
    text = g_strdup (_ ("ECMS: nothing waiting"));
  gtk_button_set_label (self->ecms, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->ecms), _ ("Documents on their way to ECMS. Press to see what waits, and why."));
  if (vv_json_int (answer, "sent") > 0)
    {
      list_requests (self);
      vv_case_page_reload (self->case_page);
      if (VV_IS_REPORT_VIEW (self->work_page))
        vv_report_view_reload (VV_REPORT_VIEW (self->work_page));
    }
}

static void
synced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvSession)  self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  self->syncing = FALSE;
  vv_requests_page_look (g_ptr_array_index (self->views, 0));
  if (answer != NULL)
    {
      show_sending (self, answer);
      return;
    }
  gtk_button_set_label (self->ecms, _ ("ECMS: not reached"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->ecms), error->message);
}

static void
sync_with_ecms (VvSession *self)
{
  if (self->syncing)
    return;
  self->syncing = TRUE;
  vv_desk_act_async (self->desk, vv_desk_sync, 0, NULL, NULL, synced_cb, g_object_ref (self));
}

static gboolean
on_timer_cb (gpointer user_data)
{
  sync_with_ecms (user_data);
  list_requests (user_data);
  return G_SOURCE_CONTINUE;
}

/* --- Ways from page to page ------------------------------------------------------------------------------------------ */

static void
show_page (VvSession *self, GtkWidget *page, const char *title)
{
  gboolean is_lists = page == self->lists_page;

  gtk_stack_set_visible_child (self->stack, page);
  gtk_widget_set_visible (self->back, !is_lists);
  gtk_stack_set_visible_child_name (self->head, is_lists ? "lists" : "title");
  gtk_label_set_text (self->page_title, title != NULL ? title : "");
  if (is_lists)
    gtk_label_set_text (self->fis_number, NULL);
  if (self->side_page != NULL && page != self->side_page)
    gtk_stack_remove (self->stack, g_steal_pointer (&self->side_page));
}

static void
open_case (VvSession *self, gint64 request)
{
  vv_case_page_open (self->case_page, request);
  show_page (self, GTK_WIDGET (self->case_page), NULL);
}

static void
on_open_cb (VvSession *self, gint64 request)
{
  open_case (self, request);
}

static void
on_entered_cb (VvSession *self, gint64 request)
{
  GtkWidget *intake = self->intake_page;

  list_requests (self);
  open_case (self, request);
  self->intake_page = NULL;
  gtk_stack_remove (self->stack, intake);
}

static void
close_work (VvSession *self)
{
  if (self->work_page != NULL)
    gtk_widget_activate_action (self->work_page, "page.close", NULL);
}

static void
on_new_request_cb (VvSession *self)
{
  close_work (self);
  if (self->intake_page == NULL)
    {
      self->intake_page = vv_intake_page_new (self->desk);
      g_signal_connect_object (self->intake_page, "entered", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);
      gtk_stack_add_child (self->stack, self->intake_page);
    }
  show_page (self, self->intake_page, _ ("New request"));
}

static void
on_case_shown_cb (VvSession *self, const char *title)
{
  gtk_label_set_text (self->fis_number, title);
  if (gtk_stack_get_visible_child (self->stack) == GTK_WIDGET (self->case_page))
    gtk_label_set_text (self->page_title, title);
}

static gboolean
on_due_cb (gpointer user_data)
{
  VvSession *self = user_data;

  self->due_timer = 0;
  sync_with_ecms (self);
  return G_SOURCE_REMOVE;
}

static void
on_case_changed_cb (VvSession *self)
{
  list_requests (self);
  g_clear_handle_id (&self->due_timer, g_source_remove);
  self->due_timer = g_timeout_add_seconds (DUE_SECONDS, on_due_cb, self);
}

static void
on_fetched_cb (VvSession *self)
{
  on_case_changed_cb (self);
  vv_case_page_reload (self->case_page);
}

static void
on_work_closed_cb (VvSession *self)
{
  GtkWidget *page = g_steal_pointer (&self->work_page);

  if (page == NULL)
    return;
  list_requests (self);
  open_case (self, vv_case_page_request (self->case_page));
  gtk_stack_remove (self->stack, page);
}

static void
show_work (VvSession *self)
{
  g_signal_connect_object (self->work_page, "closed", G_CALLBACK (on_work_closed_cb), self, G_CONNECT_SWAPPED);
  gtk_stack_add_child (self->stack, self->work_page);
  show_page (self, self->work_page, gtk_label_get_text (self->fis_number));
}

/* A page is made for one visit, so that no picture stays behind. */
static void
on_go_cb (VvSession *self, const char *where, const char *candidate)
{
  gint64 request = vv_case_page_request (self->case_page);

  close_work (self);
  if (g_str_equal (where, "compare"))
    {
      self->work_page = vv_compare_page_new (self->desk);
      vv_compare_page_open (VV_COMPARE_PAGE (self->work_page), request, candidate);
    }
  else if (g_str_equal (where, "review"))
    {
      self->work_page = vv_review_page_new (self->desk);
      vv_review_page_open (VV_REVIEW_PAGE (self->work_page), request);
    }
  else
    {
      self->work_page = vv_report_view_new (self->desk);
      vv_report_view_open (VV_REPORT_VIEW (self->work_page), request, candidate != NULL ? g_ascii_strtoll (candidate, NULL, 10) : 0);
    }
  show_work (self);
}

static void
on_preview_cb (VvSession *self, JsonObject *details)
{
  close_work (self);
  self->work_page = vv_report_view_new (self->desk);
  vv_report_view_preview (VV_REPORT_VIEW (self->work_page), vv_case_page_request (self->case_page), details);
  show_work (self);
}

/* --- Pages of no request ---------------------------------------------------------------------------------------------- */

static void
on_sent_cb (VvSession *self, JsonObject *answer)
{
  show_sending (self, answer);
}

/* Made for one visit: what is typed there (pass phrases) does not stay. */
static void
on_open_side (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvSession  *self = VV_SESSION (widget);
  const char *wanted = g_variant_get_string (parameter, NULL);
  const char *title;

  close_work (self);
  if (self->side_page != NULL)
    show_page (self, self->lists_page, NULL);
  if (g_str_equal (wanted, "ecms"))
    {
      title = _ ("ECMS");
      self->side_page = vv_ecms_page_new (self->desk);
      g_signal_connect_object (self->side_page, "sent", G_CALLBACK (on_sent_cb), self, G_CONNECT_SWAPPED);
    }
  else if (g_str_equal (wanted, "audit"))
    {
      title = _ ("Audit chain");
      self->side_page = vv_audit_page_new (self->desk);
    }
  else
    {
      title = _ ("Your account");
      self->side_page = vv_person_page_new (self->desk);
    }
  gtk_stack_add_child (self->stack, self->side_page);
  show_page (self, self->side_page, title);
}

static void
policy_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvSession)  self = user_data;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) policy = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (policy != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    vv_dialogs_about (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), policy);
  else
    vv_parts_toast_error (GTK_WIDGET (self), error);
}

static void
on_about (GtkWidget *widget, const char *name, GVariant *parameter)
{
  vv_desk_act_async (VV_SESSION (widget)->desk, vv_desk_policy, 0, NULL, NULL, policy_cb, g_object_ref (widget));
}

static void
on_back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvSession *self = VV_SESSION (widget);
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);

  if (page == self->lists_page)
    return;
  if (page == GTK_WIDGET (self->case_page) || page == self->intake_page || page == self->side_page)
    show_page (self, self->lists_page, NULL);
  else
    close_work (self);
}

/* --- Acts of the frame -------------------------------------------------------------------------------------------------- */

static void
on_lock (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[LOCKED], 0);
}

static void
on_leave (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_signal_emit (widget, signals[LEFT], 0);
}

static void
on_view (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvSession                    *self = VV_SESSION (widget);
  g_autoptr (GtkSelectionModel) pages = adw_view_stack_get_pages (self->lists);
  g_autoptr (AdwViewStackPage)  page = g_list_model_get_item (G_LIST_MODEL (pages), (guint) g_variant_get_int32 (parameter));

  if (page == NULL)
    return;
  close_work (self);
  adw_view_stack_set_visible_child (self->lists, adw_view_stack_page_get_child (page));
  show_page (self, self->lists_page, NULL);
}

static void
on_search (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvSession *self = VV_SESSION (widget);

  close_work (self);
  show_page (self, self->lists_page, NULL);
  if (!VV_IS_REQUESTS_PAGE (adw_view_stack_get_visible_child (self->lists)))
    adw_view_stack_set_visible_child (self->lists, g_ptr_array_index (self->views, 0));
  vv_requests_page_search (VV_REQUESTS_PAGE (adw_view_stack_get_visible_child (self->lists)));
}

static void
on_reload (GtkWidget *widget, const char *name, GVariant *parameter)
{
  VvSession *self = VV_SESSION (widget);

  list_requests (self);
  sync_with_ecms (self);
  vv_case_page_reload (self->case_page);
}

static void
on_new_request (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_new_request_cb (VV_SESSION (widget));
}

/* --- The session ------------------------------------------------------------------------------------------------------------ */

static void
add_view (VvSession *self, VvRequestsView view, const char *name, const char *title, const char *icon)
{
  gboolean          may_enter = (vv_desk_roles (self->desk) & (VV_ROLE_EXAMINER | VV_ROLE_SUPERVISOR)) != 0;
  GtkWidget        *page = vv_requests_page_new (G_LIST_MODEL (self->requests), view, may_enter);
  AdwViewStackPage *stack_page;

  g_signal_connect_object (page, "open", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "new-request", G_CALLBACK (on_new_request_cb), self, G_CONNECT_SWAPPED);
  if (view == VV_REQUESTS_ALL && may_enter)
    {
      vv_requests_page_fetch_from (VV_REQUESTS_PAGE (page), self->desk);
      g_signal_connect_object (page, "fetched", G_CALLBACK (on_fetched_cb), self, G_CONNECT_SWAPPED);
    }
  stack_page = adw_view_stack_add_titled (self->lists, page, name, title);
  adw_view_stack_page_set_icon_name (stack_page, icon);
  g_ptr_array_add (self->views, page);
}

static void
add_views (VvSession *self)
{
  guint roles = vv_desk_roles (self->desk);

  add_view (self, VV_REQUESTS_ALL, "all", _ ("Requests"), "view-list-symbolic");
  if ((roles & VV_ROLE_EXAMINER) != 0)
    add_view (self, VV_REQUESTS_WORK, "work", _ ("My work"), "document-edit-symbolic");
  if ((roles & VV_ROLE_SUPERVISOR) != 0)
    add_view (self, VV_REQUESTS_DECIDE, "decide", _ ("To decide"), "emblem-ok-symbolic");
}

static void
add_page (VvSession *self, GtkWidget *page, const char *name, const char *title, const char *icon)
{
  adw_view_stack_page_set_icon_name (adw_view_stack_add_titled (self->lists, page, name, title), icon);
}

static void
add_pages (VvSession *self)
{
  guint roles = vv_desk_roles (self->desk);

  add_page (self, vv_repository_page_new (self->desk), "repository", _ ("Repository"), "image-x-generic-symbolic");
  if ((roles & (VV_ROLE_SUPERVISOR | VV_ROLE_AUDITOR)) != 0)
    add_page (self, vv_oversight_page_new (self->desk), "oversight", _ ("Oversight"), "view-reveal-symbolic");
  if ((roles & VV_ROLE_ADMINISTRATOR) != 0)
    add_page (self, vv_accounts_page_new (self->desk), "accounts", _ ("Accounts"), "system-users-symbolic");
}

static void
vv_session_dispose (GObject *object)
{
  VvSession *self = VV_SESSION (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_handle_id (&self->due_timer, g_source_remove);
  G_OBJECT_CLASS (vv_session_parent_class)->dispose (object);
}

static void
vv_session_finalize (GObject *object)
{
  VvSession *self = VV_SESSION (object);

  g_clear_object (&self->requests);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_session_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "session.back", NULL, on_back);
  gtk_widget_class_install_action (widget_class, "session.lock", NULL, on_lock);
  gtk_widget_class_install_action (widget_class, "session.leave", NULL, on_leave);
  gtk_widget_class_install_action (widget_class, "session.open", "s", on_open_side);
  gtk_widget_class_install_action (widget_class, "session.about", NULL, on_about);
  gtk_widget_class_install_action (widget_class, "session.view", "i", on_view);
  gtk_widget_class_install_action (widget_class, "session.search", NULL, on_search);
  gtk_widget_class_install_action (widget_class, "session.reload", NULL, on_reload);
  gtk_widget_class_install_action (widget_class, "session.new-request", NULL, on_new_request);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "session.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, GDK_ALT_MASK, "session.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK, "session.lock", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_l, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "session.leave", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "session.open", "s", "ecms");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "session.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "session.new-request", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "session.reload", NULL);
  for (int i = 0; i < 6; i++)
    gtk_widget_class_add_binding_action (widget_class, (guint) (GDK_KEY_1 + i), GDK_ALT_MASK, "session.view", "i", i);
}

static void
vv_session_class_init (VvSessionClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_session_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_session_finalize;
  signals[LOCKED] = g_signal_new ("locked", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  install_actions (widget_class);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-session.ui");
  gtk_widget_class_bind_template_child (widget_class, VvSession, stack);
  gtk_widget_class_bind_template_child (widget_class, VvSession, lists);
  gtk_widget_class_bind_template_child (widget_class, VvSession, lists_page);
  gtk_widget_class_bind_template_child (widget_class, VvSession, head);
  gtk_widget_class_bind_template_child (widget_class, VvSession, back);
  gtk_widget_class_bind_template_child (widget_class, VvSession, page_title);
  gtk_widget_class_bind_template_child (widget_class, VvSession, ecms);
  gtk_widget_class_bind_template_child (widget_class, VvSession, person_button);
  gtk_widget_class_bind_template_child (widget_class, VvSession, person);
  gtk_widget_class_bind_template_child (widget_class, VvSession, notice);
  gtk_widget_class_bind_template_child (widget_class, VvSession, fis_number);
}

static void
vv_session_init (VvSession *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->requests = g_list_store_new (VV_TYPE_FACTS);
  self->views = g_ptr_array_new ();
  gtk_label_set_text (self->notice, vv_notice_short ());
}

GtkWidget *
vv_session_new (VvDesk *desk, GSettings *settings)
{
  VvSession       *self = g_object_new (VV_TYPE_SESSION, NULL);
  g_autofree char *roles = vv_roles_for_people (vv_desk_roles (desk));
  g_autofree char *person = g_strdup_printf ("%s\n%s", vv_desk_full_name (desk), roles);

  self->desk = g_object_ref (desk);
  gtk_label_set_text (self->person, person);
  vv_parts_name (self->person_button, vv_desk_full_name (desk));
  add_views (self);
  add_pages (self);
  self->case_page = VV_CASE_PAGE (vv_case_page_new (desk, settings));
  gtk_stack_add_child (self->stack, GTK_WIDGET (self->case_page));
  g_signal_connect_object (self->case_page, "shown", G_CALLBACK (on_case_shown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->case_page, "go", G_CALLBACK (on_go_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->case_page, "preview", G_CALLBACK (on_preview_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->case_page, "changed", G_CALLBACK (on_case_changed_cb), self, G_CONNECT_SWAPPED);
  show_page (self, self->lists_page, NULL);
  self->timer = g_timeout_add_seconds (SYNC_SECONDS, on_timer_cb, self);
  list_requests (self);
  sync_with_ecms (self);
  return GTK_WIDGET (self);
}
