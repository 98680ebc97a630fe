// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "vv-json.h"
#include "vv-outside-panel.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-run-record.h"
#include "vv-search-panel.h"
#include "vv-thumbnail.h"
#include "vv-time.h"

/* Ten times a second is all an eye can use. */
#define POLL_MS 100

struct _VvSearchPanel
{
  VvPanel         parent_instance;
  GtkWidget      *probe_place;
  GtkWidget      *thumbnail;
  GtkLabel       *caution;
  GtkGrid        *facts;
  GtkWidget      *start;
  GtkWidget      *running;
  GtkProgressBar *progress_bar;
  GtkLabel       *progress_text;
  GtkWidget      *look;
  VvPanel        *outside;
  GtkBox         *runs;
  guint           n_runs; /* that are shown */
  VvProgress     *progress;
  guint           timer;
};

G_DEFINE_FINAL_TYPE (VvSearchPanel, vv_search_panel, VV_TYPE_PANEL)

static void
stop_polling (VvSearchPanel *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->progress);
  gtk_widget_set_visible (self->running, FALSE);
  gtk_widget_set_visible (self->start, TRUE);
}

static gboolean
on_poll_cb (gpointer user_data)
{
  VvSearchPanel   *self = user_data;
  guint64          done = 0, total = 0;
  g_autofree char *text = NULL;

  vv_progress_get (self->progress, &done, &total);
  if (total == 0)
    {
      gtk_progress_bar_pulse (self->progress_bar);
      return G_SOURCE_CONTINUE;
    }
  gtk_progress_bar_set_fraction (self->progress_bar, (double) done / (double) total);
  text = g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " photographs compared"), done, total);
  gtk_label_set_text (self->progress_text, text);
  return G_SOURCE_CONTINUE;
}

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvSearchPanel) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  stop_polling (self);
  if (answer != NULL)
    g_signal_emit_by_name (self, "changed");
  else
    vv_parts_toast_error (GTK_WIDGET (self), error);
}

static void
on_search_cb (VvSearchPanel *self)
{
  if (self->progress != NULL)
    return;
  self->progress = vv_progress_new ();
  self->timer = g_timeout_add (POLL_MS, on_poll_cb, self);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  gtk_label_set_text (self->progress_text, _ ("Preparing the probe"));
  gtk_widget_set_visible (self->running, TRUE);
  gtk_widget_set_visible (self->start, FALSE);
  vv_desk_act_async (vv_panel_desk (VV_PANEL (self)), vv_desk_search, vv_panel_request (VV_PANEL (self)), NULL,
                     G_CANCELLABLE (self->progress), searched_cb, g_object_ref (self));
}

static void
on_cancel_cb (VvSearchPanel *self)
{
  if (self->progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->progress));
}

static void
on_look_cb (VvSearchPanel *self)
{
  vv_panel_go (VV_PANEL (self), "step", "7");
}

static void
on_outside_changed_cb (VvSearchPanel *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
on_outside_failed_cb (VvSearchPanel *self, const char *text)
{
  vv_panel_say (VV_PANEL (self), text);
}

static void
show_facts (VvSearchPanel *self, JsonObject *search)
{
  g_autofree char *when = search != NULL ? vv_time_for_people (vv_json_string (search, "when")) : NULL;
  g_autofree char *gallery = NULL, *pool = NULL;

  vv_parts_clear (GTK_WIDGET (self->facts));
  if (search == NULL)
    return;
  if (vv_json_bool (search, "outside"))
    gallery = g_strdup_printf (g_dngettext (NULL, "%d image outside the photo repository",
                                            "%d images outside the photo repository",
                                            (gulong) vv_json_int (search, "gallery_size")),
                               (int) vv_json_int (search, "gallery_size"));
  else
    gallery = g_strdup_printf (g_dngettext (NULL, "%d photograph, arrest and parole only",
                                            "%d photographs, arrest and parole only",
                                            (gulong) vv_json_int (search, "gallery_size")),
                               (int) vv_json_int (search, "gallery_size"));
  pool = g_strdup_printf (
    g_dngettext (NULL, "%d candidate", "%d candidates", (gulong) vv_json_int (search, "pool_length")),
    (int) vv_json_int (search, "pool_length"));
  vv_parts_fact (self->facts, _ ("Searched"), when);
  vv_parts_fact (self->facts, _ ("Compared with"), gallery);
  vv_parts_fact (self->facts, _ ("Pool"), pool);
  vv_parts_fact (self->facts, _ ("Recogniser"), vv_json_string (search, "recogniser"));
  vv_parts_fact (self->facts, vv_json_bool (search, "outside") ? _ ("Manifest of the images") : _ ("Repository manifest"),
                 vv_json_string (search, "manifest"));
}

/* Every run that was made, the newest first. What was made again stays on the screen until there is another run. */
static void
show_runs (VvSearchPanel *self)
{
  JsonObject *shown = vv_panel_case (VV_PANEL (self));
  JsonArray  *records = vv_json_array (shown, "records");
  guint       total = 0;

  for (guint i = 0; i < vv_json_length (records); i++)
    total += g_strcmp0 (vv_json_string (vv_json_element (records, i), "kind"), VV_KIND_SEARCH) == 0;
  if (total == self->n_runs)
    return;
  self->n_runs = total;
  vv_parts_clear (GTK_WIDGET (self->runs));
  for (guint i = 0, number = 0; i < vv_json_length (records); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (records, i), "kind"), VV_KIND_SEARCH) == 0)
      gtk_box_prepend (self->runs,
                       vv_run_record_new (vv_panel_desk (VV_PANEL (self)), shown, vv_json_element (records, i), ++number, total));
}

static void
vv_search_panel_refresh (VvPanel *panel)
{
  VvSearchPanel *self = VV_SEARCH_PANEL (panel);
  JsonObject    *probe = vv_json_object (vv_panel_case (panel), "probe");
  JsonObject    *search = vv_json_object (vv_panel_case (panel), "search");

  gtk_widget_set_visible (self->thumbnail, probe != NULL);
  if (probe != NULL)
    vv_thumbnail_show (VV_THUMBNAIL (self->thumbnail), vv_panel_desk (panel), vv_panel_request (panel),
                       vv_json_new ("media", "i", vv_json_int (probe, "media"), NULL));
  vv_parts_caution (self->caution, vv_panel_case (panel));
  show_facts (self, search);
  show_runs (self);
  gtk_button_set_label (GTK_BUTTON (self->start), search != NULL ? _ ("Search again") : _ ("Search"));
  vv_parts_name (self->start, search != NULL ? _ ("Search again") : _ ("Search"));
  gtk_widget_set_visible (self->look, search != NULL);
  vv_panel_set_primary (panel, search != NULL ? self->look : self->start);
  if (search == NULL)
    gtk_widget_add_css_class (self->start, "suggested-action");
  else
    gtk_widget_remove_css_class (self->start, "suggested-action");
  vv_panel_offer (panel, self->start, "search");
  vv_panel_set_case (self->outside, vv_panel_desk (panel), vv_panel_case (panel), vv_panel_step (panel));
}

static void
vv_search_panel_dispose (GObject *object)
{
  VvSearchPanel *self = VV_SEARCH_PANEL (object);

  if (self->progress != NULL)
    g_cancellable_cancel (G_CANCELLABLE (self->progress));
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->progress);
  G_OBJECT_CLASS (vv_search_panel_parent_class)->dispose (object);
}

static void
vv_search_panel_class_init (VvSearchPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  g_type_ensure (VV_TYPE_OUTSIDE_PANEL);
  G_OBJECT_CLASS (class)->dispose = vv_search_panel_dispose;
  VV_PANEL_CLASS (class)->refresh = vv_search_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-search-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, probe_place);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, caution);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, start);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, running);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, progress_text);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, look);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, outside);
  gtk_widget_class_bind_template_callback (widget_class, on_outside_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_outside_failed_cb);
  gtk_widget_class_bind_template_child (widget_class, VvSearchPanel, runs);
  gtk_widget_class_bind_template_callback (widget_class, on_search_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_look_cb);
}

static void
vv_search_panel_init (VvSearchPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->thumbnail = vv_thumbnail_new (240, _ ("Probe"));
  gtk_box_append (GTK_BOX (self->probe_place), self->thumbnail);
}
