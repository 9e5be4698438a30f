/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ShyDialogAnswer: (skip)
 * @id: what the answer is called
 * @label: what stands on its button, translated
 * @look: what it does: %ADW_RESPONSE_DESTRUCTIVE where something is lost
 *
 * An answer to a question.
 */
typedef struct
{
  const char            *id;
  const char            *label;
  AdwResponseAppearance  look;
} ShyDialogAnswer;

/**
 * ShyDialogAnswered: (skip)
 * @widget: who asked
 * @answer: the id of the answer
 *
 * Is told the answer, unless the widget is gone.
 */
typedef void (*ShyDialogAnswered) (GtkWidget  *widget,
                                   const char *answer);

/**
 * ShyDialogChosen: (skip)
 * @widget: who asked
 * @file: the file
 *
 * Is told which file was chosen; not called if none was, or the widget is gone.
 */
typedef void (*ShyDialogChosen) (GtkWidget *widget,
                                 GFile     *file);

AdwMessageDialog *shy_dialog_ask  (GtkWidget             *widget,
                                   const char            *heading,
                                   const char            *body,
                                   const ShyDialogAnswer *answers,
                                   guint                  n_answers,
                                   ShyDialogAnswered      answered);
AdwMessageDialog *shy_dialog_tell (GtkWidget             *widget,
                                   const char            *heading,
                                   const char            *body);
void              shy_dialog_open (GtkWidget             *widget,
                                   const char            *title,
                                   const char            *kind,
                                   const char * const    *suffixes,
                                   ShyDialogChosen        chosen);
void              shy_dialog_save (GtkWidget             *widget,
                                   const char            *title,
                                   const char            *name,
                                   ShyDialogChosen        chosen);

G_END_DECLS
