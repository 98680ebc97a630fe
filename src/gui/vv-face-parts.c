// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-face-parts.h"

#define MARGIN 0.16f /* inter-eye distances around the landmarks */

/* Landmarks that span a part on one side, and what it reaches beyond them: iBUG 68. Where no landmark lies on a part (ears,
 * forehead, hair, neck) it hangs on the nearest ones. "usual": centre and size in an even face. */
typedef struct
{
  int   points[4]; /* closed by -1 */
  float left, top, right, bottom;
  VvBox usual;
} Side;

static const struct
{
  const char *title;
  Side        sides[2]; /* the second one has no points where the part is not paired */
} parts[VV_N_PARTS] = {
  [VV_PART_BROWS] = { N_ ("Brows"),
                      { { { 17, 19, 21, -1 }, .usual = { -0.95f, -0.55f, 0.8f, 0.3f } },
                        { { 22, 24, 26, -1 }, .usual = { 0.15f, -0.55f, 0.8f, 0.3f } } } },
  [VV_PART_EYES] = { N_ ("Eyes"),
                     { { { 36, 37, 39, 41 }, .usual = { -0.75f, -0.15f, 0.5f, 0.3f } },
                       { { 42, 44, 45, 46 }, .usual = { 0.25f, -0.15f, 0.5f, 0.3f } } } },
  [VV_PART_EARS] = { N_ ("Ears"),
                     { { { 0, 2, -1 }, .left = 0.3f, .top = 0.25f, .right = 0.05f, .usual = { -1.55f, -0.35f, 0.6f, 1.1f } },
                       { { 14, 16, -1 }, .left = 0.05f, .top = 0.25f, .right = 0.3f, .usual = { 0.95f, -0.35f, 0.6f, 1.1f } } } },
  [VV_PART_NOSE] = { N_ ("Nose"), { { { 27, 31, 33, 35 }, .left = 0.15f, .right = 0.15f, .usual = { -0.4f, -0.05f, 0.8f, 0.9f } } } },
  [VV_PART_CHEEKS] = { N_ ("Cheeks"),
                       { { { 1, 4, 31, 41 }, .usual = { -1.1f, 0.1f, 0.9f, 1 } },
                         { { 15, 12, 35, 46 }, .usual = { 0.2f, 0.1f, 0.9f, 1 } } } },
  [VV_PART_MOUTH] = { N_ ("Mouth"), { { { 48, 51, 54, 57 }, .usual = { -0.5f, 0.9f, 1, 0.5f } } } },
  [VV_PART_CHIN] = { N_ ("Chin"), { { { 5, 8, 11, 57 }, .usual = { -0.75f, 1.25f, 1.5f, 0.7f } } } },
  [VV_PART_JAW] = { N_ ("Jaw line"), { { { 2, 8, 14, -1 }, .usual = { -1.25f, 0.3f, 2.5f, 1.6f } } } },
  [VV_PART_FOREHEAD] = { N_ ("Forehead"), { { { 17, 19, 24, 26 }, .top = 0.8f, .usual = { -1, -1.35f, 2, 1 } } } },
  [VV_PART_HAIR] = { N_ ("Hair and hairline"), { { { 0, 16, 19, 24 }, .left = 0.35f, .top = 1.5f, .right = 0.35f, .usual = { -1.6f, -2, 3.2f, 2 } } } },
  [VV_PART_NECK] = { N_ ("Neck"), { { { 4, 8, 12, -1 }, .left = 0.2f, .right = 0.2f, .bottom = 0.8f, .usual = { -1.1f, 1.2f, 2.2f, 1.5f } } } },
};

const char *
vv_part_title (VvPart part)
{
  g_return_val_if_fail (part < VV_N_PARTS, "");

  return _ (parts[part].title);
}

gboolean
vv_part_is_paired (VvPart part)
{
  g_return_val_if_fail (part < VV_N_PARTS, FALSE);

  return parts[part].sides[1].usual.width > 0;
}

static gboolean
has_landmarks (const VvFace *face)
{
  for (int i = 0; face != NULL && i < VV_LANDMARK_COUNT; i++)
    if (face->landmarks[i].x != 0 || face->landmarks[i].y != 0)
      return vv_face_eye_distance (face) >= 1;
  return FALSE;
}

/* Ends of what is spanned so far. */
typedef struct
{
  float left, top, right, bottom;
} Span;

static void
add_face (Span *span, const Side *side, const VvFace *face)
{
  VvAnchor anchor = vv_anchor_for_face (face);

  for (gsize i = 0; i < G_N_ELEMENTS (side->points) && side->points[i] >= 0; i++)
    {
      double x = face->landmarks[side->points[i]].x, y = face->landmarks[side->points[i]].y;

      vv_anchor_to_frame (&anchor, &x, &y);
      span->left = MIN (span->left, (float) x - side->left);
      span->right = MAX (span->right, (float) x + side->right);
      span->top = MIN (span->top, (float) y - side->top);
      span->bottom = MAX (span->bottom, (float) y + side->bottom);
    }
}

static gboolean
find_side (const Side *side, const VvFace *faces[2], VvBox *out_box)
{
  Span     span = { 100, 100, -100, -100 };
  gboolean all = TRUE, any = FALSE;

  for (int i = 0; i < 2; i++)
    if (has_landmarks (faces[i]))
      {
        add_face (&span, side, faces[i]);
        any = TRUE;
      }
    else
      all = FALSE;
  *out_box = side->usual;
  if (any)
    *out_box = (VvBox){ span.left, span.top, span.right - span.left, span.bottom - span.top };
  *out_box = (VvBox){ out_box->x - MARGIN, out_box->y - MARGIN, out_box->width + 2 * MARGIN, out_box->height + 2 * MARGIN };
  return all;
}

gboolean
vv_part_find (VvPart part, int side, const VvFace *faces[2], VvBox *out_box)
{
  gboolean paired, all;
  VvBox    own, other;

  g_return_val_if_fail (part < VV_N_PARTS, FALSE);
  g_return_val_if_fail (side == 0 || side == 1, FALSE);

  paired = vv_part_is_paired (part);
  all = find_side (&parts[part].sides[paired ? side : 0], faces, &own);
  (void) find_side (&parts[part].sides[paired ? 1 - side : 0], faces, &other);
  *out_box = (VvBox){
    .x = own.x + own.width / 2 - MAX (own.width, other.width) / 2,
    .y = own.y + own.height / 2 - MAX (own.height, other.height) / 2,
    .width = MAX (own.width, other.width),
    .height = MAX (own.height, other.height),
  };
  return all;
}
