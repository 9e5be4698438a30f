/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shyctl-verb.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What stands behind "policy". */
typedef struct
{
  GPtrArray  *words;  /* (owned) of const char: what is no option */
  gboolean    json;
  const char *facts;  /* (nullable) a file */
  const char *section; /* (nullable) which part to show */
  const char *county; /* (nullable) */
  const char *on;     /* (nullable) as typed */
  const char *reason; /* (nullable) why a policy is adopted */
  const char *database; /* (nullable) (type filename) the register, NULL for the person's own */
  GDate       date;   /* @on, or today */
} PolicyCall;

ShyPolicy       *policy_open    (const char        *name,
                                 const GDate       *date,
                                 GError           **error);
ShyPolicyRegistry *
                 policy_load    (GError           **error);
gboolean         policy_open_store (PolicyCall     *call,
                                 ShyStore         **store,
                                 GError           **error);
void             policy_print   (JsonBuilder       *json);
void             policy_add     (JsonBuilder       *json,
                                 const char        *name,
                                 const char        *value);
void             policy_warn    (ShyPolicyRegistry *registry);
void             policy_print_origin (ShyPolicy *policy);

ShyCommandStatus policy_adopt   (PolicyCall        *call,
                                 GError           **error);
ShyCommandStatus policy_list    (PolicyCall        *call,
                                 GError           **error);
ShyCommandStatus policy_decisions (PolicyCall *call, GError **error);
ShyCommandStatus policy_show    (PolicyCall        *call,
                                 GError           **error);
ShyCommandStatus policy_test    (PolicyCall        *call,
                                 GError           **error);
ShyCommandStatus policy_lint    (PolicyCall        *call,
                                 GError           **error);
ShyCommandStatus policy_explain (PolicyCall        *call,
                                 GError           **error);

G_END_DECLS
