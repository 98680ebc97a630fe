// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

#include "vv-bench-rows.h"
#include "vv-bench-search.h"
#include "vv-bench.h"
#include "vv-decoder.h"
#include "vv-desk.h"
#include "vv-gallery.h"
#include "vv-json.h"
#include "vv-paths.h"
#include "vv-progress.h"
#include "vv-vault.h"
#include "vv-vision.h"

#define LENGTH 128
#define BLOCK  4096
#define CHUNK  (16 * 1024) /* a page of the desk */
#define PACKED (210 + 8)   /* bytes of a template in a pack, and its photograph's number beside it */

#define LOADS    5
#define SEARCHES 15
#define POOL     50

#define PASSPHRASE "only for measuring"

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

/* --- Loading ---------------------------------------------------------------------------------------------------------------- */

/* Unit vectors, the same at every run. */
static void
make_templates (GRand *random, float *templates, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      float *row = templates + i * LENGTH;
      double square = 0;

      for (gsize j = 0; j < LENGTH; j++)
        {
          row[j] = (float) g_rand_double_range (random, -1, 1);
          square += (double) row[j] * (double) row[j];
        }
      for (gsize j = 0; j < LENGTH; j++)
        row[j] /= (float) sqrt (square);
    }
}

/* A template belongs to a photograph: rows as narrow as they can be, each with a file of its own. */
static gboolean
add_photographs (VvVault *vault, gsize first, gint64 *ids, gsize n, GError **error)
{
  g_autoptr (JsonObject) facts = vv_json_new ("person", "s", "bench", "class", "s", "arrest", "origin", "s", "bench",
                                              "reference", "s", "bench", NULL);

  for (gsize i = 0; i < n; i++)
    {
      gsize              number = first + i;
      g_autoptr (GBytes) file = g_bytes_new (&number, sizeof number);

      ids[i] = vv_vault_add_photograph (vault, facts, file, error);
      if (ids[i] == 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
fill (VvVault *vault, gsize templates, GCancellable *cancellable, GError **error)
{
  g_autoptr (GRand)  random = g_rand_new_with_seed (212129);
  g_autofree float  *numbers = g_new (float, BLOCK *LENGTH);
  g_autofree gint64 *ids = g_new (gint64, BLOCK);

  for (gsize done = 0; done < templates; done += BLOCK)
    {
      gsize n = MIN (BLOCK, templates - done);

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      make_templates (random, numbers, n);
      if (!vv_vault_begin (vault, error) ||
          !add_photographs (vault, done, ids, n, error) ||
          !vv_vault_add_templates (vault, "bench", LENGTH, ids, numbers, n, error) ||
          !vv_vault_commit (vault, error))
        return FALSE;
      vv_progress_set (cancellable, done + n, templates);
    }
  return TRUE;
}

/* Packs everything, as a desk does in the background. */
static gboolean
pack_all (VvVault *vault, GCancellable *cancellable, GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
      g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (float));
      g_autoptr (GBytes) pack = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
          !vv_vault_read_loose_templates (vault, "bench", 0, BLOCK, ids, rows, error))
        return FALSE;
      if (ids->len < BLOCK)
        return TRUE;
      pack = vv_gallery_pack (LENGTH, (const gint64 *) (gconstpointer) ids->data, (const float *) (gconstpointer) rows->data, BLOCK);
      if (!vv_vault_begin (vault, error) ||
          !vv_vault_add_pack (vault, "bench", (const gint64 *) (gconstpointer) ids->data, BLOCK, pack, error) ||
          !vv_vault_commit (vault, error))
        return FALSE;
    }
}

static gboolean
add_pack (gconstpointer pack, gsize size, gpointer gallery)
{
  return vv_gallery_add_pack (gallery, pack, size, /* error= */ NULL);
}

static gboolean
fetch_rows (const gint64 *ids, gsize n, float *ret_rows, gsize step, gpointer vault, GError **error)
{
  return vv_vault_template_rows (vault, "bench", ids, n, ret_rows, step, error);
}

static VvGallery *
load_gallery (VvVault *vault, GError **error)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new_without_rows (LENGTH, fetch_rows, vault);
  g_autoptr (GArray)    ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray)    rows = g_array_new (FALSE, FALSE, sizeof (float));

  if (!vv_vault_read_packs (vault, "bench", add_pack, gallery, /* cancellable= */ NULL, error) ||
      !vv_vault_read_loose_templates (vault, "bench", 0, BLOCK, ids, rows, error) ||
      !vv_gallery_add (gallery, (const gint64 *) (gconstpointer) ids->data, (const float *) (gconstpointer) rows->data, ids->len, error))
    return NULL;
  return g_steal_pointer (&gallery);
}

/* Seconds that the cipher alone takes for @bytes: decrypt and authenticate page by page. */
static double
cipher_seconds (gsize bytes)
{
  static const guint8 key[32], vector[16];
  g_autofree guint8  *from = g_malloc0 (CHUNK);
  g_autofree guint8  *to = g_malloc (CHUNK + sizeof vector);
  EVP_CIPHER_CTX     *cipher = EVP_CIPHER_CTX_new ();
  gint64              start = g_get_monotonic_time ();

  for (gsize done = 0; done < bytes; done += CHUNK)
    {
      guint8       mac[32];
      unsigned int mac_length;
      int          written;

      if (EVP_DecryptInit_ex (cipher, EVP_aes_256_cbc (), /* engine= */ NULL, key, vector) != 1 ||
          EVP_DecryptUpdate (cipher, to, &written, from, CHUNK) != 1 ||
          HMAC (EVP_sha256 (), key, sizeof key, from, CHUNK, mac, &mac_length) == NULL)
        break;
    }
  EVP_CIPHER_CTX_free (cipher);
  return seconds_since (start);
}

/* Searches for templates that are there, their rows out of the desk. */
static gboolean
time_searches (VvGallery *gallery, double *ret_ms, GError **error)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (212130);
  double            times[SEARCHES];
  float             query[LENGTH];
  VvGalleryHit      hits[POOL];
  gsize             n;

  for (gsize i = 0; i < SEARCHES; i++)
    {
      gint64 start = g_get_monotonic_time ();

      make_templates (random, query, 1);
      if (!vv_gallery_search (gallery, query, 1, POOL, /* threads= */ 1, /* filter= */ NULL, hits, &n, /* cancellable= */ NULL, error))
        return FALSE;
      times[i] = seconds_since (start) * 1000;
    }
  *ret_ms = vv_bench_median (times, SEARCHES);
  return TRUE;
}

static JsonObject *
load (const char *dir, VvSecret *passphrase, GError **error)
{
  g_autoptr (VvVault)   vault = vv_vault_open (dir, "bench", passphrase, error);
  g_autoptr (VvGallery) gallery = NULL;
  double                loads[LOADS], ciphers[LOADS], search_ms, seconds, cipher, megabytes;
  gsize                 templates = 0, bytes = 0;

  for (gsize i = 0; vault != NULL && i < LOADS; i++)
    {
      gint64 start = g_get_monotonic_time ();

      g_clear_pointer (&gallery, vv_gallery_unref);
      gallery = load_gallery (vault, error);
      if (gallery == NULL)
        return NULL;
      loads[i] = seconds_since (start);
      templates = vv_gallery_size (gallery);
      bytes = templates * PACKED;
      ciphers[i] = cipher_seconds (bytes);
    }
  if (gallery == NULL || !time_searches (gallery, &search_ms, error))
    return NULL;
  seconds = vv_bench_median (loads, LOADS);
  cipher = vv_bench_median (ciphers, LOADS);
  megabytes = (double) bytes / 1e6;
  return vv_json_new ("templates", "i", (gint64) templates, "seconds", "d", seconds, "cipher_seconds", "d", cipher,
                      "mb_per_s", "d", megabytes / seconds, "cipher_mb_per_s", "d", megabytes / cipher,
                      "bytes_per_template", "d", (double) vv_gallery_bytes (gallery) / (double) templates,
                      "search_ms", "d", search_ms, NULL);
}

VvVault *
_vv_bench_make_vault (const char *dir, GError **error)
{
  g_autoptr (JsonObject) about = vv_json_new ("station", "s", "B", "training", "b", TRUE, "kdf", "s", "light", NULL);
  g_autoptr (JsonObject) facts = vv_json_new ("full_name", "s", "bench", "state", "s", "active", NULL);
  g_autoptr (VvSecret)   passphrase = vv_secret_from_text (PASSPHRASE);
  JsonArray             *roles = json_array_new ();

  json_array_add_string_element (roles, "administrator");
  json_object_set_array_member (facts, "roles", roles);
  return vv_vault_create (dir, about, "bench", facts, passphrase, error) ? vv_vault_open (dir, "bench", passphrase, error) : NULL;
}

void
_vv_bench_remove_vault (const char *dir)
{
  static const char *const files[] = { "desk.db", "desk.db-wal", "desk.db-shm", "desk.json", "desk.lock", "desk.attempts" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (dir, files[i], NULL);

      (void) g_unlink (path); /* some are not there any more */
    }
  (void) g_rmdir (dir);
}

static JsonObject *
make_and_load (const char *dir, gsize templates, GCancellable *cancellable, GError **error)
{
  g_autoptr (VvSecret) passphrase = vv_secret_from_text (PASSPHRASE);
  g_autoptr (VvVault)  vault = _vv_bench_make_vault (dir, error);

  if (vault == NULL || !fill (vault, templates, cancellable, error) || !pack_all (vault, cancellable, error))
    return NULL;
  vv_vault_close (g_steal_pointer (&vault));
  return load (dir, passphrase, error);
}

JsonObject *
vv_measure_load (gsize templates, GCancellable *cancellable, GError **error)
{
  g_autofree char *dir = g_dir_make_tmp ("visavis-bench-XXXXXX", error);
  JsonObject      *answer;

  if (dir == NULL)
    return NULL;
  answer = make_and_load (dir, templates, cancellable, error);
  _vv_bench_remove_vault (dir);
  return answer;
}

/* --- Enrolling --------------------------------------------------------------------------------------------------------------- */

typedef struct
{
  VvVision     *vision;
  VvDecoder    *decoder;
  GPtrArray    *paths;
  VvPicture   **pictures; /* decoded before the networks are measured alone */
  gboolean      decoded;
  float        *numbers; /* (nullable) room for all templates */
  GCancellable *cancellable;
  int           failed; /* atomic */
} VvEnrol;

static VvPicture *
read_picture (VvEnrol *self, const char *path)
{
  g_autoptr (GBytes) file = NULL;
  char              *data;
  gsize              size;

  if (!g_file_get_contents (path, &data, &size, /* error= */ NULL))
    return NULL;
  file = g_bytes_new_take (data, size);
  return vv_decoder_decode (self->decoder, file, path, VV_DECODER_FOREIGN, NULL, self->cancellable, /* error= */ NULL);
}

static void
enrol_one (gpointer data, gpointer user_data)
{
  VvEnrol           *self = user_data;
  gsize              index = GPOINTER_TO_SIZE (data) - 1;
  g_autoptr (GArray) faces = NULL;
  guint              length = vv_vision_template_length (self->vision);
  g_autofree float  *numbers = g_new0 (float, length);

  if (!self->decoded)
    self->pictures[index] = read_picture (self, g_ptr_array_index (self->paths, index));
  if (self->pictures[index] != NULL)
    faces = vv_vision_detect (self->vision, self->pictures[index], self->cancellable, /* error= */ NULL);
  if (faces == NULL ||
      faces->len == 0 ||
      !vv_vision_template (self->vision, self->pictures[index], &g_array_index (faces, VvFace, 0), numbers, self->cancellable, NULL))
    g_atomic_int_inc (&self->failed);
  if (self->numbers != NULL)
    memcpy (self->numbers + index * length, numbers, sizeof *numbers * length);
}

/* All pictures once. Returns pictures a second. */
static double
pass (VvEnrol *self)
{
  GThreadPool *pool = g_thread_pool_new (enrol_one, self, (int) g_get_num_processors (), /* exclusive= */ TRUE, /* error= */ NULL);
  gint64       start = g_get_monotonic_time ();

  for (gsize i = 0; i < self->paths->len; i++)
    (void) g_thread_pool_push (pool, GSIZE_TO_POINTER (i + 1), /* error= */ NULL); /* threads exist already */
  g_thread_pool_free (pool, /* immediate= */ FALSE, /* wait= */ TRUE);
  return self->paths->len / seconds_since (start);
}

static GPtrArray *
list_files (const char *dir, GError **error)
{
  g_autoptr (GDir) folder = g_dir_open (dir, 0, error);
  GPtrArray       *paths = g_ptr_array_new_with_free_func (g_free);
  const char      *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR) && !g_str_has_suffix (name, ".csv") && !g_str_has_suffix (name, ".md"))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  return paths;
}

static void
enrol_clear (VvEnrol *self)
{
  for (guint i = 0; self->pictures != NULL && i < self->paths->len; i++)
    g_clear_pointer (&self->pictures[i], vv_picture_unref);
  g_clear_pointer (&self->pictures, g_free);
  g_clear_pointer (&self->vision, vv_vision_free);
  g_clear_pointer (&self->decoder, vv_decoder_free);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (VvEnrol, enrol_clear)

static gboolean
enrol_init (VvEnrol *self, const char *dir, GCancellable *cancellable, GError **error)
{
  g_autofree char *models = vv_paths_data ("models");

  *self = (VvEnrol){ .paths = list_files (dir, error), .decoder = vv_decoder_new (), .cancellable = cancellable };
  if (self->paths->len > 0)
    self->vision = vv_vision_new (models, error);
  else if (error != NULL && *error == NULL)
    g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("There are no picture files in “%s”."), dir);
  self->pictures = g_new0 (VvPicture *, MAX (self->paths->len, 1));
  return self->vision != NULL;
}

JsonObject *
vv_measure_enrol (const char *dir, GCancellable *cancellable, GError **error)
{
  g_auto (VvEnrol) enrol = { 0 };
  double           whole, networks;
  int              failed;

  if (!enrol_init (&enrol, dir, cancellable, error))
    return NULL;
  whole = pass (&enrol);
  failed = enrol.failed;
  enrol.decoded = TRUE;
  networks = pass (&enrol);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  return vv_json_new ("pictures", "i", (gint64) enrol.paths->len, "failures", "i", (gint64) failed, "workers", "i",
                      (gint64) g_get_num_processors (),
                      "pictures_per_s", "d", whole, "networks_only_per_s", "d", networks, NULL);
}

/* --- Searching ----------------------------------------------------------------------------------------------------------------- */

/* Templates of the pictures of @dir that have one. (transfer full) */
static float *
measure_people (const char *dir, guint *ret_length, gsize *ret_n, GCancellable *cancellable, GError **error)
{
  g_auto (VvEnrol) enrol = { 0 };
  gsize            n = 0;

  if (!enrol_init (&enrol, dir, cancellable, error))
    return NULL;
  *ret_length = vv_vision_template_length (enrol.vision);
  enrol.numbers = g_new0 (float, (gsize) enrol.paths->len **ret_length);
  (void) pass (&enrol);
  for (gsize i = 0; i < enrol.paths->len; i++)
    if (enrol.numbers[i * *ret_length] != 0)
      memmove (enrol.numbers + n++ * *ret_length, enrol.numbers + i * *ret_length, sizeof *enrol.numbers * *ret_length);
  *ret_n = n;
  if (n == 0)
    {
      g_free (enrol.numbers);
      g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("No face was found in the pictures in “%s”."), dir);
      return NULL;
    }
  return enrol.numbers;
}

JsonObject *
vv_measure_search (const VvMeasuredSearch *wanted, GCancellable *cancellable, GError **error)
{
  VvBenchSearch     search = { wanted->templates, wanted->length, wanted->k, wanted->threads, wanted->queries, NULL, 0 };
  g_autofree float *numbers = NULL;

  if (wanted->people != NULL)
    {
      search.people = numbers = measure_people (wanted->people, &search.dim, &search.n_people, cancellable, error);
      if (numbers == NULL)
        return NULL;
    }
  return vv_bench_search (&search, error);
}
