// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <exception>
#include <memory>

#include "vv-vision.h"

namespace vv
{

/* A GError on its way to the C edge (vv-vision.cc), which hands it to the caller. */
class Failure : public std::exception
{
public:
  explicit Failure (GError *taken);
  Failure (VvVisionError code,
           const char   *sentence);

  const char *
  what () const noexcept override;

  GError *
  copy () const;

private:
  std::shared_ptr<GError> error;
};

/* Throws when @cancellable was cancelled; called before every run of a network. */
void check_cancelled (GCancellable *cancellable);

} // namespace vv
