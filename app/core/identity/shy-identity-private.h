/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "identity/shy-identity.h"

G_BEGIN_DECLS

ShyIdentityResult  shy_resident_id_check        (const char        *number,
                                                 const GDate       *on);
ShyIdentityResult  shy_resident_id_check_without_area
                                                (const char        *number,
                                                 const GDate       *on);
ShyIdentityResult  shy_phone_check              (const char        *text,
                                                 char             **number);
ShyIdentityResult  shy_credit_code_check        (const char        *number);
gboolean           shy_resident_id_looks_real   (const char        *digits);

G_END_DECLS
