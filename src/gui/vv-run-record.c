// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-run-record.h"
#include "vv-time.h"

struct _VvRunRecord
{
  AdwBin        parent_instance;
  VvDesk       *desk;
  gint64        request;
  gint64        record;
  GtkWidget    *replay, *cancel;
  GtkWidget    *result; /* what came of making it again */
  GCancellable *running;
};

G_DEFINE_FINAL_TYPE (VvRunRecord, vv_run_record, ADW_TYPE_BIN)

/* --- Made again --------------------------------------------------------------------------------------------------- */

static const struct
{
  const char *what;
  const char *title;
} differences[] = {
  { "probe", N_ ("The probe's file") },
  { "recogniser", N_ ("The recogniser") },
  { "detector", N_ ("The detector") },
  { "template", N_ ("The template of the probe") },
  { "manifest", N_ ("The repository manifest") },
  { "gallery-size", N_ ("Photographs searched") },
  { "pool-photographs", N_ ("Photographs of the pool found again") },
  { "pool-ranks", N_ ("of them in the same place") },
  { "pool-scores", N_ ("of them with the same score") },
};

/* Numbers and hashes alike. Returns: (transfer full). */
static char *
value_text (JsonObject *difference, const char *member)
{
  const char *text = vv_json_string (difference, member);

  return text != NULL ? g_strdup (text) : g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (difference, member));
}

static void
add_difference (VvRunRecord *self, JsonObject *difference)
{
  const char      *what = vv_json_string (difference, "what");
  g_autofree char *then = value_text (difference, "then");
  g_autofree char *now = value_text (difference, "now");
  g_autofree char *text = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (differences); i++)
    if (g_strcmp0 (differences[i].what, what) == 0)
      what = _ (differences[i].title);
  text = g_strdup_printf (_ ("%s: then %s, today %s"), what, then, now);
  gtk_box_append (GTK_BOX (self->result), vv_parts_label (text, NULL));
}

static void
say (VvRunRecord *self, const char *text, const char *style)
{
  vv_parts_clear (self->result);
  gtk_box_append (GTK_BOX (self->result), vv_parts_label (text, style));
}

static void
replayed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvRunRecord) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char        *failure = vv_error_text (error);
  JsonArray              *all = vv_json_array (answer, "differences");

  g_clear_object (&self->running);
  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_sensitive (self->replay, TRUE);
  if (answer == NULL)
    say (self, failure != NULL ? failure : _ ("It was cancelled; nothing was written."), NULL);
  else if (vv_json_bool (answer, "same"))
    say (self, _ ("The same: template, pool, places and scores are what they were."), "heading");
  else
    say (self, _ ("Not the same. What differs:"), "heading");
  for (guint i = 0; i < vv_json_length (all); i++)
    add_difference (self, vv_json_element (all, i));
}

static void
on_replay_cb (VvRunRecord *self)
{
  g_autoptr (JsonObject) what = vv_json_new ("search", "i", self->record, NULL);

  if (self->running != NULL)
    return;
  self->running = g_cancellable_new ();
  gtk_widget_set_sensitive (self->replay, FALSE);
  gtk_widget_set_visible (self->cancel, TRUE);
  say (self, _ ("The search is made again from its record"), "dim-label");
  vv_desk_act_async (self->desk, vv_desk_replay, self->request, what, self->running, replayed_cb, g_object_ref (self));
}

static void
on_cancel_cb (VvRunRecord *self)
{
  if (self->running != NULL)
    g_cancellable_cancel (self->running);
}

/* --- The record ------------------------------------------------------------------------------------------------------ */

static const char *
name_of_probe (JsonObject *shown, const char *sha256)
{
  JsonArray *media = vv_json_array (shown, "media");

  for (guint i = 0; i < vv_json_length (media); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (media, i), "sha256"), sha256) == 0)
      return vv_json_string (vv_json_element (media, i), "name");
  return NULL;
}

static void
add_facts (GtkGrid *grid, JsonObject *shown, JsonObject *record)
{
  JsonObject      *body = vv_json_object (record, "body");
  g_autofree char *when = vv_time_for_people (vv_json_string (record, "made_at"));
  g_autofree char *size = g_strdup_printf (vv_json_bool (body, "outside") ? _ ("%d images outside the photo repository, approved for this case") : _ ("%d photographs, arrest and parole only"),
                                           (int) vv_json_int (body, "gallery_size"));
  g_autofree char *pool = g_strdup_printf (_ ("the %d most similar"), (int) vv_json_int (body, "pool_length"));

  vv_parts_fact (grid, _ ("Searched"), when);
  vv_parts_fact (grid, _ ("Operator"), vv_json_string (record, "author_name"));
  vv_parts_fact (grid, _ ("Probe"), name_of_probe (shown, vv_json_string (body, "probe_sha256")));
  vv_parts_fact (grid, _ ("SHA-256 of the probe"), vv_json_string (body, "probe_sha256"));
  vv_parts_fact (grid, _ ("SHA-256 of the adjusted picture"), vv_json_string (body, "derived_pixels_sha256"));
  vv_parts_fact (grid, _ ("Detector"), vv_json_string (body, "detector"));
  vv_parts_fact (grid, _ ("Recogniser"), vv_json_string (body, "recogniser"));
  vv_parts_fact (grid, _ ("SHA-256 of the template"), vv_json_string (body, "template_sha256"));
  vv_parts_fact (grid, _ ("Compared with"), size);
  vv_parts_fact (grid, _ ("Repository manifest"), vv_json_string (body, "manifest"));
  vv_parts_fact (grid, _ ("Filters"), _ ("none: every photograph was compared"));
  vv_parts_fact (grid, _ ("Pool"), pool);
  vv_parts_fact (grid, _ ("SHA-256 of this record"), vv_json_string (record, "hash"));
}

static GtkWidget *
add_button (VvRunRecord *self, GtkWidget *row, const char *label, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  vv_parts_name (button, label);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (row), button);
  return button;
}

static void
vv_run_record_dispose (GObject *object)
{
  on_cancel_cb (VV_RUN_RECORD (object));
  G_OBJECT_CLASS (vv_run_record_parent_class)->dispose (object);
}

static void
vv_run_record_finalize (GObject *object)
{
  VvRunRecord *self = VV_RUN_RECORD (object);

  g_clear_object (&self->desk);
  g_clear_object (&self->running);
  G_OBJECT_CLASS (vv_run_record_parent_class)->finalize (object);
}

static void
vv_run_record_class_init (VvRunRecordClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_run_record_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_run_record_finalize;
}

static void
vv_run_record_init (VvRunRecord *self)
{
}

static void
build (VvRunRecord *self, JsonObject *shown, JsonObject *record, const char *title)
{
  JsonObject *may = vv_json_object (shown, "may");
  GtkWidget  *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget  *grid = gtk_grid_new ();
  GtkWidget  *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->result = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  gtk_widget_add_css_class (card, "record");
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  add_facts (GTK_GRID (grid), shown, record);
  self->replay = add_button (self, row, _ ("Make the search again"), G_CALLBACK (on_replay_cb));
  self->cancel = add_button (self, row, _ ("Cancel"), G_CALLBACK (on_cancel_cb));
  gtk_widget_set_visible (self->cancel, FALSE);
  gtk_widget_set_sensitive (self->replay, vv_json_bool (may, "replay"));
  gtk_widget_set_tooltip_text (self->replay,
                               vv_json_bool (may, "replay") ? _ ("Compares what comes out today with the record; changes nothing")
                                                            : vv_json_string (may, "replay"));
  gtk_box_append (GTK_BOX (card), vv_parts_label (title, "heading"));
  gtk_box_append (GTK_BOX (card), grid);
  gtk_box_append (GTK_BOX (card), row);
  gtk_box_append (GTK_BOX (card), self->result);
  adw_bin_set_child (ADW_BIN (self), card);
}

GtkWidget *
vv_run_record_new (VvDesk *desk, JsonObject *shown, JsonObject *record, guint number, guint total)
{
  VvRunRecord     *self = g_object_new (VV_TYPE_RUN_RECORD, NULL);
  g_autofree char *title = total > 1 ? g_strdup_printf (_ ("Search %u of %u"), number, total) : g_strdup (_ ("The search"));

  self->desk = g_object_ref (desk);
  self->request = vv_json_int (shown, "id");
  self->record = vv_json_int (record, "id");
  build (self, shown, record, title);
  return GTK_WIDGET (self);
}
