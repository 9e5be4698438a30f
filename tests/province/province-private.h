/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "province.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PROVINCE_JSON "application/json;charset=UTF-8"
#define MINUTES_MS    G_GINT64_CONSTANT (60000)
#define HOURS_MS      G_GINT64_CONSTANT (3600000)

/* Secrets that a gateway gives out for a time. */
typedef struct
{
  char  *text;  /* (owned) (nullable) */
  gint64 until; /* milliseconds since 1970 by the province's clock */
} ProvinceLease;

struct _Province
{
  GMutex        lock; /* held while a request is answered */
  guint64       rows;
  gint64        offset; /* seconds */
  gint64        first_day; /* days since 1970 on which rows were first updated */
  gint64        days;      /* over which they were */
  guint         n_counties;
  GPtrArray    *codes; /* (element-type utf8): of the counties */
  GPtrArray    *names; /* (element-type utf8): of the counties */
  ProvinceHooks hooks;
  gpointer      hooks_data;
  GHashTable   *nonces; /* of gint64, when each was used, by gateway and nonce */
  GPtrArray    *asked;  /* (element-type utf8): the paths of all requests */
  guint         given;  /* secrets given out */
  ProvinceLease request_secret; /* of Z2 */
  ProvinceLease refresh_secret; /* of Z2 */
  ProvinceLease ding_token;
  ProvinceLease oauth_token;
  ProvinceLease exchange_secret;
};

/* How rows are written: by which names, and what stands where there is nothing. */
typedef enum
{
  NAMES_CODES,    /* the data dictionary's: aab004 */
  NAMES_INITIALS, /* of pinyin: qymc */
  NAMES_CHINESE,  /* 企业名称 */
  N_NAMES,
} ProvinceNames;

typedef enum
{
  EMPTY_NULL,
  EMPTY_TEXT,
  EMPTY_OMITTED,
} ProvinceEmpty;

typedef ProvinceReply *(*ProvinceFamily) (Province              *self,
                                          const ProvinceRequest *request);

/* Families of protocols. */
ProvinceReply *province_answer_direct   (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_sign     (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_gateway  (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_irs_token (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_irs      (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_ding     (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_hmac     (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_shenzhen (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_changzhou (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_oauth_token (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_oauth    (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_ca       (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_tif      (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_md5      (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_exchange_key (Province *self, const ProvinceRequest *request);
ProvinceReply *province_answer_exchange (Province *self, const ProvinceRequest *request);

/* One-record queries. */
gboolean       province_is_lookup       (const char *name);
char          *province_look_up         (Province *self, const char *name, const char *uscc,
                                         const char *person, const char *certificate);

/* Rows. */
gboolean     province_find_table   (const char *name, ProvinceTable *table);
ProvincePage province_open_page    (Province *self, ProvinceTable table, guint64 first,
                                    guint64 count);
ProvincePage province_open_slice   (Province *self, ProvinceTable table, guint64 first,
                                    guint64 count, guint64 total);
ProvincePage province_open_numbered (Province *self, ProvinceTable table, const char *number,
                                    const char *size, guint64 most);
void         province_write_rows   (Province *self, const ProvincePage *page, ProvinceNames names,
                                    ProvinceEmpty empty, GString *out);
gint64       province_day_of       (Province *self, guint64 number);
guint64      province_first_on     (Province *self, gint64 day);

/* Signed updates. */
gboolean     province_is_update    (const char *name);
void         province_write_updates (Province *self, const char *name, GString *out);

/* Cells; each appends what the row @number holds. */
typedef void (*ProvinceCell) (Province *self, guint64 number, GString *out);

typedef struct
{
  const char  *field;          /* what shipped descriptions call it; NULL ends a table */
  const char  *names[N_NAMES]; /* NULL: as NAMES_CODES */
  gboolean     bare;           /* a JSON number */
  ProvinceCell write;
} ProvinceColumn;

extern const ProvinceColumn *const province_tables[PROVINCE_N_TABLES];

/* Requests. */
GHashTable *province_parse_form  (const char *text);
GHashTable *province_parse_query (const ProvinceRequest *request);
GHashTable *province_parse_body  (const ProvinceRequest *request);
JsonObject *province_parse_json  (const char *text);
JsonObject *province_json_body   (const ProvinceRequest *request);
const char *province_header      (const ProvinceRequest *request, const char *name);
char       *province_member      (JsonObject *object, const char *name);
gint64      province_number      (const char *text, gint64 otherwise);

/* Replies. */
ProvinceReply *province_reply_text (guint status, const char *type, const char *text);
ProvinceReply *province_reply_json (const char *format, ...) G_GNUC_PRINTF (1, 2);
void           province_quote      (GString *out, const char *text);

/* Checks; (transfer full) texts. */
char    *province_hash         (GChecksumType kind, const char *text);
char    *province_hmac_base64  (const char *key, const char *text);
char    *province_sm3          (const char *text);
gboolean province_is_timely    (Province *self, const char *timestamp_ms, gint64 window_ms);
gboolean province_use_nonce    (Province *self, const char *gateway, const char *nonce);
gboolean province_is_key       (const char *service, const char *name, const char *given);
void     province_lease_renew  (Province *self, ProvinceLease *lease, gint64 lifetime_ms);
gboolean province_lease_is_live (Province *self, const ProvinceLease *lease);

G_END_DECLS
