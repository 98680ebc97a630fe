// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One record of work, as the vault keeps it and the procedure reads it. Written once, never changed: a
 * change is a new record whose @previous names the old one. Immutable; counted references; any thread. */
typedef struct
{
  gint64      id;       /* > 0, in order of writing */
  gint64      request;  /* request it belongs to; 0 for records of the desk itself */
  gint64      previous; /* record it replaces, or 0 */
  char       *kind;     /* see src/procedure/vv-kinds.h */
  char       *author;   /* account name */
  char       *made_at;  /* vv-time.h */
  JsonObject *body;     /* content, by kind */
  char       *hash;     /* SHA-256 of the canonical JSON of all of the above */
} VvRecord;

/* Everything is copied, @body by reference; the hash is computed. Returns: (transfer full). */
VvRecord *vv_record_new (gint64      id,
                         gint64      request,
                         gint64      previous,
                         const char *kind,
                         const char *author,
                         const char *made_at,
                         JsonObject *body);
VvRecord *vv_record_ref (VvRecord *self);
void      vv_record_unref (VvRecord *self);

/* The record as JSON: id, request, previous, kind, author, made_at, body, hash. Returns: (transfer full). */
JsonObject *vv_record_to_json (const VvRecord *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvRecord, vv_record_unref)

G_END_DECLS
