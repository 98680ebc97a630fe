// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdlib.h>
#include <sys/resource.h>

#include "vv-application.h"
#include "vv-secret.h"

/* Pictures and keys are in memory: a crash must not write them to disk. */
static void
forbid_core_dumps (void)
{
  struct rlimit none = { 0, 0 };

  if (setrlimit (RLIMIT_CORE, &none) != 0)
    g_warning ("core dumps could not be switched off");
}

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = NULL;
  g_autoptr (GError)       error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, VV_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  forbid_core_dumps ();
  if (!vv_secret_init (&error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }
  g_set_application_name ("Visavis");
  application = vv_application_new ();
  return g_application_run (application, argc, argv);
}
