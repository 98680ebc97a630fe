// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vv-adjust-panel.h"
#include "vv-canvas.h"
#include "vv-face-grid.h"
#include "vv-face-pair.h"
#include "vv-feature-strips.h"
#include "vv-finding-list.h"
#include "vv-look-bar.h"
#include "vv-look-options.h"
#include "vv-picture-facts.h"

G_BEGIN_DECLS

typedef struct _VvPairPoints VvPairPoints; /* vv-face-pair-points.c */

struct _VvFacePair
{
  AdwBin           parent_instance;
  GtkWidget       *tools;
  VvLookBar       *looks;
  VvLookOptions   *options;
  GtkStack        *views;
  GtkOverlay      *left_place;
  GtkOverlay      *right_place;
  GtkLabel        *left_caption;
  GtkLabel        *over_caption; /* of the candidate's picture where it lies over the probe's */
  GtkLabel        *right_caption;
  GtkLabel        *gap; /* between the pictures, in years */
  GtkLabel        *note;
  VvFeatureStrips *strips;
  VvFaceGrid      *grid;
  GtkToggleButton *link;
  GtkToggleButton *landmarks;
  GtkToggleButton *read;
  VvCanvas        *probe;
  VvCanvas        *candidate;
  VvAdjustPanel   *adjust[2];        /* left of the probe, left of the candidate */
  GtkToggleButton *adjust_toggle[2]; /* on the pictures */
  GtkWidget       *readout[2];       /* over the pictures */
  VvPicture       *came[2];          /* (nullable) the pictures as they came */
  VvFace           shown[2];         /* the faces in the pictures as they are shown */
  gboolean         has_face[2];
  VvView          *view; /* shared while linked */
  VvDesk          *desk;
  gint64           request;
  gint64           media;
  char            *letters;
  GQueue           kept;    /* (element-type VvKept) newest first */
  VvPicture       *picture; /* (nullable) of the probe */
  JsonObject      *faces;   /* (nullable) answer of vv_desk_open_candidate() for @letters */
  GCancellable    *probe_asking, *asking;
  gboolean         original; /* O is held */
  VvLook           look;
  gboolean         bare; /* without tools */

  /* vv-face-pair-marks.c */
  VvFindingList   *findings;      /* (owned) (nullable) */
  JsonArray       *mark_steps[2]; /* (owned) (nullable): the adjustments through which the pictures are seen */
  double           mark_scale[2]; /* and how much smaller they are shown */
  GtkToggleButton *marks;
  int              tool; /* VvMarkKind, -1 for none */
  gboolean         settling;

  VvPairPoints   *points;
  GtkWidget      *show; /* in the popover of what is shown */
  VvPictureFacts *facts[2];
  GtkCheckButton *facts_toggle[2];
};

/* Landmarks, as the button and a held O say. */
void _vv_face_pair_show_overlays (VvFacePair *self);

/* As the person chose it: remembered for the next time. The same again starts and stops blinking. */
void _vv_face_pair_choose_look (VvFacePair *self,
                                VvLook      look);

/* Strips, note and points anew, after a face became another. */
void _vv_face_pair_settle (VvFacePair *self);

/* vv-face-pair-points.c: points placed by hand. The face in the picture as it came, as found or as placed; lines and points over the pictures; keys. */
gboolean   _vv_face_pair_read_face (VvFacePair *self,
                                    const char *whose,
                                    VvFace     *out_face);
void       _vv_face_pair_show_points (VvFacePair *self);
VvOverlays _vv_face_pair_line_overlays (VvFacePair *self);
void       _vv_face_pair_end_points (VvFacePair *self);
gboolean   _vv_face_pair_points_key (VvFacePair     *self,
                                     guint           key,
                                     GdkModifierType state);
void       _vv_face_pair_forget_points (VvFacePair *self,
                                        gboolean    probe);
void       _vv_face_pair_init_points (VvFacePair *self);
void       _vv_face_pair_free_points (VvFacePair *self);

/* vv-face-pair-facts.c: what each file says of itself; Q, Shift+Q. */
void     _vv_face_pair_init_facts (VvFacePair *self);
void     _vv_face_pair_ask_facts (VvFacePair *self,
                                  int         side);
gboolean _vv_face_pair_facts_key (VvFacePair     *self,
                                  guint           key,
                                  GdkModifierType state);

/* vv-face-pair-keys.c: the canvas that moves. Linked, either picture will do; alone, the one that has the keyboard. */
VvCanvas *_vv_face_pair_canvas (VvFacePair *self);

/* vv-face-pair-marks.c: findings as marks on the pictures. How a picture is seen now; everything anew; whether a key meant
 * something; marks are not seen while the pictures are shown as they came. */
void     _vv_face_pair_init_marks (VvFacePair *self);
void     _vv_face_pair_dispose_marks (VvFacePair *self);
void     _vv_face_pair_see_through (VvFacePair          *self,
                                    int                  side,
                                    const VvDerivedView *view);
void     _vv_face_pair_show_marks (VvFacePair *self);
gboolean _vv_face_pair_mark_key (VvFacePair     *self,
                                 guint           key,
                                 GdkModifierType state);

/* vv-face-pair-keys.c: the actions "pair.*". */
void _vv_face_pair_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
