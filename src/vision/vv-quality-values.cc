// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include <algorithm>
#include <cmath>
#include <limits>
#include <opencv2/imgproc.hpp>

#include "vv-pose.hh"
#include "vv-quality-values.hh"
#include "vv-recogniser.hh"

/* Native values after ISO/IEC 29794-5 as the reference implementation OFIQ computes them (BSI-OFIQ/OFIQ-Project, commit
 * a16a990e, OFIQlib/modules/measures), formulas restated; sharpness and block edges are our own. Where
 * we differ: one similarity transform over all five points instead of LMedS; the face is the hull of 68 landmarks, not of
 * 98; nothing tells glasses, hair or hands from skin. */

namespace vv
{

/* OFIQ's canvas, and where the eyes, the nose tip and the corners of the mouth go in it. The eyes come 113 pixels apart. */
static const cv::Size                 CANVAS (616, 616);
static const std::vector<cv::Point2f> TARGETS = { { 251, 272 }, { 364, 272 }, { 308, 336 }, { 262, 402 }, { 355, 402 } };

/* Eyes closer than this leave nothing to measure but that. */
static const double LEAST_EYE_DISTANCE = 4;
static const int    LEAST_PIXELS = 100;
static const double NOTHING = std::numeric_limits<double>::quiet_NaN ();

static cv::Point2d
to_point (const VvPoint &point)
{
  return { static_cast<double> (point.x), static_cast<double> (point.y) };
}

static bool
is_finite (const VvFace &face)
{
  const auto finite = [] (const VvPoint &point) { return std::isfinite (point.x) && std::isfinite (point.y); };

  return std::isfinite (face.box.x + face.box.y + face.box.width + face.box.height) &&
         std::all_of (std::begin (face.five), std::end (face.five), finite) &&
         std::all_of (std::begin (face.landmarks), std::end (face.landmarks), finite);
}

/* --- Points alone ---------------------------------------------------------------------------------------------------------- */

static cv::Rect2f
to_rect (const VvFace &face)
{
  return cv::Rect2f (face.box.x, face.box.y, face.box.width, face.box.height);
}

/* Area of the second largest face box over that of the largest; 0 when there is one face. */
static double
second_face (const VvFace &face,
             const VvFace *others,
             guint         n_others)
{
  const cv::Rect2f   own = to_rect (face);
  std::vector<float> areas = { own.area () };

  for (guint i = 0; i < n_others; i++)
    {
      const cv::Rect2f box = to_rect (others[i]);
      const float      common = (box & own).area ();

      /* The same face, found again or drawn by hand, is not another. */
      if (common < 0.4f * (box.area () + own.area () - common))
        areas.push_back (box.area ());
    }
  std::sort (areas.begin (), areas.end (), std::greater<float> ());
  return areas.size () > 1 && areas[0] > 0 ? static_cast<double> (areas[1] / areas[0]) : 0;
}

/* The widest of the gaps between pairs of landmarks. */
static double
widest (const VvFace                              &face,
        std::initializer_list<std::pair<int, int>> pairs)
{
  double gap = 0;

  for (const auto &[upper, lower] : pairs)
    gap = std::max (gap, cv::norm (to_point (face.landmarks[lower]) - to_point (face.landmarks[upper])));
  return gap;
}

/* What points and the picture's size tell. T is the height of the lower face: middle between the eyes to chin. */
static void
measure_points (cv::Size       size,
                const VvFace  &face,
                QualityValues &values)
{
  const cv::Point2d middle = (to_point (face.five[0]) + to_point (face.five[1])) / 2;
  const double      eyes = cv::norm (to_point (face.five[1]) - to_point (face.five[0]));
  const double      t = cv::norm (to_point (face.landmarks[8]) - middle);
  const Pose        pose = estimate_pose (face);

  values.of[QUALITY_HEAD_YAW] = pose.yaw;
  values.of[QUALITY_HEAD_PITCH] = pose.pitch;
  values.of[QUALITY_HEAD_ROLL] = pose.roll;
  /* Turned by more than 60 degrees the estimate of yaw is no ground for a correction. */
  if (std::isfinite (pose.yaw))
    values.of[QUALITY_EYE_DISTANCE] = eyes / std::max (0.5, std::cos (pose.yaw * CV_PI / 180));
  /* As OFIQ does, to the far eye. */
  values.of[QUALITY_MARGIN_LEFT] = static_cast<double> (face.five[1].x) / eyes;
  values.of[QUALITY_MARGIN_RIGHT] = (size.width - static_cast<double> (face.five[0].x)) / eyes;
  if (!(t > 0))
    return;
  values.of[QUALITY_MARGIN_ABOVE] = middle.y / t;
  values.of[QUALITY_MARGIN_BELOW] = (size.height - middle.y) / t;
  values.of[QUALITY_HEAD_SIZE] = t / size.height;
  values.of[QUALITY_EYES_OPEN] = std::min (widest (face, { { 37, 41 }, { 38, 40 } }), widest (face, { { 43, 47 }, { 44, 46 } })) / t;
  values.of[QUALITY_MOUTH_CLOSED] = widest (face, { { 61, 67 }, { 62, 66 }, { 63, 65 } }) / t;
}

/* --- Pixels of the aligned face -------------------------------------------------------------------------------------------- */

/* sRGB (IEC 61966-2-1) to light, 0..1. */
static const std::array<double, 256> &
linear_light ()
{
  static const std::array<double, 256> table = [] {
    std::array<double, 256> made{};

    for (int i = 0; i < 256; i++)
      made[static_cast<std::size_t> (i)] = i / 255.0 <= 0.04045 ? i / 255.0 / 12.92 : std::pow ((i / 255.0 + 0.055) / 1.055, 2.4);
    return made;
  }();

  return table;
}

/* Y = 0.2126 R + 0.7152 G + 0.0722 B of the light, 0..255 without gamma. */
static cv::Mat
luminance_of (const cv::Mat &bgra)
{
  const std::array<double, 256> &light = linear_light ();
  cv::Mat                        luminance (bgra.size (), CV_8U);

  for (int y = 0; y < bgra.rows; y++)
    {
      const cv::Vec4b *from = bgra.ptr<cv::Vec4b> (y);
      guint8          *to = luminance.ptr<guint8> (y);

      for (int x = 0; x < bgra.cols; x++)
        to[x] = static_cast<guint8> (255 * (0.0722 * light[from[x][0]] + 0.7152 * light[from[x][1]] + 0.2126 * light[from[x][2]]) + 0.5);
    }
  return luminance;
}

using Histogram = std::array<double, 256>; /* shares, sum 1 */

static Histogram
histogram_of (const cv::Mat &luminance,
              const cv::Mat &mask)
{
  Histogram    histogram{};
  const double count = cv::countNonZero (mask);

  for (int y = 0; y < luminance.rows; y++)
    for (int x = 0; x < luminance.cols; x++)
      if (mask.at<guint8> (y, x) != 0)
        histogram[luminance.at<guint8> (y, x)] += 1 / count;
  return histogram;
}

static double
share_of (const Histogram &histogram,
          std::size_t      first,
          std::size_t      last)
{
  double share = 0;

  for (std::size_t i = first; i <= last; i++)
    share += histogram[i];
  return share;
}

static void
measure_exposure (const Histogram &histogram,
                  QualityValues   &values)
{
  double mean = 0, variance = 0, bits = 0;

  for (std::size_t i = 0; i < histogram.size (); i++)
    mean += histogram[i] * static_cast<double> (i) / 255;
  for (std::size_t i = 0; i < histogram.size (); i++)
    {
      variance += histogram[i] * std::pow (static_cast<double> (i) / 255 - mean, 2);
      bits -= histogram[i] > 0 ? histogram[i] * std::log2 (histogram[i]) : 0;
    }
  values.of[QUALITY_LUMINANCE_MEAN] = mean;
  values.of[QUALITY_LUMINANCE_VARIANCE] = variance;
  values.of[QUALITY_DYNAMIC_RANGE] = bits;
  values.of[QUALITY_UNDER_EXPOSURE] = share_of (histogram, 0, 25);
  values.of[QUALITY_OVER_EXPOSURE] = share_of (histogram, 247, 255);
}

/* The two cheeks: squares of 0.3 eye distances, from half way between eyes and mouth down, each from its eye's centre
 * inwards. Empty when a part of one is not picture. */
static std::array<cv::Rect, 2>
cheeks_of (const std::vector<cv::Point2f> &points,
           const cv::Mat                  &inside)
{
  const int      side = cvRound (0.3 * cv::norm (points[1] - points[0]));
  const int      top = cvRound ((points[0].y + points[1].y) / 2 + ((points[3].y + points[4].y) - (points[0].y + points[1].y)) / 4);
  const cv::Rect left (cvRound (points[0].x), top, side, side);
  const cv::Rect right (cvRound (points[1].x) - side, top, side, side);
  const cv::Rect all (cv::Point (), inside.size ());

  for (const cv::Rect &cheek : { left, right })
    if ((cheek & all) != cheek || cheek.empty () || cv::countNonZero (inside (cheek)) != cheek.area ())
      return {};
  return { left, right };
}

/* Sum of the smaller of the two cheeks' shares over all brightnesses (histogram intersection). */
static double
common_share (const cv::Mat                 &luminance,
              const std::array<cv::Rect, 2> &cheeks)
{
  Histogram histograms[2];
  double    common = 0;

  for (std::size_t i = 0; i < 2; i++)
    {
      const cv::Mat zone = luminance (cheeks[i]);

      histograms[i] = histogram_of (zone, cv::Mat (zone.size (), CV_8U, cv::Scalar (1)));
    }
  for (std::size_t i = 0; i < histograms[0].size (); i++)
    common += std::min (histograms[0][i], histograms[1][i]);
  return common;
}

/* a and b of CIELAB under D50 (CIE 15): sRGB primaries adapted to D50 by Bradford's method. */
static cv::Vec2d
lab_of (const cv::Vec4b &bgra)
{
  static const cv::Matx33d xyz_of_rgb (0.4360747, 0.3850649, 0.1430804, 0.2225045, 0.7168786, 0.0606169, 0.0139322, 0.0971045, 0.7141733);
  const auto              &light = linear_light ();
  const cv::Vec3d          xyz = xyz_of_rgb * cv::Vec3d (light[bgra[2]], light[bgra[1]], light[bgra[0]]);
  const auto               f = [] (double t) { return t > 216.0 / 24389 ? std::cbrt (t) : (24389.0 / 27 * t + 16) / 116; };
  const double             fy = f (xyz[1]);

  return { 500 * (f (xyz[0] / 0.96422) - fy), 200 * (fy - f (xyz[2] / 0.82521)) };
}

static double
outside (double value,
         double low,
         double high)
{
  return std::max ({ low - value, value - high, 0.0 });
}

/* How far the mean colour of the cheeks lies from a in 5..25 and b in 5..35; 100 when a or b is negative. */
static double
colour_distance (const cv::Mat                 &canvas,
                 const std::array<cv::Rect, 2> &cheeks)
{
  cv::Vec2d mean;

  for (const cv::Rect &cheek : cheeks)
    for (int y = cheek.y; y < cheek.br ().y; y++)
      for (int x = cheek.x; x < cheek.br ().x; x++)
        mean += lab_of (canvas.at<cv::Vec4b> (y, x)) / (2.0 * cheek.area ());
  return mean[0] < 0 || mean[1] < 0 ? 100 : std::hypot (outside (mean[0], 5, 25), outside (mean[1], 5, 35));
}

/* No colour: the channels are equal, but for what a video's colour channels leave of noise. */
static bool
is_grey (const cv::Mat &canvas,
         const cv::Mat &mask)
{
  const int slack = 4;
  int       coloured = 0;

  for (int y = 0; y < canvas.rows; y++)
    for (int x = 0; x < canvas.cols; x++)
      {
        const cv::Vec4b &p = canvas.at<cv::Vec4b> (y, x);

        coloured += mask.at<guint8> (y, x) != 0 && std::max ({ p[0], p[1], p[2] }) - std::min ({ p[0], p[1], p[2] }) > slack;
      }
  return coloured * 200 < cv::countNonZero (mask);
}

/* Standard deviation of the Laplacian (four neighbours) of grey 0..255 with the eyes 113 pixels apart: a small face made
 * larger has no fine detail and reads as unsharp, which it is. Noise reads as sharp. */
static double
sharpness_of (const cv::Mat &canvas,
              const cv::Mat &mask)
{
  cv::Mat    grey, laplacian, inner;
  cv::Scalar mean, deviation;

  cv::cvtColor (canvas, grey, cv::COLOR_BGRA2GRAY);
  cv::Laplacian (grey, laplacian, CV_16S);
  cv::erode (mask, inner, cv::Mat (), cv::Point (-1, -1), 2);
  if (cv::countNonZero (inner) < LEAST_PIXELS)
    return NOTHING;
  cv::meanStdDev (laplacian, mean, deviation, inner);
  return deviation[0];
}

static std::vector<cv::Point>
transformed (const std::vector<cv::Point2f> &points,
             const cv::Matx23d              &transform)
{
  std::vector<cv::Point2f> moved;
  std::vector<cv::Point>   rounded;

  cv::transform (points, moved, transform);
  for (const cv::Point2f &point : moved)
    rounded.emplace_back (cvRound (point.x), cvRound (point.y));
  return rounded;
}

static cv::Mat
fill (const std::vector<cv::Point> &polygon)
{
  cv::Mat mask = cv::Mat::zeros (CANVAS, CV_8U);

  cv::fillConvexPoly (mask, polygon, cv::Scalar (255));
  return mask;
}

/* Where the canvas shows picture. */
static cv::Mat
fill_picture (cv::Size           size,
              const cv::Matx23d &transform)
{
  const float w = static_cast<float> (size.width - 1);
  const float h = static_cast<float> (size.height - 1);

  return fill (transformed ({ { 0, 0 }, { w, 0 }, { w, h }, { 0, h } }, transform));
}

/* Where the canvas shows the face: the convex hull of the landmarks. */
static cv::Mat
fill_face (const VvFace      &face,
           const cv::Matx23d &transform)
{
  std::vector<cv::Point2f> landmarks;
  std::vector<cv::Point>   hull;

  for (const VvPoint &point : face.landmarks)
    landmarks.emplace_back (point.x, point.y);
  cv::convexHull (transformed (landmarks, transform), hull);
  return fill (hull);
}

static void
measure_face (const cv::Mat &picture,
              const VvFace  &face,
              QualityValues &values)
{
  const std::vector<cv::Point2f> points = five_points (face);
  const cv::Matx23d              transform = similarity_transform (points, TARGETS);
  const cv::Mat                  canvas = align (picture, face, TARGETS, CANVAS);
  const cv::Mat                  inside = fill_picture (picture.size (), transform);
  const cv::Mat                  mask = fill_face (face, transform) & inside;
  const cv::Mat                  luminance = luminance_of (canvas);
  std::vector<cv::Point2f>       moved;

  if (cv::countNonZero (mask) < LEAST_PIXELS)
    return;
  values.greyscale = is_grey (canvas, mask);
  measure_exposure (histogram_of (luminance, mask), values);
  values.of[QUALITY_SHARPNESS] = sharpness_of (canvas, mask);
  cv::transform (points, moved, transform);

  const std::array<cv::Rect, 2> cheeks = cheeks_of (moved, inside);

  if (cheeks[0].empty ())
    return;
  values.of[QUALITY_ILLUMINATION_UNIFORMITY] = common_share (luminance, cheeks);
  if (!values.greyscale)
    values.of[QUALITY_NATURAL_COLOUR] = colour_distance (canvas, cheeks);
}

/* --- Pixels as they were stored ----------------------------------------------------------------------------------------- */

/* Steps between neighbouring columns of @grey, by where they lie in blocks of eight: the largest mean of the eight over the
 * mean of the other seven. Half a grey level is added to both, so that a flat picture gives 1. */
static double
block_ratio (const cv::Mat &grey)
{
  cv::Mat steps, sums;
  double  total[8] = {}, columns[8] = {};
  double  all = 0, worst = 0;

  cv::absdiff (grey.colRange (1, grey.cols), grey.colRange (0, grey.cols - 1), steps);
  cv::reduce (steps, sums, 0, cv::REDUCE_AVG, CV_64F);
  for (int x = 0; x < sums.cols; x++)
    {
      total[x % 8] += sums.at<double> (0, x);
      columns[x % 8] += 1;
      all += sums.at<double> (0, x);
    }
  for (int phase = 0; phase < 8; phase++)
    worst = std::max (worst, (total[phase] / columns[phase] + 0.5) / ((all - total[phase]) / (sums.cols - columns[phase]) + 0.5));
  return worst;
}

/* Mean of both directions, of the face and as much again on each side; the files' blocks are 8 pixels wide, wherever they
 * begin after turning or cropping. */
static double
block_edges (const cv::Mat &picture,
             const VvFace  &face)
{
  const int      largest = 1024, least = 32;
  const double   width = std::clamp (3.0 * static_cast<double> (face.box.width), 0.0, static_cast<double> (largest));
  const double   height = std::clamp (3.0 * static_cast<double> (face.box.height), 0.0, static_cast<double> (largest));
  const cv::Rect around = cv::Rect (cvRound (static_cast<double> (face.box.x + face.box.width / 2) - width / 2),
                                    cvRound (static_cast<double> (face.box.y + face.box.height / 2) - height / 2),
                                    cvRound (width), cvRound (height)) &
                          cv::Rect (cv::Point (), picture.size ());
  cv::Mat grey;

  if (around.width < least || around.height < least)
    return NOTHING;
  cv::cvtColor (picture (around), grey, cv::COLOR_BGRA2GRAY);
  return (block_ratio (grey) + block_ratio (grey.t ())) / 2;
}

QualityValues
measure_quality (const cv::Mat &picture,
                 const VvFace  &face,
                 const VvFace  *others,
                 guint          n_others)
{
  const double  eyes = static_cast<double> (vv_face_eye_distance (&face));
  QualityValues values;

  values.of.fill (NOTHING);
  values.of[QUALITY_EYE_DISTANCE] = std::isfinite (eyes) ? eyes : 0;
  if (!is_finite (face))
    return values;
  values.of[QUALITY_SINGLE_FACE] = second_face (face, others, n_others);
  values.of[QUALITY_BLOCK_EDGES] = block_edges (picture, face);
  if (eyes < LEAST_EYE_DISTANCE)
    return values;
  measure_points (picture.size (), face, values);
  measure_face (picture, face, values);
  return values;
}

} // namespace vv
