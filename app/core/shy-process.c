/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shy-process.h"

#include <glib/gi18n-lib.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

/* What this process holds must not come to lie in files that others read. */

/**
 * shy_process_forbid_core_files: (skip)
 *
 * Sees that neither a core file is written, nor what a crash reporter takes in place of one.
 */
void
shy_process_forbid_core_files (void)
{
  static gsize        once = 0;
  const struct rlimit none = { 0, 0 };
  FILE               *filter;

  if (!g_once_init_enter (&once))
    return;
  setrlimit (RLIMIT_CORE, &none);
  filter = fopen ("/proc/self/coredump_filter", "w");
  if (filter != NULL)
    {
      fputs ("0", filter);
      fclose (filter);
    }
  g_once_init_leave (&once, 1);
}

/**
 * shy_process_start: (skip)
 *
 * To be called first by each program: it holds personal data from its first file on.
 */
void
shy_process_start (void)
{
  umask (0077);
  /* A limit of file sizes is told as any full disk is. */
  signal (SIGXFSZ, SIG_IGN);
  shy_process_forbid_core_files ();
}

static ShyNoticeFunc notice_func;

/**
 * shy_process_set_notice_func: (skip)
 * @func: (nullable): who tells people; %NULL for standard error
 *
 * Says how notices reach people.
 */
void
shy_process_set_notice_func (ShyNoticeFunc func)
{
  g_atomic_pointer_set (&notice_func, func);
}

/**
 * shy_process_notice: (skip)
 * @sentence: what a person should know
 *
 * Tells it.
 */
void
shy_process_notice (const char *sentence)
{
  ShyNoticeFunc func = (ShyNoticeFunc) g_atomic_pointer_get (&notice_func);

  if (func != NULL)
    func (sentence);
  else
    g_printerr ("%s\n", sentence);
}

/**
 * shy_process_warn_of_mode: (skip)
 * @path: a file with secrets
 *
 * Tells that other users of this computer may read the file, if they may.
 */
void
shy_process_warn_of_mode (const char *path)
{
  g_autofree char *sentence = NULL;
  g_autofree char *shown = NULL;
  struct stat      there;

  if (stat (path, &there) != 0 || !S_ISREG (there.st_mode) || (there.st_mode & 0077) == 0)
    return;
  shown = g_filename_display_name (path);
  sentence = g_strdup_printf (_("“%s” holds secrets, and other users of this computer may read it. "
                                "Take that right away: chmod 600."), shown);
  shy_process_notice (sentence);
}
