// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "vv-quality-score.hh"

namespace vv
{

/* sig ((x - x0) / w) */
static double
sigmoid (double x,
         double x0,
         double w)
{
  return 1 / (1 + std::exp ((x0 - x) / w));
}

double
score_eye_distance (double pixels)
{
  return 100 * sigmoid (pixels, 70, 20);
}

double
score_angle (double degrees)
{
  return 100 * std::pow (std::max (0.0, std::cos (degrees * CV_PI / 180)), 2);
}

double
score_single_face (double share)
{
  return 100 * (1 - share);
}

double
score_luminance_mean (double mean)
{
  return 100 * sigmoid (mean, 0.2, 0.05) * (1 - sigmoid (mean, 0.8, 0.05));
}

double
score_luminance_variance (double variance)
{
  return 100 * std::sin (CV_PI * 60 * variance / (60 * variance + 1));
}

double
score_under_exposure (double share)
{
  return 120 * (0.832 - sigmoid (share, 0.92, 0.05));
}

double
score_over_exposure (double share)
{
  return 1 / (share + 0.01);
}

double
score_dynamic_range (double bits)
{
  return 12.5 * bits;
}

double
score_illumination_uniformity (double share)
{
  return 100 * std::pow (share, 0.3);
}

double
score_natural_colour (double distance)
{
  return 200 * (1 - sigmoid (distance, 0, 10));
}

double
score_eyes_open (double share)
{
  return 100 * sigmoid (share, 0.02, 0.01);
}

double
score_mouth_closed (double share)
{
  return 100 * (1 - sigmoid (share, 0.2, 0.06));
}

double
score_head_size (double share)
{
  return 200 * (1 - sigmoid (std::abs (share - 0.45), 0, 0.05));
}

double
score_margin_side (double distances)
{
  return 100 * sigmoid (distances, 0.9, 0.1);
}

double
score_margin_above (double heights)
{
  return 100 * sigmoid (heights, 1.4, 0.1);
}

double
score_margin_below (double heights)
{
  return 100 * sigmoid (heights, 1.8, 0.1);
}

} // namespace vv
