// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "vv-picture.h"

G_BEGIN_DECLS

typedef enum
{
  VV_VISION_ERROR_MODEL,      /* a model pack is missing, wrong or does not fit its sum */
  VV_VISION_ERROR_NO_FACE,    /* nothing to work on in the box */
  VV_VISION_ERROR_BOX,        /* the box is not inside the picture, or too small */
  VV_VISION_ERROR_FAILED,     /* the network could not be run */
  VV_VISION_ERROR_LIMITS,     /* limits for a quality measure that does not exist, or that are none */
  VV_VISION_ERROR_ADJUSTMENT, /* a step or value that is not in the closed list, or cannot be done on that picture */
} VvVisionError;

#define VV_VISION_ERROR (vv_vision_error_quark ())
GQuark vv_vision_error_quark (void);

/* Faces in pixels: where they are, their landmarks, their template. Holds one model pack of each role
 * (detector, landmarks, recogniser). Thread-safe: several threads may call at once, each with a set of
 * networks of its own. OpenCV runs single-threaded inside (a worker per core is faster). */
typedef struct _VvVision VvVision;

/* Reads the manifests *.json in @models_dir and loads the packs named in "use.json"
 * ({"detector":NAME,"landmarks":NAME,"recogniser":NAME}) after checking each file's SHA-256.
 * Blocks. Returns: (transfer full), or NULL with VV_VISION_ERROR_MODEL. */
VvVision *vv_vision_new (const char *models_dir,
                         GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void      vv_vision_free (VvVision *self);

/* The manifests of the three packs in use. Returns: (transfer full). */
JsonArray *vv_vision_models (VvVision *self);

/* All packs in @models_dir with "state" "ok", "missing" or "wrong sum"; loads nothing.
 * Returns: (transfer full), or NULL with VV_VISION_ERROR_MODEL. */
JsonArray *vv_vision_list_packs (const char *models_dir,
                                 GError    **error) G_GNUC_WARN_UNUSED_RESULT;

/* SHA-256 of the recogniser's file: the id that its templates carry. Belongs to @self. */
const char *vv_vision_recogniser (VvVision *self);
const char *vv_vision_detector (VvVision *self);

/* Numbers in a template of this recogniser. */
guint vv_vision_template_length (VvVision *self);

/* Finds faces. Boxes are clipped to the picture; points may lie outside where a face is cut. Returns: (transfer full) (element-type VvFace) with landmarks and five points, largest box
 * first; empty when there is none; NULL with VV_VISION_ERROR or G_IO_ERROR_CANCELLED. Blocks. */
GArray *vv_vision_detect (VvVision        *self,
                          const VvPicture *picture,
                          GCancellable    *cancellable,
                          GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* Landmarks of the face in a box drawn by hand; @ret_face is marked manual and keeps @box as it is. The box may
 * reach over the picture's edge when at least half of it is picture, and is at least 8 pixels a side. @ret_face is
 * untouched on failure. Blocks. */
gboolean vv_vision_measure (VvVision        *self,
                            const VvPicture *picture,
                            const VvBox     *box,
                            VvFace          *ret_face,
                            GCancellable    *cancellable,
                            GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* The template of @face, of Euclidean length 1. @ret_template: room for vv_vision_template_length() floats;
 * untouched on failure. Blocks. */
gboolean vv_vision_template (VvVision        *self,
                             const VvPicture *picture,
                             const VvFace    *face,
                             float           *ret_template,
                             GCancellable    *cancellable,
                             GError         **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvVision, vv_vision_free)

G_END_DECLS
