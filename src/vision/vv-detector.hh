// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-network.hh"

namespace vv
{

struct Detection
{
  cv::Rect2f box; /* pixels of the picture; may reach beyond it */
  float      score;
};

/* Finds faces of all sizes with a network that sees a small, fixed picture. */
class Detector
{
public:
  Detector (const std::string &models_dir,
            JsonObject        *manifest);

  /* Each face once, in no promised order. */
  std::vector<Detection>
  detect (const cv::Mat &picture,
          GCancellable  *cancellable);

private:
  std::vector<Detection>
  look (const cv::Mat  &picture,
        const cv::Rect &window,
        GCancellable   *cancellable);

  void
  look_in_tiles (const cv::Mat          &picture,
                 GCancellable           *cancellable,
                 std::vector<Detection> &found);

  Network                  network;
  std::vector<std::string> outputs; /* scores, boxes */
  float                    threshold;
  float                    overlap;
};

} // namespace vv
