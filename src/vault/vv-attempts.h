// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Failed sign-ins of a desk in which nobody is signed in: the file desk.attempts. It has to be written without any key
 * of a person, so it cannot be secret; what it can be is hard to shorten. Each line is authenticated with a key that is
 * then hashed forward and forgotten; the first key of each round lies in the database, where the next person who signs
 * in finds it and can tell whether a line was changed or taken out. Who keeps an old copy of the file can put it back;
 * that shows too, unless it is of the same round.
 *
 * An attempt is written down before the pass phrase is tried and taken back when it was right, so that a program killed
 * in between has used one up. Private to vault/. */
typedef struct _VvAttempts VvAttempts;

/* CJIS AC-7: this many in this time lock the account until an administrator releases it. */
#define VV_ATTEMPTS_MOST   5
#define VV_ATTEMPTS_WINDOW (15 * 60) /* seconds */

/* A moment. Ages are measured by what cannot be set back or forward: seconds since the machine was started. Attempts
 * from before the last start count as made at that start. */
typedef struct
{
  gint64 wall_us;     /* since 1970, for people */
  gint64 boot_s;      /* since the machine was started, sleep included */
  char   boot_id[40]; /* which start that was */
} VvAttemptsClock;

void vv_attempts_clock (VvAttemptsClock *ret_now);

/* Reads the file; one that is missing or cannot be read gives an empty first round. Returns: (transfer full). */
VvAttempts *vv_attempts_load (const char *dir);
void        vv_attempts_free (VvAttempts *self);

/* Writes the file, durably: new, renamed over the old one. VV_VAULT_ERROR_FULL or _FAILED. */
gboolean vv_attempts_save (VvAttempts *self,
                           GError    **error);

gboolean vv_attempts_is_locked (VvAttempts *self,
                                const char *account);

/* Adds an attempt of @account ("" when there is no such account: what was typed might be a pass phrase). The one that
 * makes it VV_ATTEMPTS_MOST within VV_ATTEMPTS_WINDOW locks. Not saved yet. */
void vv_attempts_add (VvAttempts            *self,
                      const char            *account,
                      const VvAttemptsClock *now);

/* Takes the last vv_attempts_add() back. Not saved yet. */
void vv_attempts_take_back (VvAttempts *self);

typedef enum
{
  VV_ATTEMPTS_SOUND,
  VV_ATTEMPTS_MISSING, /* the file is gone, or of no round that the database knows */
  VV_ATTEMPTS_CHANGED, /* lines were changed or taken out */
} VvAttemptsState;

/* Compares with what vv_attempts_known() gave when the round began (NULL: never), and lists what is new since:
 * [{"account","at","locks"}]. Returns: (transfer full). */
JsonArray *vv_attempts_news (VvAttempts      *self,
                             JsonObject      *known,
                             VvAttemptsState *ret_state);

/* The next round: a new key, all lines marked as known, those of @without (nullable) gone. Returns: (transfer full). */
VvAttempts *vv_attempts_next_round (VvAttempts *self,
                                    const char *without);

/* What the database must keep of the round that @self begins; @before: the round it replaces. Returns: (transfer full). */
JsonObject *vv_attempts_known (VvAttempts *self,
                               VvAttempts *before,
                               JsonObject *known_before);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvAttempts, vv_attempts_free)

G_END_DECLS
