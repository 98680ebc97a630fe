// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "vv-error.h"
#include "vv-time.h"

#define US_PER_HUNDREDTH 10000

char *
vv_time_now (void)
{
  return vv_time_format (g_get_real_time ());
}

char *
vv_time_format (gint64 unix_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (unix_us / G_USEC_PER_SEC);
  g_autofree char      *seconds = g_date_time_format (when, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%02dZ", seconds, (int) (unix_us % G_USEC_PER_SEC) / US_PER_HUNDREDTH);
}

gint64
vv_time_parse (const char *text, GError **error)
{
  g_autoptr (GDateTime) when = NULL;

  if (text != NULL && strlen (text) == strlen ("2026-11-23T14:05:01.23Z") && g_str_has_suffix (text, "Z"))
    when = g_date_time_new_from_iso8601 (text, /* default_tz= */ NULL);
  if (when == NULL)
    {
      g_set_error (error, VV_BASE_ERROR, VV_BASE_ERROR_INVALID,
                   _ ("“%s” is not a UTC time to the hundredth of a second."), text != NULL ? text : "");
      return -1;
    }
  return g_date_time_to_unix (when) * G_USEC_PER_SEC + g_date_time_get_microsecond (when);
}

char *
vv_time_for_people (const char *text)
{
  g_autoptr (GDateTime) when = NULL;
  g_autoptr (GDateTime) local = NULL;
  g_autofree char      *midnight = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (strlen (text) == strlen ("2026-11-23"))
    {
      midnight = g_strconcat (text, "T00:00:00Z", NULL);
      when = g_date_time_new_from_iso8601 (midnight, /* default_tz= */ NULL);
      return when != NULL ? g_date_time_format (when, "%-d %b %Y") : g_strdup (text);
    }
  when = g_date_time_new_from_iso8601 (text, /* default_tz= */ NULL);
  if (when == NULL)
    return g_strdup (text);
  local = g_date_time_to_local (when);
  return g_date_time_format (local, "%-d %b %Y %H:%M");
}
