// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "vv-canvas-private.h"

/* Images of a window's size come back from the heap, larger ones go back to the system. */
#define HEAP_BLOCK (16 << 20)
#define HEAP_SPARE (32 << 20)

/* An image to write the next frame in: not the one that the frame before is still drawn from. */
static cairo_surface_t *
take_image (VvCanvas *self, int width, int height)
{
  cairo_surface_t **image;

  self->image = 1 - self->image;
  image = &self->images[self->image];
  if (*image != NULL && (cairo_image_surface_get_width (*image) != width || cairo_image_surface_get_height (*image) != height))
    g_clear_pointer (image, cairo_surface_destroy);
  if (*image == NULL)
    *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_surface_flush (*image);
  return *image;
}

void
_vv_canvas_forget_drawn (VvCanvas *self)
{
  self->drawn = FALSE;
  for (int i = 0; i < 2; i++)
    g_clear_pointer (&self->drawn_of.layers[i].pyramid, vv_pyramid_unref);
}

/* The visible part of the pictures, one pixel of the image for each device pixel. */
static void
update_visible (VvCanvas *self)
{
  cairo_surface_t *image;
  VvDrawn          of;

  memset (&of, 0, sizeof of); /* compared byte by byte */
  _vv_canvas_find_drawn (self, &of);
  if (self->drawn && memcmp (&of, &self->drawn_of, sizeof of) == 0)
    return;
  _vv_canvas_forget_drawn (self);
  image = take_image (self, of.width, of.height);
  vv_composite (&of.layers[0], &of.layers[1], &of.blend, cairo_image_surface_get_data (image),
                (gsize) cairo_image_surface_get_stride (image), of.width, of.height);
  cairo_surface_mark_dirty (image);
  self->drawn = TRUE;
  memcpy (&self->drawn_of, &of, sizeof of);
  for (int i = 0; i < 2; i++)
    if (of.layers[i].pyramid != NULL)
      (void) vv_pyramid_ref (of.layers[i].pyramid);
}

static cairo_surface_t *
lend_image_cb (cairo_pattern_t *pattern, void *image, cairo_surface_t *target, const cairo_rectangle_int_t *area)
{
  return cairo_surface_reference (image);
}

static void
take_image_back_cb (cairo_pattern_t *pattern, void *image, cairo_surface_t *surface)
{
  cairo_surface_destroy (surface);
}

static cairo_status_t
copy_image_cb (cairo_pattern_t *pattern, void *image, const cairo_pattern_t *other)
{
  (void) cairo_surface_reference (image);
  return CAIRO_STATUS_SUCCESS;
}

static void
finish_image_cb (cairo_pattern_t *pattern, void *image)
{
  cairo_surface_destroy (image);
}

/* Lends the image to whoever draws the node: set as a surface, cairo would copy it, 6 MB with each frame of a window. */
static void
paint_visible (VvCanvas *self, cairo_t *cr)
{
  int              factor = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *image = cairo_surface_reference (self->images[self->image]);
  cairo_pattern_t *pattern = cairo_pattern_create_raster_source (image, CAIRO_CONTENT_COLOR, self->drawn_of.width,
                                                                 self->drawn_of.height);
  cairo_matrix_t   matrix;

  cairo_raster_source_pattern_set_acquire (pattern, lend_image_cb, take_image_back_cb);
  cairo_raster_source_pattern_set_copy (pattern, copy_image_cb);
  cairo_raster_source_pattern_set_finish (pattern, finish_image_cb);
  cairo_matrix_init_scale (&matrix, factor, factor);
  cairo_pattern_set_matrix (pattern, &matrix);
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_NEAREST);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source (cr, pattern);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  cairo_pattern_destroy (pattern);
}

/* Picture and everything over it in one cairo node: GTK makes an image of each node before it shows it, and draws a GdkTexture
 * through floating point (4.8: 5 ms instead of 0.3 for 800 x 940 pixels). */
static void
snapshot_pictures (VvCanvas *self, GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, area);

  update_visible (self);
  paint_visible (self, cr);
  _vv_canvas_draw_pair (self, cr);
  cairo_destroy (cr);
}

/* A light line between dark ones: to be seen on any picture. */
static void
snapshot_focus_ring (GtkSnapshot *snapshot, float width, float height)
{
  const GdkRGBA  light = { 0.47f, 0.68f, 0.93f, 1 };
  const GdkRGBA  dark = { 0.05f, 0.05f, 0.05f, 1 };
  GskRoundedRect outer, inner;

  gsk_rounded_rect_init_from_rect (&outer, &GRAPHENE_RECT_INIT (0, 0, width, height), 0);
  gsk_rounded_rect_init_from_rect (&inner, &GRAPHENE_RECT_INIT (2, 2, width - 4, height - 4), 0);
  gtk_snapshot_append_border (snapshot, &outer, (float[4]){ 2, 2, 2, 2 }, (GdkRGBA[4]){ light, light, light, light });
  gtk_snapshot_append_border (snapshot, &inner, (float[4]){ 1, 1, 1, 1 }, (GdkRGBA[4]){ dark, dark, dark, dark });
}

void
_vv_canvas_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  VvCanvas       *self = VV_CANVAS (widget);
  float           width = (float) gtk_widget_get_width (widget);
  float           height = (float) gtk_widget_get_height (widget);
  const float     grey = VV_PYRAMID_BACKGROUND / 255.0f;
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);

  if (width < 1 || height < 1)
    return;
  gtk_snapshot_push_clip (snapshot, &area);
  if (self->pyramid != NULL || (self->over != NULL && self->over->pyramid != NULL))
    snapshot_pictures (self, snapshot, &area);
  else
    gtk_snapshot_append_color (snapshot, &(GdkRGBA){ grey, grey, grey, 1 }, &area);
  if ((gtk_widget_get_state_flags (widget) & GTK_STATE_FLAG_FOCUS_VISIBLE) != 0 && gtk_widget_has_focus (widget) &&
      width > 8 && height > 8)
    snapshot_focus_ring (snapshot, width, height);
  gtk_snapshot_pop (snapshot);
}

void
_vv_canvas_drop_images (VvCanvas *self)
{
  _vv_canvas_forget_drawn (self);
  g_clear_pointer (&self->images[0], cairo_surface_destroy);
  g_clear_pointer (&self->images[1], cairo_surface_destroy);
}

/* With each frame cairo and GTK take images of the window's size and free them. When the heap gave them back to the system,
 * half of a frame's time would go into fetching the same pages again. */
void
_vv_canvas_keep_heap (void)
{
#ifdef __GLIBC__
  (void) mallopt (M_MMAP_THRESHOLD, HEAP_BLOCK);
  (void) mallopt (M_TRIM_THRESHOLD, HEAP_SPARE);
#endif
}
