// SPDX-License-Identifier: GPL-3.0-or-later
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "vv-test-picture.h"
#include "vv-test.h"

static VvPicture *
take (const cv::Mat &bgra)
{
  const cv::Mat      packed = bgra.clone ();
  g_autoptr (GBytes) pixels = g_bytes_new (packed.data, packed.total () * 4);

  return vv_picture_new (packed.cols, packed.rows, packed.step, pixels);
}

static cv::Mat
wrap (const VvPicture *picture)
{
  return cv::Mat (picture->height, picture->width, CV_8UC4, const_cast<guint8 *> (vv_picture_row (picture, 0)), picture->stride);
}

VvPicture *
vv_test_picture (const char *name,
                 double      scale)
{
  g_autofree char *inside = g_build_filename ("data", "people", name, nullptr);
  g_autofree char *path = vv_test_source (inside);
  const cv::Mat    bgr = cv::imread (path);
  cv::Mat          bgra;

  ck_assert_msg (!bgr.empty (), "%s cannot be read", name);
  cv::cvtColor (bgr, bgra, cv::COLOR_BGR2BGRA);
  if (scale != 1)
    cv::resize (bgra, bgra, cv::Size (), scale, scale, scale < 1 ? cv::INTER_AREA : cv::INTER_CUBIC);
  return take (bgra);
}

VvPicture *
vv_test_picture_crop (const VvPicture *picture,
                      int              x,
                      int              y,
                      int              width,
                      int              height)
{
  return take (wrap (picture) (cv::Rect (x, y, width, height)));
}

VvPicture *
vv_test_picture_plain (int    width,
                       int    height,
                       guint8 value)
{
  return take (cv::Mat (height, width, CV_8UC4, cv::Scalar (value, value, value, 255)));
}

VvPicture *
vv_test_picture_paste (const VvPicture *canvas,
                       const VvPicture *part,
                       int              x,
                       int              y)
{
  cv::Mat result = wrap (canvas).clone ();

  wrap (part).copyTo (result (cv::Rect (x, y, part->width, part->height)));
  return take (result);
}
