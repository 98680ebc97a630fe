// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-csv.h"
#include "vv-desk-private.h"
#include "vv-hash.h"
#include "vv-json.h"

/* The training desk: synthetic persons only, accounts whose pass phrases stand on the sign-in page, requests in the
 * states in which one meets them. Made through the same acts as any desk. */

static const struct
{
  const char *account;
  const char *full_name;
  const char *role;
  const char *passphrase;
} people[] = {
  { "admin", N_ ("Training administrator"), "administrator", "training administrator" },
  { "examiner", N_ ("Training examiner"), "examiner", "training examiner" },
  { "reviewer", N_ ("Training peer reviewer"), "examiner", "training reviewer" },
  { "supervisor", N_ ("Training supervisor"), "supervisor", "training supervisor" },
};

/* How far a request has come when the desk is made. */
typedef enum
{
  VV_TRAINING_RECEIVED,
  VV_TRAINING_NUMBERED,
  VV_TRAINING_ASSIGNED,
} VvTrainingState;

static const struct
{
  VvTrainingState state;
  const char     *subject_role;
  const char     *use; /* JSON */
  const char     *summary;
  const char     *source;
  const char     *source_detail;
  const char     *media[3]; /* NULL-closed */
  const char     *video;    /* (nullable) */
} requests[] = {
  { VV_TRAINING_ASSIGNED, "suspect", "{\"code\":\"a\",\"tense\":\"has committed\",\"offence\":\"Robbery\",\"basis\":\"The person in the picture took a telephone by force; the owner saw it.\"}", N_ ("Telephone taken by force outside a shop. The shop's camera shows the person walking away."), "camera", N_ ("Shop camera above the door"), { "P007_probe2.jpg", "P007_probe1.jpg" } },
  { VV_TRAINING_ASSIGNED, "witness", "{\"code\":\"b\",\"subject\":\"witness\",\"basis\":\"The person stood beside the victim and left before the officers came.\"}", N_ ("Assault at a bus stop. A bystander may have seen the attacker."), "witness", N_ ("Picture taken by another passenger"), { "P023_probe3.jpg" }, "P023_video.mp4" },
  { VV_TRAINING_ASSIGNED, "suspect", "{\"code\":\"e\",\"identification\":\"false\",\"arrest_number\":\"T2026-0311\",\"basis\":\"The licence shown at the arrest belongs to another person.\"}", N_ ("Person under arrest who shows a licence that is not theirs."), "other-reliable", N_ ("Taken at the arrest"), { "P012_probe1.jpg" } },
  { VV_TRAINING_NUMBERED, "suspect", "{\"code\":\"a\",\"tense\":\"has committed\",\"offence\":\"Burglary\",\"basis\":\"The camera in the hallway shows the person forcing the door.\"}", N_ ("Burglary of a flat during the day."), "camera", N_ ("Hallway camera"), { "P031_probe2.jpg" } },
  { VV_TRAINING_RECEIVED, "victim", "{\"code\":\"d\",\"condition\":\"incapacitated\",\"basis\":\"Found unconscious, without papers; the hospital asks who the person is.\"}", N_ ("Unconscious person in a park, without papers."), "other-reliable", N_ ("Taken in the hospital"), { "P018_probe1.jpg" } },
};

static VvSecret *
passphrase_of (const char *account)
{
  for (gsize i = 0; i < G_N_ELEMENTS (people); i++)
    if (strcmp (people[i].account, account) == 0)
      return vv_secret_from_text (people[i].passphrase);
  g_return_val_if_reached (NULL);
}

static gboolean
sign_in (VvDesk *desk, const char *account, GError **error)
{
  g_autoptr (VvSecret) passphrase = passphrase_of (account);

  return vv_desk_sign_in (desk, account, passphrase, error);
}

static JsonArray *
role_array (const char *role)
{
  JsonArray *roles = json_array_new ();

  json_array_add_string_element (roles, role);
  return roles;
}

static gboolean
create (const char *dir, GError **error)
{
  JsonArray             *sign_ins = json_array_new ();
  g_autoptr (JsonArray)  roles = role_array (people[0].role);
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text (people[0].passphrase);
  g_autoptr (JsonObject) about = NULL;

  for (gsize i = 1; i < G_N_ELEMENTS (people); i++)
    json_array_add_object_element (sign_ins,
                                   vv_json_new ("account", "s", people[i].account, "full_name", "s", _ (people[i].full_name), "passphrase", "s", people[i].passphrase, NULL));
  json_array_add_object_element (sign_ins,
                                 vv_json_new ("account", "s", people[0].account, "full_name", "s", _ (people[0].full_name), "passphrase", "s", people[0].passphrase, NULL));
  about = vv_json_new ("station", "s", "T1",
                       "agency", "s", _ ("Training desk"), "training", "b", TRUE, "kdf", "s", "light", "sign_in", "a", sign_ins, NULL);
  return vv_desk_create (dir, about, people[0].account, _ (people[0].full_name), roles, passphrase, error);
}

static gboolean
add_accounts (VvDesk *desk, GError **error)
{
  for (gsize i = 1; i < G_N_ELEMENTS (people); i++)
    {
      g_autoptr (VvSecret)   passphrase = vv_secret_from_text (people[i].passphrase);
      g_autoptr (JsonObject) facts = vv_json_new ("full_name", "s", _ (people[i].full_name), "roles", "a", role_array (people[i].role),
                                                  NULL);

      if (!vv_desk_add_account (desk, people[i].account, facts, passphrase, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
set_up_ecms (VvDesk *desk, const char *dir, GError **error)
{
  g_autofree char       *path = g_build_filename (dir, "ecms", NULL);
  g_autoptr (JsonObject) settings = vv_json_new ("transport", "s", "folder", "path", "s", path,
                                                 "folder", "s", "{case_number}/{fis_number}", NULL);
  g_autoptr (JsonObject) kept = NULL;

  if (g_mkdir_with_parents (path, 0700) != 0)
    {
      g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("The folder of the training desk cannot be written."));
      return FALSE;
    }
  kept = vv_desk_ecms (desk, 0, settings, /* cancellable= */ NULL, error);
  return kept != NULL;
}

/* The frontal picture of every synthetic person. */
static gboolean
enrol_people (VvDesk *desk, const char *people_dir, GCancellable *cancellable, GError **error)
{
  static const char *const needed[] = { "file", "person", "condition", "sha256", NULL };
  g_autofree char         *manifest = g_build_filename (people_dir, "manifest.csv", NULL);
  g_autoptr (JsonArray)    all = vv_csv_load (manifest, needed, error);
  g_autoptr (JsonArray)    rows = json_array_new ();
  g_autofree char         *sha256 = all != NULL ? vv_hash_file (manifest, error) : NULL;
  g_autoptr (JsonObject)   done = NULL;

  if (sha256 == NULL)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (all); i++)
    {
      JsonObject      *from = vv_json_element (all, i);
      g_autofree char *reference = NULL;

      if (g_strcmp0 (vv_json_string (from, "condition"), "arrest") != 0)
        continue;
      reference = g_strdup_printf ("SYN-%s", vv_json_string (from, "person"));
      json_array_add_object_element (rows, vv_json_new ("file", "s", vv_json_string (from, "file"),
                                                        "person", "s", vv_json_string (from, "person"),
                                                        "sha256", "s", vv_json_string (from, "sha256"),
                                                        "class", "s", "arrest", "origin", "s", "synthetic-people",
                                                        "reference", "s", reference, NULL));
    }
  done = _vv_desk_import_rows (desk, people_dir, "manifest.csv", sha256, rows, cancellable, error);
  return done != NULL;
}

static gboolean
add_picture (VvDesk *desk, gint64 request, const char *people_dir, gsize which, const char *name, GError **error)
{
  g_autofree char       *file = g_build_filename (people_dir, name, NULL);
  g_autoptr (JsonObject) details = vv_json_new ("file", "s", file, "shows", "s", "photograph", "source", "s", requests[which].source,
                                                "source_detail", "s", _ (requests[which].source_detail), "obtained_by", "s", _ ("Training investigator"), "obtained_at", "s", "2026-11-20", NULL);
  g_autoptr (JsonObject) added = vv_desk_add_media (desk, request, details, /* cancellable= */ NULL, error);

  return added != NULL;
}

static gboolean
add_video (VvDesk *desk, gint64 request, const char *people_dir, gsize which, GError **error)
{
  g_autofree char       *file = g_build_filename (people_dir, requests[which].video, NULL);
  g_autoptr (JsonObject) details = vv_json_new ("file", "s", file, "class", "s", "video", "description", "s",
                                                _ ("Video of the same passenger"),
                                                "no_player", "s", _ ("Recorded with a telephone; plays everywhere."),
                                                "source", "s", requests[which].source, "source_detail", "s", _ ("Video taken by another passenger"),
                                                "obtained_by", "s", _ ("Training investigator"), "obtained_at", "s", "2026-11-20", NULL);
  g_autoptr (JsonObject) added = vv_desk_add_exhibit (desk, request, details, /* cancellable= */ NULL, error);

  return added != NULL;
}

/* Takes in request @which. Returns its number, or 0. */
static gint64
take_in (VvDesk *desk, const char *people_dir, gsize which, GError **error)
{
  g_autofree char       *case_number = g_strdup_printf ("T2026-%04" G_GSIZE_FORMAT, 101 + which);
  g_autoptr (JsonObject) body = vv_json_new ("channel", "s", "ecms",
                                             "case_number", "s", case_number,
                                             "requester", "o",
                                             vv_json_new ("name", "s", _ ("Training investigator"), "command", "s", _ ("Training squad"),
                                                          NULL),
                                             "subject_role", "s", requests[which].subject_role,
                                             "summary", "s", _ (requests[which].summary), "use", "o", vv_json_parse (requests[which].use, -1, "use", error), "identity_unknown", "b", TRUE, NULL);
  g_autoptr (JsonObject) made = vv_desk_new_request (desk, 0, body, /* cancellable= */ NULL, error);
  gint64                 request = vv_json_int (made, "request");

  for (gsize i = 0; made != NULL && i < G_N_ELEMENTS (requests[which].media) && requests[which].media[i] != NULL; i++)
    if (!add_picture (desk, request, people_dir, which, requests[which].media[i], error))
      return 0;
  if (made != NULL && requests[which].video != NULL && !add_video (desk, request, people_dir, which, error))
    return 0;
  return request;
}

static gboolean
give_number (VvDesk *desk, gint64 request, gsize which, GError **error)
{
  g_autoptr (JsonObject) details = vv_json_new ("examiner", "s", "examiner", NULL);
  g_autoptr (JsonObject) number = NULL;
  g_autoptr (JsonObject) assigned = NULL;

  if (requests[which].state == VV_TRAINING_RECEIVED)
    return TRUE;
  number = vv_desk_number (desk, request, /* details= */ NULL, /* cancellable= */ NULL, error);
  if (number == NULL || requests[which].state == VV_TRAINING_NUMBERED)
    return number != NULL;
  assigned = vv_desk_assign (desk, request, details, /* cancellable= */ NULL, error);
  return assigned != NULL;
}

static gboolean
take_in_requests (VvDesk *desk, const char *people_dir, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      gint64 request = take_in (desk, people_dir, i, error);

      if (request == 0 || !give_number (desk, request, i, error))
        return FALSE;
    }
  return TRUE;
}

/* A request that waits in ECMS, so that fetching can be tried. */
static gboolean
offer_request (const char *dir, const char *people_dir, GError **error)
{
  static const char      picture[] = "P026_probe2.jpg";
  g_autofree char       *folder = g_build_filename (dir, "ecms", "requests", "T2026-0106", NULL);
  g_autofree char       *from = g_build_filename (people_dir, picture, NULL);
  g_autofree char       *to = g_build_filename (folder, "entrance.jpg", NULL);
  g_autofree char       *list = g_build_filename (folder, "request.json", NULL);
  g_autofree char       *sha256 = vv_hash_file (from, error);
  g_autoptr (GFile)      source = g_file_new_for_path (from);
  g_autoptr (GFile)      target = g_file_new_for_path (to);
  g_autoptr (JsonObject) package = NULL;
  g_autofree char       *text = NULL;
  JsonArray             *media = json_array_new ();

  json_array_add_object_element (media,
                                 vv_json_new ("file", "s", "entrance.jpg", "sha256", "s", sha256, "shows", "s", "photograph", "source", "s", "camera",
                                              "source_detail", "s", _ ("Camera at the entrance of the garage"),
                                              "obtained_by", "s", _ ("Training investigator"), "obtained_at", "s", "2026-11-21", NULL));
  package = vv_json_new ("format", "i", (gint64) 1, "dd5", "s", "T-DD5-0106", "media", "a", media, "request", "o",
                         vv_json_new ("case_number", "s", "T2026-0106", "subject_role", "s", "suspect", "identity_unknown", "b", TRUE,
                                      "summary", "s", _ ("Bicycles taken from a garage at night."),
                                      "requester", "o", vv_json_new ("name", "s", _ ("Training investigator"), "command", "s", _ ("Training squad"), NULL),
                                      "use", "o", vv_json_new ("code", "s", "a", "tense", "s", "has committed", "offence", "s", _ ("Burglary"), "basis", "s", _ ("The camera shows the person carrying two bicycles out."), NULL), NULL),
                         NULL);
  text = vv_json_canonical (package);
  if (sha256 == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) == 0 && g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error))
    return g_file_set_contents (list, text, -1, error);
  if (error != NULL && *error == NULL)
    g_set_error_literal (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("The folder of the training desk cannot be written."));
  return FALSE;
}

gboolean
vv_desk_create_training (const char *dir, const char *people_dir, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvDesk) desk = vv_desk_new (dir);

  return create (dir, error) &&
         sign_in (desk, "admin", error) &&
         add_accounts (desk, error) &&
         set_up_ecms (desk, dir, error) &&
         enrol_people (desk, people_dir, cancellable, error) &&
         sign_in (desk, "supervisor", error) &&
         take_in_requests (desk, people_dir, error) &&
         offer_request (dir, people_dir, error);
}
