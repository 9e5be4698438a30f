/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ShyError:
 * @SHY_ERROR_FAILED: something that no other code describes
 * @SHY_ERROR_NOT_FOUND: a thing that was named does not exist
 * @SHY_ERROR_INVALID: a file, member, cell or argument breaks its format
 * @SHY_ERROR_SYNTAX: an expression cannot be parsed; the message names line and column
 * @SHY_ERROR_UNSUPPORTED: the input is of a kind or version that this program does not read
 * @SHY_ERROR_LIMIT: the input is larger or deeper than the program accepts
 * @SHY_ERROR_BUSY: another process or person holds what is needed
 * @SHY_ERROR_READ_ONLY: the target cannot be written
 * @SHY_ERROR_NO_SPACE: the disk is full
 * @SHY_ERROR_DAMAGED: stored data is not what was written
 * @SHY_ERROR_NEWER: stored data was written by a newer version of the program
 * @SHY_ERROR_UNREACHABLE: a service cannot be reached now; trying again later may help
 * @SHY_ERROR_REFUSED: a service was reached and does not let us in
 * @SHY_ERROR_USAGE: a command was called wrongly
 *
 * The one error domain of the house. Foreign errors are turned into it where they enter, so that
 * callers branch on the code and show the message, which is translated and says what to do.
 * Cancellation stays %G_IO_ERROR_CANCELLED.
 */
typedef enum {
  SHY_ERROR_FAILED,
  SHY_ERROR_NOT_FOUND,
  SHY_ERROR_INVALID,
  SHY_ERROR_SYNTAX,
  SHY_ERROR_UNSUPPORTED,
  SHY_ERROR_LIMIT,
  SHY_ERROR_BUSY,
  SHY_ERROR_READ_ONLY,
  SHY_ERROR_NO_SPACE,
  SHY_ERROR_DAMAGED,
  SHY_ERROR_NEWER,
  SHY_ERROR_UNREACHABLE,
  SHY_ERROR_REFUSED,
  SHY_ERROR_USAGE,
} ShyError;

#define SHY_ERROR (shy_error_quark ())

GQuark      shy_error_quark     (void);
const char *shy_error_say_errno (int           number);
int         shy_error_get_errno (const GError *error);
const char *shy_error_say       (const GError *error);

G_END_DECLS
