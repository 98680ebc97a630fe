// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Long work without a desk; @data is what vv_cli_work() was given. */
typedef JsonObject *(*VvCliWork) (gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error);

/* Runs @work on a thread of its own with a progress line on a terminal, and Ctrl+C to cancel. As the work. */
JsonObject *vv_cli_work (VvCliWork work,
                         gpointer  data,
                         GError  **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
