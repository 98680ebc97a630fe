// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A request as ECMS hands it over: a folder with request.json and the files that it names (src/ecms/README.md has the format).
 * Here is what can be said of it without looking at the files. No disk, no network. */

/* Which rule a package does not keep. */
typedef enum
{
  VV_PACKAGE_ERROR_JSON,     /* request.json is not what the format says */
  VV_PACKAGE_ERROR_LIMIT,    /* too many files, or too large */
  VV_PACKAGE_ERROR_NAME,     /* a name that may not be used */
  VV_PACKAGE_ERROR_MISSING,  /* a file is not there */
  VV_PACKAGE_ERROR_SHA256,   /* a file is another one than request.json says */
  VV_PACKAGE_ERROR_PICTURE,  /* a file is no picture that can be shown */
  VV_PACKAGE_ERROR_UNLISTED, /* a file that request.json does not name */
  VV_PACKAGE_ERROR_CHANGED,  /* another package than the one that was taken in under its name */
  VV_PACKAGE_ERROR_ACCESS,   /* ECMS does not let it be read */
} VvPackageError;

#define VV_PACKAGE_ERROR (vv_package_error_quark ())
GQuark vv_package_error_quark (void);

/* "json", "limit" ...; of an error of another room "procedure". Static. */
const char *vv_package_rule (const GError *error);

#define VV_REQUEST_PACKAGE_FILE        "request.json"
#define VV_REQUEST_PACKAGE_CLAIM       "claimed.json"
#define VV_REQUEST_PACKAGE_MAX_TEXT    (1024 * 1024)
#define VV_REQUEST_PACKAGE_MAX_FILES   100
#define VV_REQUEST_PACKAGE_MAX_FILE    (256 * 1024 * 1024)
#define VV_REQUEST_PACKAGE_MAX_PACKAGE (512 * 1024 * 1024)

typedef struct
{
  char       *name;    /* of its folder */
  JsonObject *request; /* body of a request (vv-kinds.h) with "channel", "dd5", "ecms_package", "package_sha256" */
  JsonArray  *media;   /* per picture or video what a person would state of it (vv_desk_add_media(), vv_desk_add_exhibit()), with
                          "file", "sha256" and of a player "player_file", "player_sha256" */
} VvRequestPackage;

/* Reads @text, the request.json of the folder @name, and checks all that the procedure asks of a request and of what is stated
 * about each file. *@ret_file: (transfer full) file that an error is about.
 * Returns: (transfer full), or NULL with VV_PACKAGE_ERROR or VV_PROCEDURE_ERROR, a sentence for people. */
VvRequestPackage *vv_request_package_parse (const char *name,
                                            GBytes     *text,
                                            char      **ret_file,
                                            GError    **error) G_GNUC_WARN_UNUSED_RESULT;
void              vv_request_package_free (VvRequestPackage *self);

/* Whether request.json names @file, or the desks put it there themselves. */
gboolean vv_request_package_has (VvRequestPackage *self,
                                 const char       *file);

/* The file of @media with that hash, as picture, video or player; or NULL. Belongs to @self. */
JsonObject *vv_request_package_find (VvRequestPackage *self,
                                     const char       *sha256);

/* What was stated in the body of a record, without what the desk and the file itself added: as in "media" or "request" above, to be
 * compared. (transfer full) */
char *vv_request_package_stated (JsonObject *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvRequestPackage, vv_request_package_free)

G_END_DECLS
