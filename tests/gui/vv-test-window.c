// SPDX-License-Identifier: GPL-3.0-or-later
#include <gio/gio.h>
#include <signal.h>
#include <string.h>

#include "vv-test-window.h"
#include "vv-test.h"

/* For hangs only: a loaded machine may be slow. */
#define DEADLINE_US (60 * G_USEC_PER_SEC)
#define PAUSE_US    (50 * 1000)
#define DEPTH_MAX   40
/* What is scrolled out of sight may still be pressed; what lies on a page that is just being changed may not. */
#define FRONT_US (3 * G_USEC_PER_SEC)

typedef AtspiStateSet     VvStates;
typedef AtspiAction       VvAction;
typedef AtspiComponent    VvComponent;
typedef AtspiEditableText VvEditable;
typedef AtspiText         VvText;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvStates, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvAction, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvComponent, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvEditable, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvText, g_object_unref)

struct _VvTestWindow
{
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

static gboolean
is_in_state (AtspiAccessible *element, AtspiStateType state)
{
  g_autoptr (VvStates) states = atspi_accessible_get_state_set (element);

  return states != NULL && atspi_state_set_contains (states, state);
}

static gboolean
is_wanted (AtspiAccessible *element, AtspiRole role, const char *pattern)
{
  g_autofree char *name = NULL;

  if (role != VV_ANY_ROLE && atspi_accessible_get_role (element, /* error= */ NULL) != role)
    return FALSE;
  name = atspi_accessible_get_name (element, /* error= */ NULL);
  return name != NULL && g_pattern_match_simple (pattern, name);
}

/* Elements come and go while the tree is read: whatever cannot be read is not there. */
static AtspiAccessible *
search (AtspiAccessible *element, AtspiRole role, const char *pattern, int depth)
{
  int n;

  if (depth > DEPTH_MAX || !is_in_state (element, ATSPI_STATE_VISIBLE))
    return NULL;
  if (is_wanted (element, role, pattern))
    return g_object_ref (element);
  n = atspi_accessible_get_child_count (element, /* error= */ NULL);
  for (int i = 0; i < n; i++)
    {
      g_autoptr (VvElement) child = atspi_accessible_get_child_at_index (element, i, /* error= */ NULL);
      AtspiAccessible      *found = child != NULL ? search (child, role, pattern, depth + 1) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static AtspiAccessible *
look (VvTestWindow *self, AtspiRole role, const char *pattern)
{
  g_autoptr (VvElement) desktop = atspi_get_desktop (0);
  int                   n = atspi_accessible_get_child_count (desktop, /* error= */ NULL);

  for (int i = 0; i < n; i++)
    {
      g_autoptr (VvElement) application = atspi_accessible_get_child_at_index (desktop, i, /* error= */ NULL);
      int                   windows = application != NULL ? atspi_accessible_get_child_count (application, NULL) : 0;

      for (int w = 0; w < windows; w++)
        {
          g_autoptr (VvElement) window = atspi_accessible_get_child_at_index (application, w, /* error= */ NULL);
          AtspiAccessible      *found = window != NULL ? search (window, role, pattern, 0) : NULL;

          if (found != NULL)
            return found;
        }
    }
  return NULL;
}

/* Lets messages of the bus arrive: what libatspi remembers of a tree is renewed by them. */
static void
pause_a_little (void)
{
  gint64 until = g_get_monotonic_time () + PAUSE_US;

  while (g_get_monotonic_time () < until)
    if (!g_main_context_iteration (NULL, /* may_block= */ FALSE))
      g_usleep (1000);
}

AtspiAccessible *
vv_test_window_find (VvTestWindow *self, AtspiRole role, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;

  while (g_get_monotonic_time () < deadline)
    {
      AtspiAccessible *found = look (self, role, name);

      if (found != NULL)
        return found;
      pause_a_little ();
    }
  vv_test_window_picture ("failed");
  ck_abort_msg ("there is no %s “%s” in the window (see failed.png)", role_name (role), name);
}

void
vv_test_window_wait (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_object_unref (vv_test_window_find (self, role, name));
}

gboolean
vv_test_window_has (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvElement) found = look (self, role, name);

  return found != NULL;
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
      pause_a_little ();
    }
}

/* --- Acting ------------------------------------------------------------------------------------------------------- */

/* Whether the middle of @element is what a click there would meet. */
static gboolean
is_in_front (AtspiAccessible *element)
{
  g_autoptr (VvComponent) component = atspi_accessible_get_component_iface (element);
  g_autofree AtspiRect   *place = component != NULL ? atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, NULL) : NULL;
  g_autoptr (VvElement)   window = g_object_ref (element);
  g_autoptr (VvElement)   met = NULL;
  g_autoptr (VvComponent) whole = NULL;

  if (place == NULL || place->width <= 0 || place->height <= 0)
    return FALSE;
  while (window != NULL && atspi_accessible_get_role (window, NULL) != ATSPI_ROLE_FRAME)
    {
      AtspiAccessible *parent = atspi_accessible_get_parent (window, NULL);

      g_object_unref (window);
      window = parent;
    }
  whole = window != NULL ? atspi_accessible_get_component_iface (window) : NULL;
  if (whole != NULL)
    met = atspi_component_get_accessible_at_point (whole, place->x + place->width / 2, place->y + place->height / 2,
                                                   ATSPI_COORD_TYPE_WINDOW, NULL);
  for (int i = 0; met != NULL && i < 6; i++)
    {
      AtspiAccessible *parent;

      if (met == element)
        return TRUE;
      parent = atspi_accessible_get_parent (met, NULL);
      g_object_unref (met);
      met = parent;
    }
  return FALSE;
}

void
vv_test_window_press (VvTestWindow *self, AtspiRole role, const char *name)
{
  gint64 deadline = g_get_monotonic_time () + DEADLINE_US;
  gint64 front = g_get_monotonic_time () + FRONT_US;

  while (g_get_monotonic_time () < deadline)
    {
      g_autoptr (VvElement) element = vv_test_window_find (self, role, name);
      g_autoptr (VvAction)  action = atspi_accessible_get_action_iface (element);

      gboolean ready = is_in_front (element) || g_get_monotonic_time () > front;

      if (ready && action != NULL && is_in_state (element, ATSPI_STATE_SENSITIVE) && atspi_action_do_action (action, 0, NULL))
        return;
      pause_a_little ();
    }
  vv_test_window_picture ("failed");
  ck_abort_msg ("%s “%s” cannot be pressed (see failed.png)", role_name (role), name);
}

void
vv_test_window_click (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvElement)   element = vv_test_window_find (self, role, name);
  g_autoptr (VvComponent) component = atspi_accessible_get_component_iface (element);
  g_autofree AtspiRect   *place = NULL;
  g_autofree char        *x = NULL, *y = NULL;

  ck_assert_ptr_nonnull (component);
  /* The window fills the screen, so that its coordinates are the screen's. */
  place = atspi_component_get_extents (component, ATSPI_COORD_TYPE_WINDOW, /* error= */ NULL);
  ck_assert_ptr_nonnull (place);
  x = g_strdup_printf ("%d", place->x + place->width / 2);
  y = g_strdup_printf ("%d", place->y + place->height / 2);
  run ((const char *[]){ "xdotool", "mousemove", "--sync", x, y, "click", "1", NULL });
}

void
vv_test_window_fill (VvTestWindow *self, AtspiRole role, const char *name, const char *text)
{
  g_autoptr (VvElement)  element = vv_test_window_find (self, role, name);
  g_autoptr (VvEditable) editable = atspi_accessible_get_editable_text_iface (element);

  ck_assert_msg (editable != NULL, "“%s” cannot be written into", name);
  ck_assert (atspi_editable_text_set_text_contents (editable, text, /* error= */ NULL));
}

char *
vv_test_window_read (VvTestWindow *self, AtspiRole role, const char *name)
{
  g_autoptr (VvElement) element = vv_test_window_find (self, role, name);
  g_autoptr (VvText)    text = atspi_accessible_get_text_iface (element);
  char                 *read = NULL;

  ck_assert_msg (text != NULL, "“%s” has no text", name);
  read = atspi_text_get_text (text, 0, atspi_text_get_character_count (text, NULL), /* error= */ NULL);
  ck_assert_ptr_nonnull (read);
  return read;
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

  /* libatspi asks for a cache that GTK 4.8 does not have, and warns about it; the program itself stays strict. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  ck_assert_int_le (atspi_init (), 1);
  self->manager = start ((const char *[]){ "openbox", NULL });
  self->program = start ((const char *[]){ program, dir, NULL });
  return self;
}

void
vv_test_window_stop (VvTestWindow *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->program, SIGTERM);
  (void) g_subprocess_wait (self->program, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
  g_subprocess_send_signal (self->manager, SIGTERM);
  (void) g_subprocess_wait (self->manager, /* cancellable= */ NULL, &error);
  vv_assert_ok (error);
  g_clear_object (&self->program);
  g_clear_object (&self->manager);
  g_free (self);
}
