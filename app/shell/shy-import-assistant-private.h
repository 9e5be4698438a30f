/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-import-assistant.h"

#include "shy-import-result.h"
#include "shy-import-rows.h"
#include "shy-match-list.h"

G_BEGIN_DECLS

struct _ShyImportAssistant
{
  AdwBin            parent_instance;

  GtkLabel         *title;
  GtkWidget        *back;
  GtkButton        *run;
  GtkButton        *keep;
  GtkStack         *stack;
  AdwStatusPage    *failure;
  AdwPreferencesGroup *known_group;
  AdwActionRow     *known;
  AdwPreferencesGroup *deciding;
  AdwComboRow      *target;
  AdwComboRow      *sheet;
  AdwPreferencesGroup *matching;
  AdwComboRow      *recipe;
  AdwEntryRow      *remember;
  ShyMatchList     *matches;
  ShyImportRows    *rows;
  ShyImportResult  *result;
  GtkRevealer      *running;
  GtkProgressBar   *progress;

  ShyStore         *store;         /* (owned) (nullable) */
  ShyImportWords    words;         /* (owned by who gave it) */
  ShyImportTargets  make_targets;
  gpointer          data;          /* (unowned): given to make_targets */
  GPtrArray        *targets;       /* (owned) (nullable) of ShyImportTarget, in the order of the row */
  char             *path;          /* (owned) (nullable) */
  char             *chosen;        /* (owned) (nullable): the sheet a person chose */
  char             *wanted;        /* (owned) (nullable): the recipe a person chose, "" for none */
  ShyImport        *import;        /* (owned) (nullable) */
  gint64            batch;         /* that the result is of; 0 for none */
  GHashTable       *columns;       /* (owned) what a person chose, as ShyImportQuestion */
  GCancellable     *cancellable;   /* (owned) of what is under way */
  gboolean          asked;         /* what is hidden or known was asked about already */
  gboolean          asked_columns; /* and which hidden columns are meant */
  gboolean          looked;        /* the rows were shown, and are kept as they stand */
  gboolean          stale;         /* something was mended since the rows were judged */
  gboolean          filling;       /* the rows are being set, not chosen */
  gboolean          asking;        /* whether what runs is to be stopped */
  GFile            *next;          /* (owned) (nullable): what is opened once nothing runs */
  gboolean          closing;       /* the window closes once nothing runs */
};

enum { SHY_IMPORT_ASSISTANT_IMPORTED, SHY_IMPORT_ASSISTANT_LEFT, SHY_IMPORT_ASSISTANT_N_SIGNALS };
extern guint shy_import_assistant_signals[SHY_IMPORT_ASSISTANT_N_SIGNALS];

/* What a spreadsheet is, before it is judged. */
void     shy_import_assistant_restart   (ShyImportAssistant *self);
void     shy_import_assistant_show_page (ShyImportAssistant *self,
                                         const char         *name);
void     shy_import_assistant_load      (ShyImportAssistant *self,
                                         gboolean            guess);

/* What becomes of its rows. */
void     shy_import_assistant_install_actions (GtkWidgetClass *widget_class);
void     shy_import_assistant_mended    (ShyImportAssistant *self);
gboolean shy_import_assistant_holds     (ShyImportAssistant *self);
void     shy_import_assistant_ask       (ShyImportAssistant *self);
gboolean shy_import_assistant_close_request (ShyImportAssistant *self);

G_END_DECLS
