// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-act.h"
#include "vv-json.h"
#include "vv-parts.h"
#include "vv-photograph-browser.h"
#include "vv-table.h"
#include "vv-thumbnail.h"

#define PICTURE 320

struct _VvPhotographBrowser
{
  AdwBin         parent_instance;
  GtkDropDown   *class_choice;
  GtkEditable   *person;
  GtkEditable   *reference;
  GtkLabel      *message;
  GtkColumnView *list;
  GtkLabel      *nothing;
  GtkStack      *stack;
  GtkStack      *side;
  GtkBox        *picture_place;
  GtkWidget     *facts;
  GtkLabel      *range;
  GtkWidget     *newer;
  GtkWidget     *older;
  GtkWidget     *picture;
  VvDesk        *desk;
  GArray        *starts; /* of gint64: "before" of this page and of those that are newer */
  JsonObject    *filter; /* (owned) of the pages that are shown */
};

G_DEFINE_FINAL_TYPE (VvPhotographBrowser, vv_photograph_browser, ADW_TYPE_BIN)

static char *
class_text (JsonObject *row)
{
  return g_strdup (g_strcmp0 (vv_json_string (row, "class"), "parole") == 0 ? _ ("Parole") : _ ("Arrest"));
}

static const VvTableColumn columns[] = {
  { N_ ("Number"), VV_TABLE_NUMBER, "id", NULL, 90 },
  { N_ ("Person"), VV_TABLE_TEXT, "person", NULL, 130 },
  { N_ ("Class"), VV_TABLE_TEXT, "class", class_text, 90 },
  { N_ ("Taken"), VV_TABLE_TEXT, "taken", NULL, 110 },
  { N_ ("Reference"), VV_TABLE_TEXT, "reference", NULL, 0 },
};

/* --- One photograph ---------------------------------------------------------------------------------------------------------- */

static void
add_fact (VvPhotographBrowser *self, const char *title, const char *value)
{
  vv_parts_fact (GTK_GRID (self->facts), title, value != NULL && *value != '\0' ? value : _ ("Not stated"));
}

static void
on_chosen_cb (VvPhotographBrowser *self)
{
  JsonObject      *row = vv_table_chosen (self->list);
  g_autofree char *number = NULL, *class = NULL;

  gtk_stack_set_visible_child_name (self->side, row != NULL ? "photograph" : "none");
  if (row == NULL)
    return;
  number = g_strdup_printf ("%" G_GINT64_FORMAT, vv_json_int (row, "id"));
  class = class_text (row);
  vv_thumbnail_show (VV_THUMBNAIL (self->picture), self->desk, /* request= */ 0,
                     vv_json_new ("photograph", "i", vv_json_int (row, "id"), NULL));
  vv_parts_clear (self->facts);
  add_fact (self, _ ("Number"), number);
  add_fact (self, _ ("Person"), vv_json_string (row, "person"));
  add_fact (self, _ ("Class"), class);
  add_fact (self, _ ("Taken"), vv_json_string (row, "taken"));
  add_fact (self, _ ("Reference"), vv_json_string (row, "reference"));
  add_fact (self, _ ("Origin"), vv_json_string (row, "origin"));
}

/* --- Pages ------------------------------------------------------------------------------------------------------------------- */

static void
show_range (VvPhotographBrowser *self, JsonArray *rows)
{
  guint            n = vv_json_length (rows);
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (g_dngettext (NULL, "%u photograph, number %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                                         "%u photographs, numbers %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT, n),
                            n, vv_json_int (vv_json_element (rows, 0), "id"), vv_json_int (vv_json_element (rows, n - 1), "id"));
  gtk_label_set_text (self->range, text != NULL ? text : "");
}

static void
listed_cb (GtkWidget *page, JsonObject *answer, const GError *error)
{
  VvPhotographBrowser *self = VV_PHOTOGRAPH_BROWSER (page);
  JsonArray           *rows = vv_json_array (answer, "photographs");

  gtk_widget_set_sensitive (self->newer, self->starts->len > 1);
  gtk_widget_set_sensitive (self->older, answer != NULL && vv_json_bool (answer, "more"));
  if (error != NULL)
    return;
  vv_table_fill (self->list, rows);
  show_range (self, rows);
  gtk_label_set_text (self->nothing,
                      json_object_get_size (self->filter) > 0 ? _ ("No photograph is like that. Empty a field, or choose every class, and press Show.")
                                                              : _ ("There are no photographs yet. Import a list of them first."));
  gtk_stack_set_visible_child_name (self->stack, vv_json_length (rows) > 0 ? "list" : "nothing");
  gtk_stack_set_visible_child_name (self->side, "none");
}

static void
show_page (VvPhotographBrowser *self)
{
  JsonObject *details = vv_json_copy (self->filter);

  json_object_set_int_member (details, "before", g_array_index (self->starts, gint64, self->starts->len - 1));
  gtk_widget_set_sensitive (self->newer, FALSE);
  gtk_widget_set_sensitive (self->older, FALSE);
  vv_act_run (GTK_WIDGET (self), self->message, self->desk, vv_desk_list_photographs, details, NULL, listed_cb);
}

static void
set_text (JsonObject *filter, const char *name, GtkEditable *entry)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (entry)));

  if (*text != '\0')
    json_object_set_string_member (filter, name, text);
}

static void
on_show_cb (VvPhotographBrowser *self)
{
  static const char *const classes[] = { NULL, "arrest", "parole" };
  const char *class = classes[MIN (gtk_drop_down_get_selected (self->class_choice), G_N_ELEMENTS (classes) - 1)];
  const gint64 newest = 0;

  g_clear_pointer (&self->filter, json_object_unref);
  self->filter = json_object_new ();
  if (class != NULL)
    json_object_set_string_member (self->filter, "class", class);
  set_text (self->filter, "person", self->person);
  set_text (self->filter, "reference", self->reference);
  g_array_set_size (self->starts, 0);
  g_array_append_val (self->starts, newest);
  show_page (self);
}

static void
on_newer_cb (VvPhotographBrowser *self)
{
  g_array_set_size (self->starts, self->starts->len - 1);
  show_page (self);
}

static void
on_older_cb (VvPhotographBrowser *self)
{
  gint64 last = G_MAXINT64;

  for (guint i = 0; vv_table_row (self->list, i) != NULL; i++)
    last = MIN (last, vv_json_int (vv_table_row (self->list, i), "id"));
  g_array_append_val (self->starts, last);
  show_page (self);
}

/* --- The widget -------------------------------------------------------------------------------------------------------------- */

/* Nothing is listed, and so logged, before somebody looks. */
static void
vv_photograph_browser_map (GtkWidget *widget)
{
  VvPhotographBrowser *self = VV_PHOTOGRAPH_BROWSER (widget);

  GTK_WIDGET_CLASS (vv_photograph_browser_parent_class)->map (widget);
  if (self->filter == NULL)
    on_show_cb (self);
}

static void
vv_photograph_browser_dispose (GObject *object)
{
  VvPhotographBrowser *self = VV_PHOTOGRAPH_BROWSER (object);

  g_clear_pointer (&self->starts, g_array_unref);
  g_clear_pointer (&self->filter, json_object_unref);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (vv_photograph_browser_parent_class)->dispose (object);
}

static void
vv_photograph_browser_class_init (VvPhotographBrowserClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_photograph_browser_dispose;
  widget_class->map = vv_photograph_browser_map;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-photograph-browser.ui");
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, class_choice);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, person);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, reference);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, message);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, list);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, nothing);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, stack);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, side);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, picture_place);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, facts);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, range);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, newer);
  gtk_widget_class_bind_template_child (widget_class, VvPhotographBrowser, older);
  gtk_widget_class_bind_template_callback (widget_class, on_show_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_newer_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_older_cb);
}

static void
vv_photograph_browser_init (VvPhotographBrowser *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->picture = vv_thumbnail_new (PICTURE, _ ("The chosen photograph"));
  gtk_box_append (self->picture_place, self->picture);
  vv_table_begin (self->list, _ ("Photographs"), columns, G_N_ELEMENTS (columns));
  g_signal_connect_object (gtk_column_view_get_model (self->list), "notify::selected", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
vv_photograph_browser_new (VvDesk *desk)
{
  VvPhotographBrowser *self = g_object_new (VV_TYPE_PHOTOGRAPH_BROWSER, NULL);

  self->desk = g_object_ref (desk);
  return GTK_WIDGET (self);
}
