#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody is granted twice: spreadsheets as clerks have them, committed one behind the other by the
program as people run it. Whatever meets a limit is refused, or a person gets it and is told of the
other application. As TAP."""
import csv
import json
import subprocess
import sys

import tap
from identifiers import resident_id

SHANYECTL = sys.argv[1]
FOLDER = tap.new_home('limits')
FIRMS = ('91330329MA2000166J', '91330329MA2A0000XP', '91330822MA20001742')
NAMES = ('测试甲', '测试乙', '测试丙', '测试丁')
counter = 0


def paper(order, birth='19950606', area='330329'):
    return resident_id(area, birth, order)


def staff(first, count):
    return [paper(100 + i, '19900101') for i in range(first, first + count)]


def founder(who, firm=0, employees=None, **more):
    employees = staff(20 * who, 3) if employees is None else employees
    return {'姓名': NAMES[who], '身份证号': paper(101 + who), '申报县': '泰顺县',
            '创业实体名称': f'泰顺某{firm}商务有限公司', '统一社会信用代码': FIRMS[firm],
            '重点人群类别': '毕业5年以内高校毕业生', '毕业日期': '2020-06-30', '登记日期': '2021-05-20',
            '带动就业人数': str(len(employees)), '带动就业人员身份证号码': '、'.join(employees),
            '缴纳社保月数': '14', '是否农村电商': '否', **more}


def new_database():
    global counter
    counter += 1
    return FOLDER / f'{counter}.db'


def call(*words, database):
    done = subprocess.run([SHANYECTL, '--database', database, *words], capture_output=True,
                          text=True, check=False)
    assert done.returncode in (0, 1), f'{words}: {done.returncode}: {done.stderr}{done.stdout}'
    return done.stdout


def commit(database, *rows, on='2024-04-08', policy='zj-startup-jobs'):
    """Decides and stores a spreadsheet; gives the outcomes and what the limits said."""
    path = database.with_suffix('.csv')
    with open(path, 'w', encoding='utf-8', newline='') as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = json.loads(call('check', path, '--policy', policy, '--on', on, '--commit', '--json',
                            database=database))
    rows = found['rows'] if isinstance(found, dict) else found
    outcomes = [row['outcome'] for row in rows]
    said = [' '.join(limit['message'] or '' for limit in row.get('limits', [])) for row in rows]
    return outcomes, said


def set_year(database, value, policy='zj-startup-jobs'):
    call('setting', 'set', policy, '330329', '年度口径', value, database=database)


def test_another_person_of_the_firm():
    same = staff(0, 3)
    database = new_database()
    assert commit(database, founder(0, employees=same))[0] == ['eligible']
    outcomes, said = commit(database, founder(1, employees=same))
    assert outcomes == ['person'] and 'application 1' in said[0], (outcomes, said)


def test_in_one_sheet():
    database = new_database()
    outcomes, said = commit(database, founder(0), founder(1), founder(2))
    assert outcomes == ['eligible', 'person', 'person'], outcomes
    assert 'row 2' in said[1] and 'row 2' in said[2], said


def test_one_in_the_register_and_two_in_a_sheet():
    database = new_database()
    commit(database, founder(0))
    outcomes, said = commit(database, founder(1), founder(2, firm=1), founder(3, firm=1))
    assert outcomes == ['person', 'eligible', 'person'], outcomes
    assert 'application 1' in said[0] and 'row 3' in said[2], said


def test_employees_under_two_firms():
    same = staff(0, 3)
    for other in (same, list(reversed(same)), [same[2], *staff(40, 2)],
                  [number.lower() for number in same]):
        database = new_database()
        assert commit(database, founder(0, employees=same))[0] == ['eligible']
        outcomes, said = commit(database, founder(1, firm=1, employees=other))
        assert outcomes == ['person'] and 'application 1' in said[0], (outcomes, said)
        assert not any(number in said[0] for number in same), 'a number in full'


def test_separators():
    same = staff(0, 3)
    for between in ('，', ',', '；', ';', ' ', '\n', '/', '、 ', '　'):
        database = new_database()
        commit(database, founder(0, employees=same))
        row = founder(1, firm=1, employees=same, 带动就业人员身份证号码=between.join(same))
        assert commit(database, row)[0] == ['person'], repr(between)


def test_other_employees_of_another_firm():
    database = new_database()
    commit(database, founder(0))
    assert commit(database, founder(1, firm=1))[0] == ['eligible']


def test_without_the_list():
    database = new_database()
    outcomes, _ = commit(database, founder(0, 带动就业人员身份证号码=''))
    assert outcomes == ['materials'], outcomes
    row = founder(0)
    del row['带动就业人员身份证号码']
    assert commit(database, row)[0] == ['materials']


def test_the_founder_does_not_count():
    row = founder(0, employees=[paper(101), *staff(0, 2)])
    assert commit(new_database(), row)[0] == ['person']


def test_edges_of_years():
    for value, first, second, expected in [
            (None, '2023-12-31', '2024-01-01', 'person'),
            ('自然年度', '2023-12-31', '2024-01-01', 'eligible'),
            ('自然年度', '2024-01-01', '2024-12-31', 'person'),
            ('经营年度', '2023-12-31', '2024-01-01', 'person'),
            ('经营年度', '2024-05-19', '2024-05-20', 'eligible')]:
        database = new_database()
        commit(database, founder(0, firm=2), on='2020-01-01')  # makes the database
        if value is not None:
            set_year(database, value)
        assert commit(database, founder(0), on=first)[0] == ['eligible'], (value, first)
        assert commit(database, founder(0), on=second)[0] == [expected], (value, first, second)


def test_29_february():
    for day, expected in [('2022-02-28', 'person'), ('2022-03-01', 'eligible')]:
        database = new_database()
        commit(database, founder(0, firm=2), on='2020-01-01')
        set_year(database, '经营年度')
        row = founder(0, 登记日期='2020-02-29', 毕业日期='2019-06-30')
        assert commit(database, row, on='2021-03-01')[0] == ['eligible']
        assert commit(database, row, on=day)[0] == [expected], day


def test_two_papers():
    phone = {'联系电话': '13800000000'}
    database = new_database()
    commit(database, founder(0, **phone))
    row = founder(0, firm=1, employees=staff(60, 3), **phone)
    row['身份证号'] = paper(301)
    outcomes, said = commit(database, row)
    assert outcomes == ['person'] and 'another paper' in said[0], (outcomes, said)
    row['姓名'] = '测试丁'
    assert commit(new_database(), row)[0] == ['eligible']


def test_two_papers_one_account():
    account = {'收款银行账号': '6212345678901265'}
    database = new_database()
    commit(database, founder(0, **account))
    row = founder(1, firm=1, employees=staff(60, 3), **account)
    outcomes, said = commit(database, row)
    assert outcomes == ['person'] and 'another paper' in said[0], (outcomes, said)


def test_two_certificates_in_a_sheet():
    def holder(occupation, certificate):
        return {'姓名': NAMES[0], '身份证号': paper(101), '申报县': '龙泉市', '职业工种': occupation,
                '职业类别': '第一类', '等级': '高级', '证书编号': certificate,
                '证书日期': '2024-12-05', '参保月数': '12'}

    database = new_database()
    commit(database, holder('电工', 'S1'), on='2024-08-02', policy='zj-skill')
    for name, value in [('第一类高级标准', '2000'), ('最低参保月数', '12')]:
        call('setting', 'set', 'zj-skill', '331181', name, value, database=database)
    rows = holder('焊工', 'S2'), holder('钳工', 'S3'), holder('焊 工', 'S4'), holder('车工', 's2')
    outcomes, _ = commit(database, *rows, on='2025-01-10', policy='zj-skill')
    assert outcomes == ['eligible', 'eligible', 'rejected', 'person'], outcomes


def test_one_paper_two_names():
    database = new_database()
    commit(database, founder(0))
    row = founder(0, firm=1, employees=staff(60, 3), 姓名='测试戊')
    outcomes, said = commit(database, row)
    assert outcomes == ['person'] and 'name is another' in said[0], (outcomes, said)


tap.run(globals(), FOLDER)
