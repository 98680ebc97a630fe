// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Measuring the models on picture files, without a desk: decoder, vision and statistics joined. Nothing is written
 * and nothing is kept. One worker per processor; progress in pictures when @cancellable is a VvProgress. All block,
 * may be called from any thread, and return (transfer full), or NULL with VV_DESK_ERROR_INPUT, VV_VISION_ERROR_MODEL or
 * G_IO_ERROR_CANCELLED. A picture that cannot be read, or shows no face, is no error: it is counted.
 *
 * Of a picture with several faces the largest is compared. Wherever an answer has "failures", it also has "failed":
 * [{"file","error"}] with the pictures that gave no template, and "seconds_per_picture": what one worker took for
 * decoding, detection and template of one picture. */

/* The faces of each of @files (closed by NULL): {"files":[{"file","width","height","faces":[as vv-json-face.h]}],
 * "failures"}; a file that cannot be read has "error" in place of size and faces and counts as a failure. */
JsonObject *vv_measure_faces (const char *const *files,
                              GCancellable      *cancellable,
                              GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/* Pairs of pictures: @csv has the columns file_a, file_b, same (0 or 1); paths are relative to it.
 * {"pairs","failures","tmr":{"1e-2","1e-3","1e-4"},"eer","genuine_min","impostor_max","seconds_per_picture","failed"}.
 * "failures": pairs of which a picture gave no template; such a pair is below every threshold and counts in all rates,
 * but not in genuine_min. "tmr": share of same pairs at or above the lowest threshold that at most that share
 * of the different pairs reaches (vv-statistics.h). A figure for which there are no pairs is null. */
JsonObject *vv_measure_pairs (const char   *csv,
                              GCancellable *cancellable,
                              GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* Searches of @probes_csv in @gallery_csv, both with the columns file, person; paths are relative to each.
 * {"gallery","probes","failures","rank":{"1","5","10","50"},"fnir_at_fpir":{"1e-1","1e-2"},"seconds_per_picture","failed"}.
 * A person's score is that of the best of their gallery pictures; equal scores of others count before it. "rank": share
 * of the probes whose person is in the gallery and comes within that rank. "fnir_at_fpir": for each probe a second search is
 * made with the probe's own person left out of the gallery; the threshold lets at most that share of these non-mated
 * searches return anybody, and FNIR is the share of the mated searches in which the probe's own person stays below
 * it. A probe without a template, or whose person has none in the gallery, is missed at every rank and threshold.
 * "failures": pictures of either list without a template. */
JsonObject *vv_measure_gallery (const char   *gallery_csv,
                                const char   *probes_csv,
                                GCancellable *cancellable,
                                GError      **error) G_GNUC_WARN_UNUSED_RESULT;

/* The model packs: {"packs":[manifest with "state" and "in_use"],"ok"}; ok when all packs in use have their sums. With
 * @load they are also read by OpenCV, and one that cannot be is VV_VISION_ERROR_MODEL. */
JsonObject *vv_measure_models (gboolean load,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
