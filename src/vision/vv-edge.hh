// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <opencv2/core.hpp>

#include "vv-picture.h"

namespace vv
{

/* What the C edges (vv-vision.cc, vv-quality.cc) share: nothing of C++ or OpenCV leaves this room. */

/* OpenCV single-threaded, and silent about its errors; the first call does it. */
void quieten_opencv ();

/* The pixels of @picture, not copied; read only. */
cv::Mat wrap (const VvPicture *picture);

/* Sets @error from the exception that is being handled; only inside a catch block. */
void report_exception (GError **error) noexcept;

/* Runs @body; false with @error when it throws. */
template <typename Body>
bool
guard (GError **error,
       Body   &&body) noexcept
{
  try
    {
      body ();
      return true;
    }
  catch (...)
    {
      report_exception (error);
      return false;
    }
}

} // namespace vv
