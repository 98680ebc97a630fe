// SPDX-License-Identifier: GPL-3.0-or-later
#include "vv-vision.h"

extern "C" GQuark vv_test_quark_from_cplusplus (void);

GQuark
vv_test_quark_from_cplusplus (void)
{
  return VV_VISION_ERROR;
}
