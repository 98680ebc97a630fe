// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-cli"
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "vv-cli.h"
#include "vv-json.h"

#define LINE_MAX_BYTES 1024

gboolean
vv_cli_parse (int *argc, char ***argv, const char *usage, const char *about, const GOptionEntry *entries, VvCliCommon *common)
{
  g_autoptr (GOptionContext) context = g_option_context_new (usage);
  g_autoptr (GError)         error = NULL;
  g_autofree char           *name = g_strdup_printf ("visavis-cli %s", (*argv)[0]);
  const GOptionEntry         shared[] = {
            { "desk", 'd', 0, G_OPTION_ARG_FILENAME, common != NULL ? &common->desk : NULL, N_ ("The desk's folder (or $VISAVIS_DESK)"), "DIR" },
            { "as", 'a', 0, G_OPTION_ARG_STRING, common != NULL ? &common->account : NULL, N_ ("Account to sign in with (or $VISAVIS_ACCOUNT)"), "ACCOUNT" },
            { "json", 0, 0, G_OPTION_ARG_NONE, common != NULL ? &common->json : NULL, N_ ("Print the answer as JSON"), NULL },
            { NULL }
  };

  g_set_prgname (name);
  g_option_context_set_summary (context, about);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (common != NULL)
    g_option_context_add_main_entries (context, shared, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;
  (void) vv_cli_misuse (error->message);
  return FALSE;
}

int
vv_cli_misuse (const char *text)
{
  /* Translators: the message is followed by how to get help */
  g_printerr (_ ("%s: %s\nSee %s --help.\n"), "visavis-cli", text, g_get_prgname ());
  return VV_CLI_USAGE;
}

static int
status_of (const GError *error)
{
  static const int statuses[] = {
    [VV_DESK_KIND_OTHER] = VV_CLI_FAILED,
    [VV_DESK_KIND_REFUSED] = VV_CLI_REFUSED,
    [VV_DESK_KIND_SIGN_IN] = VV_CLI_SIGN_IN,
    [VV_DESK_KIND_INPUT] = VV_CLI_INPUT,
    [VV_DESK_KIND_DAMAGED] = VV_CLI_DAMAGED,
    [VV_DESK_KIND_BUSY] = VV_CLI_FAILED,
    [VV_DESK_KIND_ECMS] = VV_CLI_ECMS,
  };

  return statuses[vv_desk_error_kind (error)];
}

int
vv_cli_fail (GError *error)
{
  int status = status_of (error);

  g_printerr ("visavis-cli: %s\n", error->message);
  g_error_free (error);
  return status;
}

/* --- Pass phrases --------------------------------------------------------------------------------------------------------- */

/* Reads one line into locked memory. */
static VvSecret *
read_line (FILE *from)
{
  g_autoptr (VvSecret) line = vv_secret_new (LINE_MAX_BYTES);
  char                *text = (char *) vv_secret_data (line);

  if (fgets (text, LINE_MAX_BYTES, from) == NULL)
    return NULL;
  text[strcspn (text, "\r\n")] = '\0';
  return vv_secret_from_text (text);
}

static VvSecret *
ask (const char *prompt)
{
  FILE          *terminal = fopen ("/dev/tty", "r+e");
  struct termios before, hidden;
  VvSecret      *line;

  if (terminal == NULL || tcgetattr (fileno (terminal), &before) != 0)
    {
      if (terminal != NULL)
        (void) fclose (terminal);
      return NULL;
    }
  hidden = before;
  hidden.c_lflag &= ~(tcflag_t) ECHO;
  (void) fprintf (terminal, "%s: ", prompt);
  (void) fflush (terminal);
  (void) tcsetattr (fileno (terminal), TCSAFLUSH, &hidden);
  line = read_line (terminal);
  (void) tcsetattr (fileno (terminal), TCSAFLUSH, &before);
  (void) fputc ('\n', terminal);
  (void) fclose (terminal);
  return line;
}

VvSecret *
vv_cli_passphrase (const char *variable, const char *prompt)
{
  const char *path = g_getenv (variable);
  FILE       *file = path != NULL ? fopen (path, "re") : NULL;
  VvSecret   *line = NULL;

  if (file != NULL)
    {
      setvbuf (file, NULL, _IONBF, 0); /* no copy of the line in the stream's buffer */
      line = read_line (file);
      (void) fclose (file);
    }
  else if (path == NULL)
    line = ask (prompt);
  if (line == NULL)
    g_printerr (_ ("visavis-cli: No pass phrase: there is no terminal to ask on, and %s names no file that can be read.\n"), variable);
  return line;
}

char *
vv_cli_code (void)
{
  g_autoptr (VvSecret) line = vv_cli_passphrase ("VISAVIS_CODE_FILE", _ ("Code"));

  return line != NULL ? g_strndup ((const char *) vv_secret_data (line), vv_secret_size (line)) : NULL;
}

/* Asks for the code of the second factor where the account has one. */
static gboolean
enter (VvDesk *desk, const char *account, VvSecret *passphrase, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autofree char   *code = NULL;

  if (vv_desk_sign_in (desk, account, passphrase, &cause))
    return TRUE;
  if (g_error_matches (cause, VV_DESK_ERROR, VV_DESK_ERROR_CODE_NEEDED))
    code = vv_cli_code ();
  if (code != NULL)
    return vv_desk_sign_in_with_code (desk, account, passphrase, code, error);
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

VvCliDesk *
vv_cli_sign_in (VvCliCommon *common, int *ret_status)
{
  const char           *dir = common->desk != NULL ? common->desk : g_getenv ("VISAVIS_DESK");
  const char           *account = common->account != NULL ? common->account : g_getenv ("VISAVIS_ACCOUNT");
  g_autoptr (VvCliDesk) desk = NULL;
  g_autoptr (VvSecret)  passphrase = NULL;
  GError               *error = NULL;

  if (dir == NULL || account == NULL)
    {
      *ret_status = vv_cli_misuse (_ ("Name the desk with --desk and your account with --as."));
      return NULL;
    }
  *ret_status = VV_CLI_SIGN_IN;
  passphrase = vv_cli_passphrase ("VISAVIS_PASSPHRASE_FILE", _ ("Pass phrase"));
  if (passphrase == NULL)
    return NULL;
  desk = vv_desk_new (dir);
  if (enter (desk, account, passphrase, &error))
    return g_steal_pointer (&desk);
  *ret_status = vv_cli_fail (error);
  return NULL;
}

/* --- Answers ---------------------------------------------------------------------------------------------------------------- */

static void print_object (JsonObject *object, int indent);

static void
print_node (const char *name, JsonNode *node, int indent)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_print ("%*s%s:\n", indent, "", name);
      print_object (json_node_get_object (node), indent + 2);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_print ("%*s%s: %u\n", indent, "", name, json_array_get_length (array));
      for (guint i = 0; i < json_array_get_length (array); i++)
        if (vv_json_element (array, i) != NULL)
          {
            print_object (vv_json_element (array, i), indent + 2);
            g_print ("\n");
          }
        else
          print_node ("-", json_array_get_element (array, i), indent + 2);
    }
  else
    {
      g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node))
                                                                               : json_to_string (node, /* pretty= */ FALSE);
      g_print ("%*s%s: %s\n", indent, "", name, text);
    }
}

static void
print_object (JsonObject *object, int indent)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *name = names; name != NULL; name = name->next)
    print_node (name->data, json_object_get_member (object, name->data), indent);
}

int
vv_cli_end (JsonObject *answer, GError *error, gboolean json)
{
  if (answer == NULL)
    return vv_cli_fail (error);
  if (json)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), answer);
      g_autofree char     *text = vv_json_pretty (node);

      g_print ("%s\n", text);
    }
  else
    print_object (answer, 0);
  json_object_unref (answer);
  return VV_CLI_OK;
}

gint64
vv_cli_request_of (VvDesk *desk, const char *name, GError **error)
{
  g_autoptr (JsonObject) wanted = vv_json_new ("fis_number", "s", name, NULL);
  g_autoptr (JsonObject) found = vv_desk_find_request (desk, 0, wanted, /* cancellable= */ NULL, error);

  return vv_json_int (found, "request");
}

/* --- Long acts ----------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvDesk     *desk;
  VvProgress *progress;
  GMainLoop  *loop;
  JsonObject *answer;
  GError     *error;
} VvRun;

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  VvRun *run = data;

  run->answer = vv_desk_act_finish (run->desk, result, &run->error);
  g_main_loop_quit (run->loop);
}

static gboolean
show_progress (gpointer data)
{
  guint64 done, total;

  vv_progress_get (((VvRun *) data)->progress, &done, &total);
  if (total > 0)
    g_printerr ("\r%" G_GUINT64_FORMAT " / %" G_GUINT64_FORMAT " ", done, total);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_interrupt (gpointer data)
{
  g_cancellable_cancel (G_CANCELLABLE (((VvRun *) data)->progress));
  return G_SOURCE_CONTINUE;
}

JsonObject *
vv_cli_run (VvDesk *desk, VvDeskAct act, gint64 request, JsonObject *details, GError **error)
{
  g_autoptr (GMainLoop)  loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (VvProgress) progress = vv_progress_new ();
  VvRun                  run = { .desk = desk, .progress = progress, .loop = loop };
  gboolean               terminal = isatty (STDERR_FILENO) != 0;
  guint                  timer = terminal ? g_timeout_add (100, show_progress, &run) : 0;
  guint                  interrupt = g_unix_signal_add (SIGINT, on_interrupt, &run);

  vv_desk_act_async (desk, act, request, details, G_CANCELLABLE (progress), ended_cb, &run);
  g_main_loop_run (loop);
  g_source_remove (interrupt);
  if (timer != 0)
    {
      g_source_remove (timer);
      g_printerr ("\r\033[K");
    }
  if (run.answer == NULL)
    g_propagate_error (error, run.error);
  return run.answer;
}

void
vv_cli_common_clear (VvCliCommon *self)
{
  g_free (self->desk);
  g_free (self->account);
}

void
vv_cli_desk_close (VvCliDesk *desk)
{
  vv_desk_sign_out (desk);
  g_object_unref (desk);
}
