// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* A text of several lines with its title above and a hint below; Tab leaves it, undo works in it.
 * Properties "title" and "hint"; signal "changed" when the person typed. Main thread only. */
#define VV_TYPE_TEXT_FIELD (vv_text_field_get_type ())
G_DECLARE_FINAL_TYPE (VvTextField, vv_text_field, VV, TEXT_FIELD, AdwBin)

/* Returns: (transfer full) the text without white space at its ends. */
char *vv_text_field_text (VvTextField *self);

/* Does not emit "changed". NULL empties. */
void vv_text_field_set_text (VvTextField *self,
                             const char  *text);

/* Whether it can be written in; it can always be read. */
void vv_text_field_set_editable (VvTextField *self,
                                 gboolean     editable);

G_END_DECLS
