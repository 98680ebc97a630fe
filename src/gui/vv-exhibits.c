// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-exhibits.h"
#include "vv-file-row.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvExhibits
{
  AdwBin               parent_instance;
  AdwPreferencesGroup *group;
  GtkWidget           *adding;
  AdwComboRow *class;
  VvFileRow   *file;
  GtkEditable *description;
  GtkWidget   *add;
  GPtrArray   *rows;    /* (element-type GtkWidget) (unowned elements) */
  VvPanel     *panel;   /* (unowned) */
  guint        awaited; /* so many there are once the one that is being added is there; 0: none is */
};

G_DEFINE_FINAL_TYPE (VvExhibits, vv_exhibits, ADW_TYPE_BIN)

static guint signal_changed;

/* Videos are added with the pictures: they need their source and their player. */
static const struct
{
  const char *code;
  const char *title;
} classes[] = {
  { "complaint-report", N_ ("Complaint report of the outside agency") },
  { "agency-form", N_ ("FIS Outside Agency Form as it came") },
  { "approval-document", N_ ("Approval to compare outside the photo repository") },
  { "player-package", N_ ("Player package of a video") },
  { "other", N_ ("Other paper") },
  { "video", N_ ("Video") },
};

#define N_ADDED (G_N_ELEMENTS (classes) - 1)

static void
on_typed_cb (VvExhibits *self)
{
  gtk_widget_set_sensitive (self->add, vv_file_row_path (self->file) != NULL &&
                                         vv_parts_has_text (gtk_editable_get_text (self->description)));
  g_signal_emit (self, signal_changed, 0);
}

static void
on_add_cb (VvExhibits *self)
{
  self->awaited = self->rows->len + 1;
  vv_panel_act (self->panel, vv_desk_add_exhibit, vv_exhibits_get (self), NULL, NULL);
}

static char *
exhibit_text (JsonObject *shown, JsonObject *exhibit)
{
  const char      *title = vv_json_string (exhibit, "class");
  g_autofree char *size = g_format_size ((guint64) vv_json_int (exhibit, "bytes"));
  const char      *no_player = vv_json_string (exhibit, "no_player");
  g_autofree char *player = no_player != NULL ? g_strdup_printf (_ ("\nNo player: %s"), no_player) : NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_strcmp0 (classes[i].code, title) == 0)
      title = _ (classes[i].title);
  return g_strdup_printf (_ ("%s, %s. %s%s\nSHA-256 %s"), title, size, vv_json_string (exhibit, "description"),
                          player != NULL ? player : "", vv_json_string (exhibit, "sha256"));
}

static void
show_exhibits (VvExhibits *self, JsonObject *shown)
{
  JsonArray *exhibits = vv_json_array (shown, "exhibits");

  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < vv_json_length (exhibits); i++)
    {
      JsonObject      *exhibit = vv_json_element (exhibits, i);
      g_autofree char *text = exhibit_text (shown, exhibit);
      GtkWidget       *row = vv_parts_row (vv_json_string (exhibit, "name"), text);

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->group, row);
    }
  adw_preferences_group_set_description (
    self->group, vv_json_length (exhibits) > 0
                   ? _ ("Kept as they came, with their hash; never opened or run.")
                   : _ ("None yet. Papers, videos and players are kept here as they came, never opened or run."));
}

static void
vv_exhibits_finalize (GObject *object)
{
  g_clear_pointer (&VV_EXHIBITS (object)->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_exhibits_parent_class)->finalize (object);
}

static void
vv_exhibits_class_init (VvExhibitsClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_exhibits_finalize;
  signal_changed =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-exhibits.ui");
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, group);
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, adding);
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, class);
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, file);
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, description);
  gtk_widget_class_bind_template_child (widget_class, VvExhibits, add);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_cb);
}

static void
vv_exhibits_init (VvExhibits *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_type_ensure (VV_TYPE_FILE_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new ();
  for (gsize i = 0; i < N_ADDED; i++)
    gtk_string_list_append (titles, _ (classes[i].title));
  adw_combo_row_set_model (self->class, G_LIST_MODEL (titles));
}

JsonObject *
vv_exhibits_get (VvExhibits *self)
{
  g_return_val_if_fail (VV_IS_EXHIBITS (self), NULL);
  return vv_json_new ("class", "s", classes[MIN (adw_combo_row_get_selected (self->class), N_ADDED - 1)].code, "file",
                      "s", vv_file_row_path (self->file), "description", "s",
                      gtk_editable_get_text (self->description), NULL);
}

void
vv_exhibits_set (VvExhibits *self, JsonObject *details)
{
  const char *description = vv_json_string (details, "description");

  g_return_if_fail (VV_IS_EXHIBITS (self));
  self->awaited = 0;
  adw_combo_row_set_selected (self->class, 0);
  for (guint i = 0; i < N_ADDED; i++)
    if (g_strcmp0 (classes[i].code, vv_json_string (details, "class")) == 0)
      adw_combo_row_set_selected (self->class, i);
  vv_file_row_set_path (self->file, vv_json_string (details, "file"));
  gtk_editable_set_text (self->description, description != NULL ? description : "");
}

void
vv_exhibits_refresh (VvExhibits *self, VvPanel *panel)
{
  g_return_if_fail (VV_IS_EXHIBITS (self));
  self->panel = panel;
  show_exhibits (self, vv_panel_case (panel));
  if (self->awaited != 0 && self->rows->len >= self->awaited)
    vv_exhibits_set (self, NULL);
  gtk_widget_set_visible (self->adding, vv_panel_may (panel, "add-exhibit"));
}
