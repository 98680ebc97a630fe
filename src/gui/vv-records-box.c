// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-gui"
#include "config.h"

#include <glib/gi18n.h>

#include "vv-addressee.h"
#include "vv-deliveries.h"
#include "vv-dialogs.h"
#include "vv-json.h"
#include "vv-kinds.h"
#include "vv-parts.h"
#include "vv-records-box.h"
#include "vv-roles.h"
#include "vv-time.h"

struct _VvRecordsBox
{
  AdwBin       parent_instance;
  VvPanel     *panel; /* (unowned) the panel it is in */
  GtkWidget   *pack;
  GtkGrid     *newest; /* the newest bundle */
  GtkBox      *deliveries;
  GtkWidget   *disclosure;
  VvAddressee *addressee;
  GtkWidget   *save;
  GtkWidget   *log; /* an expander: reading the log costs, so only when somebody looks */
  GtkBox      *entries;
};

G_DEFINE_FINAL_TYPE (VvRecordsBox, vv_records_box, ADW_TYPE_BIN)

/* --- What left the section ------------------------------------------------------------------------------------------- */

static void
add_entry (VvRecordsBox *self, JsonObject *entry)
{
  gboolean         records = g_strcmp0 (vv_json_string (entry, "what"), "records") == 0;
  g_autofree char *when = vv_time_for_people (vv_json_string (entry, "when"));
  g_autofree char *head = g_strdup_printf (records ? _ ("All records, to %s") : _ ("A form, to %s"), vv_json_string (entry, "recipient"));
  g_autofree char *why = g_strdup_printf (_ ("%s. Handed out by %s, %s."), vv_json_string (entry, "authority"),
                                          vv_json_string (entry, "full_name"), when);
  g_autofree char *hash = g_strdup_printf (records ? _ ("SHA-256 of its manifest: %s") : _ ("SHA-256: %s"),
                                           vv_json_string (entry, "sha256"));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *caption = vv_parts_label (hash, "caption");

  gtk_widget_add_css_class (box, "event");
  gtk_widget_add_css_class (caption, "dim-label");
  gtk_box_append (GTK_BOX (box), vv_parts_label (head, NULL));
  gtk_box_append (GTK_BOX (box), vv_parts_label (why, NULL));
  gtk_box_append (GTK_BOX (box), caption);
  gtk_box_append (self->entries, box);
}

static void
logged_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (VvRecordsBox) self = user_data;
  g_autoptr (GError)       error = NULL;
  g_autoptr (JsonObject)   answer = vv_desk_act_finish (VV_DESK (source), result, &error);
  JsonArray               *entries = vv_json_array (answer, "entries");

  if (!vv_parts_is_open (GTK_WIDGET (self)))
    return;
  if (answer == NULL)
    {
      vv_parts_toast_error (GTK_WIDGET (self), error);
      return;
    }
  vv_parts_clear (GTK_WIDGET (self->entries));
  for (guint i = 0; i < vv_json_length (entries); i++)
    add_entry (self, vv_json_element (entries, i));
  if (vv_json_length (entries) == 0)
    gtk_box_append (self->entries,
                    vv_parts_label (_ ("Nothing left the section but what went to ECMS. Copies of forms and packages appear here, with who received them and why."), "dim-label"));
}

static void
read_log (VvRecordsBox *self)
{
  if (self->panel != NULL && gtk_expander_get_expanded (GTK_EXPANDER (self->log)))
    vv_desk_act_async (vv_panel_desk (self->panel), vv_desk_dissemination, vv_panel_request (self->panel), NULL, NULL, logged_cb,
                       g_object_ref (self));
}

/* --- Acts ------------------------------------------------------------------------------------------------------------------ */

static void
packed (VvPanel *panel, JsonObject *answer)
{
  vv_parts_toast (GTK_WIDGET (panel), _ ("The records are packed and on their way to ECMS."));
}

static void
on_pack_cb (VvRecordsBox *self)
{
  vv_panel_act (self->panel, vv_desk_bundle, NULL, NULL, packed);
}

static void
on_preview_cb (VvRecordsBox *self)
{
  vv_panel_preview (self->panel, vv_json_new ("form", "s", "case-records", NULL));
}

static void
disclosed (VvPanel *panel, JsonObject *answer)
{
  vv_parts_toast (GTK_WIDGET (panel), _ ("The package was saved; the hand-over is on the record."));
}

static void
save_to (const char *path, gpointer user_data)
{
  VvRecordsBox *self = user_data;

  vv_panel_act (self->panel, vv_desk_disclose, vv_addressee_details (self->addressee, path), NULL, disclosed);
}

static void
on_save_cb (VvRecordsBox *self)
{
  g_autofree char *name = g_strdup_printf ("FIS %s records.tar", vv_json_string (vv_panel_case (self->panel), "fis_number"));

  vv_dialogs_choose_copy (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), _ ("Save the records"), name, save_to, self);
}

static void
on_addressee_cb (VvRecordsBox *self)
{
  gboolean ready = vv_addressee_is_complete (self->addressee);

  gtk_widget_set_sensitive (self->save, ready);
  gtk_widget_set_tooltip_text (self->save,
                               ready ? _ ("Everything that is kept, with a script that checks it; the hand-over is on the record")
                                     : _ ("Say first who receives the records, and by what authority."));
}

/* --- Filling --------------------------------------------------------------------------------------------------------------- */

static void
show_newest (VvRecordsBox *self)
{
  JsonObject      *record = vv_panel_record (self->panel, VV_KIND_BUNDLE, NULL, NULL);
  JsonObject      *body = vv_json_object (record, "body");
  g_autofree char *when = record != NULL ? vv_time_for_people (vv_json_string (record, "made_at")) : NULL;
  g_autofree char *by = record != NULL ? g_strdup_printf ("%s, %s", when, vv_json_string (record, "author_name")) : NULL;
  g_autofree char *holds = record != NULL ? g_strdup_printf (_ ("%d records, %d files"), (int) vv_json_int (body, "records"),
                                                             (int) vv_json_int (body, "files"))
                                          : NULL;

  vv_parts_clear (GTK_WIDGET (self->newest));
  vv_parts_fact (self->newest, _ ("Packed"), by);
  vv_parts_fact (self->newest, _ ("Holds"), holds);
  vv_parts_fact (self->newest, _ ("SHA-256 of its manifest"), vv_json_string (body, "manifest"));
  vv_parts_fact (self->newest, _ ("Audit head"), vv_json_string (body, "audit_head"));
  gtk_widget_set_visible (GTK_WIDGET (self->newest), record != NULL);
  (void) vv_deliveries_fill (self->deliveries, vv_panel_case (self->panel), "Records Bundle");
}

void
vv_records_box_show (VvRecordsBox *self, VvPanel *panel)
{
  JsonObject *shown = vv_panel_case (panel);
  gboolean    supervisor = (vv_desk_roles (vv_panel_desk (panel)) & VV_ROLE_SUPERVISOR) != 0;
  gboolean    own = g_strcmp0 (vv_json_string (shown, "examiner"), vv_desk_account (vv_panel_desk (panel))) == 0;

  g_return_if_fail (VV_IS_RECORDS_BOX (self));
  self->panel = panel;
  gtk_widget_set_visible (GTK_WIDGET (self), vv_json_string (shown, "fis_number") != NULL);
  gtk_widget_set_sensitive (self->pack, supervisor || own);
  gtk_widget_set_tooltip_text (self->pack, supervisor || own ? _ ("Packs all records as they are and queues them to the case file")
                                                             : _ ("The examiner of the request or a supervisor packs its records."));
  gtk_widget_set_visible (self->disclosure, supervisor);
  show_newest (self);
  on_addressee_cb (self);
  read_log (self);
}

/* --- The box ------------------------------------------------------------------------------------------------------------------ */

static GtkWidget *
button_new (VvRecordsBox *self, const char *label, GCallback pressed)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  vv_parts_name (button, label);
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  g_signal_connect_object (button, "clicked", pressed, self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_bundle (VvRecordsBox *self, GtkBox *box)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  self->newest = GTK_GRID (gtk_grid_new ());
  self->deliveries = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  self->pack = button_new (self, _ ("Send the records to ECMS"), G_CALLBACK (on_pack_cb));
  gtk_grid_set_column_spacing (self->newest, 16);
  gtk_grid_set_row_spacing (self->newest, 4);
  gtk_box_append (GTK_BOX (row), self->pack);
  gtk_box_append (GTK_BOX (row), button_new (self, _ ("Preview the cover sheet"), G_CALLBACK (on_preview_cb)));
  gtk_box_append (box, vv_parts_label (_ ("Records (step 14)"), "heading"));
  gtk_box_append (box,
                  vv_parts_label (_ ("Everything that is kept about this request, whatever came of it: the cover sheet, every record with its signature, pictures, forms, the audit rows, and a script that checks all of it without this program."), NULL));
  gtk_box_append (box, row);
  gtk_box_append (box, GTK_WIDGET (self->newest));
  gtk_box_append (box, GTK_WIDGET (self->deliveries));
}

static void
add_disclosure (VvRecordsBox *self, GtkBox *box)
{
  self->disclosure = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->addressee = g_object_new (VV_TYPE_ADDRESSEE, NULL);
  self->save = button_new (self, _ ("Save the records…"), G_CALLBACK (on_save_cb));
  g_signal_connect_object (self->addressee, "changed", G_CALLBACK (on_addressee_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->disclosure), vv_parts_label (_ ("For a court or another office"), "heading"));
  gtk_box_append (GTK_BOX (self->disclosure), GTK_WIDGET (self->addressee));
  gtk_box_append (GTK_BOX (self->disclosure), self->save);
  gtk_box_append (box, self->disclosure);
}

static void
vv_records_box_class_init (VvRecordsBoxClass *class)
{
}

static void
vv_records_box_init (VvRecordsBox *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));

  add_bundle (self, box);
  add_disclosure (self, box);
  self->entries = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 10));
  self->log = gtk_expander_new (_ ("What left the section"));
  vv_parts_name (self->log, _ ("What left the section"));
  gtk_widget_set_margin_top (GTK_WIDGET (self->entries), 8);
  gtk_expander_set_child (GTK_EXPANDER (self->log), GTK_WIDGET (self->entries));
  g_signal_connect_object (self->log, "notify::expanded", G_CALLBACK (read_log), self, G_CONNECT_SWAPPED);
  gtk_box_append (box, self->log);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (box));
}
