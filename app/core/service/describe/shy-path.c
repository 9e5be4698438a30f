/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "service/describe/shy-path-private.h"

#include "shy-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef enum {
  STEP_MEMBER,
  STEP_INDEX,
  STEP_EVERY,
} StepKind;

typedef struct
{
  StepKind kind;
  char    *name;  /* (owned) of STEP_MEMBER */
  guint    index; /* of STEP_INDEX, from 0 */
} Step;

struct _ShyPath
{
  char   *text;  /* (owned) */
  GArray *steps; /* (owned) of Step */
};

static void
clear_step (gpointer data)
{
  Step *step = data;

  g_free (step->name);
}

static void
add_step (ShyPath  *self,
          StepKind  kind,
          char     *name,
          guint     index)
{
  Step step = { kind, name, index };

  g_array_append_val (self->steps, step);
}

/* Reads `.name` or `.*`; @at stands behind the dot. Returns where the step ends, NULL if it is
 * not one. */
static const char *
read_dotted (ShyPath    *self,
             const char *at)
{
  gsize length = strcspn (at, ".[");

  if (length == 0 || memchr (at, ']', length) != NULL)
    return NULL;
  if (length == 1 && *at == '*')
    add_step (self, STEP_EVERY, NULL, 0);
  else if (memchr (at, '*', length) == NULL)
    add_step (self, STEP_MEMBER, g_strndup (at, length), 0);
  else
    return NULL;

  return at + length;
}

/* Reads `'name']`, `*]` or `0]`; @at stands behind the bracket. */
static const char *
read_bracketed (ShyPath    *self,
                const char *at)
{
  const char *close;
  guint64     index;

  if (*at == '\'')
    {
      close = strchr (at + 1, '\'');
      if (close == NULL || close == at + 1 || close[1] != ']')
        return NULL;
      add_step (self, STEP_MEMBER, g_strndup (at + 1, close - at - 1), 0);
      return close + 2;
    }
  if (g_str_has_prefix (at, "*]"))
    {
      add_step (self, STEP_EVERY, NULL, 0);
      return at + 2;
    }
  close = at + strspn (at, "0123456789");
  if (close == at || close - at > 7 || *close != ']')
    return NULL;
  index = g_ascii_strtoull (at, NULL, 10);
  add_step (self, STEP_INDEX, NULL, (guint) index);

  return close + 1;
}

/* Parses a path; %SHY_ERROR_SYNTAX says what may stand in one. */
ShyPath *
shy_path_new (const char  *text,
              GError     **error)
{
  g_autoptr (ShyPath) self = g_new0 (ShyPath, 1);
  const char         *at;

  g_return_val_if_fail (text != NULL, NULL);

  self->text = g_strdup (text);
  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  at = *text == '$' ? text + 1 : NULL;
  while (at != NULL && *at != '\0')
    {
      if (*at == '.')
        at = read_dotted (self, at + 1);
      else if (*at == '[')
        at = read_bracketed (self, at + 1);
      else
        at = NULL;
    }
  if (at == NULL)
    {
      g_set_error (error, SHY_ERROR, SHY_ERROR_SYNTAX,
                   _("“%s” is not a path. Write $, then .name, ['name'], [0], [*] or .* as often as "
                     "needed, for example $.data[*].rows."),
                   text);
      return NULL;
    }

  return g_steal_pointer (&self);
}

void
shy_path_free (ShyPath *self)
{
  g_free (self->text);
  g_clear_pointer (&self->steps, g_array_unref);
  g_free (self);
}

/* The path as it was written. */
const char *
shy_path_text (ShyPath *self)
{
  return self->text;
}

/* Walks the steps from @index on below @json and adds what they end at, at most @limit. */
static void
collect (ShyPath       *self,
         guint          index,
         const ShyJson *json,
         guint          limit,
         GPtrArray     *found)
{
  const Step    *step;
  const ShyJson *child = NULL;

  if (json == NULL || found->len >= limit)
    return;
  if (index == self->steps->len)
    {
      g_ptr_array_add (found, (gpointer) json);
      return;
    }
  step = &g_array_index (self->steps, Step, index);
  if (step->kind == STEP_EVERY)
    {
      for (guint i = 0; json->items != NULL && i < json->items->len; i++)
        collect (self, index + 1, g_ptr_array_index (json->items, i), limit, found);
      return;
    }
  if (step->kind == STEP_MEMBER && json->kind == SHY_JSON_OBJECT)
    child = shy_json_get (json, step->name);
  else if (step->kind == STEP_INDEX && json->kind == SHY_JSON_ARRAY &&
           step->index < json->items->len)
    child = g_ptr_array_index (json->items, step->index);
  collect (self, index + 1, child, limit, found);
}

/* The first value the path leads to, NULL if none. */
const ShyJson *
shy_path_first (ShyPath       *self,
                const ShyJson *root)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();

  collect (self, 0, root, 1, found);

  return found->len > 0 ? g_ptr_array_index (found, 0) : NULL;
}

/* Every value the path leads to, in the order of the document. Free the array, not the values. */
GPtrArray *
shy_path_all (ShyPath       *self,
              const ShyJson *root)
{
  GPtrArray *found = g_ptr_array_new ();

  collect (self, 0, root, G_MAXUINT, found);

  return found;
}
