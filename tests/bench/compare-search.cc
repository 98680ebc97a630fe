// SPDX-License-Identifier: GPL-3.0-or-later
/* Our search and its peers in one process, turn by turn, over the same templates. tests/bench/compare builds and runs it.
 *
 * compare-search TEMPLATES QUERIES THREADS [hnsw]: prints one line of JSON. */
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <omp.h>
#include <string>
#include <sys/mman.h>
#include <thread>
#include <vector>

#include <faiss/IndexFlat.h>
#include <hnswlib/hnswlib.h>

#include "vv-bench-rows.h"
#include "vv-gallery.h"

namespace
{
constexpr unsigned dim = 128, rounds = 9;
constexpr size_t   k = 50;

struct Rows
{
  size_t templates, queries;
  float *numbers;

  const float *
  query (size_t i) const
  {
    return numbers + (templates + i) * dim;
  }
};

double
milliseconds (const std::function<void ()> &work)
{
  const auto start = std::chrono::steady_clock::now ();

  work ();
  return std::chrono::duration<double, std::milli> (std::chrono::steady_clock::now () - start).count ();
}

double
median (std::vector<double> values)
{
  return vv_bench_median (values.data (), (guint) values.size ());
}

gboolean
fetch (const gint64 *ids, gsize n, float *ret_rows, gsize step, gpointer data, GError **)
{
  const auto *rows = static_cast<const Rows *> (data);

  for (gsize i = 0; i < n; i++)
    std::memcpy (ret_rows + i * step, rows->numbers + (size_t) ids[i] * dim, dim * sizeof (float));
  return TRUE;
}

VvGallery *
make_gallery (Rows &rows)
{
  VvGallery          *gallery = vv_gallery_new_without_rows (dim, fetch, &rows);
  std::vector<gint64> ids (rows.templates);
  g_autoptr (GError)  error = nullptr;

  for (size_t i = 0; i < rows.templates; i++)
    ids[i] = (gint64) i;
  if (!vv_gallery_add (gallery, ids.data (), rows.numbers, rows.templates, &error))
    g_error ("%s", error->message);
  return gallery;
}

/* Ids of each query's best. */
std::vector<std::vector<gint64>>
search (VvGallery *gallery, const Rows &rows, unsigned threads)
{
  std::vector<VvGalleryHit>        hits (rows.queries * k);
  std::vector<gsize>               counts (rows.queries);
  std::vector<std::vector<gint64>> found (rows.queries);
  g_autoptr (GError)               error = nullptr;

  if (!vv_gallery_search (gallery, rows.query (0), rows.queries, k, threads, nullptr, hits.data (), counts.data (), nullptr, &error))
    g_error ("%s", error->message);
  for (size_t q = 0; q < rows.queries; q++)
    for (size_t i = 0; i < counts[q]; i++)
      found[q].push_back (hits[q * k + i].id);
  return found;
}

/* Share of the ids in @found that are in @wanted. */
double
recall (const std::vector<std::vector<gint64>> &wanted, const std::vector<std::vector<gint64>> &found)
{
  size_t same = 0, all = 0;

  for (size_t q = 0; q < wanted.size (); q++)
    for (gint64 id : wanted[q])
      {
        all++;
        same += std::find (found[q].begin (), found[q].end (), id) != found[q].end ();
      }
  return (double) same / (double) all;
}

void
compare_flat (Rows &rows, VvGallery *gallery, unsigned threads)
{
  faiss::IndexFlatIP               flat (dim);
  const gsize                      bytes = rows.templates * (dim / 2 + 2);
  guint64                         *words = vv_bench_map_words (bytes);
  std::vector<double>              ours, theirs, reading;
  std::vector<float>               scores (rows.queries * k);
  std::vector<faiss::Index::idx_t> labels (rows.queries * k);
  std::vector<std::vector<gint64>> found, wanted (rows.queries);

  flat.add ((faiss::Index::idx_t) rows.templates, rows.numbers);
  omp_set_num_threads ((int) threads);
  for (unsigned i = 0; i < rounds; i++)
    {
      reading.push_back (vv_bench_time_reading (words, bytes, threads));
      ours.push_back (milliseconds ([&] { found = search (gallery, rows, threads); }));
      theirs.push_back (milliseconds ([&] { flat.search ((faiss::Index::idx_t) rows.queries, rows.query (0), k, scores.data (), labels.data ()); }));
    }
  munmap (words, bytes);
  for (size_t q = 0; q < rows.queries; q++)
    wanted[q].assign (labels.begin () + (long) (q * k), labels.begin () + (long) ((q + 1) * k));
  std::printf ("\"ours_ms\": %.2f, \"peer_ms\": %.2f, \"ratio\": %.2f, \"read_ms\": %.2f, \"ours_to_read\": %.2f, \"same_as_peer\": %.4f, "
               "\"bytes_per_template\": %.1f}\n",
               median (ours), median (theirs), median (theirs) / median (ours), median (reading), median (ours) / median (reading),
               recall (wanted, found), (double) vv_gallery_bytes (gallery) / (double) rows.templates);
}

void
compare_graph (Rows &rows, VvGallery *gallery, unsigned threads)
{
  hnswlib::InnerProductSpace       space (dim);
  hnswlib::HierarchicalNSW<float>  graph (&space, rows.templates, 16, 200);
  std::vector<std::thread>         workers;
  std::vector<std::vector<gint64>> wanted = search (gallery, rows, threads);
  std::string                      list;

  graph.addPoint (rows.numbers, 0);
  for (size_t w = 0; w < 2; w++)
    workers.emplace_back ([&, w] { for (size_t i = 1 + w; i < rows.templates; i += 2) graph.addPoint (rows.numbers + i * dim, i); });
  for (auto &worker : workers)
    worker.join ();
  for (size_t ef : { 256, 1024, 4096 })
    {
      std::vector<double>              ours, theirs;
      std::vector<std::vector<gint64>> found;

      graph.setEf (ef);
      for (unsigned i = 0; i < rounds; i++)
        {
          ours.push_back (milliseconds ([&] { (void) search (gallery, rows, threads); }));
          theirs.push_back (milliseconds ([&] {
            found.assign (rows.queries, {});
            for (size_t q = 0; q < rows.queries; q++)
              for (auto best = graph.searchKnn (rows.query (q), k); !best.empty (); best.pop ())
                found[q].push_back ((gint64) best.top ().second);
          }));
        }
      std::printf ("%s{\"ef\": %zu, \"ours_ms\": %.2f, \"peer_ms\": %.2f, \"ratio\": %.2f, \"peer_recall\": %.4f}", ef == 256 ? "\"settings\": [" : ", ", ef,
                   median (ours), median (theirs), median (theirs) / median (ours), recall (wanted, found));
    }
  std::printf ("]}\n");
}
}

int
main (int argc, char **argv)
{
  Rows           rows = { argc > 1 ? std::stoul (argv[1]) : 1000000, argc > 2 ? std::stoul (argv[2]) : 1, nullptr };
  const unsigned threads = argc > 3 ? (unsigned) std::stoul (argv[3]) : 1;

  rows.numbers = vv_bench_rows (rows.templates, dim, rows.queries, nullptr, 0);
  std::printf ("{\"templates\": %zu, \"queries\": %zu, \"threads\": %u, \"seed\": %d, ", rows.templates, rows.queries, threads, VV_BENCH_SEED);
  VvGallery *gallery = make_gallery (rows);
  if (argc > 4 && std::string (argv[4]) == "hnsw")
    compare_graph (rows, gallery, threads);
  else
    compare_flat (rows, gallery, threads);
  vv_gallery_unref (gallery);
  g_free (rows.numbers);
  return EXIT_SUCCESS;
}
