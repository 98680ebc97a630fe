// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-act.h"
#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-photograph-browser.h"
#include "vv-progress.h"
#include "vv-repository-page.h"
#include "vv-roles.h"
#include "vv-table.h"
#include "vv-time.h"

/* The photo repository in figures; importing, sealing and looking through it for administrators. Others are shown no photograph
 * here: they see those of the pools of their requests. */

#define TICK_MS 250

struct _VvRepositoryPage
{
  AdwBin          parent_instance;
  GtkLabel       *subtitle;
  GtkWidget      *seal;
  GtkWidget      *import_list;
  GtkLabel       *age;
  GtkLabel       *message;
  GtkWidget      *progress_box;
  GtkProgressBar *progress;
  GtkLabel       *progress_text;
  GtkWidget      *cancel;
  GtkLabel       *outcome;
  GtkWidget      *facts;
  GtkStack       *stack;
  GtkStack       *views;
  GtkWidget      *switcher;
  AdwStatusPage  *empty;
  GtkColumnView  *imports;
  GtkLabel       *exceptions_title;
  GtkColumnView  *exceptions;
  GtkColumnView  *seals;
  VvDesk         *desk;
  VvProgress     *importing; /* (nullable) while an import is under way */
  gint64          began;     /* of it, monotonic */
  guint           timer;
  gboolean        administers;
};

G_DEFINE_FINAL_TYPE (VvRepositoryPage, vv_repository_page, ADW_TYPE_BIN)

/* --- Tables: import and seal records keep what is shown in "body" ----------------------------------------------------------- */

static const VvTableColumn import_columns[] = {
  { N_ ("When"), VV_TABLE_TIME, "made_at", NULL, 160 },
  { N_ ("List"), VV_TABLE_TEXT, "body/manifest_name", NULL, 0 },
  { N_ ("By"), VV_TABLE_TEXT, "author", NULL, 140 },
  { N_ ("Added"), VV_TABLE_NUMBER, "body/added", NULL, 100 },
  { N_ ("There already"), VV_TABLE_NUMBER, "body/present", NULL, 130 },
  { N_ ("Not taken in"), VV_TABLE_NUMBER, "body/refused", NULL, 120 },
};

static const VvTableColumn exception_columns[] = {
  { N_ ("File"), VV_TABLE_TEXT, "file", NULL, 320 },
  { N_ ("Reason"), VV_TABLE_TEXT, "reason", NULL, 0 },
};

static const VvTableColumn seal_columns[] = {
  { N_ ("When"), VV_TABLE_TIME, "made_at", NULL, 160 },
  { N_ ("List"), VV_TABLE_TEXT, "body/manifest_name", NULL, 0 },
  { N_ ("By"), VV_TABLE_TEXT, "author", NULL, 140 },
  { N_ ("Removed"), VV_TABLE_NUMBER, "body/removed", NULL, 100 },
  { N_ ("Not here"), VV_TABLE_NUMBER, "body/absent", NULL, 100 },
};

/* The newest first. (transfer full) */
static JsonArray *
reversed (JsonArray *records)
{
  JsonArray *turned = json_array_new ();

  for (guint i = vv_json_length (records); i > 0; i--)
    json_array_add_object_element (turned, json_object_ref (vv_json_element (records, i - 1)));
  return turned;
}

static void
show_exceptions (VvRepositoryPage *self, JsonObject *record)
{
  JsonObject      *body = vv_json_object (record, "body");
  JsonArray       *exceptions = vv_json_array (body, "exceptions");
  guint            n = vv_json_length (exceptions);
  g_autofree char *text = NULL;

  if (record == NULL)
    text = g_strdup (_ ("Choose an import to see what was not taken in, and why."));
  else if (n == 0)
    text = g_strdup_printf (_ ("Everything that %s names was taken in."), vv_json_string (body, "manifest_name"));
  else
    text = g_strdup_printf (g_dngettext (NULL, "%u row of %s was not taken in.", "%u rows of %s were not taken in.", n), n,
                            vv_json_string (body, "manifest_name"));
  gtk_label_set_text (self->exceptions_title, text);
  vv_table_fill (self->exceptions, exceptions);
}

static void
on_import_chosen_cb (VvRepositoryPage *self)
{
  show_exceptions (self, vv_table_chosen (self->imports));
}

/* --- Figures ------------------------------------------------------------------------------------------------------------------ */

static char *
age_sentence (JsonObject *facts)
{
  JsonArray       *imports = vv_json_array (facts, "imports");
  guint            n = vv_json_length (imports);
  int              days = (int) vv_json_int (facts, "cache_days");
  g_autofree char *when = NULL;

  if (vv_json_string (facts, "stale") != NULL)
    return g_strdup_printf (_ ("Not searched now. %s"), vv_json_string (facts, "stale"));
  if (n == 0)
    return NULL;
  when = vv_time_for_people (vv_json_string (vv_json_element (imports, n - 1), "made_at"));
  return g_strdup_printf (g_dngettext (NULL,
                                       "Newest import: %s. When none comes for %d day, the photo repository is not searched until the next, because records sealed since may still be here.",
                                       "Newest import: %s. When none comes for %d days, the photo repository is not searched until the next, because records sealed since may still be here.", (gulong) days),
                          when, days);
}

static void
show_figures (VvRepositoryPage *self, JsonObject *facts)
{
  JsonObject       *templates = vv_json_object (facts, "templates");
  g_autoptr (GList) names = templates != NULL ? json_object_get_members (templates) : NULL;
  g_autofree char  *photographs = g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (facts, "photographs"));
  g_autofree char  *persons = g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (facts, "persons"));
  g_autofree char  *age = age_sentence (facts);

  vv_parts_clear (self->facts);
  vv_parts_fact (GTK_GRID (self->facts), _ ("Photographs"), photographs);
  vv_parts_fact (GTK_GRID (self->facts), _ ("Persons"), persons);
  for (GList *name = names; name != NULL; name = name->next)
    {
      /* A recogniser is named by the hash of its model. */
      g_autofree char *title = g_strdup_printf (_ ("Templates of recogniser %.16s"), (const char *) name->data);
      g_autofree char *count = g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (templates, name->data));

      vv_parts_fact (GTK_GRID (self->facts), title, count);
    }
  gtk_label_set_text (self->age, age != NULL ? age : "");
  gtk_widget_set_visible (GTK_WIDGET (self->age), age != NULL);
  if (vv_json_string (facts, "stale") != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->age), "stale");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->age), "stale");
}

static void
shown_cb (GtkWidget *page, JsonObject *facts, const GError *error)
{
  VvRepositoryPage     *self = VV_REPOSITORY_PAGE (page);
  g_autoptr (JsonArray) imports = NULL;
  g_autoptr (JsonArray) seals = NULL;
  gint64                n = vv_json_int (facts, "photographs");
  g_autofree char      *text = NULL;

  if (error != NULL)
    return;
  imports = reversed (vv_json_array (facts, "imports"));
  seals = reversed (vv_json_array (facts, "seals"));
  text = g_strdup_printf (g_dngettext (NULL, "%d photograph", "%d photographs", (gulong) n), (int) n);
  gtk_label_set_text (self->subtitle, text);
  show_figures (self, facts);
  vv_table_fill (self->imports, imports);
  vv_table_fill (self->seals, seals);
  show_exceptions (self, vv_json_length (imports) > 0 ? vv_json_element (imports, 0) : NULL);
  gtk_stack_set_visible_child_name (self->stack, vv_json_length (imports) > 0 ? "tables" : "empty");
  gtk_widget_set_visible (self->facts, vv_json_length (imports) > 0);
  gtk_widget_set_sensitive (self->seal, self->importing == NULL && n > 0);
}

static void
reload (VvRepositoryPage *self)
{
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_repository_info, NULL, NULL, shown_cb);
}

/* --- Importing ----------------------------------------------------------------------------------------------------------------- */

/* "120 of 4000 rows, 24 a second, about 3 minutes left". (transfer full) */
static char *
progress_sentence (guint64 done, guint64 total, double seconds)
{
  double           rate = seconds > 0 ? (double) done / seconds : 0;
  double           left = rate > 0 ? (double) (total - done) / rate : 0;
  g_autofree char *begin = g_strdup_printf (_ ("%u of %u rows"), (guint) done, (guint) total);

  if (rate <= 0)
    return g_steal_pointer (&begin);
  if (left < 60)
    return g_strdup_printf (_ ("%s, %.1f a second, less than a minute left"), begin, rate);
  return g_strdup_printf (g_dngettext (NULL, "%s, %.1f a second, about %d minute left", "%s, %.1f a second, about %d minutes left",
                                       (gulong) (left / 60 + 0.5)),
                          begin, rate, (int) (left / 60 + 0.5));
}

static gboolean
on_tick_cb (gpointer user_data)
{
  VvRepositoryPage *self = user_data;
  guint64           done, total;
  g_autofree char  *text = NULL;

  vv_progress_get (self->importing, &done, &total);
  if (total == 0)
    {
      gtk_progress_bar_pulse (self->progress);
      gtk_label_set_text (self->progress_text, _ ("Reading the list"));
      return G_SOURCE_CONTINUE;
    }
  text = progress_sentence (done, total, (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC);
  gtk_progress_bar_set_fraction (self->progress, (double) done / (double) total);
  gtk_label_set_text (self->progress_text, text);
  return G_SOURCE_CONTINUE;
}

static void
set_importing (VvRepositoryPage *self, gboolean importing)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->importing);
  if (importing)
    {
      self->importing = vv_progress_new ();
      self->began = g_get_monotonic_time ();
      self->timer = g_timeout_add (TICK_MS, on_tick_cb, self);
      gtk_progress_bar_set_fraction (self->progress, 0);
      gtk_label_set_text (self->progress_text, _ ("Reading the list"));
    }
  gtk_widget_set_visible (self->progress_box, importing);
  gtk_widget_set_sensitive (self->cancel, importing);
  gtk_widget_set_sensitive (self->import_list, !importing);
  gtk_widget_set_sensitive (self->seal, !importing);
}

static void
tell (VvRepositoryPage *self, const char *text)
{
  gtk_label_set_text (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), text != NULL);
}

static void
imported_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvRepositoryPage *self = VV_REPOSITORY_PAGE (page);
  g_autofree char  *text = NULL;

  set_importing (self, FALSE);
  if (answer != NULL)
    text = g_strdup_printf (_ ("%d photographs were added, %d were there already, %d rows were not taken in."),
                            (int) vv_json_int (answer, "added"), (int) vv_json_int (answer, "present"),
                            (int) vv_json_int (answer, "refused"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    text = g_strdup (_ ("The import was cancelled; nothing of it was kept."));
  tell (self, text);
  if (answer != NULL)
    reload (self);
}

void
vv_repository_page_import (VvRepositoryPage *self, const char *path)
{
  g_return_if_fail (VV_IS_REPOSITORY_PAGE (self));
  if (self->importing != NULL)
    return;
  tell (self, NULL);
  set_importing (self, TRUE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_import_repository, vv_json_new ("manifest", "s", path, NULL),
              G_CANCELLABLE (self->importing), imported_cb);
}

static void
import_chosen (const char *path, gpointer user_data)
{
  vv_repository_page_import (user_data, path);
}

static void
on_import_cb (VvRepositoryPage *self)
{
  vv_dialogs_choose_table (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("List of photographs to import"), import_chosen, self);
}

static void
on_cancel_cb (VvRepositoryPage *self)
{
  if (self->importing == NULL)
    return;
  g_cancellable_cancel (G_CANCELLABLE (self->importing));
  gtk_widget_set_sensitive (self->cancel, FALSE);
}

/* --- Sealing --------------------------------------------------------------------------------------------------------------------- */

static void
sealed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvRepositoryPage *self = VV_REPOSITORY_PAGE (page);
  g_autofree char  *text = NULL;

  set_importing (self, FALSE);
  if (error != NULL)
    return;
  text = g_strdup_printf (_ ("%d photographs were removed with their templates; %d rows name none that is here."),
                          (int) vv_json_int (answer, "removed"), (int) vv_json_int (answer, "absent"));
  tell (self, text);
  reload (self);
}

void
vv_repository_page_seal (VvRepositoryPage *self, const char *path)
{
  g_return_if_fail (VV_IS_REPOSITORY_PAGE (self));
  tell (self, NULL);
  gtk_widget_set_sensitive (self->seal, FALSE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_seal_repository, vv_json_new ("manifest", "s", path, NULL), NULL,
              sealed_cb);
}

static void
seal_chosen (const char *path, gpointer user_data)
{
  vv_repository_page_seal (user_data, path);
}

static void
choose_seal (gpointer user_data)
{
  vv_dialogs_choose_table (GTK_WINDOW (gtk_widget_get_root (user_data)), _ ("List of sealed and expunged records"), seal_chosen, user_data);
}

static void
on_seal_cb (VvRepositoryPage *self)
{
  vv_dialogs_ask (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Remove sealed and expunged records?"),
                  _ ("The list is a CSV with the column sha256 or reference. The photographs it names leave the photo repository with their templates and cannot be brought back from here."),
                  _ ("_Choose the List…"), choose_seal, self);
}

/* --- The page --------------------------------------------------------------------------------------------------------------------- */

static void
vv_repository_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vv_repository_page_parent_class)->map (widget);
  reload (VV_REPOSITORY_PAGE (widget));
}

static void
vv_repository_page_dispose (GObject *object)
{
  VvRepositoryPage *self = VV_REPOSITORY_PAGE (object);

  if (self->importing != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->importing));
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->importing);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_repository_page_parent_class)->dispose (object);
}

static void
vv_repository_page_class_init (VvRepositoryPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_repository_page_dispose;
  widget_class->map = vv_repository_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-repository-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, seal);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, import_list);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, age);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, progress_box);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, progress);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, progress_text);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, cancel);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, outcome);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, facts);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, views);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, switcher);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, empty);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, imports);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, exceptions_title);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, exceptions);
  gtk_widget_class_bind_template_child (widget_class, VvRepositoryPage, seals);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_import_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_seal_cb);
}

static void
vv_repository_page_init (VvRepositoryPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  vv_table_begin (self->imports, _ ("Imports"), import_columns, G_N_ELEMENTS (import_columns));
  vv_table_begin (self->exceptions, _ ("Not taken in"), exception_columns, G_N_ELEMENTS (exception_columns));
  vv_table_begin (self->seals, _ ("Sealed and expunged"), seal_columns, G_N_ELEMENTS (seal_columns));
  g_signal_connect_object (gtk_column_view_get_model (self->imports), "notify::selected", G_CALLBACK (on_import_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
vv_repository_page_new (VvDesk *desk)
{
  VvRepositoryPage *self = g_object_new (VV_TYPE_REPOSITORY_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->administers = (vv_desk_roles (desk) & VV_ROLE_ADMINISTRATOR) != 0;
  gtk_widget_set_visible (self->import_list, self->administers);
  gtk_widget_set_visible (self->seal, self->administers);
  gtk_widget_set_visible (self->switcher, self->administers);
  if (self->administers)
    gtk_stack_add_titled (self->views, vv_photograph_browser_new (desk), "photographs", _ ("Photographs"));
  adw_status_page_set_description (self->empty,
                                   self->administers ? _ ("Begin with “Import photographs”: it asks for a CSV with the columns file, person, class, origin and reference (also taken and sha256) that lies beside the files. Only arrest and parole photographs of the approved origins are taken in; what cannot be is listed with its reason.")
                                                     : _ ("An administrator imports arrest and parole photographs. Until then there is nothing to search."));
  return GTK_WIDGET (self);
}
