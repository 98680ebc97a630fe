// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Where an agency keeps its documents. A mapping is a JSON object (examples: data/ecms/) whose "folder" is a
 * template: folders divided by "/", with {NAME} where a fact goes in: "{case_number}/{fis_number}". */

/* The folder for a document: @mapping's template filled in from the texts and whole numbers in @facts. In a
 * fact the characters / \ : * ? " < > | become "-" and white space around it is dropped, so a fact never
 * adds a level.
 * Returns: (transfer full) for vv_transport_put(), or NULL with VV_ECMS_ERROR_SETTINGS when the template is
 * missing or broken, or when a fact is missing, empty, holds control characters or makes "." or "..".
 * Any thread. */
char *vv_mapping_folder (JsonObject *mapping,
                         JsonObject *facts,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @name may name one folder or file, on a server or on a medium of any make: UTF-8, 1 to 200 bytes,
 * none of the characters above, no control characters, no space or dot at either end (so never "." or "..").
 * Any thread. */
gboolean vv_mapping_is_safe_name (const char *name);

G_END_DECLS
