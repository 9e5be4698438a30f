/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "shyctl-verb.h"

const ShyctlVerb *const shyctl_verbs[] = {
  NULL,
};
