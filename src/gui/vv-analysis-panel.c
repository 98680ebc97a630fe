// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-analysis-panel.h"
#include "vv-answer-row.h"
#include "vv-canvas.h"
#include "vv-components.h"
#include "vv-draft.h"
#include "vv-history.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-text-field.h"
#include "vv-time.h"

struct _VvAnalysisPanel
{
  VvPanel       parent_instance;
  GtkWidget    *empty;
  GtkWidget    *content;
  GtkWidget    *canvas_place;
  VvCanvas     *canvas;
  GtkLabel     *state;
  GtkLabel     *progress;
  GtkWidget    *scroll;
  GtkBox       *lines;
  VvTextField  *summary;
  GtkLabel     *missing;
  GtkWidget    *lock;
  GtkWidget    *again;
  GPtrArray    *rows;   /* (element-type VvAnswerRow) (unowned elements) in the order of the components */
  gint64        probe;  /* record whose picture is shown, 0 for none */
  gint64        filled; /* record of the analysis that is shown, 0 while one is written */
  gboolean      writing_again;
  VvDraft      *draft;
  VvHistory    *history; /* (nullable) while something is written */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (VvAnalysisPanel, vv_analysis_panel, VV_TYPE_PANEL)

/* The codes of vv_visibility_all(). */
static const VvAnswers visibilities = {
  "visibility",
  N_ ("What it shows"),
  { { "clear", N_ ("Clear"), 'c' }, { "partly", N_ ("Partly"), 'p' }, { "not", N_ ("Not visible"), 'n' }, { NULL, NULL, 0 } },
};

/* --- What is written ----------------------------------------------------------------------------------------- */

static JsonObject *
collect (gpointer owner)
{
  VvAnalysisPanel *self = owner;
  JsonObject      *components = json_object_new ();
  g_autofree char *summary = vv_text_field_text (self->summary);

  for (guint i = 0; i < self->rows->len; i++)
    {
      VvAnswerRow *row = g_ptr_array_index (self->rows, i);
      JsonObject  *body = vv_answer_row_body (row);

      if (body != NULL)
        json_object_set_object_member (components, vv_answer_row_name (row), body);
    }
  return vv_json_new ("probe", "i", self->probe, "components", "o", components, "summary", "s", summary, NULL);
}

static void
show_missing (VvAnalysisPanel *self)
{
  g_autoptr (JsonObject) body = collect (self);
  g_autoptr (GError)     error = NULL;
  gboolean               whole = vv_probe_analysis_check (body, &error);
  guint                  marked = 0;
  g_autofree char       *text = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    marked += vv_answer_row_answer (g_ptr_array_index (self->rows, i)) != NULL ? 1 : 0;
  text = g_strdup_printf (_ ("%u of %u marked"), marked, self->rows->len);
  gtk_label_set_text (self->progress, text);
  gtk_label_set_text (self->missing,
                      whole ? _ ("Nothing is missing. Once there is a pool the analysis is not changed any more.") : error->message);
  vv_panel_offer (VV_PANEL (self), self->lock, "analyse-probe");
  if (!whole)
    gtk_widget_set_sensitive (self->lock, FALSE);
}

static void
fill (VvAnalysisPanel *self, JsonObject *body)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      VvAnswerRow *row = g_ptr_array_index (self->rows, i);

      vv_answer_row_set_body (row, vv_json_object (vv_json_object (body, "components"), vv_answer_row_name (row)));
    }
  vv_text_field_set_text (self->summary, vv_json_string (body, "summary"));
  show_missing (self);
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvAnalysisPanel *self = owner;

  fill (self, body);
  g_clear_pointer (&self->history, vv_history_free);
  self->history = vv_history_new (collect (self));
}

static void
on_written_cb (VvAnalysisPanel *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  show_missing (self);
  if (self->history != NULL)
    vv_history_add (self->history, collect (self), GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) ? focus : NULL, g_get_monotonic_time ());
  vv_draft_touch (self->draft);
}

static gboolean
on_early_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvAnalysisPanel *self)
{
  JsonObject *body;

  if (!vv_history_take_key (self->history, key, state, &body))
    return GDK_EVENT_PROPAGATE;
  if (body != NULL)
    fill (self, body);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  vv_draft_touch (self->draft);
  return GDK_EVENT_STOP;
}

/* --- Keys: an answer moves on to the next line ------------------------------------------------------------------ */

static void
on_step_cb (VvAnalysisPanel *self, int by, VvAnswerRow *row)
{
  guint index;

  if (!g_ptr_array_find (self->rows, row, &index))
    return;
  if (by > 0 && index + 1 == self->rows->len)
    gtk_widget_grab_focus (GTK_WIDGET (self->summary));
  else if ((int) index + by >= 0)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, (guint) ((int) index + by)));
}

static void
on_answered_cb (VvAnalysisPanel *self, VvAnswerRow *row)
{
  on_step_cb (self, 1, row);
}

static void
add_rows (VvAnalysisPanel *self)
{
  for (const VvComponent *component = vv_component_all (); component->name != NULL; component++)
    {
      GtkWidget *row = vv_answer_row_new (component->name, _ (component->title), &visibilities);

      gtk_widget_set_tooltip_text (row, _ (component->asks));
      g_signal_connect_object (row, "changed", G_CALLBACK (on_written_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "step", G_CALLBACK (on_step_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "answered", G_CALLBACK (on_answered_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (self->lines, row);
      g_ptr_array_add (self->rows, row);
    }
}

/* --- The picture ------------------------------------------------------------------------------------------------- */

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAnalysisPanel) self = user_data;
  g_autoptr (GError)          error = NULL;
  g_autoptr (VvPicture)       picture = vv_desk_picture_finish (VV_DESK (source), result, &error);
  JsonObject                 *probe = vv_json_object (vv_panel_case (VV_PANEL (self)), "probe");
  VvFace                      face = { 0 };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (picture == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  if (vv_json_face_read (vv_json_object (probe, "face"), &face))
    vv_canvas_set_picture (self->canvas, picture, &face, 1, 0);
  else
    vv_canvas_set_picture (self->canvas, picture, NULL, 0, -1);
  vv_canvas_reset (self->canvas);
}

static void
show_picture (VvAnalysisPanel *self, JsonObject *probe)
{
  VvPanel               *panel = VV_PANEL (self);
  g_autoptr (JsonObject) what = vv_json_new ("media", "i", vv_json_int (probe, "media"), NULL);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  vv_canvas_set_picture (self->canvas, NULL, NULL, 0, -1);
  vv_desk_picture_async (vv_panel_desk (panel), vv_panel_request (panel), what, self->cancellable, fetched_cb, g_object_ref (self));
}

/* --- Acts ----------------------------------------------------------------------------------------------------------- */

static void
locked (VvPanel *panel, JsonObject *answer)
{
  VvAnalysisPanel *self = VV_ANALYSIS_PANEL (panel);

  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
  self->writing_again = FALSE;
}

static void
on_lock_cb (VvAnalysisPanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_analyse_probe, collect (self), NULL, locked);
}

/* --- The panel -------------------------------------------------------------------------------------------------------- */

static char *
state_text (VvAnalysisPanel *self, JsonObject *analysis, gboolean writes)
{
  VvPanel         *panel = VV_PANEL (self);
  g_autofree char *when = analysis != NULL ? vv_time_for_people (vv_json_string (analysis, "when")) : NULL;

  if (writes)
    return g_strdup (_ ("Look at the probe alone, before there is a pool: how well does it show each component of the face? "
                        "C clear, P partly, N not visible; Enter writes a note."));
  if (analysis != NULL)
    return g_strdup_printf (_ ("Locked by %s, %s."), vv_parts_person (vv_panel_case (panel), vv_json_string (analysis, "by")), when);
  if (g_strcmp0 (vv_json_string (vv_panel_step (panel), "state"), "done") == 0)
    return g_strdup (_ ("The examiner has analysed the probe. The analysis opens once your own review is locked."));
  return g_strdup (_ ("The assigned examiner marks here what the probe shows, before the search."));
}

static void
show_analysis (VvAnalysisPanel *self, JsonObject *analysis)
{
  VvPanel         *panel = VV_PANEL (self);
  gboolean         may = vv_panel_may (panel, "analyse-probe");
  gboolean         writes = may && (analysis == NULL || self->writing_again);
  gboolean         readable = writes || analysis != NULL;
  g_autofree char *text = state_text (self, analysis, writes);
  g_autofree char *key = g_strdup_printf (VV_KIND_PROBE_ANALYSIS "-%" G_GINT64_FORMAT, self->probe);

  gtk_label_set_text (self->state, text);
  gtk_widget_set_visible (self->scroll, readable);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), writes);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), writes);
  gtk_widget_set_visible (self->lock, writes);
  gtk_widget_set_visible (self->again, may && !writes);
  for (guint i = 0; i < self->rows->len; i++)
    vv_answer_row_set_editable (g_ptr_array_index (self->rows, i), writes);
  vv_text_field_set_editable (self->summary, writes);
  if (!writes && vv_json_int (analysis, "record") != self->filled)
    fill (self, analysis);
  self->filled = writes ? 0 : vv_json_int (analysis, "record");
  if (!writes)
    g_clear_pointer (&self->history, vv_history_free);
  else if (self->history == NULL)
    self->history = vv_history_new (collect (self));
  if (writes && self->draft == NULL)
    self->draft = vv_draft_new (vv_panel_desk (panel), vv_panel_request (panel), key, collect, restore, self);
  show_missing (self);
}

static void
on_again_cb (VvAnalysisPanel *self)
{
  self->writing_again = TRUE;
  show_analysis (self, vv_json_object (vv_panel_case (VV_PANEL (self)), "probe_analysis"));
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
}

static void
vv_analysis_panel_refresh (VvPanel *panel)
{
  VvAnalysisPanel *self = VV_ANALYSIS_PANEL (panel);
  JsonObject      *probe = vv_json_object (vv_panel_case (panel), "probe");

  gtk_widget_set_visible (self->empty, probe == NULL);
  gtk_widget_set_visible (self->content, probe != NULL);
  vv_panel_set_primary (panel, self->lock);
  if (vv_json_int (probe, "record") != self->probe)
    {
      /* Freed while it still is the old probe's: what was typed about that one is kept under its number. */
      g_clear_pointer (&self->draft, vv_draft_free);
      g_clear_pointer (&self->history, vv_history_free);
      self->probe = vv_json_int (probe, "record");
      self->writing_again = FALSE;
      fill (self, NULL);
      if (probe != NULL)
        show_picture (self, probe);
    }
  if (probe != NULL)
    show_analysis (self, vv_json_object (vv_panel_case (panel), "probe_analysis"));
}

static void
vv_analysis_panel_dispose (GObject *object)
{
  VvAnalysisPanel *self = VV_ANALYSIS_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_analysis_panel_parent_class)->dispose (object);
}

static void
vv_analysis_panel_finalize (GObject *object)
{
  VvAnalysisPanel *self = VV_ANALYSIS_PANEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->history, vv_history_free);
  G_OBJECT_CLASS (vv_analysis_panel_parent_class)->finalize (object);
}

static void
vv_analysis_panel_class_init (VvAnalysisPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_analysis_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_analysis_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_analysis_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-analysis-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, content);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, canvas_place);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, state);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, progress);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, scroll);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, lines);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, summary);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, missing);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, lock);
  gtk_widget_class_bind_template_child (widget_class, VvAnalysisPanel, again);
  gtk_widget_class_bind_template_callback (widget_class, on_written_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_again_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_early_key_cb);
}

static void
vv_analysis_panel_init (VvAnalysisPanel *self)
{
  g_autoptr (VvView) view = vv_view_new (VV_FRAME_FACE);

  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->canvas = VV_CANVAS (vv_canvas_new ());
  vv_canvas_set_view (self->canvas, view);
  vv_canvas_set_label (self->canvas, _ ("Probe"));
  vv_canvas_set_overlays (self->canvas, VV_OVERLAY_NONE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_box_append (GTK_BOX (self->canvas_place), GTK_WIDGET (self->canvas));
  add_rows (self);
}
