// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* One step of the case page: shows what the step has and offers its acts. Derivable because every step is
 * one, and the case page treats them alike. Signals:
 *   "changed"               an act was done: the case must be read again
 *   "failed" (text)         an act was refused or failed; an empty text takes the last one away
 *   "go" (where, candidate) asks for a page of the window: "compare", "review", "report" (candidate: number of its
 *                            record, or NULL for the newest)
 *   "preview" (JsonObject *) asks for a form as it would be made: details of vv_desk_preview()
 * Main thread only. */
#define VV_TYPE_PANEL (vv_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (VvPanel, vv_panel, VV, PANEL, AdwBin)

struct _VvPanelClass
{
  AdwBinClass parent_class;

  /* The case was read anew: fill in. Must not lose what the person is typing. */
  void (*refresh) (VvPanel *self);
};

/* Follows an act that went well; @answer as documented for the act. */
typedef void (*VvPanelDone) (VvPanel    *self,
                             JsonObject *answer);

/* @shown: answer of vv_desk_show_request(); @step: its element for this panel. */
void vv_panel_set_case (VvPanel    *self,
                        VvDesk     *desk,
                        JsonObject *shown,
                        JsonObject *step);

/* What was set; belong to @self. */
VvDesk     *vv_panel_desk (VvPanel *self);
JsonObject *vv_panel_case (VvPanel *self);
JsonObject *vv_panel_step (VvPanel *self);
gint64      vv_panel_request (VvPanel *self);

/* Whether this person may do @act_name now. */
gboolean vv_panel_may (VvPanel    *self,
                       const char *act_name);

/* Makes @button usable when @act_name may be done; otherwise its tooltip says why not. */
void vv_panel_offer (VvPanel    *self,
                     GtkWidget  *button,
                     const char *act_name);

/* The button for the one thing to do next: Ctrl+Enter presses it. (unowned) */
void vv_panel_set_primary (VvPanel   *self,
                           GtkWidget *button);

/* The newest record of @kind in the case, or NULL; @member, @value: (nullable) only where the body says so. */
JsonObject *vv_panel_record (VvPanel    *self,
                             const char *kind,
                             const char *member,
                             const char *value);

/* Does @act with @details (transfer full, nullable), one at a time: while one runs, others are not begun.
 * @cancellable, @done: (nullable). Emits "changed" or "failed". */
void vv_panel_act (VvPanel      *self,
                   VvDeskAct     act,
                   JsonObject   *details,
                   GCancellable *cancellable,
                   VvPanelDone   done);

/* Shows @text where the acts' errors are shown. */
void vv_panel_say (VvPanel    *self,
                   const char *text);

/* Asks for the form that @details (transfer full) say, before it is made. */
void vv_panel_preview (VvPanel    *self,
                       JsonObject *details);

void vv_panel_go (VvPanel    *self,
                  const char *where,
                  const char *candidate);

G_END_DECLS
