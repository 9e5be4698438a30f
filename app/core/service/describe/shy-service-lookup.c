/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "service/describe/shy-service-lookup-private.h"

#include "identity/shy-identity-mask.h"

/* What a description says of a look-up. */

/**
 * shy_service_get_n_lookups:
 * @self: a service
 *
 * Returns: how many look-ups it has
 */
guint
shy_service_get_n_lookups (ShyService *self)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), 0);
  return self->lookups->len;
}

/**
 * shy_service_get_lookup: (skip)
 * @self: a service
 * @index: which, from 0
 *
 * Returns: (transfer none): a look-up; belongs to the service
 */
const ShyServiceLookup *
shy_service_get_lookup (ShyService *self, guint index)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (index < self->lookups->len, NULL);
  return g_ptr_array_index (self->lookups, index);
}

/**
 * shy_service_find_lookup: (skip)
 * @self: a service
 * @name: the name of a look-up
 *
 * Returns: (transfer none) (nullable): the look-up; belongs to the service
 */
const ShyServiceLookup *
shy_service_find_lookup (ShyService *self, const char *name)
{
  g_return_val_if_fail (SHY_IS_SERVICE (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < self->lookups->len; i++)
    {
      const ShyServiceLookup *lookup = g_ptr_array_index (self->lookups, i);

      if (g_str_equal (lookup->name, name))
        return lookup;
    }
  return NULL;
}

/**
 * shy_service_lookup_get_title: (skip)
 * @self: a look-up
 *
 * Returns: (transfer none): what a person calls it
 */
const char *
shy_service_lookup_get_title (const ShyServiceLookup *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->title;
}

/**
 * shy_service_lookup_get_purpose: (skip)
 * @self: a look-up
 *
 * Returns: (transfer none): what for it is asked, for the person who permits it
 */
const char *
shy_service_lookup_get_purpose (const ShyServiceLookup *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->purpose;
}

/**
 * shy_service_lookup_get_note: (skip)
 * @self: a look-up
 *
 * Returns: (transfer none) (nullable): what should be known of it, as what of it is not verified
 */
const char *
shy_service_lookup_get_note (const ShyServiceLookup *self)
{
  g_return_val_if_fail (self != NULL, NULL);
  return self->note;
}

/**
 * shy_service_lookup_get_n_parameters: (skip)
 * @self: a look-up
 *
 * Returns: how many values it sends
 */
guint
shy_service_lookup_get_n_parameters (const ShyServiceLookup *self)
{
  g_return_val_if_fail (self != NULL, 0);
  return self->parameters->len;
}

/**
 * shy_service_lookup_get_parameter: (skip)
 * @self: a look-up
 * @index: which, from 0
 *
 * Returns: (transfer none): a value it sends; belongs to the service
 */
const ShyLookupParameter *
shy_service_lookup_get_parameter (const ShyServiceLookup *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (index < self->parameters->len, NULL);
  return g_ptr_array_index (self->parameters, index);
}

/**
 * shy_service_lookup_dup_facts: (skip)
 * @self: a look-up
 *
 * Returns: (transfer full): the names of the facts that a record gives
 */
GStrv
shy_service_lookup_dup_facts (const ShyServiceLookup *self)
{
  GStrv names;

  g_return_val_if_fail (self != NULL, NULL);

  names = g_new0 (char *, self->facts->len + 1);
  for (guint i = 0; i < self->facts->len; i++)
    names[i] = g_strdup (((const ShyLookupSource *) self->facts->pdata[i])->fact);
  return names;
}

/**
 * shy_lookup_parameter_mask: (skip)
 * @self: a parameter
 * @value: a value of it
 *
 * Returns: (transfer full): the value as it may stand on a screen
 */
char *
shy_lookup_parameter_mask (const ShyLookupParameter *self, const char *value)
{
  g_return_val_if_fail (self != NULL && value != NULL, NULL);

  if (self->type == SHY_LOOKUP_RESIDENT_ID)
    return shy_identity_mask (SHY_IDENTITY_KIND_RESIDENT_ID, SHY_IDENTITY_AUDIENCE_SCREEN, value);
  return self->sensitive && self->type == SHY_LOOKUP_TEXT ? shy_identity_mask_name (value)
                                                          : g_strdup (value);
}
