// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-adjust-panel.h"
#include "vv-canvas.h"
#include "vv-frame-strip.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-probe-panel.h"
#include "vv-quality-list.h"
#include "vv-record-list.h"
#include "vv-rejection-form.h"
#include "vv-thumbnail.h"
#include "vv-time.h"

struct _VvProbePanel
{
  VvPanel          parent_instance;
  GtkFlowBox      *media;
  GtkWidget       *canvas_place;
  VvCanvas        *canvas;
  VvAdjustPanel   *adjust;        /* left of the picture */
  GtkToggleButton *adjust_toggle; /* shows it */
  GCancellable    *finding;       /* (nullable) faces of the picture as it is shown */
  guint            find_timer;    /* waits until the list comes to rest */
  GtkGrid         *facts;
  GtkLabel        *face_text;
  GtkToggleButton *draw;
  GtkWidget       *use;
  GtkWidget       *reject, *reject_all;
  GtkStack        *side; /* "quality" or "rejection", beside the picture */
  VvQualityList   *quality;
  VvRejectionForm *rejection;
  VvRecordList    *records;
  GtkWidget       *empty;
  GtkWidget       *content;
  GtkWidget       *frames; /* VvFrameStrip */
  GCancellable    *cancellable;
  GArray          *faces; /* VvFace of the picture that is shown */
  gint64           shown; /* record id of the medium that is shown, 0 for none */
  guint            n_media;
  guint            n_rejections;
};

G_DEFINE_FINAL_TYPE (VvProbePanel, vv_probe_panel, VV_TYPE_PANEL)

static gboolean
is_rejecting (VvProbePanel *self)
{
  return gtk_stack_get_visible_child (self->side) == GTK_WIDGET (self->rejection);
}

static JsonObject *
medium (VvProbePanel *self, gint64 id)
{
  JsonArray *media = vv_json_array (vv_panel_case (VV_PANEL (self)), "media");

  for (guint i = 0; i < vv_json_length (media); i++)
    if (vv_json_int (vv_json_element (media, i), "id") == id)
      return vv_json_element (media, i);
  return NULL;
}

static void
offer_use (VvProbePanel *self)
{
  int face = vv_canvas_get_selected_face (self->canvas);

  vv_panel_offer (VV_PANEL (self), self->use, "select-probe");
  vv_panel_offer (VV_PANEL (self), GTK_WIDGET (self->draw), "select-probe");
  if (gtk_widget_get_sensitive (GTK_WIDGET (self->draw)))
    gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->draw),
      _ ("Draw a box by hand around a face that was not found (arrow keys move it, Shift changes its size)"));
  if (face < 0 && vv_canvas_get_mode (self->canvas) == VV_CANVAS_BROWSE)
    gtk_widget_set_sensitive (self->use, FALSE);
  if (!vv_json_bool (medium (self, self->shown), "rejected"))
    return;
  gtk_widget_set_sensitive (self->use, FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->draw), FALSE);
  gtk_widget_set_tooltip_text (self->use, _ ("This picture was rejected. Choose another one."));
}

/* Says in @details (returned) which derived image is meant, when one is shown. */
static JsonObject *
with_adjustments (VvProbePanel *self, JsonObject *details)
{
  JsonArray *steps = vv_adjust_panel_get_steps (self->adjust);

  if (steps != NULL)
    json_object_set_array_member (details, "adjustments", steps);
  return details;
}

/* --- Quality, and what is not good enough ------------------------------------------------------------------- */

/* What was measured when the probe was selected stays with it; another face is measured now. */
static void
measure (VvProbePanel *self)
{
  VvPanel    *panel = VV_PANEL (self);
  JsonObject *probe = vv_json_object (vv_panel_case (panel), "probe");
  int         face = vv_canvas_get_selected_face (self->canvas);

  if (vv_panel_may (panel, "select-probe") && face >= 0 && face < (int) self->faces->len)
    vv_quality_list_measure (self->quality, vv_panel_desk (panel), vv_panel_request (panel),
                             with_adjustments (self, vv_json_new ("media", "i", self->shown, "face", "i", (gint64) face, NULL)));
  else if (probe != NULL && vv_json_int (probe, "media") == self->shown && vv_json_array (probe, "quality") != NULL)
    vv_quality_list_show (self->quality, vv_json_array (probe, "quality"), NULL);
  else
    vv_quality_list_show (self->quality, NULL, _ ("Choose a face: its picture is measured here."));
}

/* Marks are shown as faces are: boxes, after the faces. */
static void
show_boxes (VvProbePanel *self)
{
  g_autoptr (GArray) boxes = g_array_copy (self->faces);
  JsonArray         *marks = is_rejecting (self) ? vv_rejection_form_marks (self->rejection) : NULL;
  int                face = vv_canvas_get_selected_face (self->canvas);

  for (guint i = 0; i < vv_json_length (marks); i++)
    {
      JsonObject *mark = vv_json_element (marks, i);
      VvFace      place = { .box = { (float) vv_json_double (mark, "x"), (float) vv_json_double (mark, "y"),
                                     (float) vv_json_double (mark, "width"), (float) vv_json_double (mark, "height") } };

      if (vv_json_int (mark, "media") == self->shown)
        g_array_append_val (boxes, place);
    }
  vv_canvas_set_faces (self->canvas, (VvFace *) (void *) boxes->data, boxes->len, -1);
  if (face >= 0 && face < (int) self->faces->len)
    vv_canvas_select_face (self->canvas, face);
}

static void
show_side (VvProbePanel *self, gboolean rejecting)
{
  VvPanel *panel = VV_PANEL (self);
  gboolean may = vv_panel_may (panel, "reject-image");

  gtk_stack_set_visible_child (self->side, rejecting ? GTK_WIDGET (self->rejection) : GTK_WIDGET (self->quality));
  gtk_widget_set_visible (self->use, !rejecting && vv_panel_may (panel, "select-probe"));
  gtk_widget_set_visible (GTK_WIDGET (self->draw), !rejecting && vv_panel_may (panel, "select-probe"));
  gtk_widget_set_visible (self->reject, !rejecting && may);
  gtk_widget_set_visible (self->reject_all, !rejecting && may);
  /* The form takes the room. */
  gtk_widget_set_visible (GTK_WIDGET (self->facts), !rejecting);
  gtk_widget_set_sensitive (self->reject, !vv_json_bool (medium (self, self->shown), "rejected"));
  show_boxes (self);
}

static void
begin_rejection (VvProbePanel *self, gint64 media)
{
  VvPanel         *panel = VV_PANEL (self);
  g_autofree char *asks = vv_quality_list_asks (self->quality);

  show_side (self, TRUE);
  vv_rejection_form_begin (self->rejection, vv_panel_desk (panel), vv_panel_request (panel), media,
                           media != 0 ? vv_json_string (medium (self, media), "name") : NULL, asks);
}

static void
on_reject_cb (VvProbePanel *self)
{
  begin_rejection (self, self->shown);
}

static void
on_reject_all_cb (VvProbePanel *self)
{
  begin_rejection (self, 0);
}

static void
on_rejection_closed_cb (VvProbePanel *self)
{
  show_side (self, FALSE);
  gtk_widget_grab_focus (self->reject);
}

static void
on_mark_cb (VvProbePanel *self, gboolean start)
{
  vv_canvas_set_mode (self->canvas, start ? VV_CANVAS_DRAW_BOX : VV_CANVAS_BROWSE);
  if (start)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
}

static void
on_rejection_preview_cb (VvProbePanel *self)
{
  JsonObject *details = vv_rejection_form_details (self->rejection);

  json_object_set_array_member (details, "measures", vv_quality_list_values (self->quality, self->shown));
  json_object_set_string_member (details, "form", "image-rejection");
  vv_panel_preview (VV_PANEL (self), details);
}

static void
on_form_cb (VvProbePanel *self, const char *record)
{
  vv_panel_go (VV_PANEL (self), "report", record);
}

static void
describe_face (VvProbePanel *self)
{
  int              face = vv_canvas_get_selected_face (self->canvas);
  g_autofree char *text = NULL;

  if (vv_canvas_get_mode (self->canvas) == VV_CANVAS_DRAW_BOX && is_rejecting (self))
    text = g_strdup (_ ("Draw a box around the place that you mean, then press Enter. Esc gives up."));
  else if (vv_canvas_get_mode (self->canvas) == VV_CANVAS_DRAW_BOX)
    text = g_strdup (_ ("Draw a box from the forehead to the chin, then press “Use this face”. Esc gives up."));
  else if (face >= 0 && face < (int) self->faces->len)
    text = g_strdup_printf (_ ("Face %d of %u."), face + 1, self->faces->len);
  else if (self->faces->len > 0)
    text = g_strdup_printf (g_dngettext (NULL, "%u face was found. Choose it by a click or with Page Down.",
                                         "%u faces were found. Choose one by a click or with Page Down.",
                                         self->faces->len),
                            self->faces->len);
  else
    text = g_strdup (_ ("No face was found in this picture. You can draw a box by hand."));
  gtk_label_set_text (self->face_text, text);
  offer_use (self);
}

static void
show_faces (VvProbePanel *self, JsonArray *faces)
{
  JsonObject *probe = vv_json_object (vv_panel_case (VV_PANEL (self)), "probe");

  g_array_set_size (self->faces, 0);
  for (guint i = 0; i < vv_json_length (faces); i++)
    {
      VvFace face = { 0 };

      if (vv_json_face_read (vv_json_element (faces, i), &face))
        g_array_append_val (self->faces, face);
    }
  show_boxes (self);
  if (self->faces->len == 1 && probe == NULL)
    vv_canvas_select_face (self->canvas, 0);
  describe_face (self);
  measure (self);
}

static void
on_face_selected_cb (VvProbePanel *self)
{
  describe_face (self);
  if (vv_canvas_get_mode (self->canvas) == VV_CANVAS_BROWSE && vv_canvas_get_selected_face (self->canvas) >= 0)
    measure (self);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvProbePanel) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  show_faces (self, vv_json_array (answer, "faces"));
}

static void
stop_finding (VvProbePanel *self)
{
  g_clear_handle_id (&self->find_timer, g_source_remove);
  if (self->finding != NULL)
    g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
}

/* A probe that was selected already shows its own face; asking the detector again would only be slower. */
static void
find_faces (VvProbePanel *self)
{
  VvPanel               *panel = VV_PANEL (self);
  JsonObject            *probe = vv_json_object (vv_panel_case (panel), "probe");
  g_autoptr (JsonObject) what = NULL;
  g_autoptr (JsonArray)  faces = NULL;

  if (vv_panel_may (panel, "select-probe"))
    {
      what = with_adjustments (self, vv_json_new ("media", "i", self->shown, NULL));
      self->finding = g_cancellable_new ();
      gtk_label_set_text (self->face_text, _ ("Looking for faces"));
      vv_desk_act_async (vv_panel_desk (panel), vv_desk_find_faces, vv_panel_request (panel), what, self->finding,
                         found_cb, g_object_ref (self));
      return;
    }
  faces = json_array_new ();
  if (probe != NULL && vv_json_int (probe, "media") == self->shown)
    {
      JsonObject *derived = vv_json_object (probe, "derived");
      JsonObject *face = vv_json_object (derived != NULL ? derived : probe, "face");

      if (face != NULL)
        json_array_add_object_element (faces, json_object_ref (face));
    }
  show_faces (self, faces);
  if (self->faces->len == 1)
    gtk_label_set_text (self->face_text, _ ("This face is the probe."));
  else
    gtk_label_set_text (self->face_text, NULL);
}

static gboolean
find_soon_cb (gpointer user_data)
{
  VvProbePanel *self = user_data;

  self->find_timer = 0;
  find_faces (self);
  return G_SOURCE_REMOVE;
}

/* A preview has no faces to choose from: what is chosen is searched, to the pixel. Zoomed in it would jump, so the
 * complete picture is waited for. */
static void
on_derived_cb (VvProbePanel *self, const VvDerivedView *view)
{
  stop_finding (self);
  if (view->scale < 1 && vv_view_get_fit (vv_canvas_get_view (self->canvas)) == VV_FIT_NONE)
    return;
  g_array_set_size (self->faces, 0);
  vv_canvas_set_picture (self->canvas, view->picture, NULL, 0, -1);
  if (view->complete)
    self->find_timer = g_timeout_add (150, find_soon_cb, self);
}

/* The list that the probe was searched with, or none. */
static void
take_steps (VvProbePanel *self)
{
  JsonObject *probe = vv_json_object (vv_panel_case (VV_PANEL (self)), "probe");
  JsonArray  *steps = vv_json_int (probe, "media") == self->shown ? vv_json_array (vv_json_object (probe, "derived"), "adjustments") : NULL;

  vv_adjust_panel_set_picture (self->adjust, NULL);
  vv_adjust_panel_set_steps (self->adjust, steps);
  vv_adjust_panel_set_editable (self->adjust, vv_panel_may (VV_PANEL (self), "select-probe"));
  if (steps != NULL)
    gtk_toggle_button_set_active (self->adjust_toggle, TRUE);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvProbePanel) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (VvPicture)    picture = vv_desk_picture_finish (VV_DESK (source), result, &error);

  if (picture == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  vv_canvas_reset (self->canvas);
  vv_adjust_panel_set_picture (self->adjust, picture);
}

static void
show_medium_facts (VvProbePanel *self, JsonObject *facts)
{
  g_autofree char *size =
    g_strdup_printf (_ ("%d × %d pixels"), (int) vv_json_int (facts, "width"), (int) vv_json_int (facts, "height"));
  g_autofree char *when =
    vv_json_string (facts, "obtained_at") != NULL ? vv_time_for_people (vv_json_string (facts, "obtained_at")) : NULL;

  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("Picture"), vv_json_string (facts, "name"));
  vv_parts_fact (self->facts, _ ("Size"), size);
  vv_parts_fact (self->facts, _ ("Source"), vv_parts_source (vv_json_string (facts, "source")));
  vv_parts_fact (self->facts, _ ("Detail"), vv_json_string (facts, "source_detail"));
  vv_parts_fact (self->facts, _ ("Obtained by"), vv_json_string (facts, "obtained_by"));
  vv_parts_fact (self->facts, _ ("Obtained"), when);
  vv_parts_fact (self->facts, _ ("Site"), vv_json_string (facts, "site_link"));
  vv_parts_fact (self->facts, _ ("Captured"), vv_json_string (facts, "captured_at"));
}

static void
show_medium (VvProbePanel *self, gint64 id)
{
  JsonObject            *facts = medium (self, id);
  g_autoptr (JsonObject) what = vv_json_new ("media", "i", id, NULL);

  if (facts == NULL || id == self->shown)
    return;
  self->shown = id;
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_toggle_button_set_active (self->draw, FALSE);
  g_array_set_size (self->faces, 0);
  stop_finding (self);
  take_steps (self);
  vv_canvas_set_picture (self->canvas, NULL, NULL, 0, -1);
  vv_canvas_set_label (self->canvas, vv_json_string (facts, "name"));
  gtk_label_set_text (self->face_text, NULL);
  show_medium_facts (self, facts);
  vv_quality_list_show (self->quality, NULL, _ ("Choose a face: its picture is measured here."));
  show_side (self, is_rejecting (self));
  offer_use (self);
  vv_desk_picture_async (vv_panel_desk (VV_PANEL (self)), vv_panel_request (VV_PANEL (self)), what, self->cancellable,
                         fetched_cb, g_object_ref (self));
}

static void
on_medium_chosen_cb (VvProbePanel *self)
{
  g_autoptr (GList) chosen = gtk_flow_box_get_selected_children (self->media);
  JsonArray        *media = vv_json_array (vv_panel_case (VV_PANEL (self)), "media");

  if (chosen == NULL)
    return;
  show_medium (self,
               vv_json_int (vv_json_element (media, (guint) gtk_flow_box_child_get_index (chosen->data)), "id"));
}

static void
select_probe (VvProbePanel *self, JsonObject *details)
{
  vv_panel_act (VV_PANEL (self), vv_desk_select_probe, with_adjustments (self, details), NULL, NULL);
}

/* The report shows the picture as it came, and places in that. */
static void
mark (VvProbePanel *self, const VvBox *box)
{
  g_autoptr (JsonArray) steps = vv_adjust_panel_get_steps (self->adjust);

  vv_canvas_set_mode (self->canvas, VV_CANVAS_BROWSE);
  if (steps == NULL)
    vv_rejection_form_add_mark (self->rejection, self->shown, box);
  else
    vv_panel_say (VV_PANEL (self), _ ("Places are marked in the picture as it came: take the adjustments away first."));
}

static void
on_box_drawn_cb (VvProbePanel *self, const VvBox *box)
{
  if (is_rejecting (self))
    {
      mark (self, box);
      return;
    }
  gtk_toggle_button_set_active (self->draw, FALSE);
  select_probe (self, vv_json_new ("media", "i", self->shown, "box", "o",
                                   vv_json_new ("x", "d", (double) box->x, "y", "d", (double) box->y, "width", "d",
                                                (double) box->width, "height", "d", (double) box->height, NULL),
                                   NULL));
}

static void
on_use_cb (VvProbePanel *self)
{
  int face = vv_canvas_get_selected_face (self->canvas);

  if (vv_canvas_get_mode (self->canvas) == VV_CANVAS_DRAW_BOX)
    {
      if (!vv_canvas_take_box (self->canvas))
        vv_panel_say (VV_PANEL (self), _ ("Draw a box around the face first."));
      return;
    }
  if (face >= 0)
    select_probe (self, vv_json_new ("media", "i", self->shown, "face", "i", (gint64) face, NULL));
}

static void
on_draw_toggled_cb (VvProbePanel *self)
{
  gboolean draw = gtk_toggle_button_get_active (self->draw);

  vv_canvas_set_mode (self->canvas, draw ? VV_CANVAS_DRAW_BOX : VV_CANVAS_BROWSE);
  if (draw)
    gtk_widget_grab_focus (GTK_WIDGET (self->canvas));
  describe_face (self);
}

/* Esc on the canvas leaves the drawing: the button follows. */
static void
on_mode_changed_cb (VvProbePanel *self)
{
  if (!is_rejecting (self))
    gtk_toggle_button_set_active (self->draw, vv_canvas_get_mode (self->canvas) == VV_CANVAS_DRAW_BOX);
  describe_face (self);
}

static void
fill_media (VvProbePanel *self)
{
  JsonArray *media = vv_json_array (vv_panel_case (VV_PANEL (self)), "media");

  for (guint i = self->n_media; i < vv_json_length (media); i++)
    {
      JsonObject *facts = vv_json_element (media, i);
      GtkWidget  *thumbnail = vv_thumbnail_new (104, vv_json_string (facts, "name"));
      GtkWidget  *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
      GtkWidget  *state = gtk_label_new (NULL);

      vv_thumbnail_show (VV_THUMBNAIL (thumbnail), vv_panel_desk (VV_PANEL (self)),
                         vv_panel_request (VV_PANEL (self)),
                         vv_json_new ("media", "i", vv_json_int (facts, "id"), NULL));
      gtk_widget_set_tooltip_text (thumbnail, vv_json_string (facts, "name"));
      gtk_widget_add_css_class (state, "caption");
      gtk_box_append (GTK_BOX (tile), thumbnail);
      gtk_box_append (GTK_BOX (tile), state);
      g_object_set_data (G_OBJECT (tile), "state", state);
      gtk_flow_box_insert (self->media, tile, -1);
    }
  self->n_media = vv_json_length (media);
}

/* The round in which the picture came: after every rejection a new one begins. */
static guint
round_of (VvProbePanel *self, gint64 media, guint *ret_rounds)
{
  JsonArray *rounds = vv_json_array (vv_panel_case (VV_PANEL (self)), "rounds");
  guint      found = 1;

  *ret_rounds = vv_json_length (rounds);
  for (guint i = 0; i < vv_json_length (rounds); i++)
    {
      JsonArray *ids = vv_json_array (vv_json_element (rounds, i), "media");

      for (guint k = 0; k < vv_json_length (ids); k++)
        if (json_array_get_int_element (ids, k) == media)
          found = i + 1;
    }
  return found;
}

static void
show_media_states (VvProbePanel *self)
{
  JsonArray *media = vv_json_array (vv_panel_case (VV_PANEL (self)), "media");

  for (guint i = 0; i < self->n_media; i++)
    {
      JsonObject      *facts = vv_json_element (media, i);
      GtkWidget       *child = GTK_WIDGET (gtk_flow_box_get_child_at_index (self->media, (int) i));
      GtkWidget       *tile = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
      GtkWidget       *state = g_object_get_data (G_OBJECT (tile), "state");
      gboolean         rejected = vv_json_bool (facts, "rejected");
      guint            rounds, round = round_of (self, vv_json_int (facts, "id"), &rounds);
      g_autofree char *text = g_strdup_printf (rejected ? _ ("Round %u, rejected") : _ ("Round %u"), round);
      g_autofree char *name = g_strdup_printf ("%s, %s", vv_json_string (facts, "name"), text);

      gtk_label_set_text (GTK_LABEL (state), text);
      gtk_widget_set_visible (state, rejected || rounds > 1);
      vv_parts_name (child, rejected || rounds > 1 ? name : vv_json_string (facts, "name"));
      if (rejected)
        gtk_widget_add_css_class (child, "excluded");
    }
}

/* What was issued is not typed any more; of a picture that came since, the first is shown. */
static void
note_rejections (VvProbePanel *self)
{
  guint n = vv_json_length (vv_json_array (vv_panel_case (VV_PANEL (self)), "rejections"));

  if (n > self->n_rejections && is_rejecting (self))
    {
      vv_rejection_form_forget (self->rejection);
      gtk_stack_set_visible_child (self->side, GTK_WIDGET (self->quality));
    }
  self->n_rejections = n;
}

/* The probe, or the first picture that may become it. */
static void
choose_medium (VvProbePanel *self)
{
  JsonObject *probe = vv_json_object (vv_panel_case (VV_PANEL (self)), "probe");
  JsonArray  *media = vv_json_array (vv_panel_case (VV_PANEL (self)), "media");
  int         chosen = 0;

  for (guint i = self->n_media; i-- > 0;)
    if (probe != NULL ? vv_json_int (vv_json_element (media, i), "id") == vv_json_int (probe, "media")
                      : !vv_json_bool (vv_json_element (media, i), "rejected"))
      chosen = (int) i;
  if (self->n_media > 0)
    gtk_flow_box_select_child (self->media, gtk_flow_box_get_child_at_index (self->media, chosen));
}

static void
vv_probe_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_PROBE, VV_KIND_REJECTION, NULL };

  VvProbePanel *self = VV_PROBE_PANEL (panel);
  guint         before = self->n_media;

  fill_media (self);
  show_media_states (self);
  note_rejections (self);
  vv_frame_strip_refresh (VV_FRAME_STRIP (self->frames));
  gtk_widget_set_visible (self->empty, self->n_media == 0);
  gtk_widget_set_visible (self->content, self->n_media > 0);
  vv_panel_set_primary (panel, self->use);
  if (self->shown == 0 || (self->n_media > before && vv_json_bool (medium (self, self->shown), "rejected")))
    choose_medium (self);
  show_side (self, is_rejecting (self));
  offer_use (self);
  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
}

static void
vv_probe_panel_dispose (GObject *object)
{
  VvProbePanel *self = VV_PROBE_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  stop_finding (self);
  G_OBJECT_CLASS (vv_probe_panel_parent_class)->dispose (object);
}

static void
vv_probe_panel_finalize (GObject *object)
{
  VvProbePanel *self = VV_PROBE_PANEL (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->faces, g_array_unref);
  G_OBJECT_CLASS (vv_probe_panel_parent_class)->finalize (object);
}

static void
vv_probe_panel_class_init (VvProbePanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_probe_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_probe_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_probe_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-probe-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, media);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, canvas_place);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, facts);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, face_text);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, draw);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, use);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, reject);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, reject_all);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, side);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, quality);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, rejection);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, records);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, empty);
  gtk_widget_class_bind_template_child (widget_class, VvProbePanel, content);
  gtk_widget_class_bind_template_callback (widget_class, on_medium_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_use_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reject_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reject_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_rejection_closed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_rejection_preview_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_mark_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_boxes);
  gtk_widget_class_bind_template_callback (widget_class, on_form_cb);
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvProbePanel *self)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (gdk_keyval_to_lower (key) != GDK_KEY_o ||
      (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 ||
      (focus != NULL && (GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus))))
    return GDK_EVENT_PROPAGATE;
  vv_adjust_panel_hold_original (self->adjust, TRUE);
  return GDK_EVENT_STOP;
}

static void
on_key_up_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvProbePanel *self)
{
  if (gdk_keyval_to_lower (key) == GDK_KEY_o)
    vv_adjust_panel_hold_original (self->adjust, FALSE);
}

/* The list left of the picture, the button that shows it, and O. */
static void
make_adjustments (VvProbePanel *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->adjust = VV_ADJUST_PANEL (vv_adjust_panel_new ());
  self->adjust_toggle = GTK_TOGGLE_BUTTON (gtk_toggle_button_new_with_label (_ ("Adjust")));
  vv_parts_name (GTK_WIDGET (self->adjust_toggle), _ ("Adjust"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->adjust_toggle),
                               _ ("Show the list of adjustments. What is searched is the picture as it is shown; the picture as it came stays."));
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (self->draw))), GTK_WIDGET (self->adjust_toggle));
  gtk_box_prepend (GTK_BOX (self->canvas_place), GTK_WIDGET (self->adjust));
  g_object_bind_property (self->adjust_toggle, "active", self->adjust, "visible", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->adjust, "derived", G_CALLBACK (on_derived_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_cb), self, 0);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (on_key_up_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
vv_probe_panel_init (VvProbePanel *self)
{
  g_type_ensure (VV_TYPE_QUALITY_LIST);
  g_type_ensure (VV_TYPE_REJECTION_FORM);
  g_type_ensure (VV_TYPE_RECORD_LIST);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->frames = vv_frame_strip_new (VV_PANEL (self));
  gtk_box_append (GTK_BOX (gtk_widget_get_parent (self->content)), self->frames);
  self->cancellable = g_cancellable_new ();
  self->faces = g_array_new (FALSE, TRUE, sizeof (VvFace));
  self->canvas = VV_CANVAS (vv_canvas_new ());
  vv_canvas_set_overlays (self->canvas, VV_OVERLAY_BOXES);
  gtk_widget_set_hexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->canvas), TRUE);
  gtk_box_append (GTK_BOX (self->canvas_place), GTK_WIDGET (self->canvas));
  g_signal_connect_object (self->canvas, "notify::selected-face", G_CALLBACK (on_face_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "notify::mode", G_CALLBACK (on_mode_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->canvas, "box-drawn", G_CALLBACK (on_box_drawn_cb), self, G_CONNECT_SWAPPED);
  make_adjustments (self);
}
