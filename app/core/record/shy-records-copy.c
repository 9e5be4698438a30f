/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "record/shy-export.h"

#include "sheet/shy-csv-private.h"
#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More does nobody paste; it would lie in memory several times over. */
#define MOST_ROWS 100000

/* Records on their way to the clipboard: once as a table that office programs paste with the kind of
 * each cell, once as lines for everything else. */
typedef struct
{
  GArray  *columns; /* (owned) of guint: which, in which order */
  GString *html;    /* (owned) */
  GString *text;    /* (owned) */
} Copy;

static void
copy_free (gpointer data)
{
  Copy *self = data;

  g_array_unref (self->columns);
  g_string_free (self->html, TRUE);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Where lines are pasted, a spreadsheet runs what begins as a formula, and a tab or a line break within
 * a value would begin another cell. */
static void
add_plain (GString    *into,
           const char *text)
{
  if (shy_csv_may_run (text) && strspn (text, "-.0123456789") < strlen (text))
    g_string_append_c (into, '\'');
  for (const char *at = text; *at != '\0'; at++)
    g_string_append_c (into, (guchar) *at < ' ' ? ' ' : *at);
}

/* Text is marked as such for each office program in its own way, so that none rounds the number of a
 * person or runs a formula. */
static void
add_html (GString    *into,
          gboolean    number,
          const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (into, "<td%s>%s</td>",
                          number ? ""
                                 : " style=\"mso-number-format:'\\@'\" sdnum=\"2052;0;@\"",
                          escaped);
}

static void
add_titles (Copy      *self,
            GPtrArray *columns)
{
  g_string_append (self->html, "<meta charset=\"utf-8\"><table><tr>");
  for (guint i = 0; i < self->columns->len; i++)
    {
      const ShyField *column = columns->pdata[g_array_index (self->columns, guint, i)];
      g_autofree char *escaped = g_markup_escape_text (shy_field_get_label (column), -1);

      g_string_append_printf (self->html, "<th>%s</th>", escaped);
      g_string_append (self->text, i > 0 ? "\t" : "");
      add_plain (self->text, shy_field_get_label (column));
    }
  g_string_append (self->html, "</tr>\n");
  g_string_append (self->text, "\n");
}

static void
add_record (Copy               *self,
            GPtrArray          *columns,
            const char * const *values)
{
  g_string_append (self->html, "<tr>");
  for (guint i = 0; i < self->columns->len; i++)
    {
      guint            at = g_array_index (self->columns, guint, i);
      const ShyField *column = columns->pdata[at];
      gboolean         number = shy_record_field_is_number (column);
      g_autofree char *shown = number ? g_strdup (values[at] != NULL ? values[at] : "")
                                      : shy_record_field_display (column, values[at]);

      add_html (self->html, number || column->type == SHY_FIELD_DATE, shown);
      g_string_append (self->text, i > 0 ? "\t" : "");
      add_plain (self->text, shown);
    }
  g_string_append (self->html, "</tr>\n");
  g_string_append (self->text, "\n");
}

static gboolean
copy_record (GPtrArray           *columns,
             const char * const  *values,
             gpointer             data,
             GError             **error)
{
  Copy *self = data;

  if (self->html->len == 0)
    add_titles (self, columns);
  if (values != NULL)
    add_record (self, columns, values);
  else
    g_string_append (self->html, "</table>\n");
  return TRUE;
}

static void
copied_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (GTask) task = data;
  GError           *error = NULL;

  if (shy_records_foreach_finish (SHY_RECORDS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * shy_records_copy_async: (skip)
 * @records: a list
 * @ids: (element-type gint64): which of its records, in which order
 * @columns: (array length=n_columns): positions of columns, in the order wanted
 * @n_columns: how many
 * @cancellable: (nullable): stops it
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Makes of records what is pasted into a spreadsheet or a letter, masked as they are on the screen.
 */
void
shy_records_copy_async (ShyRecords          *records,
                        GArray              *ids,
                        const guint         *columns,
                        guint                n_columns,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  GTask *task = g_task_new (records, cancellable, callback, user_data);
  Copy  *copy = g_new0 (Copy, 1);

  copy->columns = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_vals (copy->columns, columns, n_columns);
  copy->html = g_string_new (NULL);
  copy->text = g_string_new (NULL);
  g_task_set_source_tag (task, shy_records_copy_async);
  g_task_set_task_data (task, copy, copy_free);
  if (ids->len <= MOST_ROWS)
    {
      shy_records_foreach_async (records, ids, copy_record, copy, NULL, cancellable, copied_cb, task);
      return;
    }

  g_task_return_new_error (task, SHY_ERROR, SHY_ERROR_LIMIT,
                           _("%u rows are too many to be copied. Export them to a file instead."),
                           ids->len);
  g_object_unref (task);
}

/**
 * shy_records_copy_finish: (skip)
 * @records: a list
 * @result: what the callback was given
 * @html: (out): the records as a table of HTML
 * @text: (out): the same as lines with tabs
 * @error: return location for an error
 *
 * Errors: %SHY_ERROR_LIMIT for more records than anybody pastes.
 *
 * Returns: whether they are there
 */
gboolean
shy_records_copy_finish (ShyRecords    *records,
                         GAsyncResult  *result,
                         char         **html,
                         char         **text,
                         GError       **error)
{
  Copy *copy = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  *html = g_strdup (copy->html->str);
  *text = g_strdup (copy->text->str);
  return TRUE;
}
