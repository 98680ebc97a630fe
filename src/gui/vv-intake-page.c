// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-agency-form.h"
#include "vv-dialogs.h"
#include "vv-draft.h"
#include "vv-error-text.h"
#include "vv-file-row.h"
#include "vv-intake-page.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-media-list.h"
#include "vv-needs-list.h"
#include "vv-parts.h"
#include "vv-text-field.h"
#include "vv-use.h"

struct _VvIntakePage
{
  AdwBin        parent_instance;
  AdwComboRow  *channel;
  GtkWidget    *numbers_group;
  GtkEditable  *case_number;
  GtkEditable  *complaint_number;
  GtkEditable  *ecms_folder;
  GtkWidget    *requester_group;
  GtkEditable  *name;
  GtkEditable  *command;
  GtkEditable  *shield;
  GtkEditable  *contact;
  VvAgencyForm *agency_form;
  GtkWidget    *agency_papers;
  VvFileRow    *complaint_report;
  VvFileRow    *form_scan;
  GtkEditable  *parent;
  AdwComboRow  *subject_role;
  VvTextField  *summary;
  AdwComboRow  *use;
  AdwComboRow  *option;
  GtkEditable  *offence;
  GtkEditable  *arrest_number;
  GtkEditable  *morgue_reference;
  GtkEditable  *threat;
  GtkEditable  *declared_by;
  GtkEditable  *declared_at;
  VvTextField  *basis;
  GtkWidget    *unknown;
  VvMediaList  *media;
  VvNeedsList  *needs;
  GtkLabel     *message;
  GtkWidget    *enter;
  GtkWidget    *restart;
  VvDesk       *desk;
  VvDraft      *draft;
  gint64        request;   /* entered already, while its papers and pictures are taken in; 0 before */
  gboolean      form_done; /* its FIS Outside Agency Form is entered */
  gboolean      busy;
  gboolean      filling; /* by the page itself, not by a person */
  gboolean      gone;    /* the window has left it; what was asked for may still come */
};

G_DEFINE_FINAL_TYPE (VvIntakePage, vv_intake_page, ADW_TYPE_BIN)

static guint signal_entered;

/* In the order of their lists; the first place of each list but the channel's says that nothing is chosen yet. */
static const char *const channels[] = { "phone", "email", "outside-agency", "ecms", "intelligence" };
static const char *const roles[] = { "suspect", "victim", "witness" };

/* Where the text of an entry goes: object of what was taken in, its member, and the need (vv-intake.h) it answers. */
static const struct
{
  gsize       offset;
  const char *part;
  const char *member;
  const char *need;
} fields[] = {
  { G_STRUCT_OFFSET (VvIntakePage, case_number), "request", "case_number", "number" },
  { G_STRUCT_OFFSET (VvIntakePage, complaint_number), "request", "complaint_number", "number" },
  { G_STRUCT_OFFSET (VvIntakePage, ecms_folder), "request", "ecms_folder", NULL },
  { G_STRUCT_OFFSET (VvIntakePage, parent), "request", "parent_fis_number", NULL },
  { G_STRUCT_OFFSET (VvIntakePage, name), "requester", "name", "requester" },
  { G_STRUCT_OFFSET (VvIntakePage, command), "requester", "command", "requester" },
  { G_STRUCT_OFFSET (VvIntakePage, shield), "requester", "shield", NULL },
  { G_STRUCT_OFFSET (VvIntakePage, contact), "requester", "contact", NULL },
  { G_STRUCT_OFFSET (VvIntakePage, offence), "use", "offence", "use" },
  { G_STRUCT_OFFSET (VvIntakePage, arrest_number), "use", "arrest_number", "use" },
  { G_STRUCT_OFFSET (VvIntakePage, morgue_reference), "use", "morgue_reference", NULL },
  { G_STRUCT_OFFSET (VvIntakePage, threat), "use", "threat", "use" },
  { G_STRUCT_OFFSET (VvIntakePage, declared_by), "use", "declared_by", "use" },
  { G_STRUCT_OFFSET (VvIntakePage, declared_at), "use", "declared_at", "use" },
};

static GtkEditable *
field (VvIntakePage *self, gsize i)
{
  return G_STRUCT_MEMBER (GtkEditable *, self, fields[i].offset);
}

static const char *
channel (VvIntakePage *self)
{
  return channels[MIN (adw_combo_row_get_selected (self->channel), G_N_ELEMENTS (channels) - 1)];
}

static gboolean
is_from_agency (VvIntakePage *self)
{
  return g_str_equal (channel (self), "outside-agency");
}

/* NULL while none is chosen. */
static const VvUse *
chosen_use (VvIntakePage *self)
{
  guint place = adw_combo_row_get_selected (self->use);

  return place > 0 && place <= VV_USE_COUNT ? &vv_use_all ()[place - 1] : NULL;
}

static const char *
chosen (AdwComboRow *row, const char *const *codes, guint n)
{
  guint place = adw_combo_row_get_selected (row);

  return place > 0 && place <= n ? codes[place - 1] : NULL;
}

/* --- What was typed ------------------------------------------------------------------------------------------------ */

static void
collect_part (VvIntakePage *self, const char *part, JsonObject *object)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkEditable     *entry = field (self, i);
      g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

      if (g_str_equal (fields[i].part, part) && *text != '\0' && gtk_widget_get_visible (GTK_WIDGET (entry)))
        json_object_set_string_member (object, fields[i].member, text);
    }
}

static JsonObject *
typed_use (VvIntakePage *self)
{
  const VvUse     *use = chosen_use (self);
  g_autofree char *basis = vv_text_field_text (self->basis);
  JsonObject      *stated = vv_json_new ("code", "s", use != NULL ? use->code : NULL, "basis", "s", basis, NULL);
  guint            place = adw_combo_row_get_selected (self->option);

  if (use != NULL && use->member != NULL && place < G_N_ELEMENTS (use->options) && use->options[place] != NULL)
    json_object_set_string_member (stated, use->member, use->options[place]);
  collect_part (self, "use", stated);
  return stated;
}

/* Who asks in an outside agency is in its form. */
static JsonObject *
typed_requester (VvIntakePage *self, JsonObject *form)
{
  JsonObject *requester = json_object_new ();

  if (form == NULL)
    collect_part (self, "requester", requester);
  else
    {
      json_object_unref (requester);
      requester = vv_json_new ("name", "s", vv_json_string (form, "officer"), "command", "s",
                               vv_json_string (form, "agency"), "contact", "s", vv_json_string (form, "contact"), NULL);
    }
  return requester;
}

/* All there is so far, as vv_intake_needs() wants it; Returns: (transfer full). */
static JsonObject *
typed (VvIntakePage *self)
{
  JsonObject      *form = is_from_agency (self) ? vv_agency_form_get (self->agency_form) : NULL;
  g_autofree char *summary = vv_text_field_text (self->summary);
  JsonObject      *request = json_object_new ();

  collect_part (self, "request", request);
  if (form != NULL)
    {
      json_object_remove_member (request, "case_number");
      json_object_remove_member (request, "complaint_number");
      json_object_remove_member (request, "ecms_folder");
      if (vv_json_string (form, "complaint_number") != NULL)
        json_object_set_string_member (request, "complaint_number", vv_json_string (form, "complaint_number"));
    }
  json_object_set_string_member (request, "channel", channel (self));
  json_object_set_object_member (request, "requester", typed_requester (self, form));
  if (chosen (self->subject_role, roles, G_N_ELEMENTS (roles)) != NULL)
    json_object_set_string_member (request, "subject_role", chosen (self->subject_role, roles, G_N_ELEMENTS (roles)));
  json_object_set_string_member (request, "summary", summary);
  json_object_set_object_member (request, "use", typed_use (self));
  json_object_set_boolean_member (request, "identity_unknown",
                                  gtk_check_button_get_active (GTK_CHECK_BUTTON (self->unknown)));
  return vv_json_new ("request", "o", request, "agency_form", "o", form, "complaint_report", "s",
                      form != NULL ? vv_file_row_path (self->complaint_report) : NULL, "form_scan", "s",
                      form != NULL ? vv_file_row_path (self->form_scan) : NULL, "media", "a",
                      vv_media_list_get (self->media), NULL);
}

/* --- What changes while it is typed --------------------------------------------------------------------------------- */

static void
show_needs (VvIntakePage *self)
{
  g_autoptr (JsonObject) taken = typed (self);
  g_autoptr (JsonArray)  needs = NULL;

  /* The copy was taken in already; the rest goes on from there. */
  if (self->request != 0 && is_from_agency (self) && vv_json_string (taken, "complaint_report") == NULL)
    json_object_set_string_member (taken, "complaint_report", "taken in");
  needs = vv_intake_needs (taken);
  vv_needs_list_show (self->needs, needs);
}

static void
on_typed_cb (VvIntakePage *self)
{
  if (self->filling)
    return;
  show_needs (self);
  vv_draft_touch (self->draft);
}

static void
on_name_cb (VvIntakePage *self)
{
  g_autoptr (JsonObject) form = vv_agency_form_get (self->agency_form);

  vv_media_list_set_obtainer (self->media, is_from_agency (self) ? vv_json_string (form, "officer")
                                                                 : gtk_editable_get_text (self->name));
  on_typed_cb (self);
}

static void
on_channel_cb (VvIntakePage *self)
{
  gboolean agency = is_from_agency (self);

  gtk_widget_set_visible (self->numbers_group, !agency);
  gtk_widget_set_visible (self->requester_group, !agency);
  gtk_widget_set_visible (GTK_WIDGET (self->agency_form), agency);
  gtk_widget_set_visible (self->agency_papers, agency);
  gtk_widget_set_visible (GTK_WIDGET (self->ecms_folder), g_str_equal (channel (self), "ecms"));
  on_name_cb (self);
}

/* The form asks what the chosen use asks for, and nothing else. */
static void
on_use_cb (VvIntakePage *self)
{
  const VvUse              *use = chosen_use (self);
  g_autoptr (GtkStringList) options = gtk_string_list_new (NULL);

  for (gsize i = 0; use != NULL && i < G_N_ELEMENTS (use->options) && use->options[i] != NULL; i++)
    gtk_string_list_append (options, use->options[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->option), use != NULL && use->member != NULL);
  adw_combo_row_set_model (self->option, G_LIST_MODEL (options));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (fields[i].part, "use"))
      gtk_widget_set_visible (GTK_WIDGET (field (self, i)),
                              use != NULL &&
                                (g_strv_contains (use->also, fields[i].member) || g_strcmp0 (use->may, fields[i].member) == 0));
  on_typed_cb (self);
}

/* --- The draft --------------------------------------------------------------------------------------------------------- */

static JsonObject *
collect_draft (gpointer owner)
{
  VvIntakePage *self = owner;
  JsonObject   *draft = typed (self);

  json_object_set_int_member (draft, "entered", self->request);
  json_object_set_boolean_member (draft, "form_done", self->form_done);
  return draft;
}

static void
choose (AdwComboRow *row, const char *const *codes, guint n, const char *code, guint first)
{
  adw_combo_row_set_selected (row, 0);
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (codes[i], code) == 0)
      adw_combo_row_set_selected (row, i + first);
}

static JsonObject *
part_of (JsonObject *draft, const char *part)
{
  JsonObject *request = vv_json_object (draft, "request");

  return g_str_equal (part, "request") ? request : vv_json_object (request, part);
}

static void
restore_use (VvIntakePage *self, JsonObject *stated)
{
  const VvUse *use = vv_use_find (vv_json_string (stated, "code"));

  adw_combo_row_set_selected (self->use, use != NULL ? (guint) (use - vv_use_all ()) + 1 : 0);
  on_use_cb (self);
  if (use != NULL && use->member != NULL)
    for (guint i = 0; i < G_N_ELEMENTS (use->options) && use->options[i] != NULL; i++)
      if (g_strcmp0 (use->options[i], vv_json_string (stated, use->member)) == 0)
        adw_combo_row_set_selected (self->option, i);
  vv_text_field_set_text (self->basis, vv_json_string (stated, "basis"));
}

static void
restore_draft (gpointer owner, JsonObject *draft)
{
  VvIntakePage *self = owner;
  JsonObject   *request = vv_json_object (draft, "request");
  JsonArray    *media = vv_json_array (draft, "media");

  self->filling = TRUE;
  self->request = vv_json_int (draft, "entered");
  self->form_done = vv_json_bool (draft, "form_done");
  choose (self->channel, channels, G_N_ELEMENTS (channels), vv_json_string (request, "channel"), 0);
  choose (self->subject_role, roles, G_N_ELEMENTS (roles), vv_json_string (request, "subject_role"), 1);
  vv_agency_form_set (self->agency_form, vv_json_object (draft, "agency_form"));
  restore_use (self, vv_json_object (request, "use"));
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *text = vv_json_string (part_of (draft, fields[i].part), fields[i].member);

      gtk_editable_set_text (field (self, i), text != NULL ? text : "");
    }
  vv_text_field_set_text (self->summary, vv_json_string (request, "summary"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->unknown), vv_json_bool (request, "identity_unknown"));
  vv_file_row_set_path (self->complaint_report, vv_json_string (draft, "complaint_report"));
  vv_file_row_set_path (self->form_scan, vv_json_string (draft, "form_scan"));
  vv_media_list_clear (self->media);
  for (guint i = 0; i < vv_json_length (media); i++)
    vv_media_list_add (self->media, vv_json_string (vv_json_element (media, i), "file"), vv_json_element (media, i));
  on_channel_cb (self);
  self->filling = FALSE;
  show_needs (self);
}

static void
on_restart_cb (VvIntakePage *self)
{
  g_autoptr (JsonObject) nothing = json_object_new ();

  if (self->busy)
    return;
  vv_draft_forget (self->draft);
  restore_draft (self, nothing);
  gtk_widget_set_visible (GTK_WIDGET (self->message), FALSE);
}

/* --- Entering -------------------------------------------------------------------------------------------------------- */

static void take_next (VvIntakePage *self);

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
  gtk_widget_set_sensitive (self->restart, self->request == 0);
  say (self, text);
  show_needs (self);
  if (self->request != 0 && text != NULL)
    vv_draft_touch (self->draft);
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
  vv_draft_touch (self->draft);
  take_next (self);
}

static void
form_entered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvIntakePage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (answer == NULL)
    {
      stop (self, error);
      return;
    }
  self->form_done = TRUE;
  vv_draft_touch (self->draft);
  take_next (self);
}

static void
paper_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvIntakePage) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  const char *class = vv_json_string (vv_json_object (answer, "body"), "class");

  if (answer == NULL)
    {
      stop (self, error);
      return;
    }
  vv_file_row_set_path (g_strcmp0 (class, "agency-form") == 0 ? self->form_scan : self->complaint_report, NULL);
  take_next (self);
}

static void
take_paper (VvIntakePage *self, VvFileRow *row, const char *class, const char *description)
{
  g_autoptr (JsonObject) details =
    vv_json_new ("file", "s", vv_file_row_path (row), "class", "s", class, "description", "s", description, NULL);

  vv_desk_act_async (self->desk, vv_desk_add_exhibit, self->request, details, NULL, paper_taken_cb,
                     g_object_ref (self));
}

static void
on_media_taken (gpointer user_data, const GError *error)
{
  VvIntakePage *self = user_data;

  stop (self, error);
  if (error != NULL)
    return;
  vv_draft_forget (self->draft);
  g_signal_emit (self, signal_entered, 0, self->request);
}

/* The request, its papers, its pictures: one after the other. What is refused stays, and entering again goes on from it. */
static void
take_next (VvIntakePage *self)
{
  g_autoptr (JsonObject) taken = typed (self);

  if (self->request == 0)
    vv_desk_act_async (self->desk, vv_desk_new_request, 0, vv_json_object (taken, "request"), NULL, entered_cb,
                       g_object_ref (self));
  else if (is_from_agency (self) && !self->form_done)
    vv_desk_act_async (self->desk, vv_desk_agency_form, self->request, vv_json_object (taken, "agency_form"), NULL,
                       form_entered_cb, g_object_ref (self));
  else if (is_from_agency (self) && vv_file_row_path (self->complaint_report) != NULL)
    take_paper (self, self->complaint_report, "complaint-report", _ ("Complaint report of the outside agency"));
  else if (is_from_agency (self) && vv_file_row_path (self->form_scan) != NULL)
    take_paper (self, self->form_scan, "agency-form", _ ("FIS Outside Agency Form as it came"));
  else
    vv_media_list_take (self->media, self->desk, self->request, on_media_taken, self);
}

static void
go_to (VvIntakePage *self, const char *code, int index)
{
  static const struct
  {
    const char *code;
    gsize       offset;
  } others[] = {
    { "complaint-report", G_STRUCT_OFFSET (VvIntakePage, complaint_report) },
    { "basis", G_STRUCT_OFFSET (VvIntakePage, basis) },
    { "subject", G_STRUCT_OFFSET (VvIntakePage, subject_role) },
    { "summary", G_STRUCT_OFFSET (VvIntakePage, summary) },
    { "unknown", G_STRUCT_OFFSET (VvIntakePage, unknown) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (g_str_equal (others[i].code, code))
      gtk_widget_child_focus (G_STRUCT_MEMBER (GtkWidget *, self, others[i].offset), GTK_DIR_TAB_FORWARD);
  if (g_str_equal (code, "media") || g_str_equal (code, "medium"))
    vv_media_list_go_to (self->media, index);
  vv_agency_form_go_to (self->agency_form, code);
  if (g_str_equal (code, "use") && chosen_use (self) == NULL)
    gtk_widget_child_focus (GTK_WIDGET (self->use), GTK_DIR_TAB_FORWARD);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (fields[i].need, code) == 0 && gtk_widget_get_visible (GTK_WIDGET (field (self, i))) &&
        !vv_parts_has_text (gtk_editable_get_text (field (self, i))))
      {
        gtk_widget_grab_focus (GTK_WIDGET (field (self, i)));
        return;
      }
}

static void
on_need_chosen_cb (VvIntakePage *self, const char *code, int index)
{
  go_to (self, code, index);
}

/* Pictures are looked at first: a request is not entered and then found to have pictures that cannot be. */
static void
on_enter_cb (VvIntakePage *self)
{
  g_autoptr (JsonObject) taken = typed (self);
  g_autoptr (JsonArray)  needs = vv_intake_needs (taken);
  JsonObject            *missing = vv_intake_first_missing (needs);
  g_autofree char       *text = NULL;

  if (self->busy)
    return;
  /* Of a request that is in already, the desk says what is wrong. */
  if (missing != NULL && (self->request == 0 || g_str_equal (vv_json_string (missing, "code"), "medium")))
    {
      const char *why = vv_json_string (missing, "why");

      text = why != NULL ? g_strdup (why)
                         : g_strdup_printf (_ ("Still missing: %s. (%s)"), vv_json_string (missing, "title"),
                                            vv_json_string (missing, "rule"));
      say (self, text);
      go_to (self, vv_json_string (missing, "code"), (int) vv_json_int (missing, "index"));
      return;
    }
  self->busy = TRUE;
  say (self, NULL);
  gtk_widget_set_sensitive (self->enter, FALSE);
  gtk_widget_set_sensitive (self->restart, FALSE);
  take_next (self);
}

static gboolean
on_enter_key_cb (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  on_enter_cb (VV_INTAKE_PAGE (widget));
  return TRUE;
}

/* --- The page ------------------------------------------------------------------------------------------------------------ */

static void
fill_uses (VvIntakePage *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("Not chosen yet"));
  for (gsize i = 0; i < VV_USE_COUNT; i++)
    gtk_string_list_take (names, g_strdup_printf ("(%s) %s", vv_use_all ()[i].code, _ (vv_use_all ()[i].title)));
  adw_combo_row_set_model (self->use, G_LIST_MODEL (names));
}

/* The Intelligence Bureau's channel is there for those who may see its requests. */
static void
accounts_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvIntakePage) self = user_data;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, /* error= */ NULL);
  JsonArray               *accounts = vv_json_array (answer, "accounts");

  for (guint i = 0; i < vv_json_length (accounts); i++)
    {
      JsonObject *account = vv_json_element (accounts, i);

      if (vv_json_bool (account, "intelligence") &&
          g_strcmp0 (vv_json_string (account, "account"), vv_desk_account (self->desk)) == 0)
        gtk_string_list_append (GTK_STRING_LIST (adw_combo_row_get_model (self->channel)), _ ("Intelligence Bureau"));
    }
  if (!self->gone)
    self->draft = vv_draft_new (self->desk, 0, "intake", collect_draft, restore_draft, self);
}

static void
vv_intake_page_dispose (GObject *object)
{
  VV_INTAKE_PAGE (object)->gone = TRUE;
  g_clear_pointer (&VV_INTAKE_PAGE (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_intake_page_parent_class)->dispose (object);
}

static void
vv_intake_page_finalize (GObject *object)
{
  g_clear_object (&VV_INTAKE_PAGE (object)->desk);
  G_OBJECT_CLASS (vv_intake_page_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) gtk_widget_class_bind_template_child (widget_class, VvIntakePage, name)
  BIND (channel);
  BIND (numbers_group);
  BIND (case_number);
  BIND (complaint_number);
  BIND (ecms_folder);
  BIND (requester_group);
  BIND (name);
  BIND (command);
  BIND (shield);
  BIND (contact);
  BIND (agency_form);
  BIND (agency_papers);
  BIND (complaint_report);
  BIND (form_scan);
  BIND (parent);
  BIND (subject_role);
  BIND (summary);
  BIND (use);
  BIND (option);
  BIND (offence);
  BIND (arrest_number);
  BIND (morgue_reference);
  BIND (threat);
  BIND (declared_by);
  BIND (declared_at);
  BIND (basis);
  BIND (unknown);
  BIND (media);
  BIND (needs);
  BIND (message);
  BIND (enter);
  BIND (restart);
#undef BIND
}

static void
vv_intake_page_class_init (VvIntakePageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_intake_page_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_intake_page_finalize;
  signal_entered = g_signal_new ("entered", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-intake-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_channel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_name_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_use_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_enter_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_restart_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_need_chosen_cb);
}

static void
vv_intake_page_init (VvIntakePage *self)
{
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  g_type_ensure (VV_TYPE_AGENCY_FORM);
  g_type_ensure (VV_TYPE_FILE_ROW);
  g_type_ensure (VV_TYPE_MEDIA_LIST);
  g_type_ensure (VV_TYPE_NEEDS_LIST);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  vv_parts_catch_keys (GTK_WIDGET (self), "<Control>Return|<Control>KP_Enter", on_enter_key_cb);
  fill_uses (self);
  on_use_cb (self);
  on_channel_cb (self);
  self->filling = FALSE;
  show_needs (self);
}

static void
on_dropped (const char *path, gpointer user_data)
{
  vv_intake_page_add_picture (user_data, path);
}

GtkWidget *
vv_intake_page_new (VvDesk *desk)
{
  VvIntakePage *self = g_object_new (VV_TYPE_INTAKE_PAGE, NULL);

  self->desk = g_object_ref (desk);
  vv_dialogs_accept_files (GTK_WIDGET (self), on_dropped, self);
  vv_desk_act_async (desk, vv_desk_list_accounts, 0, NULL, NULL, accounts_listed_cb, g_object_ref (self));
  return GTK_WIDGET (self);
}

void
vv_intake_page_add_picture (VvIntakePage *self, const char *path)
{
  g_return_if_fail (VV_IS_INTAKE_PAGE (self));
  vv_media_list_add (self->media, path, NULL);
}
