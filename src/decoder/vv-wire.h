// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What client and helper say to each other over a SOCK_SEQPACKET socket, one message each way per picture.
 * Both are built from this tree, so there is no version and no byte order. The client reads a reply as
 * bytes from an enemy: the helper may have been taken over by the file it decodes. */

#define VV_WIRE_FD 3 /* the helper's end of the socket */

/* A file larger than this is refused unread. */
#define VV_WIRE_MAX_FILE (G_GUINT64_CONSTANT (512) << 20)

typedef enum
{
  VV_WIRE_OK,
  VV_WIRE_TYPE,        /* not a picture of a kind that is read */
  VV_WIRE_UNSUPPORTED, /* the right kind, in a variety that is not read */
  VV_WIRE_DAMAGED,
  VV_WIRE_TOO_LARGE, /* by the header: more than VV_DECODER_MAX_PIXELS or _SIDE */
  VV_WIRE_MEMORY,
} VvWireStatus;

/* Comes with one descriptor: the file, a sealed memfd. */
typedef struct
{
  guint64 size; /* bytes, >= 1 */
} VvWireRequest;

/* Comes with one descriptor when status is VV_WIRE_OK: a sealed memfd of width * height * 4 bytes BGRA. */
typedef struct
{
  guint32 status;      /* VvWireStatus */
  guint32 width;       /* upright */
  guint32 height;      /* upright */
  guint32 orientation; /* EXIF 1..8, already applied */
  guint32 depth;       /* bits a channel in the file */
  guint32 channels;    /* channels in the file */
  char    format[8];
  char    exif_time[32]; /* "" where the file does not say; so below */
  char    exif_camera[96];
} VvWireReply;

G_END_DECLS
