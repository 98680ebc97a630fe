// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "vv-test-window.h"
#include "vv-test.h"

/* For hangs only: a loaded machine may be slow. */
#define DEADLINE_US (60 * G_USEC_PER_SEC)
#define PAUSE_US    (100 * 1000)
#define FRONT_US    (3 * G_USEC_PER_SEC)

struct _VvTestWindow
{
  VvTestBus   *bus;
  GSubprocess *program;
  GSubprocess *manager;
};

static GSubprocess *
start (const char *const *argv)
{
  g_autoptr (GError) error = NULL;
  GSubprocess       *process = g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error);

  vv_assert_ok (error);
  return process;
}

static const char *
role_name (AtspiRole role)
{
  return role != VV_ANY_ROLE ? atspi_role_get_name (role) : "element";
}

static void
run (const char *const *argv)
{
  g_autoptr (GSubprocess) process = start (argv);
  g_autoptr (GError)      error = NULL;

  (void) g_subprocess_wait (process, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
}

/* --- Looking ---------------------------------------------------------------------------------------------------- */

/* The element and the tree it belongs to, or NULL: a quick look, then a thorough one. */
static const VvTestElement *
look (VvTestWindow *self, AtspiRole role, const char *name, VvTestTree **tree)
{
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (VvTestTree) seen = vv_test_bus_read (self->bus, /* thorough= */ i > 0);
      const VvTestElement   *found = seen != NULL ? vv_test_tree_find (seen, role, name) : NULL;

      if (found == NULL)
        continue;
      *tree = g_steal_pointer (&seen);
      return found;
    }
  return NULL;
}

static const VvTestElement *
find (VvTestWindow *self, AtspiRole role, const char *name, VvTestTree **tree)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (g_get_monotonic_time () < deadline)
    {
      const VvTestElement *found = look (self, role, name, tree);

      if (found != NULL)
        return found;
      g_usleep (PAUSE_US);
    }
  vv_test_window_picture ("failed");
  ck_abort_msg ("there is no %s “%s” in the window (see failed.png)", role_name (role), name);
}

void
vv_test_window_wait (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvTestTree) tree = NULL;

  (void) find (self, role, name, &tree);
}

gboolean
vv_test_window_has (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvTestTree) tree = NULL;

  return look (self, role, name, &tree) != NULL;
}

void
vv_test_window_gone (VvTestWindow *self, AtspiRole role, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (vv_test_window_has (self, role, name))
    {
      if (g_get_monotonic_time () > deadline)
        {
          vv_test_window_picture ("failed");
          ck_abort_msg ("%s “%s” is still in the window (see failed.png)", role_name (role), name);
        }
      g_usleep (PAUSE_US);
    }
}

/* --- Acting ------------------------------------------------------------------------------------------------------- */

/* Waits until the element can be met, and is not on a page that is just being changed; after a while it may also be one that is
 * scrolled out of sight. */
static const VvTestElement *
find_in_front (VvTestWindow *self, AtspiRole role, const char *name, VvTestTree **tree)
{
  gint64 front = g_get_monotonic_time () + FRONT_US;

  for (;;)
    {
      g_autoptr (VvTestTree) seen = NULL;
      const VvTestElement   *element = find (self, role, name, &seen);

      if (vv_test_bus_is_in_front (self->bus, seen, element) || g_get_monotonic_time () > front)
        {
          *tree = g_steal_pointer (&seen);
          return element;
        }
      g_usleep (PAUSE_US);
    }
}

void
vv_test_window_press (VvTestWindow *self, AtspiRole role, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (g_get_monotonic_time () < deadline)
    {
      g_autoptr (VvTestTree) tree = NULL;
      const VvTestElement   *element = find_in_front (self, role, name, &tree);

      if (vv_test_element_is (element, ATSPI_STATE_SENSITIVE) && vv_test_bus_do (self->bus, element))
        return;
      g_usleep (PAUSE_US);
    }
  vv_test_window_picture ("failed");
  ck_abort_msg ("%s “%s” cannot be pressed (see failed.png)", role_name (role), name);
}

void
vv_test_window_click (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvTestTree) tree = NULL;
  const VvTestElement   *element = find_in_front (self, role, name, &tree);
  g_autofree char       *x = NULL, *y = NULL;
  AtspiRect              place;

  /* The window fills the screen, so that its coordinates are the screen's. */
  ck_assert (vv_test_bus_where (self->bus, element, &place));
  x = g_strdup_printf ("%d", place.x + place.width / 2);
  y = g_strdup_printf ("%d", place.y + place.height / 2);
  run ((const char *[]){ "xdotool", "mousemove", "--sync", x, y, "click", "1", NULL });
}

void
vv_test_window_fill (VvTestWindow *self, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (VvTestTree) tree = NULL;
  const VvTestElement   *element = find (self, role, name, &tree);

  ck_assert_msg (vv_test_bus_fill (self->bus, element, text), "“%s” cannot be written into", name);
}

char *
vv_test_window_read (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvTestTree) tree = NULL;
  const VvTestElement   *element = find (self, role, name, &tree);
  char                  *text = vv_test_bus_text (self->bus, element);

  ck_assert_msg (text != NULL, "“%s” has no text", name);
  return text;
}

void
vv_test_window_key (const char *keys)
{
  run ((const char *[]){ "xdotool", "key", keys, NULL });
}

void
vv_test_window_put_pointer_aside (void)
{
  run ((const char *[]){ "xdotool", "mousemove", "--sync", "1", "1", NULL });
}

void
vv_test_window_type (const char *text)
{
  run ((const char *[]){ "xdotool", "type", "--delay", "5", text, NULL });
}

void
vv_test_window_picture (const char *name)
{
  g_autofree char *file = g_path_is_absolute (name) ? g_strdup (name) : g_strdup_printf ("%s/%s.png", g_getenv ("VISAVIS_TEST_BUILD"), name);

  run ((const char *[]){ "import", "-window", "root", file, NULL });
}

/* --- The program ---------------------------------------------------------------------------------------------------- */

VvTestWindow *
vv_test_window_start (const char *dir)
{
  VvTestWindow    *self = g_new0 (VvTestWindow, 1);
  g_autofree char *program = g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "src", "gui", "visavis", NULL);

  self->bus = vv_test_bus_new ();
  self->manager = start ((const char *[]){ "openbox", NULL });
  self->program = start ((const char *[]){ program, dir, NULL });
  return self;
}

static void
end (VvTestWindow *self, int signal_number)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->program, signal_number);
  (void) g_subprocess_wait (self->program, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
  g_subprocess_send_signal (self->manager, SIGTERM);
  (void) g_subprocess_wait (self->manager, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
  g_clear_object (&self->program);
  g_clear_object (&self->manager);
  g_clear_pointer (&self->bus, vv_test_bus_free);
  g_free (self);
}

void
vv_test_window_stop (VvTestWindow *self)
{
  end (self, SIGTERM);
}

void
vv_test_window_kill (VvTestWindow *self)
{
  end (self, SIGKILL);
}
