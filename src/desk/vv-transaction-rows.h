// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the photographs of an ANSI/NIST-ITL transaction mean for the photo repository, by the agency's own rules. @transaction: as
 * vv_transaction_reader_read(); @mapping: vv_rules_transactions(); @name: of the file. Names, dates of birth and whatever else
 * the transaction says of a person are left where they are: only the numbers that @mapping names are taken.
 *
 * Returns: (transfer full) one row for each Type-10 record, as a row of a manifest with "image" (number of its bytes), "width"
 * and "height" (as the record states them; absent when it does not), "transforms" (10.044, what was done to the picture before;
 * only then), and "refused", a sentence, when it is not to be enrolled. Scars, marks and tattoos have "mark": true and no more. */
JsonArray *vv_transaction_rows (JsonObject *transaction,
                                JsonObject *mapping,
                                const char *name);

G_END_DECLS
