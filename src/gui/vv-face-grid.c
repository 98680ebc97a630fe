// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-face-grid.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-time.h"

#define COLUMNS     5       /* in a row at once */
#define KEPT_PIXELS 2000000 /* of a picture in a cell: larger ones are halved until they are smaller */

/* One picture, from the moment it is known that there is one. */
typedef struct
{
  VvFaceGrid   *grid; /* (owned) */
  GCancellable *asking;
  VvCanvas     *canvas;
  JsonObject   *what;  /* for vv_desk_picture() */
  int           side;  /* 0: the probe's picture, 1: the candidate's photograph, -1: another */
  GArray       *faces; /* VvFace */
} Cell;

struct _VvFaceGrid
{
  AdwBin        parent_instance;
  GtkLabel     *note;
  GtkBox       *rows[2];  /* of the request, of the person */
  GPtrArray    *cells[2]; /* (element-type GtkWidget): all of the row, also those that do not fit now */
  guint         first[2];
  VvCanvas     *canvas; /* the first one */
  VvView       *view;   /* (owned) (nullable) */
  VvDesk       *desk;   /* (owned) (nullable) */
  GCancellable *asking;
  gint64        request, media;
  VvCanvas     *marked[2]; /* (nullable): show the probe's picture and the candidate's photograph */
  int           shift[2];  /* how often those were halved */
  GArray       *marks[2];  /* VvShownMark */
  guint         chosen;
};

G_DEFINE_FINAL_TYPE (VvFaceGrid, vv_face_grid, ADW_TYPE_BIN)

static void
free_cell (Cell *cell)
{
  g_object_unref (cell->grid);
  g_object_unref (cell->asking);
  g_object_unref (cell->canvas);
  json_object_unref (cell->what);
  g_array_unref (cell->faces);
  g_free (cell);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Cell, free_cell)

/* --- Pictures ------------------------------------------------------------------------------------------------ */

/* Halves what is larger than a cell can show, so that a row of large pictures fits in memory. */
static void
reduce_in_thread (GTask *task, gpointer source, gpointer picture, GCancellable *cancellable)
{
  g_autoptr (VvPyramid) pyramid = vv_pyramid_new (picture);
  const VvPicture      *whole = picture;
  VvPicture            *level;
  int                   shift = 0;

  while (((gint64) whole->width * whole->height) >> (2 * shift) > KEPT_PIXELS)
    shift++;
  level = vv_pyramid_pick (pyramid, 1.0 / (1 << shift), &shift);
  g_object_set_data (G_OBJECT (task), "shift", GINT_TO_POINTER (shift));
  g_task_return_pointer (task, vv_picture_ref (level), (GDestroyNotify) vv_picture_unref);
}

static void
reduce_points (VvPoint *points, int n, float by)
{
  for (int i = 0; i < n; i++)
    points[i] = (VvPoint){ points[i].x / by, points[i].y / by };
}

static void
reduce_faces (GArray *faces, int shift)
{
  float by = (float) (1 << shift);

  for (guint i = 0; i < faces->len; i++)
    {
      VvFace *face = &g_array_index (faces, VvFace, i);

      face->box = (VvBox){ face->box.x / by, face->box.y / by, face->box.width / by, face->box.height / by };
      reduce_points (face->five, VV_FIVE_COUNT, by);
      reduce_points (face->landmarks, VV_LANDMARK_COUNT, by);
    }
}

/* Of several faces the largest is laid in place first. */
static int
find_largest (GArray *faces)
{
  int   found = -1;
  float size = 0;

  for (guint i = 0; i < faces->len; i++)
    if (g_array_index (faces, VvFace, i).box.width > size)
      {
        found = (int) i;
        size = g_array_index (faces, VvFace, i).box.width;
      }
  return found;
}

static void
show_marks (VvFaceGrid *self, int side)
{
  g_autoptr (GArray) reduced = g_array_copy (self->marks[side]);

  for (guint i = 0; i < reduced->len; i++)
    {
      VvMark *mark = &g_array_index (reduced, VvShownMark, i).mark;

      reduce_points (mark->points, (int) mark->n_points, (float) (1 << self->shift[side]));
    }
  if (self->marked[side] != NULL)
    vv_canvas_set_marks (self->marked[side], (const VvShownMark *) (gpointer) reduced->data, reduced->len, self->chosen);
}

static void
reduced_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Cell)      cell = user_data;
  g_autoptr (VvPicture) picture = g_task_propagate_pointer (G_TASK (result), NULL);

  if (picture == NULL || g_cancellable_is_cancelled (cell->asking))
    return;
  reduce_faces (cell->faces, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "shift")));
  vv_canvas_set_picture (cell->canvas, picture, (const VvFace *) (gpointer) cell->faces->data, cell->faces->len,
                         find_largest (cell->faces));
  if (cell->side < 0)
    return;
  cell->grid->marked[cell->side] = cell->canvas;
  cell->grid->shift[cell->side] = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (result), "shift"));
  show_marks (cell->grid, cell->side);
}

static void
fetched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Cell)   cell = user_data;
  g_autoptr (GError) error = NULL;
  VvPicture         *picture = vv_desk_picture_finish (VV_DESK (source), result, &error);
  g_autoptr (GTask)  task = NULL;
  GCancellable      *asking;

  if (picture == NULL)
    {
      if (!g_cancellable_is_cancelled (cell->asking))
        vv_parts_toast_error (GTK_WIDGET (cell->grid), error);
      return;
    }
  asking = cell->asking;
  task = g_task_new (NULL, asking, reduced_cb, g_steal_pointer (&cell));
  g_task_set_task_data (task, picture, (GDestroyNotify) vv_picture_unref);
  g_task_run_in_thread (task, reduce_in_thread);
}

static void
fetch (Cell *cell)
{
  vv_desk_picture_async (cell->grid->desk, cell->grid->request, cell->what, cell->asking, fetched_cb, cell);
}

/* The picture with its faces, or without when there is no detector. */
static void
faces_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Cell                  *cell = user_data;
  g_autoptr (JsonObject) answer = vv_desk_act_finish (VV_DESK (source), result, NULL);
  JsonArray             *faces = vv_json_array (answer, "faces");

  for (guint i = 0; i < vv_json_length (faces); i++)
    {
      VvFace face = { 0 };

      if (vv_json_face_read (vv_json_element (faces, i), &face))
        g_array_append_val (cell->faces, face);
    }
  if (g_cancellable_is_cancelled (cell->asking))
    free_cell (cell);
  else
    fetch (cell);
}

/* --- Cells --------------------------------------------------------------------------------------------------- */

static void
on_face_activated_cb (VvCanvas *canvas, int face, GArray *faces)
{
  vv_canvas_set_faces (canvas, (const VvFace *) (gpointer) faces->data, faces->len, face);
}

static void
show_row (VvFaceGrid *self, int row)
{
  for (guint i = 0; i < self->cells[row]->len; i++)
    gtk_widget_set_visible (g_ptr_array_index (self->cells[row], i), i >= self->first[row] && i < self->first[row] + COLUMNS);
}

static Cell *
add_cell (VvFaceGrid *self, int row, const char *caption, JsonObject *what)
{
  Cell      *cell = g_new0 (Cell, 1);
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *label = gtk_label_new (caption);

  cell->grid = g_object_ref (self);
  cell->asking = g_object_ref (self->asking);
  cell->canvas = g_object_ref_sink (VV_CANVAS (vv_canvas_new ()));
  cell->what = what;
  cell->side = -1;
  cell->faces = g_array_new (FALSE, FALSE, sizeof (VvFace));
  vv_canvas_set_label (cell->canvas, caption);
  if (self->view != NULL)
    vv_canvas_set_view (cell->canvas, self->view);
  g_signal_connect_data (cell->canvas, "face-activated", G_CALLBACK (on_face_activated_cb), g_array_ref (cell->faces),
                         (GClosureNotify) (void (*) (void)) g_array_unref, G_CONNECT_DEFAULT);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_add_css_class (label, "caption-on-picture");
  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (cell->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), label);
  gtk_box_append (self->rows[row], overlay);
  g_ptr_array_add (self->cells[row], overlay);
  show_row (self, row);
  if (self->canvas == NULL)
    self->canvas = cell->canvas;
  return cell;
}

/* --- What there is -------------------------------------------------------------------------------------------- */

static void
add_media (VvFaceGrid *self, JsonObject *media, gboolean probe)
{
  gint64                 id = vv_json_int (media, "id");
  g_autoptr (JsonObject) details = vv_json_new ("media", "i", id, NULL);
  const char            *name = vv_json_string (media, "name");
  g_autofree char       *caption = probe ? g_strdup_printf (_ ("Probe: %s"), name) : g_strdup (name);
  Cell                  *cell = add_cell (self, 0, caption, vv_json_new ("media", "i", id, NULL));

  cell->side = probe ? 0 : -1;
  vv_desk_act_async (self->desk, vv_desk_find_faces, self->request, details, self->asking, faces_found_cb, cell);
}

static void
shown_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvFaceGrid) self = user_data;
  g_autoptr (JsonObject) shown = vv_desk_act_finish (VV_DESK (source), result, NULL);
  JsonArray             *media = vv_json_array (shown, "media");

  if (shown == NULL || vv_json_int (shown, "id") != self->request || self->cells[0]->len > 0)
    return;
  for (int probe = 1; probe >= 0; probe--)
    for (guint i = 0; i < vv_json_length (media); i++)
      if ((vv_json_int (vv_json_element (media, i), "id") == self->media) == (probe == 1))
        add_media (self, vv_json_element (media, i), probe == 1);
}

static char *
caption_of (JsonObject *photograph)
{
  const char      *taken = vv_json_string (photograph, "taken");
  g_autofree char *when = taken != NULL ? vv_time_for_people (taken) : NULL;

  if (!json_object_has_member (photograph, "photograph"))
    return g_strdup (_ ("Candidate"));
  return when != NULL ? g_strdup (when) : g_strdup (_ ("Without a date"));
}

/* An answer for whoever still waits for it. */
typedef struct
{
  VvFaceGrid   *grid;
  GCancellable *asking;
  char         *candidate;
} Listing;

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Listing      *listing = user_data;
  g_autoptr (VvFaceGrid)   self = listing->grid;
  g_autoptr (GCancellable) asking = listing->asking;
  g_autofree char         *candidate = listing->candidate;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  JsonArray               *photographs = vv_json_array (answer, "photographs");
  const char              *why = vv_json_string (answer, "why");

  if (g_cancellable_is_cancelled (asking))
    return;
  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  gtk_label_set_text (self->note, why != NULL ? why : _ ("The photographs below are of one person, the oldest first."));
  for (guint i = 0; i < vv_json_length (photographs); i++)
    {
      JsonObject      *photograph = vv_json_element (photographs, i);
      g_autofree char *caption = caption_of (photograph);
      JsonObject      *what = vv_json_new ("candidate", "s", candidate, NULL);
      VvFace           face = { 0 };
      Cell            *cell;

      if (json_object_has_member (photograph, "photograph"))
        json_object_set_int_member (what, "photograph", vv_json_int (photograph, "photograph"));
      cell = add_cell (self, 1, caption, what);
      cell->side = vv_json_bool (photograph, "own") ? 1 : -1;
      if (vv_json_face_read (vv_json_object (photograph, "face"), &face))
        g_array_append_val (cell->faces, face);
      fetch (cell);
    }
}

/* --- The widget ------------------------------------------------------------------------------------------------ */

static void
vv_face_grid_dispose (GObject *object)
{
  VvFaceGrid *self = VV_FACE_GRID (object);

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->view);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_face_grid_parent_class)->dispose (object);
}

static void
vv_face_grid_finalize (GObject *object)
{
  VvFaceGrid *self = VV_FACE_GRID (object);

  g_ptr_array_unref (self->cells[0]);
  g_ptr_array_unref (self->cells[1]);
  g_array_unref (self->marks[0]);
  g_array_unref (self->marks[1]);
  G_OBJECT_CLASS (vv_face_grid_parent_class)->finalize (object);
}

static void
vv_face_grid_class_init (VvFaceGridClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_face_grid_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_face_grid_finalize;
}

static void
vv_face_grid_init (VvFaceGrid *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);

  self->note = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->note, 0);
  gtk_label_set_wrap (self->note, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->note), "look-options");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->note));
  for (int row = 0; row < 2; row++)
    {
      self->cells[row] = g_ptr_array_new ();
      self->marks[row] = g_array_new (FALSE, FALSE, sizeof (VvShownMark));
      self->rows[row] = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2));
      gtk_box_set_homogeneous (self->rows[row], TRUE);
      gtk_box_append (GTK_BOX (rows), GTK_WIDGET (self->rows[row]));
    }
  gtk_box_set_homogeneous (GTK_BOX (rows), TRUE);
  gtk_widget_set_vexpand (rows, TRUE);
  gtk_box_append (GTK_BOX (box), rows);
  adw_bin_set_child (ADW_BIN (self), box);
}

void
vv_face_grid_set_view (VvFaceGrid *self, VvView *view)
{
  g_return_if_fail (VV_IS_FACE_GRID (self));

  g_set_object (&self->view, view);
}

void
vv_face_grid_clear (VvFaceGrid *self)
{
  g_return_if_fail (VV_IS_FACE_GRID (self));

  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  self->canvas = NULL;
  self->marked[0] = self->marked[1] = NULL;
  for (int row = 0; row < 2; row++)
    {
      g_ptr_array_set_size (self->cells[row], 0);
      vv_parts_clear (GTK_WIDGET (self->rows[row]));
      self->first[row] = 0;
    }
}

void
vv_face_grid_show (VvFaceGrid *self, VvDesk *desk, gint64 request, gint64 media, const char *candidate)
{
  g_autoptr (JsonObject) details = vv_json_new ("candidate", "s", candidate, NULL);
  Listing               *listing = g_new (Listing, 1);

  g_return_if_fail (VV_IS_FACE_GRID (self));

  vv_face_grid_clear (self);
  g_set_object (&self->desk, desk);
  self->request = request;
  self->media = media;
  self->asking = g_cancellable_new ();
  *listing = (Listing){ g_object_ref (self), g_object_ref (self->asking), g_strdup (candidate) };
  vv_desk_act_async (desk, vv_desk_show_request, request, NULL, self->asking, shown_cb, g_object_ref (self));
  vv_desk_act_async (desk, vv_desk_person_photographs, request, details, self->asking, listed_cb, listing);
}

void
vv_face_grid_step (VvFaceGrid *self, int by)
{
  g_return_if_fail (VV_IS_FACE_GRID (self));

  for (int row = 0; row < 2; row++)
    {
      int last = MAX ((int) self->cells[row]->len - COLUMNS, 0);

      self->first[row] = (guint) CLAMP ((int) self->first[row] + by, 0, last);
      show_row (self, row);
    }
}

void
vv_face_grid_set_marks (VvFaceGrid *self, int side, const VvShownMark *marks, guint n_marks, guint chosen)
{
  g_return_if_fail (VV_IS_FACE_GRID (self));
  g_return_if_fail (side == 0 || side == 1);

  g_array_set_size (self->marks[side], 0);
  if (n_marks > 0)
    g_array_append_vals (self->marks[side], marks, n_marks);
  self->chosen = chosen;
  show_marks (self, side);
}

VvCanvas *
vv_face_grid_get_canvas (VvFaceGrid *self)
{
  g_return_val_if_fail (VV_IS_FACE_GRID (self), NULL);

  return self->canvas;
}
