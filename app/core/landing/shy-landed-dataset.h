/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "landing/shy-landed-rows.h"

G_BEGIN_DECLS

/**
 * ShyLandedDataset: (skip)
 * @name: its name, that of the streams that land in it
 * @title: what people call it
 * @fields: (element-type ShyField): the fields that who reads it may look for
 *
 * What streams of one name have in common, whatever service they come from: described by a file of
 * `data/datasets`. A description may have other fields beside, and lack some.
 */
typedef struct
{
  char      *name;
  char      *title;
  GPtrArray *fields;
} ShyLandedDataset;

GPtrArray        *shy_landed_dataset_list (GError           **error);
ShyLandedDataset *shy_landed_dataset_find (const char        *stream,
                                           GError           **error);
void              shy_landed_dataset_free (ShyLandedDataset  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ShyLandedDataset, shy_landed_dataset_free)

G_END_DECLS
