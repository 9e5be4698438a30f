/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The public API of libshanye: what extends the window. */

#include "shy-application.h"
#include "shy-back-keys.h"
#include "shy-clause-button.h"
#include "shy-dialog.h"
#include "shy-facts-editor.h"
#include "shy-focus.h"
#include "shy-form.h"
#include "shy-import-assistant.h"
#include "shy-keys.h"
#include "shy-list-keys.h"
#include "shy-list-page.h"
#include "shy-outcome.h"
#include "shy-page.h"
#include "shy-preferences.h"
#include "shy-spinner.h"
#include "shy-toast.h"
#include "shy-verdict-view.h"
#include "shy-window.h"
