/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "province-private.h"

G_BEGIN_DECLS

/* What rows hold, computed from their number. Nothing is ever empty unless it says so. */

void province_put_number       (GString *out, guint64 value, guint digits);

void province_cell_uscc        (Province *self, guint64 number, GString *out);
void province_cell_farm_uscc   (Province *self, guint64 number, GString *out);
void province_cell_region      (Province *self, guint64 number, GString *out);
void province_cell_employer    (Province *self, guint64 number, GString *out);
void province_cell_leader      (Province *self, guint64 number, GString *out);
void province_cell_farm        (Province *self, guint64 number, GString *out);
void province_cell_maker       (Province *self, guint64 number, GString *out);
void province_cell_person      (Province *self, guint64 number, GString *out);
void province_cell_phone       (Province *self, guint64 number, GString *out); /* a third empty */
void province_cell_address     (Province *self, guint64 number, GString *out);
void province_cell_level       (Province *self, guint64 number, GString *out);
void province_cell_year        (Province *self, guint64 number, GString *out);
void province_cell_industry    (Province *self, guint64 number, GString *out);
void province_cell_product     (Province *self, guint64 number, GString *out);
void province_cell_area        (Province *self, guint64 number, GString *out);
void province_cell_staff       (Province *self, guint64 number, GString *out);
void province_cell_note        (Province *self, guint64 number, GString *out);
void province_cell_updated     (Province *self, guint64 number, GString *out);
void province_cell_updated_ms  (Province *self, guint64 number, GString *out);
void province_cell_day         (Province *self, guint64 number, GString *out);

void province_cell_fair_id     (Province *self, guint64 number, GString *out);
void province_cell_fair        (Province *self, guint64 number, GString *out);
void province_cell_fair_start  (Province *self, guint64 number, GString *out);
void province_cell_fair_end    (Province *self, guint64 number, GString *out);
void province_cell_fair_posts  (Province *self, guint64 number, GString *out);
void province_cell_html        (Province *self, guint64 number, GString *out);
void province_cell_vacancy_id  (Province *self, guint64 number, GString *out);
void province_cell_trade       (Province *self, guint64 number, GString *out);
void province_cell_vacancy     (Province *self, guint64 number, GString *out);
void province_cell_headcount   (Province *self, guint64 number, GString *out);
void province_cell_education   (Province *self, guint64 number, GString *out);
void province_cell_pay         (Province *self, guint64 number, GString *out); /* a ninth empty */
void province_cell_maker_id    (Province *self, guint64 number, GString *out);
void province_cell_figure_id   (Province *self, guint64 number, GString *out);
void province_cell_figure      (Province *self, guint64 number, GString *out);
void province_cell_unit        (Province *self, guint64 number, GString *out);
void province_cell_month       (Province *self, guint64 number, GString *out);
void province_cell_value       (Province *self, guint64 number, GString *out);
void province_cell_organ_id    (Province *self, guint64 number, GString *out);
void province_cell_organ       (Province *self, guint64 number, GString *out);
void province_cell_organ_above (Province *self, guint64 number, GString *out);

G_END_DECLS
