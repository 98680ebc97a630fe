// SPDX-License-Identifier: GPL-3.0-or-later
#define _GNU_SOURCE /* CLONE_THREAD, F_ADD_SEALS */
#include "vv-confine.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(array) (sizeof (array) / sizeof (array)[0])

/* The largest picture is 480 MB as BGRA; turning it upright needs that twice, a progressive JPEG of that
 * size 720 MB of coefficients besides, and the file itself up to 512 MB. */
#define MEMORY ((rlim_t) 3 << 30)

/* The largest memfd: VV_DECODER_MAX_PIXELS pixels of 4 bytes. */
#define FILE_SIZE ((rlim_t) 512 << 20)

#define CPU_SECONDS 45 /* over the life of a process; the client's wall clock stops a single file sooner */
#define DESCRIPTORS 16

/* struct landlock_ruleset_attr of kernel 6.12 (ABI 6), by hand: Debian 12's header stops at ABI 2. Older
 * kernels are given the leading part that they know. */
typedef struct
{
  uint64_t access_fs;
  uint64_t access_net;
  uint64_t scoped;
} LandlockRuleset;

static bool
limit (int resource, rlim_t soft, rlim_t hard)
{
  const struct rlimit limits = { .rlim_cur = soft, .rlim_max = hard };

  return setrlimit ((__rlimit_resource_t) resource, &limits) == 0;
}

static bool
set_limits (void)
{
  /* Not RLIMIT_NPROC: it counts threads and other processes of the same person, and seccomp below refuses
   * new processes anyway. */
  return limit (RLIMIT_AS, MEMORY, MEMORY) && limit (RLIMIT_CORE, 0, 0) &&
         limit (RLIMIT_CPU, CPU_SECONDS, CPU_SECONDS + 1) && limit (RLIMIT_FSIZE, FILE_SIZE, FILE_SIZE) &&
         limit (RLIMIT_NOFILE, DESCRIPTORS, DESCRIPTORS) && limit (RLIMIT_MEMLOCK, 0, 0);
}

/* Forbids all file and network access that Landlock knows. A kernel without it is no failure: seccomp
 * forbids the same calls, this is the second lock on the door. */
static bool
restrict_files (void)
{
  const long      abi = syscall (SYS_landlock_create_ruleset, NULL, 0, /* version= */ 1);
  LandlockRuleset rules = { 0 };
  size_t          size = sizeof rules.access_fs;
  long            ruleset;
  bool            done;

  if (abi < 1)
    return true;
  rules.access_fs = (UINT64_C (1) << (abi >= 5 ? 16 : abi >= 3 ? 15
                                                    : abi == 2 ? 14
                                                               : 13)) -
                    1;
  if (abi >= 4)
    {
      rules.access_net = 3; /* bind and connect TCP */
      size = offsetof (LandlockRuleset, scoped);
    }
  if (abi >= 6)
    {
      rules.scoped = 3; /* abstract sockets and signals of others */
      size = sizeof rules;
    }
  ruleset = syscall (SYS_landlock_create_ruleset, &rules, size, 0);
  if (ruleset < 0)
    return false;
  done = syscall (SYS_landlock_restrict_self, ruleset, 0) == 0;
  (void) close ((int) ruleset);
  return done;
}

static bool
allow_plain (scmp_filter_ctx filter)
{
  static const int calls[] = {
    SCMP_SYS (brk), SCMP_SYS (clock_gettime), SCMP_SYS (close), SCMP_SYS (exit), SCMP_SYS (exit_group),
    SCMP_SYS (fstat), SCMP_SYS (ftruncate), SCMP_SYS (futex), SCMP_SYS (getpid), SCMP_SYS (getrandom),
    SCMP_SYS (gettid), SCMP_SYS (gettimeofday), SCMP_SYS (lseek), SCMP_SYS (madvise),
    SCMP_SYS (memfd_create), SCMP_SYS (mremap), SCMP_SYS (munmap), SCMP_SYS (recvmsg),
    SCMP_SYS (restart_syscall), SCMP_SYS (rseq), SCMP_SYS (rt_sigaction), SCMP_SYS (rt_sigprocmask), SCMP_SYS (rt_sigreturn),
    SCMP_SYS (sched_getaffinity), SCMP_SYS (sched_yield), SCMP_SYS (sendmsg), SCMP_SYS (set_robust_list),
    SCMP_SYS (sysinfo), SCMP_SYS (write)
  };
  bool done = true;

  for (size_t i = 0; i < COUNT (calls) && done; i++)
    done = seccomp_rule_add (filter, SCMP_ACT_ALLOW, calls[i], 0) == 0;
  return done;
}

/* Calls that libraries make in passing and do without: they learn that it cannot be had, and go on. */
static bool
refuse_softly (scmp_filter_ctx filter)
{
  static const struct
  {
    int call, code;
  } calls[] = {
    { SCMP_SYS (clone3), ENOSYS },
    { SCMP_SYS (ioctl), ENOTTY },
    { SCMP_SYS (newfstatat), EACCES },
    { SCMP_SYS (open), EACCES },
    { SCMP_SYS (openat), EACCES },
    { SCMP_SYS (prctl), EPERM },
    { SCMP_SYS (prlimit64), EPERM },
    { SCMP_SYS (readlink), EACCES },
    { SCMP_SYS (sched_setscheduler), EPERM },
  };
  bool done = true;

  for (size_t i = 0; i < COUNT (calls) && done; i++)
    done = seccomp_rule_add (filter, SCMP_ACT_ERRNO ((uint16_t) calls[i].code), calls[i].call, 0) == 0;
  return done;
}

/* Calls that are needed with some arguments and dangerous with others. */
static bool
allow_some (scmp_filter_ctx filter)
{
  const scmp_datum_t self = (scmp_datum_t) getpid ();

  return seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (clone), 1,
                           SCMP_A0 (SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1, SCMP_A1 (SCMP_CMP_EQ, F_ADD_SEALS)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1,
                           SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0 &&
         /* abort() */
         seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (tgkill), 2, SCMP_A0 (SCMP_CMP_EQ, self),
                           SCMP_A2 (SCMP_CMP_EQ, SIGABRT)) == 0;
}

static bool
filter_calls (void)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  bool            done;

  if (filter == NULL)
    return false;
  done = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
         allow_plain (filter) && refuse_softly (filter) && allow_some (filter) && seccomp_load (filter) == 0;
  seccomp_release (filter);
  return done;
}

bool
vv_confine (void)
{
  /* One arena: a second one would cost a thread 64 MB of address space. */
  (void) mallopt (M_ARENA_MAX, 1);
  return prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && set_limits () &&
         restrict_files () && filter_calls ();
}
