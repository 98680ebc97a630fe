// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-base"
#include "config.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "vv-log.h"

#define HEX_RUN   32 /* shorter runs are ids and colours, not keys */
#define HEX_SHOWN 6

char *
vv_log_redact (const char *message)
{
  GString *out = g_string_sized_new (strlen (message));

  while (*message != '\0')
    {
      gsize run = strspn (message, "0123456789abcdefABCDEF");

      g_string_append_len (out, message, (gssize) (run >= HEX_RUN ? HEX_SHOWN : MAX (run, 1)));
      if (run >= HEX_RUN)
        g_string_append (out, "…");
      message += MAX (run, 1);
    }
  return g_string_free (out, FALSE);
}

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_autofree GLogField *copy = g_memdup2 (fields, n_fields * sizeof *fields);
  g_autofree char      *redacted = NULL;

  if ((level & G_LOG_LEVEL_DEBUG) != 0 && g_getenv ("VISAVIS_DEBUG") == NULL)
    return G_LOG_WRITER_HANDLED;
  for (gsize i = 0; i < n_fields; i++)
    if (strcmp (copy[i].key, "MESSAGE") == 0 && redacted == NULL)
      {
        redacted = vv_log_redact (copy[i].value);
        copy[i].value = redacted;
        copy[i].length = -1;
      }
  return g_log_writer_standard_streams (level, copy, n_fields, data);
}

void
vv_log_init (void)
{
  static const struct rlimit none = { 0, 0 };

  (void) setrlimit (RLIMIT_CORE, &none); /* may already be lower: fine either way */
  (void) prctl (PR_SET_DUMPABLE, 0);     /* denied in some containers: the limit above still holds */
  g_log_set_writer_func (write_log, /* user_data= */ NULL, /* notify= */ NULL);
}
