// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-ecms"
#include "config.h"

#include <gio/gio.h>

#include "vv-json.h"
#include "vv-outbox.h"
#include "vv-time.h"
#include "vv-transport.h"

#define FIRST_WAIT_S   30
#define LONGEST_WAIT_S 3600

JsonObject *
vv_outbox_first (const char *now)
{
  return vv_json_new ("state", "s", "queued", "attempts", "i", (gint64) 0, "next_try", "s", now, NULL);
}

/* Whether time alone may heal @failure, so that nobody has to look. */
static gboolean
heals_by_itself (const GError *failure)
{
  return g_error_matches (failure, VV_ECMS_ERROR, VV_ECMS_ERROR_OFFLINE) ||
         g_error_matches (failure, VV_ECMS_ERROR, VV_ECMS_ERROR_FULL) ||
         g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const char *
state_after (const GError *failure)
{
  if (failure == NULL)
    return "acknowledged";
  if (heals_by_itself (failure))
    return "queued";
  return g_error_matches (failure, VV_ECMS_ERROR, VV_ECMS_ERROR_CONFLICT) ? "conflict" : "refused";
}

static gint64
wait_after (gint64 attempts)
{
  gint64 wait = FIRST_WAIT_S;

  for (gint64 i = 1; i < attempts && wait < LONGEST_WAIT_S; i++)
    wait *= 2;
  return MIN (wait, LONGEST_WAIT_S);
}

static char *
later (const char *now, gint64 seconds)
{
  gint64 us = vv_time_parse (now, /* error= */ NULL);

  return us < 0 ? g_strdup (now) : vv_time_format (us + seconds * G_USEC_PER_SEC);
}

JsonObject *
vv_outbox_after (JsonObject *entry, const GError *failure, JsonObject *receipt, const char *now)
{
  gboolean         stopped = g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  gint64           attempts = vv_json_int (entry, "attempts") + (stopped ? 0 : 1);
  gboolean         waits = failure != NULL && !stopped && heals_by_itself (failure);
  g_autofree char *next_try = later (now, waits ? wait_after (attempts) : 0);
  JsonObject      *changes = vv_json_new ("state", "s", state_after (failure), "attempts", "i", attempts,
                                          "next_try", "s", next_try, NULL);

  if (failure == NULL && receipt != NULL)
    json_object_set_object_member (changes, "receipt", vv_json_copy (receipt));
  else
    json_object_set_null_member (changes, "receipt");
  if (failure != NULL)
    json_object_set_string_member (changes, "last_error", failure->message);
  else
    json_object_set_null_member (changes, "last_error");
  return changes;
}

gboolean
vv_outbox_is_due (JsonObject *entry, const char *now)
{
  const char      *next_try = vv_json_string (entry, "next_try");
  g_autofree char *furthest = later (now, LONGEST_WAIT_S);

  if (g_strcmp0 (vv_json_string (entry, "state"), "queued") != 0)
    return FALSE;
  /* Further away than any wait: the clock was wrong when it was written. */
  return next_try == NULL || g_strcmp0 (next_try, now) <= 0 || g_strcmp0 (next_try, furthest) > 0;
}
