// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Locked comparisons of one candidate side by side, one column each. Parts of the face on which they disagree come
 * first and are marked. Main thread only. */
#define VV_TYPE_COMPARISON_TABLE (vv_comparison_table_get_type ())
G_DECLARE_FINAL_TYPE (VvComparisonTable, vv_comparison_table, VV, COMPARISON_TABLE, AdwBin)

/* Removes all columns. */
void vv_comparison_table_clear (VvComparisonTable *self);

/* @title: who and when. @comparison: {"blocks","similarities","differences","conclusion"}, and "reasons" of an opinion on it;
 * referenced. */
void vv_comparison_table_add (VvComparisonTable *self,
                              const char        *title,
                              JsonObject        *comparison);

G_END_DECLS
