// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One finding of a comparison (vv-finding.h): a head with its number that says it in a line; opened also what can be changed
 * of it, but for the marks, which are drawn on the pictures. Signals: "changed" after the person wrote or answered; "chosen" when
 * its head was pressed; "delete". Main thread only. */
#define VV_TYPE_FINDING_ROW (vv_finding_row_get_type ())
G_DECLARE_FINAL_TYPE (VvFindingRow, vv_finding_row, VV, FINDING_ROW, AdwBin)

GtkWidget *vv_finding_row_new (guint number);

/* Returns: (transfer full). */
JsonObject *vv_finding_row_body (VvFindingRow *self);

/* Shows it without "changed". */
void vv_finding_row_set_body (VvFindingRow *self,
                              JsonObject   *body);

/* Puts the mark of a side (vv_finding_sides()) in its place; NULL takes it away. No "changed". */
void vv_finding_row_set_mark (VvFindingRow *self,
                              const char   *side,
                              JsonObject   *mark);

void vv_finding_row_open (VvFindingRow *self,
                          gboolean      open);
void vv_finding_row_set_editable (VvFindingRow *self,
                                  gboolean      editable);

/* The keyboard on the first thing that is still to be said. */
void vv_finding_row_focus (VvFindingRow *self);

G_END_DECLS
