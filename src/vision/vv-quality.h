// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

/* What can be measured about the picture of one face, measure by measure: a help for the examiner who decides whether
 * an image is suitable, and for what to ask the investigator. Never one number for all, never a decision; nothing here is
 * a probability or says anything about who a person is.
 *
 * @others: (nullable) (array length=n_others) faces of the same picture; @face itself may be among them.
 * @limits: {measure: {"good":[low, high],"usable":[low, high]}}, an end null where there is none. Only measures that
 * it names are measured and shown.
 *
 * Returns: (transfer full) one object for each measure, in a fixed order:
 *   "measure"    its name in @limits
 *   "title"      for people
 *   "value"      number, or null when it could not be measured
 *   "unit"       of the value, for people
 *   "score"      0 to 100 by ISO/IEC 29794-5 as OFIQ computes it; null for a measure of our own or without value
 *   "state"      "good", "limits" (usable with limits), "unusable", "not-measured" (face too small or cut off) or
 *                "greyscale" (only "natural_colour": the picture has no colour, or is infrared)
 *   "ask"        what to ask the investigator for, one sentence; null when good or not measured
 *   "method"     "OFIQ" or "own"
 *   "landmarks"  TRUE when it rests on estimated landmarks of lids, lips, chin or the whole face
 *   "plus_minus" only where the value is an estimate: how far off, in its unit, 19 of 20 synthetic test pictures are at most
 *
 * Returns NULL with VV_VISION_ERROR_LIMITS for a measure that does not exist or limits that are none. Faces that reach
 * over the picture's edge are measured as far as they are picture. Any thread; a few milliseconds. */
JsonArray *vv_quality_measure (const VvPicture *picture,
                               const VvFace    *face,
                               const VvFace    *others,
                               guint            n_others,
                               JsonObject      *limits,
                               GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
