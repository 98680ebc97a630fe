// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-network.hh"
#include "vv-picture.h"

namespace vv
{

/* Makes the template of a face. */
class Recogniser
{
public:
  Recogniser (const std::string &models_dir,
              JsonObject        *manifest);

  std::size_t
  length () const
  {
    return template_length;
  }

  /* length() floats of Euclidean length 1. Throws Failure (VV_VISION_ERROR_NO_FACE) when the five points do
   * not span a face. */
  std::vector<float>
  make_template (const cv::Mat &picture,
                 const VvFace  &face,
                 GCancellable  *cancellable);

private:
  Network                  network;
  std::vector<cv::Point2f> alignment; /* where the five points go, in pixels of the network's input */
  std::size_t              template_length;
};

} // namespace vv
