// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* ANSI/NIST-ITL transactions made for a test, in traditional encoding. */
typedef struct
{
  int         type;
  const char *fields; /* "002=01;003=FACE", without 001; of types 3 to 8: the bytes after the length */
  GBytes     *image;  /* (nullable) field 999 */
} VvNistRecord;

/* A Type-1 record (1.009 is @control) that counts @records, then these. (transfer full) */
GBytes *vv_nist_make (const char         *control,
                      const VvNistRecord *records,
                      guint               n);

G_END_DECLS
