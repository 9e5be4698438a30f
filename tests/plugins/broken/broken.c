/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A plugin that cannot be loaded: it calls a function that exists nowhere. */
#include "shy-core.h"

#include <libpeas/peas.h>

void a_function_that_nobody_has (PeasObjectModule *module);

G_MODULE_EXPORT void
peas_register_types (PeasObjectModule *module)
{
  a_function_that_nobody_has (module);
}
