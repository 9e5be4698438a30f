/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "editor-preferences.h"
#include "services-page.h"
#include "services-todo.h"

#include <libpeas/peas.h>

void
peas_register_types (PeasObjectModule *module)
{
  peas_object_module_register_extension_type (module, SHY_TYPE_PAGE, SERVICES_TYPE_PAGE);
  peas_object_module_register_extension_type (module, SHY_TYPE_TODO, SERVICES_TYPE_TODO);
  peas_object_module_register_extension_type (module, SHY_TYPE_PREFERENCES,
                                              SERVICES_TYPE_PREFERENCES);
}
