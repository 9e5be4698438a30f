/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "json/shy-json-private.h"

G_BEGIN_DECLS

/* Nodes are taken from blocks, and live as long as their document. */
#define NODES_OF_BLOCK 128

struct _ShyJsonDocument
{
  gatomicrefcount  refs;
  ShyJsonDocument *base; /* (owned) (nullable): where copied values have their places */
  GPtrArray       *blocks; /* of arrays of NODES_OF_BLOCK ShyJson */
  guint            used;   /* nodes of the last block */
  GPtrArray       *lists;  /* of GPtrArray: what arrays and objects hold */
  GStringChunk    *strings;
  ShyJson         *root;
  guint            duplicates;
};

ShyJsonDocument *shy_json_document_create (ShyJsonDocument *base,
                                           gsize            size);
ShyJson         *shy_json_document_add    (ShyJsonDocument *self,
                                           ShyJsonKind      kind);
void             shy_json_document_keep   (ShyJsonDocument *self,
                                           ShyJsonDocument *other);

G_END_DECLS
