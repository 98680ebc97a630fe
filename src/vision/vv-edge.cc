// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <mutex>
#include <new>
#include <opencv2/core/utility.hpp>
#include <opencv2/core/utils/logger.hpp>

#include "vv-edge.hh"
#include "vv-failure.hh"

namespace vv
{

/* OpenCV prints its errors on its own otherwise. */
static int
say_nothing (int,
             const char *,
             const char *,
             const char *,
             int,
             void *)
{
  return 0;
}

void
quieten_opencv ()
{
  static std::once_flag once;

  std::call_once (once, [] {
    cv::setNumThreads (1);
    cv::redirectError (say_nothing);
    cv::utils::logging::setLogLevel (cv::utils::logging::LOG_LEVEL_SILENT);
  });
}

cv::Mat
wrap (const VvPicture *picture)
{
  return cv::Mat (picture->height, picture->width, CV_8UC4, const_cast<guint8 *> (vv_picture_row (picture, 0)), picture->stride);
}

void
report_exception (GError **error) noexcept
{
  try
    {
      throw;
    }
  catch (const Failure &failure)
    {
      g_propagate_error (error, failure.copy ());
    }
  catch (const std::bad_alloc &)
    {
      g_set_error_literal (error, VV_VISION_ERROR, VV_VISION_ERROR_FAILED,
                           _ ("There is not enough memory to measure this picture. Close other pictures and try again."));
    }
  catch (const std::exception &failure)
    {
      g_debug ("%s", failure.what ());
      g_set_error_literal (error, VV_VISION_ERROR, VV_VISION_ERROR_FAILED,
                           _ ("The picture could not be measured. Run “visavis-cli models verify” to check the models."));
    }
}

} // namespace vv
