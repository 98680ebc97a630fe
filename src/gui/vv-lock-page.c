// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-act.h"
#include "vv-lock-page.h"

/* Covers the window of a signed-in person; the pages behind it stay as they are, unseen. */

struct _VvLockPage
{
  AdwBin       parent_instance;
  GtkLabel    *person;
  GtkEditable *passphrase;
  GtkEditable *code;
  GtkLabel    *message;
  GtkWidget   *unlock;
  GtkWidget   *leave;
  VvDesk      *desk;
  gboolean     busy;
};

G_DEFINE_FINAL_TYPE (VvLockPage, vv_lock_page, ADW_TYPE_BIN)

enum
{
  UNLOCKED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_busy (VvLockPage *self, gboolean busy)
{
  self->busy = busy;
  gtk_widget_set_sensitive (self->unlock, !busy);
  gtk_widget_set_sensitive (self->leave, !busy);
}

static gboolean
unlock (VvDesk *desk, VvProof *proof, GError **error)
{
  return vv_desk_unlock (desk, proof->passphrase, proof->code, error);
}

static void
unlocked_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvLockPage *self = VV_LOCK_PAGE (page);

  show_busy (self, FALSE);
  gtk_editable_set_text (self->code, "");
  if (error == NULL)
    g_signal_emit (self, signals[UNLOCKED], 0);
  else if (self->desk != NULL && vv_desk_account (self->desk) == NULL)
    g_signal_emit (self, signals[LEFT], 0); /* too many wrong ones: the desk has signed out by itself */
  else if (g_error_matches (error, VV_DESK_ERROR, VV_DESK_ERROR_CODE_NEEDED))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->code), TRUE);
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      vv_act_say (self->message, _ ("This account has a second factor. Enter the pass phrase again, and the code that the app shows now."));
    }
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
}

static void
on_unlock_cb (VvLockPage *self)
{
  const char *code = gtk_editable_get_text (self->code);
  VvProof     proof = { 0 };

  if (self->busy || self->desk == NULL)
    return;
  if (*gtk_editable_get_text (self->passphrase) == '\0')
    {
      gtk_widget_grab_focus (GTK_WIDGET (self->passphrase));
      return;
    }
  proof.code = *code != '\0' ? g_strdup (code) : NULL;
  proof.passphrase = vv_act_take_secret (self->passphrase);
  show_busy (self, TRUE);
  vv_act_prove (GTK_WIDGET (self), self->message, self->desk, unlock, &proof, unlocked_cb);
}

static void
on_leave_cb (VvLockPage *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
vv_lock_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (vv_lock_page_parent_class)->map (widget);
  gtk_widget_grab_focus (GTK_WIDGET (VV_LOCK_PAGE (widget)->passphrase));
}

static void
vv_lock_page_finalize (GObject *object)
{
  g_clear_object (&VV_LOCK_PAGE (object)->desk);
  G_OBJECT_CLASS (vv_lock_page_parent_class)->finalize (object);
}

static void
vv_lock_page_class_init (VvLockPageClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_lock_page_finalize;
  widget_class->map = vv_lock_page_map;
  signals[UNLOCKED] = g_signal_new ("unlocked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[LEFT] = g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-lock-page.ui");
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, person);
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, passphrase);
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, code);
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, message);
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, unlock);
  gtk_widget_class_bind_template_child (widget_class, VvLockPage, leave);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_unlock_cb);
}

static void
vv_lock_page_init (VvLockPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
vv_lock_page_set_desk (VvLockPage *self, VvDesk *desk)
{
  g_return_if_fail (VV_IS_LOCK_PAGE (self));
  g_set_object (&self->desk, desk);
  if (desk != NULL && vv_desk_full_name (desk) != NULL)
    gtk_label_set_text (self->person, vv_desk_full_name (desk));
  gtk_editable_set_text (self->passphrase, "");
  gtk_editable_set_text (self->code, "");
  gtk_widget_set_visible (GTK_WIDGET (self->code), FALSE);
  vv_act_say (self->message, NULL);
  show_busy (self, FALSE);
}
