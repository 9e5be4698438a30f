/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

extern const ShyctlVerb shyctl_verb_database;
extern const ShyctlVerb shyctl_verb_feel;
extern const ShyctlVerb shyctl_verb_journal;
extern const ShyctlVerb shyctl_verb_plugin;
extern const ShyctlVerb shyctl_verb_policy;
extern const ShyctlVerb shyctl_verb_setting;
extern const ShyctlVerb shyctl_verb_service;
extern const ShyctlVerb shyctl_verb_todo;
extern const ShyctlVerb shyctl_verb_update;

const ShyctlVerb *const shyctl_verbs[] = {
  &shyctl_verb_database,
  &shyctl_verb_feel,
  &shyctl_verb_journal,
  &shyctl_verb_plugin,
  &shyctl_verb_policy,
  &shyctl_verb_setting,
  &shyctl_verb_service,
  &shyctl_verb_todo,
  &shyctl_verb_update,
  NULL,
};
