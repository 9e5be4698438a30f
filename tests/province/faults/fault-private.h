/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fault.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _Strike Strike;

/* One kind of a fault. Each part is optional; those that are there are done to the same answer. */
typedef struct
{
  const char *name; /* "F12-eof"; NULL ends a table */
  const char *what; /* for people who choose one */

  void (*before) (Strike *self); /* the province answers */
  void (*page)   (Strike *self, ProvincePage *page);
  void (*rows)   (Strike *self, const ProvincePage *page, GString *json);
  void (*reply)  (Strike *self, WireReply *reply);

  gboolean     of_rows;     /* only answers with rows have it */
  gboolean     of_totals;   /* answers that tell the total alone have it too */
  gint         clock;       /* seconds the province is ahead of the machine */
  gboolean     needs_secure; /* another server, by https */
  WireSecurity security;
  const char  *certificate; /* file of tests/data/tls */
  const char  *host;        /* by which it says it can be reached */
} Fault;

/* An armed fault. */
struct _Strike
{
  Faults            *faults;
  Province          *province;
  const WireRequest *request; /* what is being answered */
  GPtrArray         *kinds;   /* of Fault */
  const Fault       *kind;    /* of this strike */
  double             rate;
  guint              first; /* it could strike so often before it does, and once more */
  guint              times; /* 0: without end */
  guint              seen;
  guint              struck; /* this strike included */
  gboolean           active; /* strikes the answer that is being made */
  gboolean           decided;
  gboolean           of_total; /* the request asks for the total alone */

  /* What a fault remembers of answers before. */
  GBytes  *kept;
  guint64  size;
  guint64  number;
  guint16  secure_port;
};

extern const Fault faults_of_bodies[];
extern const Fault faults_of_envelopes[];
extern const Fault faults_of_rows[];
extern const Fault faults_of_cells[];
extern const Fault faults_of_pages[];
extern const Fault faults_of_http[];
extern const Fault faults_of_wires[];
extern const Fault faults_of_keys[];
extern const Fault faults_of_servers[];

/* Replies. */
void       fault_say        (WireReply *reply, guint status, const char *type, const char *text);
void       fault_take_text  (WireReply *reply, char *text);
GString   *fault_copy_text  (WireReply *reply);
GBytes    *fault_gzip       (GBytes *plain);
GBytes    *fault_gzip_blanks (gsize size);

/* Rows: parses, calls for each object, writes back. */
typedef void (*FaultRow)  (JsonObject *row, guint index, Strike *strike);
typedef void (*FaultCell) (JsonObject *row, const char *name, const char *text, guint index,
                           Strike *strike);

JsonArray *fault_parse_rows (GString *json);
void       fault_write_rows (GString *json, JsonArray *rows);
void       fault_each_row   (GString *json, FaultRow func, Strike *strike);
void       fault_each_text  (JsonObject *row, guint index, FaultCell func, Strike *strike);
void       fault_replace    (GString *text, const char *pattern, const char *replacement);

G_END_DECLS
