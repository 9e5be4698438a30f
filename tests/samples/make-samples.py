#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes the sample spreadsheet of data/samples and what must become of each of its rows.

Usage: make-samples.py FOLDER. Running it again gives the same bytes.
"""

import collections
import csv
import datetime
import io
import json
import pathlib
import sys

import applications
import counties
import xls
import xlsx

SEED = 26
NAME = 'postdoc-applications'
SHEET = '申报汇总'
FIRST_ROW = 5
BLANK_AFTER = {40, 41, 97, 163, 230}  # blank rows in between, after so many applications
FULL_WIDTH = str.maketrans('0123456789X年月日-', '０１２３４５６７８９Ｘ年月日－')

EXITS = {'期满出站': ['期满出站', '期满', '正常出站', '已出站', '期满出站 '], '在站': ['在站', '未出站'],
         '转二站': ['转二站', '转第二站'], '退站': ['退站', '自动退站']}
OWNERSHIPS = {'民营': ['民营', '民营企业', '私营企业', '民企', ' 民营'],
              '国有控股': ['国有控股', '国有控股企业', '国有资本控股'], '国有独资': ['国有独资', '国有企业'],
              '外商投资': ['外商投资', '外资企业', '中外合资'], '农民专业合作社': ['农民专业合作社', '合作社'],
              '村股份经济合作社': ['村股份经济合作社', '股份经济合作社'],
              '个体工商户': ['个体工商户', '个体户'], '事业单位': ['事业单位', '事业']}
STATIONS = {'流动站': ['流动站', '博士后科研流动站'], '工作站': ['工作站', '博士后工作站', '企业博士后工作站'],
            '联合培养': ['联合培养', '联合招收'], '境外机构': ['境外机构', '海外']}
STATUSES = {'非在职': ['非在职', '全职', '全职博士后', '否'], '在职': ['在职', '在职人员', '在职博士后', '是']}
EARLIER = {'无': ['无', '否', '没有'], '本县': ['本县', '本县有'], '其他山区县': ['其他山区县', '外县']}


def serial(day):
    return (day - datetime.date(1899, 12, 30)).days


def date_cell(day, dice):
    if day is None or isinstance(day, str):
        return day
    plain = f'{day.year}年{day.month}月{day.day}日'
    return dice.pick([
        {'number': serial(day), 'style': 'date'}, {'number': serial(day), 'style': 'date'},
        {'number': serial(day), 'style': 'date-iso'}, {'number': serial(day), 'style': 'date-cn'},
        f'{day:%Y-%m-%d}', f'{day.year}/{day.month}/{day.day}', plain, f'{day:%Y%m%d}',
        {'number': f'{day:%Y%m%d}'}, plain.translate(FULL_WIDTH), f'{day:%Y-%m-%d}  ',
        {'value': f'{day:%Y-%m-%d}', 'inline': True}])


def identifier_cell(text, dice):
    if text is None or isinstance(text, dict):
        return text
    return dice.pick([text, text, text, {'value': text, 'style': 'text'}, text + '  ', text.lower(),
                      text.translate(FULL_WIDTH), '\u00a0' + text,
                      {'rich': [text[:6], text[6:]], 'value': text}])


def choice_cell(value, writings, dice):
    return None if value is None else dice.pick(writings.get(value, [value]))


def yes_no(value, dice):
    if value is None:
        return None
    return dice.pick(['是', '是', '是 ', {'boolean': True}] if value
                     else ['否', '否', '否', ' 否', {'boolean': False}])


def county_cell(county, dice):
    return None if county is None else dice.pick(county.writings())


def columns():
    """Group, header, width, and what makes the cell of an application."""
    def number(app, dice):
        return {'number': app.number_, 'formula': 'ROW()-4'} if app.number_ < 6 else \
            {'number': app.number_}
    return [
        ('序号', None, 6, number),
        ('申请人情况', '县（市、区）', 14, lambda app, dice: getattr(app, 'county_cell_', None)
         or county_cell(app.county_, dice)),
        ('申请人情况', '姓名', 9, lambda app, dice: dice.pick([app.name, app.name, app.name + ' '])),
        ('申请人情况', '性别', 6, lambda app, dice: app.sex),
        ('申请人情况', '身份证号码', 21, lambda app, dice: identifier_cell(app.id, dice)),
        ('申请人情况', '联系电话', 13, lambda app, dice: app.mobile and dice.pick(
            [app.mobile, {'number': app.mobile}])),
        ('用人单位情况', '企业名称', 30, lambda app, dice: app.firm),
        ('用人单位情况', '统一社会\n信用代码', 21, lambda app, dice: identifier_cell(app.code, dice)),
        ('用人单位情况', '企业性质', 12,
         lambda app, dice: choice_cell(app.ownership, OWNERSHIPS, dice)),
        ('用人单位情况', '注册地', 12, lambda app, dice: county_cell(app.registered, dice)),
        ('用人单位情况', '社保缴纳地', 12, lambda app, dice: county_cell(app.insured, dice)),
        ('用人单位情况', '实际工作地点', 12, lambda app, dice: county_cell(app.works, dice)),
        ('博士后情况', '设站单位', 30, lambda app, dice: app.institution),
        ('博士后情况', '设站类型', 10, lambda app, dice: choice_cell(app.station, STATIONS, dice)),
        ('博士后情况', '出站情况', 10, lambda app, dice: choice_cell(app.exit, EXITS, dice)),
        ('博士后情况', '出站时间', 14, lambda app, dice: date_cell(app.exit_date, dice)),
        ('博士后情况', '是否在职', 10, lambda app, dice: choice_cell(app.status, STATUSES, dice)),
        ('博士后情况', '博士后证书编号', 14, lambda app, dice: app.certificate and dice.pick(
            [app.certificate, {'number': app.certificate}])
            if app.certificate != '无' else '无'),
        ('博士后情况', '境外博士后经历证明', 10, lambda app, dice: yes_no(app.abroad_proof, dice)),
        ('就业情况', '合同起始日期', 14, lambda app, dice: date_cell(app.start, dice)),
        ('就业情况', '合同终止日期', 14, lambda app, dice: date_cell(app.end, dice)),
        ('就业情况', '是否首次就业', 10, lambda app, dice: yes_no(app.first, dice)),
        ('就业情况', '此前在山区26县民营企业就业情况', 14,
         lambda app, dice: choice_cell(app.earlier, EARLIER, dice)),
        ('就业情况', '社保月数', 9, lambda app, dice: app.months and dice.pick(
            [{'number': app.months}, str(app.months), f'{app.months}个月'])),
        ('承诺事项', '是否享受过本补贴', 10, lambda app, dice: yes_no(app.had_it, dice)),
        ('承诺事项', '是否享受其他人才补贴', 10, lambda app, dice: yes_no(app.others, dice)),
        ('备注', None, 12, lambda app, dice: dice.pick([None] * 8 + ['材料已核', '电话已通知'])),
    ]


def heading(table):
    """Title, who fills it in, groups, headers; with the merges that offices make."""
    last = xlsx.column_name(len(table) - 1)
    groups, headers, merges = [], [], [f'A1:{last}1', f'A2:{last}2']
    for i, (group, header, _, _) in enumerate(table):
        name = xlsx.column_name(i)
        first = i == 0 or table[i - 1][0] != group
        groups.append({'value': group, 'style': 'header'} if first else None)
        headers.append({'value': header, 'style': 'header'} if header else None)
        if header is None:
            merges.append(f'{name}3:{name}4')
        elif first:
            end = max(j for j, row in enumerate(table) if row[0] == group)
            merges.append(f'{name}3:{xlsx.column_name(end)}3')
    title = {'value': '2025年度山区26县博士后一次性引才补贴申报汇总表', 'style': 'title'}
    subtitle = '填报单位：某某市人力资源和社会保障局    填报日期：2025年6月20日    单位：人、月'
    return [(1, [title]), (2, [subtitle]), (3, groups), (4, headers)], merges


def instructions():
    lines = ['填表说明', '1. 本表由各县（市、区）人力社保局汇总后上报。', '2. 身份证号码请按文本填写，以防末位变为零。',
             '3. 出站情况填：期满出站、转二站、退站、在站。', '4. 县（市、区）填全称或者六位行政区划代码。',
             '5. 姓名、身份证号码、统一社会信用代码为必填项。']
    return [(i, [line]) for i, line in enumerate(lines, 1)]


def lay_out(apps, table, dice):
    """Returns the rows, the merges, and the row number of each application."""
    rows, merges = heading(table)
    number = FIRST_ROW
    for count, app in enumerate(apps, 1):
        app.row_ = number
        rows.append((number, [make(app, dice) for *_, make in table]))
        number += 1
        if count in BLANK_AFTER:
            rows.append((number, []))
            number += 1
    rows.append((number, ['合计', None, {'value': f'{len(apps)}人', 'style': 'header'}]))
    merges.append(f'A{number}:B{number}')
    last = xlsx.column_name(len(table) - 1)
    for offset, note in enumerate(['注：1. 本表为模拟数据，人名、单位均属虚构。',
                                   '    2. 补贴标准为每人20万元，每人只能享受一次。'], 2):
        rows.append((number + offset, [note]))
        merges.append(f'A{number + offset}:{last}{number + offset}')
    return rows, merges


def expectation(app):
    row = {'row': app.row_, 'number': app.number_, 'tag': app.tag_, 'outcome': app.outcome_}
    if app.outcome_ == 'rejected':
        row['field'] = app.reasons_[0]
        if app.tag_ == 'duplicate':
            row['same_as'] = app.twin_.row_
    else:
        row['county'] = getattr(app, 'county_code_', app.county_.code)
        row['criteria'] = app.reasons_
        row['amount'] = 200000 if app.outcome_ == 'eligible' else None
        row['warnings'] = app.warnings_
    return row


def write_expected(apps, rows):
    totals = collections.Counter(app.outcome_ for app in apps)
    used = {app.row_ for app in apps}
    head = {
        'policy': 'zj-postdoc-grant', 'on': applications.ON.isoformat(), 'sheet': SHEET,
        'header_row': FIRST_ROW - 1, 'applications': len(apps),
        'totals': dict(sorted(totals.items())),
        'not_applications': [n for n, _ in rows if n >= FIRST_ROW and n not in used],
    }
    lines = [json.dumps(expectation(app), ensure_ascii=False) for app in apps]
    text = json.dumps(head, ensure_ascii=False)[:-1] + ',\n"rows": [\n' + ',\n'.join(lines) + ']}\n'
    return text.encode()


def plain(cell):
    """What a spreadsheet program would put into a csv file."""
    if cell is None:
        return ''
    if isinstance(cell, str):
        return cell
    if 'boolean' in cell:
        return 'TRUE' if cell['boolean'] else 'FALSE'
    if cell.get('style', '').startswith('date'):
        day = datetime.date(1899, 12, 30) + datetime.timedelta(days=cell['number'])
        return {'date': f'{day.year}/{day.month}/{day.day}', 'date-iso': f'{day:%Y-%m-%d}',
                'date-cn': f'{day.year}年{day.month}月{day.day}日'}[cell['style']]
    if 'number' in cell:
        text = str(cell['number'])
        return f'{text[:7]}E+17' if 'E' in text else text
    return cell['value']


def write_csv(rows):
    """As an office would save it on Chinese Windows: GB18030, lines ended by CR LF."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator='\r\n')
    numbers = dict(rows)
    for number in range(1, max(numbers) + 1):
        writer.writerow([plain(cell) for cell in numbers.get(number, [])])
    return text.getvalue().encode('gb18030')


def write_xlsx(rows, merges, table):
    book = xlsx.Workbook()
    book.add_sheet(SHEET, rows, merges, [width for _, _, width, _ in table])
    book.add_sheet('填表说明', instructions())
    return book.save()


def main():
    folder = pathlib.Path(sys.argv[1])
    dice = applications.Dice(SEED)
    apps = applications.make(dice)
    table = columns()
    rows, merges = lay_out(apps, table, dice)
    assert len({app.county_.code for app in apps}) == len(counties.ALL)
    few = [row for row in rows if row[0] < FIRST_ROW + 40]
    for name, data in ((f'{NAME}.xlsx', write_xlsx(rows, merges, table)),
                       (f'{NAME}.csv', write_csv(rows)),
                       (f'{NAME}-40.xls', xls.write(SHEET, few)),
                       (f'{NAME}.expected.json', write_expected(apps, rows))):
        (folder / name).write_bytes(data)


if __name__ == '__main__':
    main()
