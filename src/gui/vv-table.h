// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Plain tables of JSON objects in a GtkColumnView: one row an object, each column a member or what is made of it, sorted by a
 * click on its head. Main thread only. */

typedef enum
{
  VV_TABLE_TEXT,
  VV_TABLE_NUMBER, /* the member is a whole number */
  VV_TABLE_TIME,   /* the member is a time (vv-time.h) */
} VvTableKind;

typedef struct
{
  const char *title; /* untranslated */
  VvTableKind kind;
  const char *member;              /* what is shown, and sorted by ("a/b": b in object a); NULL with @text */
  char *(*text) (JsonObject *row); /* (nullable) what is shown instead. Returns: (transfer full) (nullable) */
  int width;                       /* pixels; 0: takes what is left */
} VvTableColumn;

/* Gives @list its columns (static) and an empty model; @name is what screen readers call it. Once per list. */
void vv_table_begin (GtkColumnView       *list,
                     const char          *name,
                     const VvTableColumn *columns,
                     gsize                n);

/* Replaces all rows; what was chosen is chosen no more. @rows (nullable). */
void vv_table_fill (GtkColumnView *list,
                    JsonArray     *rows);

/* The chosen row, or NULL; the row at @position as it is sorted now. Belong to @list. */
JsonObject *vv_table_chosen (GtkColumnView *list);
JsonObject *vv_table_row (GtkColumnView *list,
                          guint          position);

G_END_DECLS
