#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/samples against its generator: what is kept is what is made, twice the same; every
application has its expected outcome, no outcome is rare, and every county and trap occurs."""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
KEPT = pathlib.Path(os.environ['SHANYE_DATA_DIR'], 'samples')
NAME = 'postdoc-applications'
FILES = [f'{NAME}.xlsx', f'{NAME}.csv', f'{NAME}-40.xls', f'{NAME}.expected.json']
LEAST_OF_AN_OUTCOME = 15


def make(folder):
    subprocess.run([sys.executable, HERE / 'make-samples.py', folder], check=True)
    return {name: pathlib.Path(folder, name).read_bytes() for name in FILES}


def contents(path):
    """An xlsx by its parts: how they are packed may differ from one zlib to the next."""
    with zipfile.ZipFile(path) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]


def check_again(first, second):
    for name in FILES:
        if first[name] != second[name]:
            yield f'{name}: two runs give different bytes'


def check_kept(folder):
    for name in FILES:
        kept, made = KEPT / name, pathlib.Path(folder, name)
        read = contents if name.endswith('.xlsx') else pathlib.Path.read_bytes
        if read(kept) != read(made):
            yield f'{name}: run tests/samples/make-samples.py data/samples'


def check_outcomes(expected):
    totals = collections.Counter(row['outcome'] for row in expected['rows'])
    if totals != collections.Counter(expected['totals']):
        yield f'the totals {expected["totals"]} are not those of the rows'
    for outcome in ('eligible', 'not_eligible', 'materials', 'person', 'rejected'):
        if totals[outcome] < LEAST_OF_AN_OUTCOME:
            yield f'{outcome}: only {totals[outcome]} rows'
    if sum(totals.values()) != expected['applications'] or expected['applications'] != 300:
        yield f'{sum(totals.values())} rows, not 300'
    found = {row['county'] for row in expected['rows']
             if 'county' in row and row['tag'] != 'county-elsewhere'}
    if len(found) != 26:
        yield f'{len(found)} counties, not 26'


def check_rows(expected):
    """Every row below the header is an application once, or said to be none."""
    rows = [row['row'] for row in expected['rows']] + expected['not_applications']
    with zipfile.ZipFile(KEPT / f'{NAME}.xlsx') as package:
        sheet = package.read('xl/worksheets/sheet1.xml').decode()
    in_sheet = [int(part.split('"', 1)[0]) for part in sheet.split('<row r="')[1:]]
    below = [row for row in in_sheet if row > expected['header_row']]
    if sorted(rows) != sorted(below):
        yield f'rows of the sheet and of the expectation differ: {set(rows) ^ set(below)}'


def check_policy(expected):
    """What is expected is spoken of in words of the pack."""
    pack = json.loads((KEPT.parent / 'policies' / f'{expected["policy"]}.json').read_text('utf-8'))
    criteria = {criterion['id'] for criterion in pack['criteria']} | {'group', 'effective'}
    fields = {field['name'] for field in pack['fields']}
    for row in expected['rows']:
        if not set(row.get('criteria', [])) <= criteria:
            yield f'row {row["row"]}: the pack has no criterion {row["criteria"]}'
        if row.get('field', pack['subject']['person']) not in fields:
            yield f'row {row["row"]}: the pack has no field {row["field"]}'


def main():
    expected = json.loads((KEPT / f'{NAME}.expected.json').read_text('utf-8'))
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        results = [('twice-the-same', list(check_again(make(one), make(two)))),
                   ('kept', list(check_kept(one))),
                   ('outcomes', list(check_outcomes(expected))),
                   ('rows', list(check_rows(expected))),
                   ('policy', list(check_policy(expected)))]
    print(f'1..{len(results)}')
    for number, (name, found) in enumerate(results, 1):
        print(f'{"not " if found else ""}ok {number} - {name}')
        for line in found:
            print(f'# {line}')
    return int(any(found for _, found in results))


if __name__ == '__main__':
    sys.exit(main())
