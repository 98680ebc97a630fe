// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-adjust-panel.h"
#include "vv-canvas-marks.h"
#include "vv-candidate-strip.h"
#include "vv-compare-page.h"
#include "vv-comparison-form.h"
#include "vv-components.h"
#include "vv-draft.h"
#include "vv-early-view.h"
#include "vv-face-pair.h"
#include "vv-face-window.h"
#include "vv-findings.h"
#include "vv-history.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-points.h"
#include "vv-text-field.h"
#include "vv-time.h"

typedef enum
{
  MODE_VIEW,    /* nothing to write here */
  MODE_EXAMINE, /* the assigned examiner compares */
  MODE_REVIEW,  /* a peer compares, then gives an opinion */
  MODE_LOCKED,  /* own comparison of this candidate, read only */
} VvBenchMode;

struct _VvComparePage
{
  AdwBin             parent_instance;
  VvFacePair        *pair;
  VvCandidateStrip  *strip;
  GtkWidget         *side;
  GtkScrolledWindow *scroll;
  GtkLabel          *title;
  GtkLabel          *progress;
  GtkLabel          *state;
  VvEarlyView       *early;
  VvComparisonForm  *form;
  GtkWidget         *opinion;
  GtkCheckButton    *agree, *disagree;
  VvTextField       *reasons;
  GtkLabel          *missing;
  GtkWidget         *lock;
  GtkWidget         *another;
  GtkWidget         *why_box;
  GtkEntry          *why;
  GtkWidget         *analysis;
  GtkLabel          *analysis_text;
  VvDesk            *desk;
  gint64             request;
  char              *letters; /* candidate on the bench */
  gint64             viewed;  /* request whose probe was shown as it was searched */
  JsonObject        *shown;   /* answer of vv_desk_show_request() */
  VvBenchMode        mode;
  VvDraft           *draft;
  VvHistory         *history;  /* (nullable) while something is written */
  gint64             replaces; /* record that another version is written of, 0 for none */
  gboolean           busy;     /* a comparison is being locked */
  gboolean           locked;   /* since the page was opened */
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (VvComparePage, vv_compare_page, ADW_TYPE_BIN)

static guint signal_closed;

/* --- What the case says ------------------------------------------------------------------------------------ */

static gboolean
may (VvComparePage *self, const char *act)
{
  return vv_json_bool (vv_json_object (self->shown, "may"), act);
}

/* This person's locked comparison of the candidate, from the current search. */
static JsonObject *
own_record (VvComparePage *self)
{
  JsonArray  *records = vv_json_array (self->shown, "records");
  gint64      search = vv_json_int (vv_json_object (self->shown, "search"), "record");
  JsonObject *own = NULL;

  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *record = vv_json_element (records, i);
      JsonObject *body = vv_json_object (record, "body");
      const char *kind = vv_json_string (record, "kind");

      if ((g_strcmp0 (kind, VV_KIND_COMPARISON) == 0 || g_strcmp0 (kind, VV_KIND_PEER_REVIEW) == 0) &&
          g_strcmp0 (vv_json_string (record, "author"), vv_desk_account (self->desk)) == 0 &&
          g_strcmp0 (vv_json_string (body, "candidate"), self->letters) == 0 &&
          vv_json_int (body, "search") == search)
        own = record;
    }
  return own;
}

static VvBenchMode
find_mode (VvComparePage *self)
{
  if (own_record (self) != NULL)
    return MODE_LOCKED;
  if (may (self, "compare"))
    return MODE_EXAMINE;
  if (may (self, "peer-review") && g_strcmp0 (vv_json_string (self->shown, "proposed"), self->letters) == 0)
    return MODE_REVIEW;
  return MODE_VIEW;
}

/* --- Drafts --------------------------------------------------------------------------------------------------- */

static gboolean
has_opinion (VvComparePage *self)
{
  return gtk_check_button_get_active (self->agree) || gtk_check_button_get_active (self->disagree);
}

/* What is locked. */
static JsonObject *
written (VvComparePage *self)
{
  JsonObject      *body = vv_comparison_form_body (self->form);
  g_autofree char *reasons = NULL;

  if (self->mode == MODE_EXAMINE && self->replaces != 0)
    {
      json_object_set_int_member (body, "replaces", self->replaces);
      json_object_set_string_member (body, "why", gtk_editable_get_text (GTK_EDITABLE (self->why)));
    }
  if (self->mode == MODE_EXAMINE)
    return body;
  reasons = vv_text_field_text (self->reasons);
  body = vv_json_new ("comparison", "o", body, "reasons", "s", reasons, NULL);
  if (has_opinion (self))
    json_object_set_boolean_member (body, "agrees", gtk_check_button_get_active (self->agree));
  return body;
}

/* What is kept until then: also where the person was. */
static JsonObject *
collect (gpointer owner)
{
  VvComparePage *self = owner;
  JsonObject    *body = written (self);

  json_object_set_object_member (body, "place", vv_comparison_form_place (self->form));
  return body;
}

static void
show_missing (VvComparePage *self)
{
  g_autofree char       *missing = vv_comparison_form_missing (self->form);
  g_autofree char       *reasons = vv_text_field_text (self->reasons);
  guint                  total;
  guint                  answered = vv_comparison_form_answered (self->form, &total);
  g_autofree char       *progress = g_strdup_printf (_ ("%u of %u parts"), answered, total);
  g_autoptr (JsonObject) points = vv_face_pair_get_points (self->pair);
  g_autoptr (GError)     lacks = NULL;

  if (missing == NULL && !vv_points_check (points, &lacks))
    missing = g_strdup (lacks->message);
  gtk_label_set_text (self->progress, progress);
  gtk_widget_set_visible (self->opinion, self->mode == MODE_REVIEW && missing == NULL);
  if (self->mode == MODE_REVIEW && missing == NULL && !has_opinion (self))
    missing = g_strdup (_ ("Say whether you agree that this candidate is put forward."));
  else if (self->mode == MODE_REVIEW && missing == NULL && *reasons == '\0')
    missing = g_strdup (_ ("Give the reasons for your opinion."));
  else if (self->replaces != 0 && missing == NULL && !vv_parts_has_text (gtk_editable_get_text (GTK_EDITABLE (self->why))))
    missing = g_strdup (_ ("Say why you write another version; the one before stays beside it."));
  gtk_label_set_text (self->missing, missing != NULL ? missing : _ ("Nothing is missing. A locked comparison is not changed any more."));
  gtk_widget_set_sensitive (self->lock, missing == NULL && !self->busy);
  gtk_widget_set_tooltip_text (self->lock, missing != NULL ? missing : _ ("Lock what you wrote (Ctrl+Enter)"));
}

/* Keys in a text are undone together, and so are small moves of a mark. */
static gboolean
joins_what_was_before (GtkWidget *focus)
{
  return focus != NULL && (GTK_IS_TEXT (focus) || GTK_IS_TEXT_VIEW (focus) || (VV_IS_CANVAS (focus) && vv_canvas_was_nudged (VV_CANVAS (focus))));
}

static void
on_written_cb (VvComparePage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->filling)
    return;
  show_missing (self);
  if (self->history != NULL)
    vv_history_add (self->history, written (self), joins_what_was_before (focus) ? focus : NULL, g_get_monotonic_time ());
  vv_draft_touch (self->draft);
}

static void
begin_history (VvComparePage *self)
{
  g_clear_pointer (&self->history, vv_history_free);
  if (self->mode == MODE_EXAMINE || self->mode == MODE_REVIEW)
    self->history = vv_history_new (written (self));
}

static void
fill (VvComparePage *self, JsonObject *comparison, JsonObject *opinion)
{
  self->filling = TRUE;
  vv_comparison_form_set_body (self->form, comparison);
  gtk_check_button_set_active (self->agree, vv_json_bool (opinion, "agrees"));
  gtk_check_button_set_active (self->disagree, opinion != NULL && json_object_has_member (opinion, "agrees") && !vv_json_bool (opinion, "agrees"));
  vv_text_field_set_text (self->reasons, vv_json_string (opinion, "reasons"));
  gtk_editable_set_text (GTK_EDITABLE (self->why), vv_json_string (comparison, "why") != NULL ? vv_json_string (comparison, "why") : "");
  self->filling = FALSE;
  show_missing (self);
}

static void
show_written (VvComparePage *self, JsonObject *body)
{
  gboolean review = self->mode == MODE_REVIEW;

  fill (self, review ? vv_json_object (body, "comparison") : body, review ? body : NULL);
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvComparePage *self = owner;

  show_written (self, body);
  begin_history (self);
  self->filling = TRUE;
  vv_comparison_form_set_place (self->form, vv_json_object (body, "place"));
  self->filling = FALSE;
}

/* --- One candidate ----------------------------------------------------------------------------------------------- */

static void
show_locked (VvComparePage *self)
{
  JsonObject      *record = own_record (self);
  JsonObject      *body = vv_json_object (record, "body");
  JsonObject      *inner = vv_json_object (body, "comparison");
  g_autofree char *when = vv_time_for_people (vv_json_string (record, "made_at"));
  g_autofree char *text = g_strdup_printf (_ ("Locked %s. It is not changed any more."), when);
  gboolean         may_again = g_strcmp0 (vv_json_string (record, "kind"), VV_KIND_COMPARISON) == 0 && may (self, "compare");

  gtk_widget_set_visible (self->another, may_again);
  fill (self, inner != NULL ? inner : body, body);
  gtk_label_set_text (self->state, text);
}

/* --- How the pictures are looked at --------------------------------------------------------------------------------- */

static JsonObject *
comparison_of (JsonObject *body)
{
  JsonObject *nested = vv_json_object (body, "comparison");

  return nested != NULL ? nested : body;
}

/* Adds to what is written the lists of adjustments through which the pictures were seen and the points that were placed by hand;
 * returns @body. */
static JsonObject *
with_views (VvComparePage *self, JsonObject *body)
{
  JsonObject *views = vv_face_pair_get_adjustments (self->pair);
  JsonObject *points = vv_face_pair_get_points (self->pair);

  if (points != NULL)
    json_object_set_object_member (comparison_of (body), "points", points);
  if (views != NULL)
    json_object_set_object_member (comparison_of (body), "adjustments", views);
  return body;
}

static JsonObject *
collect_with_views (gpointer owner)
{
  return with_views (owner, collect (owner));
}

static void
restore_with_views (gpointer owner, JsonObject *body)
{
  VvComparePage *self = owner;

  restore (self, body);
  vv_face_pair_set_adjustments (self->pair, vv_json_object (comparison_of (body), "adjustments"), TRUE);
  vv_face_pair_set_points (self->pair, vv_json_object (comparison_of (body), "points"), TRUE);
}

/* The probe is first seen as it was searched; a locked comparison shows what was looked at. */
static void
show_views (VvComparePage *self)
{
  JsonObject            *derived = vv_json_object (vv_json_object (self->shown, "probe"), "derived");
  JsonObject            *body = vv_json_object (own_record (self), "body");
  JsonObject            *locked = vv_json_object (comparison_of (body), "adjustments");
  JsonObject            *placed;
  g_autoptr (JsonObject) none = json_object_new ();
  g_autoptr (JsonObject) searched = derived != NULL ? vv_json_new ("probe", "o", json_object_ref (derived), NULL) : NULL;

  if (self->mode == MODE_LOCKED)
    vv_face_pair_set_adjustments (self->pair, locked != NULL ? locked : none, FALSE);
  else
    vv_face_pair_set_adjustments (self->pair, self->viewed != self->request ? searched : NULL, TRUE);
  placed = vv_json_object (comparison_of (body), "points");
  vv_face_pair_set_points (self->pair, self->mode != MODE_LOCKED ? NULL : placed != NULL ? placed
                                                                                         : none,
                           self->mode == MODE_EXAMINE || self->mode == MODE_REVIEW);
  self->viewed = self->request;
}

static void
show_writing (VvComparePage *self)
{
  gboolean         writes = self->mode == MODE_EXAMINE || self->mode == MODE_REVIEW;
  const char      *why = vv_json_string (vv_json_object (self->shown, "may"), "compare");
  g_autofree char *key = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->scroll), self->mode != MODE_VIEW);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), self->mode != MODE_VIEW);
  vv_comparison_form_set_editable (self->form, writes);
  vv_comparison_form_set_analysis (self->form, self->mode == MODE_EXAMINE ? vv_json_object (self->shown, "probe_analysis") : NULL);
  gtk_widget_set_visible (self->another, FALSE);
  gtk_widget_set_visible (self->why_box, self->replaces != 0);
  gtk_widget_set_visible (self->lock, writes);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), writes);
  if (self->mode == MODE_LOCKED)
    show_locked (self);
  else
    fill (self, NULL, NULL);
  if (self->mode == MODE_VIEW)
    gtk_label_set_text (self->state, why != NULL ? why : _ ("There is nothing to write here for you."));
  begin_history (self);
  if (!writes)
    return;
  gtk_label_set_text (self->state, self->mode == MODE_REVIEW ? _ ("Your own comparison. The examiner's record opens once it is locked.")
                                                             : _ ("Name, record and score of the candidate open once it is locked."));
  gtk_button_set_label (GTK_BUTTON (self->lock), self->mode == MODE_REVIEW ? _ ("Lock peer review") : _ ("Lock comparison"));
  key = g_strdup_printf ("%s-%s", self->mode == MODE_REVIEW ? VV_KIND_PEER_REVIEW : VV_KIND_COMPARISON, self->letters);
  self->draft = vv_draft_new (self->desk, self->request, key, collect_with_views, restore_with_views, self);
}

/* Who it is, where this person may know; the examiner may ask for it. */
static void
show_identity (VvComparePage *self)
{
  JsonArray  *pool = vv_json_array (self->shown, "pool");
  JsonObject *candidate = NULL;

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), self->letters) == 0)
      candidate = vv_json_element (pool, i);
  vv_early_view_set_candidate (self->early, candidate, vv_json_length (pool), self->mode == MODE_EXAMINE);
}

static void
show_candidate (VvComparePage *self, const char *letters)
{
  g_autofree char *kept = g_strdup (letters);
  g_autofree char *title = g_strdup_printf (_ ("Candidate %s"), letters);

  g_clear_pointer (&self->draft, vv_draft_free);
  g_free (self->letters);
  self->letters = g_steal_pointer (&kept);
  self->mode = find_mode (self);
  self->replaces = 0;
  gtk_label_set_text (self->title, title);
  show_identity (self);
  vv_candidate_strip_choose (self->strip, self->letters);
  vv_face_pair_show (self->pair, self->request, vv_json_int (vv_json_object (self->shown, "probe"), "media"), self->letters);
  show_views (self);
  vv_face_pair_expect (self->pair, vv_candidate_strip_neighbour (self->strip, 1));
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
  show_writing (self);
}

static void
step (VvComparePage *self, int by)
{
  const char *letters = vv_candidate_strip_neighbour (self->strip, by);

  if (letters != NULL)
    show_candidate (self, letters);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_chosen_cb (VvComparePage *self, const char *letters)
{
  show_candidate (self, letters);
}

/* What the probe shows, as it was written down before there was a pool. */
static void
show_analysis (VvComparePage *self)
{
  JsonObject      *analysis = vv_json_object (self->shown, "probe_analysis");
  g_autofree char *text = analysis != NULL ? vv_probe_analysis_text (analysis) : NULL;

  gtk_widget_set_visible (self->analysis, analysis != NULL);
  gtk_label_set_text (self->analysis_text, text);
}

/* --- Reading the case --------------------------------------------------------------------------------------------- */

static const char *
first_candidate (VvComparePage *self)
{
  JsonArray *pool = vv_json_array (self->shown, "pool");

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (vv_json_string (vv_json_element (pool, i), "disposition") == NULL)
      return vv_json_string (vv_json_element (pool, i), "candidate");
  return vv_json_string (vv_json_element (pool, 0), "candidate");
}

static void
show_pool (VvComparePage *self)
{
  vv_candidate_strip_set_pool (self->strip, vv_json_array (self->shown, "pool"), (guint) vv_json_int (self->shown, "undisposed"),
                               may (self, "dispose"));
  gtk_widget_set_visible (GTK_WIDGET (self->strip), vv_json_length (vv_json_array (self->shown, "pool")) > 1);
}

static void
take_case (VvComparePage *self, JsonObject *shown)
{
  const char *letters;
  gboolean    first = self->shown == NULL;

  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = shown;
  show_pool (self);
  show_analysis (self);
  letters = self->letters != NULL ? self->letters : first_candidate (self);
  if (letters == NULL)
    gtk_label_set_text (self->state, _ ("The pool appears here after the search."));
  else if (first || (self->replaces == 0 && find_mode (self) != self->mode))
    show_candidate (self, letters);
  else
    show_identity (self);
  if (first)
    vv_face_pair_focus (self->pair);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvComparePage) self = user_data;
  g_autoptr (GError)        error = NULL;
  JsonObject               *shown = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (shown == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else if (vv_json_int (shown, "id") == self->request)
    take_case (self, shown);
  else
    json_object_unref (shown); /* another one was opened meanwhile */
}

static void
reload (VvComparePage *self)
{
  vv_desk_act_async (self->desk, vv_desk_show_request, self->request, NULL, NULL, read_cb, g_object_ref (self));
}

/* --- Acts --------------------------------------------------------------------------------------------------------------- */

static void
locked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvComparePage) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char          *text = NULL;

  self->busy = FALSE;
  show_missing (self);
  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
  self->locked = TRUE;
  self->replaces = 0;
  text = g_strdup_printf (_ ("The comparison of candidate %s is locked."), self->letters);
  vv_parts_toast (GTK_WIDGET (self), text);
  reload (self);
}

static void
on_lock_cb (VvComparePage *self)
{
  g_autoptr (JsonObject) details = NULL;
  VvDeskAct              act = self->mode == MODE_REVIEW ? vv_desk_peer_review : vv_desk_compare;

  if (!gtk_widget_get_visible (self->lock) || !gtk_widget_get_sensitive (self->lock))
    return;
  details = with_views (self, written (self));
  json_object_set_string_member (details, "candidate", self->letters);
  self->busy = TRUE;
  show_missing (self);
  vv_desk_act_async (self->desk, act, self->request, details, NULL, locked_cb, g_object_ref (self));
}

/* Another version beside the locked one: begins with what that says. */
static void
on_another_cb (VvComparePage *self)
{
  JsonObject            *record = own_record (self);
  g_autoptr (JsonObject) body = vv_json_copy (vv_json_object (record, "body"));

  json_object_remove_member (body, "why");
  self->replaces = vv_json_int (record, "id");
  self->mode = MODE_EXAMINE;
  show_writing (self);
  fill (self, body, NULL);
  begin_history (self);
  gtk_label_set_text (self->state, _ ("Another version. The one that is locked stays beside it."));
  gtk_widget_grab_focus (GTK_WIDGET (self->why));
}

/* After an act that leaves what is written as it is. */
static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvComparePage) self = user_data;
  g_autoptr (GError)        error = NULL;
  g_autoptr (JsonObject)    answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  reload (self);
  vv_face_pair_focus (self->pair);
}

static void
on_dispose_cb (VvComparePage *self, const char *disposition, const char *component, const char *reason)
{
  JsonArray             *letters = json_array_new ();
  g_autoptr (JsonObject) details = NULL;

  json_array_add_string_element (letters, self->letters);
  details = vv_json_new ("candidates", "a", letters, "disposition", "s", disposition, "component", "s", component, "reason", "s", reason, NULL);
  vv_desk_act_async (self->desk, vv_desk_dispose, self->request, details, NULL, acted_cb, g_object_ref (self));
}

static void
on_ask_early_cb (VvComparePage *self, const char *reason)
{
  g_autoptr (JsonObject) details = vv_json_new ("candidate", "s", self->letters, "reason", "s", reason, NULL);

  vv_desk_act_async (self->desk, vv_desk_show_early, self->request, details, NULL, acted_cb, g_object_ref (self));
}

static void
on_close_cb (VvComparePage *self)
{
  gboolean locked = self->locked;

  g_clear_pointer (&self->draft, vv_draft_free);
  self->locked = FALSE;
  g_signal_emit (self, signal_closed, 0, locked);
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_close_cb (VV_COMPARE_PAGE (widget));
}

/* --- Keys ---------------------------------------------------------------------------------------------------------------- */

static gboolean
leave_text_or_page (VvComparePage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && (GTK_IS_TEXT_VIEW (focus) || GTK_IS_EDITABLE (focus) || gtk_widget_get_ancestor (focus, VV_TYPE_FINDING_LIST) != NULL))
    vv_face_pair_focus (self->pair);
  else
    on_close_cb (self);
  return GDK_EVENT_STOP;
}

/* The faces in a window of their own, before peers with what is written so far. */
static void
show_faces_alone (VvComparePage *self, gboolean full_screen, gboolean present)
{
  g_autoptr (JsonObject) body = vv_comparison_form_body (self->form);
  g_autoptr (JsonArray)  findings = present ? vv_findings_new (body) : NULL;
  VvFaceWindow          *window = vv_face_window_of (self->pair);

  if (window != NULL)
    gtk_window_close (GTK_WINDOW (window));
  else if (present && vv_json_length (findings) == 0)
    vv_parts_toast (GTK_WIDGET (self), _ ("There is nothing to present yet: nothing is marked, no part of the face is answered."));
  else
    {
      window = vv_face_window_open (self->pair, GTK_WIDGET (self), full_screen);
      if (present)
        vv_face_window_show_findings (window, findings);
    }
}

/* From the pictures to the first part without an answer, and back. */
static void
switch_sides (VvComparePage *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (self->mode == MODE_VIEW || (focus != NULL && gtk_widget_is_ancestor (focus, self->side)))
    vv_face_pair_focus (self->pair);
  else
    vv_comparison_form_focus (self->form);
}

/* Texts and answers have one history, wherever the keyboard is; the adjustments have their own. */
static gboolean
on_early_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvComparePage *self)
{
  GtkRoot    *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget  *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  JsonObject *body;

  if (vv_face_pair_take_undo_key (self->pair, key, state))
    return GDK_EVENT_STOP;
  if ((focus != NULL && gtk_widget_get_ancestor (focus, VV_TYPE_ADJUST_PANEL) != NULL) || !vv_history_take_key (self->history, key, state, &body))
    return GDK_EVENT_PROPAGATE;
  if (body != NULL)
    show_written (self, body);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
  vv_draft_touch (self->draft);
  return GDK_EVENT_STOP;
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvComparePage *self)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;

  if (key == GDK_KEY_Escape)
    return leave_text_or_page (self);
  if (control && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    on_lock_cb (self);
  else if (key == GDK_KEY_F11)
    show_faces_alone (self, (state & GDK_SHIFT_MASK) == 0, FALSE);
  else if (key == GDK_KEY_F9)
    show_faces_alone (self, TRUE, TRUE);
  else if (key == GDK_KEY_F6)
    switch_sides (self);
  else if (control || (state & GDK_ALT_MASK) != 0)
    return GDK_EVENT_PROPAGATE;
  else if (key == GDK_KEY_space)
    step (self, (state & GDK_SHIFT_MASK) != 0 ? -1 : 1);
  else if (gdk_keyval_to_lower (key) == GDK_KEY_x)
    return vv_candidate_strip_ask (self->strip, "excluded");
  else if (gdk_keyval_to_lower (key) == GDK_KEY_p)
    return vv_candidate_strip_ask (self->strip, "keep");
  else if (gdk_keyval_to_lower (key) == GDK_KEY_v)
    return vv_candidate_strip_ask (self->strip, "looked");
  else
    return vv_face_pair_key (self->pair, key, state, TRUE);
  return GDK_EVENT_STOP;
}

static void
on_key_released_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvComparePage *self)
{
  vv_face_pair_key (self->pair, key, state, FALSE);
}

/* --- The page -------------------------------------------------------------------------------------------------------------- */

static void
vv_compare_page_dispose (GObject *object)
{
  g_clear_pointer (&VV_COMPARE_PAGE (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_compare_page_parent_class)->dispose (object);
}

static void
vv_compare_page_finalize (GObject *object)
{
  VvComparePage *self = VV_COMPARE_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, json_object_unref);
  g_clear_pointer (&self->letters, g_free);
  g_clear_pointer (&self->history, vv_history_free);
  G_OBJECT_CLASS (vv_compare_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, pair);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, strip);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, side);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, scroll);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, title);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, progress);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, state);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, early);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, form);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, opinion);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, agree);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, disagree);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, missing);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, lock);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, another);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, why_box);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, why);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, analysis);
  gtk_widget_class_bind_template_child (widget_class, VvComparePage, analysis_text);
}

static void
vv_compare_page_class_init (VvComparePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_compare_page_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_compare_page_finalize;
  signal_closed = g_signal_new ("closed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  gtk_widget_class_install_action (widget_class, "page.close", NULL, close_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-compare-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_dispose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_written_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_another_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_ask_early_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_early_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_released_cb);
}

static void
vv_compare_page_init (VvComparePage *self)
{
  g_type_ensure (VV_TYPE_CANDIDATE_STRIP);
  g_type_ensure (VV_TYPE_COMPARISON_FORM);
  g_type_ensure (VV_TYPE_EARLY_VIEW);
  g_type_ensure (VV_TYPE_FACE_PAIR);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
vv_compare_page_new (VvDesk *desk)
{
  VvComparePage *self = g_object_new (VV_TYPE_COMPARE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  vv_face_pair_set_desk (self->pair, desk);
  vv_face_pair_set_findings (self->pair, vv_comparison_form_findings (self->form));
  g_signal_connect_object (self->pair, "adjusted", G_CALLBACK (on_written_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
vv_compare_page_open (VvComparePage *self, gint64 request, const char *candidate)
{
  g_return_if_fail (VV_IS_COMPARE_PAGE (self));
  g_clear_pointer (&self->draft, vv_draft_free);
  g_clear_pointer (&self->shown, json_object_unref);
  g_clear_pointer (&self->letters, g_free);
  self->letters = g_strdup (candidate);
  self->request = request;
  self->locked = FALSE;
  reload (self);
}
