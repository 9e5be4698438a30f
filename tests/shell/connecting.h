/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "server.h"
#include "shy-core.h"

/* Connects a service that ships with the sample province, as an IT person would: its description
 * allows plain HTTP, its values are the province's, its keys are in the environment. With @automatic
 * it is a sample, which the window pulls by itself. Blocks. */
void connecting_add (const char     *database,
                     ProvinceServer *server,
                     const char     *service,
                     gboolean        automatic);
