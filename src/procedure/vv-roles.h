// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  VV_ROLE_NONE = 0,
  VV_ROLE_EXAMINER = 1 << 0,      /* FIS investigator; also peer reviewer of others' work */
  VV_ROLE_SUPERVISOR = 1 << 1,    /* FIS supervisor */
  VV_ROLE_ADMINISTRATOR = 1 << 2, /* accounts, photo repository, connections; no case work */
  VV_ROLE_AUDITOR = 1 << 3,       /* oversight extracts only: no case pictures, no names of candidates */
  VV_ROLE_TRAINER = 1 << 4,       /* training desks and scores of trainees */
} VvRoles;

/* Who acts. @account is borrowed. */
typedef struct
{
  const char *account;
  VvRoles     roles;
  gboolean    intelligence; /* may see requests of the Intelligence Bureau */
} VvActor;

/* Names as kept in accounts: "examiner", "supervisor", "administrator", "auditor", "trainer". Returns FALSE with
 * VV_PROCEDURE_ERROR_FIELD for a name that is none, or for no name at all. */
gboolean vv_roles_from_json (JsonArray *names,
                             VvRoles   *ret_roles,
                             GError   **error) G_GNUC_WARN_UNUSED_RESULT;

/* For people: "Examiner, supervisor". Returns: (transfer full). */
char *vv_roles_for_people (VvRoles roles);

G_END_DECLS
