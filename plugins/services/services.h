/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of the plugin share: the page (page-*) and the editor of descriptions and
 * keys (editor-*). */

#include "services-work.h"
#include "shy.h"
