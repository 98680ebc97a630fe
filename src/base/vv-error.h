// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Errors of base/. Each room has a domain of its own beside its code; windows and command line turn
 * (domain, code) into what to do next. A message is one whole, translated sentence that names what is
 * wrong and what would help; it never holds a pass phrase, a key, or a path inside a desk. */
typedef enum
{
  VV_BASE_ERROR_INVALID, /* the bytes are not what they should be (JSON, time, hash) */
  VV_BASE_ERROR_FILE,    /* a file could not be read or written */
  VV_BASE_ERROR_MEMORY,  /* locked memory could not be had */
} VvBaseError;

#define VV_BASE_ERROR (vv_base_error_quark ())
GQuark vv_base_error_quark (void);

G_END_DECLS
