// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-candidate-strip.h"
#include "vv-comparison-form.h"
#include "vv-comparison-table.h"
#include "vv-draft.h"
#include "vv-face-pair.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-review-page.h"
#include "vv-secret.h"
#include "vv-text-field.h"
#include "vv-time.h"
#include "vv-use.h"

struct _VvReviewPage
{
  AdwBin             parent_instance;
  VvFacePair        *pair;
  VvCandidateStrip  *strip;
  VvComparisonTable *table;
  VvRecordList      *records;
  GtkGrid           *request_facts, *search_facts, *candidate_facts;
  GtkWidget         *candidate_title;
  GtkLabel          *title;
  GtkLabel          *state;
  GtkScrolledWindow *scroll;
  VvComparisonForm  *form;
  GtkWidget         *decision;
  GtkCheckButton    *approve, *not_agree, *none;
  VvTextField       *reasons;
  GtkWidget         *direction;
  GtkLabel          *report;
  GtkEntry          *recipient;
  GtkLabel          *missing;
  GtkWidget         *sign_box;
  GtkPasswordEntry  *passphrase;
  GtkWidget         *sign, *direct;
  VvDesk            *desk;
  gint64             request;
  JsonObject        *shown; /* (nullable) answer of vv_desk_show_request() */
  VvDraft           *draft;
  gboolean           busy; /* an act is being done */
  gboolean           filling;
};

G_DEFINE_FINAL_TYPE (VvReviewPage, vv_review_page, ADW_TYPE_BIN)

static guint signal_closed;

static void reload (VvReviewPage *self);

/* --- What the case says ---------------------------------------------------------------------------------------- */

static const char *
proposed (VvReviewPage *self)
{
  return vv_json_string (self->shown, "proposed");
}

static gboolean
may (VvReviewPage *self, const char *act)
{
  return vv_json_bool (vv_json_object (self->shown, "may"), act);
}

/* The newest record of @kind, of the proposed candidate where it names one; @index counts from the newest. */
static JsonObject *
newest (VvReviewPage *self, const char *kind)
{
  JsonArray *records = vv_json_array (self->shown, "records");

  for (guint i = vv_json_length (records); i > 0; i--)
    {
      JsonObject *record = vv_json_element (records, i - 1);
      const char *candidate = vv_json_string (vv_json_object (record, "body"), "candidate");

      if (g_strcmp0 (vv_json_string (record, "kind"), kind) == 0 && (candidate == NULL || g_strcmp0 (candidate, proposed (self)) == 0))
        return record;
    }
  return NULL;
}

static void
add_column (VvReviewPage *self, JsonObject *record, const char *role)
{
  JsonObject            *body = vv_json_object (record, "body");
  JsonObject            *inner = vv_json_object (body, "comparison");
  g_autofree char       *when = vv_time_for_people (vv_json_string (record, "made_at"));
  g_autofree char       *title = g_strdup_printf ("%s\n%s, %s", role, vv_json_string (record, "author_name"), when);
  g_autoptr (JsonObject) column = vv_json_copy (inner != NULL ? inner : body);

  if (vv_json_string (body, "reasons") != NULL)
    json_object_set_string_member (column, "reasons", vv_json_string (body, "reasons"));
  vv_comparison_table_add (self->table, title, column);
}

/* The examiner's, then each reviewer's, all of the current search and candidate. */
static void
show_comparisons (VvReviewPage *self)
{
  JsonArray  *records = vv_json_array (self->shown, "records");
  JsonObject *examiner = newest (self, VV_KIND_COMPARISON);
  gint64      search = vv_json_int (vv_json_object (self->shown, "search"), "record");

  vv_comparison_table_clear (self->table);
  if (proposed (self) == NULL)
    return;
  if (examiner != NULL)
    add_column (self, examiner, _ ("Examiner"));
  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *record = vv_json_element (records, i);
      JsonObject *body = vv_json_object (record, "body");

      if (g_strcmp0 (vv_json_string (record, "kind"), VV_KIND_PEER_REVIEW) == 0 &&
          vv_json_int (body, "search") == search &&
          g_strcmp0 (vv_json_string (body, "candidate"), proposed (self)) == 0)
        add_column (self, record, vv_json_bool (body, "agrees") ? _ ("Peer reviewer: agrees") : _ ("Peer reviewer: does not agree"));
    }
}

static void
show_request_facts (VvReviewPage *self)
{
  JsonObject      *request = vv_json_object (self->shown, "request");
  JsonObject      *requester = vv_json_object (request, "requester");
  JsonObject      *use = vv_json_object (request, "use");
  const VvUse     *found = vv_use_find (vv_json_string (use, "code"));
  g_autofree char *title = found != NULL ? g_strdup_printf ("(%s) %s", found->code, _ (found->title)) : NULL;

  vv_parts_clear (GTK_WIDGET (self->request_facts));
  vv_parts_fact (self->request_facts, _ ("What happened"), vv_json_string (request, "summary"));
  vv_parts_fact (self->request_facts, _ ("Authorised use"), title);
  vv_parts_fact (self->request_facts, _ ("Basis"), vv_json_string (use, "basis"));
  vv_parts_fact (self->request_facts, _ ("Case"), vv_json_string (request, "case_number"));
  vv_parts_fact (self->request_facts, _ ("Asked by"), vv_json_string (requester, "name"));
  vv_parts_fact (self->request_facts, _ ("Command"), vv_json_string (requester, "command"));
}

static JsonObject *
pool_row (VvReviewPage *self)
{
  JsonArray *pool = vv_json_array (self->shown, "pool");

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), proposed (self)) == 0)
      return vv_json_element (pool, i);
  return NULL;
}

static void
show_search_facts (VvReviewPage *self)
{
  JsonObject      *search = vv_json_object (self->shown, "search");
  JsonObject      *row = pool_row (self);
  g_autofree char *when = vv_time_for_people (vv_json_string (search, "when"));
  g_autofree char *taken = vv_json_string (row, "taken") != NULL ? vv_time_for_people (vv_json_string (row, "taken")) : NULL;
  g_autofree char *gallery = g_strdup_printf (_ ("%d photographs"), (int) vv_json_int (search, "gallery_size"));
  g_autofree char *pool = g_strdup_printf (_ ("%d candidates"), (int) vv_json_int (search, "pool_length"));

  vv_parts_clear (GTK_WIDGET (self->search_facts));
  vv_parts_fact (self->search_facts, _ ("Searched"), when);
  vv_parts_fact (self->search_facts, _ ("Gallery"), gallery);
  vv_parts_fact (self->search_facts, _ ("Pool"), pool);
  vv_parts_fact (self->search_facts, _ ("Recogniser"), vv_json_string (search, "recogniser"));
  vv_parts_clear (GTK_WIDGET (self->candidate_facts));
  vv_parts_fact (self->candidate_facts, _ ("Record"), vv_json_string (row, "reference"));
  vv_parts_fact (self->candidate_facts, _ ("Photograph"), vv_json_string (row, "class"));
  vv_parts_fact (self->candidate_facts, _ ("From"), vv_json_string (row, "origin"));
  vv_parts_fact (self->candidate_facts, _ ("Taken"), taken);
  gtk_widget_set_visible (self->candidate_title, row != NULL);
}

static void
show_faces (VvReviewPage *self)
{
  static const char *const kinds[] = { VV_KIND_EARLY_VIEW, VV_KIND_PROBE_ANALYSIS, VV_KIND_BACKGROUND, VV_KIND_NONE, VV_KIND_SIGN_OFF, VV_KIND_DIRECTION, NULL };
  JsonArray               *pool = vv_json_array (self->shown, "pool");
  const char              *letters = proposed (self) != NULL ? proposed (self) : vv_json_string (vv_json_element (pool, 0), "candidate");

  vv_candidate_strip_set_pool (self->strip, pool, 0, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->strip), proposed (self) == NULL);
  if (letters != NULL)
    {
      vv_candidate_strip_choose (self->strip, letters);
      vv_face_pair_show (self->pair, self->request, vv_json_int (vv_json_object (self->shown, "probe"), "media"), letters);
    }
  vv_record_list_fill (self->records, self->shown, kinds);
}

static void
on_chosen_cb (VvReviewPage *self, const char *letters)
{
  g_autofree char *kept = g_strdup (letters);

  vv_candidate_strip_choose (self->strip, kept);
  vv_face_pair_show (self->pair, self->request, vv_json_int (vv_json_object (self->shown, "probe"), "media"), kept);
}

/* --- What is written ----------------------------------------------------------------------------------------------- */

static const char *
decision_of (VvReviewPage *self)
{
  if (gtk_check_button_get_active (self->approve))
    return "approved";
  if (gtk_check_button_get_active (self->not_agree))
    return "not-agreed";
  return gtk_check_button_get_active (self->none) ? "none-confirmed" : NULL;
}

/* The draft, and the record: the comparison only as far as the decision rests on it. */
static JsonObject *
collect (gpointer owner)
{
  VvReviewPage    *self = owner;
  g_autofree char *reasons = vv_text_field_text (self->reasons);

  return vv_json_new ("decision", "s", decision_of (self), "reasons", "s", reasons, "candidate", "s", proposed (self),
                      "comparison", "o", proposed (self) != NULL ? vv_comparison_form_body (self->form) : NULL, NULL);
}

static char *
what_is_missing (VvReviewPage *self)
{
  g_autofree char *reasons = vv_text_field_text (self->reasons);
  g_autofree char *comparison = proposed (self) != NULL ? vv_comparison_form_missing (self->form) : NULL;

  /* Without an own comparison nobody can approve; to send it back, reasons are enough. */
  if (comparison != NULL && g_strcmp0 (decision_of (self), "not-agreed") != 0)
    return g_strdup_printf (_ ("Your own comparison comes first. %s"), comparison);
  if (decision_of (self) == NULL)
    return g_strdup (_ ("Choose a decision."));
  if (*reasons == '\0')
    return g_strdup (_ ("Give the reasons for your decision."));
  if (*gtk_editable_get_text (GTK_EDITABLE (self->passphrase)) == '\0')
    return g_strdup (_ ("Enter your pass phrase to sign the decision."));
  return NULL;
}

static void
show_missing (VvReviewPage *self)
{
  gboolean         decides = may (self, "sign-off");
  g_autofree char *missing = decides ? what_is_missing (self) : NULL;
  gboolean         recipient = vv_parts_has_text (gtk_editable_get_text (GTK_EDITABLE (self->recipient)));

  if (!decides && may (self, "direct") && !recipient)
    missing = g_strdup (_ ("Say who receives the report."));
  gtk_label_set_text (self->missing, missing);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), missing != NULL);
  gtk_widget_set_sensitive (self->sign, missing == NULL && !self->busy);
  gtk_widget_set_tooltip_text (self->sign, missing != NULL ? missing : _ ("Sign with your key (Ctrl+Enter)"));
  gtk_widget_set_sensitive (self->direct, missing == NULL && !self->busy);
  gtk_widget_set_tooltip_text (self->direct, missing != NULL ? missing : _ ("The examiner prepares the report you direct (Ctrl+Enter)"));
}

static void
on_written_cb (VvReviewPage *self)
{
  if (self->filling)
    return;
  show_missing (self);
  vv_draft_touch (self->draft);
}

/* A pass phrase is never part of a draft. */
static void
on_passphrase_cb (VvReviewPage *self)
{
  if (!self->filling)
    show_missing (self);
}

static void
fill (VvReviewPage *self, JsonObject *body)
{
  const char *decision = vv_json_string (body, "decision");

  self->filling = TRUE;
  vv_comparison_form_set_body (self->form, vv_json_object (body, "comparison"));
  vv_text_field_set_text (self->reasons, vv_json_string (body, "reasons"));
  gtk_check_button_set_active (self->approve, g_strcmp0 (decision, "approved") == 0);
  gtk_check_button_set_active (self->not_agree, g_strcmp0 (decision, "not-agreed") == 0);
  gtk_check_button_set_active (self->none, g_strcmp0 (decision, "none-confirmed") == 0);
  self->filling = FALSE;
  show_missing (self);
}

static void
restore (gpointer owner, JsonObject *body)
{
  fill (owner, body);
}

/* --- The right side ---------------------------------------------------------------------------------------------------- */

static gboolean
was_approved (VvReviewPage *self)
{
  JsonObject *body = vv_json_object (newest (self, VV_KIND_SIGN_OFF), "body");

  return g_strcmp0 (vv_json_string (body, "decision"), "approved") == 0;
}

static gboolean
is_sent_back (VvReviewPage *self)
{
  return g_strcmp0 (vv_json_string (self->shown, "status"), "not-agreed") == 0;
}

/* A No Match Report has two causes, which are kept apart. */
static const char *
report_text (VvReviewPage *self)
{
  if (was_approved (self))
    return _ ("FIS Possible Match Report");
  if (is_sent_back (self) && proposed (self) != NULL)
    return _ ("FIS No Match Report: a candidate was proposed and not approved");
  return _ ("FIS No Match Report: no candidate was found");
}

static void
show_direction (VvReviewPage *self)
{
  JsonObject      *requester = vv_json_object (vv_json_object (self->shown, "request"), "requester");
  const char      *command = vv_json_string (requester, "command");
  g_autofree char *recipient = g_strdup_printf ("%s%s%s", vv_json_string (requester, "name"), command != NULL ? ", " : "",
                                                command != NULL ? command : "");

  gtk_label_set_text (self->report, report_text (self));
  if (*gtk_editable_get_text (GTK_EDITABLE (self->recipient)) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->recipient), recipient);
}

static void
show_state (VvReviewPage *self)
{
  const char *why = vv_json_string (vv_json_object (self->shown, "may"), "sign-off");
  const char *text = why;

  if (may (self, "sign-off"))
    text = proposed (self) != NULL ? _ ("Compare for yourself, then decide.") : _ ("The examiner found no candidate in this pool.");
  else if (may (self, "direct") && is_sent_back (self))
    text = _ ("You are not in agreement: the examiner searches or compares further, and sees your reasons. Direct the FIS No Match Report only if the work is to end here.");
  else if (may (self, "direct"))
    text = _ ("Your decision is signed. Directing the report is a separate act.");
  else if (newest (self, VV_KIND_DIRECTION) != NULL)
    text = _ ("The decision is signed and the report directed.");
  gtk_label_set_text (self->state, text);
}

static void
show_writing (VvReviewPage *self)
{
  gboolean         decides = may (self, "sign-off");
  gboolean         has_candidate = proposed (self) != NULL;
  g_autofree char *key = g_strdup_printf ("%s-%s", VV_KIND_SIGN_OFF, has_candidate ? proposed (self) : "");

  gtk_widget_set_visible (GTK_WIDGET (self->form), decides && has_candidate);
  vv_finding_list_set_editable (vv_comparison_form_findings (self->form), decides && has_candidate);
  gtk_widget_set_visible (self->decision, decides);
  gtk_widget_set_visible (GTK_WIDGET (self->approve), has_candidate);
  gtk_widget_set_visible (GTK_WIDGET (self->none), !has_candidate);
  gtk_widget_set_visible (self->sign_box, decides);
  gtk_widget_set_visible (self->sign, decides);
  gtk_widget_set_visible (self->direction, !decides && may (self, "direct"));
  gtk_widget_set_visible (self->direct, !decides && may (self, "direct"));
  show_state (self);
  show_direction (self);
  if (decides && self->draft == NULL)
    self->draft = vv_draft_new (self->desk, self->request, key, collect, restore, self);
  show_missing (self);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReviewPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   shown = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char         *title = NULL;

  if (shown == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  if (shown == NULL || vv_json_int (shown, "id") != self->request)
    return;
  g_clear_pointer (&self->shown, json_object_unref);
  self->shown = g_steal_pointer (&shown);
  title = proposed (self) != NULL ? g_strdup_printf (_ ("Candidate %s"), proposed (self)) : g_strdup (_ ("No candidate proposed"));
  gtk_label_set_text (self->title, title);
  show_faces (self);
  show_comparisons (self);
  show_request_facts (self);
  show_search_facts (self);
  show_writing (self);
}

static void
reload (VvReviewPage *self)
{
  vv_desk_act_async (self->desk, vv_desk_show_request, self->request, NULL, NULL, read_cb, g_object_ref (self));
}

/* --- Acts ---------------------------------------------------------------------------------------------------------------- */

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvReviewPage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  self->busy = FALSE;
  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      show_missing (self);
      return;
    }
  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroll), 0);
  reload (self);
}

static void
confirm_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (vv_desk_confirm_passphrase (VV_REVIEW_PAGE (source)->desk, data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
confirmed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  VvReviewPage          *self = VV_REVIEW_PAGE (source);
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) details = NULL;
  g_autofree char       *incomplete = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      self->busy = FALSE;
      show_missing (self);
      vv_parts_toast_error (GTK_WIDGET (self), error);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return;
    }
  details = collect (self);
  incomplete = vv_comparison_form_missing (self->form);
  if (incomplete != NULL)
    json_object_remove_member (details, "comparison");
  vv_desk_act_async (self->desk, vv_desk_sign_off, self->request, details, NULL, acted_cb, g_object_ref (self));
}

static void
on_sign_cb (VvReviewPage *self)
{
  g_autoptr (GTask) task = NULL;

  if (!gtk_widget_get_visible (self->sign) || !gtk_widget_get_sensitive (self->sign))
    return;
  task = g_task_new (self, NULL, confirmed_cb, NULL);
  g_task_set_task_data (task, vv_secret_from_text (gtk_editable_get_text (GTK_EDITABLE (self->passphrase))),
                        (GDestroyNotify) vv_secret_free);
  self->busy = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->passphrase), "");
  g_task_run_in_thread (task, confirm_in_thread);
}

static void
on_direct_cb (VvReviewPage *self)
{
  g_autoptr (JsonObject) details = NULL;

  if (!gtk_widget_get_visible (self->direct) || !gtk_widget_get_sensitive (self->direct))
    return;
  details = vv_json_new ("report", "s", was_approved (self) ? "possible-match" : "no-match",
                         "recipient", "s", gtk_editable_get_text (GTK_EDITABLE (self->recipient)), NULL);
  self->busy = TRUE;
  show_missing (self);
  vv_desk_act_async (self->desk, vv_desk_direct, self->request, details, NULL, acted_cb, g_object_ref (self));
}

static void
on_close_cb (VvReviewPage *self)
{
  g_clear_pointer (&self->draft, vv_draft_free);
  g_signal_emit (self, signal_closed, 0);
}

static void
close_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_close_cb (VV_REVIEW_PAGE (widget));
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvReviewPage *self)
{
  if (key == GDK_KEY_Escape)
    on_close_cb (self);
  else if ((state & GDK_CONTROL_MASK) != 0 && (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter))
    {
      on_sign_cb (self);
      on_direct_cb (self);
    }
  else if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  else
    return vv_face_pair_key (self->pair, key, state, TRUE);
  return GDK_EVENT_STOP;
}

static void
on_key_released_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvReviewPage *self)
{
  vv_face_pair_key (self->pair, key, state, FALSE);
}

/* --- The page -------------------------------------------------------------------------------------------------------------- */

static void
vv_review_page_dispose (GObject *object)
{
  g_clear_pointer (&VV_REVIEW_PAGE (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_review_page_parent_class)->dispose (object);
}

static void
vv_review_page_finalize (GObject *object)
{
  VvReviewPage *self = VV_REVIEW_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->shown, json_object_unref);
  G_OBJECT_CLASS (vv_review_page_parent_class)->finalize (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, VvReviewPage, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (pair);
  BIND (strip);
  BIND (table);
  BIND (records);
  BIND (request_facts);
  BIND (search_facts);
  BIND (candidate_facts);
  BIND (candidate_title);
  BIND (title);
  BIND (state);
  BIND (scroll);
  BIND (form);
  BIND (decision);
  BIND (approve);
  BIND (not_agree);
  BIND (none);
  BIND (reasons);
  BIND (direction);
  BIND (report);
  BIND (recipient);
  BIND (missing);
  BIND (sign_box);
  BIND (passphrase);
  BIND (sign);
  BIND (direct);
}

static void
vv_review_page_class_init (VvReviewPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_review_page_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_review_page_finalize;
  signal_closed = g_signal_new ("closed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "page.close", NULL, close_cb);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-review-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_written_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_passphrase_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_direct_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_close_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_released_cb);
}

static void
vv_review_page_init (VvReviewPage *self)
{
  g_type_ensure (VV_TYPE_CANDIDATE_STRIP);
  g_type_ensure (VV_TYPE_COMPARISON_FORM);
  g_type_ensure (VV_TYPE_COMPARISON_TABLE);
  g_type_ensure (VV_TYPE_FACE_PAIR);
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

GtkWidget *
vv_review_page_new (VvDesk *desk)
{
  VvReviewPage *self = g_object_new (VV_TYPE_REVIEW_PAGE, NULL);

  self->desk = g_object_ref (desk);
  vv_face_pair_set_desk (self->pair, desk);
  vv_face_pair_set_findings (self->pair, vv_comparison_form_findings (self->form));
  return GTK_WIDGET (self);
}

void
vv_review_page_open (VvReviewPage *self, gint64 request)
{
  g_return_if_fail (VV_IS_REVIEW_PAGE (self));
  g_clear_pointer (&self->draft, vv_draft_free);
  g_clear_pointer (&self->shown, json_object_unref);
  gtk_editable_set_text (GTK_EDITABLE (self->recipient), "");
  self->request = request;
  reload (self);
}
