// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

#include "vv-canvas.h"

G_BEGIN_DECLS

/* Ways of looking at two faces, one key each: 1, 2, 3 ... in this order. */
typedef enum
{
  VV_LOOK_SIDE,
  VV_LOOK_WIPE,
  VV_LOOK_BLINK,
  VV_LOOK_OVERLAY,
  VV_LOOK_EDGES,
  VV_LOOK_STRIPS,
  VV_LOOK_GRID,
  VV_N_LOOKS
} VvLook;

/* Translated: "Wipe", and a sentence on what it does. Static. */
const char *vv_look_title (VvLook look);
const char *vv_look_hint (VvLook look);

/* How the canvases are laid over each other. */
VvPairing vv_look_pairing (VvLook look);

/* What it shows mixes the two pictures: an aid to looking, never a finding. */
gboolean vv_look_is_aid (VvLook look);

/* The way of looking this person left the bench with; SIDE at first. Kept in the settings of the program. */
VvLook vv_look_recall (const char *account);
void   vv_look_remember (const char *account,
                         VvLook      look);

G_END_DECLS
