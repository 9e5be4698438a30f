/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shy-core.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define SHY_TYPE_IMPORT_ASSISTANT (shy_import_assistant_get_type ())
G_DECLARE_FINAL_TYPE (ShyImportAssistant, shy_import_assistant, SHY, IMPORT_ASSISTANT, AdwBin)

/**
 * ShyImportWords: (skip)
 * @title: of what is chosen: how it is decided
 * @target: what is chosen: a policy
 * @run: judges the rows, with a mnemonic
 * @running: while they are judged
 * @keeping: while they are stored
 * @show: leads to the records, with a mnemonic
 *
 * How the subject of an import calls things, translated.
 */
typedef struct
{
  const char *title;
  const char *target;
  const char *run;
  const char *running;
  const char *keeping;
  const char *show;
} ShyImportWords;

/**
 * ShyImportTargets: (skip)
 * @assistant: the assistant
 * @data: what was given
 *
 * Makes what a spreadsheet may be taken in as, as the options stand.
 *
 * Returns: (transfer full) (nullable) (element-type ShyImportTarget): the targets; %NULL where an option
 *   is not understood
 */
typedef GPtrArray *(*ShyImportTargets) (ShyImportAssistant *assistant,
                                        gpointer            data);

void shy_import_assistant_set_targets (ShyImportAssistant   *self,
                                       ShyStore             *store,
                                       const ShyImportWords *words,
                                       ShyImportTargets      targets,
                                       gpointer              data);
void shy_import_assistant_add_option  (ShyImportAssistant *self,
                                       GtkWidget          *row);
void shy_import_assistant_reload      (ShyImportAssistant *self);
void shy_import_assistant_open        (ShyImportAssistant *self,
                                       GFile              *file);

G_END_DECLS
