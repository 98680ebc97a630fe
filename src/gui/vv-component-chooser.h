// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A drop-down list of the components of a face, one of which has to be chosen: its first row asks for it. A letter on the keyboard goes to
 * the next component that begins with it. Main thread only. */

/* Makes such a list of @list, once; nothing is chosen. */
void vv_component_chooser_fill (GtkDropDown *list);

/* Name of the chosen component (vv-components.h), or NULL. Static. */
const char *vv_component_chooser_get (GtkDropDown *list);

/* Chooses it; NULL for none. */
void vv_component_chooser_choose (GtkDropDown *list,
                                  const char  *component);

G_END_DECLS
