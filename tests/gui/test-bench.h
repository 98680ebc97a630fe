// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-canvas.h"

G_BEGIN_DECLS

/* Two canvases side by side in a window, each of this size. */
#define TEST_BENCH_WIDTH  401
#define TEST_BENCH_HEIGHT 402

typedef struct
{
  GtkWidget *window;
  VvCanvas  *left, *right;
} TestBench;

TestBench test_bench_open (void);

/* Fails when a canvas outlives its window. */
void test_bench_close (TestBench *bench);

/* Lets the main loop run until @done; 20 s at most, against hanging. */
void test_bench_wait_until (gboolean (*done) (gpointer),
                            gpointer data);

/* Whether the canvas @canvas shows all of its levels. */
gboolean test_bench_is_complete (gpointer canvas);

void test_bench_show_noise (VvCanvas *canvas,
                            int       width,
                            int       height);

/* Two faces of different size and slant, linked; answers the left one. */
VvFace test_bench_link_faces (TestBench *bench,
                              VvFace    *out_right);

double test_bench_scale_of (VvCanvas *canvas);

/* Widget coordinates to picture pixels. */
void test_bench_to_picture (VvCanvas *canvas,
                            double   *x,
                            double   *y);

/* How far apart, in device pixels, the same eye of both faces is. */
double test_bench_eye_gap (TestBench    *bench,
                           const VvFace *left,
                           const VvFace *right,
                           int           eye);

/* What the renderer makes of the widget, B G R A. (transfer full) */
guint8 *test_bench_render (VvCanvas *canvas);

/* Sends input through the X server, as a hand would, and lets the window take it in, frame by frame. */
void test_bench_xdotool (TestBench  *bench,
                         const char *arguments);

G_END_DECLS
