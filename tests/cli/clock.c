/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For tests, to be loaded before everything else: the clock says SHANYE_TEST_CLOCK, seconds since 1970. */

#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

int
clock_gettime (clockid_t        which,
               struct timespec *now)
{
  const char *text = getenv ("SHANYE_TEST_CLOCK");
  int         done = (int) syscall (SYS_clock_gettime, which, now);

  if (which == CLOCK_REALTIME && text != NULL)
    now->tv_sec = atoll (text);
  return done;
}

int
gettimeofday (struct timeval *restrict now,
              void *restrict           zone)
{
  struct timespec precise;
  int             done = clock_gettime (CLOCK_REALTIME, &precise);

  now->tv_sec = precise.tv_sec;
  now->tv_usec = precise.tv_nsec / 1000;
  return done;
}

time_t
time (time_t *now)
{
  struct timespec precise;

  clock_gettime (CLOCK_REALTIME, &precise);
  if (now != NULL)
    *now = precise.tv_sec;
  return precise.tv_sec;
}
