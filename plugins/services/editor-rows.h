/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services.h"

G_BEGIN_DECLS

/* The rows of a trial as a table: each field under its name and what the source calls it. */
#define SERVICES_TYPE_TRIAL_ROWS (services_trial_rows_get_type ())
G_DECLARE_FINAL_TYPE (ServicesTrialRows, services_trial_rows, SERVICES, TRIAL_ROWS, AdwBin)

/* What a person calls a field; transfer none. */
const char *services_field_title    (const ShyField  *field);
void        services_trial_rows_show (ServicesTrialRows       *self,
                                     const ShyTrial         *trial,
                                     const ShyServiceStream *stream);

G_END_DECLS
