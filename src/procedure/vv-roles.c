// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-procedure-error.h"
#include "vv-roles.h"

static const struct
{
  VvRoles     role;
  const char *name;
  const char *title;
} roles[] = {
  { VV_ROLE_EXAMINER, "examiner", N_ ("examiner") },
  { VV_ROLE_SUPERVISOR, "supervisor", N_ ("supervisor") },
  { VV_ROLE_ADMINISTRATOR, "administrator", N_ ("administrator") },
  { VV_ROLE_AUDITOR, "auditor", N_ ("auditor") },
  { VV_ROLE_TRAINER, "trainer", N_ ("trainer") },
};

/* The formatter would put spaces into the quark's name. */
/* clang-format off */
G_DEFINE_QUARK (vv-procedure-error-quark, vv_procedure_error)
/* clang-format on */

static VvRoles
find_role (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].name, name) == 0)
      return roles[i].role;
  return VV_ROLE_NONE;
}

gboolean
vv_roles_from_json (JsonArray *names, VvRoles *ret_roles, GError **error)
{
  VvRoles all = VV_ROLE_NONE;

  for (guint i = 0; names != NULL && i < json_array_get_length (names); i++)
    {
      VvRoles role = find_role (json_node_get_string (json_array_get_element (names, i)));

      if (role == VV_ROLE_NONE)
        {
          all = VV_ROLE_NONE;
          break;
        }
      all |= role;
    }
  if (all == VV_ROLE_NONE)
    {
      g_set_error_literal (error, VV_PROCEDURE_ERROR, VV_PROCEDURE_ERROR_FIELD,
                           _ ("An account needs one or more of the roles examiner, supervisor, administrator, auditor, trainer."));
      return FALSE;
    }
  *ret_roles = all;
  return TRUE;
}

char *
vv_roles_for_people (VvRoles held)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if ((held & roles[i].role) != 0)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "", _ (roles[i].title));
  return g_string_free (out, FALSE);
}
