// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <opencv2/core.hpp>

#include "vv-picture.h"

namespace vv
{

enum Quality
{
  QUALITY_EYE_DISTANCE,
  QUALITY_HEAD_YAW,
  QUALITY_HEAD_PITCH,
  QUALITY_HEAD_ROLL,
  QUALITY_SINGLE_FACE,
  QUALITY_SHARPNESS,
  QUALITY_BLOCK_EDGES,
  QUALITY_LUMINANCE_MEAN,
  QUALITY_LUMINANCE_VARIANCE,
  QUALITY_UNDER_EXPOSURE,
  QUALITY_OVER_EXPOSURE,
  QUALITY_DYNAMIC_RANGE,
  QUALITY_ILLUMINATION_UNIFORMITY,
  QUALITY_NATURAL_COLOUR,
  QUALITY_EYES_OPEN,
  QUALITY_MOUTH_CLOSED,
  QUALITY_HEAD_SIZE,
  QUALITY_MARGIN_LEFT,
  QUALITY_MARGIN_RIGHT,
  QUALITY_MARGIN_ABOVE,
  QUALITY_MARGIN_BELOW,
  QUALITY_COUNT
};

/* Native values in the units that vv-quality.cc names; NaN where a value cannot be had. */
struct QualityValues
{
  std::array<double, QUALITY_COUNT> of;
  bool                              greyscale = false; /* the face has no colour */
};

QualityValues measure_quality (const cv::Mat &picture,
                               const VvFace  &face,
                               const VvFace  *others,
                               guint          n_others);

} // namespace vv
