// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "vv-error-text.h"
#include "vv-frame-strip.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-thumbnail.h"

#define THUMBNAILS  12
#define THUMB_SIZE  104
#define VIEW_SIZE   640 /* pixels of the frame that is looked at; the picture that is kept is the whole frame */
#define LARGE_STEPS 10

struct _VvFrameStrip
{
  GtkBox        parent_instance;
  VvPanel      *panel; /* (unowned) */
  GtkBox       *videos;
  GtkWidget    *opening;
  GtkLabel     *problem;
  GtkWidget    *content;
  GtkLabel     *about;
  GtkFlowBox   *frames;
  GtkWidget    *view;
  GtkPicture   *picture;
  GtkLabel     *place;
  GtkWidget    *earlier;
  GtkWidget    *later;
  GtkWidget    *use;
  JsonObject   *facts;       /* (owned) (nullable) of the video that is open */
  GCancellable *cancellable; /* of everything that is asked about that video */
  gint64        video;       /* record id of its exhibit; 0 for none */
  gint64        frame;       /* the one that is wanted; -1 for none */
  gboolean      fetching;    /* a frame is under way: the next waits for it */
  guint         n_videos;
};

G_DEFINE_FINAL_TYPE (VvFrameStrip, vv_frame_strip, GTK_TYPE_BOX)

static gint64
n_frames (VvFrameStrip *self)
{
  return vv_json_int (self->facts, "frames");
}

/* --- One frame ---------------------------------------------------------------------------------------------------- */

static void fetch (VvFrameStrip *self);

static void
offer (VvFrameStrip *self)
{
  gtk_widget_set_sensitive (self->earlier, self->frame > 0);
  gtk_widget_set_sensitive (self->later, self->frame >= 0 && self->frame < n_frames (self) - 1);
  vv_panel_offer (self->panel, self->use, "add-media");
}

static void
say_place (VvFrameStrip *self, const char *time_code)
{
  g_autofree char *text = NULL;

  if (time_code != NULL)
    text = g_strdup_printf (_ ("Frame %" PRId64 " (counted from 0 to %" PRId64 "), %s"), self->frame, n_frames (self) - 1, time_code);
  gtk_label_set_text (self->place, text);
}

static void
show_texture (VvFrameStrip *self, const VvPicture *picture)
{
  g_autoptr (GdkTexture) texture = gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_B8G8R8A8, picture->pixels,
                                                           picture->stride);

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
}

/* What was asked for comes with its own frame number: by then another may be wanted. */
typedef struct
{
  VvFrameStrip *self; /* (owned) */
  gint64        video, frame;
} VvAsked;

static VvAsked *
asked_new (VvFrameStrip *self)
{
  VvAsked *asked = g_new (VvAsked, 1);

  *asked = (VvAsked){ g_object_ref (self), self->video, self->frame };
  return asked;
}

static void
asked_free (VvAsked *asked)
{
  g_object_unref (asked->self);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvAsked, asked_free)

static void
placed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAsked)    asked = user_data;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, NULL);

  if (answer != NULL && asked->video == asked->self->video && asked->frame == asked->self->frame)
    say_place (asked->self, vv_json_string (vv_json_object (answer, "at"), "time_code"));
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAsked)   asked = user_data;
  VvFrameStrip         *self = asked->self;
  g_autoptr (GError)    error = NULL;
  g_autoptr (VvPicture) picture = vv_desk_picture_finish (VV_DESK (source), result, &error);
  g_autofree char      *text = vv_error_text (error);

  if (asked->video != self->video)
    return;
  self->fetching = FALSE;
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  if (picture != NULL)
    show_texture (self, picture);
  if (self->frame != asked->frame)
    fetch (self);
}

static void
fetch (VvFrameStrip *self)
{
  g_autoptr (JsonObject) what = vv_json_new ("video", "i", self->video, "frame", "i", self->frame, "side", "i", (gint64) VIEW_SIZE, NULL);
  VvDesk                *desk = vv_panel_desk (self->panel);

  self->fetching = TRUE;
  vv_desk_act_async (desk, vv_desk_video_info, vv_panel_request (self->panel), what, self->cancellable, placed_cb, asked_new (self));
  vv_desk_picture_async (desk, vv_panel_request (self->panel), what, self->cancellable, fetched_cb, asked_new (self));
}

static void
go_to (VvFrameStrip *self, gint64 frame)
{
  frame = CLAMP (frame, 0, n_frames (self) - 1);
  if (self->facts == NULL || frame == self->frame)
    return;
  self->frame = frame;
  say_place (self, NULL);
  offer (self);
  if (!self->fetching)
    fetch (self);
}

static void
on_earlier_cb (VvFrameStrip *self)
{
  go_to (self, self->frame - 1);
}

static void
on_later_cb (VvFrameStrip *self)
{
  go_to (self, self->frame + 1);
}

static gboolean
on_key_cb (VvFrameStrip *self, guint key, guint code, GdkModifierType state)
{
  const gint64 step = (state & GDK_SHIFT_MASK) != 0 ? LARGE_STEPS : 1;

  switch (key)
    {
    case GDK_KEY_Left:
      go_to (self, self->frame - step);
      return TRUE;
    case GDK_KEY_Right:
      go_to (self, self->frame + step);
      return TRUE;
    case GDK_KEY_Home:
      go_to (self, 0);
      return TRUE;
    case GDK_KEY_End:
      go_to (self, n_frames (self) - 1);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
on_pressed_cb (VvFrameStrip *self)
{
  gtk_widget_grab_focus (self->view);
}

static void
on_frame_chosen_cb (VvFrameStrip *self)
{
  g_autoptr (GList) chosen = gtk_flow_box_get_selected_children (self->frames);
  JsonArray        *strip = vv_json_array (self->facts, "strip");

  if (chosen != NULL)
    go_to (self, vv_json_int (vv_json_element (strip, (guint) gtk_flow_box_child_get_index (chosen->data)), "frame"));
}

static void
chosen_cb (VvPanel *panel, JsonObject *answer)
{
  g_autofree char *text = g_strdup_printf (_ ("“%s” is now among the pictures of the request."),
                                           vv_json_string (vv_json_object (answer, "body"), "name"));

  vv_parts_toast (GTK_WIDGET (panel), text);
}

static void
on_use_cb (VvFrameStrip *self)
{
  vv_panel_act (self->panel, vv_desk_choose_frame, vv_json_new ("video", "i", self->video, "frame", "i", self->frame, NULL),
                self->cancellable, chosen_cb);
}

/* --- One video ---------------------------------------------------------------------------------------------------- */

static void
fill_strip (VvFrameStrip *self)
{
  JsonArray *strip = vv_json_array (self->facts, "strip");

  while (gtk_flow_box_get_child_at_index (self->frames, 0) != NULL)
    gtk_flow_box_remove (self->frames, GTK_WIDGET (gtk_flow_box_get_child_at_index (self->frames, 0)));
  for (guint i = 0; i < vv_json_length (strip); i++)
    {
      JsonObject      *moment = vv_json_element (strip, i);
      g_autofree char *name = g_strdup_printf (_ ("Frame %" PRId64 ", %s"), vv_json_int (moment, "frame"),
                                               vv_json_string (moment, "time_code"));
      GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
      GtkWidget       *thumbnail = vv_thumbnail_new (THUMB_SIZE, name);
      GtkWidget       *label = gtk_label_new (vv_json_string (moment, "time_code"));

      gtk_widget_add_css_class (label, "caption");
      gtk_widget_add_css_class (label, "numeric");
      gtk_box_append (GTK_BOX (box), thumbnail);
      gtk_box_append (GTK_BOX (box), label);
      vv_thumbnail_show (VV_THUMBNAIL (thumbnail), vv_panel_desk (self->panel), vv_panel_request (self->panel),
                         vv_json_new ("video", "i", self->video, "frame", "i", vv_json_int (moment, "frame"), "side", "i",
                                      (gint64) (2 * THUMB_SIZE), NULL));
      gtk_flow_box_insert (self->frames, box, -1);
      vv_parts_name (gtk_widget_get_parent (box), name);
    }
}

/* What it is, and what must be known before its frames are relied on. */
static void
say_about (VvFrameStrip *self)
{
  JsonObject *facts = self->facts;
  GString    *text = g_string_new (NULL);

  g_string_append_printf (text, _ ("%" PRId64 " frames, %.1f seconds, %d × %d pixels, %s."), n_frames (self),
                          vv_json_double (facts, "seconds"),
                          (int) vv_json_int (facts, "width"), (int) vv_json_int (facts, "height"), vv_json_string (facts, "codec"));
  if (vv_json_bool (facts, "cut_off"))
    g_string_append_printf (text, " %s", _ ("The file ends before the video does: ask for the whole of it."));
  if (!vv_json_bool (facts, "counted"))
    g_string_append_printf (text, " %s",
                            _ ("The file does not say when its frames were shown: frames are counted, and times come from the frame rate."));
  if (vv_json_bool (facts, "interlaced"))
    g_string_append_printf (text, " %s", _ ("Each frame holds two half pictures of different moments."));
  if (json_object_has_member (facts, "pixel_aspect"))
    g_string_append_printf (text,
                            _ (" Its pixels are %.2f times as wide as high and are shown as they are: faces look narrower or wider than they were."),
                            vv_json_double (facts, "pixel_aspect"));
  gtk_label_set_text (self->about, text->str);
  g_string_free (text, TRUE);
}

/* Ready for the arrow keys. Only what has its place can be scrolled to: not before the second frame. */
static gboolean
bring_into_sight (GtkWidget *view, GdkFrameClock *clock, gpointer data)
{
  if (gtk_widget_get_height (view) == 0)
    return G_SOURCE_CONTINUE;
  gtk_widget_grab_focus (view);
  return G_SOURCE_REMOVE;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvAsked)    asked = user_data;
  VvFrameStrip          *self = asked->self;
  g_autoptr (GError)     error = NULL;
  g_autoptr (JsonObject) facts = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char       *text = vv_error_text (error);

  if (asked->video != self->video)
    return;
  gtk_widget_set_visible (self->opening, FALSE);
  gtk_label_set_text (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), text != NULL);
  gtk_widget_set_visible (self->content, facts != NULL);
  if (facts == NULL)
    {
      self->video = 0;
      return;
    }
  self->facts = g_steal_pointer (&facts);
  say_about (self);
  fill_strip (self);
  go_to (self, 0);
  gtk_widget_add_tick_callback (self->view, bring_into_sight, NULL, NULL);
}

static void
close_video (VvFrameStrip *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_pointer (&self->facts, json_object_unref);
  self->video = 0;
  self->frame = -1;
  self->fetching = FALSE;
}

static void
open_video (VvFrameStrip *self, gint64 video)
{
  g_autoptr (JsonObject) what = vv_json_new ("video", "i", video, "thumbnails", "i", (gint64) THUMBNAILS, NULL);

  if (video == self->video)
    return;
  close_video (self);
  self->video = video;
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_widget_set_visible (self->content, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_set_visible (self->opening, TRUE);
  vv_desk_act_async (vv_panel_desk (self->panel), vv_desk_video_info, vv_panel_request (self->panel), what, self->cancellable, opened_cb,
                     asked_new (self));
}

static void
on_cancel_cb (VvFrameStrip *self)
{
  close_video (self);
  gtk_widget_set_visible (self->opening, FALSE);
}

static void
on_open_cb (VvFrameStrip *self, GtkWidget *button)
{
  open_video (self, (gint64) GPOINTER_TO_SIZE (g_object_get_data (G_OBJECT (button), "video")));
}

/* --- All videos --------------------------------------------------------------------------------------------------- */

static void
add_video (VvFrameStrip *self, JsonObject *exhibit)
{
  g_autofree char *text = g_strdup_printf (_ ("Look at “%s”"), vv_json_string (exhibit, "name"));
  GtkWidget       *button = gtk_button_new_with_label (text);

  g_object_set_data (G_OBJECT (button), "video", GSIZE_TO_POINTER (vv_json_int (exhibit, "record")));
  gtk_widget_set_tooltip_text (button, _ ("Shows frames of this video, of which you can choose some"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  vv_parts_name (button, text);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_open_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->videos, button);
}

void
vv_frame_strip_refresh (VvFrameStrip *self)
{
  JsonArray *exhibits = vv_json_array (vv_panel_case (self->panel), "exhibits");
  guint      n = 0;

  for (guint i = 0; i < vv_json_length (exhibits); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (exhibits, i), "class"), "video") == 0 && n++ >= self->n_videos)
      add_video (self, vv_json_element (exhibits, i));
  self->n_videos = n;
  gtk_widget_set_visible (GTK_WIDGET (self), n > 0);
  if (self->facts != NULL)
    offer (self);
}

static void
vv_frame_strip_dispose (GObject *object)
{
  VvFrameStrip *self = VV_FRAME_STRIP (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  self->video = -1; /* what is still under way is for nobody */
  G_OBJECT_CLASS (vv_frame_strip_parent_class)->dispose (object);
}

static void
vv_frame_strip_finalize (GObject *object)
{
  VvFrameStrip *self = VV_FRAME_STRIP (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->facts, json_object_unref);
  G_OBJECT_CLASS (vv_frame_strip_parent_class)->finalize (object);
}

static void
vv_frame_strip_class_init (VvFrameStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_frame_strip_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_frame_strip_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-frame-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, videos);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, opening);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, problem);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, content);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, about);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, frames);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, view);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, picture);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, place);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, earlier);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, later);
  gtk_widget_class_bind_template_child (widget_class, VvFrameStrip, use);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_frame_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_earlier_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_later_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_use_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_pressed_cb);
}

static void
vv_frame_strip_init (VvFrameStrip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  self->frame = -1;
}

GtkWidget *
vv_frame_strip_new (VvPanel *panel)
{
  VvFrameStrip *self = g_object_new (VV_TYPE_FRAME_STRIP, NULL);

  self->panel = panel;
  return GTK_WIDGET (self);
}
