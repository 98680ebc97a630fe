// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-agency-form.h"
#include "vv-closing.h"
#include "vv-draft.h"
#include "vv-error-text.h"
#include "vv-exhibits.h"
#include "vv-handschu.h"
#include "vv-intake.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-media-list.h"
#include "vv-papers-panel.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-time.h"

struct _VvPapersPanel
{
  VvPanel              parent_instance;
  GtkLabel            *needed;
  GtkWidget           *form_box;
  VvAgencyForm        *form;
  GtkWidget           *enter_form;
  VvHandschu          *handschu;
  AdwPreferencesGroup *pictures;
  GtkWidget           *more;
  GtkLabel            *more_text;
  VvMediaList         *media;
  GtkWidget           *add_media;
  VvExhibits          *exhibits;
  VvClosing           *closing;
  VvRecordList        *records;
  GPtrArray           *picture_rows; /* (element-type GtkWidget) (unowned elements) */
  VvDraft             *draft;
  gint64               request;
  gboolean             taking;
};

G_DEFINE_FINAL_TYPE (VvPapersPanel, vv_papers_panel, VV_TYPE_PANEL)

/* --- What is typed and not entered yet ----------------------------------------------------------------------------- */

static JsonObject *
collect (gpointer owner)
{
  VvPapersPanel *self = owner;

  return vv_json_new ("media", "a", vv_media_list_get (self->media), "agency_form", "o",
                      vv_agency_form_get (self->form), "handschu", "o", vv_handschu_get (self->handschu), "exhibit",
                      "o", vv_exhibits_get (self->exhibits), NULL);
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvPapersPanel *self = owner;
  JsonArray     *media = vv_json_array (body, "media");

  for (guint i = 0; i < vv_json_length (media); i++)
    vv_media_list_add (self->media, vv_json_string (vv_json_element (media, i), "file"), vv_json_element (media, i));
  vv_agency_form_set (self->form, vv_json_object (body, "agency_form"));
  vv_handschu_set (self->handschu, vv_json_object (body, "handschu"));
  vv_exhibits_set (self->exhibits, vv_json_object (body, "exhibit"));
}

static void
on_typed_cb (VvPapersPanel *self)
{
  g_autoptr (JsonArray) media = vv_media_list_get (self->media);

  gtk_widget_set_visible (self->add_media, vv_json_length (media) > 0);
  vv_draft_touch (self->draft);
}

/* Another request: what was typed for the one before stays with it. */
static void
begin (VvPapersPanel *self)
{
  JsonObject *requester = vv_json_object (vv_json_object (vv_panel_case (VV_PANEL (self)), "request"), "requester");

  g_clear_pointer (&self->draft, vv_draft_free);
  self->request = vv_panel_request (VV_PANEL (self));
  vv_media_list_clear (self->media);
  vv_media_list_set_obtainer (self->media, vv_json_string (requester, "name"));
  vv_agency_form_set (self->form, vv_json_object (vv_panel_case (VV_PANEL (self)), "agency_form"));
  vv_handschu_set (self->handschu, NULL);
  vv_exhibits_set (self->exhibits, NULL);
  self->draft = vv_draft_new (vv_panel_desk (VV_PANEL (self)), self->request, "papers", collect, restore, self);
}

/* --- Acts ------------------------------------------------------------------------------------------------------------ */

static void
on_enter_form_cb (VvPapersPanel *self)
{
  vv_panel_act (VV_PANEL (self), vv_desk_agency_form, vv_agency_form_get (self->form), NULL, NULL);
}

static void
on_media_taken (gpointer user_data, const GError *error)
{
  VvPapersPanel   *self = user_data;
  g_autofree char *text = vv_error_text (error);

  self->taking = FALSE;
  gtk_widget_set_sensitive (self->add_media, TRUE);
  g_signal_emit_by_name (self, "changed");
  vv_panel_say (VV_PANEL (self), text != NULL ? text : "");
}

static void
on_add_media_cb (VvPapersPanel *self)
{
  g_autoptr (JsonObject) taken = vv_json_new ("media", "a", vv_media_list_get (self->media), NULL);
  g_autoptr (JsonArray)  needs = vv_intake_needs (taken);

  for (guint i = 0; i < vv_json_length (needs); i++)
    {
      JsonObject *need = vv_json_element (needs, i);

      if (!g_str_equal (vv_json_string (need, "code"), "medium") || vv_json_bool (need, "given"))
        continue;
      vv_panel_say (VV_PANEL (self), vv_json_string (need, "why"));
      vv_media_list_go_to (self->media, (int) vv_json_int (need, "index"));
      return;
    }
  if (self->taking)
    return;
  self->taking = TRUE;
  vv_panel_say (VV_PANEL (self), "");
  gtk_widget_set_sensitive (self->add_media, FALSE);
  vv_media_list_take (self->media, vv_panel_desk (VV_PANEL (self)), self->request, on_media_taken, self);
}

/* --- Showing the case ---------------------------------------------------------------------------------------------------- */

static int
round_of (JsonObject *shown, gint64 media)
{
  JsonArray *rounds = vv_json_array (shown, "rounds");

  for (guint i = 0; i < vv_json_length (rounds); i++)
    {
      JsonArray *ids = vv_json_array (vv_json_element (rounds, i), "media");

      for (guint k = 0; k < vv_json_length (ids); k++)
        if (json_array_get_int_element (ids, k) == media)
          return (int) vv_json_int (vv_json_element (rounds, i), "round");
    }
  return 0;
}

static char *
picture_text (JsonObject *shown, JsonObject *medium)
{
  int              round = round_of (shown, vv_json_int (medium, "id"));
  g_autofree char *when = vv_time_for_people (vv_json_string (medium, "obtained_at"));
  GString         *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("Round %d. "), round);
  if (vv_json_bool (medium, "rejected"))
    g_string_append (text, _ ("Rejected. "));
  g_string_append_printf (text, _ ("%s: %s. Obtained by %s, %s."),
                          vv_parts_source (vv_json_string (medium, "source")),
                          vv_json_string (medium, "source_detail"), vv_json_string (medium, "obtained_by"), when);
  if (vv_json_string (medium, "site_link") != NULL)
    g_string_append_printf (text, _ ("\nFrom %s, captured %s."), vv_json_string (medium, "site_link"),
                            vv_json_string (medium, "captured_at") != NULL ? vv_json_string (medium, "captured_at")
                                                                           : _ ("on an unknown day"));
  return g_string_free (text, FALSE);
}

static void
show_pictures (VvPapersPanel *self, JsonObject *shown)
{
  JsonArray *media = vv_json_array (shown, "media");

  for (guint i = 0; i < self->picture_rows->len; i++)
    adw_preferences_group_remove (self->pictures, g_ptr_array_index (self->picture_rows, i));
  g_ptr_array_set_size (self->picture_rows, 0);
  for (guint i = 0; i < vv_json_length (media); i++)
    {
      JsonObject      *medium = vv_json_element (media, i);
      g_autofree char *text = picture_text (shown, medium);
      GtkWidget       *row = vv_parts_row (vv_json_string (medium, "name"), text);

      g_ptr_array_add (self->picture_rows, row);
      adw_preferences_group_add (self->pictures, row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->pictures), vv_json_length (media) > 0);
}

/* Where pictures may be added: said which round they begin, else why they may not. */
static void
show_more (VvPapersPanel *self, JsonObject *shown)
{
  JsonArray       *rounds = vv_json_array (shown, "rounds");
  guint            n = vv_json_length (rounds);
  gboolean         may = vv_panel_may (VV_PANEL (self), "add-media");
  gboolean         next = n > 0 && vv_json_length (vv_json_array (vv_json_element (rounds, n - 1), "rejections")) > 0;
  g_autofree char *text = next ? g_strdup_printf (_ ("Images were rejected; what is added now is round %u (step 5b)."), n + 1) : NULL;

  gtk_widget_set_visible (self->more, may);
  gtk_widget_set_visible (GTK_WIDGET (self->more_text), !may || next);
  gtk_label_set_text (self->more_text, may ? text : vv_json_string (vv_json_object (shown, "may"), "add-media"));
}

/* The gate of the number names the paper that is missing. */
static void
show_needed (VvPapersPanel *self, JsonObject *shown)
{
  JsonObject *step = vv_panel_step (VV_PANEL (self));
  gboolean    done = g_strcmp0 (vv_json_string (step, "state"), "done") == 0;
  const char *why = vv_json_string (step, "needed");

  gtk_widget_set_visible (GTK_WIDGET (self->needed), !done && why != NULL);
  gtk_label_set_text (self->needed, why != NULL ? why : "");
}

static void
show_form (VvPapersPanel *self, gboolean entered)
{
  const char *label = entered ? _ ("Enter the form anew") : _ ("Enter the form");

  gtk_widget_set_visible (self->form_box, vv_panel_may (VV_PANEL (self), "agency-form"));
  gtk_button_set_label (GTK_BUTTON (self->enter_form), label);
  vv_parts_name (self->enter_form, label);
}

static void
vv_papers_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_AGENCY_FORM, VV_KIND_HANDSCHU, VV_KIND_CLOSURE, NULL };
  VvPapersPanel           *self = VV_PAPERS_PANEL (panel);
  JsonObject              *shown = vv_panel_case (panel);

  if (self->request != vv_panel_request (panel))
    begin (self);
  show_needed (self, shown);
  show_form (self, vv_json_object (shown, "agency_form") != NULL);
  vv_handschu_refresh (self->handschu, panel);
  show_pictures (self, shown);
  show_more (self, shown);
  vv_exhibits_refresh (self->exhibits, panel);
  vv_closing_refresh (self->closing, panel);
  vv_record_list_fill (self->records, shown, kinds);
}

static void
vv_papers_panel_dispose (GObject *object)
{
  g_clear_pointer (&VV_PAPERS_PANEL (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_papers_panel_parent_class)->dispose (object);
}

static void
vv_papers_panel_finalize (GObject *object)
{
  g_clear_pointer (&VV_PAPERS_PANEL (object)->picture_rows, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_papers_panel_parent_class)->finalize (object);
}

static void
vv_papers_panel_class_init (VvPapersPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_papers_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_papers_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_papers_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-papers-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, needed);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, form_box);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, form);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, enter_form);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, handschu);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, pictures);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, more);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, more_text);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, media);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, add_media);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, exhibits);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, closing);
  gtk_widget_class_bind_template_child (widget_class, VvPapersPanel, records);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_enter_form_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_media_cb);
}

static void
vv_papers_panel_init (VvPapersPanel *self)
{
  g_type_ensure (VV_TYPE_AGENCY_FORM);
  g_type_ensure (VV_TYPE_CLOSING);
  g_type_ensure (VV_TYPE_EXHIBITS);
  g_type_ensure (VV_TYPE_HANDSCHU);
  g_type_ensure (VV_TYPE_MEDIA_LIST);
  g_type_ensure (VV_TYPE_RECORD_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->picture_rows = g_ptr_array_new ();
}
