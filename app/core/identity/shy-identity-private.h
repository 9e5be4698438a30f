/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity.h"

G_BEGIN_DECLS

/* How much is known of the area at the front of a resident ID number. */
typedef enum
{
  SHY_AREA_UNKNOWN,  /* no province begins so */
  SHY_AREA_PROVINCE, /* the province is known, its counties are not listed */
  SHY_AREA_UNLISTED, /* the province's counties are listed, this one is not */
  SHY_AREA_COUNTY,   /* the county is known */
} ShyAreaKnowledge;

ShyAreaKnowledge   shy_area_codes_look_up       (const char        *code);
char              *shy_area_codes_dup_name      (const char        *code);

ShyIdentityResult  shy_resident_id_check        (const char        *number,
                                                 const GDate       *on);
ShyIdentityResult  shy_credit_code_check        (const char        *number);
gboolean           shy_resident_id_looks_real   (const char        *digits);

G_END_DECLS
