// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gallery"

#include "vv-kernel.h"

static const VvKernel *forced;

const VvKernel *const *
vv_kernel_list (void)
{
  static const VvKernel *const all[] = {
#ifdef VV_HAVE_AVX2
    &vv_kernel_avx2,
#endif
    &vv_kernel_portable,
    NULL
  };

#ifdef VV_HAVE_AVX2
  if (!__builtin_cpu_supports ("avx2") || !__builtin_cpu_supports ("fma"))
    return all + 1;
#endif
  return all;
}

const VvKernel *
vv_kernel_get (void)
{
  const VvKernel *kernel = g_atomic_pointer_get (&forced);

  return kernel != NULL ? kernel : vv_kernel_list ()[0];
}

void
vv_kernel_force (const VvKernel *kernel)
{
  g_atomic_pointer_set (&forced, kernel);
}
