// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* JSON the way records are kept: canonical, so that the same content always has the same bytes and the
 * same hash. After RFC 8785: members sorted by the bytes of their UTF-8 names, no white space, only
 * the escapes that are needed. Two differences, both kept simple on purpose: names sort by UTF-8 bytes
 * (RFC 8785: UTF-16 units; the same below U+FFFF), and a fraction is written with the fewest of 15 to
 * 17 significant digits that read back to the same double ("%.*g"). */

/* Returns: (transfer full) canonical text of @object. Any thread. */
char *vv_json_canonical (JsonObject *object);

/* Text for people: indented. Returns: (transfer full). Any thread. */
char *vv_json_pretty (JsonNode *node);

/* Parses one JSON object. Returns: (transfer full), or NULL with VV_BASE_ERROR_INVALID. @what names the
 * text in the error ("the manifest"). Any thread. */
JsonObject *vv_json_parse (const char *text,
                           gssize      length,
                           const char *what,
                           GError    **error);

/* The same from a file. Any thread; blocks on disk. */
JsonObject *vv_json_load (const char *path,
                          GError    **error);

/* Builds an object from (name, type, value) triples closed by NULL. Types: "s" const char * (NULL leaves
 * the member out), "i" gint64, "d" double, "b" gboolean, "o" JsonObject * (transfer full, NULL leaves out),
 * "a" JsonArray * (transfer full, NULL leaves out). Integers must be passed as gint64.
 *   vv_json_new ("candidate", "s", "B", "rank", "i", (gint64) 3, NULL)
 * Returns: (transfer full). Any thread. */
JsonObject *vv_json_new (const char *name,
                         ...) G_GNUC_NULL_TERMINATED;

/* Reading without surprises: a member that is missing, null or of another type gives NULL, 0, FALSE.
 * Returned pointers belong to @object. @object may be NULL. */
const char *vv_json_string (JsonObject *object,
                            const char *name);
gint64      vv_json_int (JsonObject *object,
                         const char *name);
double      vv_json_double (JsonObject *object,
                            const char *name);
gboolean    vv_json_bool (JsonObject *object,
                          const char *name);
JsonObject *vv_json_object (JsonObject *object,
                            const char *name);
JsonArray  *vv_json_array (JsonObject *object,
                           const char *name);

/* Number of elements; 0 for NULL. */
guint vv_json_length (JsonArray *array);

/* Element @index as object; NULL when it is not one. Belongs to @array. */
JsonObject *vv_json_element (JsonArray *array,
                             guint      index);

/* A deep copy. Returns: (transfer full). */
JsonObject *vv_json_copy (JsonObject *object);

G_END_DECLS
