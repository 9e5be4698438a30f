/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server.h"

#include "shy-core.h"

/* Services as a bureau has them, connected to a province on loopback. */
typedef struct
{
  Province       *province;
  ProvinceServer *server;
} ServicesSample;

void services_sample_start   (ServicesSample *self,
                              guint64         rows);
void services_sample_stop    (ServicesSample *self);

/* Connects a shipped description with @before replaced by @after, both NULL for none. */
void services_sample_connect (ServicesSample *self,
                              ShyStore       *store,
                              const char     *id,
                              const char     *before,
                              const char     *after);
