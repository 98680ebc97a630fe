// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-panel.h"

G_BEGIN_DECLS

/* Step 14: all records of a case, packed for ECMS; the same for a court or another office, by whom and by what authority; and
 * the log of everything that left the section. Main thread only. */
#define VV_TYPE_RECORDS_BOX (vv_records_box_get_type ())
G_DECLARE_FINAL_TYPE (VvRecordsBox, vv_records_box, VV, RECORDS_BOX, AdwBin)

/* Fills itself from the case of @panel (unowned; the panel it is in), which also does its acts. */
void vv_records_box_show (VvRecordsBox *self,
                          VvPanel      *panel);

G_END_DECLS
