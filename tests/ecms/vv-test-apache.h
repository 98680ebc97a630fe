// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A real Apache httpd with mod_dav on free ports of 127.0.0.1, with its own folders, configuration and
 * certificates in a new temporary folder. It ends with vv_test_apache_free(), or with the test program.
 * Every function fails the running test when it cannot do its work; a missing Apache is such a failure.
 *
 * Places (all but the last on the ordinary port, all with Basic authentication):
 *   open       takes documents            full       answers 507 to PUT
 *   busy       answers 503                forbidden  answers 403
 *   plain      is no WebDAV folder        elsewhere  sends on (307) to "strict"
 *   lossy      shows the file lossy/half instead of any temporary file
 *   lockless   knows no LOCK
 *   late       hides late/case/report.pdf until the temporary file of VV_TEST_LATE_DOCUMENT is there
 *   strict     the folder of "open", on a port that demands a client certificate */
typedef struct _VvTestApache VvTestApache;

#define VV_TEST_LATE_DOCUMENT "A document that comes a little late.\n"

VvTestApache *vv_test_apache_new (void);
void          vv_test_apache_free (VvTestApache *self);

/* Stops the server, or starts it again on the same ports with the same documents. */
void vv_test_apache_stop (VvTestApache *self);
void vv_test_apache_start (VvTestApache *self);

/* Settings for vv_transport_new() that work at @place. Returns: (transfer full). */
JsonObject *vv_test_apache_settings (VvTestApache *self,
                                     const char   *place);

/* The ordinary port. */
guint16 vv_test_apache_port (VvTestApache *self);

/* Path of one of: ca.pem, other-ca.pem (signed nothing here), client.pem, client.key, other-client.pem,
 * other-client.key (of the other authority), error.log; or of a document: "www/open/case/report.pdf".
 * Returns: (transfer full). */
char *vv_test_apache_path (VvTestApache *self,
                           const char   *name);

/* A port of 127.0.0.1 on which nobody listens. */
guint16 vv_test_free_port (void);

G_END_DECLS
