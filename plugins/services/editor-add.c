/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "editor-add.h"

#include "editor.h"

#include <glib/gi18n-lib.h>

/* What is connected: a description, and whether it may take the place of another. */
typedef struct
{
  GBytes *description;  /* (owned) (nullable) of @file where there is none */
  GFile  *file;         /* (owned) (nullable) */
  char   *name;         /* (owned) for messages */
  char   *id;           /* (owned) (nullable) of what is connected already and to be replaced */
  char   *other;        /* (owned) (nullable) the title of what is */
  char   *title;        /* (owned) (nullable) of @description */
} Choice;

static void
choice_free (gpointer data)
{
  Choice *self = data;

  g_clear_pointer (&self->description, g_bytes_unref);
  g_clear_object (&self->file);
  g_free (self->name);
  g_free (self->id);
  g_free (self->other);
  g_free (self->title);
  g_free (self);
}

struct _ServicesAddWindow
{
  AdwWindow            parent_instance;

  GtkStack            *stack;
  GtkListBox          *list;

  ShyContext          *context;      /* (owned) */
  GPtrArray           *offers;       /* (owned) (nullable) of ShyServiceOffer */
  Choice      *replacing;    /* (owned) (nullable) what a question is open about */
  GCancellable        *cancellable;  /* (owned) cancelled in dispose */
};

G_DEFINE_FINAL_TYPE (ServicesAddWindow, services_add_window, ADW_TYPE_WINDOW)

static Choice *
choice_new (GBytes     *description,
            GFile      *file,
            const char *name)
{
  Choice *self = g_new0 (Choice, 1);

  self->description = description != NULL ? g_bytes_ref (description) : NULL;
  self->file = file != NULL ? g_object_ref (file) : NULL;
  self->name = g_strdup (name);

  return self;
}

static gpointer
add_call (ShyServiceBook  *book,
          gpointer         data,
          GCancellable    *cancellable,
          GError         **error)
{
  Choice         *choice = data;

  return choice->id != NULL
           ? shy_service_book_add (book, choice->description, choice->name, FALSE, error)
           : shy_service_book_connect (book, choice->description, choice->name, FALSE, error);
}

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ServicesAddWindow) self = user_data;
  g_autoptr (GError)            error = NULL;
  g_autofree char              *id = NULL;
  GtkWindow                    *parent;

  id = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  if (id == NULL)
    {
      services_editor_tell (GTK_WIDGET (self), _("The Service Cannot Be Connected"), error);
      return;
    }

  parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  gtk_window_close (GTK_WINDOW (self));
  services_keys_present (parent, SHY_CONTEXT (source), id);
}

/* Takes @choice. */
static void
add (ServicesAddWindow *self,
     Choice            *choice)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  services_run_async (self->context, add_call, choice, choice_free, g_free, self->cancellable,
                      added_cb, g_object_ref (self));
}

static void
replace_cb (GtkWidget  *widget,
            const char *response)
{
  ServicesAddWindow *self = SERVICES_ADD_WINDOW (widget);

  if (g_str_equal (response, "replace"))
    add (self, g_steal_pointer (&self->replacing));
  g_clear_pointer (&self->replacing, choice_free);
}

/* Takes @choice. */
static void
ask_replace (ServicesAddWindow *self,
             Choice            *choice)
{
  const ShyDialogAnswer answers[] = {
    { "cancel", _("_Cancel"), ADW_RESPONSE_DEFAULT },
    { "replace", _("_Replace"), ADW_RESPONSE_DESTRUCTIVE },
  };
  g_autofree char *body = NULL;

  /* Translators: an id, the title of the service that is connected, that of the one in the file. */
  body = g_strdup_printf (_("A service with the id “%s” is connected already: “%s”. Its description "
                            "is replaced by that of “%s”. Rows stay; keys stay for the address that "
                            "they were put in for, and are sent to no other."),
                          choice->id, choice->other, choice->title);
  g_clear_pointer (&self->replacing, choice_free);
  self->replacing = choice;
  shy_dialog_ask (GTK_WIDGET (self), _("Replace the Description?"), body, answers,
                  G_N_ELEMENTS (answers), replace_cb);
}

/* Reads the file and looks whether its service is connected already. */
static gpointer
read_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  Choice                 *wanted = data;
  g_autoptr (GPtrArray)  entries = NULL;
  g_autoptr (ShyService) service = NULL;
  g_autoptr (GBytes)     bytes = g_file_load_bytes (wanted->file, cancellable, NULL, error);
  Choice                 *choice;

  if (bytes != NULL)
    service = shy_service_new_from_bytes (bytes, wanted->name, error);
  if (service != NULL)
    entries = shy_service_book_list (book, error);
  if (entries == NULL)
    return NULL;

  choice = choice_new (bytes, NULL, wanted->name);
  choice->title = g_strdup (shy_service_get_title (service));
  for (guint i = 0; i < entries->len; i++)
    {
      const ShyServiceEntry *entry = g_ptr_array_index (entries, i);

      if (!g_str_equal (entry->id, shy_service_get_id (service)))
        continue;
      choice->id = g_strdup (entry->id);
      choice->other = g_strdup (entry->title);
    }

  return choice;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (ServicesAddWindow) self = user_data;
  g_autoptr (GError)            error = NULL;
  Choice                       *choice;

  choice = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (choice == NULL)
    services_editor_tell (GTK_WIDGET (self), _("The File Cannot Be Used"), error);
  else if (choice->id != NULL)
    ask_replace (self, choice);
  else
    add (self, choice);
}

void
services_add_window_take (ServicesAddWindow *self,
                          GFile             *file)
{
  g_autofree char *name = NULL;

  g_return_if_fail (SERVICES_IS_ADD_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  services_run_async (self->context, read_call, choice_new (NULL, file, name), choice_free,
                      choice_free, self->cancellable, read_cb, g_object_ref (self));
}

static void
chosen_cb (GtkWidget *widget,
           GFile     *file)
{
  services_add_window_take (SERVICES_ADD_WINDOW (widget), file);
}

static void
choose_file_cb (ServicesAddWindow *self)
{
  static const char *const suffixes[] = { "json", NULL };

  shy_dialog_open (GTK_WIDGET (self), _("Choose a Service Description"),
                   _("Service descriptions (JSON)"), suffixes, chosen_cb);
}

static void
row_activated_cb (ServicesAddWindow *self,
                  GtkListBoxRow     *row)
{
  ShyServiceOffer *offer = g_ptr_array_index (self->offers, gtk_list_box_row_get_index (row));

  add (self, choice_new (offer->description, NULL, shy_service_get_title (offer->service)));
}

static GtkWidget *
create_text (const char *text,
             const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);

  return label;
}

static void
append_said (GtkWidget  *box,
             const char *icon,
             const char *label,
             const char *text)
{
  GtkWidget *line;
  GtkWidget *image;

  if (text == NULL)
    return;

  line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  image = gtk_image_new_from_icon_name (icon);
  gtk_widget_set_tooltip_text (image, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), create_text (text, "caption"));
  gtk_widget_add_css_class (line, "dim-label");
  gtk_box_append (GTK_BOX (box), line);
}

static GtkWidget *
create_row (ShyServiceOffer *offer)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *end = offer->connected ? gtk_label_new (_("Connected"))
                                    : gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_box_append (GTK_BOX (box),
                  create_text (shy_service_get_title (offer->service), "heading"));
  if (shy_service_get_about (offer->service) != NULL)
    gtk_box_append (GTK_BOX (box), create_text (shy_service_get_about (offer->service), NULL));
  append_said (box, "avatar-default-symbolic", _("Who may use it"),
               shy_service_get_audience (offer->service));
  append_said (box, "network-transmit-receive-symbolic", _("How it is spoken to"),
               shy_service_get_protocol (offer->service));

  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_margin_top (line, 12);
  gtk_widget_set_margin_bottom (line, 12);
  gtk_widget_set_margin_start (line, 12);
  gtk_widget_set_margin_end (line, 12);
  gtk_widget_add_css_class (end, "dim-label");
  gtk_box_append (GTK_BOX (line), box);
  gtk_box_append (GTK_BOX (line), end);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  gtk_widget_set_sensitive (row, !offer->connected);

  return row;
}

static gpointer
list_call (ShyServiceBook  *book,
           gpointer         data,
           GCancellable    *cancellable,
           GError         **error)
{
  return shy_service_catalogue_list (book, error);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ServicesAddWindow) self = user_data;
  g_autoptr (GError)            error = NULL;

  self->offers = shy_context_run_finish (SHY_CONTEXT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  for (guint i = 0; self->offers != NULL && i < self->offers->len; i++)
    gtk_list_box_append (self->list, create_row (g_ptr_array_index (self->offers, i)));
  gtk_stack_set_visible_child_name (self->stack, "list");
  services_editor_tell (GTK_WIDGET (self), _("The Data Services Cannot Be Shown"), error);
}

static void
services_add_window_dispose (GObject *object)
{
  ServicesAddWindow *self = SERVICES_ADD_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->replacing, choice_free);
  g_clear_pointer (&self->offers, g_ptr_array_unref);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (services_add_window_parent_class)->dispose (object);
}

static void
services_add_window_class_init (ServicesAddWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = services_add_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/shanye/Shanye/services/editor-add.ui");
  gtk_widget_class_bind_template_child (widget_class, ServicesAddWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ServicesAddWindow, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_file_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
services_add_window_init (ServicesAddWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

GtkWindow *
services_add_window_new (ShyContext *context)
{
  ServicesAddWindow *self = g_object_new (SERVICES_TYPE_ADD_WINDOW, NULL);

  self->context = g_object_ref (context);
  services_run_async (context, list_call, NULL, NULL,
                      (GDestroyNotify) g_ptr_array_unref, self->cancellable, listed_cb,
                      g_object_ref (self));

  return GTK_WINDOW (self);
}
