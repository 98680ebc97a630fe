// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-vision"
#include "config.h"

#include <algorithm>
#include <cmath>
#include <glib/gi18n-lib.h>
#include <mutex>

#include "vv-detector.hh"
#include "vv-edge.hh"
#include "vv-failure.hh"
#include "vv-json.h"
#include "vv-landmarker.hh"
#include "vv-recogniser.hh"
#include "vv-vision.h"

/* The C edge: every exported function checks its arguments and runs the rest inside guard(), so that no
 * exception leaves this room. */

using vv::Failure;
using vv::guard;
using vv::wrap;

namespace
{

/* Smallest side of a box that is measured, and the share of it that must lie in the picture. */
const float SMALLEST_BOX = 8;
const float LEAST_INSIDE = 0.5f;

/* What one thread needs to work alone. */
struct Networks
{
  Networks (const std::string &dir,
            JsonObject *const  manifests[VV_PACK_ROLES])
      : detector (dir, manifests[VV_PACK_DETECTOR]),
        landmarker (dir, manifests[VV_PACK_LANDMARKS]),
        recogniser (dir, manifests[VV_PACK_RECOGNISER])
  {
  }

  vv::Detector   detector;
  vv::Landmarker landmarker;
  vv::Recogniser recogniser;
};

VvBox
clip (const cv::Rect2f &box,
      const VvPicture  *picture)
{
  const cv::Rect2f all (0, 0, static_cast<float> (picture->width), static_cast<float> (picture->height));
  const cv::Rect2f inside = box & all;

  return { inside.x, inside.y, inside.width, inside.height };
}

/* A box that a person has drawn may reach over the edge, as far as most of it is picture. */
cv::Rect2f
check_box (const VvBox     *box,
           const VvPicture *picture)
{
  const cv::Rect2f wanted (box->x, box->y, box->width, box->height);

  if (!std::isfinite (box->x) || !std::isfinite (box->y) || !(box->width >= SMALLEST_BOX) || !(box->height >= SMALLEST_BOX))
    throw Failure (VV_VISION_ERROR_BOX, _ ("The box is too small to hold a face. Draw it around the whole face."));

  const VvBox inside = clip (wanted, picture);

  if (!(inside.width * inside.height >= LEAST_INSIDE * box->width * box->height))
    throw Failure (VV_VISION_ERROR_BOX, _ ("The box lies outside the picture. Draw it around a face in the picture."));
  return wanted;
}

} // namespace

struct _VvVision
{
  _VvVision (const char *models_dir);
  ~_VvVision ();

  std::string dir;
  JsonObject *manifests[VV_PACK_ROLES] = {};

  std::mutex                             lock;
  std::vector<std::unique_ptr<Networks>> idle; /* guarded by lock */
};

_VvVision::_VvVision (const char *models_dir)
    : dir (models_dir)
{
  for (int role = 0; role < VV_PACK_ROLES; role++)
    {
      GError *error = nullptr;

      manifests[role] = vv_pack_in_use (models_dir, static_cast<VvPackRole> (role), &error);
      if (manifests[role] == nullptr)
        throw Failure (error);
    }
  idle.push_back (std::make_unique<Networks> (dir, manifests));
}

_VvVision::~_VvVision ()
{
  for (JsonObject *manifest : manifests)
    g_clear_pointer (&manifest, json_object_unref);
}

namespace
{

/* A set of networks for the length of one call. When all are lent out, one more is loaded and checked anew:
 * there are never more sets than threads that called at the same time. */
class Loan
{
public:
  explicit Loan (VvVision *vision)
      : owner (vision)
  {
    {
      std::lock_guard<std::mutex> hold (owner->lock);

      if (!owner->idle.empty ())
        {
          networks = std::move (owner->idle.back ());
          owner->idle.pop_back ();
        }
    }
    if (networks == nullptr)
      networks = std::make_unique<Networks> (owner->dir, owner->manifests);
  }

  ~Loan ()
  {
    std::lock_guard<std::mutex> hold (owner->lock);

    owner->idle.push_back (std::move (networks));
  }

  Loan (const Loan &) = delete;
  Loan &
  operator= (const Loan &) = delete;

  Networks *
  operator->()
  {
    return networks.get ();
  }

private:
  VvVision                 *owner;
  std::unique_ptr<Networks> networks;
};

} // namespace

VvVision *
vv_vision_new (const char *models_dir,
               GError    **error)
{
  VvVision *self = nullptr;

  g_return_val_if_fail (models_dir != nullptr, nullptr);

  vv::quieten_opencv ();
  guard (error, [&] { self = new _VvVision (models_dir); });
  return self;
}

void
vv_vision_free (VvVision *self)
{
  delete self;
}

JsonArray *
vv_vision_models (VvVision *self)
{
  JsonArray *models = json_array_new ();

  for (JsonObject *manifest : self->manifests)
    json_array_add_object_element (models, vv_json_copy (manifest));
  return models;
}

JsonArray *
vv_vision_list_packs (const char *models_dir,
                      GError    **error)
{
  JsonArray *packs;

  g_return_val_if_fail (models_dir != nullptr, nullptr);

  packs = vv_pack_manifests (models_dir, error);
  for (guint i = 0; i < vv_json_length (packs); i++)
    {
      JsonObject *pack = vv_json_element (packs, i);

      json_object_set_string_member (pack, "state", vv_pack_state (models_dir, pack));
    }
  return packs;
}

const char *
vv_vision_recogniser (VvVision *self)
{
  return vv_json_string (self->manifests[VV_PACK_RECOGNISER], "sha256");
}

const char *
vv_vision_detector (VvVision *self)
{
  return vv_json_string (self->manifests[VV_PACK_DETECTOR], "sha256");
}

guint
vv_vision_template_length (VvVision *self)
{
  return static_cast<guint> (vv_json_int (vv_json_object (self->manifests[VV_PACK_RECOGNISER], "output"), "length"));
}

GArray *
vv_vision_detect (VvVision        *self,
                  const VvPicture *picture,
                  GCancellable    *cancellable,
                  GError         **error)
{
  g_autoptr (GArray) faces = g_array_new (FALSE, TRUE, sizeof (VvFace));

  g_return_val_if_fail (self != nullptr && picture != nullptr, nullptr);

  const bool done = guard (error, [&] {
    Loan                       networks (self);
    const cv::Mat              pixels = wrap (picture);
    std::vector<vv::Detection> found = networks->detector.detect (pixels, cancellable);

    std::stable_sort (found.begin (), found.end (), [] (const vv::Detection &a, const vv::Detection &b) {
      return a.box.area () > b.box.area ();
    });
    for (const vv::Detection &detection : found)
      {
        VvFace face = {};

        face.box = clip (detection.box, picture);
        face.score = detection.score;
        if (networks->landmarker.place (pixels, detection.box, face, cancellable))
          g_array_append_val (faces, face);
      }
  });
  return done ? static_cast<GArray *> (g_steal_pointer (&faces)) : nullptr;
}

gboolean
vv_vision_measure (VvVision        *self,
                   const VvPicture *picture,
                   const VvBox     *box,
                   VvFace          *ret_face,
                   GCancellable    *cancellable,
                   GError         **error)
{
  g_return_val_if_fail (self != nullptr && picture != nullptr && box != nullptr && ret_face != nullptr, FALSE);

  return guard (error, [&] {
    const cv::Rect2f wanted = check_box (box, picture);
    Loan             networks (self);
    VvFace           face = {};

    face.box = *box;
    face.manual = TRUE;
    if (!networks->landmarker.place (wrap (picture), wanted, face, cancellable))
      throw Failure (VV_VISION_ERROR_NO_FACE, _ ("No face was found in the box. Draw it around the whole face."));
    *ret_face = face;
  });
}

gboolean
vv_vision_template (VvVision        *self,
                    const VvPicture *picture,
                    const VvFace    *face,
                    float           *ret_template,
                    GCancellable    *cancellable,
                    GError         **error)
{
  g_return_val_if_fail (self != nullptr && picture != nullptr && face != nullptr && ret_template != nullptr, FALSE);

  return guard (error, [&] {
    Loan                     networks (self);
    const std::vector<float> made = networks->recogniser.make_template (wrap (picture), *face, cancellable);

    std::copy (made.begin (), made.end (), ret_template);
  });
}
