// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The six authorised uses of 212-129, a closed list (R-010 ... R-016). */
typedef struct
{
  const char *code;       /* "a" ... "f" */
  const char *title;      /* untranslated; short, for lists */
  const char *text;       /* untranslated; the use in a sentence */
  const char *member;     /* member of the request's "use" that says which of @options applies; NULL for none */
  const char *options[5]; /* allowed values of @member, NULL-closed */
  const char *also[4];    /* further members that must have text, NULL-closed */
  const char *may;        /* a further member that may have text; NULL for none */
  const char *caution;    /* untranslated; what who searches for this use is warned of; NULL for none */
} VvUse;

#define VV_USE_COUNT 6

/* All six, in order. Static. */
const VvUse *vv_use_all (void);

/* The use of that code, or NULL. */
const VvUse *vv_use_find (const char *code);

/* Whether the object @use states one use completely: code, factual basis, the sub-reason and further facts
 * that this use asks for. FALSE with VV_PROCEDURE_ERROR_FIELD. */
gboolean vv_use_check (JsonObject *use,
                       GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* The use as a sentence for reports, with its sub-reason. Returns: (transfer full). */
char *vv_use_for_people (JsonObject *use);

G_END_DECLS
