/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "services-sample.h"
#include "shy.h"

typedef struct
{
  ShyApplication *application;  /* (owned) */
  const char     *folder;
  const char     *sheet;
  ServicesSample  services;
  guint           step;
  gint64          began;   /* the step, monotonic */
  guint           look;    /* what the window looked like the last time: a hash */
  guint           still;   /* for how many looks it has been the same */
  guint           taken;
  guint           failed;
} Shots;

typedef struct
{
  const char *name;                      /* of the picture; NULL for none */
  void      (*act)   (Shots *shots);
  gboolean  (*ready) (Shots *shots);     /* what is waited for; NULL for the time to settle */
} ShotsStep;

GtkWindow *shots_main_window (Shots      *shots);
GtkWindow *shots_top_window  (Shots      *shots);
void       shots_activate    (Shots      *shots,
                              const char *action);
void       shots_close_top   (Shots      *shots);
/* The first widget of a type that is shown, or NULL. */
GtkWidget *shots_find        (GtkWidget  *widget,
                              const char *type);

/* The data services, connected to a province on loopback; the last step has no act. */
void                   shots_editor_prepare (Shots      *shots,
                                             const char *database);
extern const ShotsStep shots_editor_steps[];

/* The page of the data services, from no service on; the last step has no act. */
extern const ShotsStep shots_page_steps[];

/* A case that asks services about its facts; the last step has no act. */
extern const ShotsStep shots_ask_steps[];

/* The updates that wait; the last step has no act. */
void                   shots_updates_prepare (void);
extern const ShotsStep shots_updates_steps[];
