/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/wire/shy-transfer-private.h"

G_BEGIN_DECLS

struct _ShyLine
{
  gatomicrefcount refs; /* of who made it, and of its thread */
  ShyManner      *manner;
  GMainContext   *context;
  GMainLoop      *loop;
  GThread        *thread;

  /* Of the thread. */
  SoupSession *session;
  GList       *active; /* of ShyTransfer */
};

G_END_DECLS
