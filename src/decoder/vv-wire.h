// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What client and helpers say to each other over a SOCK_SEQPACKET socket, one message each way per picture.
 * Both are built from this tree, so there is no version and no byte order. The client reads a reply as
 * bytes from an enemy: the helper may have been taken over by the file it decodes. */

#define VV_WIRE_FD 3 /* the helper's end of the socket */

/* A file larger than this is refused unread. */
#define VV_WIRE_MAX_FILE (G_GUINT64_CONSTANT (512) << 20)

/* A video of more frames is refused: at 25 a second that is eleven hours. */
#define VV_WIRE_MAX_FRAMES 1000000

/* A transaction of more fields is refused: the largest have some thousands. */
#define VV_WIRE_MAX_FIELDS 100000

typedef enum
{
  VV_WIRE_TRANSACTION, /* visavis-decoder: where the fields of an ANSI/NIST-ITL transaction are */
  VV_WIRE_PICTURE,     /* visavis-decoder: the file as a picture */
  VV_WIRE_VIDEO,       /* visavis-video-decoder: what the video is, and when each frame is shown */
  VV_WIRE_FRAME,       /* visavis-video-decoder: one frame of the video that was opened before */
} VvWireTask;

typedef enum
{
  VV_WIRE_OK,
  VV_WIRE_TYPE,        /* not a picture of a kind that is read */
  VV_WIRE_UNSUPPORTED, /* the right kind, in a variety that is not read */
  VV_WIRE_DAMAGED,
  VV_WIRE_TOO_LARGE, /* by the header: more than VV_DECODER_MAX_PIXELS or _SIDE */
  VV_WIRE_MEMORY,
} VvWireStatus;

/* Comes with one descriptor: the file, a sealed memfd. A video decoder looks at the first one only. */
typedef struct
{
  guint64 size;  /* bytes, >= 1 */
  guint32 task;  /* VvWireTask */
  guint32 side;  /* FRAME: neither side longer than this; 0 for as it is */
  guint64 frame; /* FRAME: which, from 0 */
} VvWireRequest;

/* One field of a transaction: "10.003" has type 10 and field 3. */
typedef struct
{
  guint32 record; /* from 0, in the order of the file */
  guint32 type;
  guint32 field;
  guint32 unused;
  guint64 offset; /* of its value in the file */
  guint64 length; /* bytes */
} VvWireField;

/* One frame of a video, in the order in which they are shown. */
typedef struct
{
  gint64  time; /* microseconds after the first frame */
  guint32 key;  /* 1 when it can be decoded without the frames before it */
  guint32 unused;
} VvWireMoment;

typedef enum
{
  VV_WIRE_COUNTED = 1 << 0,    /* the moments are those of the file, not taken from the frame rate */
  VV_WIRE_INTERLACED = 1 << 1, /* two half pictures of different moments in one frame */
  VV_WIRE_CUT_OFF = 1 << 2,    /* the file ends before the video does */
} VvWireVideoFlags;

/* Comes with one descriptor when status is VV_WIRE_OK, a sealed memfd: of width * height * 4 bytes BGRA, or for
 * VV_WIRE_VIDEO of @frames VvWireMoments, for VV_WIRE_TRANSACTION of @fields VvWireFields. */
typedef struct
{
  guint32 status;        /* VvWireStatus */
  guint32 width;         /* upright */
  guint32 height;        /* upright */
  guint32 orientation;   /* EXIF 1..8, already applied */
  guint32 depth;         /* bits a channel in the file */
  guint32 channels;      /* channels in the file */
  char    format[8];     /* of a video: of the container */
  char    exif_time[32]; /* "" where the file does not say; so below */
  char    exif_camera[96];
  char    exif_settings[96]; /* exposure, aperture, sensitivity, focal length, flash */
  char    exif_software[64];
  guint32 quality; /* JPEG: by its quantisation table, 1..100; 0 where there is none */

  guint32 frames;    /* videos only, and so below */
  guint32 flags;     /* VvWireVideoFlags */
  guint32 rate[2];   /* frames a second, as a fraction */
  guint32 aspect[2]; /* width of a pixel to its height; 0 where the file does not say */
  char    codec[16];

  guint32 fields; /* transactions only */
} VvWireReply;

G_END_DECLS
