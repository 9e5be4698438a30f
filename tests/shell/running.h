/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy.h"

/* A test that runs inside the real application: it starts before the body and quits behind it. */
typedef void (*RunningBody) (ShyApplication *application,
                             ShyWindow      *window);

void running_prepare  (const char  *plugins,
                       int         *argc,
                       char      ***argv);
void running_add_test (const char  *path,
                       RunningBody  body);
