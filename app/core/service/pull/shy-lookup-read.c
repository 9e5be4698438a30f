/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/pull/shy-lookup-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Reads what a service answered about one thing. Whatever is not clear stays unknown. */

/* What gateways put in the place of characters they hide. */
static const char *const masks[] = { "*", "＊", NULL };

static gsize
mask_length (const char *text)
{
  for (gsize i = 0; masks[i] != NULL; i++)
    if (g_str_has_prefix (text, masks[i]))
      return strlen (masks[i]);
  return 0;
}

static gboolean
is_masked (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (mask_length (text) > 0)
      return TRUE;
  return FALSE;
}

/* Whether a value, of which some characters may be hidden, can be the one that was sent. */
static gboolean
agrees (const char *value, const char *sent)
{
  for (; *value != '\0' && *sent != '\0'; sent = g_utf8_next_char (sent))
    {
      if (mask_length (value) == 0 &&
          g_unichar_toupper (g_utf8_get_char (value)) != g_unichar_toupper (g_utf8_get_char (sent)))
        return FALSE;
      value = g_utf8_next_char (value);
    }
  return *value == '\0' && *sent == '\0';
}

static gboolean
holds (ShyLookupReading *self, const ShyLookupWhere *where, const ShyServiceRow *row)
{
  const char *value = row->values[where->field];

  for (gsize i = 0; value != NULL && where->values[i] != NULL; i++)
    {
      g_autofree char *wanted = shy_request_scope_expand (self->scope, where->values[i], NULL);

      if (wanted != NULL && agrees (value, wanted))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_about (ShyLookupReading *self, const ShyServiceRow *row)
{
  for (guint i = 0; i < self->lookup->where->len; i++)
    if (!holds (self, g_ptr_array_index (self->lookup->where, i), row))
      return FALSE;
  return TRUE;
}

static gboolean
is_same (ShyLookupReading *self, const ShyServiceRow *one, const ShyServiceRow *other)
{
  for (guint i = 0; i < self->lookup->shape->fields->len; i++)
    if (g_strcmp0 (one->values[i], other->values[i]) != 0)
      return FALSE;
  return TRUE;
}

/* The rows of an answer. */
static GPtrArray *
make_rows (ShyLookupReading *self, const ShyPeeled *peeled)
{
  const ShyServiceStream   *shape = self->lookup->shape;
  g_autoptr (ShyPullReport) report = shy_pull_report_new ();
  g_autoptr (GPtrArray)     records = shy_stream_find_records (shape, shy_peeled_last (peeled));
  GPtrArray  *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) shy_service_row_free);
  ShyRowMaker maker;

  shy_row_maker_init (&maker, shape, report);
  maker.keep_sensitive = TRUE;
  for (guint i = 0; i < records->len; i++)
    {
      const ShyJson *record = g_ptr_array_index (records, i);
      gboolean       heads = i == 0 && record->kind == SHY_JSON_ARRAY &&
                       (shape->shape == SHY_SHAPE_AUTO || shape->shape == SHY_SHAPE_HEADER);
      ShyServiceRow *row = heads && shy_row_maker_take_header (&maker, record)
                             ? NULL
                             : shy_row_maker_make (&maker, record);

      if (row != NULL)
        g_ptr_array_add (rows, row);
    }
  shy_row_maker_clear (&maker);
  return rows;
}

/* The one row that is about what was asked, or %NULL with the reason said. */
static const ShyServiceRow *
find_row (ShyLookupReading *self, GPtrArray *rows)
{
  const ShyServiceRow *found = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      const ShyServiceRow *row = g_ptr_array_index (rows, i);

      if (!is_about (self, row) || (found != NULL && is_same (self, found, row)))
        continue;
      if (found != NULL)
        {
          shy_lookup_answer_doubt (self->answer, _("The service has several records that differ. A "
                                                   "person has to look which one is meant."));
          return NULL;
        }
      found = row;
    }
  if (found == NULL)
    shy_lookup_answer_doubt (self->answer, _("The service answered with records, but none of them "
                                             "is about what was asked."));
  else if (found->rejected != NULL)
    {
      shy_lookup_answer_doubt (self->answer, _("The record cannot be used: %s"), found->rejected);
      return NULL;
    }
  return found;
}

static const char *
field_title (const ShyServiceLookup *lookup, guint index)
{
  const ShyServiceField *field = g_ptr_array_index (lookup->shape->fields, index);

  return shy_field_get_label (&field->field);
}

static ShyLookupFact *
add_fact (ShyLookupReading *self, const ShyLookupSource *source, const char *text)
{
  ShyLookupFact *fact = g_new0 (ShyLookupFact, 1);

  fact->name = g_strdup (source->fact);
  fact->text = g_strdup (text);
  g_ptr_array_add (self->answer->facts, fact);
  return fact;
}

/* A masked value proves nothing, and must never stand in the place of a full one. */
static void
read_fact (ShyLookupReading *self, const ShyLookupSource *source, const ShyServiceRow *row)
{
  const char    *value = source->value != NULL ? source->value : row->values[source->field];
  const char    *meant = value != NULL && source->map != NULL
                           ? g_hash_table_lookup (source->map, value)
                           : value;
  gboolean       hidden = source->value == NULL && value != NULL && is_masked (value);
  ShyLookupFact *fact = add_fact (self, source, hidden ? NULL : meant);

  if (fact->text != NULL)
    return;
  if (value == NULL)
    fact->trouble = g_strdup_printf (_("“%s” has no value that can be read."),
                                     field_title (self->lookup, source->field));
  else if (hidden)
    fact->trouble = g_strdup_printf (_("The service hides part of “%s”."),
                                     field_title (self->lookup, source->field));
  else
    fact->trouble = g_strdup_printf (_("“%s” is “%s”; the description does not say what that "
                                       "means here."),
                                     field_title (self->lookup, source->field), value);
}

static void
add_detail (ShyLookupReading *self, guint index, const char *value)
{
  const ShyServiceField *field = g_ptr_array_index (self->lookup->shape->fields, index);
  ShyLookupDetail       *detail;

  if (value == NULL || field->field.personal)
    return;
  detail = g_new0 (ShyLookupDetail, 1);
  detail->title = g_strdup (field_title (self->lookup, index));
  detail->text = g_strdup (value);
  g_ptr_array_add (self->answer->details, detail);
}

static void
take_row (ShyLookupReading *self, const ShyServiceRow *row)
{
  const ShyServiceLookup *lookup = self->lookup;
  gboolean                known = FALSE;

  for (guint i = 0; i < lookup->facts->len; i++)
    read_fact (self, g_ptr_array_index (lookup->facts, i), row);
  for (guint i = 0; i < lookup->shape->fields->len; i++)
    add_detail (self, i, row->values[i]);
  if (lookup->source_at != G_MAXUINT)
    self->answer->source_at = g_strdup (row->values[lookup->source_at]);
  for (guint i = 0; i < self->answer->facts->len; i++)
    known = known || ((const ShyLookupFact *) self->answer->facts->pdata[i])->text != NULL;
  if (known)
    self->answer->outcome = SHY_LOOKUP_FOUND;
  else
    shy_lookup_answer_doubt (self->answer, _("The service has a record, but nothing in it can be "
                                             "used."));
}

static void
take_nothing (ShyLookupReading *self)
{
  const ShyLookupNothing *nothing = &self->lookup->nothing;

  self->answer->outcome = SHY_LOOKUP_NOT_FOUND;
  for (guint i = 0; nothing->facts != NULL && i < nothing->facts->len; i++)
    {
      const ShyLookupSource *source = g_ptr_array_index (nothing->facts, i);

      add_fact (self, source, source->value);
    }
}

/* Whether an answer says clearly that there is no such record. */
gboolean
shy_lookup_is_nothing (const ShyServiceLookup *self, const ShyPeeled *peeled)
{
  const ShyLookupNothing *nothing = &self->nothing;
  gboolean                absent;

  return nothing->when != NULL && nothing->layer < peeled->stages->len &&
         shy_success_holds (nothing->when, peeled->stages->pdata[nothing->layer], &absent);
}

/* Fills the answer from what the service replied. */
void
shy_lookup_read (ShyLookupReading *self, const ShyReply *reply)
{
  gboolean              said = shy_lookup_is_nothing (self->lookup, &reply->peeled);
  g_autoptr (GPtrArray) rows = NULL;
  const ShyServiceRow  *row;

  if (reply->action == SHY_ACTION_IGNORE)
    {
      shy_lookup_answer_doubt (self->answer, _("The answer was left out, as the description says."));
      return;
    }
  /* What a failure leaves of its envelopes is no record. */
  rows = reply->action == SHY_ACTION_SUCCESS ? make_rows (self, &reply->peeled)
                                             : g_ptr_array_new ();
  if (rows->len > 0 && said)
    shy_lookup_answer_doubt (self->answer, _("The service says that there is no record, and gives "
                                             "one. Ask who runs it."));
  else if (rows->len == 0 && (said || self->lookup->nothing.empty))
    take_nothing (self);
  else if (rows->len == 0)
    shy_lookup_answer_doubt (self->answer, _("The service answered without a record. Its "
                                             "description does not say what that means."));
  else if ((row = find_row (self, rows)) != NULL)
    take_row (self, row);
}
