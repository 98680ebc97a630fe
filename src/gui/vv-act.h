// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gtk/gtk.h>

#include "vv-desk.h"

G_BEGIN_DECLS

/* How a page that is no panel does an act: off the main thread, with what goes wrong said in a label of its own. The page and
 * its label live until the act is done. Main thread only. */

/* @answer: of the act (NULL for one with a pass phrase); @error: why not, already said, or NULL. Both go after the call. */
typedef void (*VvActDone) (GtkWidget    *page,
                           JsonObject   *answer,
                           const GError *error);

/* @details (transfer full) (nullable), @cancellable (nullable). @message: hidden while nothing is wrong. */
void vv_act_run (GtkWidget    *page,
                 GtkLabel     *message,
                 VvDesk       *desk,
                 VvDeskAct     act,
                 JsonObject   *details,
                 GCancellable *cancellable,
                 VvActDone     done);

/* What an act with a pass phrase needs; what is not needed stays NULL. All owned, wiped and freed when it is done. */
typedef struct
{
  char       *account;
  JsonObject *facts;
  VvSecret   *passphrase;
  VvSecret   *new_passphrase;
  char       *code;
} VvProof;

/* Blocks; on a thread of its own. */
typedef gboolean (*VvProofAct) (VvDesk  *desk,
                                VvProof *proof,
                                GError **error);

/* The text of @entry as a secret (transfer full), or NULL when it is empty; empties @entry. */
VvSecret *vv_act_take_secret (GtkEditable *entry);

/* @proof: copied; its members (transfer full). */
void vv_act_prove (GtkWidget     *page,
                   GtkLabel      *message,
                   VvDesk        *desk,
                   VvProofAct     act,
                   const VvProof *proof,
                   VvActDone      done);

/* Shows @text in @message, or hides it when there is none. */
void vv_act_say (GtkLabel   *message,
                 const char *text);

G_END_DECLS
