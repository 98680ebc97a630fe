// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "vv-bench-rows.h"
#include "vv-bench.h"
#include "vv-decoder.h"
#include "vv-desk.h"
#include "vv-json.h"
#include "vv-progress.h"
#include "vv-vault.h"

#define BATCH   2000
#define PAGE    25
#define ROUNDS  15
#define SPREAD  7919  /* pages are taken from all over the repository */
#define LARGE   1000  /* photographs of real size, the rest are small: what is measured does not touch their bytes */
#define SIZE    60000 /* bytes of one of these */
#define ERRANDS 50    /* photographs that are opened: read, checked, deciphered and decoded */

/* --- A repository to look through ------------------------------------------------------------------------------------------------- */

/* Bytes of photograph @number: @picture and its number behind it, so that no two are the same. */
static GBytes *
make_file (GBytes *picture, gsize number, gboolean large)
{
  GByteArray *bytes = g_byte_array_new ();

  if (large)
    {
      g_byte_array_append (bytes, g_bytes_get_data (picture, NULL), (guint) g_bytes_get_size (picture));
      while (bytes->len < SIZE)
        g_byte_array_append (bytes, (const guint8 *) "\0\0\0\0\0\0\0", 8);
    }
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof number);
  return g_byte_array_free_to_bytes (bytes);
}

/* Two photographs a person; one in a thousand of the class parole. */
static gboolean
add_photograph (VvVault *vault, gsize number, GBytes *file, GError **error)
{
  g_autofree char       *person = g_strdup_printf ("P%07zu", number / 2);
  g_autofree char       *reference = g_strdup_printf ("B-%zu", number);
  g_autoptr (JsonObject) facts = vv_json_new ("person", "s", person, "class", "s", number % 1000 == 0 ? "parole" : "arrest", "origin", "s",
                                              "bench",
                                              "reference", "s", reference, "taken", "s", "2020-01-02", NULL);

  return vv_vault_add_photograph (vault, facts, file, error) != 0;
}

static gboolean
fill (VvVault *vault, gsize n, GBytes *picture, GCancellable *cancellable, GError **error)
{
  const gsize every = MAX (n / LARGE, 1);

  for (gsize done = 0; done < n; done += BATCH)
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error) || !vv_vault_begin (vault, error))
        return FALSE;
      for (gsize i = done; i < MIN (done + BATCH, n); i++)
        {
          g_autoptr (GBytes) file = make_file (picture, i, i % every == 0);

          if (!add_photograph (vault, i, file, error))
            return FALSE;
        }
      if (!vv_vault_commit (vault, error))
        return FALSE;
      vv_progress_set (cancellable, done, n);
    }
  return TRUE;
}

/* --- Measuring -------------------------------------------------------------------------------------------------------------------- */

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000;
}

/* The longest of some pages from all over the repository. @filter (transfer full). Negative on failure. */
static double
time_pages (VvVault *vault, JsonObject *filter, gsize n, GError **error)
{
  g_autoptr (JsonObject) owned = filter;
  double                 longest = 0;

  for (gsize i = 0; i < ROUNDS; i++)
    {
      gint64                start = g_get_monotonic_time ();
      g_autoptr (JsonArray) rows = vv_vault_list_photographs (vault, filter, i == 0 ? 0 : (gint64) (i * SPREAD * 10 % n + 1), PAGE, error);

      if (rows == NULL)
        return -1;
      longest = MAX (longest, ms_since (start));
    }
  return longest;
}

/* Reads photographs by number, each checked against its hash; with a decoder opens them, too. Sorted milliseconds. */
static gboolean
time_photographs (VvVault *vault, gsize n, gsize wanted, VvDecoder *decoder, double *ret_times, GError **error)
{
  const gsize every = MAX (n / LARGE, 1);
  const gsize large = n / every;

  for (gsize i = 0; i < wanted; i++)
    {
      gint64                start = g_get_monotonic_time ();
      g_autoptr (GBytes)    file = vv_vault_photograph_file (vault, (gint64) (i * 37 % large * every) + 1, error);
      g_autoptr (VvPicture) picture = NULL;

      if (file == NULL)
        return FALSE;
      if (decoder != NULL)
        picture = vv_decoder_decode (decoder, file, "photograph", VV_DECODER_STORED, NULL, NULL, error);
      if (decoder != NULL && picture == NULL)
        return FALSE;
      ret_times[i] = ms_since (start);
    }
  (void) vv_bench_median (ret_times, (guint) wanted);
  return TRUE;
}

static JsonObject *
look (VvVault *vault, gsize n, GError **error)
{
  g_autoptr (VvDecoder)  decoder = vv_decoder_new ();
  g_autofree double     *reads = g_new (double, LARGE);
  double                 opens[ERRANDS];
  double                 all, parole, person, reference;
  gint64                 start;
  g_autoptr (JsonObject) facts = NULL;
  gsize                  wanted = MIN (n, LARGE);

  all = time_pages (vault, json_object_new (), n, error);
  parole = all < 0 ? -1 : time_pages (vault, vv_json_new ("class", "s", "parole", NULL), n, error);
  person = parole < 0 ? -1 : time_pages (vault, vv_json_new ("person", "s", "P0000123", "class", "s", "arrest", NULL), n, error);
  reference = person < 0 ? -1 : time_pages (vault, vv_json_new ("reference", "s", "B-345", NULL), n, error);
  if (reference < 0 ||
      !time_photographs (vault, n, wanted, NULL, reads, error) ||
      !time_photographs (vault, n, ERRANDS, decoder, opens, error))
    return NULL;
  start = g_get_monotonic_time ();
  facts = vv_vault_repository_facts (vault, error);
  if (facts == NULL)
    return NULL;
  return vv_json_new ("photographs", "i", vv_json_int (facts, "photographs"), "facts_ms", "d", ms_since (start),
                      "page_ms", "d", all, "page_of_class_ms", "d", parole, "page_of_person_ms", "d", person, "page_of_reference_ms", "d", reference,
                      "read_p50_ms", "d", reads[wanted / 2], "read_p99_ms", "d", reads[wanted * 99 / 100],
                      "open_p50_ms", "d", opens[ERRANDS / 2], "open_worst_ms", "d", opens[ERRANDS - 1], NULL);
}

JsonObject *
vv_measure_repository (gsize n, const char *picture, GCancellable *cancellable, GError **error)
{
  g_autofree char       *dir = g_dir_make_tmp ("visavis-bench-XXXXXX", error);
  g_autoptr (VvVault)    vault = dir != NULL ? _vv_bench_make_vault (dir, error) : NULL;
  g_autoptr (GBytes)     file = NULL;
  g_autoptr (JsonObject) answer = NULL;
  char                  *data;
  gsize                  size;

  if (vault != NULL && g_file_get_contents (picture, &data, &size, error))
    file = g_bytes_new_take (data, size);
  if (file != NULL && fill (vault, n, file, cancellable, error))
    answer = look (vault, n, error);
  g_clear_pointer (&vault, vv_vault_close);
  if (dir != NULL)
    _vv_bench_remove_vault (dir);
  return g_steal_pointer (&answer);
}
