// SPDX-License-Identifier: GPL-3.0-or-later
#define G_LOG_DOMAIN "vv-desk"
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "vv-csv.h"
#include "vv-decoder.h"
#include "vv-desk.h"
#include "vv-json-face.h"
#include "vv-json.h"
#include "vv-measure.h"
#include "vv-paths.h"
#include "vv-progress.h"
#include "vv-statistics.h"
#include "vv-vision.h"

/* One picture file and what became of it. */
typedef struct
{
  char   *path;
  GArray *faces;   /* (nullable) of VvFace, when faces are asked for */
  float *template; /* (nullable) of the largest face, when templates are asked for */
  int     width, height;
  gint64  microseconds;
  GError *error; /* (nullable) why there is neither */
} VvMeasured;

/* A set of picture files, each once, and the workers' tools. */
typedef struct
{
  VvVision     *vision;
  VvDecoder    *decoder;
  GPtrArray    *pictures; /* of VvMeasured */
  GHashTable   *by_path;  /* path -> VvMeasured, both of pictures */
  gboolean      want_templates;
  GCancellable *cancellable; /* (unowned) (nullable) */
  int           done;        /* atomic */
} VvBatch;

static void
measured_free (gpointer data)
{
  VvMeasured *measured = data;

  g_free (measured->path);
  g_clear_pointer (&measured->faces, g_array_unref);
  g_free (measured->template);
  g_clear_error (&measured->error);
  g_free (measured);
}

static VvBatch *
batch_new (gboolean      want_templates,
           GCancellable *cancellable,
           GError      **error)
{
  g_autofree char     *models = vv_paths_data ("models");
  g_autoptr (VvVision) vision = vv_vision_new (models, error);
  VvBatch             *batch;

  if (vision == NULL)
    return NULL;
  batch = g_new0 (VvBatch, 1);
  batch->vision = g_steal_pointer (&vision);
  batch->decoder = vv_decoder_new ();
  batch->pictures = g_ptr_array_new_with_free_func (measured_free);
  batch->by_path = g_hash_table_new (g_str_hash, g_str_equal);
  batch->want_templates = want_templates;
  batch->cancellable = cancellable;
  return batch;
}

static void
batch_free (VvBatch *batch)
{
  g_hash_table_unref (batch->by_path);
  g_ptr_array_unref (batch->pictures);
  vv_decoder_free (batch->decoder);
  vv_vision_free (batch->vision);
  g_free (batch);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VvBatch, batch_free)

/* The picture @file, seen from the folder of @csv (nullable: from here). Belongs to @batch. */
static VvMeasured *
batch_add (VvBatch    *batch,
           const char *csv,
           const char *file)
{
  g_autofree char *folder = csv != NULL ? g_path_get_dirname (csv) : NULL;
  g_autofree char *base = g_canonicalize_filename (folder != NULL ? folder : ".", NULL);
  g_autofree char *path = g_canonicalize_filename (file, base);
  VvMeasured      *measured = g_hash_table_lookup (batch->by_path, path);

  if (measured != NULL)
    return measured;
  measured = g_new0 (VvMeasured, 1);
  measured->path = g_steal_pointer (&path);
  g_ptr_array_add (batch->pictures, measured);
  g_hash_table_insert (batch->by_path, measured->path, measured);
  return measured;
}

static VvPicture *
load_picture (VvBatch    *batch,
              VvMeasured *measured)
{
  g_autofree char   *name = g_path_get_basename (measured->path);
  g_autoptr (GBytes) bytes = NULL;
  char              *data = NULL;
  gsize              size = 0;

  if (!g_file_get_contents (measured->path, &data, &size, NULL))
    {
      g_set_error (&measured->error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT,
                   _ ("“%s” cannot be read. Check its name and that you may read it."), name);
      return NULL;
    }
  bytes = g_bytes_new_take (data, size);
  return vv_decoder_decode (batch->decoder, bytes, name, VV_DECODER_FOREIGN, /* ret_facts= */ NULL, batch->cancellable,
                            &measured->error);
}

static void
make_template (VvBatch         *batch,
               VvMeasured      *measured,
               const VvPicture *picture)
{
  g_autofree float *template = g_new (float, vv_vision_template_length (batch->vision));

  if (measured->faces->len == 0)
    g_set_error_literal (&measured->error, VV_VISION_ERROR, VV_VISION_ERROR_NO_FACE, _ ("No face was found in the picture."));
  else if (vv_vision_template (batch->vision, picture, &g_array_index (measured->faces, VvFace, 0), template,
                               batch->cancellable, &measured->error))
    measured->template = g_steal_pointer (&template);
}

static void
measure_one (gpointer data,
             gpointer user_data)
{
  VvMeasured           *measured = data;
  VvBatch              *batch = user_data;
  gint64                start = g_get_monotonic_time ();
  g_autoptr (VvPicture) picture = NULL;

  if (g_cancellable_is_cancelled (batch->cancellable))
    return;
  picture = load_picture (batch, measured);
  if (picture != NULL)
    {
      measured->width = picture->width;
      measured->height = picture->height;
      measured->faces = vv_vision_detect (batch->vision, picture, batch->cancellable, &measured->error);
    }
  if (measured->faces != NULL && batch->want_templates)
    make_template (batch, measured, picture);
  measured->microseconds = g_get_monotonic_time () - start;
  vv_progress_set (batch->cancellable, (guint64) g_atomic_int_add (&batch->done, 1) + 1, batch->pictures->len);
}

/* Measures every picture. FALSE when cancelled, or when a model turned out unusable. */
static gboolean
batch_run (VvBatch *batch,
           GError **error)
{
  GThreadPool *pool = g_thread_pool_new (measure_one, batch, (int) g_get_num_processors (), /* exclusive= */ FALSE, NULL);

  for (guint i = 0; i < batch->pictures->len; i++)
    g_thread_pool_push (pool, batch->pictures->pdata[i], NULL);
  g_thread_pool_free (pool, /* immediate= */ FALSE, /* wait= */ TRUE);
  if (g_cancellable_set_error_if_cancelled (batch->cancellable, error))
    return FALSE;
  for (guint i = 0; i < batch->pictures->len; i++)
    {
      VvMeasured *measured = batch->pictures->pdata[i];

      if (g_error_matches (measured->error, VV_VISION_ERROR, VV_VISION_ERROR_MODEL) ||
          g_error_matches (measured->error, VV_DECODER_ERROR, VV_DECODER_ERROR_HELPER))
        {
          g_propagate_error (error, g_steal_pointer (&measured->error));
          return FALSE;
        }
    }
  return TRUE;
}

static double
score_of (VvBatch          *batch,
          const VvMeasured *a,
          const VvMeasured *b)
{
  double sum = 0;

  if (a->template == NULL || b->template == NULL)
    return -INFINITY;
  for (guint i = 0; i < vv_vision_template_length (batch->vision); i++)
    sum += (double) a->template[i] * (double) b -> template[i];
  return sum;
}

/* A figure that there is nothing to compute from is null. */
static void
set_figure (JsonObject *object,
            const char *name,
            double      value)
{
  if (isfinite (value))
    json_object_set_double_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

/* "seconds_per_picture" and "failed"; returns how many pictures failed. */
static gint64
add_batch_figures (JsonObject *answer,
                   VvBatch    *batch)
{
  JsonArray *failed = json_array_new ();
  gint64     spent = 0;

  for (guint i = 0; i < batch->pictures->len; i++)
    {
      const VvMeasured *measured = batch->pictures->pdata[i];

      spent += measured->microseconds;
      if (measured->error != NULL)
        json_array_add_object_element (failed, vv_json_new ("file", "s", measured->path, "error", "s", measured->error->message, NULL));
    }
  set_figure (answer, "seconds_per_picture", (double) spent / G_USEC_PER_SEC / batch->pictures->len);
  json_object_set_array_member (answer, "failed", failed);
  return json_array_get_length (failed);
}

/* --- Faces ------------------------------------------------------------------------------------------------------ */

static JsonObject *
faces_to_json (const VvMeasured *measured)
{
  g_autoptr (JsonArray) faces = NULL;

  if (measured->error != NULL)
    return vv_json_new ("file", "s", measured->path, "error", "s", measured->error->message, NULL);
  faces = json_array_new ();
  for (guint i = 0; i < measured->faces->len; i++)
    json_array_add_object_element (faces, vv_json_face_new (&g_array_index (measured->faces, VvFace, i)));
  return vv_json_new ("file", "s", measured->path,
                      "width", "i", (gint64) measured->width,
                      "height", "i", (gint64) measured->height,
                      "faces", "a", g_steal_pointer (&faces),
                      NULL);
}

JsonObject *
vv_measure_faces (const char *const *files,
                  GCancellable      *cancellable,
                  GError           **error)
{
  g_autoptr (VvBatch)   batch = batch_new (/* want_templates= */ FALSE, cancellable, error);
  g_autoptr (JsonArray) answers = json_array_new ();
  gint64                failures = 0;

  if (batch == NULL)
    return NULL;
  for (; *files != NULL; files++)
    (void) batch_add (batch, /* csv= */ NULL, *files);
  if (!batch_run (batch, error))
    return NULL;
  for (guint i = 0; i < batch->pictures->len; i++)
    {
      const VvMeasured *measured = batch->pictures->pdata[i];

      failures += measured->error != NULL;
      json_array_add_object_element (answers, faces_to_json (measured));
    }
  return vv_json_new ("files", "a", g_steal_pointer (&answers), "failures", "i", failures, NULL);
}

/* --- Pairs ------------------------------------------------------------------------------------------------------ */

static JsonArray *
load_rows (const char        *csv,
           const char *const *columns,
           GError           **error)
{
  g_autoptr (JsonArray) rows = vv_csv_load (csv, columns, error);

  if (rows == NULL || vv_json_length (rows) > 0)
    return g_steal_pointer (&rows);
  g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("“%s” has a heading and no rows."), csv);
  return NULL;
}

static gboolean
check_same (JsonArray  *rows,
            const char *csv,
            GError    **error)
{
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      const char *same = vv_json_string (vv_json_element (rows, i), "same");

      if (g_strcmp0 (same, "0") != 0 && g_strcmp0 (same, "1") != 0)
        {
          g_set_error (error, VV_DESK_ERROR, VV_DESK_ERROR_INPUT, _ ("Row %u of “%s” has neither 0 nor 1 in the column “same”."), i + 2,
                       csv);
          return FALSE;
        }
    }
  return TRUE;
}

static JsonObject *
pairs_to_json (const GArray *genuine,
               const GArray *impostor)
{
  static const struct
  {
    const char *name;
    double      rate;
  } rates[] = { { "1e-2", 1e-2 }, { "1e-3", 1e-3 }, { "1e-4", 1e-4 } };
  const double *same = (const double *) (gpointer) genuine->data;
  const double *other = (const double *) (gpointer) impostor->data;
  JsonObject   *answer = json_object_new ();
  JsonObject   *tmr = json_object_new ();
  double        lowest = INFINITY, highest = -INFINITY;
  gint64        failures = 0;

  for (guint i = 0; i < genuine->len; i++)
    {
      failures += isinf (same[i]) != 0;
      lowest = isinf (same[i]) ? lowest : MIN (lowest, same[i]);
    }
  for (guint i = 0; i < impostor->len; i++)
    {
      failures += isinf (other[i]) != 0;
      highest = MAX (highest, other[i]);
    }
  json_object_set_int_member (answer, "pairs", (gint64) genuine->len + impostor->len);
  json_object_set_int_member (answer, "failures", failures);
  for (gsize i = 0; i < G_N_ELEMENTS (rates); i++)
    set_figure (tmr, rates[i].name,
                vv_statistics_share (same, genuine->len, vv_statistics_threshold (other, impostor->len, rates[i].rate)));
  json_object_set_object_member (answer, "tmr", tmr);
  set_figure (answer, "eer", vv_statistics_eer (same, genuine->len, other, impostor->len));
  set_figure (answer, "genuine_min", lowest);
  set_figure (answer, "impostor_max", highest);
  return answer;
}

JsonObject *
vv_measure_pairs (const char   *csv,
                  GCancellable *cancellable,
                  GError      **error)
{
  static const char *const columns[] = { "file_a", "file_b", "same", NULL };
  g_autoptr (JsonArray)    rows = load_rows (csv, columns, error);
  g_autoptr (VvBatch)      batch = NULL;
  g_autoptr (GArray)       genuine = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray)       impostor = g_array_new (FALSE, FALSE, sizeof (double));
  JsonObject              *answer;

  if (rows == NULL || !check_same (rows, csv, error) || (batch = batch_new (TRUE, cancellable, error)) == NULL)
    return NULL;
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      (void) batch_add (batch, csv, vv_json_string (vv_json_element (rows, i), "file_a"));
      (void) batch_add (batch, csv, vv_json_string (vv_json_element (rows, i), "file_b"));
    }
  if (!batch_run (batch, error))
    return NULL;
  for (guint i = 0; i < vv_json_length (rows); i++)
    {
      JsonObject *row = vv_json_element (rows, i);
      double      score = score_of (batch, batch_add (batch, csv, vv_json_string (row, "file_a")),
                                    batch_add (batch, csv, vv_json_string (row, "file_b")));

      g_array_append_val (g_str_equal (vv_json_string (row, "same"), "1") ? genuine : impostor, score);
    }
  answer = pairs_to_json (genuine, impostor);
  (void) add_batch_figures (answer, batch);
  return answer;
}

/* --- Gallery and probes -------------------------------------------------------------------------------------------- */

/* What the search of one probe gave. */
typedef struct
{
  double mate;   /* the probe's own person; -INFINITY when not returned */
  double others; /* the best of all others: the answer of the search without the probe's own person */
  guint  rank;   /* of the own person; 0 when not returned */
} VvSearched;

/* Best score per person. Returns: (element-type person (unowned), owned double). */
static GHashTable *
search (VvBatch          *batch,
        JsonArray        *gallery,
        const char       *gallery_csv,
        const VvMeasured *probe)
{
  GHashTable *best = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < vv_json_length (gallery); i++)
    {
      JsonObject *row = vv_json_element (gallery, i);
      const char *person = vv_json_string (row, "person");
      double      score = score_of (batch, probe, batch_add (batch, gallery_csv, vv_json_string (row, "file")));
      double     *known = g_hash_table_lookup (best, person);

      if (known == NULL)
        g_hash_table_insert (best, (gpointer) person, g_memdup2 (&score, sizeof score));
      else
        *known = MAX (*known, score);
    }
  return best;
}

static VvSearched
judge (GHashTable *best,
       const char *person)
{
  const double  *mate = g_hash_table_lookup (best, person);
  VvSearched     searched = { mate != NULL ? *mate : -INFINITY, -INFINITY, 1 };
  GHashTableIter iter;
  gpointer       name, score;

  g_hash_table_iter_init (&iter, best);
  while (g_hash_table_iter_next (&iter, &name, &score))
    if (!g_str_equal (name, person))
      {
        searched.others = MAX (searched.others, *(double *) score);
        searched.rank += *(double *) score >= searched.mate;
      }
  if (isinf (searched.mate))
    searched.rank = 0;
  return searched;
}

static JsonObject *
ranks_to_json (const GArray *mated)
{
  static const struct
  {
    const char *name;
    guint       rank;
  } ranks[] = { { "1", 1 }, { "5", 5 }, { "10", 10 }, { "50", 50 } };
  JsonObject *object = json_object_new ();

  for (gsize r = 0; r < G_N_ELEMENTS (ranks); r++)
    {
      guint within = 0;

      for (guint i = 0; i < mated->len; i++)
        {
          guint rank = g_array_index (mated, VvSearched, i).rank;

          within += rank > 0 && rank <= ranks[r].rank;
        }
      set_figure (object, ranks[r].name, mated->len > 0 ? (double) within / mated->len : NAN);
    }
  return object;
}

static JsonObject *
fnir_to_json (const GArray *mated,
              const GArray *others)
{
  static const struct
  {
    const char *name;
    double      rate;
  } rates[] = { { "1e-1", 1e-1 }, { "1e-2", 1e-2 } };
  JsonObject *object = json_object_new ();

  for (gsize r = 0; r < G_N_ELEMENTS (rates); r++)
    {
      double threshold = vv_statistics_threshold ((const double *) (gpointer) others->data, others->len, rates[r].rate);
      guint  missed = 0;

      /* a search that returned nobody is a miss even where every score would pass */
      for (guint i = 0; i < mated->len; i++)
        {
          double mate = g_array_index (mated, VvSearched, i).mate;

          missed += isinf (mate) || mate < threshold;
        }
      set_figure (object, rates[r].name, mated->len > 0 && !isnan (threshold) ? (double) missed / mated->len : NAN);
    }
  return object;
}

static void
add_rows (VvBatch    *batch,
          const char *csv,
          JsonArray  *rows)
{
  for (guint i = 0; i < vv_json_length (rows); i++)
    (void) batch_add (batch, csv, vv_json_string (vv_json_element (rows, i), "file"));
}

JsonObject *
vv_measure_gallery (const char   *gallery_csv,
                    const char   *probes_csv,
                    GCancellable *cancellable,
                    GError      **error)
{
  static const char *const columns[] = { "file", "person", NULL };
  g_autoptr (JsonArray)    gallery = load_rows (gallery_csv, columns, error);
  g_autoptr (JsonArray)    probes = gallery != NULL ? load_rows (probes_csv, columns, error) : NULL;
  g_autoptr (VvBatch)      batch = probes != NULL ? batch_new (TRUE, cancellable, error) : NULL;
  g_autoptr (GArray)       mated = g_array_new (FALSE, FALSE, sizeof (VvSearched));
  g_autoptr (GArray)       others = g_array_new (FALSE, FALSE, sizeof (double));
  JsonObject              *answer;

  if (batch == NULL)
    return NULL;
  add_rows (batch, gallery_csv, gallery);
  add_rows (batch, probes_csv, probes);
  if (!batch_run (batch, error))
    return NULL;
  for (guint i = 0; i < vv_json_length (probes); i++)
    {
      JsonObject            *row = vv_json_element (probes, i);
      const char            *person = vv_json_string (row, "person");
      g_autoptr (GHashTable) best = search (batch, gallery, gallery_csv, batch_add (batch, probes_csv, vv_json_string (row, "file")));
      VvSearched             searched = judge (best, person);

      if (g_hash_table_contains (best, person))
        g_array_append_val (mated, searched);
      g_array_append_val (others, searched.others);
    }
  answer = vv_json_new ("gallery", "i", (gint64) vv_json_length (gallery), "probes", "i", (gint64) vv_json_length (probes), NULL);
  json_object_set_int_member (answer, "failures", 0);
  json_object_set_object_member (answer, "rank", ranks_to_json (mated));
  json_object_set_object_member (answer, "fnir_at_fpir", fnir_to_json (mated, others));
  json_object_set_int_member (answer, "failures", add_batch_figures (answer, batch));
  return answer;
}

/* --- Models ------------------------------------------------------------------------------------------------------- */

JsonObject *
vv_measure_models (gboolean load,
                   GError **error)
{
  g_autofree char       *models = vv_paths_data ("models");
  g_autofree char       *use_path = g_build_filename (models, "use.json", NULL);
  g_autoptr (JsonArray)  packs = vv_vision_list_packs (models, error);
  g_autoptr (JsonObject) use = packs != NULL ? vv_json_load (use_path, error) : NULL;
  g_autoptr (VvVision)   vision = NULL;
  gboolean               ok = TRUE;

  if (use == NULL)
    return NULL;
  for (guint i = 0; i < vv_json_length (packs); i++)
    {
      JsonObject *pack = vv_json_element (packs, i);
      gboolean    in_use = g_strcmp0 (vv_json_string (use, vv_json_string (pack, "role")), vv_json_string (pack, "name")) == 0;

      json_object_set_boolean_member (pack, "in_use", in_use);
      ok = ok && (!in_use || g_str_equal (vv_json_string (pack, "state"), "ok"));
    }
  if (load && ok && (vision = vv_vision_new (models, error)) == NULL)
    return NULL;
  return vv_json_new ("packs", "a", g_steal_pointer (&packs), "ok", "b", ok, NULL);
}
