/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "subsidy.h"

#include "subsidy-applications.h"
#include "subsidy-check.h"
#include "subsidy-dataset.h"
#include "subsidy-page.h"
#include "subsidy-settings.h"
#include "subsidy-todo.h"

void
peas_register_types (PeasObjectModule *module)
{
  peas_object_module_register_extension_type (module, SHY_TYPE_DATASET, SUBSIDY_TYPE_DATASET);
  peas_object_module_register_extension_type (module, SHY_TYPE_REHEARSAL, SUBSIDY_TYPE_APPLICATIONS);
  peas_object_module_register_extension_type (module, SHY_TYPE_COMMAND, SUBSIDY_TYPE_CHECK);
  peas_object_module_register_extension_type (module, SHY_TYPE_PAGE, SUBSIDY_TYPE_PAGE);
  peas_object_module_register_extension_type (module, SHY_TYPE_TODO, SUBSIDY_TYPE_TODO);
  peas_object_module_register_extension_type (module, SHY_TYPE_PREFERENCES, SUBSIDY_TYPE_SETTINGS);
}
