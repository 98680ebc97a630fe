// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-candidate-strip.h"
#include "vv-component-chooser.h"
#include "vv-components.h"
#include "vv-json.h"
#include "vv-parts.h"

struct _VvCandidateStrip
{
  AdwBin             parent_instance;
  GtkScrolledWindow *scroll;
  GtkBox            *tiles;
  GtkLabel          *left;
  GtkWidget         *acts;
  GtkWidget         *looked, *keep, *exclude;
  GtkPopover        *popover;
  GtkLabel          *question;
  GtkDropDown       *component;
  GtkEntry          *reason;
  GtkLevelBar       *bar;
  GPtrArray         *letters; /* (element-type utf8) */
  GPtrArray         *buttons; /* (element-type GtkToggleButton) (unowned elements), one for each letter */
  char              *chosen;
  gboolean           filling;
};

enum
{
  CHOSEN,
  DISPOSE,
  N_SIGNALS,
};

G_DEFINE_FINAL_TYPE (VvCandidateStrip, vv_candidate_strip, ADW_TYPE_BIN)

static guint signals[N_SIGNALS];

/* --- Tiles -------------------------------------------------------------------------------------------------- */

/* Short, for under the letter. */
static const char *
state_of (JsonObject *candidate)
{
  const char *disposition = vv_json_string (candidate, "disposition");

  if (vv_json_bool (candidate, "locked") || g_strcmp0 (disposition, "compared") == 0)
    return _ ("locked");
  if (g_strcmp0 (disposition, "excluded") == 0)
    return _ ("excluded");
  if (g_strcmp0 (disposition, "keep") == 0)
    return _ ("kept");
  return disposition != NULL ? _ ("looked") : "";
}

static int
index_of (VvCandidateStrip *self, const char *letters)
{
  for (guint i = 0; i < self->letters->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->letters, i), letters) == 0)
      return (int) i;
  return -1;
}

static void
on_tile_cb (VvCandidateStrip *self, GtkToggleButton *tile)
{
  const char *letters = g_object_get_data (G_OBJECT (tile), "letters");

  if (self->filling)
    return;
  if (g_strcmp0 (letters, self->chosen) == 0)
    vv_candidate_strip_choose (self, letters); /* it stays pressed */
  else if (gtk_toggle_button_get_active (tile))
    g_signal_emit (self, signals[CHOSEN], 0, letters);
}

static void
add_tile (VvCandidateStrip *self, const char *letters)
{
  GtkWidget *tile = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *letter = gtk_label_new (letters);
  GtkWidget *state = gtk_label_new (NULL);

  gtk_widget_add_css_class (letter, "letter");
  gtk_widget_add_css_class (state, "caption");
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), letter);
  gtk_box_append (GTK_BOX (box), state);
  gtk_button_set_child (GTK_BUTTON (tile), box);
  gtk_widget_set_focus_on_click (tile, FALSE);
  gtk_widget_add_css_class (tile, "flat");
  gtk_widget_add_css_class (tile, "tile");
  g_object_set_data_full (G_OBJECT (tile), "letters", g_strdup (letters), g_free);
  g_object_set_data (G_OBJECT (tile), "state", state);
  g_signal_connect_object (tile, "toggled", G_CALLBACK (on_tile_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->tiles, tile);
  g_ptr_array_add (self->letters, g_strdup (letters));
  g_ptr_array_add (self->buttons, tile);
}

static void
update_tile (GtkWidget *tile, JsonObject *candidate)
{
  const char      *state = state_of (candidate);
  g_autofree char *name = g_strdup_printf (_ ("Candidate %s, %s"), vv_json_string (candidate, "candidate"),
                                           *state != '\0' ? state : _ ("no disposition yet"));

  gtk_label_set_text (g_object_get_data (G_OBJECT (tile), "state"), state);
  gtk_widget_set_visible (g_object_get_data (G_OBJECT (tile), "state"), *state != '\0');
  vv_parts_name (tile, name);
  gtk_widget_set_tooltip_text (tile, name);
  if (*state != '\0')
    gtk_widget_add_css_class (tile, "disposed");
  else
    gtk_widget_remove_css_class (tile, "disposed");
}

/* --- Dispositions -------------------------------------------------------------------------------------------- */

static void
on_looked_cb (VvCandidateStrip *self)
{
  vv_candidate_strip_ask (self, "looked");
}

static void
on_keep_cb (VvCandidateStrip *self)
{
  vv_candidate_strip_ask (self, "keep");
}

static void
on_exclude_cb (VvCandidateStrip *self)
{
  vv_candidate_strip_ask (self, "excluded");
}

static void
on_reason_cb (VvCandidateStrip *self)
{
  g_autofree char *reason = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));
  const char      *component = vv_component_chooser_get (self->component);

  if (*reason == '\0' || component == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      gtk_widget_add_css_class (component == NULL ? GTK_WIDGET (self->component) : GTK_WIDGET (self->reason), "error");
      gtk_widget_grab_focus (component == NULL ? GTK_WIDGET (self->component) : GTK_WIDGET (self->reason));
      return;
    }
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[DISPOSE], 0, "excluded", component, reason);
}

/* A component that was chosen says what to write; the person may go on from there. */
static void
on_component_cb (VvCandidateStrip *self)
{
  const char      *component = vv_component_chooser_get (self->component);
  g_autofree char *text = NULL;

  gtk_widget_remove_css_class (GTK_WIDGET (self->component), "error");
  if (self->filling || component == NULL)
    return;
  text = g_strdup_printf (_ ("%s: different"), _ (vv_component_find (component)->title));
  gtk_editable_set_text (GTK_EDITABLE (self->reason), text);
  gtk_editable_set_position (GTK_EDITABLE (self->reason), -1);
}

static void
on_reason_changed_cb (VvCandidateStrip *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->reason), "error");
}

/* --- The strip ------------------------------------------------------------------------------------------------- */

static void
vv_candidate_strip_dispose (GObject *object)
{
  VvCandidateStrip *self = VV_CANDIDATE_STRIP (object);

  if (self->popover != NULL && gtk_widget_get_parent (GTK_WIDGET (self->popover)) != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->popover));
  self->popover = NULL;
  G_OBJECT_CLASS (vv_candidate_strip_parent_class)->dispose (object);
}

static void
vv_candidate_strip_finalize (GObject *object)
{
  VvCandidateStrip *self = VV_CANDIDATE_STRIP (object);

  g_clear_pointer (&self->letters, g_ptr_array_unref);
  g_clear_pointer (&self->buttons, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_free);
  G_OBJECT_CLASS (vv_candidate_strip_parent_class)->finalize (object);
}

static void
vv_candidate_strip_class_init (VvCandidateStripClass *class)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (class);
  GType           type = G_TYPE_FROM_CLASS (class);

  G_OBJECT_CLASS (class)->dispose = vv_candidate_strip_dispose;
  G_OBJECT_CLASS (class)->finalize = vv_candidate_strip_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DISPOSE] = g_signal_new ("dispose", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_STRING, G_TYPE_STRING,
                                   G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/visavis/Visavis/ui/vv-candidate-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, scroll);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, tiles);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, left);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, acts);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, looked);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, keep);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, exclude);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, popover);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, question);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, component);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, bar);
  gtk_widget_class_bind_template_child (widget_class, VvCandidateStrip, reason);
  gtk_widget_class_bind_template_callback (widget_class, on_looked_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_exclude_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, on_component_cb);
}

static void
vv_candidate_strip_init (VvCandidateStrip *self)
{
  self->letters = g_ptr_array_new_with_free_func (g_free);
  self->buttons = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = TRUE;
  vv_component_chooser_fill (self->component);
  self->filling = FALSE;
}

static gboolean
same_letters (VvCandidateStrip *self, JsonArray *pool)
{
  if (vv_json_length (pool) != self->letters->len)
    return FALSE;
  for (guint i = 0; i < self->letters->len; i++)
    if (g_strcmp0 (g_ptr_array_index (self->letters, i), vv_json_string (vv_json_element (pool, i), "candidate")) != 0)
      return FALSE;
  return TRUE;
}

void
vv_candidate_strip_set_pool (VvCandidateStrip *self, JsonArray *pool, guint undisposed, gboolean may_dispose)
{
  guint            total = vv_json_length (pool);
  g_autofree char *text = undisposed > 0 ? g_strdup_printf (_ ("%u of %u left"), undisposed, total)
                                         : g_strdup_printf (_ ("All %u done"), total);

  g_return_if_fail (VV_IS_CANDIDATE_STRIP (self));
  if (!same_letters (self, pool))
    {
      vv_parts_clear (GTK_WIDGET (self->tiles));
      g_ptr_array_set_size (self->letters, 0);
      g_ptr_array_set_size (self->buttons, 0);
      for (guint i = 0; i < total; i++)
        add_tile (self, vv_json_string (vv_json_element (pool, i), "candidate"));
    }
  for (guint i = 0; i < total; i++)
    update_tile (g_ptr_array_index (self->buttons, i), vv_json_element (pool, i));
  gtk_label_set_text (self->left, text);
  gtk_level_bar_set_max_value (self->bar, MAX (1, total));
  gtk_level_bar_set_value (self->bar, total - MIN (undisposed, total));
  gtk_widget_set_visible (GTK_WIDGET (self->bar), may_dispose);
  gtk_widget_set_visible (GTK_WIDGET (self->left), may_dispose);
  gtk_widget_set_visible (self->acts, may_dispose);
}

/* Scrolls so that the tile and half of its neighbours are seen. */
static void
scroll_to (VvCandidateStrip *self, int index)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_hadjustment (self->scroll);
  GtkWidget     *tile = g_ptr_array_index (self->buttons, (guint) index);
  double         width = gtk_adjustment_get_upper (adjustment) / self->buttons->len;

  if (gtk_widget_get_width (tile) > 0)
    gtk_adjustment_clamp_page (adjustment, (index - 0.5) * width, (index + 1.5) * width);
}

void
vv_candidate_strip_choose (VvCandidateStrip *self, const char *letters)
{
  int index;

  g_return_if_fail (VV_IS_CANDIDATE_STRIP (self));
  if (self->chosen != letters)
    {
      g_free (self->chosen);
      self->chosen = g_strdup (letters);
    }
  self->filling = TRUE;
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_toggle_button_set_active (g_ptr_array_index (self->buttons, i),
                                  g_strcmp0 (g_ptr_array_index (self->letters, i), self->chosen) == 0);
  self->filling = FALSE;
  index = index_of (self, self->chosen);
  if (index >= 0)
    scroll_to (self, index);
}

const char *
vv_candidate_strip_neighbour (VvCandidateStrip *self, int by)
{
  int index;

  g_return_val_if_fail (VV_IS_CANDIDATE_STRIP (self), NULL);
  index = index_of (self, self->chosen);
  if (index < 0 || index + by < 0 || index + by >= (int) self->letters->len)
    return NULL;
  return g_ptr_array_index (self->letters, (guint) (index + by));
}

gboolean
vv_candidate_strip_ask (VvCandidateStrip *self, const char *disposition)
{
  g_autofree char *question = NULL;

  g_return_val_if_fail (VV_IS_CANDIDATE_STRIP (self), FALSE);
  if (!gtk_widget_get_visible (self->acts) || self->chosen == NULL)
    return FALSE;
  if (!g_str_equal (disposition, "excluded"))
    {
      g_signal_emit (self, signals[DISPOSE], 0, disposition, NULL,
                     g_str_equal (disposition, "keep") ? _ ("Kept for a full comparison.") : _ ("Looked at beside the probe."));
      return TRUE;
    }
  question = g_strdup_printf (_ ("Why is candidate %s excluded?"), self->chosen);
  gtk_label_set_text (self->question, question);
  vv_parts_name (GTK_WIDGET (self->reason), question);
  if (gtk_widget_get_parent (GTK_WIDGET (self->popover)) == NULL)
    gtk_widget_set_parent (GTK_WIDGET (self->popover), self->exclude);
  gtk_popover_popup (self->popover);
  /* The last component and reason stay: Enter takes them again, typing replaces the reason. */
  gtk_widget_grab_focus (vv_component_chooser_get (self->component) == NULL ? GTK_WIDGET (self->component) : GTK_WIDGET (self->reason));
  return TRUE;
}
