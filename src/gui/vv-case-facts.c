// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-case-facts.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-time.h"
#include "vv-use.h"

struct _VvCaseFacts
{
  AdwBin       parent_instance;
  GtkLabel    *summary;
  GtkGrid     *facts;
  GtkWidget   *events;
  GtkWidget   *earlier;
  GtkExpander *protection;
  GtkWidget   *controls;
  VvDesk      *desk;
  gint64       request;
};

G_DEFINE_FINAL_TYPE (VvCaseFacts, vv_case_facts, ADW_TYPE_BIN)

enum
{
  OPEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *
channel_text (const char *channel)
{
  if (g_strcmp0 (channel, "phone") == 0)
    return _ ("By telephone");
  if (g_strcmp0 (channel, "email") == 0)
    return _ ("By e-mail");
  if (g_strcmp0 (channel, "outside-agency") == 0)
    return _ ("From an outside agency");
  if (g_strcmp0 (channel, "intelligence") == 0)
    return _ ("From the Intelligence Bureau");
  return g_strcmp0 (channel, "ecms") == 0 ? _ ("By ECMS") : NULL;
}

static const char *
role_text (const char *role)
{
  if (g_strcmp0 (role, "victim") == 0)
    return _ ("Victim");
  if (g_strcmp0 (role, "witness") == 0)
    return _ ("Witness");
  return g_strcmp0 (role, "suspect") == 0 ? _ ("Suspect") : NULL;
}

static void
show_facts (VvCaseFacts *self, JsonObject *shown)
{
  JsonObject      *request = vv_json_object (shown, "request");
  JsonObject      *requester = vv_json_object (request, "requester");
  const VvUse     *use = vv_use_find (vv_json_string (vv_json_object (request, "use"), "code"));
  g_autofree char *use_text = use != NULL ? g_strdup_printf ("(%s) %s", use->code, _ (use->title)) : NULL;
  g_autofree char *received = vv_time_for_people (vv_json_string (shown, "received"));

  gtk_label_set_text (self->summary, vv_json_string (request, "summary"));
  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("State"), vv_json_string (shown, "status_title"));
  vv_parts_fact (self->facts, _ ("Case"), vv_json_string (request, "case_number"));
  vv_parts_fact (self->facts, _ ("Complaint"), vv_json_string (request, "complaint_number"));
  vv_parts_fact (self->facts, _ ("Use"), use_text);
  vv_parts_fact (self->facts, _ ("Subject"), role_text (vv_json_string (request, "subject_role")));
  vv_parts_fact (self->facts, _ ("Asked by"), vv_json_string (requester, "name"));
  vv_parts_fact (self->facts, _ ("Command"), vv_json_string (requester, "command"));
  vv_parts_fact (self->facts, _ ("Contact"), vv_json_string (requester, "contact"));
  vv_parts_fact (self->facts, _ ("FIS Request DD5"), vv_json_string (request, "dd5"));
  vv_parts_fact (self->facts, _ ("Received"), received);
  vv_parts_fact (self->facts, _ ("Channel"), channel_text (vv_json_string (request, "channel")));
  vv_parts_fact (self->facts, _ ("Examiner"), vv_parts_person (shown, vv_json_string (shown, "examiner")));
}

/* The earlier request about the same person. */
static void
show_earlier (VvCaseFacts *self, JsonObject *shown)
{
  const char      *number = vv_json_string (vv_json_object (shown, "request"), "parent_fis_number");
  g_autofree char *label = number != NULL ? g_strdup_printf (_ ("Follows up FIS %s"), number) : NULL;

  gtk_widget_set_visible (self->earlier, number != NULL);
  if (number == NULL)
    return;
  gtk_button_set_label (GTK_BUTTON (self->earlier), label);
  gtk_link_button_set_uri (GTK_LINK_BUTTON (self->earlier), number);
  vv_parts_name (self->earlier, label);
}

static gboolean
on_earlier_cb (VvCaseFacts *self)
{
  g_signal_emit (self, signals[OPEN], 0, gtk_link_button_get_uri (GTK_LINK_BUTTON (self->earlier)));
  return TRUE;
}

/* --- What protected the case --------------------------------------------------------------------------------------------- */

static void
add_control (VvCaseFacts *self, JsonObject *control)
{
  int              times = (int) vv_json_int (control, "times");
  g_autofree char *last = vv_time_for_people (vv_json_string (control, "last"));
  g_autofree char *often = times == 1 ? g_strdup (last) : g_strdup_printf (_ ("%d times, last %s"), times, last);
  g_autofree char *caption = g_strdup_printf ("%s; %s", vv_json_string (control, "rule"), often);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget       *small = vv_parts_label (caption, "caption");

  gtk_widget_add_css_class (small, "dim-label");
  gtk_box_append (GTK_BOX (box), vv_parts_label (vv_json_string (control, "title"), NULL));
  gtk_box_append (GTK_BOX (box), small);
  gtk_box_append (GTK_BOX (self->controls), box);
}

static void
controls_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  static const char *const sides[][2] = { { "privacy", N_ ("For privacy") }, { "accuracy", N_ ("For accuracy") } };
  g_autoptr (VvCaseFacts)  self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  JsonArray               *controls = vv_json_array (answer, "controls");

  if (self->desk == NULL) /* gone for good, not only covered while the desk is locked */
    return;
  vv_parts_clear (self->controls);
  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  else if (vv_json_length (controls) == 0)
    gtk_box_append (GTK_BOX (self->controls), vv_parts_label (_ ("Nothing yet: controls appear here as the case goes on."), "dim-label"));
  for (gsize side = 0; vv_json_length (controls) > 0 && side < G_N_ELEMENTS (sides); side++)
    {
      gtk_box_append (GTK_BOX (self->controls), vv_parts_label (_ (sides[side][1]), "heading"));
      for (guint i = 0; i < vv_json_length (controls); i++)
        if (g_strcmp0 (vv_json_string (vv_json_element (controls, i), "side"), sides[side][0]) == 0)
          add_control (self, vv_json_element (controls, i));
    }
}

/* Only while it is open: it reads the whole audit chain. */
static void
ask_controls (VvCaseFacts *self)
{
  if (self->desk != NULL && gtk_expander_get_expanded (self->protection))
    vv_desk_act_async (self->desk, vv_desk_controls, self->request, NULL, NULL, controls_cb, g_object_ref (self));
}

static void
show_events (VvCaseFacts *self, JsonObject *shown)
{
  JsonArray *timeline = vv_json_array (shown, "timeline");

  vv_parts_clear (self->events);
  for (guint i = 0; i < vv_json_length (timeline); i++)
    {
      JsonObject      *event = vv_json_element (timeline, i);
      const char      *who = vv_parts_person (shown, vv_json_string (event, "who"));
      g_autofree char *when = vv_time_for_people (vv_json_string (event, "when"));
      g_autofree char *by = who != NULL ? g_strdup_printf ("%s, %s", when, who) : g_strdup (when);
      GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget       *caption = vv_parts_label (by, "caption");

      gtk_widget_add_css_class (box, "event");
      gtk_widget_add_css_class (caption, "dim-label");
      gtk_box_append (GTK_BOX (box), vv_parts_label (vv_json_string (event, "text"), NULL));
      gtk_box_append (GTK_BOX (box), caption);
      gtk_box_append (GTK_BOX (self->events), box);
    }
}

static void
vv_case_facts_dispose (GObject *object)
{
  g_clear_object (&VV_CASE_FACTS (object)->desk);
  G_OBJECT_CLASS (vv_case_facts_parent_class)->dispose (object);
}

static void
vv_case_facts_class_init (VvCaseFactsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_case_facts_dispose;
  signals[OPEN] = g_signal_new ("open", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-case-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, summary);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, facts);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, events);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, earlier);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, protection);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, controls);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, ask_controls);
}

static void
vv_case_facts_init (VvCaseFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_case_facts_show (VvCaseFacts *self, VvDesk *desk, JsonObject *shown)
{
  gint64 request = vv_json_int (shown, "id");

  g_return_if_fail (VV_IS_CASE_FACTS (self));
  g_set_object (&self->desk, desk);
  if (request != self->request)
    vv_parts_clear (self->controls); /* another case's */
  self->request = request;
  ask_controls (self);
  show_earlier (self, shown);
  show_facts (self, shown);
  show_events (self, shown);
}
