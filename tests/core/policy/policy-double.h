/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "policy/shy-facts-policy.h"
#include "policy/shy-verdict.h"

/* A policy written in a few lines, for tests of what is decided from one. */

typedef struct {
  GString *fields;
  GString *settings;
  GString *derived;
  GString *criteria;
  GString *limits;
  char    *amount;   /* (nullable) the object */
  char    *key_date; /* (nullable) an expression */
  char    *subject;  /* (nullable) its members */
  char    *head;     /* (nullable) further members, each with a comma behind it */
  guint    n_criteria;
} PolicyDouble;

static inline void
policy_double_init (PolicyDouble *self)
{
  *self = (PolicyDouble) {
    .fields = g_string_new (NULL), .settings = g_string_new (NULL),
    .derived = g_string_new (NULL), .criteria = g_string_new (NULL), .limits = g_string_new (NULL),
  };
}

static inline void
policy_double_clear (PolicyDouble *self)
{
  g_string_free (self->fields, TRUE);
  g_string_free (self->settings, TRUE);
  g_string_free (self->derived, TRUE);
  g_string_free (self->criteria, TRUE);
  g_string_free (self->limits, TRUE);
  g_free (self->amount);
  g_free (self->key_date);
  g_free (self->subject);
  g_free (self->head);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PolicyDouble, policy_double_clear)

static inline void
add_item (GString    *list,
          const char *format,
          ...) G_GNUC_PRINTF (2, 3);

static inline void
add_item (GString    *list,
          const char *format,
          ...)
{
  va_list args;

  if (list->len > 0)
    g_string_append (list, ",\n");
  va_start (args, format);
  g_string_append_vprintf (list, format, args);
  va_end (args);
}

/* @more: further members, each with a comma before it: ", \"values\": [\"x\"]". */
static inline void
add_field (PolicyDouble *self,
           const char   *name,
           const char   *type,
           const char   *more)
{
  add_item (self->fields, "{\"name\":\"%s\",\"label\":{\"en\":\"%s\"},\"type\":\"%s\"%s}", name, name,
            type, more != NULL ? more : "");
}

/* What is left to the county; a value that @more gives is verified. */
static inline void
add_setting (PolicyDouble *self,
             const char   *name,
             const char   *type,
             const char   *more)
{
  gboolean value = more != NULL && strstr (more, "\"value\"") != NULL;

  add_item (self->settings,
            "{\"name\":\"%s\",\"label\":{\"en\":\"%s\"},\"type\":\"%s\",\"clause\":\"c\","
            "\"status\":\"%s\"%s}", name, name, type, value ? "verified" : "unverified",
            more != NULL ? more : "");
}

static inline char *
quote (const char *expression)
{
  g_autoptr (GString) text = g_string_new (expression != NULL ? expression : "");

  if (expression == NULL)
    return g_strdup ("null");
  g_string_replace (text, "\\", "\\\\", 0);
  g_string_replace (text, "\"", "\\\"", 0);

  return g_strdup_printf ("\"%s\"", text->str);
}

static inline void
add_derived (PolicyDouble *self,
             const char   *name,
             const char   *expression)
{
  g_autofree char *quoted = quote (expression);

  add_item (self->derived, "{\"name\":\"%s\",\"expression\":%s}", name, quoted);
}

static inline void
add_criterion (PolicyDouble *self,
               const char   *id,
               const char   *condition,
               const char   *refer,
               const char   *skip_unless,
               const char   *unknown)
{
  g_autofree char *c = quote (condition);
  g_autofree char *r = quote (refer);
  g_autofree char *s = quote (skip_unless);

  add_item (self->criteria,
            "{\"id\":\"%s\",\"title\":{\"en\":\"%s\"},\"condition\":%s,\"clause\":\"c\","
            "\"refer\":%s,\"skip_unless\":%s,\"when_true\":{\"en\":\"holds\"},"
            "\"when_false\":{\"en\":\"fails\"},\"when_unknown\":{\"en\":\"open\"},"
            "\"unknown\":\"%s\"}", id, id, c, r, s, unknown);
  self->n_criteria++;
}

static inline char *
policy_double_write (const PolicyDouble *self)
{
  g_autofree char *key = quote (self->key_date);

  return g_strdup_printf (
    "{\"format\":1,\"id\":\"double\",\"version\":\"1\",\"title\":{\"en\":\"Double\"},"
    "\"kind\":\"application\",\"subject\":{%s},%s"
    "\"documents\":[{\"id\":\"d\",\"title\":\"D\",\"number\":\"D1\",\"confidence\":\"A\"}],"
    "\"clauses\":[{\"id\":\"c\",\"document\":\"d\",\"number\":\"1\",\"text\":{\"en\":\"text\"},"
    "\"status\":\"verified\"}],\"effective\":{\"from\":null,\"until\":null},\"key_date\":%s,"
    "\"settings\":[%s],\"fields\":[%s],\"derived\":[%s],\"criteria\":[%s],\"amount\":%s,"
    "\"limits\":[%s],\"steps\":[],\"overrides\":[],\"cases\":[]}",
    self->subject != NULL ? self->subject : "", self->head != NULL ? self->head : "", key, self->settings->str, self->fields->str,
    self->derived->str, self->criteria->str, self->amount != NULL ? self->amount : "null",
    self->limits->str);
}

static inline ShyPolicy *
policy_double_read (const PolicyDouble *self)
{
  g_autofree char   *text = policy_double_write (self);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  ShyPolicy         *policy = shy_policy_new_from_bytes (bytes, "double.json", &error);

  g_assert_no_error (error);

  return policy;
}

/* Facts as "a=true b=3", for a day. */
static inline ShyFacts *
new_facts (ShyPolicy  *policy,
           const char *text)
{
  g_auto (GStrv)     words = g_strsplit (text, " ", -1);
  ShyFacts          *facts = shy_facts_new ();
  g_autoptr (GError) error = NULL;
  GDate              on;

  g_date_clear (&on, 1);
  g_date_set_dmy (&on, 15, 6, 2025);
  shy_facts_set_on (facts, &on);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

      if (*words[i] == '\0')
        continue;
      shy_facts_take (facts, policy, pair[0], pair[1], SHY_FACT_ORIGIN_TYPED, NULL, &error);
      g_assert_no_error (error);
    }

  return facts;
}

static inline ShyVerdict *
decide (ShyPolicy      *policy,
        const ShyFacts *facts)
{
  g_autoptr (GError) error = NULL;
  ShyVerdict        *verdict = shy_policy_decide (policy, facts, &error);

  g_assert_no_error (error);
  g_assert_nonnull (verdict);

  return verdict;
}
