// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-blocks.h"
#include "vv-draft.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-peer-panel.h"
#include "vv-record-list.h"
#include "vv-text-field.h"

/* Two people meet here. The examiner submits a candidate. The reviewer writes a comparison of their own on
 * the bench first, which keeps it as "comparison" in the draft "peer-review-LETTERS"; agreeing or not locks both. */
struct _VvPeerPanel
{
  VvPanel       parent_instance;
  GtkLabel     *explain;
  GtkWidget    *propose_group;
  GtkDropDown  *candidate;
  GtkWidget    *propose;
  GtkWidget    *review_group;
  GtkLabel     *own_state;
  GtkWidget    *bench;
  GtkWidget    *opinion;
  GtkWidget    *agree;
  GtkWidget    *disagree;
  VvTextField  *reasons;
  GtkWidget    *lock;
  VvRecordList *records;
  GPtrArray    *letters;    /* (element-type utf8) candidates that may be proposed */
  JsonObject   *comparison; /* (owned) (nullable) the reviewer's own, from the bench */
  VvDraft      *draft;
};

G_DEFINE_FINAL_TYPE (VvPeerPanel, vv_peer_panel, VV_TYPE_PANEL)

static const char *
proposed (VvPeerPanel *self)
{
  return vv_json_string (vv_panel_case (VV_PANEL (self)), "proposed");
}

/* --- The examiner ------------------------------------------------------------------------------------------ */

static void
on_propose_cb (VvPeerPanel *self)
{
  guint chosen = gtk_drop_down_get_selected (self->candidate);

  if (chosen < self->letters->len)
    vv_panel_act (VV_PANEL (self), vv_desk_propose,
                  vv_json_new ("candidate", "s", g_ptr_array_index (self->letters, chosen), NULL), NULL, NULL);
}

/* Those with a background check; the procedure asks for it before step 9. */
/* The background check of the current search; what a supervisor approved is closed. */
static gboolean
may_be_proposed (VvPeerPanel *self, const char *letters)
{
  JsonObject *shown = vv_panel_case (VV_PANEL (self));
  JsonObject *check = vv_panel_record (VV_PANEL (self), VV_KIND_BACKGROUND, "candidate", letters);
  JsonArray  *proposals = vv_json_array (shown, "proposals");

  for (guint i = 0; i < vv_json_length (proposals); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (proposals, i), "candidate"), letters) == 0 &&
        vv_json_bool (vv_json_element (proposals, i), "possible_match_candidate"))
      return FALSE;
  return check != NULL && vv_json_int (check, "id") > vv_json_int (vv_json_object (shown, "search"), "record");
}

static void
list_candidates (VvPeerPanel *self)
{
  JsonArray                *pool = vv_json_array (vv_panel_case (VV_PANEL (self)), "pool");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->letters, 0);
  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      const char *letters = vv_json_string (vv_json_element (pool, i), "candidate");

      if (!may_be_proposed (self, letters))
        continue;
      g_ptr_array_add (self->letters, g_strdup (letters));
      gtk_string_list_take (names, g_strdup_printf (_ ("Candidate %s"), letters));
    }
  gtk_drop_down_set_model (self->candidate, G_LIST_MODEL (names));
}

/* --- The reviewer ------------------------------------------------------------------------------------------- */

static JsonObject *
collect (gpointer owner)
{
  VvPeerPanel     *self = owner;
  g_autofree char *reasons = vv_text_field_text (self->reasons);
  JsonObject      *body =
    vv_json_new ("comparison", "o", self->comparison != NULL ? json_object_ref (self->comparison) : NULL, "reasons",
                 "s", reasons, NULL);

  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->agree)))
    json_object_set_boolean_member (body, "agrees", TRUE);
  else if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->disagree)))
    json_object_set_boolean_member (body, "agrees", FALSE);
  return body;
}

static void
show_own (VvPeerPanel *self)
{
  g_autoptr (GError) error = NULL;
  gboolean           whole = self->comparison != NULL && vv_comparison_check (self->comparison, &error);
  g_autofree char   *text = NULL;

  if (whole)
    text = g_strdup_printf (_ ("Your comparison is complete: %s."),
                            vv_conclusion_title (vv_json_string (self->comparison, "conclusion")));
  else if (self->comparison != NULL)
    text = g_strdup_printf (_ ("Your comparison is not complete. %s"), error->message);
  else
    text = g_strdup (_ ("First compare for yourself. The examiner's record opens once your review is locked."));
  gtk_label_set_text (self->own_state, text);
  gtk_widget_set_sensitive (self->opinion, whole);
  gtk_widget_remove_css_class (self->bench, "suggested-action");
  if (!whole)
    gtk_widget_add_css_class (self->bench, "suggested-action");
  vv_panel_set_primary (VV_PANEL (self), whole ? self->lock : self->bench);
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvPeerPanel *self = owner;

  g_clear_pointer (&self->comparison, json_object_unref);
  if (vv_json_object (body, "comparison") != NULL)
    self->comparison = vv_json_copy (vv_json_object (body, "comparison"));
  vv_text_field_set_text (self->reasons, vv_json_string (body, "reasons"));
  if (json_object_has_member (body, "agrees"))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (vv_json_bool (body, "agrees") ? self->agree : self->disagree),
                                 TRUE);
  show_own (self);
}

static void
on_typed_cb (VvPeerPanel *self)
{
  vv_draft_touch (self->draft);
}

static void
on_bench_cb (VvPeerPanel *self)
{
  /* The bench writes the same draft: what is typed here is kept first, and read again afterwards. */
  g_clear_pointer (&self->draft, vv_draft_free);
  vv_panel_go (VV_PANEL (self), "compare", proposed (self));
}

static void
reviewed (VvPanel *panel, JsonObject *answer)
{
  VvPeerPanel *self = VV_PEER_PANEL (panel);

  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
}

static void
on_lock_cb (VvPeerPanel *self)
{
  gboolean               agrees = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->agree));
  g_autofree char       *reasons = vv_text_field_text (self->reasons);
  g_autoptr (JsonObject) comparison = self->comparison != NULL ? vv_json_copy (self->comparison) : NULL;

  if (comparison == NULL)
    return;
  if (!agrees && !gtk_check_button_get_active (GTK_CHECK_BUTTON (self->disagree)))
    {
      vv_panel_say (VV_PANEL (self), _ ("Say whether you agree that this is a candidate to put forward."));
      gtk_widget_grab_focus (self->agree);
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_peer_review,
                vv_json_new ("candidate", "s", proposed (self), "comparison", "o", g_steal_pointer (&comparison),
                             "agrees", "b", agrees, "reasons", "s", reasons, NULL),
                NULL, reviewed);
}

/* --- The panel ---------------------------------------------------------------------------------------------------- */

static void
explain (VvPeerPanel *self, gboolean may_propose, gboolean may_review)
{
  g_autofree char *text = NULL;

  if (may_review)
    text = g_strdup_printf (
      _ ("Candidate %s was put forward. You look at it independently: you do not see what the examiner wrote."),
      proposed (self));
  else if (may_propose)
    text = g_strdup (
      _ ("Another examiner will compare independently, without seeing your record, before the supervisor decides."));
  else if (proposed (self) != NULL)
    text = g_strdup_printf (_ ("Candidate %s was submitted for peer review."), proposed (self));
  else
    text = g_strdup (_ ("Nothing has been submitted for peer review. It follows the background check."));
  gtk_label_set_text (self->explain, text);
}

static void
vv_peer_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_PROPOSAL, VV_KIND_PEER_REVIEW, NULL };
  VvPeerPanel             *self = VV_PEER_PANEL (panel);
  gboolean                 may_review = proposed (self) != NULL && vv_panel_may (panel, "peer-review");
  gboolean                 may_propose;
  g_autofree char         *key = g_strdup_printf ("peer-review-%s", proposed (self));

  list_candidates (self);
  may_propose = self->letters->len > 0 && vv_panel_may (panel, "propose");
  explain (self, may_propose, may_review);
  gtk_widget_set_visible (self->propose_group, may_propose);
  gtk_widget_set_visible (self->review_group, may_review);
  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  vv_panel_set_primary (panel, may_propose ? self->propose : NULL);
  if (!may_review)
    return;
  show_own (self);
  if (self->draft == NULL)
    self->draft = vv_draft_new (vv_panel_desk (panel), vv_panel_request (panel), key, collect, restore, self);
}

static void
vv_peer_panel_dispose (GObject *object)
{
  g_clear_pointer (&VV_PEER_PANEL (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_peer_panel_parent_class)->dispose (object);
}

static void
vv_peer_panel_finalize (GObject *object)
{
  VvPeerPanel *self = VV_PEER_PANEL (object);

  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->comparison, json_object_unref);
  G_OBJECT_CLASS (vv_peer_panel_parent_class)->finalize (object);
}

static void
vv_peer_panel_class_init (VvPeerPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_peer_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_peer_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_peer_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-peer-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, explain);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, propose_group);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, candidate);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, propose);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, review_group);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, own_state);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, bench);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, opinion);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, agree);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, disagree);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, reasons);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, lock);
  gtk_widget_class_bind_template_child (widget_class, VvPeerPanel, records);
  gtk_widget_class_bind_template_callback (widget_class, on_propose_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_bench_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_cb);
}

static void
vv_peer_panel_init (VvPeerPanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->letters = g_ptr_array_new_with_free_func (g_free);
}
