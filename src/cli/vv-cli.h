// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>
#include <json-glib/json-glib.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* Exit statuses of visavis-cli, as README lists them. */
typedef enum
{
  VV_CLI_OK = 0,
  VV_CLI_FAILED = 1,  /* anything not below */
  VV_CLI_USAGE = 2,   /* wrong words on the command line */
  VV_CLI_REFUSED = 3, /* the procedure does not allow it (gate, role, missing statement) */
  VV_CLI_SIGN_IN = 4, /* wrong account or pass phrase, nobody signed in */
  VV_CLI_INPUT = 5,   /* a file or value cannot be used, or there is no such thing */
  VV_CLI_DAMAGED = 6, /* the desk or its audit chain is not what it was */
  VV_CLI_ECMS = 7,    /* ECMS did not take a document; it waits or needs a person */
} VvCliStatus;

/* What every verb that works on a desk understands: --desk, --as, --json. */
typedef struct
{
  char    *desk;    /* (owned) or $VISAVIS_DESK */
  char    *account; /* (owned) or $VISAVIS_ACCOUNT */
  gboolean json;
} VvCliCommon;

/* The desk of one verb: signed out, not only let go, so that the sign-out is on record before the program ends. */
typedef VvDesk VvCliDesk;
void           vv_cli_desk_close (VvCliDesk *desk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvCliDesk, vv_cli_desk_close)

/* Parses options. @usage: what follows the verb; @about: a paragraph for --help. @common: (nullable) adds its options.
 * FALSE after saying what is wrong: return VV_CLI_USAGE then. */
gboolean vv_cli_parse (int                *argc,
                       char             ***argv,
                       const char         *usage,
                       const char         *about,
                       const GOptionEntry *entries,
                       VvCliCommon        *common);

/* Signs in with the pass phrase from $VISAVIS_PASSPHRASE_FILE or a prompt. (transfer full), or NULL after saying why, with
 * the exit status in @ret_status. */
VvCliDesk *vv_cli_sign_in (VvCliCommon *common,
                           int         *ret_status);

/* Reads a pass phrase: the first line of the file that the environment variable @variable names, else from the terminal
 * without showing it. (transfer full), or NULL after saying why. */
VvSecret *vv_cli_passphrase (const char *variable,
                             const char *prompt);

/* ["examiner", ...] of option values; NULL gives an empty array. (transfer full) */
JsonArray *vv_cli_roles (char **names);

/* The code of a second factor, from $VISAVIS_CODE_FILE or the terminal. (transfer full), or NULL after saying why. */
char *vv_cli_code (void);

/* Prints @answer, as JSON or as lines for people, frees it and gives the exit status; with @answer NULL says @error (freed
 * too). Every verb that is one act ends with this. */
int vv_cli_end (JsonObject *answer,
                GError     *error,
                gboolean    json);

/* Says @error on standard error, frees it, and gives its exit status. */
int vv_cli_fail (GError *error);

/* Says what was wrong on the command line. Returns VV_CLI_USAGE. */
int vv_cli_misuse (const char *text);

/* The request that @name means: its FIS number, or its number in the desk. 0 with @error. */
gint64 vv_cli_request_of (VvDesk     *desk,
                          const char *name,
                          GError    **error);

/* Runs @act with a progress line on a terminal, and Ctrl+C to cancel. As the act. */
JsonObject *vv_cli_run (VvDesk     *desk,
                        VvDeskAct   act,
                        gint64      request,
                        JsonObject *details,
                        GError    **error);

void vv_cli_common_clear (VvCliCommon *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvCliCommon, vv_cli_common_clear)


G_END_DECLS
