// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <qrencode.h>
#include <string.h>

#include "vv-parts.h"
#include "vv-qr.h"

/* ISO/IEC 18004: four modules of white around the symbol. */
#define QUIET       4
#define MODULE_SIZE 4 /* pixels, at least */

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const QRcode *code = data;
  const int     modules = code->width + 2 * QUIET;
  /* Whole pixels: a module that is half grey is hard to read. */
  const int size = MAX (1, MIN (width, height) / modules);
  const int left = (width - size * modules) / 2;
  const int top = (height - size * modules) / 2;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_rectangle (cr, left, top, size * modules, size * modules);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  for (int y = 0; y < code->width; y++)
    for (int x = 0; x < code->width; x++)
      if ((code->data[y * code->width + x] & 1) != 0)
        cairo_rectangle (cr, left + (x + QUIET) * size, top + (y + QUIET) * size, size, size);
  cairo_fill (cr);
}

static void
wipe (gpointer data)
{
  QRcode *code = data;

  explicit_bzero (code->data, (gsize) code->width * (gsize) code->width);
  QRcode_free (code);
}

GtkWidget *
vv_qr_new (const char *text, const char *name)
{
  GtkWidget *area = gtk_drawing_area_new ();
  QRcode    *code = QRcode_encodeString8bit (text, /* version= */ 0, QR_ECLEVEL_M);

  vv_parts_name (area, name);
  /* Only a text of more than two thousand bytes has none; the secret stands beside it in letters. */
  if (code == NULL)
    return area;
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), (code->width + 2 * QUIET) * MODULE_SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), (code->width + 2 * QUIET) * MODULE_SIZE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw, code, wipe);
  return area;
}
