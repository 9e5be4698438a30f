/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SHY_TYPE_CALENDAR (shy_calendar_get_type ())
G_DECLARE_FINAL_TYPE (ShyCalendar, shy_calendar, SHY, CALENDAR, GObject)

ShyCalendar *shy_calendar_get_default        (GError       **error);
gboolean     shy_calendar_reload_default     (GError       **error);
ShyCalendar *shy_calendar_load               (GError       **error);
char        *shy_calendar_build_own_path     (void);
ShyCalendar *shy_calendar_new                (const char    *file,
                                              GBytes        *bytes,
                                              GError       **error);
void         shy_calendar_get_range          (ShyCalendar   *self,
                                              GDate         *first,
                                              GDate         *last);
const char  *shy_calendar_get_source         (ShyCalendar   *self);
const char  *shy_calendar_get_version        (ShyCalendar   *self);
gboolean     shy_calendar_is_working_day     (ShyCalendar   *self,
                                              const GDate   *date,
                                              gboolean      *working,
                                              GError       **error);
const char  *shy_calendar_get_holiday        (ShyCalendar   *self,
                                              const GDate   *date);
gboolean     shy_calendar_add_working_days   (ShyCalendar   *self,
                                              const GDate   *date,
                                              int            days,
                                              GDate         *result,
                                              GError       **error);
gboolean     shy_calendar_count_working_days (ShyCalendar   *self,
                                              const GDate   *from,
                                              const GDate   *to,
                                              int           *days,
                                              GError       **error);

G_END_DECLS
