/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "province-cells.h"

/* The columns of each table: what shipped descriptions call the field, and what gateways do. The
 * codes are those of the data dictionary of public employment services. */

static const ProvinceColumn job_fair[] = {
  { "fair_id", { "acb330", "zphbh", "招聘会编号" }, FALSE, province_cell_fair_id },
  { "title", { "acb331", "zphmc", "招聘会名称" }, FALSE, province_cell_fair },
  { "starts_at", { "acb333", "kssj", "开始时间" }, FALSE, province_cell_fair_start },
  { "ends_at", { "acb334", "jssj", "结束时间" }, FALSE, province_cell_fair_end },
  { "place", { "acb303", "jbdd", "地点" }, FALSE, province_cell_address },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "posts", { "gws", "gws", "岗位数" }, FALSE, province_cell_fair_posts },
  { "note", { "aae013", "sm", "说明" }, FALSE, province_cell_html },
  { "phone", { "aae005", "lxdh", "联系电话" }, FALSE, province_cell_phone },
  { "updated_at", { "aae396", "gxsj", "更新时间" }, FALSE, province_cell_updated },
  { NULL },
};

static const ProvinceColumn employer[] = {
  { "uscc", { "aab998", "tyshxydm", "统一社会信用代码" }, FALSE, province_cell_uscc },
  { "name", { "aab004", "qymc", "企业名称" }, FALSE, province_cell_employer },
  { "level", { "jb", "jb", "级别" }, FALSE, province_cell_level },
  { "year", { "rdnf", "rdnf", "认定年份" }, TRUE, province_cell_year },
  { "address", { "aae006", "dz", "地址" }, FALSE, province_cell_address },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "industry", { "aab022", "hydm", "行业" }, FALSE, province_cell_industry },
  { "size", { "aab056", "rygm", "人员规模" }, TRUE, province_cell_staff },
  { "contact", { "aae004", "lxr", "联系人" }, FALSE, province_cell_person },
  { "phone", { "aae005", "lxdh", "联系电话" }, FALSE, province_cell_phone },
  { "profile", { "aab092", "qyjj", "简介" }, FALSE, province_cell_note },
  { "updated_at", { "aae396", "gxsj", "更新时间" }, FALSE, province_cell_updated },
  { NULL },
};

static const ProvinceColumn vacancy[] = {
  { "vacancy_id", { "acb210", "gwbh", "岗位编号" }, FALSE, province_cell_vacancy_id },
  { "title", { "aca112", "gwmc", "岗位名称" }, FALSE, province_cell_vacancy },
  { "uscc", { "aab998", "tyshxydm", "统一社会信用代码" }, FALSE, province_cell_uscc },
  { "employer", { "aab004", "dwmc", "单位名称" }, FALSE, province_cell_employer },
  { "trade", { "aca111", "gzdm", "工种" }, FALSE, province_cell_trade },
  { "headcount", { "acb240", "zprs", "招聘人数" }, FALSE, province_cell_headcount },
  { "education", { "aac011", "xl", "学历" }, FALSE, province_cell_education },
  { "pay", { "acb21h", "xc", "报酬" }, FALSE, province_cell_pay },
  { "place", { "acb202", "gzdd", "工作地点" }, FALSE, province_cell_address },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "contact", { "aae004", "lxr", "联系人" }, FALSE, province_cell_person },
  { "phone", { "aae005", "lxdh", "联系电话" }, FALSE, province_cell_phone },
  { "updated_at", { "aae396", "gxsj", "更新时间" }, FALSE, province_cell_updated },
  { NULL },
};

static const ProvinceColumn agri_leader[] = {
  { "uscc", { "aab998", "tyshxydm", "统一社会信用代码" }, FALSE, province_cell_uscc },
  { "name", { "aab004", "qymc", "企业名称" }, FALSE, province_cell_leader },
  { "level", { "jb", "jb", "级别" }, FALSE, province_cell_level },
  { "year", { "rdnf", "rdnf", "认定年份" }, TRUE, province_cell_year },
  { "product", { "zycp", "zycp", "主要产品" }, FALSE, province_cell_product },
  { "address", { "aae006", "dz", "地址" }, FALSE, province_cell_address },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "contact", { "aae004", "lxr", "联系人" }, FALSE, province_cell_person },
  { "phone", { "aae005", "lxdh", "联系电话" }, FALSE, province_cell_phone },
  { "updated_at", { "S_LAST_UPDATETIME", "S_LAST_UPDATETIME", "S_LAST_UPDATETIME" }, TRUE,
    province_cell_updated_ms },
  { NULL },
};

static const ProvinceColumn family_farm[] = {
  { "uscc", { "aab998", "tyshxydm", "统一社会信用代码" }, FALSE, province_cell_farm_uscc },
  { "name", { "aab004", "ncmc", "农场名称" }, FALSE, province_cell_farm },
  { "level", { "jb", "jb", "级别" }, FALSE, province_cell_level },
  { "year", { "rdnf", "rdnf", "认定年份" }, TRUE, province_cell_year },
  { "product", { "zycp", "zycp", "主要产品" }, FALSE, province_cell_product },
  { "area", { "jymj", "jymj", "经营面积(亩)" }, TRUE, province_cell_area },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "contact", { "aae004", "lxr", "联系人" }, FALSE, province_cell_person },
  { "updated_at", { "S_LAST_UPDATETIME", "S_LAST_UPDATETIME", "S_LAST_UPDATETIME" }, TRUE,
    province_cell_updated_ms },
  { NULL },
};

static const ProvinceColumn agri_maker[] = {
  { "maker_id", { "nckbh", "nckbh", "农创客编号" }, FALSE, province_cell_maker_id },
  { "name", { "nckmc", "nckmc", "名称" }, FALSE, province_cell_maker },
  { "product", { "cylx", "cylx", "产业类型" }, FALSE, province_cell_product },
  { "year", { "rdnf", "rdnf", "认定年份" }, TRUE, province_cell_year },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "contact", { "aae004", "lxr", "联系人" }, FALSE, province_cell_person },
  { "updated_at", { "aae396", "gxsj", "更新时间" }, FALSE, province_cell_updated },
  { NULL },
};

static const ProvinceColumn indicator[] = {
  { "indicator", { "zbbm", "zbbm", "指标编码" }, FALSE, province_cell_figure_id },
  { "title", { "zbmc", "zbmc", "指标名称" }, FALSE, province_cell_figure },
  { "region", { "aab301", "xzqh", "行政区划" }, FALSE, province_cell_region },
  { "period", { "tjyf", "tjyf", "统计月份" }, FALSE, province_cell_month },
  { "value", { "zbz", "zbz", "指标值" }, TRUE, province_cell_value },
  { "unit", { "jldw", "jldw", "计量单位" }, FALSE, province_cell_unit },
  { "updated_at", { "aae396", "gxsj", "更新时间" }, FALSE, province_cell_updated },
  { NULL },
};

static const ProvinceColumn organization[] = {
  { "code", { "organizationCode" }, FALSE, province_cell_organ_id },
  { "name", { "organizationName" }, FALSE, province_cell_organ },
  { "parent", { "parentCode" }, FALSE, province_cell_organ_above },
  { NULL },
};

const ProvinceColumn *const province_tables[PROVINCE_N_TABLES] = {
  [PROVINCE_JOB_FAIR] = job_fair,       [PROVINCE_EMPLOYER] = employer,
  [PROVINCE_VACANCY] = vacancy,         [PROVINCE_AGRI_LEADER] = agri_leader,
  [PROVINCE_FAMILY_FARM] = family_farm, [PROVINCE_AGRI_MAKER] = agri_maker,
  [PROVINCE_INDICATOR] = indicator,     [PROVINCE_ORGANIZATION] = organization,
};
