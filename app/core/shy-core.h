/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The public API of libshanye-core, room by room. */

#include "county/shy-county-registry.h"
#include "county/shy-county-scope.h"
#include "county/shy-county.h"
#include "extend/shy-command.h"
#include "extend/shy-context.h"
#include "extend/shy-dataset.h"
#include "extend/shy-engine.h"
#include "extend/shy-plugin.h"
#include "extend/shy-todo-list.h"
#include "extend/shy-todo.h"
#include "policy/shy-facts.h"
#include "policy/shy-policy-registry.h"
#include "policy/shy-policy.h"
#include "sheet/shy-book.h"
#include "sheet/shy-sheet-cell.h"
#include "sheet/shy-sheet-reader.h"
#include "shy-data.h"
#include "shy-error.h"
#include "shy-locale.h"
#include "store/shy-connection.h"
#include "store/shy-journal.h"
#include "store/shy-personal.h"
#include "store/shy-statement.h"
#include "store/shy-store.h"
