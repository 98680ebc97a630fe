// SPDX-License-Identifier: GPL-3.0-or-later
/* Compiled as ISO C11: the room's header asks for no extension of the compiler. */
#include "vv-vision.h"

/* From headers.cc: the same header seen by a C++ compiler. */
GQuark vv_test_quark_from_cplusplus (void);

int
main (void)
{
  return vv_test_quark_from_cplusplus () == vv_vision_error_quark () ? 0 : 1;
}
