// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-picture.h"

G_BEGIN_DECLS

/* Videos made for a test, in which every frame says its own number: 16 squares, black for 0 and white for 1, in a row across
 * the top, the lowest bit first; below them a slope of grey that moves. */
typedef struct
{
  const char *container; /* of libavformat: "mp4", "matroska", "webm", "avi", "mpegts", "vob" */
  const char *encoder;   /* of libavcodec: "libx264", "mpeg4", ... */
  int         width, height;
  int         n_frames;
  int         rate; /* frames a second */
  int         gop;  /* from one key frame to the next */
  int         b_frames;
  int         turned; /* degrees clockwise that a player turns it by: 0, 90, 180, 270 */
} VvFilm;

/* (transfer full). NULL when that encoder is not there; fails the test for any other reason. */
GBytes *vv_film_make (const VvFilm *film);

/* The number that a frame shows; -1 when it shows none. */
int vv_film_number (const VvPicture *picture);

G_END_DECLS
