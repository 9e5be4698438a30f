/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "service/describe/shy-service.h"

G_BEGIN_DECLS

/**
 * ShyLookupType:
 * @SHY_LOOKUP_TEXT: any text
 * @SHY_LOOKUP_RESIDENT_ID: a resident ID number of 18 characters
 * @SHY_LOOKUP_CREDIT_CODE: a unified social credit code
 *
 * What a parameter of a look-up is. A number that cannot be one is not sent.
 */
typedef enum {
  SHY_LOOKUP_TEXT,
  SHY_LOOKUP_RESIDENT_ID,
  SHY_LOOKUP_CREDIT_CODE,
} ShyLookupType;

/**
 * ShyLookupParameter:
 * @name: what templates call it, behind "lookup."
 * @title: what a person calls it
 * @fact: (nullable): the fact of a case that it is filled with
 * @type: what it is
 * @sensitive: whether it names a person, and is masked where it is shown
 * @required: whether nothing is asked without it
 *
 * A value that a look-up sends.
 */
typedef struct
{
  const char   *name;
  const char   *title;
  const char   *fact;
  ShyLookupType type;
  gboolean      sensitive;
  gboolean      required;
} ShyLookupParameter;

/**
 * ShyServiceLookup: (skip)
 *
 * A question of one record, as a description has it. Belongs to its service.
 */
typedef struct _ShyServiceLookup ShyServiceLookup;

guint                     shy_service_get_n_lookups  (ShyService              *self);
const ShyServiceLookup   *shy_service_get_lookup     (ShyService              *self,
                                                      guint                    index);
const ShyServiceLookup   *shy_service_find_lookup    (ShyService              *self,
                                                      const char              *name);

const char               *shy_service_lookup_get_title   (const ShyServiceLookup *self);
const char               *shy_service_lookup_get_purpose (const ShyServiceLookup *self);
const char               *shy_service_lookup_get_note    (const ShyServiceLookup *self);
guint                     shy_service_lookup_get_n_parameters
                                                         (const ShyServiceLookup *self);
const ShyLookupParameter *shy_service_lookup_get_parameter
                                                         (const ShyServiceLookup *self,
                                                          guint                   index);
GStrv                     shy_service_lookup_dup_facts   (const ShyServiceLookup *self);
char                     *shy_lookup_parameter_mask      (const ShyLookupParameter *self,
                                                          const char               *value);

G_END_DECLS
