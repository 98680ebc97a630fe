// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What supervisors and auditors look at (R-111; CJIS AU-6, AU-7; NYC Local Law 55 of 2025). Views over audit rows and records:
 * they are counted and filtered here, and never changed. Names of persons in photographs appear nowhere. */
typedef struct
{
  JsonArray  *rows;    /* audit rows, oldest first */
  GPtrArray  *records; /* (element-type VvRecord) of every kind named in vv-oversight.c */
  JsonArray  *outbox;  /* entries with "queued_at" */
  const char *from;    /* first day, "2026-11-16" */
  const char *to;      /* last day, included */
  const char *now;     /* vv-time.h */
} VvOversight;

/* {"from","to","people":[{"account","searches","confirmed","declined","refused","failed_sign_ins","photographs","openings",
 *   "shown_early","odd_hours"}],"purposes":{code: confirmed uses},"declined":{code: n},"searches":{code: n},"late":[{"request","name",
 *   "queued_at","hours","acknowledged"}]}. Odd hours: before 6 and from 22 o'clock, local time. Late: more than 24 hours from
 * queue to acknowledgement, or to now. Returns: (transfer full). */
JsonObject *vv_oversight_summary (const VvOversight *self);

/* Who looked at which photograph for which request: [{"when","account","request","candidate","photograph","small" (boolean: a small
 * picture in the pool, not opened beside the probe)}]. @account (nullable),
 * @request and @photograph (0: any) narrow it. Returns: (transfer full). */
JsonArray *vv_oversight_views (const VvOversight *self,
                               const char        *account,
                               gint64             request,
                               gint64             photograph);

/* The dissemination log: what left the section, to whom and by what right: [{"when","account","request" (0: none),
 * "what" ("report" "records" "audit chain"),"recipient","authority","document" (a hash)}], oldest first. Returns: (transfer full). */
JsonArray *vv_oversight_disseminations (const VvOversight *self);

/* What one person did, and what was done to their account: [{"when","account","act","object","outcome"}], oldest first.
 * Returns: (transfer full). */
JsonArray *vv_oversight_timeline (const VvOversight *self,
                                  const char        *account);

/* The year's figures: [{"section","item","count"}], sections "total", "confirmed use", "declined use", "searches by use" (items:
 * codes of uses) and "report" (items: forms). Returns: (transfer full). */
JsonArray *vv_oversight_figures (const VvOversight *self);

/* The same as CSV: the columns section, item, count. Returns: (transfer full). */
char *vv_oversight_figures_csv (JsonArray *figures);

G_END_DECLS
