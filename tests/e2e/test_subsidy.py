#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A clerk's first day: the sample decided, filtered, a case mended and saved, results exported."""
import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import desk

PROGRAM = sys.argv[1]
SHANYECTL = sys.argv[2]
SAMPLE = sys.argv[3]
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix='shanye-'))
EXPECTED = json.loads(pathlib.Path(SAMPLE).with_suffix('.expected.json').read_text('utf-8'))
WORDS = {'eligible': '符合', 'not_eligible': '不符合', 'materials': '待补正', 'person': '需人工核定'}


def expected_count(outcome):
    return sum(1 for row in EXPECTED['rows'] if row['outcome'] == outcome)


def prepare(name):
    """A database in which the counties of the sample have decided to pay."""
    database = FOLDER / name
    with (pathlib.Path(SAMPLE).parent / 'county-decisions.csv').open(encoding='utf-8') as stream:
        for policy, county, _, setting, value, _ in list(csv.reader(stream))[1:]:
            subprocess.run([SHANYECTL, 'setting', 'set', policy, county, setting, value,
                            '--database', str(database)], check=True, capture_output=True)
    return database


def open_sample(program):
    program.click('push button', '开始审核')
    program.click('push button', f'保存 {len(EXPECTED["rows"]) - expected_count("rejected")} 行')
    program.find('label', f'{len(EXPECTED["rows"])} 份申请')
    program.click('push button', '查看审核结果')


def decides_the_sample():
    with desk.Program(PROGRAM, '--database', str(prepare('decide.db')), SAMPLE) as program:
        open_sample(program)
        for outcome, word in WORDS.items():
            program.find('push button', f'{word} {expected_count(outcome)}')


def filters_and_searches():
    with desk.Program(PROGRAM, '--database', str(prepare('filter.db')), SAMPLE) as program:
        open_sample(program)
        program.click('push button', f'不符合 {expected_count("not_eligible")}')
        program.find('label', f'{expected_count("not_eligible")} / ')
        table = program.find('tree table', '申请列表')
        name = program.find('label', '吴岩子', within=table).get_name()
        program.type(program.find('entry', '搜索列表'), 'wuyanzi')
        program.find('label', '1 / ')
        program.find('label', name, within=table)


def changes_a_fact_and_saves():
    database = prepare('change.db')
    with desk.Program(PROGRAM, '--database', str(database), SAMPLE) as program:
        open_sample(program)
        program.type(program.find('entry', '搜索列表'), case_to_refuse())
        program.find('label', '1 / ')
        open_first_row(program)
        entry = program.find('text', '出站日期')
        before = desk.text_of(entry)
        program.type(entry, '2099-01-01')
        program.find('list item', '出站日期已到：不满足')
        program.type(entry, before)
        program.find('list item', '出站日期已到：满足')
        program.type(entry, '2099-01-01')
        program.find('list item', '出站日期已到：不满足')
        program.click('push button', '保存')
        desk.wait_for(lambda: 'subsidy.' in journal(database) and
                      not_eligible(database) == expected_count('not_eligible') + 1,
                      'the saved change in the database')
    assert verify(database) == 0


def case_to_refuse():
    """The name of an applicant who is found eligible and has a date to change."""
    return next(row['name'] for row in named_rows() if row['outcome'] == 'eligible')


def named_rows():
    output = FOLDER / 'check.json'
    subprocess.run([SHANYECTL, 'check', SAMPLE, '--policy', 'zj-postdoc-grant',
                    '--database', str(prepare('check.db')), '--output', str(output)], check=True, capture_output=True)
    rows = json.loads(output.read_text('utf-8'))['rows']
    names = [fact['value'] for row in rows for fact in row.get('facts', [])
             if fact['field'] == '姓名']
    for row in rows:
        facts = {fact['field']: fact['value'] for fact in row.get('facts', [])}
        name = facts.get('姓名', '')
        if name and names.count(name) == 1 and not any(
                other != name and name in other for other in names):
            yield {'name': name, 'outcome': row.get('outcome')}


def open_first_row(program):
    """Double-clicks the first case, again if the page was still sliding in."""
    table = program.find('tree table', '申请列表')

    def opened():
        row = next(node for node in program.matches('label', None, table, True)
                   if node.get_name().endswith(tuple(WORDS.values())))
        program.mouse(row, clicks=2)
        return desk.wait_for(lambda: program.all('list', '审核条件与所依据的条款'),
                             'the case', patience=5)

    for _ in range(3):
        try:
            return opened()
        except AssertionError:
            pass
    return opened()


def journal(database):
    return subprocess.run([SHANYECTL, 'journal', 'list', '--json', '--database', str(database)],
                          capture_output=True, text=True).stdout


def verify(database):
    return subprocess.run([SHANYECTL, 'journal', 'verify', '--database', str(database)],
                          capture_output=True).returncode


def not_eligible(database):
    answer = subprocess.run(
        ['sqlite3', '-readonly', str(database),
         "SELECT count(*) FROM subsidy_case WHERE outcome = 'not_eligible'"],
        capture_output=True, text=True)
    return int(answer.stdout or 0)


def exports_the_results():
    database, output = prepare('export.db'), FOLDER / '结果.csv'
    with desk.Program(PROGRAM, '--database', str(database), SAMPLE) as program:
        open_sample(program)
        program.click('push button', '导出')
        dialog = program.find('filler', '导出结果')
        program.type(program.find('text', '名称', within=dialog), str(output))
        program.click('push button', '保存', within=dialog)
        desk.wait_for(output.exists, 'the exported file')
    with output.open(encoding='utf-8-sig', newline='') as stream:
        rows = list(csv.reader(stream))
    decided = len(EXPECTED['rows']) - expected_count('rejected')
    assert len(rows) == decided + 1, len(rows)


def names_every_control():
    with desk.Program(PROGRAM, '--database', str(prepare('names.db')), SAMPLE) as program:
        open_sample(program)
        open_first_row(program)
        program.find('list', '审核条件与所依据的条款')
        unnamed = program.without_a_name()
        assert not unnamed, unnamed


if __name__ == '__main__':
    sys.exit(desk.run(decides_the_sample, filters_and_searches, changes_a_fact_and_saves,
                      exports_the_results, names_every_control))
