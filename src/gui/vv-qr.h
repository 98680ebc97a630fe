// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture of @text as a QR code (ISO/IEC 18004), black on white in either theme, with its quiet zone; what is drawn is wiped
 * when the widget goes. @name: for screen readers. Main thread only. */
GtkWidget *vv_qr_new (const char *text,
                      const char *name);

G_END_DECLS
