// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How long before or after the probe a photograph was taken, in a sentence without dates: "Taken about 3 years before the
 * probe was obtained." Days under two months, months under two years, else whole years.
 *
 * @taken, @obtained: (nullable) begin with year-month-day. Returns: (transfer full) (nullable) when either is no such date.
 * Any thread. */
char *vv_gap_in_words (const char *taken,
                       const char *obtained);

G_END_DECLS
