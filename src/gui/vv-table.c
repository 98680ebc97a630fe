// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "vv-facts.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-table.h"
#include "vv-time.h"

/* The object that holds the last part of @path, and that part. */
static JsonObject *
owner (JsonObject *row, const char *path, const char **ret_member)
{
  const char      *slash = path != NULL ? strchr (path, '/') : NULL;
  g_autofree char *first = slash != NULL ? g_strndup (path, (gsize) (slash - path)) : NULL;

  *ret_member = slash != NULL ? slash + 1 : path;
  return slash != NULL ? vv_json_object (row, first) : row;
}

static gint64
number_of (const VvTableColumn *column, JsonObject *row)
{
  const char *member;
  JsonObject *object = owner (row, column->member, &member);

  return vv_json_int (object, member);
}

static const char *
string_of (const VvTableColumn *column, JsonObject *row)
{
  const char *member;
  JsonObject *object = owner (row, column->member, &member);

  return vv_json_string (object, member);
}

static char *
cell_text (const VvTableColumn *column, JsonObject *row)
{
  if (column->text != NULL)
    return column->text (row);
  if (column->kind == VV_TABLE_NUMBER)
    return g_strdup_printf ("%" G_GINT64_FORMAT, number_of (column, row));
  if (column->kind == VV_TABLE_TIME && string_of (column, row) != NULL)
    return vv_time_for_people (string_of (column, row));
  return g_strdup (string_of (column, row));
}

static void
on_setup_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const VvTableColumn *column)
{
  GtkWidget *label = vv_parts_label (NULL, column->kind == VV_TABLE_TEXT ? NULL : "numeric");

  gtk_label_set_wrap (GTK_LABEL (label), column->width == 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), column->width == 0 ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  gtk_list_item_set_child (item, label);
}

static void
on_bind_cb (GtkSignalListItemFactory *factory, GtkListItem *item, const VvTableColumn *column)
{
  GtkWidget       *label = gtk_list_item_get_child (item);
  g_autofree char *text = cell_text (column, vv_facts_get (gtk_list_item_get_item (item)));

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_tooltip_text (label, column->width == 0 ? NULL : text);
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const VvTableColumn *column = user_data;
  JsonObject          *left = vv_facts_get ((VvFacts *) a);
  JsonObject          *right = vv_facts_get ((VvFacts *) b);
  g_autofree char     *left_text = NULL, *right_text = NULL;
  gint64               difference;

  if (column->kind == VV_TABLE_NUMBER)
    {
      difference = number_of (column, left) - number_of (column, right);
      return gtk_ordering_from_cmpfunc (difference < 0 ? -1 : difference > 0);
    }
  if (column->kind == VV_TABLE_TIME)
    return gtk_ordering_from_cmpfunc (g_strcmp0 (string_of (column, left), string_of (column, right)));
  left_text = cell_text (column, left);
  right_text = cell_text (column, right);
  return gtk_ordering_from_cmpfunc (g_utf8_collate (left_text != NULL ? left_text : "", right_text != NULL ? right_text : ""));
}

static void
add_column (GtkColumnView *list, const VvTableColumn *column)
{
  GtkListItemFactory             *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) view = gtk_column_view_column_new (_ (column->title), factory);
  g_autoptr (GtkSorter)           sorter = GTK_SORTER (gtk_custom_sorter_new (compare_rows, (gpointer) column, NULL));

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup_cb), (gpointer) column);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind_cb), (gpointer) column);
  gtk_column_view_column_set_sorter (view, sorter);
  gtk_column_view_column_set_resizable (view, TRUE);
  if (column->width > 0)
    gtk_column_view_column_set_fixed_width (view, column->width);
  gtk_column_view_column_set_expand (view, column->width == 0);
  gtk_column_view_append_column (list, view);
}

void
vv_table_begin (GtkColumnView *list, const char *name, const VvTableColumn *columns, gsize n)
{
  GtkSortListModel   *sorted;
  GtkSingleSelection *selection;

  for (gsize i = 0; i < n; i++)
    add_column (list, &columns[i]);
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (g_list_store_new (VV_TYPE_FACTS)), g_object_ref (gtk_column_view_get_sorter (list)));
  selection = gtk_single_selection_new (G_LIST_MODEL (sorted));
  gtk_single_selection_set_autoselect (selection, FALSE);
  gtk_single_selection_set_can_unselect (selection, TRUE);
  gtk_column_view_set_model (list, GTK_SELECTION_MODEL (selection));
  g_object_unref (selection);
  vv_parts_name (GTK_WIDGET (list), name);
}

void
vv_table_fill (GtkColumnView *list, JsonArray *rows)
{
  GtkSingleSelection   *selection = GTK_SINGLE_SELECTION (gtk_column_view_get_model (list));
  GListModel           *store = gtk_sort_list_model_get_model (GTK_SORT_LIST_MODEL (gtk_single_selection_get_model (selection)));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; rows != NULL && i < vv_json_length (rows); i++)
    g_ptr_array_add (items, vv_facts_new (vv_json_element (rows, i)));
  g_list_store_splice (G_LIST_STORE (store), 0, g_list_model_get_n_items (store), items->pdata, items->len);
}

JsonObject *
vv_table_row (GtkColumnView *list, guint position)
{
  g_autoptr (VvFacts) item = g_list_model_get_item (G_LIST_MODEL (gtk_column_view_get_model (list)), position);

  return item != NULL ? vv_facts_get (item) : NULL;
}

JsonObject *
vv_table_chosen (GtkColumnView *list)
{
  VvFacts *item = gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (gtk_column_view_get_model (list)));

  return item != NULL ? vv_facts_get (item) : NULL;
}
