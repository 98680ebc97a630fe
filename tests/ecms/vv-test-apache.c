// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "vv-hash.h"
#include "vv-json.h"
#include "vv-test-apache.h"
#include "vv-test.h"

#define USER     "desk"
#define PASSWORD "pass phrase of the test"
#define MODULES  "/usr/lib/apache2/modules"

struct _VvTestApache
{
  char        *dir;
  guint16      port;
  guint16      strict_port;
  GSubprocess *process;
};

static const char *const places[] = { "open", "full", "busy", "forbidden", "plain", "elsewhere",
                                      "late/case", "lossy", "lockless", NULL };

static const char *const modules[] = {
  "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic",
  "dav", "dav_fs", "mime", "rewrite", "ssl", NULL
};

guint16
vv_test_free_port (void)
{
  g_autoptr (GError)         error = NULL;
  g_autoptr (GSocket)        socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                                    G_SOCKET_PROTOCOL_TCP, &error);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) got = NULL;

  vv_assert_ok (error);
  (void) g_socket_bind (socket, any, /* allow_reuse= */ TRUE, &error);
  vv_assert_ok (error);
  got = g_socket_get_local_address (socket, &error);
  vv_assert_ok (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

char *
vv_test_apache_path (VvTestApache *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

static void
write_text (VvTestApache *self, const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char   *path = vv_test_apache_path (self, name);

  (void) g_file_set_contents (path, text, /* length= */ -1, &error);
  vv_assert_ok (error);
}

/* ---- certificates ---- */

static void
run_openssl (VvTestApache *self, const char *command)
{
  g_autoptr (GError)              error = NULL;
  g_auto (GStrv)                  argv = NULL;
  g_autofree char                *output = NULL;
  g_autoptr (GSubprocess)         process = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                                                        G_SUBPROCESS_FLAGS_STDERR_MERGE);

  ck_assert (g_shell_parse_argv (command, NULL, &argv, NULL));
  g_subprocess_launcher_set_cwd (launcher, self->dir);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  vv_assert_ok (error);
  (void) g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  vv_assert_ok (error);
  ck_assert_msg (g_subprocess_get_successful (process), "%s: %s", command, output);
}

#define NEW_KEY "openssl req -x509 -config req.conf -days 3 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256"

static void
make_authority (VvTestApache *self, const char *name)
{
  g_autofree char *command = g_strdup_printf (
    NEW_KEY " -subj '/CN=Test authority %s' -addext basicConstraints=critical,CA:TRUE"
            " -keyout %s.key -out %s.pem",
    name, name, name);

  run_openssl (self, command);
}

static void
make_certificate (VvTestApache *self,
                  const char   *authority,
                  const char   *name,
                  const char   *subject,
                  const char   *use)
{
  g_autofree char *command = g_strdup_printf (
    NEW_KEY " -CA %s.pem -CAkey %s.key -subj /CN=%s -addext subjectAltName=DNS:%s -addext basicConstraints=CA:FALSE"
            " -addext extendedKeyUsage=%s -keyout %s.key -out %s.pem",
    authority, authority, subject, subject, use, name, name);

  run_openssl (self, command);
}

static void
make_certificates (VvTestApache *self)
{
  write_text (self, "req.conf", "[req]\ndistinguished_name = dn\n[dn]\n");
  make_authority (self, "ca");
  make_authority (self, "other-ca");
  make_certificate (self, "ca", "server", "localhost", "serverAuth");
  make_certificate (self, "ca", "client", "desk.test", "clientAuth");
  make_certificate (self, "other-ca", "other-client", "desk.test", "clientAuth");
}

/* ---- folders and configuration ---- */

/* Apache started by root serves as somebody else, who must be able to write. */
static void
give_to_server (const char *path)
{
  struct passwd *user = getpwnam ("www-data");

  if (geteuid () != 0)
    return;
  ck_assert_msg (user != NULL, "there is no user www-data, whom the package apache2 makes");
  ck_assert_int_eq (chown (path, user->pw_uid, user->pw_gid), 0);
}

static void
make_folder (VvTestApache *self, const char *name)
{
  g_autofree char *path = vv_test_apache_path (self, name);

  ck_assert_int_eq (g_mkdir_with_parents (path, 0755), 0);
  give_to_server (path);
}

static void
make_folders (VvTestApache *self)
{
  ck_assert_int_eq (g_chmod (self->dir, 0711), 0);
  make_folder (self, "locks");
  make_folder (self, "run");
  make_folder (self, "www");
  for (const char *const *place = places; *place != NULL; place++)
    {
      g_autofree char *name = g_strconcat ("www/", *place, NULL);

      make_folder (self, name);
    }
}

static void
append_rules (VvTestApache *self, GString *conf)
{
  g_autofree char *late = vv_hash_data (VV_TEST_LATE_DOCUMENT, strlen (VV_TEST_LATE_DOCUMENT));

  g_string_append_printf (
    conf,
    "RewriteEngine On\n"
    "RewriteCond %%{REQUEST_METHOD} =PUT\n"
    "RewriteRule ^/full/ - [R=507,L]\n"
    "RewriteRule ^/busy/ - [R=503,L]\n"
    "RewriteRule ^/forbidden/ - [F,L]\n"
    "RewriteRule ^/elsewhere/(.*) https://localhost:%u/open/$1 [R=307,L]\n"
    "RewriteCond %%{REQUEST_METHOD} =LOCK\n"
    "RewriteRule ^/lockless/ - [R=501,L]\n"
    "RewriteCond %%{REQUEST_METHOD} =GET\n"
    "RewriteRule ^/lossy/.*\\.part$ /lossy/half [PT,L]\n"
    "RewriteCond %%{REQUEST_METHOD} =GET\n"
    "RewriteCond \"%s/www/late/case/visavis-%s.part\" !-f\n"
    "RewriteRule ^/late/case/report\\.pdf$ - [R=404,L]\n",
    self->strict_port, self->dir, late);
}

static void
append_basics (VvTestApache *self, GString *conf)
{
  const char *dir = self->dir;

  for (const char *const *module = modules; *module != NULL; module++)
    g_string_append_printf (conf, "LoadModule %s_module " MODULES "/mod_%s.so\n", *module, *module);
  if (geteuid () == 0)
    g_string_append (conf, "User www-data\nGroup www-data\n");
  g_string_append_printf (
    conf,
    "ServerRoot \"%s\"\nServerName localhost\nPidFile \"%s/httpd.pid\"\nErrorLog \"%s/error.log\"\n"
    "DefaultRuntimeDir \"%s/run\"\nMutex pthread\nTypesConfig /dev/null\nDavLockDB \"%s/locks/db\"\n"
    "StartServers 1\nThreadsPerChild 8\nListen 127.0.0.1:%u\nListen 127.0.0.1:%u\n"
    "DocumentRoot \"%s/www\"\n<Directory />\nRequire all denied\n</Directory>\n"
    "<Directory \"%s/www\">\nAuthType Basic\nAuthName ECMS\nAuthUserFile \"%s/users\"\n"
    "Require valid-user\n</Directory>\n"
    "<LocationMatch \"^/(?!plain)\">\nDav On\n</LocationMatch>\n"
    "SSLSessionCache none\nSSLCertificateFile \"%s/server.pem\"\nSSLCertificateKeyFile \"%s/server.key\"\n"
    "SSLProtocol -all +TLSv1.2 +TLSv1.3\nSSLCACertificateFile \"%s/ca.pem\"\n",
    dir, dir, dir, dir, dir, self->port, self->strict_port, dir, dir, dir, dir, dir, dir);
}

static void
configure (VvTestApache *self)
{
  g_autoptr (GString) conf = g_string_new (NULL);

  append_basics (self, conf);
  g_string_append_printf (conf, "<VirtualHost 127.0.0.1:%u>\nSSLEngine on\n", self->port);
  append_rules (self, conf);
  g_string_append_printf (
    conf, "</VirtualHost>\n<VirtualHost 127.0.0.1:%u>\nSSLEngine on\nSSLVerifyClient require\n</VirtualHost>\n",
    self->strict_port);
  write_text (self, "httpd.conf", conf->str);
}

static void
make_users (VvTestApache *self)
{
  g_autofree char *digest = NULL;
  g_autofree char *line = NULL;
  GChecksum       *sum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8           bytes[20];
  gsize            size = sizeof bytes;

  /* The {SHA} form of htpasswd; good enough for a pass phrase printed above. */
  g_checksum_update (sum, (const guchar *) PASSWORD, strlen (PASSWORD));
  g_checksum_get_digest (sum, bytes, &size);
  g_checksum_free (sum);
  digest = g_base64_encode (bytes, size);
  line = g_strdup_printf (USER ":{SHA}%s\n", digest);
  write_text (self, "users", line);
}

/* ---- the process ---- */

/* The server must not outlive a test that crashed. */
static void
end_with_parent (gpointer data)
{
  (void) prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static gboolean
answers (guint16 port)
{
  g_autoptr (GSocketClient)     client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  return connection != NULL;
}

static char *
find_apache (void)
{
  char *path = g_find_program_in_path ("apache2");

  if (path == NULL && g_file_test ("/usr/sbin/apache2", G_FILE_TEST_IS_EXECUTABLE))
    path = g_strdup ("/usr/sbin/apache2"); /* not everybody's PATH has it */
  ck_assert_msg (path != NULL, "Apache is needed for this test: install the package apache2");
  return path;
}

void
vv_test_apache_start (VvTestApache *self)
{
  g_autoptr (GError)              error = NULL;
  g_autofree char                *program = find_apache ();
  g_autofree char                *conf = vv_test_apache_path (self, "httpd.conf");
  g_autofree char                *log = vv_test_apache_path (self, "start.log");
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autofree char                *said = NULL;
  const char *const               argv[] = { program, "-d", self->dir, "-f", conf, "-DFOREGROUND", NULL };

  g_subprocess_launcher_set_stdout_file_path (launcher, log);
  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  vv_assert_ok (error);
  for (int i = 0; i < 600 && g_subprocess_get_identifier (self->process) != NULL; i++)
    {
      if (answers (self->port) && answers (self->strict_port))
        return;
      g_usleep (50 * 1000);
    }
  (void) g_file_get_contents (log, &said, NULL, NULL);
  ck_abort_msg ("Apache did not start: %s", said);
}

void
vv_test_apache_stop (VvTestApache *self)
{
  if (self->process == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  (void) g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
}

VvTestApache *
vv_test_apache_new (void)
{
  VvTestApache *self = g_new0 (VvTestApache, 1);

  self->dir = vv_test_make_dir ();
  self->port = vv_test_free_port ();
  do
    self->strict_port = vv_test_free_port ();
  while (self->strict_port == self->port);
  make_certificates (self);
  make_folders (self);
  make_users (self);
  configure (self);
  vv_test_apache_start (self);
  return self;
}

void
vv_test_apache_free (VvTestApache *self)
{
  if (self == NULL)
    return;
  vv_test_apache_stop (self);
  vv_test_remove_dir (self->dir);
  g_free (self);
}

JsonObject *
vv_test_apache_settings (VvTestApache *self, const char *place)
{
  gboolean         strict = g_str_equal (place, "strict");
  g_autofree char *ca_file = vv_test_apache_path (self, "ca.pem");
  g_autofree char *certificate = strict ? vv_test_apache_path (self, "client.pem") : NULL;
  g_autofree char *key = strict ? vv_test_apache_path (self, "client.key") : NULL;
  guint16          port = strict ? self->strict_port : self->port;
  g_autofree char *url = g_strdup_printf ("https://localhost:%d/%s", port, strict ? "open" : place);

  return vv_json_new ("transport", "s", "webdav", "url", "s", url, "ca_file", "s", ca_file, "user", "s", USER,
                      "password", "s", PASSWORD, "client_certificate", "s", certificate, "client_key", "s", key, NULL);
}

guint16
vv_test_apache_port (VvTestApache *self)
{
  return self->port;
}
