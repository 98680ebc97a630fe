// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-network.hh"
#include "vv-picture.h"

namespace vv
{

/* The turn, scale and shift that brings @from closest to @to. */
cv::Matx23d similarity_transform (const std::vector<cv::Point2f> &from,
                                  const std::vector<cv::Point2f> &to);

/* The five points of @face, as alignment uses them. */
std::vector<cv::Point2f> five_points (const VvFace &face);

/* @face turned, scaled and shifted so that its five points come to @alignment in a picture of @input; black where the
 * picture ends. Throws Failure (VV_VISION_ERROR_NO_FACE) when the five points do not span a face. */
cv::Mat align (const cv::Mat                  &picture,
               const VvFace                   &face,
               const std::vector<cv::Point2f> &alignment,
               cv::Size                        input);

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
