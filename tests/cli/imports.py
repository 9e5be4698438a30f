#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is taken in of a spreadsheet can be mended, sent back, found again and withdrawn.

usage: imports.py SHANYECTL SAMPLE
"""
import csv
import json
import subprocess
import sys

import tap

SHANYECTL, SAMPLE = sys.argv[1:3]
FOLDER = tap.new_home('imports')
POLICY = ('--policy', 'zj-postdoc-grant', '--on', '2025-06-30')


def call(*words, status=0):
    done = subprocess.run([SHANYECTL, *map(str, words)], capture_output=True, text=True, check=False)
    assert done.returncode == status, f'{done.returncode}: {done.stdout}{done.stderr}'
    return done.stdout + done.stderr


def test_rejected_rows_are_written_with_their_reasons():
    path = FOLDER / 'rejected.csv'
    call('check', SAMPLE, *POLICY, '--rejected', path, '--database', FOLDER / 'none.db')
    with path.open(encoding='utf-8-sig', newline='') as stream:
        rows = list(csv.reader(stream))
    assert len(rows) == 21, len(rows)
    assert all(row[-2] for row in rows), 'a row without a reason'


def test_a_mended_cell_is_judged_instead():
    output = FOLDER / 'mended.json'
    call('check', SAMPLE, *POLICY, '--mend', 'E9=', '--output', output, '--database', FOLDER / 'none.db')
    with output.open(encoding='utf-8') as stream:
        results = json.load(stream)
    row = next(row for row in results['rows'] if row['row'] == 9)
    assert results['notes']['mended'] == ['E9'], results['notes']['mended']
    assert row['outcome'] == 'rejected' and 'is missing' in row['reasons'][0]['message'], row['reasons']
    call('check', SAMPLE, *POLICY, '--mend', 'E1=x', '--database', FOLDER / 'none.db', status=2)


def test_a_batch_is_withdrawn_once():
    database = FOLDER / 'register.db'
    call('check', SAMPLE, *POLICY, '--commit', '--remember', 'form', '--database', database)
    assert 'form' in call('import', 'recipes', '--policy', POLICY[1], '--database', database)
    again = call('check', SAMPLE, *POLICY, '--commit', '--once', '--database', database, status=2)
    assert 'stored before' in again, again
    call('import', 'withdraw', '1', '--database', database, status=2)  # without a reason
    call('import', 'withdraw', '1', '--reason', 'the wrong month', '--database', database)
    call('import', 'withdraw', '1', '--reason', 'again', '--database', database, status=2)
    assert 'withdrawn on' in call('import', 'list', '--database', database)
    assert 'matched as “form”' in call('check', SAMPLE, *POLICY, '--commit', '--once', '--database', database)
    assert 'intact' in call('journal', 'verify', '--database', database)


tap.run(globals(), FOLDER)
