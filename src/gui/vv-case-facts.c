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
  AdwBin     parent_instance;
  GtkLabel  *summary;
  GtkGrid   *facts;
  GtkWidget *events;
};

G_DEFINE_FINAL_TYPE (VvCaseFacts, vv_case_facts, ADW_TYPE_BIN)

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
  vv_parts_fact (self->facts, _ ("Follows up"), vv_json_string (request, "parent_fis_number"));
  vv_parts_fact (self->facts, _ ("Received"), received);
  vv_parts_fact (self->facts, _ ("Channel"), channel_text (vv_json_string (request, "channel")));
  vv_parts_fact (self->facts, _ ("Examiner"), vv_parts_person (shown, vv_json_string (shown, "examiner")));
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
vv_case_facts_class_init (VvCaseFactsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-case-facts.ui");
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, summary);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, facts);
  gtk_widget_class_bind_template_child (widget_class, VvCaseFacts, events);
}

static void
vv_case_facts_init (VvCaseFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_case_facts_show (VvCaseFacts *self, JsonObject *shown)
{
  g_return_if_fail (VV_IS_CASE_FACTS (self));
  show_facts (self, shown);
  show_events (self, shown);
}
