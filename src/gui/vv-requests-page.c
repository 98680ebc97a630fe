// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-json.h"
#include "vv-parts.h"
#include "vv-facts.h"
#include "vv-fetch-bar.h"
#include "vv-requests-page.h"
#include "vv-time.h"
#include "vv-use.h"

struct _VvRequestsPage
{
  AdwBin           parent_instance;
  GtkLabel        *title;
  GtkLabel        *subtitle;
  GtkDropDown     *examiner; /* whose work is shown: everybody's, nobody's yet, one person's */
  GtkStringList   *examiners;
  GtkSearchEntry  *search;
  GtkWidget       *enter;
  VvFetchBar      *fetch;
  GtkStack        *stack;
  AdwStatusPage   *empty;
  GtkColumnView   *list;
  GListModel      *requests;
  GtkCustomFilter *view_filter;
  GtkCustomFilter *search_filter;
  GListModel      *in_view; /* (unowned) requests of the view */
  GListModel      *found;   /* (unowned) those the search leaves */
  VvRequestsView   view;
};

G_DEFINE_FINAL_TYPE (VvRequestsPage, vv_requests_page, ADW_TYPE_BIN)

enum
{
  OPEN,
  NEW_REQUEST,
  FETCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- Columns: each makes the text of its cell. Returns: (transfer full). ---------------------------------------- */

static char *
number_cell (JsonObject *facts)
{
  const char *number = vv_json_string (facts, "fis_number");

  return g_strdup (number != NULL ? number : _ ("No number yet"));
}

static char *
summary_cell (JsonObject *facts)
{
  return g_strdup (vv_json_string (facts, "summary"));
}

static char *
use_cell (JsonObject *facts)
{
  const VvUse *use = vv_use_find (vv_json_string (facts, "use"));

  return use != NULL ? g_strdup_printf ("(%s) %s", use->code, _ (use->title)) : NULL;
}

static char *
status_cell (JsonObject *facts)
{
  return g_strdup (vv_json_string (facts, "status_title"));
}

static char *
next_cell (JsonObject *facts)
{
  return g_strdup (vv_json_string (facts, "next"));
}

static char *
requester_cell (JsonObject *facts)
{
  return g_strdup (vv_json_string (facts, "requester"));
}

static char *
examiner_cell (JsonObject *facts)
{
  return g_strdup (vv_json_string (facts, "examiner_name"));
}

/* How long ago it came, and whether it goes before others (use (f)). */
static char *
age_cell (JsonObject *facts)
{
  int              days = (int) vv_json_int (facts, "age_days");
  g_autofree char *age = days == 0 ? g_strdup (_ ("today"))
                                   : g_strdup_printf (g_dngettext (NULL, "%d day", "%d days", (gulong) days), days);

  return vv_json_bool (facts, "urgent") ? g_strdup_printf (_ ("Goes first; %s"), age) : g_steal_pointer (&age);
}

typedef struct
{
  const char *title;
  char *(*text) (JsonObject *facts);
  int      width; /* pixels; 0: takes what is left */
  gboolean by_text;
} VvColumn;

static const VvColumn columns[] = {
  { N_ ("FIS number"), number_cell, 150, TRUE },
  { N_ ("Request"), summary_cell, 0, TRUE },
  { N_ ("Use"), use_cell, 190, TRUE },
  { N_ ("State"), status_cell, 170, TRUE },
  { N_ ("Next"), next_cell, 230, TRUE },
  { N_ ("Asked by"), requester_cell, 150, TRUE },
  { N_ ("Examiner"), examiner_cell, 130, TRUE },
  { N_ ("Age"), age_cell, 160, FALSE },
};

static void
on_cell_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const VvColumn *column)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (column->text == number_cell || column->text == age_cell)
    gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (item, label);
}

static void
on_cell_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const VvColumn *column)
{
  JsonObject      *facts = vv_facts_get (gtk_list_item_get_item (item));
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *text = column->text (facts);
  g_autofree char *received =
    column->text == age_cell ? vv_time_for_people (vv_json_string (facts, "received")) : NULL;

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (label, received != NULL ? received : text);
  if ((column->text == next_cell && vv_json_bool (facts, "mine")) ||
      (column->text == age_cell && vv_json_bool (facts, "urgent")))
    gtk_widget_add_css_class (label, "mine");
  else
    gtk_widget_remove_css_class (label, "mine");
}

static int
compare_cells (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const VvColumn  *column = user_data;
  JsonObject      *left = vv_facts_get ((VvFacts *) a);
  JsonObject      *right = vv_facts_get ((VvFacts *) b);
  g_autofree char *left_text = NULL, *right_text = NULL;

  if (column->text == age_cell && vv_json_bool (left, "urgent") != vv_json_bool (right, "urgent"))
    return vv_json_bool (left, "urgent") ? GTK_ORDERING_SMALLER : GTK_ORDERING_LARGER;
  if (!column->by_text)
    return gtk_ordering_from_cmpfunc (
      g_strcmp0 (vv_json_string (left, "received"), vv_json_string (right, "received")));
  left_text = column->text (left);
  right_text = column->text (right);
  return gtk_ordering_from_cmpfunc (
    g_utf8_collate (left_text != NULL ? left_text : "", right_text != NULL ? right_text : ""));
}

static void
add_column (VvRequestsPage *self, const VvColumn *column)
{
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view = gtk_column_view_column_new (_ (column->title), factory);
  g_autoptr (GtkSorter)           sorter = GTK_SORTER (gtk_custom_sorter_new (compare_cells, (gpointer) column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_cell_setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_cell_bind_cb), (gpointer) column);
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_resizable (view, TRUE);
  if (column->width > 0)
    gtk_column_view_column_set_fixed_width (view, column->width);
  else
    gtk_column_view_column_set_expand (view, TRUE);
  gtk_column_view_append_column (self->list, view);
}

/* --- Filters ---------------------------------------------------------------------------------------------------- */

/* Whether the next act is a supervisor's, for people who are both. */
static gboolean
waits_for_decision (JsonObject *facts)
{
  static const char *const statuses[] = { "received", "numbered", "peer-reviewed", "none-found",
                                          "approved", "none-confirmed", "not-agreed", NULL };
  const char              *status = vv_json_string (facts, "status");

  return status != NULL && g_strv_contains (statuses, status);
}

static gboolean
is_in_view (gpointer item, gpointer user_data)
{
  VvRequestsPage *self = user_data;
  JsonObject     *facts = vv_facts_get (item);

  if (self->view == VV_REQUESTS_ALL)
    return TRUE;
  if (!vv_json_bool (facts, "mine"))
    return FALSE;
  return waits_for_decision (facts) == (self->view == VV_REQUESTS_DECIDE);
}

#define FIRST_NAME 2

/* Whether it is the work of whom the list is asked for. */
static gboolean
is_of_examiner (VvRequestsPage *self, JsonObject *facts)
{
  guint       chosen = gtk_drop_down_get_selected (self->examiner);
  const char *name = vv_json_string (facts, "examiner_name");

  if (chosen == 0 || chosen == GTK_INVALID_LIST_POSITION)
    return TRUE;
  if (chosen < FIRST_NAME)
    return name == NULL && !vv_json_bool (facts, "ended");
  return g_strcmp0 (name, gtk_string_list_get_string (self->examiners, chosen)) == 0 && !vv_json_bool (facts, "ended");
}

static gboolean
is_found (gpointer item, gpointer user_data)
{
  VvRequestsPage  *self = user_data;
  g_autofree char *wanted = g_utf8_casefold (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);

  if (!is_of_examiner (self, vv_facts_get (item)))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *text = columns[i].text (vv_facts_get (item));
      g_autofree char *folded = text != NULL ? g_utf8_casefold (text, -1) : NULL;

      if (folded != NULL && strstr (folded, wanted) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
describe_empty (VvRequestsPage *self)
{
  static const struct
  {
    const char *title;
    const char *text;
  } texts[] = {
    { N_ ("No requests yet"),
      N_ ("Requests appear here when ECMS delivers a FIS Request DD5. Those that come another way are entered with “New request”.") },
    { N_ ("Nothing waits for you"),
      N_ ("Requests that a supervisor assigns to you, and candidates that wait for your peer review, appear here.") },
    { N_ ("Nothing to decide"),
      N_ ("New requests without a number, reviewed candidates and statements that there is none appear here.") },
  };
  gboolean searched = g_list_model_get_n_items (self->in_view) > 0;

  adw_status_page_set_icon_name (self->empty, searched ? "edit-find-symbolic" : "view-list-symbolic");
  adw_status_page_set_title (self->empty, searched ? _ ("No such request") : _ (texts[self->view].title));
  adw_status_page_set_description (self->empty,
                                   searched ? _ ("The search looks at numbers, summaries, names and states; the list beside it at whose work it is.")
                                            : _ (texts[self->view].text));
}

/* Everybody who is the examiner of a request; a name once there stays, so that the choice does. */
static void
collect_examiners (VvRequestsPage *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (self->requests); i++)
    {
      g_autoptr (VvFacts) item = g_list_model_get_item (self->requests, i);
      const char         *name = vv_json_string (vv_facts_get (item), "examiner_name");
      guint               n = g_list_model_get_n_items (G_LIST_MODEL (self->examiners));
      guint               at = FIRST_NAME;

      while (at < n && g_strcmp0 (gtk_string_list_get_string (self->examiners, at), name) != 0)
        at++;
      if (at == n && name != NULL)
        gtk_string_list_append (self->examiners, name);
    }
}

static void
on_examiner_cb (VvRequestsPage *self)
{
  if (self->search_filter != NULL)
    gtk_filter_changed (GTK_FILTER (self->search_filter), GTK_FILTER_CHANGE_DIFFERENT);
}

static void
on_items_changed_cb (VvRequestsPage *self)
{
  guint            n = g_list_model_get_n_items (self->found);
  g_autofree char *text = g_strdup_printf (g_dngettext (NULL, "%u request", "%u requests", n), n);

  gtk_label_set_text (self->subtitle, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
  if (n == 0)
    describe_empty (self);
}

static void
on_search_changed_cb (VvRequestsPage *self)
{
  gtk_filter_changed (GTK_FILTER (self->search_filter), GTK_FILTER_CHANGE_DIFFERENT);
  on_items_changed_cb (self);
}

static void
on_stop_search_cb (VvRequestsPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

/* --- The page ------------------------------------------------------------------------------------------------------- */

static void
on_activated_cb (VvRequestsPage *self, guint position)
{
  g_autoptr (VvFacts) item =
    g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (self->list)), position);

  if (item != NULL)
    g_signal_emit (self, signals[OPEN], 0, vv_json_int (vv_facts_get (item), "id"));
}

static void
on_enter_cb (VvRequestsPage *self)
{
  g_signal_emit (self, signals[NEW_REQUEST], 0);
}

static void
on_fetched_cb (VvRequestsPage *self)
{
  g_signal_emit (self, signals[FETCHED], 0);
}

static void
set_model (VvRequestsPage *self)
{
  GtkFilterListModel *in_view, *found;
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;
  GtkSorter          *sorter = gtk_column_view_get_sorter (self->list);

  self->view_filter = gtk_custom_filter_new (is_in_view, self, NULL);
  self->search_filter = gtk_custom_filter_new (is_found, self, NULL);
  in_view = gtk_filter_list_model_new (g_object_ref (self->requests), GTK_FILTER (self->view_filter));
  found = gtk_filter_list_model_new (G_LIST_MODEL (in_view), GTK_FILTER (self->search_filter));
  self->in_view = G_LIST_MODEL (in_view);
  self->found = G_LIST_MODEL (found);
  g_signal_connect_object (self->requests, "items-changed", G_CALLBACK (collect_examiners), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (found, "items-changed", G_CALLBACK (on_items_changed_cb), self, G_CONNECT_SWAPPED);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (found), g_object_ref (sorter));
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (self->list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
}

static void
vv_requests_page_dispose (GObject *object)
{
  VvRequestsPage *self = VV_REQUESTS_PAGE (object);

  if (self->list != NULL)
    gtk_column_view_set_model (self->list, NULL);
  g_clear_object (&self->requests);
  G_OBJECT_CLASS (vv_requests_page_parent_class)->dispose (object);
}

static void
vv_requests_page_class_init (VvRequestsPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_requests_page_dispose;
  signals[OPEN] = g_signal_new ("open", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[NEW_REQUEST] = g_signal_new ("new-request", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FETCHED] = g_signal_new ("fetched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (VV_TYPE_FETCH_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-requests-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, title);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, examiner);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, examiners);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, search);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, enter);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, fetch);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, empty);
  gtk_widget_class_bind_template_child (widget_class, VvRequestsPage, list);
  gtk_widget_class_bind_template_callback (widget_class, on_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_examiner_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_fetched_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_stop_search_cb);
}

static void
vv_requests_page_init (VvRequestsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
vv_requests_page_new (GListModel *requests, VvRequestsView view, gboolean may_enter)
{
  VvRequestsPage *self = g_object_new (VV_TYPE_REQUESTS_PAGE, NULL);
  const char     *titles[] = { _ ("Requests"), _ ("My work"), _ ("To decide") };

  self->requests = g_object_ref (requests);
  self->view = view;
  gtk_label_set_text (self->title, titles[view]);
  vv_parts_name (GTK_WIDGET (self->list), titles[view]);
  gtk_widget_set_visible (self->enter, may_enter);
  gtk_widget_set_visible (GTK_WIDGET (self->examiner), view == VV_REQUESTS_ALL);
  collect_examiners (self);
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    add_column (self, &columns[i]);
  set_model (self);
  on_items_changed_cb (self);
  return GTK_WIDGET (self);
}

guint
vv_requests_page_count (VvRequestsPage *self)
{
  return g_list_model_get_n_items (self->in_view);
}

void
vv_requests_page_search (VvRequestsPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
vv_requests_page_fetch_from (VvRequestsPage *self, VvDesk *desk)
{
  gtk_widget_set_visible (GTK_WIDGET (self->fetch), TRUE);
  vv_fetch_bar_begin (self->fetch, desk);
}

void
vv_requests_page_look (VvRequestsPage *self)
{
  vv_fetch_bar_look (self->fetch);
}
