// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Pixels in memory: 8-bit B, G, R, A per pixel, rows top to bottom, upright (EXIF orientation already
 * applied), alpha not premultiplied (255 where the file has none). Never changed after it was made, so
 * that any thread may read it. Counted references. */
typedef struct
{
  int     width;  /* pixels, >= 1 */
  int     height; /* pixels, >= 1 */
  gsize   stride; /* bytes from one row to the next, >= 4 * width */
  GBytes *pixels; /* stride * height bytes */
} VvPicture;


/* @pixels: (transfer none) at least stride * height bytes. Returns: (transfer full). */
VvPicture *vv_picture_new (int     width,
                           int     height,
                           gsize   stride,
                           GBytes *pixels);
VvPicture *vv_picture_ref (VvPicture *self);
void       vv_picture_unref (VvPicture *self);

/* First byte of row @y. */
const guint8 *vv_picture_row (const VvPicture *self,
                              int              y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvPicture, vv_picture_unref)

/* A rectangle in pixels of an upright picture; (x, y) is the upper left corner. */
typedef struct
{
  float x, y, width, height;
} VvBox;

/* A point in pixels of an upright picture; the centre of the first pixel is (0.5, 0.5). */
typedef struct
{
  float x, y;
} VvPoint;

#define VV_LANDMARK_COUNT 68
#define VV_FIVE_COUNT     5

/* One face in a picture. "Left" and "right" are as seen in the picture. */
typedef struct
{
  VvBox    box;
  float    score;                        /* detector score 0..1; 0 for a box drawn by hand */
  gboolean manual;                       /* box drawn by hand */
  VvPoint  five[VV_FIVE_COUNT];          /* left eye, right eye, nose tip, left and right mouth corner */
  VvPoint  landmarks[VV_LANDMARK_COUNT]; /* iBUG 68-point order */
} VvFace;

/* Distance between the eye centres, in pixels. */
float vv_face_eye_distance (const VvFace *self);

G_END_DECLS
