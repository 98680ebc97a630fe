// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-file-row.h"
#include "vv-json.h"
#include "vv-medium-row.h"
#include "vv-parts.h"

struct _VvMediumRow
{
  AdwExpanderRow parent_instance;
  AdwComboRow   *shows; /* of a picture */
  AdwComboRow   *source;
  GtkEditable   *detail;
  GtkEditable   *obtained_by;
  GtkEditable   *obtained_at;
  GtkEditable   *site_link;
  GtkEditable   *captured_at;
  VvFileRow     *player;
  GtkEditable   *no_player;
  char          *path;
  gboolean       is_video;
};

G_DEFINE_FINAL_TYPE (VvMediumRow, vv_medium_row, ADW_TYPE_EXPANDER_ROW)

enum
{
  REMOVED,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const char *const shown[] = { "photograph", "sketch", "composite", "artificial", "look-alike", "edited" };
static const char *const sources[] = { "witness", "victim", "camera", "internet", "other-reliable" };

static const char *
source (VvMediumRow *self)
{
  return sources[MIN (adw_combo_row_get_selected (self->source), G_N_ELEMENTS (sources) - 1)];
}

static void
on_remove_cb (VvMediumRow *self)
{
  g_signal_emit (self, signals[REMOVED], 0);
}

static void
on_changed_cb (VvMediumRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_source_cb (VvMediumRow *self)
{
  gboolean internet = g_str_equal (source (self), "internet");

  gtk_widget_set_visible (GTK_WIDGET (self->site_link), internet);
  gtk_widget_set_visible (GTK_WIDGET (self->captured_at), internet);
  on_changed_cb (self);
}

/* Why there is no player is asked only while there is none. */
static void
on_player_cb (VvMediumRow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->no_player), self->is_video && vv_file_row_path (self->player) == NULL);
  on_changed_cb (self);
}

static void
vv_medium_row_finalize (GObject *object)
{
  g_clear_pointer (&VV_MEDIUM_ROW (object)->path, g_free);
  G_OBJECT_CLASS (vv_medium_row_parent_class)->finalize (object);
}

static void
vv_medium_row_class_init (VvMediumRowClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->finalize = vv_medium_row_finalize;
  signals[REMOVED] = g_signal_new ("removed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-medium-row.ui");
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, shows);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, source);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, detail);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, obtained_by);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, obtained_at);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, site_link);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, captured_at);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, player);
  gtk_widget_class_bind_template_child (widget_class, VvMediumRow, no_player);
  gtk_widget_class_bind_template_callback (widget_class, on_remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_source_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_player_cb);
}

static void
vv_medium_row_init (VvMediumRow *self)
{
  g_type_ensure (VV_TYPE_FILE_ROW);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static gboolean
is_video (const char *path)
{
  g_autofree char *type = g_content_type_guess (path, /* data= */ NULL, 0, /* result_uncertain= */ NULL);
  g_autofree char *mime = g_content_type_get_mime_type (type);

  return mime != NULL && g_str_has_prefix (mime, "video/");
}

GtkWidget *
vv_medium_row_new (const char *path, const char *obtained_by)
{
  VvMediumRow          *self = g_object_new (VV_TYPE_MEDIUM_ROW, NULL);
  g_autofree char      *name = g_path_get_basename (path);
  g_autofree char      *escaped = g_markup_escape_text (name, -1);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char      *today = g_date_time_format (now, "%Y-%m-%d");

  self->path = g_strdup (path);
  self->is_video = is_video (path);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), escaped);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), self->is_video ? _ ("Video") : _ ("Picture"));
  vv_parts_name (GTK_WIDGET (self), name);
  gtk_widget_set_visible (GTK_WIDGET (self->shows), !self->is_video);
  gtk_widget_set_visible (GTK_WIDGET (self->player), self->is_video);
  gtk_widget_set_visible (GTK_WIDGET (self->no_player), self->is_video);
  gtk_editable_set_text (self->obtained_by, obtained_by != NULL ? obtained_by : "");
  gtk_editable_set_text (self->obtained_at, today);
  return GTK_WIDGET (self);
}

static void
add_text (JsonObject *details, const char *member, GtkEditable *entry)
{
  const char *text = gtk_editable_get_text (entry);

  if (gtk_widget_get_visible (GTK_WIDGET (entry)) && vv_parts_has_text (text))
    json_object_set_string_member (details, member, text);
}

JsonObject *
vv_medium_row_get (VvMediumRow *self)
{
  JsonObject *details;

  g_return_val_if_fail (VV_IS_MEDIUM_ROW (self), NULL);
  details = vv_json_new ("file", "s", self->path, "source", "s", source (self), NULL);
  if (!self->is_video)
    json_object_set_string_member (details, "shows", shown[MIN (adw_combo_row_get_selected (self->shows), G_N_ELEMENTS (shown) - 1)]);
  add_text (details, "source_detail", self->detail);
  add_text (details, "obtained_by", self->obtained_by);
  add_text (details, "obtained_at", self->obtained_at);
  add_text (details, "site_link", self->site_link);
  add_text (details, "captured_at", self->captured_at);
  if (!self->is_video)
    return details;
  json_object_set_string_member (details, "class", "video");
  json_object_set_string_member (details, "description", _ ("Video as the investigator obtained it"));
  add_text (details, "no_player", self->no_player);
  if (vv_file_row_path (self->player) != NULL)
    json_object_set_string_member (details, "player_file", vv_file_row_path (self->player));
  return details;
}

static void
put_text (GtkEditable *entry, JsonObject *details, const char *member)
{
  const char *text = vv_json_string (details, member);

  gtk_editable_set_text (entry, text != NULL ? text : "");
}

void
vv_medium_row_set (VvMediumRow *self, JsonObject *details)
{
  g_return_if_fail (VV_IS_MEDIUM_ROW (self));
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    if (g_strcmp0 (vv_json_string (details, "source"), sources[i]) == 0)
      adw_combo_row_set_selected (self->source, i);
  for (guint i = 0; i < G_N_ELEMENTS (shown); i++)
    if (g_strcmp0 (vv_json_string (details, "shows"), shown[i]) == 0)
      adw_combo_row_set_selected (self->shows, i);
  put_text (self->detail, details, "source_detail");
  put_text (self->obtained_by, details, "obtained_by");
  put_text (self->obtained_at, details, "obtained_at");
  put_text (self->site_link, details, "site_link");
  put_text (self->captured_at, details, "captured_at");
  put_text (self->no_player, details, "no_player");
  vv_file_row_set_path (self->player, vv_json_string (details, "player_file"));
}

void
vv_medium_row_go_to_missing (VvMediumRow *self)
{
  GtkEditable *entries[6];

  g_return_if_fail (VV_IS_MEDIUM_ROW (self));
  entries[0] = self->detail;
  entries[1] = self->obtained_by;
  entries[2] = self->obtained_at;
  entries[3] = self->site_link;
  entries[4] = self->captured_at;
  entries[5] = self->no_player;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
    if (gtk_widget_get_visible (GTK_WIDGET (entries[i])) && !vv_parts_has_text (gtk_editable_get_text (entries[i])))
      {
        gtk_widget_grab_focus (GTK_WIDGET (entries[i]));
        return;
      }
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
}
