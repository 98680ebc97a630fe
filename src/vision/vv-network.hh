// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include "vv-pack.h"

namespace vv
{

/* One neural network with the input its manifest describes. Used by one thread at a time. */
class Network
{
public:
  /* Reads, checks and parses the pack's file. Throws Failure (VV_VISION_ERROR_MODEL). */
  Network (const std::string &models_dir,
           JsonObject        *manifest);

  cv::Size
  size () const
  {
    return input_size;
  }

  /* Runs on @bgra, which has size() pixels. @outputs: names, none for the only output. The results belong to
   * the network and last until its next run. Throws Failure when cancelled. */
  std::vector<cv::Mat>
  run (const cv::Mat                  &bgra,
       const std::vector<std::string> &outputs,
       GCancellable                   *cancellable);

private:
  void
  read_input (JsonObject *manifest);

  cv::dnn::Net net;
  cv::Size     input_size;
  int          conversion = 0; /* cv::COLOR_BGRA2... */
  cv::Scalar   mean;
  double       scale = 1;
};

/* A number that the manifest must hold, between @low and @high. Throws Failure (VV_VISION_ERROR_MODEL). */
double manifest_number (JsonObject *manifest,
                        JsonObject *object,
                        const char *name,
                        double      low,
                        double      high);

/* Says that the manifest's member @name is missing or makes no sense. */
[[noreturn]] void manifest_wrong (JsonObject *manifest,
                                  const char *name);

/* The part @window of @picture in @size pixels, evened out when made smaller. The window may reach beyond the
 * picture: what lies there is mid-grey. */
cv::Mat sample_window (const cv::Mat  &picture,
                       const cv::Rect &window,
                       cv::Size        size);

} // namespace vv
