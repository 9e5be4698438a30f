#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the cases of finished `meson test` runs and prints `N passed, N failed[, N skipped]`.

Usage: summary.py BUILD_DIR...

A TAP program counts by its cases; one that crashed, timed out or planned more cases than it ran
counts as one failure more. A program of another protocol counts as one case. Exits 1 if a case
failed or none ran.
"""
import json
import pathlib
import re
import sys

CASE = re.compile(r'^(not )?ok\b[^\n]*?(#\s*SKIP\b[^\n]*)?$', re.MULTILINE | re.IGNORECASE)


def count(record):
    """Returns (passed, failed, skipped) of one program."""
    cases = CASE.findall(record.get('stdout') or '')
    passed = sum(1 for bad, skip in cases if not bad and not skip)
    skipped = sum(1 for bad, skip in cases if not bad and skip)
    failed = sum(1 for bad, _ in cases if bad)
    result = record['result']
    if not cases:
        return (int(result == 'OK'), int(result not in ('OK', 'SKIP')), int(result == 'SKIP'))
    if result not in ('OK', 'SKIP') and not failed:
        failed = 1
    return passed, failed, skipped


def main(builds):
    totals = [0, 0, 0]
    for build in builds:
        log = pathlib.Path(build, 'meson-logs', 'testlog.json')
        lines = log.read_text(encoding='utf-8').splitlines() if log.exists() else []
        for line in lines:
            record = json.loads(line)
            counts = count(record)
            totals = [a + b for a, b in zip(totals, counts)]
            if counts[1]:
                print(f'failed: {build}: {record["name"]}')
    tail = f', {totals[2]} skipped' if totals[2] else ''
    print(f'{totals[0]} passed, {totals[1]} failed{tail}')
    return 1 if totals[1] or not totals[0] else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
