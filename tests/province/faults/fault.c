/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Arms faults and strikes with them. */

struct _Faults
{
  Province  *province;
  GPtrArray *strikes; /* of Strike */
  GRand     *chance;  /* always the same */
  guint      count;
  guint16    secure_port;
};

static const Fault *const tables[] = {
  faults_of_bodies, faults_of_envelopes, faults_of_rows,  faults_of_cells,   faults_of_pages,
  faults_of_http,   faults_of_wires,     faults_of_keys,  faults_of_servers,
};

static void
strike_free (gpointer data)
{
  Strike *self = data;

  g_ptr_array_unref (self->kinds);
  g_clear_pointer (&self->kept, g_bytes_unref);
  g_free (self);
}

/* Says, once for each answer, whether the fault strikes it. */
static gboolean
decide (Strike *self)
{
  if (self->decided)
    return self->active;
  self->decided = TRUE;
  self->active = ++self->seen >= self->first && (self->times == 0 || self->struck < self->times) &&
                 (self->rate >= 1 || g_rand_double (self->faults->chance) < self->rate);
  if (!self->active)
    return FALSE;
  self->kind = g_ptr_array_index (self->kinds, self->struck % self->kinds->len);
  self->struck++;
  self->faults->count++;
  return TRUE;
}

static gboolean
is_of_rows (const Strike *self)
{
  const Fault *kind = g_ptr_array_index (self->kinds, 0);

  return kind->of_rows || kind->page != NULL || kind->rows != NULL;
}

/* Names of the interfaces that tell a total: get_total.do, …gettotal, get_data_count. */
static gboolean
asks_total (const WireRequest *request)
{
  g_autofree char *body = wire_request_dup_text (request);

  return strstr (request->target, "total") != NULL || strstr (request->target, "count") != NULL ||
         strstr (body, "gettotal") != NULL;
}

static gboolean
of_totals (const Strike *self)
{
  return ((const Fault *) g_ptr_array_index (self->kinds, 0))->of_totals;
}

static void
page_cb (Province *province, ProvincePage *page, gpointer data)
{
  Faults *self = data;

  for (guint i = 0; i < self->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (self->strikes, i);

      if (is_of_rows (strike) && (!strike->of_total || of_totals (strike)) && decide (strike) &&
          strike->kind->page != NULL)
        strike->kind->page (strike, page);
    }
}

static void
rows_cb (Province *province, const ProvincePage *page, GString *json, gpointer data)
{
  Faults *self = data;

  for (guint i = 0; i < self->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (self->strikes, i);

      if (strike->active && strike->kind->rows != NULL)
        strike->kind->rows (strike, page, json);
    }
}

/* The faults are done to the answers of @province, which must live longer. */
Faults *
faults_new (Province *province)
{
  static const ProvinceHooks hooks = { page_cb, rows_cb };
  Faults                    *self = g_new0 (Faults, 1);

  self->province = province;
  self->strikes = g_ptr_array_new_with_free_func (strike_free);
  self->chance = g_rand_new_with_seed (26);
  province_set_hooks (province, &hooks, self);
  return self;
}

void
faults_free (Faults *self)
{
  province_set_hooks (self->province, NULL, NULL);
  g_ptr_array_unref (self->strikes);
  g_rand_free (self->chance);
  g_free (self);
}

/* All kinds that are called @name, or whose name goes on behind a hyphen. */
static GPtrArray *
find_kinds (const char *name)
{
  GPtrArray *kinds = g_ptr_array_new ();
  gsize      length = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const Fault *fault = tables[i]; fault->name != NULL; fault++)
      if (g_ascii_strncasecmp (fault->name, name, length) == 0 &&
          (fault->name[length] == '\0' || fault->name[length] == '-'))
        g_ptr_array_add (kinds, (gpointer) fault);
  return kinds;
}

gboolean
faults_add (Faults *self, const char *what, GError **error)
{
  gsize                 length = strcspn (what, ":*@");
  g_autofree char      *name = g_strndup (what, length);
  g_autoptr (GPtrArray) kinds = find_kinds (name);
  const char           *at = what + length;
  Strike                strike = { .faults = self, .province = self->province, .rate = 1 };
  const Fault          *kind;

  if (kinds->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no fault “%s”.", name);
      return FALSE;
    }
  if (*at == ':')
    strike.rate = g_ascii_strtod (at + 1, (char **) &at);
  if (*at == '*')
    strike.times = (guint) g_ascii_strtoull (at + 1, (char **) &at, 10);
  if (*at == '@')
    strike.first = (guint) g_ascii_strtoull (at + 1, (char **) &at, 10);
  if (*at != '\0')
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "“%s” is not understood in “%s”.", at, what);
      return FALSE;
    }
  kind = g_ptr_array_index (kinds, 0);
  if (kind->clock != 0)
    province_set_clock_offset (self->province, kind->clock);
  strike.kinds = g_steal_pointer (&kinds);
  g_ptr_array_add (self->strikes, g_memdup2 (&strike, sizeof strike));
  return TRUE;
}

void
faults_clear (Faults *self)
{
  g_ptr_array_set_size (self->strikes, 0);
  province_set_clock_offset (self->province, 0);
  self->count = 0;
}

guint
faults_count (Faults *self)
{
  return self->count;
}

gboolean
faults_needs_secure (Faults *self)
{
  for (guint i = 0; i < self->strikes->len; i++)
    {
      const Strike *strike = g_ptr_array_index (self->strikes, i);

      for (guint j = 0; j < strike->kinds->len; j++)
        if (((const Fault *) g_ptr_array_index (strike->kinds, j))->needs_secure)
          return TRUE;
    }
  return FALSE;
}

void
faults_set_secure_port (Faults *self, guint16 port)
{
  self->secure_port = port;
}

/* What a fault says of the whole server; the first that says something counts. */
static const Fault *
find_server (Faults *self)
{
  for (guint i = 0; i < self->strikes->len; i++)
    {
      const Fault *kind = ((Strike *) self->strikes->pdata[i])->kinds->pdata[0];

      if (kind->security != WIRE_PLAIN || kind->host != NULL)
        return kind;
    }
  return NULL;
}

WireSecurity
faults_get_security (Faults *self)
{
  const Fault *kind = find_server (self);

  return kind != NULL ? kind->security : WIRE_PLAIN;
}

const char *
faults_get_certificate (Faults *self)
{
  const Fault *kind = find_server (self);

  return kind != NULL ? kind->certificate : NULL;
}

const char *
faults_get_host (Faults *self)
{
  const Fault *kind = find_server (self);

  return kind != NULL && kind->host != NULL ? kind->host : "127.0.0.1";
}

/* A proxy is asked for a whole address. */
static const char *
skip_host (const char *target)
{
  const char *host = g_str_has_prefix (target, "http://") ? target + strlen ("http://") : NULL;

  return host != NULL ? host + strcspn (host, "/") : target;
}

/* The province's own answer, on its way to the wire. */
static WireReply *
ask_province (Faults *self, const WireRequest *request)
{
  g_autoptr (GHashTable) headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv)         target = g_strsplit (skip_host (request->target), "?", 2);
  g_autofree char       *path = g_uri_unescape_string (target[0], NULL);
  ProvinceRequest        asked = { request->method, path, target[1], headers, request->body };
  g_autoptr (ProvinceReply) reply = NULL;
  WireReply             *out;

  for (guint i = 0; i + 1 < request->headers->len; i += 2)
    g_hash_table_replace (headers, g_ascii_strdown (request->headers->pdata[i], -1),
                          request->headers->pdata[i + 1]);
  reply = province_answer (self->province, &asked);
  out = wire_reply_new (reply->status, NULL, "");
  for (guint i = 0; i + 1 < reply->headers->len; i += 2)
    wire_reply_set (out, reply->headers->pdata[i], reply->headers->pdata[i + 1]);
  wire_reply_take_body (out, g_bytes_ref (reply->body));
  return out;
}

WireReply *
faults_answer (const WireRequest *request, gpointer data)
{
  Faults    *self = data;
  WireReply *reply;

  for (guint i = 0; i < self->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (self->strikes, i);

      strike->request = request;
      strike->decided = strike->active = FALSE;
      strike->of_total = asks_total (request);
      strike->secure_port = self->secure_port;
      if (!is_of_rows (strike) && decide (strike) && strike->kind->before != NULL)
        strike->kind->before (strike);
    }
  reply = ask_province (self, request);
  for (guint i = 0; i < self->strikes->len; i++)
    {
      Strike *strike = g_ptr_array_index (self->strikes, i);

      if (strike->active && strike->kind->reply != NULL)
        strike->kind->reply (strike, reply);
    }
  return reply;
}

char *
faults_list (void)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++)
    for (const Fault *fault = tables[i]; fault->name != NULL; fault++)
      g_string_append_printf (text, "%-16s %s\n", fault->name, fault->what);
  return g_string_free (text, FALSE);
}
