// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>
#include <string.h>

#include "vv-gallery-model.h"
#include "vv-gallery-private.h"
#include "vv-kernel.h"
#include "vv-progress.h"
#include "vv-segment.h"
#include "vv-test.h"

#define CONFIGURATIONS 400

static const guint lengths[] = { 4, 12, 128, 512 };
static const guint capacities[] = { 32, 64, 480, 32768 };

/* Ids are from 0 - BELOW to IDS - 1 - BELOW. */
#define IDS   1000003
#define BELOW 300

/* Where each id's row is; what the gallery asks when it keeps no rows. */
typedef struct
{
  guint        length;
  const float *rows;
  guint32     *places; /* IDS of them */
} Source;

static gboolean
fetch (const gint64 *ids,
       gsize         n,
       float        *ret_rows,
       gsize         step,
       gpointer      data,
       GError      **error)
{
  Source *self = data;

  for (gsize i = 0; i < n; i++)
    memcpy (ret_rows + i * step, self->rows + (gsize) self->places[ids[i] + BELOW] * self->length, self->length * sizeof *ret_rows);
  return TRUE;
}

typedef struct
{
  guint32         seed;
  const VvKernel *kernel;
  guint           length;
  VvData          kind;
  gsize           n;
  gsize           k;
  gsize           n_queries;
  guint           threads;
  guint           nth;    /* the filter lets one in nth through; 0: no filter */
  gboolean        rows;   /* the gallery keeps templates as floats */
  gboolean        rising; /* the ids do; then some of a gallery without rows come in packs */
} Configuration;

static Configuration
make_configuration (GRand          *rand,
                    guint32         seed,
                    const VvKernel *kernel)
{
  Configuration self = { .seed = seed, .kernel = kernel };
  guint         nths[] = { 0, 0, 1, 2, 7, 1000000 };

  self.length = lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
  self.kind = (VvData) g_rand_int_range (rand, 0, VV_N_DATA);
  self.n = (gsize) g_rand_int_range (rand, 1, g_rand_int_range (rand, 0, 8) == 0 ? 6000 : 700);
  self.k = (gsize) g_rand_int_range (rand, 1, g_rand_boolean (rand) ? 40 : (gint) self.n + 11);
  self.n_queries = (gsize) (g_rand_boolean (rand) ? 1 : g_rand_int_range (rand, 2, 21));
  self.threads = (guint) g_rand_int_range (rand, 1, 5);
  self.nth = nths[g_rand_int_range (rand, 0, G_N_ELEMENTS (nths))];
  self.rows = g_rand_boolean (rand);
  self.rising = g_rand_boolean (rand);
  return self;
}

/* Adds the next @n rows, in a pack where that can be. */
static void
add_piece (const Configuration *self,
           VvGallery           *gallery,
           const gint64        *ids,
           const float         *rows,
           gsize                n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pack = NULL;
  gboolean           added;

  if (!self->rows && self->rising && n % VV_GALLERY_PACK_GROUP == 0)
    {
      pack = vv_gallery_pack (self->length, ids, rows, n);
      added = vv_gallery_add_pack (gallery, g_bytes_get_data (pack, NULL), g_bytes_get_size (pack), &error);
    }
  else
    added = vv_gallery_add (gallery, ids, rows, n, &error);
  vv_assert_ok (error);
  ck_assert (added);
}

/* Adds rows in pieces of any size, takes some out again, in the gallery and in the model. */
static void
fill_both (GRand          *rand,
           Configuration  *self,
           const float    *rows,
           guint32        *places,
           VvGallery      *gallery,
           VvGalleryModel *model)
{
  g_autofree gint64 *ids = g_new (gint64, self->n);
  gsize              remove = g_rand_boolean (rand) ? 0 : (gsize) g_rand_int_range (rand, 0, (gint) self->n);

  for (gsize i = 0; i < self->n; i++)
    {
      ids[i] = (gint64) (self->rising ? i * 3 : (i * 7919) % IDS) - BELOW; /* some are below 0 */
      places[ids[i] + BELOW] = (guint32) i;
      vv_gallery_model_add (model, ids[i], rows + i * self->length);
    }
  for (gsize done = 0, now; done < self->n; done += now)
    {
      now = (gsize) g_rand_int_range (rand, 1, 400);
      now = g_rand_boolean (rand) ? now : (now + VV_GALLERY_PACK_GROUP) / VV_GALLERY_PACK_GROUP * VV_GALLERY_PACK_GROUP;
      now = MIN (now, self->n - done);
      add_piece (self, gallery, ids + done, rows + done * self->length, now);
    }
  for (gsize done = 0, now; done < remove; done += now)
    {
      gint64 some[5];

      now = MIN (G_N_ELEMENTS (some), remove - done);
      for (gsize i = 0; i < now; i++) /* the same one twice, too */
        {
          some[i] = ids[g_rand_int_range (rand, 0, (gint) self->n)];
          vv_gallery_model_remove (model, some[i]);
        }
      vv_gallery_remove (gallery, some, now);
    }
  ck_assert_uint_eq (vv_gallery_size (gallery), model->ids->len);
}

/* The ids that are a multiple of @nth; one in some hundred thousand, or none at all. (transfer full) */
static guint64 *
make_bits (guint nth)
{
  guint64 *bits = g_new0 (guint64, IDS / 64 + 1);

  for (gint64 i = BELOW % nth; i < IDS; i += nth)
    bits[i / 64] |= G_GUINT64_CONSTANT (1) << i % 64;
  return bits;
}

static void
compare (const Configuration *self,
         VvGallery           *gallery,
         VvGalleryModel      *model,
         const float         *queries)
{
  g_autofree VvGalleryHit *hits = g_new0 (VvGalleryHit, self->n_queries * self->k);
  g_autofree gsize        *counts = g_new0 (gsize, self->n_queries);
  g_autoptr (GError)       error = NULL;
  g_autofree guint64      *bits = self->nth > 0 ? make_bits (self->nth) : NULL;
  const VvGalleryFilter    filter = { -BELOW, IDS, bits };
  gboolean                 done;

  done = vv_gallery_search (gallery, queries, self->n_queries, self->k, self->threads, bits != NULL ? &filter : NULL, hits,
                            counts, NULL, &error);
  vv_assert_ok (error);
  ck_assert (done);
  for (gsize q = 0; q < self->n_queries; q++)
    {
      g_autoptr (GArray) wanted = vv_gallery_model_search (model, queries + q * self->length, self->nth);

      ck_assert_msg (counts[q] == MIN (self->k, wanted->len), "seed %u: %zu hits, not %zu", self->seed, counts[q],
                     MIN (self->k, (gsize) wanted->len));
      for (gsize i = 0; i < counts[q]; i++)
        {
          VvGalleryHit a = hits[q * self->k + i];
          VvGalleryHit b = g_array_index (wanted, VvGalleryHit, i);

          ck_assert_msg (a.id == b.id && memcmp (&a.score, &b.score, sizeof a.score) == 0,
                         "seed %u (%s, length %u, data %d, n %zu, k %zu, threads %u, nth %u, %s%s): query %zu, rank %zu: "
                         "%ld %.9g, not %ld %.9g",
                         self->seed, self->kernel->name, self->length, (int) self->kind, self->n, self->k, self->threads,
                         self->nth, self->rows ? "with rows" : "codes only", self->rising ? ", rising" : "", q, i, (long) a.id, (double) a.score, (long) b.id, (double) b.score);
        }
    }
}

START_TEST (search__is_the_plain_scan)
{
  static guint32 places[IDS];
  guint32        seed = (guint32) _i * 2654435761u + 1;

  for (const VvKernel *const *kernel = vv_kernel_list (); *kernel != NULL; kernel++)
    {
      g_autoptr (GRand)          rand = g_rand_new_with_seed (seed);
      Configuration              self = make_configuration (rand, seed, *kernel);
      guint                      capacity = capacities[g_rand_int_range (rand, 0, G_N_ELEMENTS (capacities))];
      g_autofree float          *rows = g_new (float, self.n *self.length);
      Source                     source = { self.length, rows, places };
      g_autoptr (VvGallery)      gallery = vv_gallery_new_with_source (self.length, capacity, self.rows ? NULL : fetch, &source);
      g_autoptr (VvGalleryModel) model = vv_gallery_model_new (self.length);
      g_autofree float          *queries = g_new (float, self.n_queries *self.length);

      vv_kernel_force (*kernel);
      vv_gallery_model_fill (rand, self.kind, self.length, self.n, rows);
      fill_both (rand, &self, rows, places, gallery, model);
      vv_gallery_model_fill (rand, g_rand_boolean (rand) ? self.kind : VV_DATA_SPREAD, self.length, self.n_queries, queries);
      if (model->ids->len > 0 && g_rand_boolean (rand))
        memcpy (queries, model->templates->data, self.length * sizeof *queries);
      compare (&self, gallery, model, queries);
    }
  vv_kernel_force (NULL);
}
END_TEST

START_TEST (dot__has_the_same_bits_in_every_kernel)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 2000; round++)
    {
      float a[512] = { 0 };
      float b[512] = { 0 };
      guint length = 4 * (guint) g_rand_int_range (rand, 1, 129);
      guint stride = (length + VV_KERNEL_LANES - 1) / VV_KERNEL_LANES * VV_KERNEL_LANES;
      float wanted;

      vv_gallery_model_fill (rand, VV_DATA_HEAVY, length, 1, a);
      vv_gallery_model_fill (rand, VV_DATA_SPREAD, length, 1, b);
      wanted = vv_gallery_model_score (a, b, length);
      for (const VvKernel *const *kernel = vv_kernel_list (); *kernel != NULL; kernel++)
        {
          float got = (*kernel)->dot (a, b, stride);

          ck_assert_msg (memcmp (&got, &wanted, sizeof got) == 0, "%s: %.9g, not %.9g", (*kernel)->name, (double) got,
                         (double) wanted);
        }
    }
}
END_TEST

START_TEST (add__refuses_what_is_not_a_template)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new (4);
  g_autoptr (GError)    error = NULL;
  const float           bad[][4] = {
              { NAN, 0, 0, 1 },
              { INFINITY, 0, 0, 0 },
              { 0, 0, 0, 0 },
              { 1.01f, 0, 0, 0 },
              { 0, 0.998f, 0, 0 },
              { 3e38f, 3e38f, 0, 0 }
  };
  const gint64 ids[] = { 1, 2 };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      float        rows[8] = { 1, 0, 0, 0 };
      VvGalleryHit hit;
      gsize        count;

      memcpy (rows + 4, bad[i], sizeof bad[i]);
      ck_assert (!vv_gallery_add (gallery, ids, rows, 2, &error));
      vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE);
      ck_assert_uint_eq (vv_gallery_size (gallery), 0);
      ck_assert (!vv_gallery_search (gallery, bad[i], 1, 1, 1, NULL, &hit, &count, NULL, &error));
      vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE);
    }
}
END_TEST

START_TEST (add__refuses_an_id_twice_and_adds_nothing)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new (4);
  g_autoptr (GError)    error = NULL;
  const float           rows[] = { 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0 };
  const gint64          first[] = { 5 };
  const gint64          again[] = { 6, 7, 5 };
  const gint64          twice[] = { 6, 7, 6 };
  const gint64          fresh[] = { 6, 7, 8 };

  ck_assert (vv_gallery_add (gallery, first, rows, 1, &error));
  ck_assert (!vv_gallery_add (gallery, again, rows, 3, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE);
  ck_assert (!vv_gallery_add (gallery, twice, rows, 3, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE);
  ck_assert_uint_eq (vv_gallery_size (gallery), 1);
  ck_assert (vv_gallery_add (gallery, fresh, rows, 3, &error));
  vv_assert_ok (error);
  ck_assert_uint_eq (vv_gallery_size (gallery), 4);
}
END_TEST

START_TEST (remove__frees_the_id_for_another_template)
{
  g_autoptr (VvGallery) gallery = vv_gallery_new_with_capacity (4, 32);
  g_autoptr (GError)    error = NULL;
  const float           x[] = { 1, 0, 0, 0 };
  const float           y[] = { 0, 1, 0, 0 };
  const gint64          stranger = 1000;
  VvGalleryHit          hit;
  gsize                 count;

  for (gint64 id = 0; id < 100; id++)
    ck_assert (vv_gallery_add (gallery, &id, x, 1, &error));
  vv_gallery_remove (gallery, &stranger, 1);
  ck_assert_uint_eq (vv_gallery_size (gallery), 100);
  for (gint64 id = 0; id < 100; id++)
    vv_gallery_remove (gallery, &id, 1);
  ck_assert_uint_eq (vv_gallery_size (gallery), 0);
  ck_assert (vv_gallery_search (gallery, x, 1, 1, 0, NULL, &hit, &count, NULL, &error));
  ck_assert_uint_eq (count, 0);
  for (gint64 id = 0; id < 100; id++)
    ck_assert (vv_gallery_add (gallery, &id, y, 1, &error));
  ck_assert (vv_gallery_search (gallery, y, 1, 1, 0, NULL, &hit, &count, NULL, &error));
  ck_assert (count == 1 && hit.id == 0 && hit.score == 1);
}
END_TEST

static VvGallery *
make_gallery (guint  length,
              gsize  n,
              VvData kind)
{
  g_autoptr (GRand)  rand = g_rand_new_with_seed (11);
  g_autofree float  *rows = g_new (float, n *length);
  g_autofree gint64 *ids = g_new (gint64, n);
  g_autoptr (GError) error = NULL;
  VvGallery         *gallery = vv_gallery_new (length);

  vv_gallery_model_fill (rand, kind, length, n, rows);
  for (gsize i = 0; i < n; i++)
    ids[i] = (gint64) i;
  ck_assert (vv_gallery_add (gallery, ids, rows, n, &error));
  return gallery;
}

static GCancellable *to_cancel;
static gint          groups_scanned;

/* The fastest kernel, and cancels the search at its hundredth call. */
static void
scan_and_cancel (const VvKernelCodes *codes,
                 const VvKernelQuery *queries,
                 guint                n_queries,
                 VvKernelFind        *ret_finds,
                 guint               *ret_n_finds)
{
  if (g_atomic_int_add (&groups_scanned, (gint) codes->n_groups) >= 100)
    g_cancellable_cancel (to_cancel);
  vv_kernel_list ()[0]->scan (codes, queries, n_queries, ret_finds, ret_n_finds);
}

START_TEST (search__stops_when_cancelled)
{
  g_autoptr (VvGallery)    gallery = make_gallery (4, 100000, VV_DATA_SPREAD);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError)       error = NULL;
  VvKernel                 kernel = *vv_kernel_list ()[0];
  const float              query[] = { 1, 0, 0, 0 };
  VvGalleryHit             hit;
  gsize                    count;

  to_cancel = cancellable;
  groups_scanned = 0;
  kernel.scan = scan_and_cancel;
  vv_kernel_force (&kernel);
  ck_assert (!vv_gallery_search (gallery, query, 1, 1, 2, NULL, &hit, &count, cancellable, &error));
  vv_kernel_force (NULL);
  vv_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  ck_assert_int_lt (groups_scanned, 200); /* of 3125 */
}
END_TEST

/* ---- rows kept elsewhere ---- */

#define N_VAULT      1024
#define VAULT_LENGTH 128

typedef struct
{
  VvGallery *gallery;
  gint64     ids[N_VAULT];
  float      rows[(N_VAULT + 1) * VAULT_LENGTH]; /* by id, which is the place */
  gint64     sealed;                             /* taken out when it is asked for first; -1: none */
  gboolean   wrong;                              /* gives another row than was asked for */
  guint      asked;
} Vault;

static gboolean
fetch_from_vault (const gint64 *ids,
                  gsize         n,
                  float        *ret_rows,
                  gsize         step,
                  gpointer      data,
                  GError      **error)
{
  Vault *self = data;

  for (gsize i = 0; i < n; i++)
    if (ids[i] == self->sealed)
      {
        vv_gallery_remove (self->gallery, &self->sealed, 1);
        g_set_error_literal (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_GONE, "gone");
        return FALSE;
      }
    else
      memcpy (ret_rows + i * step, self->rows + (ids[i] + (self->wrong ? 1 : 0)) * VAULT_LENGTH, VAULT_LENGTH * sizeof *ret_rows);
  self->asked += (guint) n;
  return TRUE;
}

static void
vault_free (Vault *self)
{
  vv_gallery_unref (self->gallery);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Vault, vault_free)

static Vault *
vault_new (guint capacity)
{
  g_autoptr (GRand)  rand = g_rand_new_with_seed (12);
  g_autoptr (GError) error = NULL;
  Vault             *self = g_new0 (Vault, 1);

  self->sealed = -1;
  vv_gallery_model_fill (rand, VV_DATA_SPREAD, VAULT_LENGTH, N_VAULT + 1, self->rows);
  for (gint64 i = 0; i < N_VAULT; i++)
    self->ids[i] = i;
  self->gallery = vv_gallery_new_with_source (VAULT_LENGTH, capacity, fetch_from_vault, self);
  ck_assert (vv_gallery_add (self->gallery, self->ids, self->rows, N_VAULT, &error));
  return self;
}

START_TEST (rows__sealed_during_a_search_are_not_in_the_answer)
{
  g_autoptr (Vault)  vault = vault_new (64);
  g_autoptr (GError) error = NULL;
  VvGalleryHit       hits[10];
  gsize              count;
  gboolean           done;

  vault->sealed = 500;
  done = vv_gallery_search (vault->gallery, vault->rows + 500 * VAULT_LENGTH, 1, 10, 1, NULL, hits, &count, NULL, &error);
  vv_assert_ok (error);
  ck_assert (done);
  ck_assert_uint_eq (count, 10);
  for (gsize i = 0; i < count; i++)
    ck_assert_int_ne (hits[i].id, 500);
  ck_assert_uint_eq (vv_gallery_size (vault->gallery), N_VAULT - 1);
  ck_assert_uint_lt (vault->asked, N_VAULT / 2);
}
END_TEST

START_TEST (rows__that_do_not_fit_their_codes_are_refused)
{
  g_autoptr (Vault)  vault = vault_new (64);
  g_autoptr (GError) error = NULL;
  VvGalleryHit       hit;
  gsize              count;

  vault->wrong = TRUE;
  ck_assert (!vv_gallery_search (vault->gallery, vault->rows, 1, 1, 1, NULL, &hit, &count, NULL, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_TEMPLATE);
}
END_TEST

START_TEST (memory__is_small_and_left_out_of_core_dumps)
{
  g_autoptr (Vault)     vault = vault_new (N_VAULT);
  g_autofree char      *maps = NULL;
  g_autoptr (VvSegment) segment = vv_segment_new (VAULT_LENGTH, N_VAULT, /* with_rows= */ FALSE);
  g_autofree char      *address = g_strdup_printf ("%lx-", (gulong) segment->memory);
  const char           *map;

  ck_assert_uint_le (vv_gallery_bytes (vault->gallery), 220 * N_VAULT);
  segment->memory[0] = 1;
  ck_assert (g_file_get_contents ("/proc/self/smaps", &maps, NULL, NULL));
  map = strstr (maps, address);
  ck_assert_ptr_nonnull (map);
  map = strstr (map, "VmFlags:");
  ck_assert_ptr_nonnull (map);
  ck_assert_ptr_nonnull (g_strstr_len (map, strcspn (map, "\n"), " dd"));
}
END_TEST

START_TEST (pack__is_taken_whole_or_not_at_all)
{
  g_autoptr (Vault)     vault = vault_new (64);
  g_autoptr (GBytes)    pack = vv_gallery_pack (VAULT_LENGTH, vault->ids, vault->rows, 32);
  gsize                 size;
  const guint8         *data = g_bytes_get_data (pack, &size);
  g_autofree guint8    *changed = g_memdup2 (data, size);
  g_autoptr (VvGallery) other = vv_gallery_new_without_rows (132, fetch_from_vault, vault);
  g_autoptr (GError)    error = NULL;
  const gint64          last = 31;

  ck_assert (!vv_gallery_add_pack (vault->gallery, data, size, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE);
  vv_gallery_remove (vault->gallery, vault->ids, 31);
  ck_assert (!vv_gallery_add_pack (vault->gallery, data, size, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_DUPLICATE);
  vv_gallery_remove (vault->gallery, &last, 1);
  ck_assert (!vv_gallery_add_pack (vault->gallery, data, size - 1, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_PACK);
  changed[0]++; /* the format */
  ck_assert (!vv_gallery_add_pack (vault->gallery, changed, size, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_PACK);
  ck_assert (!vv_gallery_add_pack (other, data, size, &error));
  vv_assert_error (error, VV_GALLERY_ERROR, VV_GALLERY_ERROR_PACK);
  ck_assert_uint_eq (vv_gallery_size (vault->gallery), N_VAULT - 32);
  ck_assert (vv_gallery_add_pack (vault->gallery, data, size, &error));
  ck_assert_uint_eq (vv_gallery_size (vault->gallery), N_VAULT);
}
END_TEST

START_TEST (search__tells_its_progress)
{
  g_autoptr (VvGallery)    gallery = make_gallery (4, 100000, VV_DATA_SPREAD);
  g_autoptr (VvProgress)   progress = vv_progress_new ();
  g_autoptr (GError)       error = NULL;
  g_autofree float        *queries = g_new0 (float, 40 * 4);
  g_autofree VvGalleryHit *hits = g_new (VvGalleryHit, 40);
  gsize                    counts[40];
  guint64                  done;
  guint64                  total;

  for (guint i = 0; i < 40; i++)
    queries[4 * i] = 1;
  ck_assert (vv_gallery_search (gallery, queries, 40, 1, 2, NULL, hits, counts, G_CANCELLABLE (progress), &error));
  vv_progress_get (progress, &done, &total);
  ck_assert_uint_gt (total, 1);
  ck_assert_uint_eq (done, total);
}
END_TEST

/* ---- searches beside changes ---- */

#define BATCH       50
#define N_BATCHES   12
#define N_PERMANENT 2000

typedef struct
{
  VvGallery      *gallery;
  VvGalleryModel *permanent;
  float          *transient; /* N_BATCHES x BATCH rows */
  gint            stop;
} Crowd;

#define CROWD_LENGTH 128

/* Adds and removes whole batches, in any order, until told to stop. */
static gpointer
change (gpointer data)
{
  Crowd            *self = data;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  gboolean          in[N_BATCHES] = { FALSE };

  while (!g_atomic_int_get (&self->stop))
    {
      gint               b = g_rand_int_range (rand, 0, N_BATCHES);
      gint64             ids[BATCH];
      g_autoptr (GError) error = NULL;

      for (gint i = 0; i < BATCH; i++)
        ids[i] = N_PERMANENT + b * BATCH + i;
      if (in[b])
        vv_gallery_remove (self->gallery, ids, BATCH);
      else if (!vv_gallery_add (self->gallery, ids, self->transient + b * BATCH * CROWD_LENGTH, BATCH, &error))
        g_error ("%s", error->message);
      in[b] = !in[b];
    }
  return NULL;
}

/* One answer with everything in it: every permanent template, each batch whole or not at all, right scores. */
static void
check_answer (Crowd              *self,
              const float        *query,
              const VvGalleryHit *hits,
              gsize               n)
{
  guint seen[N_BATCHES] = { 0 };
  guint permanent = 0;

  for (gsize i = 0; i < n; i++)
    {
      gint64       id = hits[i].id;
      const float *row = id < N_PERMANENT ? &g_array_index (self->permanent->templates, float, id *CROWD_LENGTH)
                                          : self->transient + (id - N_PERMANENT) * CROWD_LENGTH;

      if (hits[i].score != vv_gallery_model_score (query, row, CROWD_LENGTH))
        g_error ("a wrong score");
      if (i > 0 && (hits[i - 1].score < hits[i].score || (hits[i - 1].score == hits[i].score && hits[i - 1].id >= id)))
        g_error ("a wrong order");
      if (id < N_PERMANENT)
        permanent++;
      else
        seen[(id - N_PERMANENT) / BATCH]++;
    }
  if (permanent != N_PERMANENT)
    g_error ("%u permanent templates", permanent);
  for (guint b = 0; b < N_BATCHES; b++)
    if (seen[b] != 0 && seen[b] != BATCH)
      g_error ("%u of a batch", seen[b]);
}

static gpointer
search_all (gpointer data)
{
  Crowd                   *self = data;
  gsize                    k = N_PERMANENT + N_BATCHES * BATCH;
  g_autofree VvGalleryHit *hits = g_new (VvGalleryHit, k);

  for (guint i = 0; i < 60; i++)
    {
      const float       *query = &g_array_index (self->permanent->templates, float, i *CROWD_LENGTH);
      gsize              n;
      g_autoptr (GError) error = NULL;

      if (!vv_gallery_search (self->gallery, query, 1, k, 1 + i % 3, NULL, hits, &n, NULL, &error))
        g_error ("%s", error->message);
      check_answer (self, query, hits, n);
    }
  return NULL;
}

START_TEST (search__sees_one_moment_while_others_change_the_gallery)
{
  g_autoptr (VvGallery)      gallery = vv_gallery_new_with_capacity (CROWD_LENGTH, 128);
  g_autoptr (VvGalleryModel) permanent = vv_gallery_model_new (CROWD_LENGTH);
  g_autoptr (GRand)          rand = g_rand_new_with_seed (5);
  g_autoptr (GError)         error = NULL;
  g_autofree float          *rows = g_new (float, N_PERMANENT *CROWD_LENGTH);
  g_autofree float          *transient = g_new (float, N_BATCHES *BATCH *CROWD_LENGTH);
  Crowd                      crowd = { gallery, permanent, transient, 0 };
  GThread                   *changer;
  GThread                   *searchers[3];

  vv_gallery_model_fill (rand, VV_DATA_CLUSTERED, CROWD_LENGTH, N_PERMANENT, rows);
  vv_gallery_model_fill (rand, VV_DATA_CLUSTERED, CROWD_LENGTH, N_BATCHES * BATCH, transient);
  for (gint64 id = 0; id < N_PERMANENT; id++)
    {
      vv_gallery_model_add (permanent, id, rows + id * CROWD_LENGTH);
      ck_assert (vv_gallery_add (gallery, &id, rows + id * CROWD_LENGTH, 1, &error));
    }
  changer = g_thread_new ("change", change, &crowd);
  for (guint i = 0; i < G_N_ELEMENTS (searchers); i++)
    searchers[i] = g_thread_new ("search", search_all, &crowd);
  for (guint i = 0; i < G_N_ELEMENTS (searchers); i++)
    g_thread_join (searchers[i]);
  g_atomic_int_set (&crowd.stop, 1);
  g_thread_join (changer);
}
END_TEST

static Suite *
suite (void)
{
  Suite *self = suite_create ("gallery");
  TCase *tcase = tcase_create ("gallery");

  tcase_set_timeout (tcase, 240);
  tcase_add_loop_test (tcase, search__is_the_plain_scan, 0, CONFIGURATIONS);
  tcase_add_test (tcase, dot__has_the_same_bits_in_every_kernel);
  tcase_add_test (tcase, add__refuses_what_is_not_a_template);
  tcase_add_test (tcase, add__refuses_an_id_twice_and_adds_nothing);
  tcase_add_test (tcase, remove__frees_the_id_for_another_template);
  tcase_add_test (tcase, search__stops_when_cancelled);
  tcase_add_test (tcase, rows__sealed_during_a_search_are_not_in_the_answer);
  tcase_add_test (tcase, rows__that_do_not_fit_their_codes_are_refused);
  tcase_add_test (tcase, memory__is_small_and_left_out_of_core_dumps);
  tcase_add_test (tcase, pack__is_taken_whole_or_not_at_all);
  tcase_add_test (tcase, search__tells_its_progress);
  suite_add_tcase (self, tcase);
  tcase = tcase_create ("beside"); /* alone under ThreadSanitizer: CK_RUN_CASE=beside */
  tcase_set_timeout (tcase, 240);
  tcase_add_test (tcase, search__sees_one_moment_while_others_change_the_gallery);
  suite_add_tcase (self, tcase);
  return self;
}

VV_TEST_MAIN (suite)
