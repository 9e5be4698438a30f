/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-private.h"

#include <gcrypt.h>
#include <string.h>

/* What gateways check: sums, clocks, nonces and secrets that end. */

char *
province_hash (GChecksumType kind, const char *text)
{
  return g_compute_checksum_for_string (kind, text, -1);
}

char *
province_hmac_base64 (const char *key, const char *text)
{
  g_autoptr (GHmac) hmac = g_hmac_new (G_CHECKSUM_SHA256, (const guchar *) key, strlen (key));
  guint8            sum[32];
  gsize             size = sizeof sum;

  g_hmac_update (hmac, (const guchar *) text, -1);
  g_hmac_get_digest (hmac, sum, &size);
  return g_base64_encode (sum, size);
}

/* In lower-case hexadecimal; GLib has no SM3. */
char *
province_sm3 (const char *text)
{
  guint8   sum[32];
  GString *hex = g_string_new (NULL);

  gcry_md_hash_buffer (GCRY_MD_SM3, sum, text, strlen (text));
  for (guint i = 0; i < sizeof sum; i++)
    g_string_append_printf (hex, "%02x", sum[i]);
  return g_string_free (hex, FALSE);
}

gboolean
province_is_timely (Province *self, const char *timestamp_ms, gint64 window_ms)
{
  gint64 apart = province_get_time_ms (self) - province_number (timestamp_ms, 0);

  return ABS (apart) <= window_ms;
}

/* Whether @nonce was not used before at @gateway. It is, from now on. */
gboolean
province_use_nonce (Province *self, const char *gateway, const char *nonce)
{
  char   *key = g_strconcat (gateway, "\n", nonce, NULL);
  gint64 *now = g_new (gint64, 1);

  *now = province_get_time_ms (self);
  return g_hash_table_replace (self->nonces, key, now);
}

void
province_forget_nonces (Province *self)
{
  g_hash_table_remove_all (self->nonces);
}

gboolean
province_is_key (const char *service, const char *name, const char *given)
{
  return g_strcmp0 (province_get_key (service, name), given) == 0;
}

/* Gives out a new secret; the one before is void from then on. */
void
province_lease_renew (Province *self, ProvinceLease *lease, gint64 lifetime_ms)
{
  g_autofree char *seed = g_strdup_printf ("lease %u", ++self->given);

  g_free (lease->text);
  lease->text = province_hash (G_CHECKSUM_MD5, seed);
  lease->until = province_get_time_ms (self) + lifetime_ms;
}

gboolean
province_lease_is_live (Province *self, const ProvinceLease *lease)
{
  return lease->text != NULL && province_get_time_ms (self) < lease->until;
}
