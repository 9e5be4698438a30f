/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "policies-page.h"
#include "policies-todo.h"

#include <libpeas/peas.h>

void
peas_register_types (PeasObjectModule *module)
{
  peas_object_module_register_extension_type (module, SHY_TYPE_PAGE, POLICIES_TYPE_PAGE);
  peas_object_module_register_extension_type (module, SHY_TYPE_TODO, POLICIES_TYPE_TODO);
}
