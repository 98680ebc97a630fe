// SPDX-License-Identifier: GPL-3.0-or-later
#include <X11/XKBlib.h>
#include <X11/extensions/XTest.h>
#include <X11/keysym.h>
#include <cairo-xlib.h>
#include <stdlib.h>

#include "vv-test-hands.h"
#include "vv-test.h"

#define LEFT       1
#define WHEEL_UP   4
#define WHEEL_DOWN 5

/* One connection, for as long as the test runs. */
static Display *
display (void)
{
  static Display *opened;
  int             unused;

  if (opened == NULL)
    {
      opened = XOpenDisplay (NULL);
      ck_assert_msg (opened != NULL, "there is no display");
      ck_assert_msg (XTestQueryExtension (opened, &unused, &unused, &unused, &unused), "the display has no XTEST");
    }
  return opened;
}

static void
done (void)
{
  XSync (display (), /* discard= */ False);
}

/* --- Keys ------------------------------------------------------------------------------------------------------- */

static void
put (KeySym sym, gboolean down)
{
  XTestFakeKeyEvent (display (), XKeysymToKeycode (display (), sym), down, /* delay= */ 0);
}

static void
stroke (KeySym sym, gboolean shift)
{
  KeyCode code = XKeysymToKeycode (display (), sym);

  ck_assert_msg (code != 0, "the keyboard has no key for %lx", sym);
  shift = shift || XkbKeycodeToKeysym (display (), code, /* group= */ 0, /* level= */ 0) != sym;
  if (shift)
    put (XK_Shift_L, TRUE);
  put (sym, TRUE);
  put (sym, FALSE);
  if (shift)
    put (XK_Shift_L, FALSE);
}

static KeySym
modifier (const char *name)
{
  if (g_str_equal (name, "shift"))
    return XK_Shift_L;
  if (g_str_equal (name, "alt"))
    return XK_Alt_L;
  ck_assert_str_eq (name, "ctrl");
  return XK_Control_L;
}

void
vv_test_hands_key (const char *keys)
{
  g_auto (GStrv) names = g_strsplit (keys, "+", -1);
  guint          last = g_strv_length (names) - 1;
  KeySym         sym = XStringToKeysym (names[last]);

  ck_assert_msg (sym != NoSymbol, "there is no key “%s”", keys);
  for (guint i = 0; i < last; i++)
    put (modifier (names[i]), TRUE);
  stroke (sym, /* shift= */ FALSE);
  for (guint i = 0; i < last; i++)
    put (modifier (names[i]), FALSE);
  done ();
}

/* A keysym of ASCII is its character. */
void
vv_test_hands_type (const char *text)
{
  for (const char *next = text; *next != '\0'; next++)
    {
      ck_assert_msg (g_ascii_isprint (*next), "“%s” cannot be typed", text);
      stroke ((KeySym) *next, /* shift= */ FALSE);
    }
  done ();
}

/* --- Pointer ------------------------------------------------------------------------------------------------------ */

void
vv_test_hands_move (int x, int y)
{
  XTestFakeMotionEvent (display (), DefaultScreen (display ()), x, y, /* delay= */ 0);
  done ();
}

static void
press (guint button)
{
  XTestFakeButtonEvent (display (), button, True, /* delay= */ 0);
  XTestFakeButtonEvent (display (), button, False, /* delay= */ 0);
  done ();
}

void
vv_test_hands_click (int x, int y)
{
  vv_test_hands_move (x, y);
  press (LEFT);
}

int
vv_test_hands_reach (void)
{
  return DisplayWidth (display (), DefaultScreen (display ()));
}

void
vv_test_hands_wheel (int notches)
{
  for (int i = 0; i < abs (notches); i++)
    press (notches > 0 ? WHEEL_DOWN : WHEEL_UP);
}

gulong
vv_test_hands_focus (void)
{
  Window focus;
  int    revert_to;

  XGetInputFocus (display (), &focus, &revert_to);
  return focus;
}

/* --- Eyes ----------------------------------------------------------------------------------------------------------- */

void
vv_test_hands_picture (const char *path)
{
  int              screen = DefaultScreen (display ());
  cairo_surface_t *seen = cairo_xlib_surface_create (display (), DefaultRootWindow (display ()), DefaultVisual (display (), screen),
                                                     DisplayWidth (display (), screen), DisplayHeight (display (), screen));

  ck_assert_msg (cairo_surface_write_to_png (seen, path) == CAIRO_STATUS_SUCCESS, "%s cannot be written", path);
  cairo_surface_destroy (seen);
}
