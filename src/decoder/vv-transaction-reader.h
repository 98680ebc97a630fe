// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-decoder.h"

G_BEGIN_DECLS

/* Reads an ANSI/NIST-ITL transaction in traditional encoding (.an2, .eft, .nst): visavis-decoder says where its fields are,
 * nothing in the file is interpreted here. Answer: {"records":[{"type":10,"fields":{"10.003":"FACE", ...},"image":0}]}: field
 * numbers have three digits after the point; within a value the separators RS and US are written "|" and ","; "image" counts in
 * @ret_images (transfer full) (element-type GBytes), the bytes of the fields 999 as they are in the file. Binary records (types 3
 * to 8) are left out. @name: what to call the file in an error sentence. Thread-safe; blocks. Returns: (transfer full), or NULL
 * with VV_DECODER_ERROR or G_IO_ERROR_CANCELLED. */
JsonObject *vv_transaction_reader_read (GBytes       *file,
                                        const char   *name,
                                        GPtrArray   **ret_images,
                                        GCancellable *cancellable,
                                        GError      **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
