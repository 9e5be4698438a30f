#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""By whose word a policy decides: nothing that lies in a folder or stands in a database comes into force
by itself. As TAP.
"""
import csv
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys

import tap

SHANYECTL, SAMPLE, POLICIES = sys.argv[1:4]
FOLDER = tap.new_home('provenance')
HOME = FOLDER / 'data' / 'shanye' / 'policies'
POLICY = 'zj-postdoc-grant'
SHIPPED = pathlib.Path(POLICIES, POLICY + '.json')
TITLE = json.loads(SHIPPED.read_text('utf-8'))['title']['en']
VERSION = json.loads(SHIPPED.read_text('utf-8'))['version']


def call(*words, database, status=0):
    done = subprocess.run([SHANYECTL, '--database', database, *words], capture_output=True, text=True,
                          check=False)
    assert done.returncode == status, f'{words}: exit {done.returncode}: {done.stderr}{done.stdout}'
    return done


def check(database, policy=POLICY, *words, status=0):
    return call('check', SAMPLE, '--policy', policy, '--on', '2025-06-30', *words, database=database,
                status=status)


def listed(database):
    return {(p['id'], p['version']): p
            for p in json.loads(call('policy', 'list', '--json', database=database).stdout)}


def put(name, text):
    HOME.mkdir(parents=True, exist_ok=True)
    (HOME / name).write_text(text, 'utf-8')
    return HOME / name


def clear():
    shutil.rmtree(HOME, ignore_errors=True)


def local_pack():
    """A pack of the person's own: the shipped one under another id."""
    return SHIPPED.read_text('utf-8').replace(f'"{POLICY}"', '"own-grant"')


def test_shipped():
    clear()
    policy = listed(FOLDER / 'a.db')[POLICY, VERSION]
    assert policy['origin'] == 'shipped' and policy['signer'] is None and len(policy['digest']) == 64
    done = check(FOLDER / 'a.db')
    assert 'Shipped with the program, digest ' + policy['digest'] in done.stderr, done.stderr


def test_a_file_in_the_folder_decides_nothing():
    clear()
    path = put('own.json', local_pack())
    done = check(FOLDER / 'b.db', 'own-grant', '--commit', status=2)
    assert 'is not in force' in done.stderr and 'policy adopt' in done.stderr, done.stderr
    assert ('own-grant', VERSION) not in listed(FOLDER / 'b.db')
    # It can be tried.
    call('policy', 'test', path, database=FOLDER / 'b.db')
    call('policy', 'lint', path, database=FOLDER / 'b.db')


def test_nor_in_the_place_of_a_shipped_one():
    clear()
    put('same.json', SHIPPED.read_text('utf-8') + '\n')
    done = check(FOLDER / 'c.db')
    assert 'but is not that policy' in done.stderr, done.stderr
    assert listed(FOLDER / 'c.db')[POLICY, VERSION]['origin'] == 'shipped'


def test_adopted_it_decides_in_this_register_alone():
    clear()
    path = put('own.json', local_pack())
    database = FOLDER / 'd.db'
    call('policy', 'adopt', path, database=database, status=2)
    call('policy', 'adopt', path, '--reason', ' ', database=database, status=2)
    call('policy', 'adopt', path, '--reason', '县政府专题会议纪要', database=database)
    policy = listed(database)['own-grant', VERSION]
    assert policy['origin'] == 'local' and policy['adopted_by'], policy
    check(database, 'own-grant', '--commit')
    assert '县政府专题会议纪要' in call('journal', 'list', database=database).stdout
    call('journal', 'verify', database=database)
    check(FOLDER / 'other.db', 'own-grant', status=2)
    # Whoever changes the file afterwards changes what decides no longer.
    path.write_text(local_pack() + '\n', 'utf-8')
    check(database, 'own-grant', status=2)


def test_a_pack_from_elsewhere_is_copied():
    clear()
    elsewhere = FOLDER / 'elsewhere.json'
    elsewhere.write_text(local_pack(), 'utf-8')
    call('policy', 'adopt', elsewhere, '--reason', 'x', database=FOLDER / 'e.db')
    elsewhere.unlink()
    check(FOLDER / 'e.db', 'own-grant')


def test_a_broken_pack_is_not_adopted():
    clear()
    path = put('broken.json', local_pack().replace('"期满出站"', '"中途退站"'))
    done = subprocess.run([SHANYECTL, '--database', FOLDER / 'f.db', 'policy', 'adopt', path, '--reason',
                           'x'], capture_output=True, text=True, check=False)
    assert done.returncode != 0, done.stdout
    assert ('own-grant', VERSION) not in listed(FOLDER / 'f.db')


def test_a_row_from_elsewhere_brings_nothing():
    """A database that was restored says that a pack was adopted and an update accepted."""
    clear()
    path = put('own.json', local_pack())
    database = FOLDER / 'g.db'
    call('setting', 'set', POLICY, '331123', '最低社保月数', '6', database=database)
    import hashlib
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    content = local_pack().replace(f'"{VERSION}"', '"2031.1"')
    with sqlite3.connect(database) as db:
        db.execute("INSERT INTO shy_policy_adopted VALUES (1, ?, 'own-grant', ?, 'x', 'x', 'x')",
                   (digest, VERSION))
        db.execute("INSERT INTO shy_update (number, kind, id, version, content, signature, signer, "
                   "issued_at, digest, source, sample, state, received_at, decided_at, decided_by, "
                   "settled) VALUES (1, 'policy_pack', 'own-grant', '2031.1', ?, 'MEUCIQ==', ?, "
                   "'2025-01-01T00:00:00+08:00', ?, 'file', 0, 'accepted', 'x', 'x', 'x', 0)",
                   (content, '0' * 64, '1' * 64))
    db.close()
    check(database, 'own-grant', status=2)
    before = sorted(os.listdir(HOME))
    done = subprocess.run([SHANYECTL, '--database', database, 'update', 'revert', '7'],
                          capture_output=True, text=True, check=False)
    assert sorted(os.listdir(HOME)) == before, os.listdir(HOME)
    assert 'cannot be proved' in done.stderr, done.stderr
    assert ('own-grant', '2031.1') not in listed(database)


def members(told):
    return {name: told[name] for name in ('digest', 'origin', 'signer', 'adopted_by')}


def test_told_with_every_result():
    """The list, the result, each export and the stored case say by whose word, and by which text."""
    clear()
    path = put('own.json', local_pack())
    database = FOLDER / 'h.db'
    call('policy', 'adopt', path, '--reason', 'x', database=database)
    for policy, label in ((POLICY, 'Shipped with the program'), ('own-grant', 'Local, adopted by')):
        basis = members(listed(database)[policy, VERSION])
        out = FOLDER / policy
        done = check(database, policy, '--json', '--output', f'{out}.json', '--commit')
        assert f'{label}' in done.stderr and basis['digest'] in done.stderr, done.stderr
        assert members(json.loads(done.stdout)) == basis, done.stdout[:400]
        assert members(json.loads(pathlib.Path(f'{out}.json').read_text('utf-8'))) == basis
        check(database, policy, '--output', f'{out}.csv')
        with open(f'{out}.csv', encoding='utf-8-sig') as file:
            rows = list(csv.DictReader(file))
        assert rows and all(row['Digest of the policy'] == basis['digest'] and
                            row['Policy from'].startswith(label) and row['Version'] == VERSION
                            for row in rows), rows[0]
        number = 1 if policy == POLICY else max(
            row[0] for row in sqlite3.connect(database).execute('SELECT id FROM subsidy_case'))
        shown = json.loads(call('case', 'show', str(number), '--json', database=database).stdout)
        assert members(shown['as_decided']) == basis, shown['as_decided']
        assert members(shown['as_of_today']) == basis, shown['as_of_today']
        text = call('case', 'show', str(number), database=database).stdout
        assert text.count(f'Text of the policy: {label}') == 2, text
        assert text.count(f'digest {basis["digest"][:12]}') == 2, text
        # The policy by its title, as anybody calls it; its id is a word of those who write policies.
        assert text.count(f'by “{TITLE}” {VERSION}\n') == 2 and policy not in text, text
    # What decided stays as it was, whoever adopts or removes the pack afterwards.
    path.unlink()
    shown = json.loads(call('case', 'show', str(number), '--json', database=database).stdout)
    assert shown['as_decided']['origin'] == 'local' and shown['as_of_today'] is None, shown
    text = call('case', 'show', str(number), database=database).stdout
    assert f'by “{TITLE}” {VERSION}\n' in text, text
    call('journal', 'verify', database=database)


def test_a_file_is_not_in_force():
    """What “explain” and “show” say of a file that nobody activated is said of that file alone."""
    clear()
    path = put('own.json', local_pack())
    database = FOLDER / 'i.db'
    facts = FOLDER / 'facts.json'
    facts.write_text('{}', 'utf-8')
    words = ('explain', path, '--facts', facts, '--on', '2025-06-30')
    assert 'Not in force' in call('policy', *words, database=database, status=1).stdout
    assert 'Not in force' in call('policy', 'show', path, database=database).stdout
    told = json.loads(call('policy', *words, '--json', database=database, status=1).stdout)
    assert told['in_force'] is False and told['origin'] is None and len(told['digest']) == 64, told
    call('policy', 'adopt', path, '--reason', 'x', database=database)
    told = json.loads(call('policy', *words, '--json', database=database, status=1).stdout)
    assert told['in_force'] is True and told['origin'] == 'local', told
    words = ('explain', POLICY, '--facts', facts, '--on', '2025-06-30')
    told = json.loads(call('policy', *words, '--json', database=database, status=1).stdout)
    assert told['in_force'] is True and members(told) == members(listed(database)[POLICY, VERSION])
    assert 'Shipped with the program' in call('policy', *words, database=database, status=1).stdout
    # The same id and version, but another text: not what is in force.
    other = put('other.json', SHIPPED.read_text('utf-8') + '\n')
    assert 'Not in force' in call('policy', 'show', other, database=database).stdout


tap.run(globals(), FOLDER)
