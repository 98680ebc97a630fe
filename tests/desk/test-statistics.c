// SPDX-License-Identifier: GPL-3.0-or-later
#include <math.h>

#include "vv-statistics.h"
#include "vv-test.h"

/* Worked out by hand. */
static const double IMPOSTOR[] = { 0.30, 0.10, 0.50, 0.20, 0.40, 0.05, 0.15, 0.25, 0.35, 0.45 };
static const double GENUINE[] = { 0.90, 0.42, 0.80, 0.70 };

START_TEST (threshold__lets_no_more_through_than_the_rate)
{
  double none = vv_statistics_threshold (IMPOSTOR, 10, 0);
  double one = vv_statistics_threshold (IMPOSTOR, 10, 0.1);
  double three = vv_statistics_threshold (IMPOSTOR, 10, 0.39);

  ck_assert (none > 0.5 && none < 0.5000001);
  ck_assert (one > 0.45 && one < 0.4500001);
  ck_assert (three > 0.35 && three < 0.3500001);
  ck_assert (isinf (vv_statistics_threshold (IMPOSTOR, 10, 1)));
  ck_assert (isnan (vv_statistics_threshold (IMPOSTOR, 0, 0.1)));
}
END_TEST

START_TEST (threshold__equal_scores_pass_or_fail_together)
{
  static const double same[] = { 0.2, 0.6, 0.6, 0.6 };
  double              threshold = vv_statistics_threshold (same, 4, 0.5);

  ck_assert_double_eq (vv_statistics_share (same, 4, threshold), 0);
  ck_assert_double_eq (vv_statistics_share (same, 4, vv_statistics_threshold (same, 4, 0.75)), 0.75);
}
END_TEST

START_TEST (threshold__share_of_a_hundred)
{
  double scores[100];

  for (int i = 0; i < 100; i++)
    scores[i] = i;
  for (int i = 0; i <= 100; i++)
    ck_assert_double_eq (vv_statistics_share (scores, 100, vv_statistics_threshold (scores, 100, i / 100.0)), i / 100.0);
}
END_TEST

START_TEST (share__counts_what_could_not_be_compared)
{
  static const double scores[] = { 0.9, -INFINITY, 0.5, 0.7 };

  ck_assert_double_eq (vv_statistics_share (scores, 4, 0.5), 0.75);
  ck_assert_double_eq (vv_statistics_share (GENUINE, 4, vv_statistics_threshold (IMPOSTOR, 10, 0.1)), 0.75);
  ck_assert (isnan (vv_statistics_share (scores, 0, 0.5)));
  ck_assert (isnan (vv_statistics_share (scores, 4, NAN)));
}
END_TEST

START_TEST (eer__by_hand)
{
  static const double apart[] = { 0.6, 0.7 };
  static const double below[] = { 0.01, 0.02 };

  /* just above 0.40 two of ten impostors pass and no genuine pair is refused; above 0.42 two pass still, and one of four is
   * refused: the lines cross at 0.2 */
  ck_assert_double_eq_tol (vv_statistics_eer (GENUINE, 4, IMPOSTOR, 10), 0.2, 1e-12);
  ck_assert_double_eq_tol (vv_statistics_eer (apart, 2, IMPOSTOR, 10), 0, 1e-12);
  ck_assert_double_eq_tol (vv_statistics_eer (below, 2, IMPOSTOR, 10), 1, 1e-12);
  /* the same scores on both sides: at every threshold what one gains the other loses */
  ck_assert_double_eq_tol (vv_statistics_eer (IMPOSTOR, 10, IMPOSTOR, 10), 0.5, 1e-12);
  ck_assert (isnan (vv_statistics_eer (GENUINE, 0, IMPOSTOR, 10)));
}
END_TEST

START_TEST (eer__between_two_thresholds)
{
  static const double genuine[] = { 0.3, 0.8, 0.9 };
  static const double impostor[] = { 0.1, 0.2, 0.3, 0.4 };

  /* above 0.2: false match 2/4, false non-match 0; above 0.3: 1/4 and 1/3. The differences are 1/2 and -1/12, so the
   * crossing is at 6/7 of the way: 1/2 - 1/4 * 6/7 = 2/7 */
  ck_assert_double_eq_tol (vv_statistics_eer (genuine, 3, impostor, 4), 2.0 / 7, 1e-12);
}
END_TEST

static Suite *
suite (void)
{
  Suite *result = suite_create ("statistics");
  TCase *rates = tcase_create ("rates");

  tcase_add_test (rates, threshold__lets_no_more_through_than_the_rate);
  tcase_add_test (rates, threshold__equal_scores_pass_or_fail_together);
  tcase_add_test (rates, threshold__share_of_a_hundred);
  tcase_add_test (rates, share__counts_what_could_not_be_compared);
  tcase_add_test (rates, eer__by_hand);
  tcase_add_test (rates, eer__between_two_thresholds);
  suite_add_tcase (result, rates);
  return result;
}

VV_TEST_MAIN (suite)
