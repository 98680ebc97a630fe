// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-background-panel.h"
#include "vv-draft.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-record-list.h"
#include "vv-source-row.h"
#include "vv-text-field.h"
#include "vv-thumbnail.h"
#include "vv-time.h"

struct _VvBackgroundPanel
{
  VvPanel       parent_instance;
  GtkWidget    *empty;
  GtkWidget    *content;
  GtkDropDown  *candidate;
  GtkWidget    *photograph_place;
  GtkWidget    *photograph;
  GtkGrid      *facts;
  GtkWidget    *form;
  GtkWidget    *sources;
  VvTextField  *fit;
  GtkDropDown  *reliability;
  VvTextField  *reasons;
  GtkWidget    *lock;
  VvRecordList *records;
  GPtrArray    *letters; /* (element-type utf8) candidates whose comparison is locked */
  VvDraft      *draft;
};

G_DEFINE_FINAL_TYPE (VvBackgroundPanel, vv_background_panel, VV_TYPE_PANEL)

static const char *const reliabilities[] = { "reliable", "doubtful", "not-reliable" };

static const char *
chosen_letters (VvBackgroundPanel *self)
{
  guint chosen = gtk_drop_down_get_selected (self->candidate);

  return chosen < self->letters->len ? g_ptr_array_index (self->letters, chosen) : NULL;
}

/* --- What is typed -------------------------------------------------------------------------------------- */

/* Rows that have something in them. Returns: (transfer full). */
static JsonArray *
typed_sources (VvBackgroundPanel *self)
{
  JsonArray *sources = json_array_new ();

  for (GtkWidget *row = gtk_widget_get_first_child (self->sources); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      JsonObject *source = vv_source_row_get (VV_SOURCE_ROW (row));

      if (source != NULL)
        json_array_add_object_element (sources, source);
    }
  return sources;
}

static JsonObject *
collect (gpointer owner)
{
  VvBackgroundPanel *self = owner;
  g_autofree char   *fit = vv_text_field_text (self->fit);
  g_autofree char   *reasons = vv_text_field_text (self->reasons);
  guint              reliability = gtk_drop_down_get_selected (self->reliability);

  return vv_json_new ("candidate", "s", chosen_letters (self), "sources", "a", typed_sources (self), "fit", "s", fit,
                      "reliability", "s", reliability > 0 ? reliabilities[reliability - 1] : NULL, "reasons", "s",
                      reasons, NULL);
}

static void
on_typed_cb (VvBackgroundPanel *self)
{
  vv_draft_touch (self->draft);
}

static void
on_remove_source_cb (VvBackgroundPanel *self, GtkWidget *row)
{
  gtk_box_remove (GTK_BOX (self->sources), row);
  on_typed_cb (self);
}

static void
add_source (VvBackgroundPanel *self, JsonObject *source)
{
  GtkWidget *row = vv_source_row_new (source);

  g_signal_connect_object (row, "changed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "removed", G_CALLBACK (on_remove_source_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->sources), row);
}

static void
on_add_source_cb (VvBackgroundPanel *self)
{
  add_source (self, NULL);
  gtk_widget_grab_focus (gtk_widget_get_last_child (self->sources));
}

static void
restore (gpointer owner, JsonObject *body)
{
  VvBackgroundPanel *self = owner;
  JsonArray         *sources = vv_json_array (body, "sources");

  if (vv_json_length (sources) > 0)
    vv_parts_clear (self->sources);
  for (guint i = 0; i < vv_json_length (sources); i++)
    add_source (self, vv_json_element (sources, i));
  vv_text_field_set_text (self->fit, vv_json_string (body, "fit"));
  vv_text_field_set_text (self->reasons, vv_json_string (body, "reasons"));
  for (guint i = 0; i < G_N_ELEMENTS (reliabilities); i++)
    if (g_strcmp0 (vv_json_string (body, "reliability"), reliabilities[i]) == 0)
      gtk_drop_down_set_selected (self->reliability, i + 1);
}

static void
empty_form (VvBackgroundPanel *self)
{
  vv_parts_clear (self->sources);
  add_source (self, NULL);
  vv_text_field_set_text (self->fit, NULL);
  vv_text_field_set_text (self->reasons, NULL);
  gtk_drop_down_set_selected (self->reliability, 0);
}

/* --- Locking ------------------------------------------------------------------------------------------------ */

static void
locked (VvPanel *panel, JsonObject *answer)
{
  VvBackgroundPanel *self = VV_BACKGROUND_PANEL (panel);

  vv_draft_forget (self->draft);
  g_clear_pointer (&self->draft, vv_draft_free);
  empty_form (self);
}

static void
on_lock_cb (VvBackgroundPanel *self)
{
  if (gtk_drop_down_get_selected (self->reliability) == 0)
    {
      vv_panel_say (VV_PANEL (self), _ ("Say how reliable the candidate is in the light of what you found."));
      gtk_widget_grab_focus (GTK_WIDGET (self->reliability));
      return;
    }
  vv_panel_act (VV_PANEL (self), vv_desk_background, collect (self), NULL, locked);
}

/* --- Whom it is about ----------------------------------------------------------------------------------------- */

static JsonObject *
find_candidate (VvBackgroundPanel *self, const char *letters)
{
  JsonArray *pool = vv_json_array (vv_panel_case (VV_PANEL (self)), "pool");

  for (guint i = 0; i < vv_json_length (pool); i++)
    if (g_strcmp0 (vv_json_string (vv_json_element (pool, i), "candidate"), letters) == 0)
      return vv_json_element (pool, i);
  return NULL;
}

static void
show_candidate (VvBackgroundPanel *self, const char *letters)
{
  JsonObject *candidate = find_candidate (self, letters);
  const char *class = vv_json_string (candidate, "class");
  g_autofree char *taken =
    vv_json_string (candidate, "taken") != NULL ? vv_time_for_people (vv_json_string (candidate, "taken")) : NULL;
  g_autofree char *rank =
    g_strdup_printf (_ ("%d of %u in the pool"), (int) vv_json_int (candidate, "rank"),
                     vv_json_length (vv_json_array (vv_panel_case (VV_PANEL (self)), "pool")));

  vv_thumbnail_show (VV_THUMBNAIL (self->photograph), vv_panel_desk (VV_PANEL (self)),
                     vv_panel_request (VV_PANEL (self)), vv_json_new ("candidate", "s", letters, NULL));
  vv_parts_clear (GTK_WIDGET (self->facts));
  vv_parts_fact (self->facts, _ ("Person"), vv_json_string (candidate, "person"));
  vv_parts_fact (self->facts, _ ("Record"), vv_json_string (candidate, "reference"));
  vv_parts_fact (self->facts,
                 _ ("Photograph"),
                 g_strcmp0 (class, "parole") == 0 ? _ ("Parole") : class != NULL ? _ ("Arrest")
                                                                                 : NULL);
  vv_parts_fact (self->facts, _ ("Taken"), taken);
  vv_parts_fact (self->facts, _ ("From"), vv_json_string (candidate, "origin"));
  vv_parts_fact (self->facts, _ ("Rank"), vv_json_int (candidate, "rank") > 0 ? rank : NULL);
}

static void
on_candidate_cb (VvBackgroundPanel *self)
{
  const char      *letters = chosen_letters (self);
  g_autofree char *key = g_strdup_printf ("background-%s", letters);

  if (letters == NULL || vv_panel_case (VV_PANEL (self)) == NULL)
    return;
  show_candidate (self, letters);
  if (!vv_panel_may (VV_PANEL (self), "background") || g_strcmp0 (key, vv_draft_key (self->draft)) == 0)
    return;
  g_clear_pointer (&self->draft, vv_draft_free);
  empty_form (self);
  self->draft =
    vv_draft_new (vv_panel_desk (VV_PANEL (self)), vv_panel_request (VV_PANEL (self)), key, collect, restore, self);
}

/* The candidates this person has compared, the newest comparison first: it is the one worked on. */
static void
list_candidates (VvBackgroundPanel *self)
{
  JsonArray                *pool = vv_json_array (vv_panel_case (VV_PANEL (self)), "pool");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GPtrArray)     letters = g_ptr_array_new_with_free_func (g_free);
  g_autofree char          *before = g_strdup (chosen_letters (self));

  for (guint i = 0; i < vv_json_length (pool); i++)
    {
      JsonObject *candidate = vv_json_element (pool, i);

      if (vv_json_string (candidate, "person") == NULL || vv_json_bool (candidate, "early"))
        continue;
      g_ptr_array_add (letters, g_strdup (vv_json_string (candidate, "candidate")));
      gtk_string_list_take (names, g_strdup_printf (_ ("Candidate %s"), vv_json_string (candidate, "candidate")));
    }
  if (letters->len == self->letters->len)
    return;
  g_ptr_array_unref (self->letters);
  self->letters = g_steal_pointer (&letters);
  gtk_drop_down_set_model (self->candidate, G_LIST_MODEL (names));
  for (guint i = 0; i < self->letters->len; i++)
    if (g_strcmp0 (before, g_ptr_array_index (self->letters, i)) == 0)
      gtk_drop_down_set_selected (self->candidate, i);
}

static void
vv_background_panel_refresh (VvPanel *panel)
{
  static const char *const kinds[] = { VV_KIND_BACKGROUND, NULL };
  VvBackgroundPanel       *self = VV_BACKGROUND_PANEL (panel);

  list_candidates (self);
  vv_record_list_fill (self->records, vv_panel_case (panel), kinds);
  gtk_widget_set_visible (self->empty,
                          self->letters->len == 0 && !gtk_widget_get_visible (GTK_WIDGET (self->records)));
  gtk_widget_set_visible (self->content, self->letters->len > 0);
  gtk_widget_set_visible (self->form, vv_panel_may (panel, "background"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->candidate), self->letters->len > 1);
  vv_panel_set_primary (panel, self->lock);
  vv_panel_offer (panel, self->lock, "background");
  on_candidate_cb (self);
}

static void
vv_background_panel_dispose (GObject *object)
{
  g_clear_pointer (&VV_BACKGROUND_PANEL (object)->draft, vv_draft_free);
  G_OBJECT_CLASS (vv_background_panel_parent_class)->dispose (object);
}

static void
vv_background_panel_finalize (GObject *object)
{
  g_clear_pointer (&VV_BACKGROUND_PANEL (object)->letters, g_ptr_array_unref);
  G_OBJECT_CLASS (vv_background_panel_parent_class)->finalize (object);
}

static void
vv_background_panel_class_init (VvBackgroundPanelClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_background_panel_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_background_panel_finalize;
  VV_PANEL_CLASS (class)->refresh = vv_background_panel_refresh;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-background-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, empty);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, content);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, candidate);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, photograph_place);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, facts);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, form);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, sources);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, fit);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, reliability);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, reasons);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, lock);
  gtk_widget_class_bind_template_child (widget_class, VvBackgroundPanel, records);
  gtk_widget_class_bind_template_callback (widget_class, on_candidate_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_add_source_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_typed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_lock_cb);
}

static void
vv_background_panel_init (VvBackgroundPanel *self)
{
  g_type_ensure (VV_TYPE_RECORD_LIST);
  g_type_ensure (VV_TYPE_TEXT_FIELD);
  self->letters = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  self->photograph = vv_thumbnail_new (200, _ ("Candidate"));
  gtk_box_append (GTK_BOX (self->photograph_place), self->photograph);
  empty_form (self);
}
