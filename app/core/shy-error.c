/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shy-error.h"

G_DEFINE_QUARK (shy-error-quark, shy_error)
