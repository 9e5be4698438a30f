/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The plugin of policies: what each says and where it stands (policies-*), and the updates that wait
 * for a person (update-*). */

#include "shy.h"

#define POLICIES_PAGE_ID "policies"
