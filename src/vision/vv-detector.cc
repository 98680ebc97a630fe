// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <algorithm>
#include <cmath>
#include <glib/gi18n-lib.h>
#include <opencv2/imgproc.hpp>

#include "vv-detector.hh"
#include "vv-failure.hh"
#include "vv-json.h"

namespace vv
{

/* The network misses faces that fill the picture, so it also sees the picture with this much grey a side. */
static const double PADS[] = { 0, 0.25, 0.5 };

/* A picture is read in tiles when its longer side is more than this many times the network's width: below
 * that, faces too small for the whole view (1/32 of its width) are too small to compare. */
static const double TILES_FROM = 3;

/* Tiles are at least twice the network's width, and wide enough that no more than MOST_TILES are needed. Each
 * covers a quarter of its neighbour: a face up to that size is whole in one of them, larger ones are large
 * enough for the whole view. */
static const double SMALLEST_TILE = 2;
static const double TILE_STEP = 0.75;
static const int    MOST_TILES = 25;

/* A box of which this share lies in a better one is a part of the same face. */
static const float CONTAINED = 0.8f;

Detector::Detector (const std::string &models_dir,
                    JsonObject        *manifest)
    : network (models_dir, manifest),
      threshold (static_cast<float> (manifest_number (manifest, manifest, "threshold", 0.01, 1))),
      overlap (static_cast<float> (manifest_number (manifest, manifest, "overlap", 0.01, 1)))
{
  JsonObject *names = vv_json_object (manifest, "output");

  if (vv_json_string (names, "scores") == nullptr || vv_json_string (names, "boxes") == nullptr)
    manifest_wrong (manifest, "output");
  outputs = { vv_json_string (names, "scores"), vv_json_string (names, "boxes") };
}

/* Outputs [1, n, 2] (background, face) and [1, n, 4] (corners relative to the window). */
static void
check_outputs (const cv::Mat &scores,
               const cv::Mat &boxes)
{
  if (scores.dims != 3 || boxes.dims != 3 || scores.size[2] != 2 || boxes.size[2] != 4 ||
      scores.size[1] != boxes.size[1] || scores.type () != CV_32F || boxes.type () != CV_32F)
    throw Failure (VV_VISION_ERROR_MODEL,
                   _ ("The detector does not answer with scores and boxes. Choose another pack in “use.json”."));
}

std::vector<Detection>
Detector::look (const cv::Mat  &picture,
                const cv::Rect &window,
                GCancellable   *cancellable)
{
  const cv::Mat              input = sample_window (picture, window, network.size ());
  const std::vector<cv::Mat> results = network.run (input, outputs, cancellable);
  const float                width = static_cast<float> (window.width);
  const float                height = static_cast<float> (window.height);
  std::vector<Detection>     found;

  check_outputs (results[0], results[1]);
  const float *score = results[0].ptr<float> ();
  const float *box = results[1].ptr<float> ();

  for (int i = 0; i < results[0].size[1]; i++, score += 2, box += 4)
    if (score[1] >= threshold && box[2] > box[0] && box[3] > box[1])
      found.push_back ({ cv::Rect2f (static_cast<float> (window.x) + box[0] * width, static_cast<float> (window.y) + box[1] * height,
                                     (box[2] - box[0]) * width, (box[3] - box[1]) * height),
                         score[1] });
  return found;
}

static Detection
enlarge (const Detection &seen,
         double           factor)
{
  const float by = static_cast<float> (factor);

  return { cv::Rect2f (seen.box.x * by, seen.box.y * by, seen.box.width * by, seen.box.height * by), seen.score };
}

/* Where @count tiles of @side begin so that they cover @length evenly. */
static int
tile_start (int index,
            int count,
            int length,
            int side)
{
  return count == 1 ? (length - side) / 2 : cvRound (double (index) * (length - side) / (count - 1));
}

static int
tiles_along (int length,
             int side)
{
  return length <= side ? 1 : 1 + static_cast<int> (std::ceil ((length - side) / (side * TILE_STEP)));
}

static cv::Size
tile_size (cv::Size picture,
           cv::Size network)
{
  for (double factor = SMALLEST_TILE;; factor *= 1.1)
    {
      const cv::Size tile (cvRound (network.width * factor), cvRound (network.height * factor));

      if (tiles_along (picture.width, tile.width) * tiles_along (picture.height, tile.height) <= MOST_TILES)
        return tile;
    }
}

/* Whether @box was cut by an edge of @tile that is not also an edge of the picture: the face is then whole in
 * the neighbouring tile or in the whole view. */
static bool
is_cut (const cv::Rect2f &box,
        const cv::Rect   &tile,
        cv::Size          picture)
{
  const float near = 0.01f * static_cast<float> (tile.width);

  return (tile.x > 0 && box.x < static_cast<float> (tile.x) + near) ||
         (tile.y > 0 && box.y < static_cast<float> (tile.y) + near) ||
         (tile.br ().x < picture.width && box.br ().x > static_cast<float> (tile.br ().x) - near) ||
         (tile.br ().y < picture.height && box.br ().y > static_cast<float> (tile.br ().y) - near);
}

/* Every second pixel each way, each the mean of four; a last odd row or column is left out. */
static cv::Mat
halve (const cv::Mat &picture)
{
  const cv::Size half (picture.cols / 2, picture.rows / 2);
  cv::Mat        result;

  cv::resize (picture (cv::Rect (cv::Point (), half * 2)), result, half, 0, 0, cv::INTER_AREA);
  return result;
}

/* Halves @picture as long as @width pixels of it are then still more than @enough; doubles @to_picture each time. */
static cv::Mat
reduce (cv::Mat picture,
        double  width,
        double  enough,
        double &to_picture)
{
  for (; width / (2 * to_picture) >= enough && std::min (picture.cols, picture.rows) > 1; to_picture *= 2)
    picture = halve (picture);
  return picture;
}

void
Detector::look_in_tiles (const cv::Mat          &picture,
                         GCancellable           *cancellable,
                         std::vector<Detection> &found)
{
  const cv::Size whole = tile_size (picture.size (), network.size ());
  double         to_picture = 1;
  const cv::Mat  reduced = reduce (picture, whole.width, 1.25 * network.size ().width, to_picture);
  const cv::Size tile (cvRound (whole.width / to_picture), cvRound (whole.height / to_picture));
  const int      columns = tiles_along (reduced.cols, tile.width);
  const int      rows = tiles_along (reduced.rows, tile.height);

  for (int i = 0; i < rows * columns; i++)
    {
      const cv::Rect window (tile_start (i % columns, columns, reduced.cols, tile.width),
                             tile_start (i / columns, rows, reduced.rows, tile.height), tile.width, tile.height);

      for (const Detection &seen : look (reduced, window, cancellable))
        if (!is_cut (seen.box, window, reduced.size ()))
          found.push_back (enlarge (seen, to_picture));
    }
}

/* Non-maximum suppression; of two boxes of which one holds the other, the better one stays. */
static std::vector<Detection>
merge (std::vector<Detection> found,
       float                  overlap)
{
  std::vector<Detection> kept;

  std::stable_sort (found.begin (), found.end (), [] (const Detection &a, const Detection &b) {
    return a.score > b.score;
  });
  for (const Detection &detection : found)
    {
      const bool known = std::any_of (kept.begin (), kept.end (), [&] (const Detection &better) {
        const float common = (detection.box & better.box).area ();
        const float smaller = std::min (detection.box.area (), better.box.area ());
        const float both = detection.box.area () + better.box.area () - common;

        return common > overlap * both || common > CONTAINED * smaller;
      });

      if (!known)
        kept.push_back (detection);
    }
  return kept;
}

/* The smallest window of the network's own shape around the picture with a border of @pad a side. */
static cv::Rect
window_around (cv::Size picture,
               double   pad,
               cv::Size shape)
{
  const double wanted_width = picture.width * (1 + 2 * pad);
  const double wanted_height = picture.height * (1 + 2 * pad);
  const double unit = std::max (wanted_width / shape.width, wanted_height / shape.height);
  const int    width = cvRound (unit * shape.width);
  const int    height = cvRound (unit * shape.height);

  return cv::Rect ((picture.width - width) / 2, (picture.height - height) / 2, width, height);
}

std::vector<Detection>
Detector::detect (const cv::Mat &picture,
                  GCancellable  *cancellable)
{
  const int              longer = std::max (picture.cols, picture.rows);
  double                 to_picture = 1;
  const cv::Mat          reduced = reduce (picture, longer, 2 * network.size ().width, to_picture);
  std::vector<Detection> found;

  for (double pad : PADS)
    for (const Detection &seen : look (reduced, window_around (reduced.size (), pad, network.size ()), cancellable))
      found.push_back (enlarge (seen, to_picture));
  if (longer > TILES_FROM * network.size ().width)
    look_in_tiles (picture, cancellable, found);
  return merge (std::move (found), overlap);
}

} // namespace vv
