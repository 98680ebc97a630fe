// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-procedure"
#include "config.h"

#include <glib/gi18n-lib.h>

#include "vv-notice.h"

const char *
vv_notice_short (void)
{
  return _ ("An investigative lead only. Not probable cause for an arrest, or for an arrest or search warrant.");
}

const char *const *
vv_notice_report (void)
{
  static const char *const paragraphs[] = {
    "The determination of a possible match candidate alone does not constitute probable cause to effect an arrest, "
    "or obtain an arrest or search warrant.",
    "Further investigation is needed to establish probable cause.",
    "A possible match candidate shall be treated as an investigative lead only. Corroborating information must be "
    "developed through additional investigation by the assigned investigator.",
    NULL,
  };

  return paragraphs;
}

const char *
vv_notice_sign_in (void)
{
  return _ ("You are about to use a restricted department computer system. Use is monitored, recorded and audited "
            "(P.G. 219-14). Unauthorised use is prohibited and may be a crime. By signing in you agree to this.");
}
