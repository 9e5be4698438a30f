#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A long list at a terminal: progress is told, Ctrl+C leaves nothing behind, no row takes for ever, and
a pipe is refused instead of waited for. The keys are pressed on a terminal of its own. As TAP.
"""
import fcntl
import json
import os
import pty
import re
import sqlite3
import subprocess
import sys
import termios

import tap
from identifiers import resident_id

SHANYECTL = sys.argv[1]
FOLDER = tap.new_home('terminal')
POLICY = 'terminal-long'
PACK = FOLDER / 'pack.json'
HEAD = ['姓名', '证件号', '申报县', '材料']
CTRL_C = b'\x03'
PROGRESS = re.compile(r'\d+ rows, \d+ %, \d+ rows a second, about \d+ (s|min) left')
STORING = re.compile('Storing what was decided…')
# 25 million steps, and one condition has five.
COSTLY = '(some i in 1..5000 satisfies some j in 1..5000 satisfies i * j < 0)'


def person(number):
    day = number // 999
    birth = f'{1960 + day // 336:04d}{1 + day // 28 % 12:02d}{1 + day % 28:02d}'
    return resident_id('331122', birth, number % 999 + 1)


def text(chinese, english):
    return {'zh_CN': chinese, 'en': english}


def field(name, english, kind):
    return {'name': name, 'label': text(name, english), 'type': kind}


def pack():
    return {
        'format': 1, 'id': POLICY, 'version': '1', 'title': text('虚构', 'Invented'),
        'kind': 'application', 'subject': {'person': '证件号', 'name': '姓名', 'county': '申报县'},
        'documents': [{'id': 'd', 'title': '虚构', 'number': '1', 'issuer': '虚构',
                       'date': '2020-01-01', 'address': None, 'confidence': 'A'}],
        'clauses': [{'id': 'c', 'document': 'd', 'number': '1', 'status': 'verified',
                     'text': text('虚构', 'Invented')}],
        'effective': {'from': None, 'until': None},
        'fields': [field('姓名', 'Name', 'text'),
                   {**field('证件号', 'ID', 'resident-id'), 'required': True},
                   field('申报县', 'County', 'county'), field('材料', 'Papers', 'boolean')],
        'criteria': [{'id': 'papers', 'title': text('材料', 'Papers'),
                      'condition': f'if 姓名 = "贵" then {COSTLY} else 材料', 'clause': 'c',
                      'when_true': text('有', 'There'), 'when_false': text('无', 'Bad'),
                      'when_unknown': text('缺', 'Missing'), 'unknown': 'materials'}],
        'amount': {'expression': '1000', 'unit': '元', 'clause': 'c'},
        'limits': [], 'steps': [],
        'cases': [{'id': 'good', 'title': text('齐全', 'Good'), 'county': '331122', 'on': '2025-06-30',
                   'facts': {'姓名': '张', '证件号': person(0), '材料': True},
                   'expect': {'outcome': 'eligible'}}]}


def write_sheet(name, n_rows, names=()):
    path = FOLDER / f'{name}.csv'
    with open(path, 'w', encoding='utf-8') as sheet:
        print(','.join(HEAD), file=sheet)
        for row in range(n_rows):
            called = names[row] if row < len(names) else f'张{row}'
            print(f'{called},{person(row)},331122,是', file=sheet)
    return path


def words(sheet, database, *more):
    return [SHANYECTL, '--database', str(database), 'check', str(sheet), '--policy', POLICY,
            '--on', '2025-06-30', *more]


def register(name):
    """A register in which a person has said that the pack decides."""
    database = FOLDER / f'{name}.db'
    done = subprocess.run([SHANYECTL, '--database', database, 'policy', 'adopt', PACK, '--reason', '试'],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return database


def count(database, table):
    with sqlite3.connect(database) as connection:
        return connection.execute(f'SELECT COUNT(*) FROM {table}').fetchone()[0]


def at_terminal(command, press_at=None):
    """Runs at a terminal; presses Ctrl+C once it shows something. Gives the status and what it showed."""
    keyboard, screen = pty.openpty()

    def take_terminal():
        fcntl.ioctl(screen, termios.TIOCSCTTY, 0)

    process = subprocess.Popen(command, stdin=screen, stdout=subprocess.DEVNULL, stderr=screen,
                               start_new_session=True, preexec_fn=take_terminal)
    os.close(screen)
    shown = b''
    pressed = False
    while True:
        try:
            more = os.read(keyboard, 4096)
        except OSError:  # nobody holds the screen any more
            break
        if not more:
            break
        shown += more
        if press_at is not None and not pressed and press_at.search(shown.decode(errors='replace')):
            os.write(keyboard, CTRL_C)
            pressed = True
    os.close(keyboard)
    assert pressed or press_at is None, f'never shown: {shown.decode()}'
    return process.wait(), shown.decode()


def check_stopped(database, status, shown):
    assert status == 2, f'exit {status}: {shown}'
    assert 'Stopped. Nothing was stored or written.' in shown, shown
    for table in ('subsidy_batch', 'subsidy_case', 'subsidy_revision', 'subsidy_key'):
        assert count(database, table) == 0, table
    done = subprocess.run([SHANYECTL, '--database', database, 'journal', 'verify'],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_ctrl_c_while_deciding():
    database = register('deciding')
    sheet = write_sheet('deciding', 60000)
    status, shown = at_terminal(words(sheet, database, '--commit'), press_at=PROGRESS)
    check_stopped(database, status, shown)
    # The line is taken away before the program says anything else.
    assert re.search(r'left.*\r\x1b\[K[^\r]*Stopped', shown, re.S), repr(shown[-300:])


def test_ctrl_c_while_storing():
    database = register('storing')
    sheet = write_sheet('storing', 15000)
    status, shown = at_terminal(words(sheet, database, '--commit'), press_at=STORING)
    check_stopped(database, status, shown)
    short = write_sheet('short', 3)
    done = subprocess.run(words(short, database, '--commit'), capture_output=True, text=True, check=False)
    assert done.returncode == 0 and count(database, 'subsidy_case') == 3, done.stderr


def test_no_progress_without_a_terminal():
    sheet = write_sheet('quiet', 20000)
    done = subprocess.run(words(sheet, register('quiet')), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '\r' not in done.stderr and '\x1b' not in done.stderr, repr(done.stderr)
    assert done.stdout.count('\n') == 20001 and '\n20000 applications: ' in done.stdout, done.stdout[-200:]


def test_a_row_has_a_budget():
    sheet = write_sheet('costly', 3, names=['张', '贵', '李'])
    done = subprocess.run(words(sheet, register('costly'), '--json'), capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout)['rows']
    assert [row['outcome'] for row in rows] == ['eligible', 'person', 'eligible'], rows
    assert 'steps' in rows[1]['criteria'][0]['reason'], rows[1]['criteria'][0]


def test_a_pipe_is_refused():
    database = register('pipe')
    fifo = FOLDER / 'fifo.csv'
    os.mkfifo(fifo)
    for sheet, given in ((fifo, None), ('/dev/stdin', write_sheet('given', 3).read_text())):
        done = subprocess.run(words(sheet, database), input=given, capture_output=True, text=True,
                              check=False)
        assert done.returncode == 2 and 'pipe' in done.stderr, f'{done.returncode}: {done.stderr}'


PACK.write_text(json.dumps(pack(), ensure_ascii=False), encoding='utf-8')
tap.run(globals(), FOLDER)
