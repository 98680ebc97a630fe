// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <stdbool.h>

/* Takes from this process, for good, everything a decoder does not need: files (Landlock, where the kernel
 * has it), every system call but a few (seccomp), new programs and processes, the network, core dumps,
 * more than a bounded amount of memory, processor time, descriptors. Threads inside the process stay
 * possible: libde265 insists on one.
 *
 * Call it once, before the first foreign byte, with one thread running. After it, opening a file fails
 * with EACCES and other forbidden calls end the process with SIGSYS. Returns: false when the confinement
 * could not be had; then touch nothing and leave. */
bool vv_confine (void);
