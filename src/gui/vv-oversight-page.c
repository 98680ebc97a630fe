// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-act-words.h"
#include "vv-act.h"
#include "vv-dialogs.h"
#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-oversight-page.h"
#include "vv-parts.h"
#include "vv-roles.h"
#include "vv-table.h"
#include "vv-text-field.h"
#include "vv-time.h"
#include "vv-use.h"

/* What supervisors and auditors look at. Periods and persons choose what is shown; the log stays as it is. */

struct _VvOversightPage
{
  AdwBin         parent_instance;
  GtkLabel      *subtitle;
  GtkEditable   *from;
  GtkEditable   *to;
  GtkLabel      *message;
  GtkStack      *stack;
  GtkColumnView *people;
  GtkColumnView *purposes;
  GtkLabel      *late_text;
  GtkWidget     *late_box;
  GtkColumnView *late;
  GtkDropDown   *person;
  GtkLabel      *timeline_text;
  GtkColumnView *timeline;
  GtkLabel      *views_text;
  GtkColumnView *views;
  GtkLabel      *due;
  GtkLabel      *review_period;
  VvTextField   *notes;
  GtkWidget     *sign;
  GtkColumnView *reviews;
  GtkSpinButton *year;
  GtkColumnView *figures;
  VvDesk        *desk;
  JsonArray     *accounts; /* (nullable) of the choice of a person, in its order */
  char          *csv;      /* (nullable) of the year that was counted last */
  char          *wanted;   /* (nullable) account whose timeline is asked for */
  gboolean       filling;
  gboolean       may_sign;
};

G_DEFINE_FINAL_TYPE (VvOversightPage, vv_oversight_page, ADW_TYPE_BIN)

#define WEEK_US (G_GINT64_CONSTANT (7) * 24 * 3600 * G_USEC_PER_SEC)

/* --- Tables --------------------------------------------------------------------------------------------------------------- */

static char *
request_cell (JsonObject *row)
{
  const char *number = vv_json_string (row, "fis_number");
  gint64      request = vv_json_int (row, "request");

  if (number != NULL)
    return g_strdup (number);
  return request != 0 ? g_strdup_printf (_ ("Request %d"), (int) request) : NULL;
}

static char *
purpose_cell (JsonObject *row)
{
  const VvUse *use = vv_use_find (vv_json_string (row, "code"));

  return use != NULL ? g_strdup_printf ("(%s) %s", use->code, _ (use->title)) : g_strdup (_ ("Not said"));
}

static char *
hours_cell (JsonObject *row)
{
  int hours = (int) vv_json_int (row, "hours");

  return g_strdup_printf (vv_json_bool (row, "acknowledged") ? g_dngettext (NULL, "After %d hour", "After %d hours", (gulong) hours)
                                                             : g_dngettext (NULL, "Waiting for %d hour", "Waiting for %d hours",
                                                                            (gulong) hours),
                          hours);
}

static char *
act_cell (JsonObject *row)
{
  return vv_act_words (row);
}

static char *
outcome_cell (JsonObject *row)
{
  const char *outcome = vv_json_string (row, "outcome");

  if (g_strcmp0 (outcome, "done") == 0)
    return g_strdup (_ ("Done"));
  return g_strdup (g_strcmp0 (outcome, "refused") == 0 ? _ ("Refused by a rule") : _ ("Failed"));
}

static char *
period_cell (JsonObject *record)
{
  JsonObject      *body = vv_json_object (record, "body");
  g_autofree char *from = vv_time_for_people (vv_json_string (body, "from"));
  g_autofree char *to = vv_time_for_people (vv_json_string (body, "to"));

  return g_strdup_printf (_ ("%s to %s"), from, to);
}

static char *
section_cell (JsonObject *row)
{
  static const char *const names[][2] = {
    { "total", N_ ("Totals") },
    { "confirmed use", N_ ("Uses confirmed") },
    { "declined use", N_ ("Uses declined") },
    { "searches by use", N_ ("Searches by use") },
    { "report", N_ ("Reports issued") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i][0], vv_json_string (row, "section")) == 0)
      return g_strdup (_ (names[i][1]));
  return g_strdup (vv_json_string (row, "section"));
}

static char *
item_cell (JsonObject *row)
{
  static const char *const names[][2] = {
    { "requests", N_ ("Requests received") },
    { "searches", N_ ("Searches of the photo repository") },
    { "modified images", N_ ("Images modified before they were searched") },
    { "possible-match", N_ ("FIS Possible Match Report") },
    { "no-match", N_ ("FIS No Match Report") },
  };
  const VvUse *use = vv_use_find (vv_json_string (row, "item"));

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i][0], vv_json_string (row, "item")) == 0)
      return g_strdup (_ (names[i][1]));
  return use != NULL ? g_strdup_printf ("(%s) %s", use->code, _ (use->title)) : g_strdup (vv_json_string (row, "item"));
}

static char *
how_cell (JsonObject *row)
{
  return g_strdup (vv_json_bool (row, "small") ? _ ("Small, in the pool") : _ ("Opened beside the probe"));
}

static const VvTableColumn people_columns[] = {
  { N_ ("Person"), VV_TABLE_TEXT, "full_name", NULL, 0 },
  { N_ ("Searches"), VV_TABLE_NUMBER, "searches", NULL, 95 },
  { N_ ("Confirmed"), VV_TABLE_NUMBER, "confirmed", NULL, 105 },
  { N_ ("Declined"), VV_TABLE_NUMBER, "declined", NULL, 95 },
  { N_ ("Photographs"), VV_TABLE_NUMBER, "photographs", NULL, 120 },
  { N_ ("Times opened"), VV_TABLE_NUMBER, "openings", NULL, 125 },
  { N_ ("Shown early"), VV_TABLE_NUMBER, "shown_early", NULL, 115 },
  { N_ ("Refused acts"), VV_TABLE_NUMBER, "refused", NULL, 120 },
  { N_ ("Failed sign-ins"), VV_TABLE_NUMBER, "failed_sign_ins", NULL, 135 },
  { N_ ("At odd hours"), VV_TABLE_NUMBER, "odd_hours", NULL, 125 },
};

static const VvTableColumn purpose_columns[] = {
  { N_ ("Purpose"), VV_TABLE_TEXT, NULL, purpose_cell, 0 },
  { N_ ("Confirmed"), VV_TABLE_NUMBER, "confirmed", NULL, 130 },
  { N_ ("Declined"), VV_TABLE_NUMBER, "declined", NULL, 130 },
  { N_ ("Searches"), VV_TABLE_NUMBER, "searches", NULL, 130 },
};

static const VvTableColumn late_columns[] = {
  { N_ ("Document"), VV_TABLE_TEXT, "name", NULL, 0 },
  { N_ ("Request"), VV_TABLE_TEXT, NULL, request_cell, 170 },
  { N_ ("Queued"), VV_TABLE_TIME, "queued_at", NULL, 170 },
  { N_ ("Reached ECMS"), VV_TABLE_NUMBER, "hours", hours_cell, 190 },
};

static const VvTableColumn timeline_columns[] = {
  { N_ ("When"), VV_TABLE_TIME, "when", NULL, 160 },
  { N_ ("What"), VV_TABLE_TEXT, NULL, act_cell, 0 },
  { N_ ("Request"), VV_TABLE_TEXT, NULL, request_cell, 160 },
  { N_ ("By"), VV_TABLE_TEXT, "full_name", NULL, 190 },
  { N_ ("Outcome"), VV_TABLE_TEXT, NULL, outcome_cell, 150 },
};

static const VvTableColumn view_columns[] = {
  { N_ ("When"), VV_TABLE_TIME, "when", NULL, 160 },
  { N_ ("Person"), VV_TABLE_TEXT, "full_name", NULL, 0 },
  { N_ ("Request"), VV_TABLE_TEXT, NULL, request_cell, 190 },
  { N_ ("Candidate"), VV_TABLE_TEXT, "candidate", NULL, 120 },
  { N_ ("How"), VV_TABLE_TEXT, NULL, how_cell, 190 },
  { N_ ("Photograph number"), VV_TABLE_NUMBER, "photograph", NULL, 170 },
};

static const VvTableColumn review_columns[] = {
  { N_ ("Signed"), VV_TABLE_TIME, "made_at", NULL, 150 },
  { N_ ("By"), VV_TABLE_TEXT, "author", NULL, 110 },
  { N_ ("Period"), VV_TABLE_TEXT, NULL, period_cell, 200 },
  { N_ ("What it found"), VV_TABLE_TEXT, "body/notes", NULL, 0 },
};

static const VvTableColumn figure_columns[] = {
  { N_ ("Section"), VV_TABLE_TEXT, NULL, section_cell, 180 },
  { N_ ("Item"), VV_TABLE_TEXT, NULL, item_cell, 0 },
  { N_ ("Count"), VV_TABLE_NUMBER, "count", NULL, 110 },
};

/* --- The period ------------------------------------------------------------------------------------------------------------ */

static JsonObject *
period (VvOversightPage *self)
{
  return vv_json_new ("from", "s", gtk_editable_get_text (self->from), "to", "s", gtk_editable_get_text (self->to), NULL);
}

static void
set_last_week (VvOversightPage *self)
{
  g_autofree char *now = vv_time_now ();
  g_autofree char *week_ago = vv_time_format (g_get_real_time () - WEEK_US);

  now[strlen ("2026-11-23")] = '\0';
  week_ago[strlen ("2026-11-23")] = '\0';
  gtk_editable_set_text (self->from, week_ago);
  gtk_editable_set_text (self->to, now);
  gtk_spin_button_set_value (self->year, (double) g_ascii_strtoll (now, NULL, 10));
}

/* --- Summary ---------------------------------------------------------------------------------------------------------------- */

/* One row for each use: confirmed, declined and searches side by side. (transfer full) */
static JsonArray *
purpose_rows (JsonObject *summary)
{
  static const char *const members[][2] = { { "purposes", "confirmed" }, { "declined", "declined" }, { "searches", "searches" } };
  JsonArray               *rows = json_array_new ();

  for (gsize u = 0; u <= VV_USE_COUNT; u++)
    {
      const char *code = u < VV_USE_COUNT ? vv_use_all ()[u].code : "unknown";
      JsonObject *row = vv_json_new ("code", "s", code, NULL);
      gint64      sum = 0;

      for (gsize m = 0; m < G_N_ELEMENTS (members); m++)
        {
          gint64 count = vv_json_int (vv_json_object (summary, members[m][0]), code);

          json_object_set_int_member (row, members[m][1], count);
          sum += count;
        }
      if (u < VV_USE_COUNT || sum > 0)
        json_array_add_object_element (rows, row);
      else
        json_object_unref (row);
    }
  return rows;
}

static void
show_reviews (VvOversightPage *self, JsonObject *summary)
{
  JsonArray       *reviews = vv_json_array (summary, "reviews");
  gboolean         due = vv_json_bool (summary, "review_due");
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  if (vv_json_length (reviews) > 0)
    when = vv_time_for_people (vv_json_string (vv_json_element (reviews, 0), "made_at"));
  if (due)
    text = g_strdup (when == NULL ? _ ("A review is due: none was signed yet.") : _ ("A review is due: none was signed in the last seven days."));
  else
    text = g_strdup_printf (_ ("No review is due. The last one was signed %s."), when);
  gtk_label_set_text (self->due, text);
  vv_table_fill (self->reviews, reviews);
}

static void
summed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage      *self = VV_OVERSIGHT_PAGE (page);
  JsonArray            *late = vv_json_array (answer, "late");
  g_autoptr (JsonArray) purposes = NULL;
  g_autofree char      *from = NULL, *to = NULL, *text = NULL;

  if (error != NULL)
    return;
  from = vv_time_for_people (vv_json_string (answer, "from"));
  to = vv_time_for_people (vv_json_string (answer, "to"));
  text = g_strdup_printf (_ ("%s to %s"), from, to);
  purposes = purpose_rows (answer);
  gtk_label_set_text (self->subtitle, text);
  gtk_label_set_text (self->review_period, text);
  vv_table_fill (self->people, vv_json_array (answer, "people"));
  vv_table_fill (self->purposes, purposes);
  vv_table_fill (self->late, late);
  gtk_widget_set_visible (self->late_box, vv_json_length (late) > 0);
  gtk_label_set_text (self->late_text, vv_json_length (late) > 0 ? _ ("More than 24 hours from the queue to the acknowledgement.")
                                                                 : _ ("Every document of this period reached ECMS within 24 hours, or waits for less."));
  show_reviews (self, answer);
}

static void
run (VvOversightPage *self, VvDeskAct act, JsonObject *details, VvActDone done)
{
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, act, details, NULL, done);
}

/* --- What a person did --------------------------------------------------------------------------------------------------------- */

static void
timed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (page);
  guint            n = vv_json_length (vv_json_array (answer, "timeline"));
  g_autofree char *text = NULL;

  if (error != NULL)
    return;
  text = n > 0 ? g_strdup_printf (g_dngettext (NULL, "%u act in this period, also what was done to the account", "%u acts in this period, also what was done to the account", n),
                                  n)
               : g_strdup (_ ("Nothing in this period."));
  gtk_label_set_text (self->timeline_text, text);
  vv_table_fill (self->timeline, vv_json_array (answer, "timeline"));
}

static void
read_timeline (VvOversightPage *self)
{
  guint       chosen = gtk_drop_down_get_selected (self->person);
  JsonObject *details;

  if (self->accounts == NULL || chosen >= vv_json_length (self->accounts))
    return;
  details = period (self);
  json_object_set_string_member (details, "account", vv_json_string (vv_json_element (self->accounts, chosen), "account"));
  run (self, vv_desk_timeline_of_person, details, timed_cb);
}

static void
on_chosen_cb (VvOversightPage *self)
{
  if (!self->filling)
    read_timeline (self);
}

static void
choose_wanted (VvOversightPage *self)
{
  for (guint i = 0; self->wanted != NULL && i < vv_json_length (self->accounts); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (self->accounts, i), "account"), self->wanted) == 0)
      gtk_drop_down_set_selected (self->person, i);
  g_clear_pointer (&self->wanted, g_free);
}

static void
accounts_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (page);
  GtkStringList   *names = gtk_string_list_new (NULL);
  guint            before = gtk_drop_down_get_selected (self->person);

  if (error == NULL)
    {
      g_clear_pointer (&self->accounts, json_array_unref);
      self->accounts = json_array_ref (vv_json_array (answer, "accounts"));
    }
  for (guint i = 0; i < vv_json_length (self->accounts); i++)
    gtk_string_list_append (names, vv_json_string (vv_json_element (self->accounts, i), "full_name"));
  self->filling = TRUE;
  gtk_drop_down_set_model (self->person, G_LIST_MODEL (names));
  if (before < vv_json_length (self->accounts))
    gtk_drop_down_set_selected (self->person, before);
  choose_wanted (self);
  self->filling = FALSE;
  g_object_unref (names);
  read_timeline (self);
}

/* From the table of people to what one of them did. */
static void
on_person_cb (VvOversightPage *self, guint position)
{
  g_free (self->wanted);
  self->wanted = g_strdup (vv_json_string (vv_table_row (self->people, position), "account"));
  gtk_stack_set_visible_child_name (self->stack, "timeline");
}

/* --- Who opened photographs ------------------------------------------------------------------------------------------------------ */

static void
viewed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (page);
  JsonArray       *views = vv_json_array (answer, "views");

  if (error != NULL)
    return;
  gtk_label_set_text (self->views_text,
                      vv_json_length (views) > 0 ? _ ("Each time a person looked at a candidate's photograph. No pictures and no names are shown here.")
                                                 : _ ("Nobody looked at a candidate's photograph in this period."));
  vv_table_fill (self->views, views);
}

/* --- The weekly review -------------------------------------------------------------------------------------------------------------- */

static void
on_notes_cb (VvOversightPage *self)
{
  g_autofree char *notes = vv_text_field_text (self->notes);

  gtk_widget_set_sensitive (self->sign, self->may_sign && vv_parts_has_text (notes));
}

static void
signed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (page);

  if (error == NULL)
    {
      vv_text_field_set_text (self->notes, NULL);
      vv_parts_toast (page, _ ("The review is signed."));
      run (self, vv_desk_oversight, period (self), summed_cb);
    }
  on_notes_cb (self);
}

static void
on_sign_cb (VvOversightPage *self)
{
  g_autofree char *notes = vv_text_field_text (self->notes);
  JsonObject      *details = period (self);

  json_object_set_string_member (details, "notes", notes);
  gtk_widget_set_sensitive (self->sign, FALSE);
  run (self, vv_desk_review_oversight, details, signed_cb);
}

/* --- Figures of a year --------------------------------------------------------------------------------------------------------------- */

static JsonObject *
chosen_year (VvOversightPage *self)
{
  return vv_json_new ("year", "i", (gint64) gtk_spin_button_get_value_as_int (self->year), NULL);
}

static void
counted_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (page);

  if (error != NULL)
    return;
  g_free (self->csv);
  self->csv = g_strdup (vv_json_string (answer, "csv"));
  vv_table_fill (self->figures, vv_json_array (answer, "figures"));
}

static void
on_count_cb (VvOversightPage *self)
{
  run (self, vv_desk_yearly_figures, chosen_year (self), counted_cb);
}

static void
pdf_saved_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  if (error == NULL)
    vv_parts_toast (page, _ ("The figures were saved."));
}

void
vv_oversight_page_save_pdf (VvOversightPage *self, const char *path)
{
  JsonObject *details;

  g_return_if_fail (VV_IS_OVERSIGHT_PAGE (self));
  details = chosen_year (self);
  json_object_set_string_member (details, "file", path);
  run (self, vv_desk_yearly_report, details, pdf_saved_cb);
}

static void
pdf_chosen (const char *path, gpointer user_data)
{
  vv_oversight_page_save_pdf (user_data, path);
}

static void
choose_file (VvOversightPage *self, const char *ending, VvDialogsChosen chosen)
{
  g_autofree char *name = g_strdup_printf ("FIS figures %d.%s", gtk_spin_button_get_value_as_int (self->year), ending);

  vv_dialogs_choose_copy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Figures of the year"), name, chosen, self);
}

static void
on_pdf_cb (VvOversightPage *self)
{
  choose_file (self, "pdf", pdf_chosen);
}

/* Counted once more for the file: what is saved is what is true then, and on record. */
static void
csv_counted_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvOversightPage   *self = VV_OVERSIGHT_PAGE (page);
  g_autofree char   *path = g_object_steal_data (G_OBJECT (self), "csv-file");
  g_autoptr (GError) failure = NULL;
  g_autofree char   *text = NULL;

  counted_cb (page, answer, error);
  if (error != NULL || path == NULL)
    return;
  if (g_file_set_contents_full (path, self->csv, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &failure))
    vv_parts_toast (page, _ ("The figures were saved."));
  text = vv_error_text (failure);
  vv_act_say (self->message, text);
}

void
vv_oversight_page_save_csv (VvOversightPage *self, const char *path)
{
  g_return_if_fail (VV_IS_OVERSIGHT_PAGE (self));
  g_object_set_data_full (G_OBJECT (self), "csv-file", g_strdup (path), g_free);
  run (self, vv_desk_yearly_figures, chosen_year (self), csv_counted_cb);
}

static void
csv_chosen (const char *path, gpointer user_data)
{
  vv_oversight_page_save_csv (user_data, path);
}

static void
on_csv_cb (VvOversightPage *self)
{
  choose_file (self, "csv", csv_chosen);
}

/* --- The page -------------------------------------------------------------------------------------------------------------------------- */

/* Each sheet is read when it is looked at: looking is on record. */
static void
read_sheet (VvOversightPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (name, "summary") == 0 || g_strcmp0 (name, "review") == 0)
    run (self, vv_desk_oversight, period (self), summed_cb);
  else if (g_strcmp0 (name, "timeline") == 0)
    run (self, vv_desk_list_accounts, NULL, accounts_cb);
  else if (g_strcmp0 (name, "views") == 0)
    run (self, vv_desk_view_log, period (self), viewed_cb);
  else if (g_strcmp0 (name, "year") == 0)
    on_count_cb (self);
}

static void
on_show_cb (VvOversightPage *self)
{
  read_sheet (self);
}

static void
on_tab_cb (VvOversightPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_sheet (self);
}

static void
vv_oversight_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vv_oversight_page_parent_class)->map (widget);
  read_sheet (VV_OVERSIGHT_PAGE (widget));
}

static void
vv_oversight_page_dispose (GObject *object)
{
  VvOversightPage *self = VV_OVERSIGHT_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->accounts, json_array_unref);
  g_clear_pointer (&self->csv, g_free);
  g_clear_pointer (&self->wanted, g_free);
  G_OBJECT_CLASS (vv_oversight_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, from);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, to);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, stack);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, people);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, purposes);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, late_text);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, late_box);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, late);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, person);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, timeline_text);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, views_text);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, views);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, due);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, review_period);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, notes);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, sign);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, reviews);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, year);
  gtk_widget_class_bind_template_child (widget_class, VvOversightPage, figures);
}

static void
vv_oversight_page_class_init (VvOversightPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_oversight_page_dispose;
  widget_class->map = vv_oversight_page_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-oversight-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_count_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_csv_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_notes_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pdf_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_person_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_tab_cb);
}

static void
vv_oversight_page_init (VvOversightPage *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  vv_table_begin (self->people, _ ("Per person"), people_columns, G_N_ELEMENTS (people_columns));
  vv_table_begin (self->purposes, _ ("Purposes"), purpose_columns, G_N_ELEMENTS (purpose_columns));
  vv_table_begin (self->late, _ ("Documents that reached ECMS late"), late_columns, G_N_ELEMENTS (late_columns));
  vv_table_begin (self->timeline, _ ("What a person did"), timeline_columns, G_N_ELEMENTS (timeline_columns));
  vv_table_begin (self->views, _ ("Who opened photographs"), view_columns, G_N_ELEMENTS (view_columns));
  vv_table_begin (self->reviews, _ ("Reviews that were signed"), review_columns, G_N_ELEMENTS (review_columns));
  vv_table_begin (self->figures, _ ("Figures of a year"), figure_columns, G_N_ELEMENTS (figure_columns));
  set_last_week (self);
}

GtkWidget *
vv_oversight_page_new (VvDesk *desk)
{
  VvOversightPage *self = g_object_new (VV_TYPE_OVERSIGHT_PAGE, NULL);

  self->desk = g_object_ref (desk);
  self->may_sign = (vv_desk_roles (desk) & VV_ROLE_SUPERVISOR) != 0;
  gtk_widget_set_visible (GTK_WIDGET (self->notes), self->may_sign);
  gtk_widget_set_visible (self->sign, self->may_sign);
  on_notes_cb (self);
  return GTK_WIDGET (self);
}
