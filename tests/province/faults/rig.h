/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "faulty.h"

#include "service/pull/shy-pull-private.h"

G_BEGIN_DECLS

/* A province whose faults can be switched on and off, behind a server that can misbehave, and a heap
 * for what a pull brings. */

typedef struct
{
  Province     *province;
  Faults       *faults;
  FaultyServer *server; /* (nullable): stopped, or others answer */
  WireServer   *other;  /* (nullable): where others answer, see rig_serve() */
  char         *base;
} Rig;

/* What a sink got. A pull that goes on behind an interruption adds to it; another begins anew. */
typedef struct
{
  GHashTable *rows; /* of values as one text, by key */
  guint       pages;
  guint       begun;
  guint       ended;
  gboolean    complete; /* the report of the last end */
  char       *reason;   /* (nullable): of the last end */
  void      (*paged) (gpointer data); /* (nullable): called behind each page */
  gpointer    paged_data;
  const ShyServiceStream *stream;
} Heap;

void           rig_set_up    (Rig            *self,
                              guint64         rows);
void           rig_tear_down (Rig            *self);
void           rig_start     (Rig            *self);
void           rig_serve     (Rig            *self,
                              WireAnswer      answer,
                              gpointer        data);
void           rig_stop      (Rig            *self);
void           rig_arm       (Rig            *self,
                              const char     *faults);
ShyService    *rig_describe  (const char     *file,
                              const char     *patch);
ShySecrets    *rig_secrets   (ShyService     *service);
ShyPullReport *rig_pull      (Rig            *self,
                              ShyService     *service,
                              ShyPullState   *state,
                              Heap           *heap,
                              GCancellable   *cancellable,
                              GError        **error);

ShyPullReport *rig_pull_at   (const char     *base,
                              ShyService     *service,
                              ShyPullState   *state,
                              Heap           *heap,
                              GCancellable   *cancellable,
                              GError        **error);

void           heap_clear    (Heap           *self);
void           heap_assert_same (Heap        *self,
                              Heap           *expected);
void           assert_says   (const char     *text,
                              const char     *part);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rig, rig_tear_down)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Heap, heap_clear)

G_END_DECLS
