#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Several at work on one register: nobody is granted twice, and each is told what became of the rows.

The program runs as people run it, two, five and ten at a time, on the same and on different
spreadsheets, beside single cases that are amended and withdrawn, and is killed in between. As TAP.
"""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time

import tap
from identifiers import resident_id

SHANYECTL, PRELOAD = sys.argv[1:3]
FOLDER = tap.new_home('together')
POLICY = 'together-once'
HEAD = ['姓名', '证件号', '单位代码', '申报县', '材料']


def person(number):
    birth = f'{1970 + number % 30:04d}{1 + number % 12:02d}{1 + number % 28:02d}'
    return resident_id('331122', birth, number % 1000)


def pack(ident, limits):
    return {
        'format': 1, 'id': ident, 'version': '1', 'title': {'zh_CN': '虚构', 'en': 'Invented'},
        'kind': 'application', 'subject': {'person': '证件号', 'name': '姓名', 'county': '申报县'},
        'documents': [{'id': 'd', 'title': '虚构', 'number': '1', 'issuer': '虚构',
                       'date': '2020-01-01', 'address': None, 'confidence': 'A'}],
        'clauses': [{'id': 'c', 'document': 'd', 'number': '1', 'status': 'verified',
                     'text': {'zh_CN': '虚构', 'en': 'Invented'}}],
        'effective': {'from': None, 'until': None},
        'fields': [
            {'name': '姓名', 'label': {'zh_CN': '姓名', 'en': 'Name'}, 'type': 'text'},
            {'name': '证件号', 'label': {'zh_CN': '证件号', 'en': 'ID'}, 'type': 'resident-id',
             'required': True},
            {'name': '单位代码', 'label': {'zh_CN': '单位代码', 'en': 'Firm'}, 'type': 'text'},
            {'name': '申报县', 'label': {'zh_CN': '申报县', 'en': 'County'}, 'type': 'county'},
            {'name': '材料', 'label': {'zh_CN': '材料', 'en': 'Papers'}, 'type': 'boolean'}],
        'criteria': [{'id': 'papers', 'title': {'zh_CN': '材料', 'en': 'Papers'}, 'condition': '材料',
                      'clause': 'c', 'when_true': {'zh_CN': '有', 'en': 'There'},
                      'when_false': {'zh_CN': '无', 'en': 'Bad'},
                      'when_unknown': {'zh_CN': '缺', 'en': 'Missing'}, 'unknown': 'materials'}],
        'amount': {'expression': '1000', 'unit': '元', 'clause': 'c'},
        'limits': limits, 'steps': [],
        'cases': [{'id': 'good', 'title': {'zh_CN': '齐全', 'en': 'Good'}, 'county': '331122',
                   'on': '2025-06-30', 'facts': {'证件号': person(0), '材料': True},
                   'expect': {'outcome': 'eligible'}}]}


ONCE = [{'id': 'once', 'kind': 'lifetime', 'per': 'person', 'policies': [POLICY], 'max': 1,
         'clause': 'c'}]


def write_sheet(name, numbers, papers='是'):
    path = FOLDER / f'{name}.csv'
    lines = [','.join(HEAD)] + [f'张{n},{person(n)},F{n % 7},331122,{papers}' for n in numbers]
    path.write_text('\n'.join(lines) + '\n', encoding='utf-8')
    return path


def start(*words, database, **environment):
    return subprocess.Popen([SHANYECTL, '--database', database, *map(str, words)],
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                            env={**os.environ, **environment})


def finish(process, status=(0,)):
    out, err = process.communicate(timeout=600)
    assert process.returncode in status, f'{process.args}: exit {process.returncode}: {err}{out}'
    return out, err


def call(*words, database, status=(0,), **environment):
    return finish(start(*words, database=database, **environment), status)[0]


def check(sheet, database, *words):
    adopt(database)
    return start('check', sheet, '--policy', POLICY, '--on', '2025-06-30', '--commit', '--json',
                 *words, database=database)


def adopt(database, name='once.json'):
    """Lets the pack decide in a register, once."""
    if not database.exists():
        call('policy', 'adopt', POLICIES / name, '--reason', '虚构', database=database)


def query(database, sql):
    with sqlite3.connect(database) as db:
        rows = db.execute(sql).fetchall()
    db.close()
    return rows


def assert_once(database):
    twice = query(database, "SELECT person, COUNT(*) FROM subsidy_case WHERE outcome = 'eligible' "
                            "AND withdrawn_at IS NULL GROUP BY person HAVING COUNT(*) > 1")
    assert not twice, f'{len(twice)} persons were granted twice'
    assert json.loads(call('journal', 'verify', '--json', database=database, status=(0, 1)))['intact']


def work_together(name, sheets):
    """All at once; each must print what is stored of its rows."""
    database = FOLDER / f'{name}.db'
    adopt(database)
    running = [check(sheet, database) for sheet in sheets]
    printed = [json.loads(finish(process)[0]) for process in running]
    stored = dict(query(database, 'SELECT outcome, COUNT(*) FROM subsidy_case GROUP BY outcome'))
    for outcome in 'eligible', 'not_eligible', 'materials', 'person':
        told = sum(report['totals'][outcome] for report in printed)
        assert told == stored.get(outcome, 0), f'{outcome}: {told} told, {stored} stored'
    for report in printed:
        rows = {row['row']: row['outcome'] for row in report['rows']}
        for turn in report['turned']:
            assert rows[turn['row']] == turn['is'] != turn['was']
    assert_once(database)
    return database, printed


def test_same_sheet():
    for count in 2, 5, 10:
        sheet = write_sheet(f'same-{count}', range(60))
        database, _ = work_together(f'same-{count}', [sheet] * count)
        assert query(database, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'eligible'") == [(60,)]


def test_overlapping_sheets():
    for count in 2, 5, 10:
        sheets = [write_sheet(f'overlap-{count}-{i}', range(20 * i, 20 * i + 50))
                  for i in range(count)]
        database, _ = work_together(f'overlap-{count}', sheets)
        persons = 20 * (count - 1) + 50
        assert query(database, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'eligible'") == \
            [(persons,)]


def test_turn_is_told():
    """A process that waits for the lock while another commits decides anew, and says so."""
    database = FOLDER / 'told.db'
    adopt(database)
    call('check', write_sheet('nobody', [999]), '--policy', POLICY, '--on', '2025-06-30', '--commit',
         database=database)
    sheet = write_sheet('told', range(200))
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute('BEGIN IMMEDIATE')
    both = [start('check', sheet, '--policy', POLICY, '--on', '2025-06-30', '--commit',
                  database=database) for _ in range(2)]
    time.sleep(3)
    lock.execute('ROLLBACK')
    lock.close()
    printed = [finish(process)[0] for process in both]
    assert sum('200 rows changed while you worked' in text for text in printed) == 1, printed
    assert sum('row 2: Eligible, 1000.00 yuan → Needs a person' in text for text in printed) == 1
    assert_once(database)


def test_once_for_two():
    """Two who store the same file at once, and say that it is to be stored once."""
    database = FOLDER / 'twice.db'
    sheet = write_sheet('twice', range(20))
    finish(check(write_sheet('before', [900]), database))
    lock = sqlite3.connect(database, isolation_level=None)
    lock.execute('BEGIN IMMEDIATE')
    both = [check(sheet, database, '--once') for _ in range(2)]
    time.sleep(2)
    lock.execute('ROLLBACK')
    lock.close()
    told = [finish(process, (0, 2))[1] for process in both]
    assert sorted(process.returncode for process in both) == [0, 2], told
    assert sum('was stored before' in text for text in told) == 1, told
    assert query(database, 'SELECT cases FROM subsidy_batch ORDER BY id') == [(1,), (20,)]
    assert_once(database)


def test_completed_late():
    """An incomplete application, then a complete one, then the first is completed."""
    database = FOLDER / 'late.db'
    for papers in '', '是':
        finish(check(write_sheet(f'late-{papers}', [7], papers), database))
    assert query(database, 'SELECT outcome FROM subsidy_case ORDER BY id') == \
        [('materials',), ('eligible',)]
    case = json.loads(call('case', 'amend', '1', '--set', '材料=true', '--json', database=database))
    assert case['as_decided']['outcome'] == 'person', case['as_decided']
    assert_once(database)

    # Without a number nobody would find the person again.
    _, err = finish(start('case', 'amend', '1', '--unset', '证件号', database=database), status=(2,))
    assert 'nobody can say whose application' in err, err

    # Once the second is withdrawn, the first is told of, and not altered in silence.
    case = json.loads(call('case', 'withdraw', '2', '--reason', '本人放弃', '--json',
                           database=database))
    assert case['withdrawn']['reason'] == '本人放弃'
    assert [(o['application'], o['was'], o['is']) for o in case['others']] == \
        [(1, 'person', 'eligible')]
    assert query(database, 'SELECT outcome FROM subsidy_case WHERE id = 1') == [('person',)]
    shown = json.loads(call('case', 'show', '1', '--json', database=database))
    assert shown['as_decided']['outcome'] == 'person'
    assert shown['as_of_today']['outcome'] == 'eligible'
    assert shown['difference']['was'] == 'person' and shown['difference']['is'] == 'eligible'
    call('case', 'amend', '2', '--set', '材料=false', database=database, status=(2,))
    call('case', 'amend', '1', database=database)
    assert query(database, 'SELECT outcome FROM subsidy_case WHERE id = 1') == [('eligible',)]
    assert_once(database)


def test_numbers_are_not_repeated():
    """A number of a person that stands where it does not belong is not printed in full."""
    database = FOLDER / 'masked.db'
    finish(check(write_sheet('masked', [3], ''), database))
    wrong = person(44)
    for text in wrong, f'{wrong[:6]} {wrong[6:14]} {wrong[14:]}', f'见{wrong}和{person(45)}', '13800000000':
        for field in '申报县', '材料', '没有':
            _, err = finish(start('case', 'amend', '1', '--set', f'{field}={text}', database=database),
                            (2,))
            assert wrong not in err and person(45) not in err and text not in err, err
    sheet = FOLDER / 'wrong-cell.csv'
    sheet.write_text(','.join(HEAD) + f'\n张三,{person(46)},F1,331122,{wrong} {person(45)}\n', 'utf-8')
    out, err = finish(start('check', sheet, '--policy', POLICY, '--on', '2025-06-30', database=database))
    assert wrong not in out + err and person(45) not in out + err, out + err
    # From standard input it stands in no list of processes.
    process = subprocess.run([SHANYECTL, '--database', database, 'case', 'amend', '1', '--set',
                              '证件号=-', '--json'], input=f'{person(47)}\n', capture_output=True,
                             text=True, check=False)
    assert process.returncode == 0 and person(47) in process.stdout, process


def test_cases_beside_sheets():
    """Single cases are completed and withdrawn while sheets with the same persons come in."""
    database = FOLDER / 'beside.db'
    finish(check(write_sheet('beside', range(12), ''), database))
    sheet = write_sheet('beside-complete', range(12))
    running = [check(sheet, database) for _ in range(3)]
    running += [start('case', 'amend', n, '--set', '材料=true', database=database)
                for n in range(1, 9)]
    running += [start('case', 'withdraw', n, '--reason', '放弃', database=database)
                for n in range(9, 13)]
    for process in running:
        finish(process)
    assert_once(database)
    assert query(database, "SELECT COUNT(*) FROM subsidy_case WHERE outcome = 'eligible' "
                           "AND withdrawn_at IS NULL") == [(12,)]


def test_killed():
    """Killed in the middle of commits, with others at work: whole batches or nothing."""
    database = FOLDER / 'killed.db'
    sheet = write_sheet('killed', range(80))
    dice = random.Random(20261130)
    for _ in range(12):
        running = [check(sheet, database) for _ in range(2)]
        time.sleep(dice.uniform(0.05, 0.6))
        running[0].send_signal(signal.SIGKILL)
        for process in running:
            process.communicate(timeout=600)
        assert running[1].returncode == 0
    assert_once(database)
    for cases, counted in query(database, 'SELECT b.cases, COUNT(c.id) FROM subsidy_batch b LEFT '
                                          'JOIN subsidy_case c ON c.batch = b.id GROUP BY b.id'):
        assert cases == counted == 80


def test_decided_by_its_text():
    """What decided is kept, whatever becomes of the file; the case shows both."""
    database = FOLDER / 'text.db'
    before = (POLICIES / 'once.json').read_text(encoding='utf-8')
    finish(check(write_sheet('text', [1]), database))
    changed = pack(POLICY, ONCE)
    changed['version'] = '2'
    changed['amount']['expression'] = '500'
    later = POLICIES / 'twice.json'
    try:
        later.write_text(json.dumps(changed, ensure_ascii=False), encoding='utf-8')
        call('policy', 'adopt', later, '--reason', '虚构', database=database)
        shown = json.loads(call('case', 'show', '1', '--json', database=database))
        text = call('case', 'show', '1', database=database)
        (POLICIES / 'once.json').unlink()
        later.unlink()
        gone = json.loads(call('case', 'show', '1', '--json', database=database))
    finally:
        later.unlink(missing_ok=True)
        (POLICIES / 'once.json').write_text(before, encoding='utf-8')
    assert (shown['as_decided']['version'], shown['as_decided']['amount']) == ('1', 1000)
    assert (shown['as_of_today']['version'], shown['as_of_today']['amount']) == ('2', 500)
    assert 'Difference: Eligible, 1000.00 yuan → Eligible, 500.00 yuan' in text
    assert query(database, f"SELECT contents FROM subsidy_pack WHERE digest = "
                           f"'{shown['as_decided']['digest']}'") == [(before,)]
    assert gone['as_of_today'] is None and gone['as_decided']['outcome'] == 'eligible'


def test_one_way_to_a_verdict():
    """“policy explain” knows what the register holds, as “check” does."""
    database = FOLDER / 'explain.db'
    facts = FOLDER / 'facts.json'
    facts.write_text(json.dumps({'facts': {'证件号': person(3), '申报县': '331122', '材料': True}},
                                ensure_ascii=False), encoding='utf-8')
    explain = ('policy', 'explain', POLICY, '--facts', facts, '--on', '2025-06-30', '--json')
    adopt(database)
    assert json.loads(call(*explain, database=database))['outcome'] == 'eligible'
    finish(check(write_sheet('explain', [3]), database))
    assert json.loads(call(*explain, database=database, status=(1,)))['outcome'] == 'person'
    call('policy', 'explain', POLICY, '--facts', facts, '--county', '330822', database=database,
         status=(2,))


def test_clock_that_fell_back():
    database = FOLDER / 'clock.db'
    past = {'LD_PRELOAD': PRELOAD, 'SHANYE_TEST_CLOCK': '1000000000'}
    sheet = write_sheet('clock', [5])
    finish(check(sheet, database))
    words = ('check', write_sheet('clock-later', [6]), '--policy', POLICY, '--on', '2025-06-30')
    call(*words, database=database, **past)
    process = start(*words, '--commit', database=database, **past)
    _, err = finish(process, status=(2,))
    assert '2001-09-09' in err, err
    finish(start('case', 'amend', '1', database=database, **past), status=(2,))
    finish(start('case', 'withdraw', '1', '--reason', 'x', database=database, **past), status=(2,))
    assert query(database, 'SELECT COUNT(*) FROM subsidy_case') == [(1,)]
    call(*words, '--commit', '--reason', '更换主板电池', database=database, **past)
    assert query(database, "SELECT COUNT(*) FROM shy_journal WHERE details LIKE '%更换主板电池%'") == \
        [(1,)]
    assert_once(database)


POLICIES = FOLDER / 'data' / 'shanye' / 'policies'
POLICIES.mkdir(parents=True)
(POLICIES / 'once.json').write_text(json.dumps(pack(POLICY, ONCE), ensure_ascii=False),
                                    encoding='utf-8')
tap.run(globals(), FOLDER)
