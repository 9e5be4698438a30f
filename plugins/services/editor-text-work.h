/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "editor-help.h"
#include "services-work.h"

G_BEGIN_DECLS

/* A description that is edited. */
typedef struct
{
  char         *title;    /* (owned) of the service */
  char         *text;     /* (owned) as the bureau has it */
  char         *shipped;  /* (owned) (nullable) as it comes with the program */
  char         *words;    /* (owned) members that descriptions know, one a line */
  ServicesHelp *help;     /* (owned) (nullable) what they mean */
} ServicesText;

/* A text that is looked at, or kept. */
typedef struct
{
  char *id;    /* (owned) of the service, which must stay */
  char *text;  /* (owned) */
} ServicesDraft;

/* What is wrong with a text. */
typedef struct
{
  char *message;  /* (owned) (nullable) NULL for nothing */
  guint line;     /* from 1; 0 for the text as a whole */
} ServicesFault;

ServicesDraft *services_draft_new      (const char     *id,
                                        const char     *text);
void           services_draft_free     (ServicesDraft  *self);
void           services_text_free      (ServicesText   *self);
void           services_fault_free     (ServicesFault  *self);

/* These block: for a worker. The first is given an id and gives a ServicesText; the others are
 * given a ServicesDraft: the second gives a ServicesFault, the third the id. */
gpointer       services_text_load_call (ShyServiceBook  *book,
                                        gpointer         data,
                                        GCancellable    *cancellable,
                                        GError         **error);
gpointer       services_draft_check_call (ShyServiceBook  *book,
                                        gpointer         data,
                                        GCancellable    *cancellable,
                                        GError         **error);
gpointer       services_draft_save_call (ShyServiceBook  *book,
                                        gpointer         data,
                                        GCancellable    *cancellable,
                                        GError         **error);

G_END_DECLS
