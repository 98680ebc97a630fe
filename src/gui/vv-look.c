// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-look.h"
#include "vv-parts.h"

#define KEY "bench-looks"

static const struct
{
  const char *name; /* in the settings */
  const char *title;
  const char *hint;
  VvPairing   pairing;
  gboolean    aid;
} looks[VV_N_LOOKS] = {
  [VV_LOOK_SIDE] = { "side", N_ ("Side"), N_ ("Both faces beside each other, at the same size and place."), VV_PAIRING_NONE, FALSE },
  [VV_LOOK_WIPE] = { "wipe", N_ ("Wipe"), N_ ("Drag the line or its knobs; the keys , and . move it, < and > turn it."), VV_PAIRING_WIPE, FALSE },
  [VV_LOOK_BLINK] = { "blink", N_ ("Blink"), N_ ("One face after the other in the same place. Hold B to change by hand."), VV_PAIRING_BLINK, FALSE },
  [VV_LOOK_OVERLAY] = { "overlay", N_ ("Overlay"), N_ ("The candidate shines through the probe. The blend is no feature of either face."), VV_PAIRING_MIX, TRUE },
  [VV_LOOK_EDGES] = { "edges", N_ ("Edges"), N_ ("Edges of the candidate over the probe. Light and focus move them."), VV_PAIRING_EDGES, TRUE },
  [VV_LOOK_STRIPS] = { "strips", N_ ("Strips"), N_ ("The same part of both faces at the same size; the keys , and . go to the next part."), VV_PAIRING_NONE, FALSE },
  [VV_LOOK_GRID] = { "grid", N_ ("Grid"), N_ ("All pictures of the request above, photographs of the candidate below; the keys , and . show more."), VV_PAIRING_NONE, FALSE },
};

const char *
vv_look_title (VvLook look)
{
  g_return_val_if_fail (look < VV_N_LOOKS, "");
  return _ (looks[look].title);
}

const char *
vv_look_hint (VvLook look)
{
  g_return_val_if_fail (look < VV_N_LOOKS, "");
  return _ (looks[look].hint);
}

VvPairing
vv_look_pairing (VvLook look)
{
  g_return_val_if_fail (look < VV_N_LOOKS, VV_PAIRING_NONE);
  return looks[look].pairing;
}

gboolean
vv_look_is_aid (VvLook look)
{
  g_return_val_if_fail (look < VV_N_LOOKS, FALSE);
  return looks[look].aid;
}

VvLook
vv_look_recall (const char *account)
{
  g_autoptr (GSettings) settings = g_settings_new (VV_APP_ID);
  g_autoptr (GVariant)  all = g_settings_get_value (settings, KEY);
  const char           *name = NULL;

  if (account != NULL && g_variant_lookup (all, account, "&s", &name))
    for (int look = 0; look < VV_N_LOOKS; look++)
      if (g_str_equal (looks[look].name, name))
        return (VvLook) look;
  return VV_LOOK_SIDE;
}

void
vv_look_remember (const char *account, VvLook look)
{
  g_autoptr (GSettings) settings = g_settings_new (VV_APP_ID);

  g_return_if_fail (look < VV_N_LOOKS);
  if (account != NULL)
    vv_parts_remember (settings, KEY, account, looks[look].name);
}
