// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-agency-form.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvAgencyForm
{
  AdwBin       parent_instance;
  GtkEditable *agency;
  GtkEditable *officer;
  GtkEditable *contact;
  GtkEditable *address;
  GtkEditable *complaint_number;
  AdwComboRow *method;
};

G_DEFINE_FINAL_TYPE (VvAgencyForm, vv_agency_form, ADW_TYPE_BIN)

static guint signal_changed;

/* Member of the body, and the need it answers. */
static const struct
{
  gsize       offset;
  const char *member;
  const char *need;
} fields[] = {
  { G_STRUCT_OFFSET (VvAgencyForm, agency), "agency", "agency" },
  { G_STRUCT_OFFSET (VvAgencyForm, officer), "officer", "officer" },
  { G_STRUCT_OFFSET (VvAgencyForm, contact), "contact", "contact" },
  { G_STRUCT_OFFSET (VvAgencyForm, address), "address", "" },
  { G_STRUCT_OFFSET (VvAgencyForm, complaint_number), "complaint_number", "agency-complaint" },
};

static GtkEditable *
field (VvAgencyForm *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkEditable *, self, fields[i].offset);
}

static void
on_changed_cb (VvAgencyForm *self)
{
  g_signal_emit (self, signal_changed, 0);
}

static void
vv_agency_form_class_init (VvAgencyFormClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-agency-form.ui");
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, agency);
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, officer);
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, contact);
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, address);
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, complaint_number);
  gtk_widget_class_bind_template_child (widget_class, VvAgencyForm, method);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
}

static void
vv_agency_form_init (VvAgencyForm *self)
{
  g_autoptr (GListModel) methods = vv_agency_form_methods ();

  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->method, methods);
}

JsonObject *
vv_agency_form_get (VvAgencyForm *self)
{
  JsonObject *body = json_object_new ();

  g_return_val_if_fail (VV_IS_AGENCY_FORM (self), body);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (field (self, i))));

      if (*text != '\0')
        json_object_set_string_member (body, fields[i].member, text);
    }
  if (vv_agency_form_method (self->method) != NULL)
    json_object_set_string_member (body, "method", vv_agency_form_method (self->method));
  return body;
}

void
vv_agency_form_set (VvAgencyForm *self, JsonObject *body)
{
  g_return_if_fail (VV_IS_AGENCY_FORM (self));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = vv_json_string (body, fields[i].member);

      gtk_editable_set_text (field (self, i), text != NULL ? text : "");
    }
  vv_agency_form_choose_method (self->method, vv_json_string (body, "method"));
}

void
vv_agency_form_go_to (VvAgencyForm *self, const char *code)
{
  g_return_if_fail (VV_IS_AGENCY_FORM (self));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].need, code))
      gtk_widget_grab_focus (GTK_WIDGET (field (self, i)));
  if (g_str_equal (code, "method"))
    gtk_widget_child_focus (GTK_WIDGET (self->method), GTK_DIR_TAB_FORWARD);
}

GListModel *
vv_agency_form_methods (void)
{
  GtkStringList *titles = gtk_string_list_new (NULL);

  gtk_string_list_append (titles, _ ("Not chosen yet"));
  for (const char *const *code = vv_intake_methods (); *code != NULL; code++)
    gtk_string_list_append (titles, vv_intake_method_title (*code));
  return G_LIST_MODEL (titles);
}

const char *
vv_agency_form_method (AdwComboRow *row)
{
  guint place = adw_combo_row_get_selected (row);

  return place > 0 && place <= g_strv_length ((char **) vv_intake_methods ()) ? vv_intake_methods ()[place - 1] : NULL;
}

void
vv_agency_form_choose_method (AdwComboRow *row, const char *code)
{
  guint place = 0;

  for (guint i = 0; vv_intake_methods ()[i] != NULL; i++)
    if (g_strcmp0 (vv_intake_methods ()[i], code) == 0)
      place = i + 1;
  adw_combo_row_set_selected (row, place);
}
