/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sheet/shy-header-private.h"

#include "sheet/shy-sheet-field-private.h"
#include "sheet/shy-sheet-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
shy_header_is_of_others (const char *header)
{
  static const char *const others[] = {
    "配偶", "父亲", "母亲", "子女", "家庭", "家属", "户主", "法人", "法定代表", "负责人", "联系人",
    "经办", "导师", "推荐人", "委托", "代办", "监护",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strstr (header, others[i]) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
shy_header_is_beside_others (const GArray          *columns,
                             const ShyHeaderColumn *column)
{
  for (guint i = 0; i < columns->len; i++)
    {
      const ShyHeaderColumn *other = &g_array_index (columns, ShyHeaderColumn, i);

      if (other->column + 1 == column->column)
        return other->field < 0 && shy_header_is_of_others (other->header);
    }
  return FALSE;
}

/* A header made ready to be compared with many fields. */
typedef struct
{
  char     *name;           /* (owned) tidy */
  char     *reduced;        /* (owned) */
  char     *joined;         /* (owned) the group above it and the name, in one word */
  char     *joined_reduced; /* (owned) */
  char     *event;          /* (owned) */
  char     *joined_event;   /* (owned) */
  char     *folded;         /* (owned) the whole header, as recipes have it */
  char     *group;          /* (owned) (nullable) reduced, where the name only says how to fill it in */
  char     *group_event;    /* (owned) (nullable) */
  gboolean  grouped;
  gboolean  of_others;      /* the group is of somebody else */
} Wording;

static void
wording_init (Wording    *self,
              const char *header)
{
  g_auto (GStrv) parts = g_strsplit (header, SHY_HEADER_SEPARATOR, -1);
  guint          n = g_strv_length (parts);
  const char    *name = n > 0 ? parts[n - 1] : "";
  const char    *group = n > 1 ? parts[n - 2] : "";

  self->name = shy_sheet_value_tidy (name);
  self->reduced = shy_header_reduce (name);
  self->joined = g_strconcat (group, name, NULL);
  self->joined_reduced = shy_header_reduce (self->joined);
  self->event = shy_header_name_event (self->reduced);
  self->joined_event = shy_header_name_event (self->joined_reduced);
  self->folded = shy_sheet_value_fold (header);
  self->group = self->group_event = NULL;
  if (n > 1 && shy_header_is_aside (name))
    {
      self->group = shy_header_reduce (group);
      self->group_event = shy_header_name_event (self->group);
    }
  self->grouped = n > 1;
  self->of_others = shy_header_is_of_others (group);
}

static void
wording_clear (Wording *self)
{
  g_free (self->name);
  g_free (self->reduced);
  g_free (self->group);
  g_free (self->group_event);
  g_free (self->joined);
  g_free (self->joined_reduced);
  g_free (self->event);
  g_free (self->joined_event);
  g_free (self->folded);
}

/* How well a header fits a field: by the name alone, or together with the group above it, or by what
 * stands over “万元” and “必填”. A plain name in the group of somebody else (配偶情况 / 姓名) is not the
 * applicant's. */
static guint
weigh (const Wording *wording,
       ShySheetField *field)
{
  if (wording->grouped &&
      shy_sheet_field_weigh (field, wording->joined, wording->joined_reduced,
                             wording->joined_event) > 0)
    return SHY_MATCH_GROUP;
  if (wording->of_others)
    return 0;
  if (wording->group != NULL)
    return shy_sheet_field_weigh (field, wording->group, wording->group, wording->group_event) > 0 ? SHY_MATCH_GROUP : 0;
  return shy_sheet_field_weigh (field, wording->name, wording->reduced, wording->event);
}

/* How well it fits as the header of the whole period that the field begins. */
static guint
weigh_period (const Wording *wording,
              ShySheetField *field)
{
  if (wording->grouped && shy_sheet_field_weigh_period (field, wording->joined, wording->joined_reduced) > 0)
    return SHY_MATCH_GROUP;
  if (wording->of_others)
    return 0;
  if (wording->group != NULL)
    return shy_sheet_field_weigh_period (field, wording->group, wording->group) > 0 ? SHY_MATCH_GROUP : 0;
  return shy_sheet_field_weigh_period (field, wording->name, wording->reduced);
}

gboolean
shy_header_is_period (const char    *header,
                      ShySheetField *field)
{
  Wording  wording;
  gboolean is;

  wording_init (&wording, header);
  is = weigh_period (&wording, field) > 0;
  wording_clear (&wording);
  return is;
}

/* A recipe names the field of each header outright. */
static guint
weigh_by_recipe (JsonObject    *recipe,
                 const Wording *wording,
                 ShySheetField *field)
{
  const char *name = json_object_get_string_member_with_default (recipe, wording->folded, NULL);

  return g_strcmp0 (name, shy_sheet_field_get_about (field)->name) == 0 ? SHY_MATCH_NAME : 0;
}

static char *
explain (guint confidence)
{
  switch (confidence)
    {
    case SHY_MATCH_NAME:
      return g_strdup (_("The header is the name of the field."));

    case SHY_MATCH_ALIAS:
      return g_strdup (_("The header is another name of the field."));

    case SHY_MATCH_GROUP:
      return g_strdup (_("The header, with the group above it, is a name of the field."));

    default:
      return g_strdup (_("The header is a name of the field, written a little differently."));
    }
}

static void
match_column (ShyHeaderColumn *column,
              GPtrArray       *fields,
              JsonObject      *recipe)
{
  Wording wording;

  wording_init (&wording, column->header);
  for (guint i = 0; i < fields->len; i++)
    {
      ShySheetField *field = g_ptr_array_index (fields, i);
      guint          weight = recipe != NULL ? weigh_by_recipe (recipe, &wording, field)
                                             : weigh (&wording, field);
      guint          period = weigh_period (&wording, field);

      if (recipe == NULL)
        weight = MAX (weight, period);
      if (weight > column->confidence)
        {
          column->confidence = weight;
          column->field = (int) i;
          column->period = period > 0;
        }
    }
  wording_clear (&wording);
}

int
shy_header_column_get_end (const ShyHeaderColumn *column,
                           GPtrArray             *fields)
{
  const char *name = column->period && column->field >= 0
                       ? shy_sheet_field_get_about (g_ptr_array_index (fields, column->field))->period_end : NULL;

  for (guint i = 0; name != NULL && i < fields->len; i++)
    if (strcmp (shy_sheet_field_get_about (g_ptr_array_index (fields, i))->name, name) == 0)
      return (int) i;

  return -1;
}

static guint
count_fields (ShyHeaderBlock *block,
              GPtrArray      *fields)
{
  g_autofree gboolean *found = g_new0 (gboolean, fields->len + 1);
  guint                n = 0;

  for (guint i = 0; i < block->columns->len; i++)
    {
      int field = g_array_index (block->columns, ShyHeaderColumn, i).field;

      n += field >= 0 && !found[field];
      found[field >= 0 ? (guint) field : fields->len] = TRUE;
    }
  return n;
}

/* 劳动合同期限 over two columns is the group of a beginning and an end, not a period twice. */
static void
drop_groups (ShyHeaderBlock *block)
{
  for (guint i = 1; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);
      ShyHeaderColumn *before = column - 1;

      if (!column->period || before->column + 1 != column->column || strcmp (before->header, column->header) != 0)
        continue;
      before->field = column->field = -1;
      before->confidence = column->confidence = 0;
    }
}

/* Matches by wording. Columns of which two fit one field keep it both; see to that afterwards. */
void
shy_header_match_names (ShyHeaderBlock *block,
                        GPtrArray      *fields,
                        JsonObject     *recipe)
{
  for (guint i = 0; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);

      match_column (column, fields, recipe);
    }
  drop_groups (block);
  for (guint i = 0; i < block->columns->len; i++)
    {
      ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);

      if (column->field >= 0)
        column->reason = explain (column->confidence);
    }
  block->n_found = count_fields (block, fields);
}

/* Takes @sentence. */
void
shy_header_doubts_add (ShyHeaderDoubts *self,
                       char            *sentence)
{
  g_strv_builder_add (self->warnings, sentence);
  g_string_append_printf (self->text, " %s", sentence);
  g_free (sentence);
}

static gboolean
is_taken (ShyHeaderBlock *block,
          GPtrArray      *fields,
          int             field)
{
  for (guint i = 0; i < block->columns->len; i++)
    if (g_array_index (block->columns, ShyHeaderColumn, i).field == field ||
        shy_header_column_get_end (&g_array_index (block->columns, ShyHeaderColumn, i), fields) == field)
      return TRUE;

  return FALSE;
}

/* Tells the columns that would have a field but for what stands in their brackets: “是否首次就业（非首次填√）”. */
void
shy_header_find_doubts (ShyHeaderBlock  *block,
                        GPtrArray       *fields,
                        ShyHeaderDoubts *doubts)
{
  for (guint i = 0; i < block->columns->len; i++)
    {
      const ShyHeaderColumn *column = &g_array_index (block->columns, ShyHeaderColumn, i);
      ShyHeaderColumn        bare = { .field = -1 };
      g_autofree char       *reference = NULL;

      if (column->field >= 0 || (bare.header = shy_header_dup_bare (column->header)) == NULL)
        continue;
      match_column (&bare, fields, NULL);
      if (bare.field >= 0 && !is_taken (block, fields, bare.field))
        {
          reference = shy_sheet_reference_new (column->row, column->column);
          shy_header_doubts_add (
            doubts, g_strdup_printf (_("The column “%s” (%s) was not read: what stands beside “%s” in its header "
                                       "may change what it says. Call it only “%s” if it says that."),
                                     column->header, reference, bare.header,
                                     shy_sheet_field_get_about (g_ptr_array_index (fields, bare.field))->name));
        }
      g_free (bare.header);
    }
}
