/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-private.h"

#include <string.h>

/* Secrets that end early or hold on one node only. */

#define REFRESHING "/gateway/app/refreshToken"

static gboolean
is_refreshing (const Strike *self)
{
  return g_str_has_prefix (self->request->target, REFRESHING);
}

static void
expire (Strike *self)
{
  if (!is_refreshing (self))
    province_expire_secrets (self->province, FALSE);
}

static void
expire_all (Strike *self)
{
  if (!is_refreshing (self))
    province_expire_secrets (self->province, TRUE);
}

/* What a gateway says of a sign made with the secret of another refresh. */
static void
lose_race (Strike *self, WireReply *reply)
{
  if (is_refreshing (self) && self->number++ == 0)
    fault_say (reply, 200, "application/json", "{\"code\":\"03\",\"msg\":\"签名错误\"}");
}

static void
forget_on_one_node (Strike *self, WireReply *reply)
{
  if (!is_refreshing (self) && self->number++ % 2 == 0)
    fault_say (reply, 200, "application/json", "{\"code\":\"14\",\"msg\":\"签名错误\"}");
}

const Fault faults_of_keys[] = {
  { .name = "F25-early", .what = "the secret of requests ends early", .before = expire },
  { .name = "F25-both", .what = "that of refreshing too", .before = expire_all },
  { .name = "F25-race", .what = "another refresh came in between", .reply = lose_race },
  { .name = "F25-node", .what = "every other node does not know the secret",
    .reply = forget_on_one_node },
  { NULL },
};
