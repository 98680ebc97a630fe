// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* The bench: probe and candidate side by side, the pool below, the writing side at the right. What may be written
 * follows from the case: the assigned examiner's comparison, a peer reviewer's own comparison and opinion, or nothing.
 * Everything written is kept as a draft until it is locked.
 *
 * Keys, unless a text has the keyboard: Space, Shift+Space next and previous candidate; V looked, P keep, X exclude; L, K, O,
 * + - 0 / as in vv-face-pair.h; S D C N on a part of the face; Ctrl+Enter lock; F6 from the pictures to the writing
 * side and back; F11 the faces alone, full screen, on another
 * monitor where there is one (Shift+F11: in a window); F9 the findings one by one, before peers; Esc from a text
 * to the pictures, from there back to the case.
 * Action page.close: back to the case, like Esc. Signal "closed" (gboolean locked): back to the case; @locked: a comparison was locked meanwhile. Main thread only. */
#define VV_TYPE_COMPARE_PAGE (vv_compare_page_get_type ())
G_DECLARE_FINAL_TYPE (VvComparePage, vv_compare_page, VV, COMPARE_PAGE, AdwBin)

GtkWidget *vv_compare_page_new (VvDesk *desk);

/* @candidate: letters; NULL for the first without a disposition. */
void vv_compare_page_open (VvComparePage *self,
                           gint64         request,
                           const char    *candidate);

G_END_DECLS
