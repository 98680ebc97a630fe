// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <math.h>
#include <signal.h>
#include <string.h>

#include "vv-test-hands.h"
#include "vv-test-window.h"
#include "vv-test.h"

/* For hangs only: a loaded machine may be slow. */
#define DEADLINE_US (60 * G_USEC_PER_SEC)
/* Between two looks, growing: a look costs the program time to answer. */
#define SHORTEST_PAUSE_US (10 * 1000)
#define LONGEST_PAUSE_US  (100 * 1000)
/* A look at every element costs a hundred times more, and only what GTK changed in silence needs it. */
#define THOROUGH_US (2 * G_USEC_PER_SEC)
#define CHOOSER_US  (400 * 1000)
/* Where a page has nothing that turns with the wheel, in pixels from its edge. */
#define MARGIN 8

struct _VvTestWindow
{
  VvTestBus   *bus;
  VvTestTree  *seen; /* (nullable) at the last look */
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

/* --- Looking ---------------------------------------------------------------------------------------------------- */

/* How long something has been waited for. */
typedef struct
{
  gint64 began, thorough;
  gulong pause;
} Patience;

static Patience
be_patient (void)
{
  gint64 now = g_get_monotonic_time ();

  return (Patience){ .began = now, .thorough = now + THOROUGH_US, .pause = SHORTEST_PAUSE_US };
}

/* Rests before the next look. FALSE when it is time to give up. */
static gboolean
rest (Patience *self)
{
  g_usleep (self->pause);
  self->pause = MIN (self->pause * 3 / 2, LONGEST_PAUSE_US);
  return g_get_monotonic_time () < self->began + DEADLINE_US;
}

static gboolean
is_time_to_be_thorough (Patience *self)
{
  gint64 now = g_get_monotonic_time ();

  if (now < self->thorough)
    return FALSE;
  self->thorough = now + THOROUGH_US;
  return TRUE;
}

/* The element, in self->seen, or NULL. */
static const VvTestElement *
look (VvTestWindow *self, AtspiRole role, const char *name, gboolean thorough)
{
  g_clear_pointer (&self->seen, vv_test_tree_free);
  self->seen = vv_test_bus_read (self->bus, thorough);
  return self->seen != NULL ? vv_test_tree_find (self->seen, role, name) : NULL;
}

/* Where it was seen last, when nothing came or went since: looking again costs more than all else here. */
static const VvTestElement *
look_where_it_was (VvTestWindow *self, AtspiRole role, const char *name)
{
  VvTestElement *found = NULL;

  if (self->seen != NULL && vv_test_bus_is_quiet (self->bus))
    found = (VvTestElement *) vv_test_tree_find (self->seen, role, name);
  return found != NULL && vv_test_bus_is_still (self->bus, found) ? found : NULL;
}

/* Stays as long as nothing else is looked for. */
static const VvTestElement *
find (VvTestWindow *self, AtspiRole role, const char *name)
{
  const VvTestElement *found = look_where_it_was (self, role, name);
  Patience             patience = be_patient ();

  if (found != NULL)
    return found;
  do
    {
      found = look (self, role, name, is_time_to_be_thorough (&patience));
      if (found != NULL)
        return found;
    }
  while (rest (&patience));
  vv_test_window_picture ("failed");
  ck_abort_msg ("there is no %s “%s” in the window (see failed.png)", role_name (role), name);
}

void
vv_test_window_wait (VvTestWindow *self, AtspiRole role, const char *name)
{
  (void) find (self, role, name);
}

char *
vv_test_window_find (VvTestWindow *self, AtspiRole role, const char *name)
{
  return g_strdup (find (self, role, name)->path);
}

void
vv_test_window_wait_name (VvTestWindow *self, const char *path, const char *name)
{
  Patience patience = be_patient ();

  do
    {
      g_autofree char *called = vv_test_bus_name (self->bus, path);

      if (called != NULL && g_pattern_match_simple (name, called))
        return;
    }
  while (rest (&patience));
  vv_test_window_picture ("failed");
  ck_abort_msg ("nothing came to be called “%s” (see failed.png)", name);
}

gboolean
vv_test_window_has (VvTestWindow *self, AtspiRole role, const char *name)
{
  return look (self, role, name, /* thorough= */ TRUE) != NULL;
}

void
vv_test_window_gone (VvTestWindow *self, AtspiRole role, const char *name)
{
  Patience patience = be_patient ();

  while (look (self, role, name, /* thorough= */ FALSE) != NULL || look (self, role, name, /* thorough= */ TRUE) != NULL)
    if (!rest (&patience))
      {
        vv_test_window_picture ("failed");
        ck_abort_msg ("%s “%s” is still in the window (see failed.png)", role_name (role), name);
      }
}

/* --- Acting ------------------------------------------------------------------------------------------------------- */

/* The window fills the screen; GTK counts from within the border that it draws where nothing composes windows. */
static int
border (VvTestWindow *self, const VvTestElement *element)
{
  AtspiRect window = { 0 };

  while (vv_test_tree_parent (self->seen, element)->role != ATSPI_ROLE_APPLICATION)
    element = vv_test_tree_parent (self->seen, element);
  (void) vv_test_bus_where (self->bus, element, &window);
  return (vv_test_hands_reach () - window.width) / 2;
}

/* Turns the wheel beside what the view shows, as GTK scrolls it: a notch is the view's height to the power of 2/3. */
static void
scroll (const AtspiRect *view, int edge, int below)
{
  double notch = pow (view->height, 2.0 / 3);

  vv_test_hands_move (view->x + edge + MARGIN, view->y + edge + view->height / 2);
  vv_test_hands_wheel ((int) (below > 0 ? ceil (below / notch) : floor (below / notch)));
}

/* Waits until the element can be met, and is not on a page that is just being changed; scrolls to it. */
static const VvTestElement *
find_in_front (VvTestWindow *self, AtspiRole role, const char *name)
{
  Patience patience = be_patient ();

  do
    {
      const VvTestElement *element = find (self, role, name);
      AtspiRect            view;
      int                  below;

      if (vv_test_bus_is_in_front (self->bus, self->seen, element))
        return element;
      if (vv_test_bus_is_out_of_sight (self->bus, self->seen, element, &view, &below))
        scroll (&view, border (self, element), below);
      g_clear_pointer (&self->seen, vv_test_tree_free);
    }
  while (rest (&patience));
  vv_test_window_picture ("failed");
  ck_abort_msg ("%s “%s” is covered (see failed.png)", role_name (role), name);
}

static void
click_on (VvTestWindow *self, const VvTestElement *element)
{
  int       edge = border (self, element);
  AtspiRect place;

  ck_assert_msg (vv_test_bus_where (self->bus, element, &place), "“%s” is nowhere", element->name);
  vv_test_hands_click (edge + place.x + place.width / 2, edge + place.y + place.height / 2);
  g_clear_pointer (&self->seen, vv_test_tree_free);
}

void
vv_test_window_press (VvTestWindow *self, AtspiRole role, const char *name)
{
  Patience patience = be_patient ();

  do
    {
      const VvTestElement *element = find_in_front (self, role, name);

      if (!vv_test_element_is (element, ATSPI_STATE_SENSITIVE))
        continue;
      click_on (self, element);
      return;
    }
  while (rest (&patience));
  vv_test_window_picture ("failed");
  ck_abort_msg ("%s “%s” cannot be pressed (see failed.png)", role_name (role), name);
}

void
vv_test_window_click (VvTestWindow *self, AtspiRole role, const char *name)
{
  click_on (self, find_in_front (self, role, name));
}

void
vv_test_window_fill (VvTestWindow *self, AtspiRole role, const char *name, const char *text)
{
  ck_assert_msg (vv_test_bus_fill (self->bus, find (self, role, name), text), "“%s” cannot be written into", name);
}

char *
vv_test_window_read (VvTestWindow *self, AtspiRole role, const char *name)
{
  char *text = vv_test_bus_text (self->bus, find (self, role, name));

  ck_assert_msg (text != NULL, "“%s” has no text", name);
  return text;
}

void
vv_test_window_key (const char *keys)
{
  vv_test_hands_key (keys);
}

void
vv_test_window_put_pointer_aside (void)
{
  vv_test_hands_move (1, 1);
}

void
vv_test_window_type (const char *text)
{
  vv_test_hands_type (text);
}

/* Until the keyboard is with @window, or with another. */
static void
wait_for_keyboard (gulong window, gboolean there)
{
  Patience patience = be_patient ();
  gulong   focus;

  do
    {
      focus = vv_test_hands_focus ();
      if ((focus == window) == there && focus > 1)
        return;
    }
  while (rest (&patience));
  vv_test_window_picture ("failed");
  ck_abort_msg ("the keyboard %s the window (see failed.png)", there ? "did not come back to" : "stayed in");
}

void
vv_test_window_choose_file (VvTestWindow *self, const char *button, const char *path)
{
  gulong window = vv_test_hands_focus ();

  vv_test_window_press (self, ATSPI_ROLE_PUSH_BUTTON, button);
  wait_for_keyboard (window, /* there= */ FALSE);
  /* It lists its folder, and then the one that is typed. */
  g_usleep (CHOOSER_US);
  vv_test_hands_type (path);
  g_usleep (CHOOSER_US);
  vv_test_hands_key ("Return");
  wait_for_keyboard (window, /* there= */ TRUE);
}

void
vv_test_window_picture (const char *name)
{
  g_autofree char *file = g_path_is_absolute (name) ? g_strdup (name) : g_strdup_printf ("%s/%s.png", g_getenv ("VISAVIS_TEST_BUILD"), name);

  vv_test_hands_picture (file);
}

/* --- The program ---------------------------------------------------------------------------------------------------- */

VvTestWindow *
vv_test_window_start (const char *dir)
{
  VvTestWindow    *self = g_new0 (VvTestWindow, 1);
  g_autofree char *program = g_build_filename (g_getenv ("VISAVIS_TEST_BUILD"), "src", "gui", "visavis", NULL);
  g_autofree char *manners = vv_test_source ("tests/support/openbox.xml");

  self->manager = start ((const char *[]){ "openbox", "--config-file", manners, NULL });
  self->program = start ((const char *[]){ program, dir, NULL });
  self->bus = vv_test_bus_new ((guint32) g_ascii_strtoull (g_subprocess_get_identifier (self->program), NULL, 10));
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
  g_clear_pointer (&self->seen, vv_test_tree_free);
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
