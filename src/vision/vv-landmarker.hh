// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-network.hh"
#include "vv-picture.h"

namespace vv
{

/* Places the 68 landmarks of a face. */
class Landmarker
{
public:
  Landmarker (const std::string &models_dir,
              JsonObject        *manifest);

  /* Fills landmarks and five points from the face in @box. Returns false when the answer makes no face:
   * points that are not finite, or not inside twice the box. */
  bool
  place (const cv::Mat    &picture,
         const cv::Rect2f &box,
         VvFace           &face,
         GCancellable     *cancellable);

private:
  std::vector<cv::Point2f>
  answer (const cv::Mat    &picture,
          const cv::Rect2f &around,
          double            crop,
          GCancellable     *cancellable);

  Network network;
  double  crop;        /* of the box's longer side */
  double  refine_crop; /* of the extent of the first answer */
};

} // namespace vv
