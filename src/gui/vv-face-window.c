// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-face-window.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvFaceWindow
{
  GtkWindow   parent_instance;
  VvFacePair *pair;        /* (owned) */
  GtkBox     *home;        /* where it belongs; gone (NULL) when the page is */
  GtkWidget  *placeholder; /* stands there meanwhile */
  GtkWidget  *page;        /* (nullable): gets the keys */
  GtkWidget  *bar;
  GtkLabel   *number, *title, *text;
  JsonArray  *findings; /* (owned) (nullable) */
  guint       at;
  guint       closing; /* source that closes it in a moment */
};

G_DEFINE_FINAL_TYPE (VvFaceWindow, vv_face_window, GTK_TYPE_WINDOW)

/* --- Findings ------------------------------------------------------------------------------------------------ */

static void
show_finding (VvFaceWindow *self)
{
  JsonObject      *finding = vv_json_element (self->findings, self->at);
  g_autofree char *number = g_strdup_printf (_ ("%u of %u"), self->at + 1, vv_json_length (self->findings));

  gtk_label_set_text (self->number, number);
  gtk_label_set_text (self->title, vv_json_string (finding, "title"));
  gtk_label_set_text (self->text, vv_json_string (finding, "text"));
  vv_face_pair_show_finding (self->pair, (guint) vv_json_int (finding, "finding"));
  if (vv_json_int (finding, "finding") == 0)
    vv_face_pair_show_part (self->pair, (int) vv_json_int (finding, "part"));
}

static void
step (VvFaceWindow *self, int by)
{
  int to = (int) self->at + by;

  if (to < 0 || to >= (int) vv_json_length (self->findings))
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  self->at = (guint) to;
  show_finding (self);
}

void
vv_face_window_show_findings (VvFaceWindow *self, JsonArray *findings)
{
  g_return_if_fail (VV_IS_FACE_WINDOW (self));
  g_return_if_fail (vv_json_length (findings) > 0);

  g_clear_pointer (&self->findings, json_array_unref);
  self->findings = json_array_ref (findings);
  self->at = 0;
  gtk_widget_set_visible (self->bar, TRUE);
  show_finding (self);
}

/* --- Keys ---------------------------------------------------------------------------------------------------- */

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvFaceWindow *self)
{
  if (key == GDK_KEY_Escape || key == GDK_KEY_F11 || key == GDK_KEY_F9)
    gtk_window_close (GTK_WINDOW (self));
  else if (self->findings != NULL && (key == GDK_KEY_space || key == GDK_KEY_Page_Down || key == GDK_KEY_Page_Up))
    step (self, key == GDK_KEY_Page_Up || (state & GDK_SHIFT_MASK) != 0 ? -1 : 1);
  else if (vv_face_pair_key (self->pair, key, state, TRUE))
    return GDK_EVENT_STOP;
  else
    return self->page != NULL && self->findings == NULL && gtk_event_controller_key_forward (controller, self->page);
  return GDK_EVENT_STOP;
}

static void
on_key_released_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvFaceWindow *self)
{
  (void) vv_face_pair_key (self->pair, key, state, FALSE);
}

/* --- There and back -------------------------------------------------------------------------------------------- */

static void
bring_back (VvFaceWindow *self)
{
  g_autoptr (VvFacePair) pair = g_steal_pointer (&self->pair);
  GtkWidget             *parent;

  if (pair == NULL)
    return;
  vv_face_pair_set_bare (pair, FALSE);
  parent = gtk_widget_get_parent (GTK_WIDGET (pair));
  if (parent != NULL)
    gtk_box_remove (GTK_BOX (parent), GTK_WIDGET (pair));
  if (self->home != NULL)
    {
      gtk_box_remove (self->home, self->placeholder);
      gtk_box_prepend (self->home, GTK_WIDGET (pair));
      vv_face_pair_focus (pair);
    }
}

static void
on_bring_back_cb (VvFaceWindow *self)
{
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_cb (gpointer user_data)
{
  VvFaceWindow *self = user_data;

  self->closing = 0;
  gtk_window_close (GTK_WINDOW (self));
  return G_SOURCE_REMOVE;
}

/* The page is left, or covered because the desk is locked: no face stays on another monitor. The page is just being changed, so the
 * faces go home a moment later. */
static void
on_page_hidden_cb (VvFaceWindow *self)
{
  if (self->pair == NULL || self->closing != 0)
    return; /* on their way home */
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->closing = g_idle_add (close_cb, self);
}

static GtkWidget *
make_placeholder (VvFaceWindow *self)
{
  GtkWidget *status = adw_status_page_new ();
  GtkWidget *button = gtk_button_new_with_label (_ ("Bring back"));

  adw_status_page_set_title (ADW_STATUS_PAGE (status), _ ("The faces are in a window of their own"));
  adw_status_page_set_description (ADW_STATUS_PAGE (status), _ ("F11 or Esc in that window brings them back."));
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_vexpand (status, TRUE);
  adw_status_page_set_child (ADW_STATUS_PAGE (status), button);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_bring_back_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (status, "unmap", G_CALLBACK (on_page_hidden_cb), self, G_CONNECT_SWAPPED);
  return status;
}

/* The monitor that @from is not on, if there are two. */
static GdkMonitor *
find_other_monitor (GtkWidget *from)
{
  GdkDisplay *display = gtk_widget_get_display (from);
  GListModel *monitors = gdk_display_get_monitors (display);
  GtkNative  *native = gtk_widget_get_native (from);
  GdkMonitor *own = native != NULL ? gdk_display_get_monitor_at_surface (display, gtk_native_get_surface (native)) : NULL;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      if (monitor != own)
        return g_steal_pointer (&monitor);
    }
  return NULL;
}

static void
vv_face_window_dispose (GObject *object)
{
  VvFaceWindow *self = VV_FACE_WINDOW (object);

  g_clear_handle_id (&self->closing, g_source_remove);
  bring_back (self);
  g_clear_weak_pointer (&self->home);
  g_clear_weak_pointer (&self->page);
  g_clear_pointer (&self->findings, json_array_unref);
  G_OBJECT_CLASS (vv_face_window_parent_class)->dispose (object);
}

static void
vv_face_window_class_init (VvFaceWindowClass *class)
{
  G_OBJECT_CLASS (class)->dispose = vv_face_window_dispose;
}

static GtkWidget *
make_bar (VvFaceWindow *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  GtkLabel **labels[] = { &self->number, &self->title, &self->text };

  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      GtkWidget *label = gtk_label_new (NULL);

      *labels[i] = GTK_LABEL (label);
      gtk_label_set_xalign (*labels[i], 0);
      gtk_box_append (GTK_BOX (bar), label);
    }
  gtk_label_set_wrap (self->text, TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->text), TRUE);
  gtk_widget_set_tooltip_text (bar, _ ("Space for the next finding, Shift+Space for the one before, Esc to end"));
  gtk_widget_add_css_class (bar, "finding");
  gtk_widget_set_visible (bar, FALSE);
  return bar;
}

static void
vv_face_window_init (VvFaceWindow *self)
{
  GtkWidget          *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->bar = make_bar (self);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_window_set_child (GTK_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Two faces"));
  gtk_window_set_default_size (GTK_WINDOW (self), 1200, 800);
  gtk_widget_add_css_class (GTK_WIDGET (self), "bench");
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_cb), self);
  g_signal_connect (keys, "key-released", G_CALLBACK (on_key_released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

VvFaceWindow *
vv_face_window_of (VvFacePair *pair)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (pair));

  return VV_IS_FACE_WINDOW (root) ? VV_FACE_WINDOW (root) : NULL;
}

static void
go_full_screen (VvFaceWindow *self, GdkMonitor *monitor)
{
  if (monitor != NULL)
    gtk_window_fullscreen_on_monitor (GTK_WINDOW (self), monitor);
  else
    gtk_window_fullscreen (GTK_WINDOW (self));
}

VvFaceWindow *
vv_face_window_open (VvFacePair *pair, GtkWidget *page, gboolean full_screen)
{
  g_autoptr (GdkMonitor) monitor = NULL;
  VvFaceWindow          *self;
  GtkRoot               *root;

  g_return_val_if_fail (VV_IS_FACE_PAIR (pair) && vv_face_window_of (pair) == NULL, NULL);

  self = g_object_new (VV_TYPE_FACE_WINDOW, NULL);
  root = gtk_widget_get_root (GTK_WIDGET (pair));
  monitor = find_other_monitor (GTK_WIDGET (pair));
  self->pair = g_object_ref (pair);
  self->placeholder = make_placeholder (self);
  g_set_weak_pointer (&self->home, GTK_BOX (gtk_widget_get_parent (GTK_WIDGET (pair))));
  g_set_weak_pointer (&self->page, page);
  gtk_box_remove (self->home, GTK_WIDGET (pair));
  gtk_box_prepend (self->home, self->placeholder);
  gtk_box_prepend (GTK_BOX (gtk_window_get_child (GTK_WINDOW (self))), GTK_WIDGET (pair));
  vv_face_pair_set_bare (pair, full_screen);
  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_application (GTK_WINDOW (self), gtk_window_get_application (GTK_WINDOW (root)));
      gtk_window_set_destroy_with_parent (GTK_WINDOW (self), TRUE);
      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
    }
  if (full_screen)
    go_full_screen (self, monitor);
  gtk_window_present (GTK_WINDOW (self));
  vv_face_pair_focus (pair);
  return self;
}
