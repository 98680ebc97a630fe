// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-body.h"
#include "vv-dialogs.h"
#include "vv-error-text.h"
#include "vv-intake-page.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-medium-row.h"
#include "vv-parts.h"
#include "vv-text-field.h"
#include "vv-use.h"

/* Further facts that a use asks for (VvUse.also). */
#define N_ALSO 5

struct _VvIntakePage
{
  AdwBin               parent_instance;
  AdwComboRow         *channel;
  GtkEditable         *case_number;
  GtkEditable         *complaint_number;
  GtkEditable         *name;
  GtkEditable         *command;
  GtkEditable         *shield;
  GtkEditable         *contact;
  AdwComboRow         *subject_role;
  VvTextField         *summary;
  AdwComboRow         *use;
  AdwComboRow         *option;
  GtkEditable         *offence;
  GtkEditable         *arrest_number;
  GtkEditable         *threat;
  GtkEditable         *declared_by;
  GtkEditable         *declared_at;
  VvTextField         *basis;
  GtkCheckButton      *unknown;
  AdwPreferencesGroup *pictures;
  GtkLabel            *message;
  GtkWidget           *enter;
  VvDesk              *desk;
  GPtrArray           *rows;    /* (element-type VvMediumRow) pictures not taken in yet */
  gint64               request; /* entered already, while its pictures are taken in; 0 before */
  gboolean             busy;
};

G_DEFINE_FINAL_TYPE (VvIntakePage, vv_intake_page, ADW_TYPE_BIN)

static guint signal_entered;

static const struct
{
  const char *member;
  gsize       offset;
} also[N_ALSO] = {
  { "offence", G_STRUCT_OFFSET (VvIntakePage, offence) },
  { "arrest_number", G_STRUCT_OFFSET (VvIntakePage, arrest_number) },
  { "threat", G_STRUCT_OFFSET (VvIntakePage, threat) },
  { "declared_by", G_STRUCT_OFFSET (VvIntakePage, declared_by) },
  { "declared_at", G_STRUCT_OFFSET (VvIntakePage, declared_at) },
};

static GtkEditable *
also_entry (VvIntakePage *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkEditable *, self, also[i].offset);
}

static const VvUse *
chosen_use (VvIntakePage *self)
{
  return &vv_use_all ()[MIN (adw_combo_row_get_selected (self->use), VV_USE_COUNT - 1)];
}

/* The form asks what the chosen use asks for, and nothing else. */
static void
on_use_cb (VvIntakePage *self)
{
  const VvUse              *use = chosen_use (self);
  g_autoptr (GtkStringList) options = gtk_string_list_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (use->options) && use->options[i] != NULL; i++)
    gtk_string_list_append (options, use->options[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->option), use->member != NULL);
  adw_combo_row_set_model (self->option, G_LIST_MODEL (options));
  for (gsize i = 0; i < N_ALSO; i++)
    gtk_widget_set_visible (GTK_WIDGET (also_entry (self, i)), g_strv_contains (use->also, also[i].member));
}

/* --- What was typed ------------------------------------------------------------------------------------------------ */

static void
set_text (JsonObject *object, const char *member, GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);

  if (vv_parts_has_text (text))
    json_object_set_string_member (object, member, text);
}

static JsonObject *
typed_use (VvIntakePage *self)
{
  const VvUse     *use = chosen_use (self);
  g_autofree char *basis = vv_text_field_text (self->basis);
  JsonObject      *stated = vv_json_new ("code", "s", use->code, "basis", "s", basis, NULL);

  if (use->member != NULL)
    json_object_set_string_member (stated, use->member, use->options[adw_combo_row_get_selected (self->option)]);
  for (gsize i = 0; i < N_ALSO; i++)
    if (g_strv_contains (use->also, also[i].member))
      set_text (stated, also[i].member, also_entry (self, i));
  return stated;
}

static JsonObject *
typed_request (VvIntakePage *self)
{
  static const char *const channels[] = { "phone", "email" };
  static const char *const roles[] = { "suspect", "victim", "witness" };
  g_autofree char         *summary = vv_text_field_text (self->summary);
  JsonObject              *requester = json_object_new ();
  JsonObject              *request;

  set_text (requester, "name", self->name);
  set_text (requester, "command", self->command);
  set_text (requester, "shield", self->shield);
  set_text (requester, "contact", self->contact);
  request = vv_json_new ("channel", "s", channels[adw_combo_row_get_selected (self->channel)], "requester", "o",
                         requester, "subject_role", "s", roles[adw_combo_row_get_selected (self->subject_role)],
                         "summary", "s", summary, "use", "o", typed_use (self), "identity_unknown", "b",
                         gtk_check_button_get_active (self->unknown), NULL);
  set_text (request, "case_number", self->case_number);
  set_text (request, "complaint_number", self->complaint_number);
  return request;
}

/* --- Entering -------------------------------------------------------------------------------------------------------- */

static void take_next_picture (VvIntakePage *self);

static void
say (VvIntakePage *self, const char *text)
{
  gtk_label_set_text (self->message, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message), text != NULL);
}

static void
stop (VvIntakePage *self, const GError *error)
{
  g_autofree char *text = vv_error_text (error);

  self->busy = FALSE;
  gtk_widget_set_sensitive (self->enter, TRUE);
  say (self, text);
}

static void
picture_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvIntakePage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      stop (self, error);
      return;
    }
  adw_preferences_group_remove (self->pictures, g_ptr_array_index (self->rows, 0));
  g_ptr_array_remove_index (self->rows, 0);
  take_next_picture (self);
}

/* One after the other; a picture that is refused stays in the list, and entering again goes on from it. */
static void
take_next_picture (VvIntakePage *self)
{
  g_autoptr (JsonObject) details = NULL;

  if (self->rows->len == 0)
    {
      stop (self, NULL);
      g_signal_emit (self, signal_entered, 0, self->request);
      return;
    }
  details = vv_medium_row_get (g_ptr_array_index (self->rows, 0));
  vv_desk_act_async (self->desk, vv_desk_add_media, self->request, details, NULL, picture_taken_cb,
                     g_object_ref (self));
}

static void
entered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvIntakePage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      stop (self, error);
      return;
    }
  self->request = vv_json_int (answer, "request");
  take_next_picture (self);
}

/* Pictures are looked at first: a request is not entered and then found to have pictures that cannot be. */
static gboolean
check (VvIntakePage *self, JsonObject *request)
{
  g_autoptr (GError) error = NULL;

  if (self->request == 0 && !vv_body_check (VV_KIND_REQUEST, request, &error))
    {
      say (self, error->message);
      return FALSE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (JsonObject) details = vv_medium_row_get (g_ptr_array_index (self->rows, i));

      if (vv_parts_has_text (vv_json_string (details, "source_detail")) &&
          vv_parts_has_text (vv_json_string (details, "obtained_by")))
        continue;
      adw_expander_row_set_expanded (g_ptr_array_index (self->rows, i), TRUE);
      say (self, _ ("Each picture needs what its source is, and who obtained it when."));
      return FALSE;
    }
  return TRUE;
}

static void
on_enter_cb (VvIntakePage *self)
{
  g_autoptr (JsonObject) request = typed_request (self);

  if (self->busy || !check (self, request))
    return;
  self->busy = TRUE;
  say (self, NULL);
  gtk_widget_set_sensitive (self->enter, FALSE);
  if (self->request == 0)
    vv_desk_act_async (self->desk, vv_desk_new_request, 0, request, NULL, entered_cb, g_object_ref (self));
  else
    take_next_picture (self);
}

/* --- Pictures ----------------------------------------------------------------------------------------------------------- */

static void
on_removed_cb (VvIntakePage *self, GtkWidget *row)
{
  if (self->busy)
    return;
  g_ptr_array_remove (self->rows, row);
  adw_preferences_group_remove (self->pictures, row);
}

static void
on_picture_chosen (const char *path, gpointer user_data)
{
  vv_intake_page_add_picture (user_data, path);
}

static void
on_add_cb (VvIntakePage *self)
{
  vv_dialogs_choose_pictures (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Add pictures"),
                              on_picture_chosen, self);
}

void
vv_intake_page_add_picture (VvIntakePage *self, const char *path)
{
  GtkWidget *row;

  g_return_if_fail (VV_IS_INTAKE_PAGE (self));
  row = vv_medium_row_new (path, gtk_editable_get_text (self->name));
  g_signal_connect_object (row, "removed", G_CALLBACK (on_removed_cb), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->rows, row);
  adw_preferences_group_add (self->pictures, row);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
}

/* --- The page ------------------------------------------------------------------------------------------------------------ */

static void
fill_uses (VvIntakePage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (gsize i = 0; i < VV_USE_COUNT; i++)
    gtk_string_list_take (names, g_strdup_printf ("(%s) %s", vv_use_all ()[i].code, _ (vv_use_all ()[i].title)));
  adw_combo_row_set_model (self->use, G_LIST_MODEL (names));
}

static void
vv_intake_page_finalize (GObject *object)
{
  VvIntakePage *self = VV_INTAKE_PAGE (object);

  g_clear_object (&self->desk);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_intake_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, channel);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, case_number);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, complaint_number);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, name);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, command);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, shield);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, contact);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, subject_role);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, summary);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, use);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, option);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, offence);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, arrest_number);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, threat);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, declared_by);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, declared_at);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, basis);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, unknown);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, pictures);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, message);
  gtk_widget_class_bind_template_child (widget_class, VvIntakePage, enter);
}

static void
vv_intake_page_class_init (VvIntakePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_intake_page_finalize;
  signal_entered = g_signal_new ("entered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-intake-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_use_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_enter_cb);
}

static void
vv_intake_page_init (VvIntakePage *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_uses (self);
  on_use_cb (self);
}

GtkWidget *
vv_intake_page_new (VvDesk *desk)
{
  VvIntakePage *self = g_object_new (VV_TYPE_INTAKE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
