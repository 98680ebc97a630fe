// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-blocks.h"
#include "vv-characteristics.h"
#include "vv-findings.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-rejection.h"
#include "vv-time.h"

struct _VvRecordList
{
  AdwBin     parent_instance;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (VvRecordList, vv_record_list, ADW_TYPE_BIN)

static guint signal_form;

static const struct
{
  const char *kind;
  const char *title;
} titles[] = {
  { VV_KIND_AGENCY_FORM, N_ ("FIS Outside Agency Form") },
  { VV_KIND_HANDSCHU, N_ ("Handschu Guidelines") },
  { VV_KIND_CHANNEL_CHANGE, N_ ("Another way back allowed") },
  { VV_KIND_HAND_OVER, N_ ("Report handed over") },
  { VV_KIND_CLOSURE, N_ ("Request closed") },
  { VV_KIND_NUMBER, N_ ("FIS number given") },
  { VV_KIND_ASSIGNMENT, N_ ("Examiner assigned") },
  { VV_KIND_USE_CONFIRMATION, N_ ("Authorised use") },
  { VV_KIND_PROBE, N_ ("Probe selected") },
  { VV_KIND_PROBE_ANALYSIS, N_ ("Probe analysis") },
  { VV_KIND_SEARCH, N_ ("Search") },
  { VV_KIND_DISPOSITION, N_ ("Disposition") },
  { VV_KIND_EARLY_VIEW, N_ ("Identity shown early") },
  { VV_KIND_COMPARISON, N_ ("Visual comparison") },
  { VV_KIND_BACKGROUND, N_ ("Background check") },
  { VV_KIND_PROPOSAL, N_ ("Submitted for peer review") },
  { VV_KIND_NONE, N_ ("No candidate found") },
  { VV_KIND_PEER_REVIEW, N_ ("Peer review") },
  { VV_KIND_SIGN_OFF, N_ ("Supervisor's decision") },
  { VV_KIND_DIRECTION, N_ ("Report directed") },
  { VV_KIND_REPORT, N_ ("Report") },
  { VV_KIND_REJECTION, N_ ("Pictures rejected") },
  { VV_KIND_DD5, N_ ("FIS Request DD5") },
  { VV_KIND_AGENCY_FORM_LAID, N_ ("FIS Outside Agency Form") },
};

/* Members of bodies that people read, in the order they read them. */
static const struct
{
  const char *member;
  const char *title;
} members[] = {
  { "agency", N_ ("Agency") },
  { "officer", N_ ("Officer") },
  { "contact", N_ ("Contact") },
  { "address", N_ ("Address") },
  { "complaint_number", N_ ("Complaint number") },
  { "method", N_ ("Way") },
  { "applies", N_ ("They apply") },
  { "authority", N_ ("Authority") },
  { "cause", N_ ("Cause") },
  { "fis_number", N_ ("FIS number") },
  { "examiner", N_ ("Examiner") },
  { "decision", N_ ("Decision") },
  { "code", N_ ("Authorised use") },
  { "candidate", N_ ("Candidate") },
  { "candidates", N_ ("Candidates") },
  { "disposition", N_ ("Disposition") },
  { "component", N_ ("Component") },
  { "reason", N_ ("Reason") },
  { "why", N_ ("Why another version") },
  { "agrees", N_ ("Agrees") },
  { "conclusion", N_ ("Conclusion") },
  { "similarities", N_ ("Similarities") },
  { "differences", N_ ("Differences") },
  { "findings", N_ ("Marked") },
  { "sources", N_ ("Sources") },
  { "fit", N_ ("Fit with the case") },
  { "reliability", N_ ("Reliability") },
  { "summary", N_ ("Summary") },
  { "statement", N_ ("Statement") },
  { "reasons", N_ ("Reasons") },
  { "round", N_ ("Round") },
  { "text", N_ ("What is wrong") },
  { "ask", N_ ("What would help") },
  { "report", N_ ("Report") },
  { "form", N_ ("Form") },
  { "recipient", N_ ("Recipient") },
  { "note", N_ ("Note") },
};

static const struct
{
  const char *code;
  const char *text;
} codes[] = {
  { "confirmed", N_ ("Confirmed") },
  { "declined", N_ ("Declined") },
  { "approved", N_ ("Approved") },
  { "not-agreed", N_ ("Not in agreement") },
  { "none-confirmed", N_ ("No candidate, confirmed") },
  { "looked", N_ ("Looked at") },
  { "excluded", N_ ("Excluded") },
  { "keep", N_ ("Kept for comparison") },
  { "reliable", N_ ("Reliable") },
  { "doubtful", N_ ("Doubtful") },
  { "not-reliable", N_ ("Not reliable") },
  { "possible-match", N_ ("FIS Possible Match Report") },
  { "no-match", N_ ("FIS No Match Report") },
  { "yes", N_ ("Yes") },
  { "no", N_ ("No") },
  { "withdrawn", N_ ("Withdrawn by who asked") },
  { "abandoned", N_ ("Abandoned") },
  { "duplicate", N_ ("Duplicate of another request") },
  { "completed", N_ ("Completed") },
  { "image-rejection", N_ ("FIS Image Rejection Report") },
  { "request-dd5", N_ ("FIS Request DD5") },
  { "outside-agency", N_ ("FIS Outside Agency Form") },
};

static const char *
text_of_code (const char *code)
{
  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_strcmp0 (codes[i].code, code) == 0)
      return _ (codes[i].text);
  if (vv_rejection_find (code) != NULL)
    return _ (vv_rejection_find (code)->title);
  return vv_conclusion_title (code) != NULL ? vv_conclusion_title (code) : code;
}

/* The differences that nothing explains, first in a comparison. */
static void
add_unexplained (GtkGrid *grid, JsonObject *body)
{
  g_autoptr (GPtrArray) names = vv_characteristics_unexplained (body);
  g_autoptr (GString)   text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n" : "", _ (vv_characteristic_find (g_ptr_array_index (names, i))->title));
  vv_parts_fact (grid, _ ("Unexplained"), text->str);
}

/* "a; b; c" of texts, or one line per {source, finding}. */
static char *
text_of_array (JsonArray *array)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < vv_json_length (array); i++)
    {
      JsonNode   *node = json_array_get_element (array, i);
      JsonObject *object = vv_json_element (array, i);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (object != NULL)
        g_string_append_printf (text, "%s: %s", vv_json_string (object, "source"),
                                vv_json_string (object, "finding"));
      else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append (text, text_of_code (json_node_get_string (node)));
    }
  return g_string_free (text, FALSE);
}

static char *
text_of_member (JsonObject *shown, JsonObject *body, const char *member)
{
  JsonNode *node = json_object_get_member (body, member);

  if (node == NULL)
    return NULL;
  if (g_str_equal (member, "findings"))
    return vv_findings_text (vv_json_array (body, member), /* component= */ NULL);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return text_of_array (json_node_get_array (node));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return g_strdup (json_node_get_boolean (node) ? _ ("Yes") : _ ("No"));
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  if (g_str_equal (member, "examiner"))
    return g_strdup (vv_parts_person (shown, vv_json_string (body, member)));
  if (g_str_equal (member, "method"))
    return g_strdup (vv_intake_method_title (vv_json_string (body, member)));
  if (g_str_equal (member, "component") && vv_component_find (vv_json_string (body, member)) != NULL)
    return g_strdup (_ (vv_component_find (vv_json_string (body, member))->title));
  if (g_str_equal (member, "code"))
    return g_strdup_printf ("(%s)", vv_json_string (body, member));
  return g_strdup (text_of_code (vv_json_string (body, member)));
}

static void
add_members (GtkGrid *grid, JsonObject *shown, JsonObject *body)
{
  add_unexplained (grid, body);
  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    {
      g_autofree char *text = text_of_member (shown, body, members[i].member);

      vv_parts_fact (grid, _ (members[i].title), text);
    }
}

static void
on_form_cb (VvRecordList *self, GtkWidget *button)
{
  g_signal_emit (self, signal_form, 0, g_object_get_data (G_OBJECT (button), "record"));
}

static GtkWidget *
form_button (VvRecordList *self, JsonObject *record)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Open the form"));

  vv_parts_name (button, _ ("Open the form"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (button), "record", g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (record, "id")), g_free);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_form_cb), self, G_CONNECT_SWAPPED);
  return button;
}

/* How many searches there were before @id; 0 stands for "up to the end". */
static guint
searches_before (JsonObject *shown, gint64 id)
{
  JsonArray *records = vv_json_array (shown, "records");
  guint      n = 0;

  for (guint i = 0; i < vv_json_length (records); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (records, i), "kind"), VV_KIND_SEARCH) == 0 &&
        (id == 0 || vv_json_int (vv_json_element (records, i), "id") <= id))
      n++;
  return n;
}

/* When the photo repository was searched more than once: to which search a record belongs. Earlier ones stay as they were. */
static char *
title_in_round (JsonObject *shown, JsonObject *record, const char *title)
{
  guint rounds = searches_before (shown, 0);
  guint round = searches_before (shown, vv_json_int (record, "id"));

  if (rounds < 2 || round == 0)
    return g_strdup (title);
  return round < rounds ? g_strdup_printf (_ ("%s (search %u of %u, as it was)"), title, round, rounds)
                        : g_strdup_printf (_ ("%s (search %u)"), title, round);
}

static GtkWidget *
record_card (VvRecordList *self, JsonObject *shown, JsonObject *record, const char *title)
{
  GtkWidget       *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget       *grid = gtk_grid_new ();
  JsonObject      *body = vv_json_object (record, "body");
  g_autofree char *when = vv_time_for_people (vv_json_string (record, "made_at"));
  g_autofree char *by = g_strdup_printf ("%s, %s", vv_json_string (record, "author_name"), when);
  GtkWidget       *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget       *who = vv_parts_label (by, "dim-label");
  g_autofree char *in_round = title_in_round (shown, record, title);

  gtk_widget_add_css_class (card, "record");
  gtk_box_append (GTK_BOX (head), vv_parts_label (in_round, "heading"));
  gtk_widget_set_hexpand (who, TRUE);
  gtk_widget_set_halign (who, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), who);
  gtk_box_append (GTK_BOX (card), head);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 16);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  add_members (GTK_GRID (grid), shown, body);
  /* A peer review holds the reviewer's own comparison. */
  if (vv_json_object (body, "comparison") != NULL)
    add_members (GTK_GRID (grid), shown, vv_json_object (body, "comparison"));
  vv_parts_fact (GTK_GRID (grid), _ ("Cause"), vv_json_string (vv_json_object (body, "facts"), "cause"));
  gtk_widget_set_visible (grid, gtk_widget_get_first_child (grid) != NULL);
  gtk_box_append (GTK_BOX (card), grid);
  if (vv_json_object (body, "facts") != NULL && vv_json_string (body, "form") != NULL)
    gtk_box_append (GTK_BOX (card), form_button (self, record));
  return card;
}

static void
vv_record_list_class_init (VvRecordListClass *class)
{
  signal_form = g_signal_new ("form", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
vv_record_list_init (VvRecordList *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  adw_bin_set_child (ADW_BIN (self), self->box);
}

static const char *
title_of (const char *kind)
{
  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    if (g_strcmp0 (titles[i].kind, kind) == 0)
      return _ (titles[i].title);
  return kind;
}

void
vv_record_list_fill (VvRecordList *self, JsonObject *shown, const char *const *kinds)
{
  JsonArray *records = vv_json_array (shown, "records");
  gboolean   any = FALSE;

  g_return_if_fail (VV_IS_RECORD_LIST (self));
  vv_parts_clear (self->box);
  for (guint i = 0; i < vv_json_length (records); i++)
    {
      JsonObject *record = vv_json_element (records, i);
      const char *kind = vv_json_string (record, "kind");

      if (kind == NULL || !g_strv_contains (kinds, kind))
        continue;
      gtk_box_append (GTK_BOX (self->box), record_card (self, shown, record, title_of (kind)));
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}
