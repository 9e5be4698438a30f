/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include "county/shy-county-registry.h"

/* The members of 山区26县 on the day it was whole. */
#define GROUP      "山区26县"
#define FIRST_YEAR 2025

typedef struct
{
  const char    *prefix; /* of the path */
  const char    *suffix; /* (nullable) */
  ProvinceFamily answer;
} Route;

/* On one address stand gateways that have a host each; the first that fits answers. */
static const Route routes[] = {
  { "/jdop_front/interfaces/", ".do", province_answer_direct },
  { "/jimp/sign/createsign.do", NULL, province_answer_sign },
  { "/interface/gateway.do", NULL, province_answer_gateway },
  { "/gateway/app/refreshTokenBy", ".htm", province_answer_irs_token },
  { "/gateway/api/1/", NULL, province_answer_hmac },
  { "/gateway/api/", ".htm", province_answer_irs },
  { "/gettoken.json", NULL, province_answer_ding },
  { "/mozi/organization/pageSubOrganizationCodes", NULL, province_answer_ding },
  { "/api/", "/service.xhtml", province_answer_shenzhen },
  { "/api.php", NULL, province_answer_changzhou },
  { "/oauth/token", NULL, province_answer_oauth_token },
  { "/open/v1/", NULL, province_answer_oauth },
  { "/ca/", NULL, province_answer_ca },
  { "/tif/", NULL, province_answer_tif },
  { "/md5/", NULL, province_answer_md5 },
  { "/gjgx/key", NULL, province_answer_exchange_key },
  { "/gjgx/api/", NULL, province_answer_exchange },
};

static gboolean
load_counties (Province *self, GError **error)
{
  ShyCountyRegistry   *registry = shy_county_registry_get_default (error);
  g_autoptr (GDate)     day = g_date_new_dmy (1, G_DATE_JANUARY, 2024);
  g_autoptr (GPtrArray) members = NULL;

  if (registry == NULL)
    return FALSE;
  members = shy_county_registry_list_group (registry, GROUP, day);
  for (guint i = 0; i < members->len; i++)
    {
      ShyCounty *county = g_ptr_array_index (members, i);

      g_ptr_array_add (self->codes, g_strdup (shy_county_get_code (county)));
      g_ptr_array_add (self->names, g_strdup (shy_county_get_name (county)));
    }
  self->n_counties = members->len;
  g_assert (self->n_counties > 0);
  return TRUE;
}

/* Rows were updated from the first day of 2025 to yesterday, in the order of their numbers. */
static void
set_days (Province *self)
{
  g_autoptr (GDate) first = g_date_new_dmy (1, G_DATE_JANUARY, FIRST_YEAR);
  g_autoptr (GDate) epoch = g_date_new_dmy (1, G_DATE_JANUARY, 1970);
  gint64            today = province_get_time_ms (self) / (24 * HOURS_MS);

  self->first_day = g_date_days_between (epoch, first);
  self->days = MAX (1, today - self->first_day);
}

Province *
province_new (guint64 rows, GError **error)
{
  g_autoptr (Province) self = g_new0 (Province, 1);

  g_mutex_init (&self->lock);
  self->rows = rows;
  self->codes = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->asked = g_ptr_array_new_with_free_func (g_free);
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!load_counties (self, error))
    return NULL;
  set_days (self);
  return g_steal_pointer (&self);
}

void
province_free (Province *self)
{
  ProvinceLease *leases[] = { &self->request_secret, &self->refresh_secret, &self->ding_token,
                              &self->oauth_token, &self->exchange_secret };

  for (guint i = 0; i < G_N_ELEMENTS (leases); i++)
    g_free (leases[i]->text);
  g_ptr_array_unref (self->codes);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->asked);
  g_hash_table_unref (self->nonces);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
province_set_hooks (Province *self, const ProvinceHooks *hooks, gpointer data)
{
  g_mutex_lock (&self->lock);
  self->hooks = hooks != NULL ? *hooks : (ProvinceHooks) { NULL };
  self->hooks_data = data;
  g_mutex_unlock (&self->lock);
}

void
province_set_clock_offset (Province *self, gint64 seconds)
{
  g_mutex_lock (&self->lock);
  self->offset = seconds;
  g_mutex_unlock (&self->lock);
}

gint64
province_get_time_ms (Province *self)
{
  return g_get_real_time () / 1000 + self->offset * 1000;
}

guint64
province_get_rows (Province *self)
{
  return self->rows;
}

void
province_set_rows (Province *self, guint64 rows)
{
  g_mutex_lock (&self->lock);
  self->rows = rows;
  g_mutex_unlock (&self->lock);
}

guint
province_count_requests (Province *self, const char *prefix)
{
  guint count = 0;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->asked->len; i++)
    count += g_str_has_prefix (g_ptr_array_index (self->asked, i), prefix);
  g_mutex_unlock (&self->lock);
  return count;
}

void
province_expire_secrets (Province *self, gboolean refreshing)
{
  ProvinceLease *leases[] = { &self->request_secret, &self->ding_token, &self->oauth_token,
                              &self->exchange_secret, &self->refresh_secret };

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < G_N_ELEMENTS (leases) - !refreshing; i++)
    leases[i]->until = 0;
  g_mutex_unlock (&self->lock);
}

static ProvinceReply *
answer_route (Province *self, const ProvinceRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_has_prefix (request->path, routes[i].prefix) &&
        (routes[i].suffix == NULL || g_str_has_suffix (request->path, routes[i].suffix)))
      return routes[i].answer (self, request);
  return province_reply_text (404, PROVINCE_JSON, "{\"code\":404,\"msg\":\"接口不存在\"}");
}

static void
add_date (Province *self, ProvinceReply *reply)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (province_get_time_ms (self) / 1000);
  /* HTTP has English names whatever the locale is. */
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autofree char *rest = g_date_time_format (now, "%Y %H:%M:%S GMT");
  g_autofree char *date = g_strdup_printf ("%s, %02d %s %s",
                                           days[g_date_time_get_day_of_week (now) - 1],
                                           g_date_time_get_day_of_month (now),
                                           months[g_date_time_get_month (now) - 1], rest);

  province_reply_add_header (reply, "Date", date);
}

/* Answers a request. May be called from any thread; one request is answered at a time. */
ProvinceReply *
province_answer (Province *self, const ProvinceRequest *request)
{
  ProvinceReply *reply;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->asked, g_strdup (request->path));
  if (self->hooks.request != NULL)
    self->hooks.request (self, request, self->hooks_data);
  reply = answer_route (self, request);
  add_date (self, reply);
  g_mutex_unlock (&self->lock);
  return reply;
}
