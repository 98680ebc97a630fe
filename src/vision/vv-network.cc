// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <algorithm>
#include <cmath>
#include <glib/gi18n-lib.h>
#include <opencv2/imgproc.hpp>

#include "vv-failure.hh"
#include "vv-json.h"
#include "vv-network.hh"

namespace vv
{

static const cv::Scalar MID_GREY (127, 127, 127, 255);

void
manifest_wrong (JsonObject *manifest,
                const char *name)
{
  throw Failure (g_error_new (VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                              _ ("The manifest of the model “%s” lacks a usable “%s”. Correct the manifest."),
                              vv_json_string (manifest, "name"), name));
}

double
manifest_number (JsonObject *manifest,
                 JsonObject *object,
                 const char *name,
                 double      low,
                 double      high)
{
  double value = vv_json_double (object, name);

  if (object == nullptr || !json_object_has_member (object, name) || !(value >= low && value <= high))
    manifest_wrong (manifest, name);
  return value;
}

static cv::dnn::Net
parse (JsonObject *manifest,
       GBytes     *bytes)
{
  gsize       size = 0;
  const char *data = static_cast<const char *> (g_bytes_get_data (bytes, &size));

  try
    {
      cv::dnn::Net net = cv::dnn::readNetFromONNX (data, size);

      net.setPreferableBackend (cv::dnn::DNN_BACKEND_OPENCV);
      net.setPreferableTarget (cv::dnn::DNN_TARGET_CPU);
      return net;
    }
  catch (const cv::Exception &failure)
    {
      g_debug ("%s", failure.what ());
      throw Failure (g_error_new (VV_VISION_ERROR, VV_VISION_ERROR_MODEL,
                                  _ ("The model “%s” cannot be read by this OpenCV. Choose another pack in “use.json”."),
                                  vv_json_string (manifest, "name")));
    }
}

Network::Network (const std::string &models_dir,
                  JsonObject        *manifest)
{
  GError            *error = nullptr;
  g_autoptr (GBytes) bytes = vv_pack_read (models_dir.c_str (), manifest, &error);

  if (bytes == nullptr)
    throw Failure (error);
  read_input (manifest);
  net = parse (manifest, bytes);
}

void
Network::read_input (JsonObject *manifest)
{
  JsonObject       *input = vv_json_object (manifest, "input");
  JsonArray        *means = vv_json_array (input, "mean");
  const std::string channels = vv_json_string (input, "channels") != nullptr ? vv_json_string (input, "channels") : "";
  const guint       count = channels == "grey" ? 1 : 3;

  input_size.width = static_cast<int> (manifest_number (manifest, input, "width", 16, 2048));
  input_size.height = static_cast<int> (manifest_number (manifest, input, "height", 16, 2048));
  scale = manifest_number (manifest, input, "scale", 1e-9, 1e9);
  if (channels == "grey")
    conversion = cv::COLOR_BGRA2GRAY;
  else if (channels == "RGB")
    conversion = cv::COLOR_BGRA2RGB;
  else if (channels == "BGR")
    conversion = cv::COLOR_BGRA2BGR;
  else
    manifest_wrong (manifest, "channels");
  if (vv_json_length (means) != count)
    manifest_wrong (manifest, "mean");
  for (guint i = 0; i < count; i++)
    mean[static_cast<int> (i)] = json_array_get_double_element (means, i);
}

std::vector<cv::Mat>
Network::run (const cv::Mat                  &bgra,
              const std::vector<std::string> &outputs,
              GCancellable                   *cancellable)
{
  std::vector<cv::Mat> results;
  cv::Mat              converted;

  check_cancelled (cancellable);
  cv::cvtColor (bgra, converted, conversion);
  net.setInput (cv::dnn::blobFromImage (converted, scale, cv::Size (), mean));
  if (outputs.empty ())
    results.push_back (net.forward ());
  else
    net.forward (results, outputs);
  return results;
}

static cv::Mat
resize (const cv::Mat &picture,
        cv::Size       size)
{
  /* bilinear reads every pixel down to half the size, and is twice as fast */
  const bool much_smaller = 2 * size.width < picture.cols || 2 * size.height < picture.rows;
  cv::Mat    result;

  cv::resize (picture, result, size, 0, 0, much_smaller ? cv::INTER_AREA : cv::INTER_LINEAR);
  return result;
}

/* Lays @inside, a part of @window, on grey. What will be made smaller anyway is brought down to twice the
 * wanted density first, so that no border of the size of a 24-megapixel picture is ever made. */
static cv::Mat
add_border (const cv::Mat  &part,
            const cv::Rect &inside,
            const cv::Rect &window,
            cv::Size        size)
{
  const double fx = std::min (1.0, 2.0 * size.width / window.width);
  const double fy = std::min (1.0, 2.0 * size.height / window.height);
  cv::Mat      reduced = part;
  cv::Mat      result;

  if (fx < 1 || fy < 1)
    reduced = resize (part, cv::Size (std::max (1, cvRound (inside.width * fx)), std::max (1, cvRound (inside.height * fy))));
  const int left = cvRound ((inside.x - window.x) * fx);
  const int top = cvRound ((inside.y - window.y) * fy);
  const int right = std::max (0, cvRound (window.width * fx) - left - reduced.cols);
  const int bottom = std::max (0, cvRound (window.height * fy) - top - reduced.rows);

  cv::copyMakeBorder (reduced, result, top, bottom, left, right, cv::BORDER_CONSTANT, MID_GREY);
  return result;
}

cv::Mat
sample_window (const cv::Mat  &picture,
               const cv::Rect &window,
               cv::Size        size)
{
  const cv::Rect inside = window & cv::Rect (0, 0, picture.cols, picture.rows);

  if (inside.empty ())
    return cv::Mat (size, CV_8UC4, MID_GREY);
  if (inside == window)
    return resize (picture (window), size);
  return resize (add_border (picture (inside), inside, window, size), size);
}

} // namespace vv
