// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-view.h"

G_BEGIN_DECLS

/* Where the parts of a face lie in frame FACE (vv-view.h), so that the same part of two faces can be cut out alike. */
typedef enum
{
  VV_PART_BROWS,
  VV_PART_EYES,
  VV_PART_EARS,
  VV_PART_NOSE,
  VV_PART_CHEEKS,
  VV_PART_MOUTH,
  VV_PART_CHIN,
  VV_PART_JAW,
  VV_PART_FOREHEAD,
  VV_PART_HAIR,
  VV_PART_NECK,
  VV_N_PARTS
} VvPart;

/* Translated: "Eyes". Static. */
const char *vv_part_title (VvPart part);

/* Whether there is a left and a right one. */
gboolean vv_part_is_paired (VvPart part);

/* The smallest rectangle, with a margin, that holds the part in both faces; inter-eye distances. @side: 0 left, 1 right, as seen
 * in the picture; of unpaired parts both are the whole. @faces: (nullable) each: a face without landmarks does not count,
 * and without any it is where the part of an even face lies. Both sides of a paired part get the same size.
 * Returns: FALSE when a face has no landmarks, so that the part may lie elsewhere in it. */
gboolean vv_part_find (VvPart        part,
                       int           side,
                       const VvFace *faces[2],
                       VvBox        *out_box);

G_END_DECLS
