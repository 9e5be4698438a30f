#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The first issue's whole work while the province is not there, and while it goes away.

The 300 applications of the sample are checked, imported, exported and proved by the journal, with
the province never started, stopped after a pull, and killed in the middle of one. Each time the
verdicts are those of the sample, and the rows of the last whole pull are untouched. As TAP.
"""
import collections
import csv
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile

SHANYECTL, PROVINCE, SAMPLE = sys.argv[1:4]
EXPECTED = json.loads(pathlib.Path(SAMPLE).with_suffix('.expected.json').read_text('utf-8'))
SERVICE, STREAM = 'hmac-offset-employers', 'agri_leader'
ROWS = 300
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix='shanye-gone-'))


def call(*words, database, status=0):
    done = subprocess.run([SHANYECTL, '--database', database, *words], capture_output=True,
                          text=True, check=False)
    assert done.returncode == status, f'{words}: exit {done.returncode}: {done.stderr}'
    return done


class Province:
    """The simulator, as long as the block lasts, or until it is stopped."""

    def __init__(self, *faults, port=0):
        self.keys = FOLDER / 'keys.json'
        words = [word for fault in faults for word in ('--fault', fault)]
        self.process = subprocess.Popen(
            [PROVINCE, '--rows', str(ROWS), '--port', str(port), '--secret-file', self.keys, *words],
            stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.stop()


def verdicts(rows):
    """What must be the same of each row: number, outcome, yuan."""
    return {row['number']: (row['outcome'],
                            row['amount'] if row['outcome'] == 'eligible' else None)
            for row in rows}


def let_counties_decide(database):
    """Enters the made-up decisions by which the counties of the sample pay the grant."""
    with open(pathlib.Path(SAMPLE).with_name('county-decisions.csv'), encoding='utf-8-sig') as rows:
        for row in list(csv.reader(rows))[1:]:
            call('setting', 'set', row[0], row[1], row[3], row[4], database=database)


def works_whole(database):
    """Everything of the first issue that a clerk does with the sample, on this database."""
    let_counties_decide(database)
    checked = json.loads(call('check', SAMPLE, '--policy', EXPECTED['policy'], '--on', EXPECTED['on'],
                              '--json', database=database).stdout)
    wanted = verdicts(EXPECTED['rows'])
    got = verdicts(checked['rows'])
    wrong = [(number, wanted[number], got.get(number)) for number in wanted
             if got.get(number) != wanted[number]]
    assert not wrong, f'{len(wrong)} of {len(wanted)}: {wrong[:3]}'
    assert collections.Counter(checked['totals']) == collections.Counter(EXPECTED['totals'])
    copy = pathlib.Path(database).with_suffix('.copy.db')
    call('check', SAMPLE, '--policy', EXPECTED['policy'], '--on', EXPECTED['on'], '--commit',
         database=copy)
    call('journal', 'verify', database=copy)
    call('todo', database=copy)
    call('policy', 'list', database=copy)


def rows_of(database):
    lines = call('service', 'rows', STREAM, '--json', database=database).stdout.splitlines()
    return sorted(json.dumps({name: value for name, value in json.loads(line).items()
                              if not name.startswith('_')}, sort_keys=True) for line in lines)


def pull_words(province):
    return ['service', 'pull', SERVICE, '--url-base', province.base, '--secret-file',
            str(province.keys)]


def describe():
    """The description that ships, but for its patience."""
    path = pathlib.Path(os.environ['SHANYE_DATA_DIR'], 'services', f'{SERVICE}.json')
    service = json.loads(path.read_text('utf-8'))
    service['transport']['requests_per_second'] = 0
    service['error_handler']['max_retries'] = 2
    service['error_handler']['backoff_strategies'] = [
        {'type': 'ConstantBackoffStrategy', 'seconds': 0.01}]
    file = FOLDER / path.name
    file.write_text(json.dumps(service, ensure_ascii=False), 'utf-8')
    return str(file)


def connected(name):
    """A database with the rows of one whole pull; the port they came from is not used again."""
    database = str(FOLDER / name)
    call('service', 'add', describe(), database=database)
    with Province() as province:
        call(*pull_words(province), database=database)
    rows = rows_of(database)
    assert len(rows) == ROWS, len(rows)
    return database, rows, province


def never_there():
    works_whole(str(FOLDER / 'never.db'))


def gone_after_a_pull():
    database, rows, province = connected('after.db')
    failed = call(*pull_words(province), database=database, status=1)
    assert '127.0.0.1' in failed.stderr, failed.stderr
    works_whole(database)
    assert rows_of(database) == rows
    call('service', 'list', database=database)


def goes_during_a_pull(how):
    """The second page drips, so that the end comes when a page is half there."""
    database, rows, _ = connected(f'during-{how.name}.db')
    with Province('F28-drip@2') as province:
        pull = subprocess.Popen([SHANYECTL, '--database', database, *pull_words(province), '--full'],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        wait_for_pull(database, pull)
        works_whole(database)
        province.stop(how)
        works_whole(database)
        _, complaint = pull.communicate()
    assert pull.returncode == 1, (pull.returncode, complaint)
    assert '127.0.0.1' in complaint, complaint
    assert rows_of(database) == rows
    works_whole(database)
    call('journal', 'verify', database=database)
    with Province() as province:
        call(*pull_words(province), database=database)
    assert rows_of(database) == rows


def wait_for_pull(database, pull):
    """Until the database says that a pull runs, which drips for as long as anybody likes."""
    while pull.poll() is None:
        if 'A pull runs.' in call('service', 'list', database=database).stdout:
            return
    raise AssertionError(f'the pull ended too early: {pull.communicate()}')


TESTS = [never_there, gone_after_a_pull,
         lambda: goes_during_a_pull(signal.SIGTERM), lambda: goes_during_a_pull(signal.SIGKILL)]
NAMES = ['never there', 'gone after a pull', 'ends during a pull', 'is killed during a pull']


def main():
    failed = False
    print(f'1..{len(TESTS)}')
    for number, (name, test) in enumerate(zip(NAMES, TESTS), 1):
        try:
            test()
            print(f'ok {number} - {name}', flush=True)
        except Exception as trouble:  # whatever it is, the others are still worth a run
            failed = True
            print(f'not ok {number} - {name}', flush=True)
            for line in f'{type(trouble).__name__}: {trouble}'.splitlines():
                print(f'# {line}')
    return int(failed)


if __name__ == '__main__':
    sys.exit(main())
