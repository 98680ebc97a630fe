// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <opencv2/core.hpp>

#include "vv-pose.hh"

namespace vv
{

struct ModelPoint
{
  int    landmark;
  double x, y, z;
};

/* An average adult head in millimetres: right and down as in a picture, z away from the camera, from the middle between
 * the eyes. Widths and heights are rounded adult means as anthropometry reports them (between the inner corners
 * of the eyes 34, the outer 90, mouth 52, face 144); the depths are our own rounded choice. */
static const ModelPoint head[] = {
  { 36, -45, 0, 7 },   /* corners of the eyes */
  { 39, -17, 0, 0 },   //
  { 42, 17, 0, 0 },    //
  { 45, 45, 0, 7 },    //
  { 27, 0, -4, -13 },  /* root, tip and base of the nose */
  { 30, 0, 32, -35 },  //
  { 33, 0, 45, -25 },  //
  { 48, -26, 68, -3 }, /* corners of the mouth */
  { 54, 26, 68, -3 },  //
  { 8, 0, 116, -1 },   /* chin */
  { 0, -72, 8, 50 },   /* in front of the ears */
  { 16, 72, 8, 50 },   //
};

/* The 2x3 matrix that takes the model to the landmarks with the least squared error, both from their means: what a
 * camera far away does to a head is scale, turn and drop the depth (scaled orthography). */
static cv::Matx23d
fit (const VvFace &face)
{
  const double count = static_cast<double> (G_N_ELEMENTS (head));
  cv::Vec3d    model_mean;
  cv::Vec2d    point_mean;
  cv::Matx33d  spread = cv::Matx33d::zeros ();
  cv::Matx23d  product = cv::Matx23d::zeros ();

  for (const ModelPoint &model : head)
    {
      const VvPoint &point = face.landmarks[model.landmark];

      model_mean += cv::Vec3d (model.x, model.y, model.z) / count;
      point_mean += cv::Vec2d (static_cast<double> (point.x), static_cast<double> (point.y)) / count;
    }
  for (const ModelPoint &model : head)
    {
      const VvPoint  &point = face.landmarks[model.landmark];
      const cv::Vec3d m = cv::Vec3d (model.x, model.y, model.z) - model_mean;
      const cv::Vec2d p = cv::Vec2d (static_cast<double> (point.x), static_cast<double> (point.y)) - point_mean;

      spread += m * m.t ();
      product += p * m.t ();
    }
  return product * spread.inv ();
}

/* The nearest matrix with rows of equal length at right angles, but for its length: (M M')^-1/2 M, with the closed form of
 * the root of a 2x2 matrix G: (G + sqrt(det G) I) / sqrt(trace G + 2 sqrt(det G)). */
static cv::Matx23d
orthonormal (const cv::Matx23d &matrix)
{
  const cv::Matx22d gram = matrix * matrix.t ();
  const double      root = std::sqrt (cv::determinant (gram));
  const double      length = std::sqrt (cv::trace (gram) + 2 * root);

  return ((gram + root * cv::Matx22d::eye ()) * (1 / length)).inv () * matrix;
}

Pose
estimate_pose (const VvFace &face)
{
  const double      degree = 180 / CV_PI;
  const cv::Matx23d rows = orthonormal (fit (face));
  const cv::Vec3d   right (rows (0, 0), rows (0, 1), rows (0, 2));
  const cv::Vec3d   down (rows (1, 0), rows (1, 1), rows (1, 2));
  const double      ahead = right.cross (down)[2];

  /* The turn is roll first, then yaw, then pitch. */
  return { -std::asin (std::clamp (right[2], -1.0, 1.0)) * degree,
           std::atan2 (down[2], ahead) * degree,
           std::atan2 (-right[1], right[0]) * degree };
}

} // namespace vv
