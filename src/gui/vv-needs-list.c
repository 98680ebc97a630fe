// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-json.h"
#include "vv-needs-list.h"
#include "vv-parts.h"

struct _VvNeedsList
{
  AdwBin      parent_instance;
  GtkLabel   *count;
  GtkListBox *list;
  JsonArray  *needs;
};

G_DEFINE_FINAL_TYPE (VvNeedsList, vv_needs_list, ADW_TYPE_BIN)

static guint signal_chosen;

static void
on_activated_cb (VvNeedsList *self, GtkListBoxRow *row)
{
  JsonObject *need = vv_json_element (self->needs, (guint) gtk_list_box_row_get_index (row));

  g_signal_emit (self, signal_chosen, 0, vv_json_string (need, "code"), (int) vv_json_int (need, "index"));
}

static GtkWidget *
row_new (void)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *title = vv_parts_label ("", NULL);

  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), title);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  return row;
}

static void
update_row (GtkListBoxRow *row, JsonObject *need)
{
  GtkWidget       *box = gtk_list_box_row_get_child (row);
  GtkWidget       *icon = gtk_widget_get_first_child (box);
  GtkWidget       *title = gtk_widget_get_next_sibling (icon);
  gboolean         given = vv_json_bool (need, "given");
  const char      *why = vv_json_string (need, "why");
  g_autofree char *name =
    g_strdup_printf (given ? _ ("Given: %s") : _ ("Still missing: %s"), vv_json_string (need, "title"));
  g_autofree char *tip = why != NULL ? g_strdup_printf ("%s\n%s", why, vv_json_string (need, "rule"))
                                     : g_strdup (vv_json_string (need, "rule"));

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), given ? "object-select-symbolic" : "radio-symbolic");
  gtk_label_set_text (GTK_LABEL (title), vv_json_string (need, "title"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), tip);
  vv_parts_name (GTK_WIDGET (row), name);
  if (given)
    gtk_widget_add_css_class (GTK_WIDGET (row), "given");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "given");
}

static void
vv_needs_list_finalize (GObject *object)
{
  g_clear_pointer (&VV_NEEDS_LIST (object)->needs, json_array_unref);
  G_OBJECT_CLASS (vv_needs_list_parent_class)->finalize (object);
}

static void
vv_needs_list_class_init (VvNeedsListClass *class)
{
  G_OBJECT_CLASS (class)->finalize = vv_needs_list_finalize;
  signal_chosen = g_signal_new ("chosen", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_INT);
}

static void
vv_needs_list_init (VvNeedsList *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->count = GTK_LABEL (vv_parts_label ("", "heading"));
  g_object_set (self->count, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "needs");
  vv_parts_name (GTK_WIDGET (self->list), _ ("What the request needs"));
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_box_append (GTK_BOX (box), scrolled);
  adw_bin_set_child (ADW_BIN (self), box);
}

static guint
count_missing (JsonArray *needs)
{
  guint n = 0;

  for (guint i = 0; i < vv_json_length (needs); i++)
    if (!vv_json_bool (vv_json_element (needs, i), "given") && !vv_json_bool (vv_json_element (needs, i), "may_follow"))
      n++;
  return n;
}

void
vv_needs_list_show (VvNeedsList *self, JsonArray *needs)
{
  guint            missing = count_missing (needs);
  g_autofree char *text = missing == 0
                            ? g_strdup (_ ("Nothing is missing"))
                            : g_strdup_printf (g_dngettext (NULL, "%u thing is still missing", "%u things are still missing", missing),
                                               missing);
  GtkListBoxRow   *extra;

  g_return_if_fail (VV_IS_NEEDS_LIST (self));
  g_clear_pointer (&self->needs, json_array_unref);
  self->needs = json_array_ref (needs);
  gtk_label_set_text (self->count, text);
  /* Rows stay where they are, so that the keyboard does. */
  for (guint i = 0; i < vv_json_length (needs); i++)
    {
      if (gtk_list_box_get_row_at_index (self->list, (int) i) == NULL)
        gtk_list_box_append (self->list, row_new ());
      update_row (gtk_list_box_get_row_at_index (self->list, (int) i), vv_json_element (needs, i));
    }
  while ((extra = gtk_list_box_get_row_at_index (self->list, (int) vv_json_length (needs))) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (extra));
}
