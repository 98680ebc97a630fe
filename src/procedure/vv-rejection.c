// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-rejection.h"

static const VvRejectionReason reasons[] = {
  { "no-face", N_ ("No face can be seen"), N_ ("An image or a frame in which the face is in view.") },
  { "too-small", N_ ("The face is too small"), N_ ("The original file, not a screenshot or a scaled copy; a camera nearer to the person.") },
  { "blurred", N_ ("The face is blurred or out of focus"), N_ ("Another frame in which the person stands still; the original video.") },
  { "exposure", N_ ("The face is too dark or too bright"), N_ ("Another frame or camera with light on the face.") },
  { "uneven-light", N_ ("Light and shadow hide a part of the face"), N_ ("Another frame or camera with even light.") },
  { "turned-away", N_ ("The head is turned too far away"), N_ ("A frame in which the person looks towards the camera.") },
  { "covered", N_ ("The face is covered"), N_ ("An image without mask, hat, glasses, hand or hair over the face.") },
  { "compressed", N_ ("Compression has destroyed detail"), N_ ("The file as the device recorded it, not one sent through a messenger or the web.") },
  { "altered", N_ ("The image was edited or filtered"), N_ ("The image as it was taken, before any editing or filter.") },
  { "not-a-photograph", N_ ("The image is a drawing, a composite or made by a computer"), N_ ("A photograph or a video of the person.") },
  { "substitute", N_ ("The image shows somebody else who looks similar"), N_ ("An image of the person whom the request is about.") },
  { "several-persons", N_ ("It is not clear which person is meant"), N_ ("A statement of which person in the image the request is about.") },
  { "source-missing", N_ ("Source or site link is missing"), N_ ("Who obtained the image, when and from where; the site link of an internet image.") },
  { NULL, NULL, NULL },
};

const VvRejectionReason *
vv_rejection_all (void)
{
  return reasons;
}

const VvRejectionReason *
vv_rejection_find (const char *code)
{
  for (const VvRejectionReason *reason = reasons; reason->code != NULL; reason++)
    if (g_strcmp0 (reason->code, code) == 0)
      return reason;
  return NULL;
}
