// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>

#include "vv-mark.h"

G_BEGIN_DECLS

/* The findings of a comparison as they are written, one of them chosen, and the tools that draw their marks. Knows the findings and
 * nothing of pictures: whoever shows those (vv-face-pair.h) listens and reports what was drawn.
 *
 * Signals: "changed" after the person did something; "shown" whenever findings or choice are others, whoever did it; "go" (uint
 * number): show it on both pictures; "draw" (int VvMarkKind): begin to draw. Main thread only. */
#define VV_TYPE_FINDING_LIST (vv_finding_list_get_type ())
G_DECLARE_FINAL_TYPE (VvFindingList, vv_finding_list, VV, FINDING_LIST, AdwBin)

GtkWidget *vv_finding_list_new (void);

/* The array "findings" of a comparison, or NULL when there are none. Returns: (transfer full). */
JsonArray *vv_finding_list_get (VvFindingList *self);

/* Shows such an array (nullable) without "changed"; the choice stays where it was as far as there are so many. */
void vv_finding_list_set (VvFindingList *self,
                          JsonArray     *findings);

/* Whether there are pictures to draw on, without which it is seen only when it has findings. */
void     vv_finding_list_set_drawable (VvFindingList *self,
                                       gboolean       drawable);
void     vv_finding_list_set_editable (VvFindingList *self,
                                       gboolean       editable);
gboolean vv_finding_list_is_editable (VvFindingList *self);

/* The number of the chosen finding, 0 for none. */
guint vv_finding_list_get_chosen (VvFindingList *self);
void  vv_finding_list_choose (VvFindingList *self,
                              guint          number);

/* The one so many further down, round the ends; emits "go". */
void vv_finding_list_step (VvFindingList *self,
                           int            by);

/* The picture that the chosen finding still lacks a mark on (vv_finding_sides()), or NULL. */
const char *vv_finding_list_get_lacking (VvFindingList *self);

/* A mark was drawn on a picture: it goes to the chosen finding where that lacks it, else to one of its own, chosen from then on.
 * Returns: whether the finding has both its marks now. */
gboolean vv_finding_list_add_mark (VvFindingList *self,
                                   const char    *side,
                                   const VvMark  *mark);
void     vv_finding_list_change_mark (VvFindingList *self,
                                      const char    *side,
                                      guint          number,
                                      const VvMark  *mark);

/* Takes the mark away, and with the last one the finding. */
void vv_finding_list_delete_mark (VvFindingList *self,
                                  const char    *side,
                                  guint          number);

/* Which tool is in use, to be seen on its button; -1 for none. */
void vv_finding_list_show_tool (VvFindingList *self,
                                int            kind);

/* The keyboard on what the chosen finding still has to say. */
void vv_finding_list_focus (VvFindingList *self);

G_END_DECLS
