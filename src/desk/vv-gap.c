// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

#include "vv-gap.h"

static gboolean
read_date (const char *text, GDate *date)
{
  unsigned year, month, day;

  g_date_clear (date, 1);
  if (text == NULL ||
      sscanf (text, "%4u-%2u-%2u", &year, &month, &day) != 3 ||
      !g_date_valid_dmy ((GDateDay) MIN (day, 99), month <= 12 ? (GDateMonth) month : G_DATE_BAD_MONTH, (GDateYear) year))
    return FALSE;
  g_date_set_dmy (date, (GDateDay) day, (GDateMonth) month, (GDateYear) year);
  return TRUE;
}

/* (transfer full) */
static char *
length_in_words (guint days)
{
  if (days < 60)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u day", "%u days", days), days);
  if (days < 730)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u month", "about %u months", (days * 12 + 183) / 365),
                            (days * 12 + 183) / 365);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "about %u year", "about %u years", (days + 183) / 365), (days + 183) / 365);
}

char *
vv_gap_in_words (const char *taken, const char *obtained)
{
  GDate            first, second;
  int              days;
  g_autofree char *length = NULL;

  if (!read_date (taken, &first) || !read_date (obtained, &second))
    return NULL;
  days = g_date_days_between (&first, &second);
  if (days == 0)
    return g_strdup (_ ("Taken on the day the probe was obtained."));
  length = length_in_words ((guint) ABS (days));
  /* Translators: "about 3 years" */
  return g_strdup_printf (days > 0 ? _ ("Taken %s before the probe was obtained.") : _ ("Taken %s after the probe was obtained."), length);
}
