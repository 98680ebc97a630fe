// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A training desk in @dir (made if missing), whose ECMS is the folder @dir/ecms. Enrolling its people takes seconds, so one
 * desk is made per build and day and kept in the build folder; @dir gets a copy. Test programs that run at once wait for
 * each other. Fails the test when it cannot be made. */
void vv_test_training_desk (const char *dir);

/* Copies the files of a desk that nobody has open into an empty folder. */
void vv_test_copy_desk (const char *from, const char *to);

G_END_DECLS
