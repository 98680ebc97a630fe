// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

namespace vv
{

/* How a head is turned, in degrees as seen in the picture; 0, 0, 0 looks into the camera. */
struct Pose
{
  double yaw;   /* positive: towards the picture's right */
  double pitch; /* positive: upwards */
  double roll;  /* positive: clockwise */
};

/* Estimated from twelve of the landmarks as seen through a far camera, with the head of an average adult. A face of
 * another shape reads as another pitch; README.md has the errors. NaN when the landmarks do not span a face. */
Pose estimate_pose (const VvFace &face);

} // namespace vv
