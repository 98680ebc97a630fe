// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-deliveries.h"
#include "vv-draft.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-text-field.h"
#include "vv-use-panel.h"
#include "vv-use.h"

struct _VvUsePanel
{
  VvPanel       parent_instance;
  GtkLabel     *use_title;
  GtkLabel     *use_text;
  GtkLabel     *caution;
  GtkGrid      *facts;
  VvRecordList *records;
  GtkWidget    *form;
  VvTextField  *reason;
  GtkWidget    *confirm;
  GtkWidget    *decline;
  GtkLabel     *outcome;
  GtkBox       *deliveries;
  VvDraft      *draft;
};

G_DEFINE_FINAL_TYPE (VvUsePanel, vv_use_panel, VV_TYPE_PANEL)

static JsonObject *
stated_use (VvPanel *panel)
{
  return vv_json_object (vv_json_object (vv_panel_case (panel), "request"), "use");
}

static JsonObject *
collect (gpointer owner)
{
  VvUsePanel      *self = owner;
  g_autofree char *reason = vv_text_field_text (self->reason);

  return *reason != '\0' ? vv_json_new ("reason", "s", reason, NULL) : NULL;
}

static void
restore (gpointer owner, JsonObject *body)
{
  vv_text_field_set_text (VV_USE_PANEL (owner)->reason, vv_json_string (body, "reason"));
}

static void
on_reason_changed_cb (VvUsePanel *self)
{
  vv_draft_touch (self->draft);
}

static void
decided (VvPanel *panel, JsonObject *answer)
{
  VvUsePanel *self = VV_USE_PANEL (panel);

  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
}

static void
decide (VvUsePanel *self, const char *decision)
{
  g_autofree char *reason = vv_text_field_text (self->reason);

  if (*reason == '\0')
    {
      vv_panel_say (VV_PANEL (self), _ ("Say in a sentence why the basis is, or is not, an authorised use."));
      gtk_widget_grab_focus (GTK_WIDGET (self->reason));
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_confirm_use,
                vv_json_new ("decision", "s", decision, "code", "s",
                             vv_json_string (stated_use (VV_PANEL (self)), "code"), "reason", "s", reason, NULL),
                NULL, decided);
}

static void
on_confirm_cb (VvUsePanel *self)
{
  decide (self, "confirmed");
}

static void
on_decline_cb (VvUsePanel *self)
{
  decide (self, "declined");
}

static void
show_use (VvUsePanel *self)
{
  static const struct
  {
    const char *member;
    const char *title;
  } also[] = {
    { "offence", N_ ("Offence") },
    { "tense", N_ ("The person") },
    { "subject", N_ ("The person is") },
    { "condition", N_ ("The person is") },
    { "identification", N_ ("Identification") },
    { "arrest_number", N_ ("Arrest number") },
    { "morgue_reference", N_ ("Medical examiner or morgue") },
    { "threat", N_ ("Threat") },
    { "declared_by", N_ ("Declared by") },
    { "declared_at", N_ ("Declared at") },
    { "basis", N_ ("Factual basis") },
  };
  JsonObject      *stated = stated_use (VV_PANEL (self));
  const VvUse     *use = vv_use_find (vv_json_string (stated, "code"));
  g_autofree char *title = use != NULL ? g_strdup_printf ("(%s)  %s", use->code, _ (use->title)) : NULL;

  gtk_label_set_text (self->use_title, title != NULL ? title : "");
  gtk_label_set_text (self->use_text, use != NULL ? _ (use->text) : "");
  vv_parts_caution (self->caution, vv_panel_case (VV_PANEL (self)));
  vv_parts_clear (GTK_WIDGET (self->facts));
  for (gsize i = 0; i < G_N_ELEMENTS (also); i++)
    vv_parts_fact (self->facts, _ (also[i].title), vv_json_string (stated, also[i].member));
  vv_parts_fact (self->facts,
                 _ ("What happened"),
                 vv_json_string (vv_json_object (vv_panel_case (VV_PANEL (self)), "request"), "summary"));
}

/* Step 4a: the decision is known to ECMS once it has acknowledged the note. */
static void
show_outcome (VvUsePanel *self)
{
  VvPanel    *panel = VV_PANEL (self);
  JsonObject *record = vv_panel_record (panel, VV_KIND_USE_CONFIRMATION, NULL, NULL);
  const char *decision = vv_json_string (vv_json_object (record, "body"), "decision");
  gboolean    waiting = vv_deliveries_fill (self->deliveries, vv_panel_case (panel), "authorised use");
  const char *text = NULL;

  if (g_strcmp0 (decision, "declined") == 0)
    text = waiting ? _ ("The use was declined: nothing is searched. The note to the investigator waits until ECMS has acknowledged it.")
                   : _ ("The use was declined: nothing is searched. The investigator has the note in ECMS and may submit a new request.");
  else if (decision != NULL && waiting)
    text = _ ("The use was confirmed. The note waits until ECMS has acknowledged it.");
  gtk_label_set_text (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), text != NULL);
}

static void
vv_use_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_USE_CONFIRMATION, NULL };
  VvUsePanel              *self = VV_USE_PANEL (panel);
  gboolean                 may = vv_panel_may (panel, "confirm-use");

  show_use (self);
  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  show_outcome (self);
  gtk_widget_set_visible (self->form, may);
  vv_panel_set_primary (panel, self->confirm);
  vv_panel_offer (panel, self->confirm, "confirm-use");
  vv_panel_offer (panel, self->decline, "confirm-use");
  if (may && self->draft == NULL)
    self->draft =
      vv_draft_new (vv_panel_desk (panel), vv_panel_request (panel), "use-confirmation", collect, restore, self);
}

static void
vv_use_panel_dispose (GObject *object)
{
  g_clear_pointer (&VV_USE_PANEL (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_use_panel_parent_class)->dispose (object);
}

static void
vv_use_panel_class_init (VvUsePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_use_panel_dispose;
  VV_PANEL_CLASS (class)->refresh = vv_use_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-use-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, use_title);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, use_text);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, caution);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, facts);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, records);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, form);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, reason);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, confirm);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, decline);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, outcome);
  gtk_widget_class_bind_template_child (widget_class, VvUsePanel, deliveries);
  gtk_widget_class_bind_template_callback (widget_class, on_confirm_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_decline_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed_cb);
}

static void
vv_use_panel_init (VvUsePanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
}
