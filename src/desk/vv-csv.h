// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reads a CSV file with a heading row (RFC 4180: fields in double quotes may hold commas, quotes doubled, and line
 * ends) into an array of objects, heading -> text. @needed: headings that must be there, closed by NULL.
 * Returns: (transfer full), or NULL with VV_DESK_ERROR_INPUT that names file and row. Blocks on disk. */
JsonArray *vv_csv_load (const char        *path,
                        const char *const *needed,
                        GError           **error);

/* The same of text in memory, valid UTF-8 without zero bytes; @name is for the errors. */
JsonArray *vv_csv_parse (const char        *content,
                         gsize              length,
                         const char        *name,
                         const char *const *needed,
                         GError           **error);

G_END_DECLS
