/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rig.h"

#include "service/wire/shy-transport-error-private.h"

#include <string.h>

/* Names that nobody knows and addresses that lead nowhere (F37), with a resolver of our own: no
 * question leaves this computer. */

#define ROWS  450
#define NOBODY "province.example.invalid"
#define TWO    "two.example.invalid" /* the first address swallows packets */
#define HOLE   "127.0.0.2"
#define SOUND  "127.0.0.1"

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;
  gint      asked; /* atomic */
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer list)
{
  g_list_free_full (list, g_object_unref);
}

static GList *
look_up (GResolver *resolver, const char *name, GError **error)
{
  g_atomic_int_inc (&TEST_RESOLVER (resolver)->asked);
  if (g_str_equal (name, TWO))
    return g_list_append (g_list_append (NULL, g_inet_address_new_from_string (HOLE)),
                          g_inet_address_new_from_string (SOUND));
  g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "“%s”?", name);
  return NULL;
}

static GList *
lookup (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
        GCancellable *cancellable, GError **error)
{
  /* Asked for one kind of address, it says that there is none of the new kind. */
  if (flags & G_RESOLVER_NAME_LOOKUP_FLAGS_IPV6_ONLY)
    return look_up (resolver, NOBODY, error);
  return look_up (resolver, name, error);
}

static void
lookup_async (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GError           *error = NULL;
  GList            *found = lookup (resolver, name, flags, cancellable, &error);

  if (found != NULL)
    g_task_return_pointer (task, found, free_addresses);
  else
    g_task_return_error (task, error);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_with_flags = lookup;
  resolver_class->lookup_by_name_with_flags_async = lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static GError *
pull (Rig *rig, const char *base, guint deadline)
{
  g_autofree char *patch = g_strdup_printf (
    "{\"transport\":{\"deadline_seconds\":%u},\"stream\":{\"update_probe\":null}}", deadline);
  g_auto (Heap)             heap = { NULL };
  GError                   *error = NULL;
  g_autoptr (ShyService)    service = rig_describe ("zj-open-direct.json", patch);
  g_autoptr (ShyPullReport) report = rig_pull_at (base, service, NULL, &heap, NULL, &error);

  if (report != NULL)
    {
      g_assert_true (report->complete);
      g_assert_cmpuint (g_hash_table_size (heap.rows), ==, ROWS);
    }
  return error;
}

/* Who has not plugged in the extranet reads so. */
static void
test_nobody (void)
{
  g_auto (Rig)       rig = { NULL };
  g_autoptr (GError) error = NULL;

  rig_set_up (&rig, ROWS);
  rig_stop (&rig);
  rig_arm (&rig, "F37-name");
  rig_start (&rig);
  error = pull (&rig, rig.base, 20);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
  assert_says (error->message, NOBODY);
  assert_says (error->message, "extranet");
  g_assert_cmpint (g_atomic_int_get (&TEST_RESOLVER (g_resolver_get_default ())->asked), >, 0);
}

static void
test_hole (void)
{
  g_auto (Rig)       rig = { NULL };
  g_autoptr (GError) error = NULL;

  rig_set_up (&rig, ROWS);
  rig_stop (&rig);
  rig_arm (&rig, "F37-hole");
  rig_start (&rig);
  error = pull (&rig, rig.base, 1);
  g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
  assert_says (error->message, "“" HOLE "” did not answer within 1 second");
}

/* One address of two leads nowhere: the other is asked before the deadline. */
static void
test_way_round (void)
{
  g_auto (Rig)           rig = { NULL };
  g_autoptr (GUri)       uri = NULL;
  g_autoptr (WireServer) hole = NULL;
  g_autoptr (GError)     error = NULL;
  g_autofree char       *base = NULL;

  rig_set_up (&rig, ROWS);
  uri = g_uri_parse (rig.base, G_URI_FLAGS_NONE, NULL);
  hole = wire_server_new (NULL, NULL, WIRE_HOLE, NULL, (guint16) g_uri_get_port (uri), &error);
  g_assert_no_error (error);
  base = g_strdup_printf ("http://" TWO ":%d", g_uri_get_port (uri));
  error = pull (&rig, base, 60);
  g_assert_no_error (error);
}

/* What the system says where no way leads to an address, and where a cable is out. */
static void
test_no_way (void)
{
  static const GIOErrorEnum codes[] = { G_IO_ERROR_NETWORK_UNREACHABLE, G_IO_ERROR_HOST_UNREACHABLE };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_autoptr (GError) cause = g_error_new_literal (G_IO_ERROR, codes[i], "?");
      g_autoptr (GError) error = NULL;

      shy_transport_set_error (&(ShyTransportTrouble) { .host = "59.202.0.1", .error = cause },
                               &error);
      g_assert_error (error, SHY_ERROR, SHY_ERROR_UNREACHABLE);
      assert_says (error->message, "extranet");
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GResolver) resolver = NULL;

  g_test_init (&argc, &argv, NULL);
  resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_resolver_set_default (resolver);
  g_test_add_func ("/names/nobody", test_nobody);
  g_test_add_func ("/names/hole", test_hole);
  g_test_add_func ("/names/way-round", test_way_round);
  g_test_add_func ("/names/no-way", test_no_way);
  return g_test_run ();
}
