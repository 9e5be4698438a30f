/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE 1
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

/*
 * Loaded before a program (LD_PRELOAD), kills it at the call whose number SHANYE_KILL_AT says: before
 * each step that changes a folder or waits for the disk.
 */

static void
count (void)
{
  static int  calls;
  const char *at = getenv ("SHANYE_KILL_AT");

  if (at != NULL && ++calls == atoi (at))
    kill (getpid (), SIGKILL);
}

#define NEXT(name) ((__typeof__ (name) *) dlsym (RTLD_NEXT, #name))

int
rename (const char *from, const char *to)
{
  count ();
  return NEXT (rename) (from, to);
}

int
renameat2 (int from_folder, const char *from, int to_folder, const char *to, unsigned int flags)
{
  count ();
  return NEXT (renameat2) (from_folder, from, to_folder, to, flags);
}

int
link (const char *from, const char *to)
{
  count ();
  return NEXT (link) (from, to);
}

int
unlink (const char *path)
{
  count ();
  return NEXT (unlink) (path);
}

int
fsync (int fd)
{
  count ();
  return NEXT (fsync) (fd);
}

int
fdatasync (int fd)
{
  count ();
  return NEXT (fdatasync) (fd);
}

ssize_t
pwrite64 (int fd, const void *bytes, size_t length, off64_t at)
{
  count ();
  return NEXT (pwrite64) (fd, bytes, length, at);
}
