/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyNoticeFunc: (skip)
 * @sentence: what a person should know, translated
 *
 * Told of something that does not stop the work; on any thread.
 */
typedef void (*ShyNoticeFunc) (const char *sentence);

void shy_process_start             (void);
void shy_process_forbid_core_files (void);
void shy_process_set_notice_func   (ShyNoticeFunc  func);
void shy_process_notice            (const char    *sentence);
void shy_process_warn_of_mode      (const char    *path);

G_END_DECLS
