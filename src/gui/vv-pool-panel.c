// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-component-chooser.h"
#include "vv-draft.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-pool-panel.h"
#include "vv-record-list.h"
#include "vv-text-field.h"
#include "vv-thumbnail.h"

/* The pictures of the pool under their letters: no name, no score, no order of likelihood. */
struct _VvPoolPanel
{
  VvPanel       parent_instance;
  GtkWidget    *empty;
  GtkWidget    *content;
  GtkWidget    *probe_place;
  GtkWidget    *probe;
  GtkFlowBox   *pool;
  GtkLevelBar  *bar;
  GtkLabel     *left;
  GtkWidget    *acts;
  GtkLabel     *chosen;
  GtkWidget    *open;
  GtkWidget    *exclude;
  GtkWidget    *keep;
  GtkWidget    *reason_box;
  GtkLabel     *reason_title;
  GtkDropDown  *component; /* what excludes them */
  GtkEntry     *reason;
  GtkWidget    *none_box;
  VvTextField  *statement;
  GtkWidget    *none;
  VvRecordList *records;
  const char   *disposition; /* what the reason is for */
  gint64        search;      /* record whose pool is shown */
  gint64        viewed;      /* the same once this view of it is on its way to the audit chain */
  VvDraft      *draft;
};

G_DEFINE_FINAL_TYPE (VvPoolPanel, vv_pool_panel, VV_TYPE_PANEL)

static JsonArray *
pool_of (VvPoolPanel *self)
{
  return vv_json_array (vv_panel_case (VV_PANEL (self)), "pool");
}

static JsonObject *
collect (gpointer owner)
{
  VvPoolPanel     *self = owner;
  g_autofree char *text = vv_text_field_text (self->statement);

  return *text != '\0' ? vv_json_new ("statement", "s", text, NULL) : NULL;
}

static void
restore (gpointer owner, JsonObject *body)
{
  vv_text_field_set_text (VV_POOL_PANEL (owner)->statement, vv_json_string (body, "statement"));
}

/* --- One tile ------------------------------------------------------------------------------------------- */

static const char *
state_text (JsonObject *candidate)
{
  const char *disposition = vv_json_string (candidate, "disposition");

  if (vv_json_bool (candidate, "locked"))
    return _ ("Comparison locked");
  if (g_strcmp0 (disposition, "excluded") == 0)
    return _ ("Excluded");
  if (g_strcmp0 (disposition, "keep") == 0)
    return _ ("Kept");
  return disposition != NULL ? _ ("Looked at") : _ ("Not looked at yet");
}

static GtkWidget *
tile_new (JsonObject *candidate)
{
  const char      *letters = vv_json_string (candidate, "candidate");
  g_autofree char *name = g_strdup_printf (_ ("Candidate %s"), letters);
  GtkWidget       *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  GtkWidget       *thumbnail = vv_thumbnail_new (132, name);
  GtkWidget       *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget       *state = vv_parts_label ("", "caption");

  gtk_box_append (GTK_BOX (row), vv_parts_label (letters, "letter"));
  gtk_box_append (GTK_BOX (row), state);
  gtk_box_append (GTK_BOX (box), thumbnail);
  gtk_box_append (GTK_BOX (box), row);
  g_object_set_data (G_OBJECT (box), "state", state);
  g_object_set_data (G_OBJECT (box), "thumbnail", thumbnail);
  return box;
}

static void
update_tile (VvPoolPanel *self, guint index)
{
  JsonObject      *candidate = vv_json_element (pool_of (self), index);
  GtkWidget       *child = GTK_WIDGET (gtk_flow_box_get_child_at_index (self->pool, (int) index));
  GtkWidget       *box = gtk_flow_box_child_get_child (GTK_FLOW_BOX_CHILD (child));
  const char      *state = state_text (candidate);
  g_autofree char *name = g_strdup_printf (_ ("Candidate %s, %s"), vv_json_string (candidate, "candidate"), state);

  gtk_label_set_text (g_object_get_data (G_OBJECT (box), "state"), state);
  vv_parts_name (child, name);
  gtk_widget_set_tooltip_text (child, vv_json_string (candidate, "reason"));
  if (g_strcmp0 (vv_json_string (candidate, "disposition"), "excluded") == 0)
    gtk_widget_add_css_class (child, "excluded");
  else
    gtk_widget_remove_css_class (child, "excluded");
}

/* The pictures come once looking at them is on the audit chain: one row for the whole pool, not one for each. */
static void
pool_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvPoolPanel) self = user_data;
  g_autoptr (GError)      error = NULL;
  g_autoptr (JsonObject)  answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  GtkFlowBoxChild        *child;

  if (!vv_parts_is_open (GTK_WIDGET (self)) || vv_json_length (pool_of (self)) == 0)
    return;
  if (answer == NULL)
    vv_parts_toast_error (GTK_WIDGET (self), error);
  for (int i = 0; answer != NULL && (child = gtk_flow_box_get_child_at_index (self->pool, i)) != NULL; i++)
    vv_thumbnail_show (g_object_get_data (G_OBJECT (gtk_flow_box_child_get_child (child)), "thumbnail"), vv_panel_desk (VV_PANEL (self)),
                       vv_panel_request (VV_PANEL (self)),
                       vv_json_new ("candidate", "s", vv_json_string (vv_json_element (pool_of (self), (guint) i), "candidate"), NULL));
}

static void
build_pool (VvPoolPanel *self)
{
  GtkFlowBoxChild *child;

  while ((child = gtk_flow_box_get_child_at_index (self->pool, 0)) != NULL)
    gtk_flow_box_remove (self->pool, GTK_WIDGET (child));
  for (guint i = 0; i < vv_json_length (pool_of (self)); i++)
    gtk_flow_box_insert (self->pool, tile_new (vv_json_element (pool_of (self), i)), -1);
}

/* One view lasts from the panel's coming into sight to its going. */
static void
view_pool (VvPoolPanel *self)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->search == 0 || self->viewed == self->search)
    return;
  self->viewed = self->search;
  vv_desk_act_async (vv_panel_desk (VV_PANEL (self)), vv_desk_open_pool, vv_panel_request (VV_PANEL (self)), NULL, NULL, pool_opened_cb,
                     g_object_ref (self));
}

static void
on_unmap_cb (VvPoolPanel *self)
{
  self->viewed = 0;
}

/* --- What is chosen --------------------------------------------------------------------------------------- */

/* Letters of the chosen candidates. Returns: (transfer full). */
static JsonArray *
chosen_letters (VvPoolPanel *self)
{
  g_autoptr (GList) chosen = gtk_flow_box_get_selected_children (self->pool);
  JsonArray        *letters = json_array_new ();

  for (GList *each = chosen; each != NULL; each = each->next)
    json_array_add_string_element (
      letters, vv_json_string (vv_json_element (pool_of (self), (guint) gtk_flow_box_child_get_index (each->data)),
                               "candidate"));
  return letters;
}

static void
offer_acts (VvPoolPanel *self)
{
  g_autoptr (JsonArray) letters = chosen_letters (self);
  guint                 n = json_array_get_length (letters);
  g_autofree char      *text = NULL;

  if (n == 1)
    text = g_strdup_printf (_ ("Candidate %s"), json_array_get_string_element (letters, 0));
  else if (n > 1)
    text = g_strdup_printf (g_dngettext (NULL, "%u candidate chosen", "%u candidates chosen", n), n);
  gtk_label_set_text (self->chosen, text != NULL ? text : _ ("Choose a candidate"));
  gtk_widget_set_sensitive (self->open, n == 1 && vv_panel_may (VV_PANEL (self), "compare"));
  gtk_widget_set_sensitive (self->exclude, n > 0 && vv_panel_may (VV_PANEL (self), "dispose"));
  gtk_widget_set_sensitive (self->keep, n > 0 && vv_panel_may (VV_PANEL (self), "dispose"));
}

static void
on_chosen_cb (VvPoolPanel *self)
{
  gtk_widget_set_visible (self->reason_box, FALSE);
  offer_acts (self);
}

static void
on_open_cb (VvPoolPanel *self)
{
  g_autoptr (JsonArray) letters = chosen_letters (self);

  if (json_array_get_length (letters) == 1 && vv_panel_may (VV_PANEL (self), "compare"))
    vv_panel_go (VV_PANEL (self), "compare", json_array_get_string_element (letters, 0));
}

/* --- Dispositions ----------------------------------------------------------------------------------------- */

static void
ask_reason (VvPoolPanel *self, const char *disposition, const char *title)
{
  gboolean excluded = g_str_equal (disposition, "excluded");

  if (!vv_panel_may (VV_PANEL (self), "dispose") || !gtk_widget_get_sensitive (self->keep))
    return;
  self->disposition = disposition;
  gtk_label_set_text (self->reason_title, title);
  vv_parts_name (GTK_WIDGET (self->reason), title);
  gtk_widget_set_visible (GTK_WIDGET (self->component), excluded);
  gtk_widget_set_visible (self->reason_box, TRUE);
  /* Component and reason stay as they were last, so that Enter takes them again and typing replaces the reason. */
  gtk_widget_grab_focus (excluded &&
                             vv_component_chooser_get (self->component) == NULL
                           ? GTK_WIDGET (self->component)
                           : GTK_WIDGET (self->reason));
}

static void
on_exclude_cb (VvPoolPanel *self)
{
  ask_reason (self, "excluded", _ ("Why it is excluded"));
}

static void
on_keep_cb (VvPoolPanel *self)
{
  ask_reason (self, "keep", _ ("Why it is kept"));
}

static void
choose_next (VvPoolPanel *self)
{
  JsonArray *pool = pool_of (self);

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (vv_json_string (vv_json_element (pool, i), "disposition") == NULL)
      {
        GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->pool, (int) i);

        gtk_flow_box_unselect_all (self->pool);
        gtk_flow_box_select_child (self->pool, child);
        gtk_widget_grab_focus (GTK_WIDGET (child));
        return;
      }
}

static void
disposed (VvPanel *panel, JsonObject *answer)
{
  VvPoolPanel *self = VV_POOL_PANEL (panel);

  /* The case is read anew next; then the first that is left is chosen. */
  gtk_widget_set_visible (self->reason_box, FALSE);
  gtk_flow_box_unselect_all (self->pool);
}

static void
on_reason_done_cb (VvPoolPanel *self)
{
  const char *reason = gtk_editable_get_text (GTK_EDITABLE (self->reason));
  gboolean    excluded = g_str_equal (self->disposition, "excluded");
  const char *component = excluded ? vv_component_chooser_get (self->component) : NULL;

  if (excluded && component == NULL)
    {
      vv_panel_say (VV_PANEL (self), _ ("Choose the component of the face that excludes them."));
      gtk_widget_grab_focus (GTK_WIDGET (self->component));
      return;
    }
  if (!vv_parts_has_text (reason))
    {
      vv_panel_say (VV_PANEL (self), _ ("Every disposition needs a reason: say what you see."));
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_dispose,
                vv_json_new ("candidates", "a", chosen_letters (self), "disposition", "s", self->disposition,
                             "component", "s", component, "reason", "s", reason, NULL),
                NULL, disposed);
}

static gboolean
on_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvPoolPanel *self)
{
  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_x || key == GDK_KEY_X)
    on_exclude_cb (self);
  else if (key == GDK_KEY_k || key == GDK_KEY_K)
    on_keep_cb (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
on_reason_key_cb (GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, VvPoolPanel *self)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  gtk_widget_set_visible (self->reason_box, FALSE);
  gtk_widget_child_focus (GTK_WIDGET (self->pool), GTK_DIR_TAB_FORWARD);
  return TRUE;
}

/* --- None ----------------------------------------------------------------------------------------------------- */

static void
said_none (VvPanel *panel, JsonObject *answer)
{
  VvPoolPanel *self = VV_POOL_PANEL (panel);

  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
}

static void
on_statement_changed_cb (VvPoolPanel *self)
{
  vv_draft_touch (self->draft);
}

static void
on_none_cb (VvPoolPanel *self)
{
  g_autofree char *statement = vv_text_field_text (self->statement);

  if (*statement == '\0')
    {
      vv_panel_say (VV_PANEL (self), _ ("Say in a sentence why none of the pool is a candidate."));
      gtk_widget_grab_focus (GTK_WIDGET (self->statement));
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_none, vv_json_new ("statement", "s", statement, NULL), NULL, said_none);
}

/* --- The panel ------------------------------------------------------------------------------------------------- */

static void
show_progress (VvPoolPanel *self)
{
  guint            total = vv_json_length (pool_of (self));
  guint            left = (guint) vv_json_int (vv_panel_case (VV_PANEL (self)), "undisposed");
  g_autofree char *text = left > 0 ? g_strdup_printf (_ ("%u of %u left to look at"), left, total)
                                   : g_strdup_printf (_ ("All %u looked at"), total);

  gtk_level_bar_set_max_value (self->bar, MAX (1, total));
  gtk_level_bar_set_value (self->bar, total - MIN (left, total));
  gtk_label_set_text (self->left, text);
}

static void
show_pool (VvPoolPanel *self)
{
  VvPanel    *panel = VV_PANEL (self);
  JsonObject *probe = vv_json_object (vv_panel_case (panel), "probe");
  gint64      search = vv_json_int (vv_json_object (vv_panel_case (panel), "search"), "record");

  if (probe != NULL)
    vv_thumbnail_show (VV_THUMBNAIL (self->probe), vv_panel_desk (panel), vv_panel_request (panel),
                       vv_json_new ("media", "i", vv_json_int (probe, "media"), NULL));
  if (search != self->search)
    build_pool (self);
  self->search = search;
  view_pool (self);
  for (guint i = 0; i < vv_json_length (pool_of (self)); i++)
    update_tile (self, i);
  show_progress (self);
}

static void
vv_pool_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_COMPARISON, VV_KIND_NONE, NULL };
  VvPoolPanel             *self = VV_POOL_PANEL (panel);
  gboolean                 any = vv_json_length (pool_of (self)) > 0;
  g_autoptr (GList)        chosen = NULL;

  gtk_widget_set_visible (self->empty, !any);
  gtk_widget_set_visible (self->content, any);
  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  if (!any)
    return;
  show_pool (self);
  chosen = gtk_flow_box_get_selected_children (self->pool);
  if (chosen == NULL && vv_panel_may (panel, "dispose"))
    choose_next (self);
  offer_acts (self);
  gtk_widget_set_visible (self->acts, vv_panel_may (panel, "dispose"));
  gtk_widget_set_visible (self->none_box, vv_panel_may (panel, "none"));
  vv_panel_set_primary (panel, self->open);
  if (vv_panel_may (panel, "none") && self->draft == NULL)
    self->draft = vv_draft_new (vv_panel_desk (panel), vv_panel_request (panel), "none", collect, restore, self);
}

static void
vv_pool_panel_dispose (GObject *object)
{
  g_clear_pointer (&VV_POOL_PANEL (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_pool_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, content);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, probe_place);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, pool);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, bar);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, left);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, acts);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, chosen);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, open);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, exclude);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, keep);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, reason_box);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, reason_title);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, component);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, none_box);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, statement);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, none);
  gtk_widget_class_bind_template_child (widget_class, VvPoolPanel, records);
}

static void
vv_pool_panel_class_init (VvPoolPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_pool_panel_dispose;
  VV_PANEL_CLASS (class)->refresh = vv_pool_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-pool-panel.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_open_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_exclude_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_done_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_none_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_statement_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_key_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_key_cb);
}

static void
vv_pool_panel_init (VvPoolPanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  gtk_widget_init_template (GTK_WIDGET (self));
  vv_component_chooser_fill (self->component);
  g_signal_connect (self, "map", G_CALLBACK (view_pool), NULL);
  g_signal_connect (self, "unmap", G_CALLBACK (on_unmap_cb), NULL);
  self->probe = vv_thumbnail_new (200, _ ("Probe"));
  gtk_box_append (GTK_BOX (self->probe_place), self->probe);
}
