// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-cli-verbs.h"
#include "vv-cli.h"
#include "vv-json.h"

static char  *from, *image, *shows, *source, *source_detail, *obtained_by, *obtained_at, *site_link, *captured_at, *examiner, *reason, *video, *frame, *time_code;
static gint64 media;

static const GOptionEntry entries[] = {
  { "from", 0, 0, G_OPTION_ARG_FILENAME, &from, N_ ("new: the request as JSON (README shows one)"), "FILE" },
  { "image", 0, 0, G_OPTION_ARG_FILENAME, &image, N_ ("add: an image file"), "FILE" },
  { "shows", 0, 0, G_OPTION_ARG_STRING, &shows, N_ ("add: photograph; what is a sketch, composite, artificial, look-alike or edited is refused"), "WHAT" },
  { "source", 0, 0, G_OPTION_ARG_STRING, &source, N_ ("add: witness, victim, camera, internet or other-reliable"), "CLASS" },
  { "source-detail", 0, 0, G_OPTION_ARG_STRING, &source_detail, N_ ("add: which witness, which camera"), "TEXT" },
  { "obtained-by", 0, 0, G_OPTION_ARG_STRING, &obtained_by, N_ ("add: who obtained it"), "NAME" },
  { "obtained-at", 0, 0, G_OPTION_ARG_STRING, &obtained_at, N_ ("add: when"), "DATE" },
  { "site-link", 0, 0, G_OPTION_ARG_STRING, &site_link, N_ ("add: address of an internet image"), "URL" },
  { "captured-at", 0, 0, G_OPTION_ARG_STRING, &captured_at, N_ ("add: day on which an internet image was captured"), "DATE" },
  { "examiner", 0, 0, G_OPTION_ARG_STRING, &examiner, N_ ("assign: account of the examiner"), "ACCOUNT" },
  { "media", 0, 0, G_OPTION_ARG_INT64, &media, N_ ("faces: number of the image (request show)"), "NUMBER" },
  { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, N_ ("assign: why it goes to another examiner"), "TEXT" },
  { "video", 0, 0, G_OPTION_ARG_STRING, &video, N_ ("add: the image is a frame of this exhibit"), "RECORD" },
  { "frame", 0, 0, G_OPTION_ARG_STRING, &frame, N_ ("add: its frame number, from 0"), "NUMBER" },
  { "time-code", 0, 0, G_OPTION_ARG_STRING, &time_code, N_ ("add: its time code"), "TIME" },
  { NULL }
};

/* Lines of a list for people: number, FIS number, status, summary. */
static void
print_list (JsonObject *answer)
{
  JsonArray *rows = vv_json_array (answer, "requests");

  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject *row = vv_json_element (rows, i);
      const char *number = vv_json_string (row, "fis_number");

      g_print ("%4" G_GINT64_FORMAT "  %-16s  %-40s  %s\n", vv_json_int (row, "id"), number != NULL ? number : "-",
               vv_json_string (row, "status_title"), vv_json_string (row, "summary"));
    }
}

static int
list (VvDesk *desk, gboolean json)
{
  GError     *error = NULL;
  JsonObject *answer = vv_desk_list_requests (desk, 0, NULL, NULL, &error);

  if (answer == NULL || json)
    return vv_cli_end (answer, error, json);
  print_list (answer);
  json_object_unref (answer);
  return VV_CLI_OK;
}

static int
take_in (VvDesk *desk, gboolean json)
{
  GError                *error = NULL;
  g_autoptr (JsonObject) details = from != NULL ? vv_json_load (from, &error) : NULL;

  if (from == NULL)
    return vv_cli_misuse (_ ("Say with --from which JSON file holds the request."));
  if (details == NULL)
    return vv_cli_fail (error);
  {
    JsonObject *made = vv_desk_new_request (desk, 0, details, NULL, &error);

    return vv_cli_end (made, error, json);
  }
}

/* What --image and its companions say. */
static JsonObject *
image_details (void)
{
  JsonObject *details = vv_json_new ("file", "s", image, "shows", "s", shows, "source", "s", source, "source_detail", "s", source_detail,
                                     "obtained_by", "s", obtained_by,
                                     "obtained_at", "s", obtained_at, "site_link", "s", site_link, "captured_at", "s", captured_at, "time_code", "s", time_code, NULL);

  if (video != NULL)
    json_object_set_int_member (details, "video", g_ascii_strtoll (video, /* endptr= */ NULL, 10));
  if (frame != NULL)
    json_object_set_int_member (details, "frame", g_ascii_strtoll (frame, /* endptr= */ NULL, 10));
  return details;
}

/* What the options say that belong to @verb. */
static JsonObject *
details_of (const char *verb)
{
  if (strcmp (verb, "add") == 0)
    return image_details ();
  if (strcmp (verb, "faces") == 0)
    return vv_json_new ("media", "i", media, NULL);
  return vv_json_new ("examiner", "s", examiner, "reason", "s", reason, NULL);
}

static int
about_one (VvDesk *desk, const char *verb, const char *name, gboolean json)
{
  static const struct
  {
    const char *verb;
    VvDeskAct   act;
  } acts[] = { { "show", vv_desk_show_request }, { "add", vv_desk_add_media }, { "number", vv_desk_number }, { "assign", vv_desk_assign }, { "faces", vv_desk_find_faces } };
  GError                *error = NULL;
  gint64                 request = vv_cli_request_of (desk, name, &error);
  g_autoptr (JsonObject) details = details_of (verb);

  if (request == 0)
    return vv_cli_fail (error);
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    if (strcmp (acts[i].verb, verb) == 0)
      {
        JsonObject *answer = vv_cli_run (desk, acts[i].act, request, details, &error);

        return vv_cli_end (answer, error, json);
      }
  return vv_cli_misuse (_ ("Say new, list, show, add, number, assign or faces."));
}

int
vv_cli_request (int argc, char **argv)
{
  int                   status;
  g_autoptr (VvCliDesk) desk = NULL;
  g_auto (VvCliCommon)  common = { 0 };

  if (!vv_cli_parse (&argc, &argv, "new | list | show REQUEST | add REQUEST | number REQUEST | assign REQUEST | faces REQUEST",
                     _ ("Takes in requests and their images, lists and shows them, gives numbers, assigns examiners, finds faces."), entries, &common))
    return VV_CLI_USAGE;
  if (argc < 2 || argc > 3)
    return vv_cli_misuse (_ ("Say new, list, show, add, number, assign or faces."));
  desk = vv_cli_sign_in (&common, &status);
  if (desk == NULL)
    return status;
  if (argc == 3)
    return about_one (desk, argv[1], argv[2], common.json);
  if (strcmp (argv[1], "list") == 0)
    return list (desk, common.json);
  return strcmp (argv[1], "new") == 0 ? take_in (desk, common.json)
                                      : vv_cli_misuse (_ ("Say new or list, or name a request."));
}
