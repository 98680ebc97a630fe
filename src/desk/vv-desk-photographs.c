// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-desk-private.h"
#include "vv-json.h"

/* Looking through the photo repository. This is upkeep (is what was imported what should be here?), so it is for
 * administrators: an examiner who looks through photographs compares them, and comparing needs a request. Each page
 * and each photograph that is opened is in the audit log. */

#define PAGE 25

static gboolean
enter (VvDesk *self, const char *act, VvSession *ret_session, GError **error)
{
  if (!_vv_desk_enter (self, act, ret_session, error))
    return FALSE;
  return _vv_desk_has_role (ret_session, VV_ROLE_ADMINISTRATOR, error) || _vv_desk_leave_refused (ret_session, error) != NULL;
}

/* What is asked for, without what was left empty. */
static JsonObject *
filter_of (JsonObject *details)
{
  static const char *const words[] = { "class", "person", "reference" };
  JsonObject              *filter = json_object_new ();

  for (gsize i = 0; details != NULL && i < G_N_ELEMENTS (words); i++)
    if (vv_json_string (details, words[i]) != NULL && *vv_json_string (details, words[i]) != '\0')
      json_object_set_string_member (filter, words[i], vv_json_string (details, words[i]));
  if (details != NULL && vv_json_int (details, "import") > 0)
    json_object_set_int_member (filter, "manifest", vv_json_int (details, "import"));
  return filter;
}

/* The log says what kind of filter it was, not whose name was typed. */
static gboolean
note_page (VvSession *session, JsonObject *filter, gint64 before, GError **error)
{
  g_autoptr (JsonObject) detail = vv_json_new ("before", "i", before, "class", "s", vv_json_string (filter, "class"),
                                               "import", "i", vv_json_int (filter, "manifest"),
                                               "by_person", "b", json_object_has_member (filter, "person"),
                                               "by_reference", "b", json_object_has_member (filter, "reference"), NULL);

  return _vv_desk_note (session, /* object= */ "", detail, /* sign= */ FALSE, error);
}

JsonObject *
vv_desk_list_photographs (VvDesk *self, gint64 request, JsonObject *details, GCancellable *cancellable, GError **error)
{
  g_autoptr (JsonObject) filter = filter_of (details);
  gint64                 before = details != NULL ? vv_json_int (details, "before") : 0;
  JsonArray             *rows = NULL;
  gboolean               more;
  VvSession              session;

  if (!enter (self, "list-photographs", &session, error))
    return NULL;
  if (note_page (&session, filter, before, error))
    rows = vv_vault_list_photographs (session.vault, filter, before, PAGE + 1, error);
  if (rows == NULL)
    return _vv_desk_leave_refused (&session, error);
  _vv_desk_leave (&session);
  more = vv_json_length (rows) > PAGE;
  if (more)
    json_array_remove_element (rows, PAGE);
  return vv_json_new ("photographs", "a", rows, "more", "b", more, NULL);
}

VvPicture *
_vv_desk_look_at_photograph (VvDesk *self, gint64 photograph, GCancellable *cancellable, GError **error)
{
  g_autofree char *object = g_strdup_printf ("photograph %" G_GINT64_FORMAT, photograph);
  VvPicture       *picture = NULL;
  VvSession        session;

  if (!enter (self, "look-at-photograph", &session, error))
    return NULL;
  if (_vv_desk_note (&session, object, /* detail= */ NULL, /* sign= */ FALSE, error))
    picture = _vv_desk_decode_photograph (&session, photograph, /* ret_file= */ NULL, cancellable, error);
  if (picture == NULL)
    (void) _vv_desk_leave_refused (&session, error);
  else
    _vv_desk_leave (&session);
  return picture;
}
