/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the parts of the plugin share: the page (page-*), the editor of descriptions and keys
 * (editor-*) and the updates that wait for a person (update-*). */

#include "services-desk.h"
#include "services-work.h"
#include "shy.h"
