/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-help.h"

#include <glib/gi18n.h>

/* Further from a verb than this, a word was not meant to be it. */
#define NEAR 2

static void
print_line (const char *name,
            const char *summary)
{
  g_print ("  %-10s %s\n", name, summary);
}

void
shyctl_help_print_verbs (GListModel *commands)
{
  g_print ("%s\n\n%s\n", _("Usage: shanyectl [--database FILE] VERB [ARGUMENT…]"), _("Verbs:"));
  for (gsize i = 0; shyctl_verbs[i] != NULL; i++)
    print_line (shyctl_verbs[i]->name, _(shyctl_verbs[i]->summary));

  for (guint i = 0; i < g_list_model_get_n_items (commands); i++)
    {
      g_autoptr (ShyCommand) command = g_list_model_get_item (commands, i);
      g_autofree char       *summary = shy_command_dup_summary (command);

      print_line (shy_command_get_name (command), summary);
    }

  g_print ("\n%s\n", _("Options, before or behind the verb:\n"
                       "  --database FILE  work on this database instead of your own\n"
                       "  --help           show the help of the verb, as “shanyectl help VERB” does\n"
                       "  --version        show the version\n"
                       "\n"
                       "The exit status is 0 if all went well, 1 if the answer is negative where a\n"
                       "verb promises that, and 2 after a bad call or bad input."));
}

static void
print_verb (const char *name,
            const char *summary,
            const char *usage)
{
  /* Translators: the first %s is a verb, the second its arguments and options. */
  g_print (_("Usage: shanyectl %s %s"), name, usage);
  g_print ("%s\n%s\n", g_str_has_suffix (usage, "\n") ? "" : "\n", summary);
}

void
shyctl_help_print_own (const ShyctlVerb *verb)
{
  print_verb (verb->name, _(verb->summary), *verb->usage != '\0' ? _(verb->usage) : "");
}

void
shyctl_help_print_brought (ShyCommand *command)
{
  g_autofree char *summary = shy_command_dup_summary (command);
  g_autofree char *usage = shy_command_dup_usage (command);

  print_verb (shy_command_get_name (command), summary, usage);
}

/* How many letters must be put in, left out or changed to make one word of the other. */
static guint
measure_distance (const char *a,
                  const char *b)
{
  gsize            length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;

  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint diagonal = row[0]++;

      for (gsize j = 1; j <= length; j++)
        {
          guint changed = diagonal + (a[i] != b[j - 1]);

          diagonal = row[j];
          row[j] = MIN (changed, MIN (row[j], row[j - 1]) + 1);
        }
    }

  return row[length];
}

static void
consider (const char  *word,
          const char  *name,
          guint       *least,
          const char **nearest)
{
  guint distance = measure_distance (word, name);

  if (g_str_has_prefix (name, word))
    distance = MIN (distance, 1);
  if (distance < *least)
    {
      *least = distance;
      *nearest = name;
    }
}

char *
shyctl_help_find_nearest (GListModel *commands,
                          const char *word)
{
  const char *nearest = NULL;
  guint       least = NEAR + 1;

  for (gsize i = 0; shyctl_verbs[i] != NULL; i++)
    consider (word, shyctl_verbs[i]->name, &least, &nearest);

  for (guint i = 0; i < g_list_model_get_n_items (commands); i++)
    {
      g_autoptr (ShyCommand) command = g_list_model_get_item (commands, i);

      consider (word, shy_command_get_name (command), &least, &nearest);
    }

  return g_strdup (nearest);
}
