// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-error-text.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-picture-facts.h"
#include "vv-quality-list.h"

#define WIDTH 260

struct _VvPictureFacts
{
  AdwBin         parent_instance;
  GtkGrid       *grid;
  VvQualityList *quality;
  VvDesk        *desk; /* (nullable) */
  gint64         request;
  JsonObject    *what; /* (nullable) */
  gboolean       asked;
  GCancellable  *asking; /* (nullable) */
};

G_DEFINE_FINAL_TYPE (VvPictureFacts, vv_picture_facts, ADW_TYPE_BIN)

/* "JPEG, about quality 82 of 100" */
static char *
format_text (JsonObject *facts)
{
  g_autofree char *format = g_ascii_strup (vv_json_string (facts, "format") != NULL ? vv_json_string (facts, "format") : "?", -1);
  gint64           quality = vv_json_int (facts, "quality");

  return quality > 0 ? g_strdup_printf (_ ("%s, saved at about quality %d of 100 (estimate)"), format,
                                        (int) quality)
                     : g_steal_pointer (&format);
}

static void
add (VvPictureFacts *self, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    vv_parts_fact (self->grid, title, text);
}

static void
show_facts (VvPictureFacts *self, JsonObject *facts)
{
  static const char *const turns[] = { N_ ("upright in the file"), N_ ("mirrored in the file, set right"), N_ ("upside down in the file, set right"), N_ ("mirrored and upside down in the file, set right"), N_ ("mirrored and on its side in the file, set right"), N_ ("on its side in the file, set right"), N_ ("mirrored and on its side in the file, set right"), N_ ("on its side in the file, set right") };
  g_autofree char         *size = g_strdup_printf (_ ("%d × %d pixels"), (int) vv_json_int (facts, "width"),
                                                   (int) vv_json_int (facts, "height"));
  g_autofree char         *bytes = g_format_size ((guint64) vv_json_int (facts, "bytes"));
  g_autofree char         *format = format_text (facts);
  g_autofree char         *depth = g_strdup_printf (_ ("%d channels of %d bits"), (int) vv_json_int (facts, "channels"),
                                                    (int) vv_json_int (facts, "depth"));

  vv_parts_clear (GTK_WIDGET (self->grid));
  add (self, _ ("Size"), size);
  add (self, _ ("File"), bytes);
  add (self, _ ("Format"), format);
  add (self, _ ("Colour"), depth);
  add (self, _ ("Orientation"), _ (turns[CLAMP (vv_json_int (facts, "orientation"), 1, 8) - 1]));
  add (self, _ ("Camera clock"), vv_json_string (facts, "exif_time"));
  add (self, _ ("Camera"), vv_json_string (facts, "exif_camera"));
  add (self, _ ("Settings"), vv_json_string (facts, "exif_settings"));
  add (self, _ ("Software"), vv_json_string (facts, "exif_software"));
  if (vv_json_string (facts, "exif_camera") == NULL && vv_json_string (facts, "exif_settings") == NULL)
    add (self, _ ("Capture"), _ ("The file does not say how it was taken."));
}

static void
answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvPictureFacts) self = user_data;
  g_autoptr (GError)         error = NULL;
  g_autoptr (JsonObject)     answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  g_autofree char           *text = vv_error_text (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (answer != NULL)
    show_facts (self, vv_json_object (answer, "facts"));
  vv_quality_list_show (self->quality, vv_json_array (answer, "measures"), answer != NULL ? vv_json_string (answer, "why") : text);
}

static void
stop (VvPictureFacts *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

static void
ask (VvPictureFacts *self)
{
  if (self->asked || self->what == NULL || self->desk == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->asked = TRUE;
  stop (self);
  self->asking = g_cancellable_new ();
  vv_quality_list_show (self->quality, NULL, _ ("Looking at the file"));
  vv_desk_act_async (self->desk, vv_desk_picture_facts, self->request, self->what, self->asking, answered_cb, g_object_ref (self));
}

static void
vv_picture_facts_dispose (GObject *object)
{
  VvPictureFacts *self = VV_PICTURE_FACTS (object);

  stop (self);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->what, json_object_unref);
  G_OBJECT_CLASS (vv_picture_facts_parent_class)->dispose (object);
}

static void
vv_picture_facts_class_init (VvPictureFactsClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_picture_facts_dispose;
}

static void
vv_picture_facts_init (VvPictureFacts *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *frame = gtk_scrolled_window_new (); /* never scrolled: lets texts be as narrow as the panel */

  gtk_widget_add_css_class (GTK_WIDGET (self), "picture-facts");
  gtk_widget_set_hexpand (GTK_WIDGET (self), FALSE);
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 8);
  gtk_grid_set_row_spacing (self->grid, 2);
  self->quality = g_object_new (VV_TYPE_QUALITY_LIST, NULL);
  gtk_box_append (GTK_BOX (box), vv_parts_label (_ ("The file"), "heading"));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->grid));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->quality));
  gtk_widget_set_vexpand (GTK_WIDGET (self->quality), TRUE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (frame), GTK_POLICY_EXTERNAL, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), box);
  gtk_widget_set_size_request (frame, WIDTH, -1);
  adw_bin_set_child (ADW_BIN (self), frame);
  g_signal_connect (self, "map", G_CALLBACK (ask), NULL);
}

GtkWidget *
vv_picture_facts_new (void)
{
  return g_object_new (VV_TYPE_PICTURE_FACTS, NULL);
}

void
vv_picture_facts_set (VvPictureFacts *self, VvDesk *desk, gint64 request, JsonObject *what)
{
  g_return_if_fail (VV_IS_PICTURE_FACTS (self));

  stop (self);
  g_set_object (&self->desk, desk);
  self->request = request;
  g_clear_pointer (&self->what, json_object_unref);
  self->what = what;
  self->asked = FALSE;
  vv_parts_clear (GTK_WIDGET (self->grid));
  vv_quality_list_show (self->quality, NULL, "");
  ask (self);
}
