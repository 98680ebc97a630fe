// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <algorithm>
#include <cmath>
#include <glib/gi18n-lib.h>
#include <opencv2/imgproc.hpp>

#include "vv-failure.hh"
#include "vv-landmarker.hh"

namespace vv
{

Landmarker::Landmarker (const std::string &models_dir,
                        JsonObject        *manifest)
    : network (models_dir, manifest),
      crop (manifest_number (manifest, manifest, "crop", 0.5, 4)),
      refine_crop (manifest_number (manifest, manifest, "refine_crop", 0.5, 4))
{
}

static cv::Rect
square_around (const cv::Rect2f &box,
               double            crop)
{
  const int    side = std::max (1, cvRound (crop * std::max (box.width, box.height)));
  const double x = box.x + box.width / 2.0 - side / 2.0;
  const double y = box.y + box.height / 2.0 - side / 2.0;

  return cv::Rect (cvRound (x), cvRound (y), side, side);
}

std::vector<cv::Point2f>
Landmarker::answer (const cv::Mat    &picture,
                    const cv::Rect2f &around,
                    double            factor,
                    GCancellable     *cancellable)
{
  const cv::Rect           square = square_around (around, factor);
  const cv::Mat            input = sample_window (picture, square, network.size ());
  const cv::Mat            output = network.run (input, {}, cancellable)[0];
  std::vector<cv::Point2f> points;

  if (output.total () != 2 * VV_LANDMARK_COUNT || output.type () != CV_32F)
    throw Failure (VV_VISION_ERROR_MODEL,
                   _ ("The landmark network does not answer with 68 points. Choose another pack in “use.json”."));
  for (int i = 0; i < VV_LANDMARK_COUNT; i++)
    {
      const float *relative = output.ptr<float> () + 2 * i;

      points.emplace_back (static_cast<float> (square.x) + relative[0] * static_cast<float> (square.width),
                           static_cast<float> (square.y) + relative[1] * static_cast<float> (square.height));
    }
  return points;
}

static bool
is_face (const std::vector<cv::Point2f> &points,
         const cv::Rect2f               &box)
{
  const float      longer = std::max (box.width, box.height);
  const cv::Rect2f twice (box.x + box.width / 2 - longer, box.y + box.height / 2 - longer, 2 * longer, 2 * longer);

  return std::all_of (points.begin (), points.end (), [&] (const cv::Point2f &point) {
    return std::isfinite (point.x) && std::isfinite (point.y) && twice.contains (point);
  });
}

static cv::Rect2f
extent (const std::vector<cv::Point2f> &points)
{
  const auto x = std::minmax_element (points.begin (), points.end (), [] (auto &a, auto &b) { return a.x < b.x; });
  const auto y = std::minmax_element (points.begin (), points.end (), [] (auto &a, auto &b) { return a.y < b.y; });

  return cv::Rect2f (x.first->x, y.first->y, x.second->x - x.first->x, y.second->y - y.first->y);
}

static VvPoint
mean_of (const VvPoint *points,
         int            first,
         int            last)
{
  VvPoint sum = { 0, 0 };

  for (int i = first; i <= last; i++)
    {
      sum.x += points[i].x;
      sum.y += points[i].y;
    }
  const float count = static_cast<float> (last - first + 1);
  return { sum.x / count, sum.y / count };
}

bool
Landmarker::place (const cv::Mat    &picture,
                   const cv::Rect2f &box,
                   VvFace           &face,
                   GCancellable     *cancellable)
{
  std::vector<cv::Point2f> points = answer (picture, box, crop, cancellable);

  if (!is_face (points, box))
    return false;
  points = answer (picture, extent (points), refine_crop, cancellable);
  if (!is_face (points, box))
    return false;
  for (int i = 0; i < VV_LANDMARK_COUNT; i++)
    face.landmarks[i] = { points[static_cast<std::size_t> (i)].x, points[static_cast<std::size_t> (i)].y };
  face.five[0] = mean_of (face.landmarks, 36, 41);
  face.five[1] = mean_of (face.landmarks, 42, 47);
  face.five[2] = face.landmarks[30];
  face.five[3] = face.landmarks[48];
  face.five[4] = face.landmarks[54];
  return true;
}

} // namespace vv
