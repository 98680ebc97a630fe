// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace vv
{

/* From a native value to OFIQ's 0..100, as the reference implementation of ISO/IEC 29794-5 maps it (BSI-OFIQ/OFIQ-Project,
 * commit a16a990e). Not rounded, not clamped. Most are h (a + s sig ((x - x0) / w)), sig (z) = 1 / (1 + exp (-z)). */
double score_eye_distance (double pixels);
double score_angle (double degrees);
double score_single_face (double share);
double score_luminance_mean (double mean);
double score_luminance_variance (double variance);
double score_under_exposure (double share);
double score_over_exposure (double share);
double score_dynamic_range (double bits);
double score_illumination_uniformity (double share);
double score_natural_colour (double distance);
double score_eyes_open (double share);
double score_mouth_closed (double share);
double score_head_size (double share);
double score_margin_side (double distances);
double score_margin_above (double heights);
double score_margin_below (double heights);

} // namespace vv
