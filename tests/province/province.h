/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A province in a box: what the gateways of §1 and §2 answer, for tests and for the sample. Pure:
 * a request in, a reply out, no sockets (server.h has those). Every signature is checked with GLib
 * or libgcrypt, never with the code under test. All rows are made up from their number, so that
 * any count of them costs nothing; every name says 样例. */

/* What a gateway has rows of. */
typedef enum
{
  PROVINCE_JOB_FAIR,
  PROVINCE_EMPLOYER,
  PROVINCE_VACANCY,
  PROVINCE_AGRI_LEADER,
  PROVINCE_FAMILY_FARM,
  PROVINCE_AGRI_MAKER,
  PROVINCE_INDICATOR,
  PROVINCE_ORGANIZATION,
  PROVINCE_N_TABLES,
} ProvinceTable;

typedef struct
{
  const char *method;
  const char *path;    /* decoded */
  const char *query;   /* (nullable): as sent */
  GHashTable *headers; /* lower-case name to value */
  GBytes     *body;    /* (nullable) */
} ProvinceRequest;

typedef struct
{
  guint      status;
  GPtrArray *headers; /* (element-type utf8): name, value, name, value … */
  GBytes    *body;
} ProvinceReply;

/* Which rows a page holds, by number from 0. */
typedef struct
{
  ProvinceTable table;
  guint64       first;
  guint64       count;
  guint64       total; /* what the gateway announces */
} ProvincePage;

typedef struct _Province Province;

/* What goes wrong in the rows (what goes wrong outside of them is done to the reply or on the
 * wire). All are optional, and called while the province is locked. */
typedef struct
{
  /* May choose other rows, or announce another total. */
  void (*page)    (Province              *province,
                   ProvincePage          *page,
                   gpointer               data);
  /* May alter the rows: @json is an array of flat objects, before any envelope is put around it. */
  void (*rows)    (Province              *province,
                   const ProvincePage    *page,
                   GString               *json,
                   gpointer               data);
  /* May look at what was asked. */
  void (*request) (Province              *province,
                   const ProvinceRequest *request,
                   gpointer               data);
} ProvinceHooks;

Province      *province_new              (guint64                rows,
                                          GError               **error);
void           province_free             (Province              *self);
ProvinceReply *province_answer           (Province              *self,
                                          const ProvinceRequest *request);
void           province_set_hooks        (Province              *self,
                                          const ProvinceHooks   *hooks,
                                          gpointer               data);

/* The province's clock is the machine's, and @seconds more. */
void           province_set_clock_offset (Province              *self,
                                          gint64                 seconds);
gint64         province_get_time_ms      (Province              *self);

/* Rows of each table; may be changed while the province is asked. */
guint64        province_get_rows         (Province              *self);
void           province_set_rows         (Province              *self,
                                          guint64                rows);

/* What the description's field @field of the row @number holds before any envelope; empty where
 * the row has nothing there. (transfer full) */
char          *province_dup_cell         (Province              *self,
                                          ProvinceTable          table,
                                          const char            *field,
                                          guint64                number);

/* The keys that the gateways expect: a value for each configuration member of a shipped
 * description; @base is where the province can be reached. */
const char    *province_get_key          (const char            *service,
                                          const char            *name);
char          *province_dup_secret_file  (const char            *base);

/* Requests whose path begins so since the start. */
guint          province_count_requests   (Province              *self,
                                          const char            *prefix);

/* Lets the secrets that were given out (of Z2, Z3, the exchange and OAuth) end now: those of
 * requests, or those of refreshing too. */
void           province_expire_secrets   (Province              *self,
                                          gboolean               refreshing);

/* From now on a nonce may come again: for a client whose moment stands still. */
void           province_forget_nonces    (Province              *self);

ProvinceReply *province_reply_new        (guint                  status,
                                          const char            *content_type,
                                          GString               *body);
void           province_reply_add_header (ProvinceReply         *self,
                                          const char            *name,
                                          const char            *value);
void           province_reply_free       (ProvinceReply         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Province, province_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ProvinceReply, province_reply_free)

G_END_DECLS
