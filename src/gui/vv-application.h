// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The program: opens one window per desk. */
#define VV_TYPE_APPLICATION (vv_application_get_type ())
G_DECLARE_FINAL_TYPE (VvApplication, vv_application, VV, APPLICATION, AdwApplication)

/* Returns: (transfer full). */
GApplication *vv_application_new (void);

G_END_DECLS
