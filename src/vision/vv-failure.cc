// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "vv-failure.hh"

namespace vv
{

Failure::Failure (GError *taken)
    : error (taken, g_error_free)
{
}

Failure::Failure (VvVisionError code,
                  const char   *sentence)
    : Failure (g_error_new_literal (VV_VISION_ERROR, code, sentence))
{
}

const char *
Failure::what () const noexcept
{
  return error->message;
}

GError *
Failure::copy () const
{
  return g_error_copy (error.get ());
}

void
check_cancelled (GCancellable *cancellable)
{
  GError *error = nullptr;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    throw Failure (error);
}

} // namespace vv
