// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-wire.h"

G_BEGIN_DECLS

/* Finds the fields of an ANSI/NIST-ITL transaction in traditional encoding (ANSI/NIST-ITL 1-2011, annex B: .an2, .eft, .nst):
 * where each lies in @data, in the order of the file. Binary records (types 3 to 8) are passed over. Returns: VV_WIRE_OK with
 * @ret_fields (transfer full) (element-type VvWireField); TYPE when it is no transaction, DAMAGED when lengths and separators do
 * not fit together, TOO_LARGE for more than VV_WIRE_MAX_FIELDS. Helper process only, one thread. */
VvWireStatus vv_transaction_read (const guint8 *data,
                                  gsize         size,
                                  GArray      **ret_fields);

G_END_DECLS
