#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program writes: never over something that nobody was asked about, for its owner alone, and
a database that is restored is there whole whatever stops it. As TAP.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import sqlite3
import stat
import subprocess
import sys
import time

import tap

SHANYECTL, SAMPLE, KILL_AT = sys.argv[1:4]
FOLDER = tap.new_home('files')
POLICY = 'zj-postdoc-grant'
SETTING = ('setting', 'set', POLICY, '331123', '最低社保月数')


def run(*words, database=None, env=None, umask=0o022, limit=None):
    def prepare():
        os.umask(umask)
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    database = ['--database', database] if database is not None else []
    return subprocess.run([SHANYECTL, *database, *words], capture_output=True, text=True, check=False,
                          env={**os.environ, **(env or {})}, preexec_fn=prepare)


def call(*words, status=0, **options):
    done = run(*words, **options)
    assert done.returncode == status, f'{words}: exit {done.returncode}: {done.stderr}{done.stdout}'
    return done


def mode(path):
    return stat.S_IMODE(os.lstat(path).st_mode)


def folder(name):
    path = FOLDER / name
    path.mkdir()
    return path


def check(sheet, output, *words, **options):
    return run('check', sheet, '--policy', POLICY, '--on', '2025-06-30', '--output', output, *words,
               database=FOLDER / 'none.db', **options)


def test_nothing_is_written_over():
    place = folder('over')
    sheet = shutil.copy(SAMPLE, place / 'sheet.csv')
    before = pathlib.Path(sheet).read_bytes()
    for ending in ('csv', 'xlsx', 'json'):
        output = place / f'result.{ending}'
        output.write_text('mine')
        assert check(sheet, output).returncode == 2 and output.read_text() == 'mine', ending
        assert check(sheet, output, '--force').returncode == 0 and output.read_bytes() != b'mine'
    link = place / 'hard.csv'
    os.link(sheet, link)
    (place / 'soft.csv').symlink_to(sheet)
    for name in (sheet, link, place / 'soft.csv', place / '..' / 'over' / 'sheet.csv'):
        for force in ((), ('--force',)):
            done = check(sheet, name, *force)
            assert done.returncode == 2 and pathlib.Path(sheet).read_bytes() == before, (name, force)
    assert 'is the file that is read' in done.stderr
    assert check(sheet, place, '--force').returncode == 2
    assert not [name for name in os.listdir(place) if name.startswith('.')], os.listdir(place)


def test_a_database_is_no_output():
    """Results never replace a database, whatever its name is and whatever is said."""
    place = folder('database')
    database, other = place / 'reg.csv', place / 'other.json'
    call(*SETTING, '6', database=database)
    call(*SETTING, '6', database=other)
    (place / 'link.csv').symlink_to(database)
    os.link(database, place / 'hard.xlsx')
    for name in ('reg.csv', 'other.json', 'link.csv', 'hard.xlsx'):
        for words in ((), ('--commit',)):
            done = run('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--output',
                       place / name, '--force', *words, database=database)
            assert done.returncode == 2 and 'is a database' in done.stderr, (name, done)
    for path in database, other:
        call('journal', 'verify', database=path)
        assert '331123' in call('setting', 'list', POLICY, database=path).stdout


def test_nothing_is_written_over_meanwhile():
    """What came there while the rows were stored stays, unless it is said that it may go."""
    place = folder('meanwhile')
    for ending in ('csv', 'xlsx', 'json'):
        database, output = place / f'{ending}.db', place / f'result.{ending}'
        call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=database)
        lock = sqlite3.connect(database, isolation_level=None)
        lock.execute('BEGIN IMMEDIATE')
        process = subprocess.Popen(
            [SHANYECTL, '--database', database, 'check', SAMPLE, '--policy', POLICY, '--on',
             '2025-06-30', '--commit', '--output', output],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        time.sleep(2)
        output.write_text('mine')
        lock.execute('ROLLBACK')
        lock.close()
        _, err = process.communicate()
        assert process.returncode == 2 and output.read_text() == 'mine', (ending, err)


def test_for_the_owner_alone():
    place = folder('mode')
    for ending in ('csv', 'xlsx', 'json'):
        for name in (f'new.{ending}', f'old.{ending}'):
            output = place / name
            if name.startswith('old'):
                output.write_text('open to all')
                os.chmod(output, 0o666)
            assert check(SAMPLE, output, '--force', umask=0).returncode == 0
            assert mode(output) == 0o600, (name, oct(mode(output)))
    elsewhere = folder('elsewhere') / 'target.json'
    elsewhere.write_text('kept')
    (place / 'link.json').symlink_to(elsewhere)
    assert check(SAMPLE, place / 'link.json', '--force').returncode == 0
    assert elsewhere.read_text() == 'kept' and not (place / 'link.json').is_symlink()

    database = place / 'shanye.db'
    call(*SETTING, '6', database=database, umask=0)
    assert mode(database) == 0o600
    call('database', 'backup', place / 'backup.db', database=database, umask=0)
    assert mode(place / 'backup.db') == 0o600
    os.chmod(database, 0o644)
    done = call(*SETTING, '7', database=database)
    assert 'could read the database' in done.stderr and mode(database) == 0o600, done.stderr


def test_a_full_disk_leaves_nothing():
    place = folder('full')
    for ending in ('csv', 'xlsx', 'json'):
        done = check(SAMPLE, place / f'result.{ending}', limit=8192)
        assert done.returncode == 2, (ending, done.stderr)
    assert os.listdir(place) == [], os.listdir(place)


def test_no_room_for_the_rows():
    """Decided rows are kept beside the database until all are: where they do not fit, that is said."""
    done = run('check', SAMPLE, '--policy', POLICY, limit=1 << 18)
    assert done.returncode == 2 and 'cannot be kept for a while' in done.stderr, done
    assert done.stdout == '', done.stdout


def make_pair(name):
    """A database with the setting 7 and a copy of it with the setting 6."""
    place = folder(name)
    database = place / 'shanye.db'
    call(*SETTING, '6', database=database)
    call('database', 'backup', place / 'copy.db', database=database)
    call(*SETTING, '7', database=database)
    return database, place / 'copy.db'


def value(database):
    call('database', 'check', database=database)
    call('journal', 'verify', database=database)
    return re.search('331123\t(.)', call('setting', 'list', POLICY, database=database).stdout).group(1)


def test_restore():
    database, copy = make_pair('restore')
    done = call('database', 'restore', copy, '--force', database=database)
    aside = re.search('“([^”]*replaced-[^”]*)”', done.stdout).group(1)
    assert value(database) == '6' and value(aside) == '7' and mode(database) == 0o600
    call('database', 'restore', database, database=database, status=2)
    assert value(database) == '6'


def test_restore_tells_what_it_loses():
    """A copy of yesterday forgets grants only if somebody wants it, and the journal says so."""
    place = folder('loses')
    database, copy = place / 'shanye.db', place / 'copy.db'
    call(*SETTING, '6', database=database)
    call('database', 'backup', copy, database=database)
    call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=database)
    with sqlite3.connect(database) as db:
        cases = db.execute('SELECT COUNT(*) FROM subsidy_case').fetchone()[0]
    db.close()
    head = call('journal', 'head', database=database).stdout.strip()
    number, digest = head.split(':')
    done = call('database', 'restore', copy, database=database, status=2)
    assert f'{int(number) - 1} entries' in done.stderr and f'{cases} applications' in done.stderr, done
    assert call('journal', 'head', database=database).stdout.strip() == head

    done = call('database', 'restore', copy, '--force', '--reason', '演练', database=database)
    assert f'{cases} applications' in done.stderr, done
    call('journal', 'verify', database=database)
    last = json.loads(call('journal', 'list', '--json', database=database).stdout.splitlines()[-1])
    assert last['action'] == 'register.restore' and last['details']['replaced_head'] == digest, last
    assert last['details']['reason'] == '演练' and last['details']['lost_applications'] == cases, last

    # The same again loses nothing but that note; a copy that holds more loses nothing.
    call('database', 'backup', place / 'later.db', database=database)
    call('database', 'restore', place / 'later.db', database=database)


def test_a_pipe_is_no_database():
    place = folder('pipe')
    os.mkfifo(place / 'pipe.db')
    call(*SETTING, '6', database=place / 'shanye.db')
    for words, database in ((('journal', 'verify'), 'pipe.db'), ((*SETTING, '6'), 'pipe.db'),
                            (('database', 'restore', place / 'pipe.db'), 'shanye.db'),
                            (('database', 'restore', place / 'shanye.db'), 'pipe.db')):
        done = call(*words, database=place / database, status=2)
        assert 'is a pipe' in done.stderr, (words, done)


def test_restore_refuses_while_it_is_open():
    database, copy = make_pair('open')
    holder = subprocess.Popen(
        [sys.executable, '-c', 'import sqlite3, sys; db = sqlite3.connect(sys.argv[1]); '
         'db.execute("SELECT COUNT(*) FROM shy_journal").fetchall(); print("open", flush=True); '
         'sys.stdin.read()', database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    holder.stdout.readline()
    done = call('database', 'restore', copy, database=database, status=2)
    assert str(holder.pid) in done.stderr, done.stderr
    assert 'python' in done.stderr, done.stderr
    holder.communicate('')
    assert value(database) == '7'
    assert sorted(os.listdir(database.parent)) == ['copy.db', 'shanye.db']
    call('database', 'restore', copy, '--force', database=database)


def test_restore_takes_the_log_with_it():
    """A program that was killed left what it stored in the log: the kept file has it."""
    database, copy = make_pair('log')
    subprocess.run([sys.executable, '-c', 'import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); '
                    'db.execute("PRAGMA wal_autocheckpoint = 0"); '
                    'db.execute("UPDATE shy_county_setting SET value = 8"); db.commit(); os._exit(0)',
                    database], check=True)
    assert os.path.getsize(f'{database}-wal') > 0
    done = call('database', 'restore', copy, '--force', database=database)
    aside = re.search('“([^”]*replaced-[^”]*)”', done.stdout).group(1)
    assert value(database) == '6'
    with sqlite3.connect(aside) as db:
        assert db.execute('SELECT value FROM shy_county_setting').fetchone() == ('8',)
    db.close()


def test_a_killed_restore_leaves_a_whole_database():
    """Killed before each of its steps in turn, until one comes to its end."""
    seen = set()
    for number in range(1, 2000):
        database, copy = make_pair('killed') if number == 1 else (database, copy)
        place = database.parent
        work = FOLDER / 'work'
        shutil.rmtree(work, ignore_errors=True)
        shutil.copytree(place, work)
        done = run('database', 'restore', work / 'copy.db', '--force', database=work / 'shanye.db',
                   env={'LD_PRELOAD': KILL_AT, 'SHANYE_KILL_AT': str(number)})
        assert (work / 'shanye.db').is_file(), f'nothing in its place after step {number}'
        now = value(work / 'shanye.db')
        assert now in '67', number
        seen.add(now)
        if done.returncode == 0:
            break
        assert done.returncode == -9, done
    assert number > 8 and done.returncode == 0 and seen == {'6', '7'}, (number, seen)
    print(f'# killed at {number - 1} steps')


def test_a_restore_without_room():
    database, copy = make_pair('room')
    for limit in (0, 4096, 65536):
        done = run('database', 'restore', copy, '--force', database=database, limit=limit)
        assert done.returncode == 2, limit
        assert value(database) == '7'
    assert sorted(os.listdir(database.parent)) == ['copy.db', 'shanye.db'], os.listdir(database.parent)


def test_a_backup_is_whole_or_not_there():
    database, _ = make_pair('backup')
    for number in range(1, 2000):
        target = FOLDER / f'backup-{number}.db'
        done = run('database', 'backup', target, database=database,
                   env={'LD_PRELOAD': KILL_AT, 'SHANYE_KILL_AT': str(number)})
        if target.exists():
            assert value(target) == '7'
        if done.returncode == 0:
            break
    assert number > 3 and target.exists()
    call('database', 'backup', target, database=database, status=2)


def test_why_a_file_cannot_be_used():
    """In the words of the program, with what to do; never in those of the system or of a library."""
    place = folder('why')
    (place / 'folder').mkdir()
    (place / 'dead').symlink_to(place / 'gone')
    (place / 'round').symlink_to(place / 'round')
    shutil.copy(SAMPLE, place / 'sheet.csv')
    os.chmod(shutil.copy(SAMPLE, place / 'locked.csv'), 0)
    gone, inside, dead = place / 'gone', place / 'folder', place / 'dead'
    beneath, missing = place / 'sheet.csv' / 'x', place / 'nowhere' / 'x'
    absent, link = 'does not exist. Choose another.', 'is a link to a file that is not there.'
    told = [(('check', gone, '--policy', POLICY), absent), (('check', beneath, '--policy', POLICY), absent),
            (('check', inside, '--policy', POLICY), 'is a folder. Choose a file in it.'),
            (('check', dead, '--policy', POLICY), link),
            (('check', place / 'round', '--policy', POLICY), link),
            (('check', SAMPLE, '--policy', POLICY, '--output', f'{missing}.csv'),
             'does not exist. Save it in another folder.'),
            (('database', 'backup', missing), 'does not exist. Save it in another folder.'),
            (('policy', 'adopt', gone, '--reason', 'x'), absent),
            (('policy', 'adopt', dead, '--reason', 'x'), link),
            (('policy', 'test', f'{gone}.json'), '(there is no such file or folder)'),
            (('policy', 'explain', POLICY, '--facts', gone), '(there is no such file or folder)'),
            (('update', 'import', inside), '(it is a folder and not a file)'),
            (('update', 'import', dead), '(it is a link that leads nowhere)'),
            (('update', 'sign', gone, '--key', inside), 'is a folder. Choose a file in it.'),
            (('feel', '1', '--context', inside), 'it is a folder and not a file')]
    if os.geteuid() != 0:  # who may everything is not kept from anything
        told.append((('check', place / 'locked.csv', '--policy', POLICY), 'You may not read the file'))
    call(*SETTING, '6', database=place / 'why.db')
    for words, sentence in told:
        done = call(*map(str, words), database=place / 'why.db', status=2)
        assert sentence in done.stderr, f'{words}: {done.stderr}'
    for database, words, sentence in (
            (inside, ('journal', 'head'), 'is a folder and no database.'),
            (missing, ('journal', 'head'), 'There is no database'),
            (beneath, (*SETTING, '6'), '(a part of the path is a file and not a folder)'),
            (place / 'sheet.csv', ('journal', 'head'), '(it holds no database)')):
        done = call(*words, database=database, status=2)
        assert sentence in done.stderr, f'{words}: {done.stderr}'


def test_no_core_files():
    limits = subprocess.run([SHANYECTL, 'todo', '--database', FOLDER / 'none.db'], check=False,
                            capture_output=True, env={**os.environ, 'LD_PRELOAD': ''})
    assert limits.returncode in (0, 1, 2)
    process = subprocess.Popen([SHANYECTL, 'feel', '--lines'], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    process.stdin.write('1 + 1\n')
    process.stdin.flush()
    process.stdout.readline()
    text = pathlib.Path(f'/proc/{process.pid}/limits').read_text('utf-8')
    status = pathlib.Path(f'/proc/{process.pid}/status').read_text('utf-8')
    process.communicate()
    assert re.search(r'Max core file size +0 +0 ', text), text
    assert 'Umask:\t0077' in status, status


tap.run(globals(), FOLDER)
