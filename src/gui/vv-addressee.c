// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-addressee.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvAddressee
{
  AdwBin     parent_instance;
  GtkWidget *recipient, *authority;
};

G_DEFINE_FINAL_TYPE (VvAddressee, vv_addressee, ADW_TYPE_BIN)

static guint signal_changed;

static void
on_changed_cb (VvAddressee *self)
{
  g_signal_emit (self, signal_changed, 0);
}

static GtkWidget *
add_entry (VvAddressee *self, GtkWidget *box, const char *title, const char *example)
{
  GtkWidget *label = vv_parts_label (title, "field-title");
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), example);
  vv_parts_name (entry, title);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), entry);
  return entry;
}

static void
vv_addressee_class_init (VvAddresseeClass *class)
{
  signal_changed = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
vv_addressee_init (VvAddressee *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  self->recipient = add_entry (self, box, _ ("Who receives it"), _ ("Name and office"));
  self->authority = add_entry (self, box, _ ("By what authority"), _ ("Subpoena, order, agreement, reason"));
  adw_bin_set_child (ADW_BIN (self), box);
}

static const char *
text_of (GtkWidget *entry)
{
  return gtk_editable_get_text (GTK_EDITABLE (entry));
}

gboolean
vv_addressee_is_complete (VvAddressee *self)
{
  g_return_val_if_fail (VV_IS_ADDRESSEE (self), FALSE);
  return vv_parts_has_text (text_of (self->recipient)) && vv_parts_has_text (text_of (self->authority));
}

JsonObject *
vv_addressee_details (VvAddressee *self, const char *path)
{
  g_return_val_if_fail (VV_IS_ADDRESSEE (self), NULL);
  return vv_json_new ("file", "s", path, "recipient", "s", text_of (self->recipient), "authority", "s", text_of (self->authority), NULL);
}

void
vv_addressee_suggest (VvAddressee *self, const char *recipient)
{
  g_return_if_fail (VV_IS_ADDRESSEE (self));
  if (recipient != NULL && !vv_parts_has_text (text_of (self->recipient)))
    gtk_editable_set_text (GTK_EDITABLE (self->recipient), recipient);
}

void
vv_addressee_clear (VvAddressee *self)
{
  g_return_if_fail (VV_IS_ADDRESSEE (self));
  gtk_editable_set_text (GTK_EDITABLE (self->recipient), "");
  gtk_editable_set_text (GTK_EDITABLE (self->authority), "");
}
