/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "subsidy-import.h"

G_BEGIN_DECLS

/* A spreadsheet as it would be read: its match with a policy, and its first rows. */
typedef struct
{
  SubsidyImport *import;  /* (owned); without a match where no header was found */
  GPtrArray     *rows;    /* (owned) of GStrv: the texts of the matched columns, in their order */
  char          *refusal; /* (owned) (nullable): why the policy decides nothing */
  gboolean       guessed; /* the policy was not chosen, but found */
  char          *gap;     /* (owned) (nullable): what a person settles before it can be decided */
} SubsidyPreview;

/* What is asked: without a policy the one that fits best is taken. */
typedef struct
{
  char        *path;      /* (owned) */
  ShyStore    *store;     /* (owned) */
  GPtrArray   *policies;  /* (owned) of ShyPolicy, the one chosen or all */
  char        *county;    /* (owned) (nullable) */
  char        *sheet;     /* (owned) (nullable): the one a person chose */
  GDate        on;
  GHashTable  *columns;   /* (owned) index of a column to the field a person chose, -1 for none */
} SubsidyQuestion;

SubsidyQuestion *subsidy_question_new   (const char           *path,
                                         ShyStore             *store);
void             subsidy_question_free  (SubsidyQuestion      *question);

void             subsidy_preview_load_async  (SubsidyQuestion      *question,
                                              GCancellable         *cancellable,
                                              GAsyncReadyCallback   callback,
                                              gpointer              user_data);
SubsidyPreview  *subsidy_preview_load_finish (GAsyncResult         *result,
                                              GError              **error);
void             subsidy_preview_free        (SubsidyPreview       *preview);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyQuestion, subsidy_question_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SubsidyPreview, subsidy_preview_free)

G_END_DECLS
