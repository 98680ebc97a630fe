// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

enum
{
  GOT_THROUGH = 10,
  DENIED = 11,
  NOT_CONFINED = 12,
};
