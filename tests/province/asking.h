/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "province.h"

G_BEGIN_DECLS

/* For tests: asks a province without a socket. @headers is "Name: value\n…" or %NULL. */
char *province_ask (Province   *province,
                    const char *method,
                    const char *target,
                    const char *headers,
                    const char *body);

G_END_DECLS
