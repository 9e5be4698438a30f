/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "subsidy-ask-rows.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
subsidy_offer_free (gpointer data)
{
  SubsidyOffer *self = data;

  g_free (self->name);
  g_free (self->text);
  g_free (self->place);
  g_free (self);
}

/* Groups read markup; what services and people write is none. */
static AdwPreferencesGroup *
new_group (const char *title)
{
  GtkWidget       *group = adw_preferences_group_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  return ADW_PREFERENCES_GROUP (group);
}

void
subsidy_ask_group_describe (AdwPreferencesGroup *group,
                            const char          *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_preferences_group_set_description (group, escaped);
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

/* What is longer is broken into lines, in characters. */
#define LONG_VALUE 24

static void
add_value (GtkWidget  *row,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);
  gboolean   is_long = g_utf8_strlen (text, -1) > LONG_VALUE;

  gtk_label_set_wrap (GTK_LABEL (label), is_long);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), is_long ? LONG_VALUE : -1);
  gtk_label_set_max_width_chars (GTK_LABEL (label), is_long ? LONG_VALUE : -1);
  gtk_label_set_xalign (GTK_LABEL (label), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static void
add_parameter (AdwPreferencesGroup      *group,
               const ShyLookupParameter *parameter,
               const ShyFacts           *facts)
{
  const char      *value = parameter->fact != NULL ? shy_facts_get_text (facts, parameter->fact)
                                                   : NULL;
  g_autofree char *shown = value != NULL ? shy_lookup_parameter_mask (parameter, value) : NULL;
  GtkWidget       *row = new_row (parameter->title, NULL);

  add_value (row, shown != NULL ? shown : _("not known"));
  adw_preferences_group_add (group, row);
}

static void
add_warning (AdwPreferencesGroup *group,
             const char          *text)
{
  GtkWidget *row = new_row (_("This question cannot be asked yet"), text);

  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-warning-symbolic");
  gtk_widget_add_css_class (row, "warning");
  adw_preferences_group_add (group, row);
}

/*
 * subsidy_ask_group_to_send: what a question would send, to whom and what for. @complete says whether
 * it can be asked: if not, a row tells what is missing.
 */
AdwPreferencesGroup *
subsidy_ask_group_to_send (const SubsidyLookup *question,
                           const ShyFacts        *facts,
                           gboolean              *complete)
{
  AdwPreferencesGroup   *group = new_group (shy_service_lookup_get_title (question->lookup));
  const char            *note = shy_service_lookup_get_note (question->lookup);
  g_autoptr (ShySecrets) none = shy_secrets_new ();
  g_autoptr (GError)     error = NULL;
  g_autoptr (ShyLookup)  lookup = subsidy_lookup_prepare (question, facts, none, &error);
  g_autofree char       *to = NULL;

  /* Translators: the first %s is a service, the second what for it is asked. */
  to = g_strdup_printf (_("Sent to: %s\nPurpose: %s"), shy_service_get_title (question->service),
                        shy_service_lookup_get_purpose (question->lookup));
  subsidy_ask_group_describe (group, to);
  for (guint i = 0; i < shy_service_lookup_get_n_parameters (question->lookup); i++)
    add_parameter (group, shy_service_lookup_get_parameter (question->lookup, i), facts);
  if (question->sample)
    adw_preferences_group_add (group, new_row (_("Sample service"),
                                               _("Its answers are made up and prove nothing.")));
  if (note != NULL)
    adw_preferences_group_add (group, new_row (_("Note"), note));
  if (lookup == NULL)
    add_warning (group, error->message);
  *complete = lookup != NULL;
  return group;
}

/* subsidy_ask_group_waiting: a question that is being asked. */
AdwPreferencesGroup *
subsidy_ask_group_waiting (const SubsidyLookup *question)
{
  AdwPreferencesGroup *group = new_group (shy_service_lookup_get_title (question->lookup));
  g_autofree char     *text = NULL;

  /* Translators: %s is a service. */
  text = g_strdup_printf (_("Asking %s …"), shy_service_get_title (question->service));
  subsidy_ask_group_describe (group, text);
  return group;
}

static char *
tell_time (const char *fetched_at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (fetched_at, NULL);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup (fetched_at);
}

static char *
describe_found (const ShyLookupAnswer *answer)
{
  g_autofree char *time = tell_time (answer->fetched_at);

  if (answer->source_at == NULL)
    /* Translators: the first %s is a service, the second a time. */
    return g_strdup_printf (_("%s answered at %s."), answer->source, time);
  /* Translators: the first %s is a service, the second a time, the third a day. */
  return g_strdup_printf (_("%s answered at %s. Its record is of %s."), answer->source, time,
                          answer->source_at);
}

static char *
describe_outcome (const ShyLookupAnswer *answer)
{
  switch (answer->outcome)
    {
    case SHY_LOOKUP_FOUND:
      return describe_found (answer);
    case SHY_LOOKUP_NOT_FOUND:
      return g_strdup (answer->facts->len > 0
                         ? _("The service says that there is no such record.")
                         : _("The service says that there is no such record. That alone decides "
                             "nothing: the facts stay unknown."));
    case SHY_LOOKUP_UNKNOWN:
    default:
      /* Translators: %s is why nothing is known. */
      return g_strdup_printf (_("Unknown: %s\nNo answer does not mean “no”."),
                              answer->reason != NULL ? answer->reason : "");
    }
}

/* What stands in the case, for the person who compares. */
static char *
describe_known (const ShyFact  *fact,
                const ShyField *field,
                gboolean        same)
{
  g_autofree char *shown = fact != NULL ? shy_field_mask (field, SHY_IDENTITY_AUDIENCE_SCREEN, fact->text) : NULL;

  if (fact == NULL)
    return g_strdup (_("Not known so far"));
  if (same)
    return g_strdup (_("The same as in the case"));
  /* Translators: %s is a value. */
  return g_strdup_printf (_("Differs: the case says “%s”"), shown);
}

static void
add_check (GtkWidget      *row,
           SubsidyOffer   *offer,
           gboolean        active)
{
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_widget_set_tooltip_text (check, _("Take over"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  offer->check = GTK_CHECK_BUTTON (check);
}

static char *
build_place (const ShyLookupAnswer *answer)
{
  g_autofree char *time = tell_time (answer->fetched_at);

  /* Translators: a service, what it was asked, when. */
  return g_strdup_printf (_("%s, %s, %s"), answer->source, answer->title, time);
}

static gboolean
is_offered (GPtrArray  *offers,
            const char *name)
{
  for (guint i = 0; i < offers->len; i++)
    if (g_str_equal (((SubsidyOffer *) offers->pdata[i])->name, name))
      return TRUE;
  return FALSE;
}

/* A row with an answer that can be taken over: never without the person if the case says otherwise. */
static GtkWidget *
new_offer (const ShyLookupAnswer *answer,
           const ShyField        *field,
           const ShyFact         *known,
           char                  *text,
           GPtrArray             *offers)
{
  gboolean         same = known != NULL && g_str_equal (known->text, text);
  g_autofree char *subtitle = describe_known (known, field, same);
  g_autofree char *shown = shy_field_mask (field, SHY_IDENTITY_AUDIENCE_SCREEN, text);
  GtkWidget       *row = new_row (shy_text_get (field->label), subtitle);
  SubsidyOffer    *offer = g_new0 (SubsidyOffer, 1);

  offer->name = g_strdup (field->name);
  offer->text = text;
  offer->place = build_place (answer);
  add_value (row, shown);
  add_check (row, offer, (known == NULL || same) && !is_offered (offers, field->name));
  if (known != NULL && !same)
    gtk_widget_add_css_class (row, "warning");
  g_ptr_array_add (offers, offer);
  return row;
}

static void
add_fact (AdwPreferencesGroup   *group,
          const ShyLookupAnswer *answer,
          const ShyLookupFact   *fact,
          ShyPolicy             *policy,
          const ShyFacts        *facts,
          GPtrArray             *offers)
{
  const ShyField      *field = shy_policy_find_field (policy, fact->name);
  g_autoptr (ShyFacts) scratch = shy_facts_new ();
  g_autoptr (GError)   error = NULL;
  g_autofree char     *fit = NULL;
  GtkWidget           *row;

  if (field == NULL)
    return;
  fit = fact->text != NULL ? subsidy_lookup_fit (field, fact->text) : NULL;
  if (fit != NULL &&
      shy_facts_take (scratch, policy, field->name, fit, SHY_FACT_ORIGIN_SERVICE, NULL, &error))
    row = new_offer (answer, field, shy_facts_lookup (facts, field->name),
                     g_strdup (shy_facts_get_text (scratch, field->name)), offers);
  else
    {
      row = new_row (shy_text_get (field->label),
                     error != NULL ? error->message : fact->trouble);
      add_value (row, _("unknown"));
    }
  adw_preferences_group_add (group, row);
}

static void
add_details (AdwPreferencesGroup   *group,
             const ShyLookupAnswer *answer)
{
  GtkWidget *expander;

  if (answer->details->len == 0)
    return;
  expander = adw_expander_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("The whole record"));
  for (guint i = 0; i < answer->details->len; i++)
    {
      const ShyLookupDetail *detail = g_ptr_array_index (answer->details, i);
      GtkWidget             *row = new_row (detail->title, NULL);

      add_value (row, detail->text);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
    }
  adw_preferences_group_add (group, expander);
}

/*
 * subsidy_ask_group_answer: shows what came, each fact beside what the case says.
 * @offers: of SubsidyOffer; gets what can be taken over
 */
void
subsidy_ask_group_answer (AdwPreferencesGroup   *group,
                          const ShyLookupAnswer *answer,
                          ShyPolicy             *policy,
                          const ShyFacts        *facts,
                          GPtrArray             *offers)
{
  g_autofree char *text = describe_outcome (answer);

  subsidy_ask_group_describe (group, text);
  for (guint i = 0; i < answer->facts->len; i++)
    add_fact (group, answer, answer->facts->pdata[i], policy, facts, offers);
  add_details (group, answer);
}
