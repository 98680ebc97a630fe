// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A row that names one file: chosen with a button or dropped on it, and taken away again. Property "hint": what the row
 * says while there is none; signal "changed". Main thread only. */
#define VV_TYPE_FILE_ROW (vv_file_row_get_type ())
G_DECLARE_FINAL_TYPE (VvFileRow, vv_file_row, VV, FILE_ROW, AdwActionRow)

/* NULL while there is none. Belongs to @self. */
const char *vv_file_row_path (VvFileRow *self);

/* NULL takes it away. Emits "changed" when it is another one. */
void vv_file_row_set_path (VvFileRow  *self,
                           const char *path);

G_END_DECLS
