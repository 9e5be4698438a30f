#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An attacker with the sqlite3 shell, and a disk that fails: nothing that is stored may be changed,
removed or added without “journal verify” naming it.

The sample is committed by the program as people run it; then the file is changed behind its back, in
each case on a copy of its own. As TAP.
"""
import csv
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import zlib

import tap

SHANYECTL, SAMPLE = sys.argv[1:3]
FOLDER = tap.new_home('tamper')
WHOLE = FOLDER / 'whole.db'
POLICY = 'zj-postdoc-grant'
UNBOUND = {'shy_bound', 'shy_bound_head', 'shy_journal', 'shy_journal_head', 'shy_generation',
           'shy_landed_row', 'shy_landed_shape', 'shy_notice', 'shy_pull', 'shy_service_lock',
           'shy_stream', 'subsidy_key', 'subsidy_key_field', 'subsidy_key_secret', 'shy_search_key',
           'subsidy_search', 'subsidy_search_config', 'subsidy_search_data', 'subsidy_search_fill',
           'subsidy_search_idx'}


def call(*words, database, status=(0,)):
    done = subprocess.run([SHANYECTL, '--database', database, *words], capture_output=True,
                          text=True, check=False)
    assert done.returncode in status, f'{words}: exit {done.returncode}: {done.stderr}{done.stdout}'
    return done.stdout


def change(sql, parameters=(), name='changed.db'):
    """A copy of the database with something done to it."""
    path = FOLDER / name
    shutil.copy(WHOLE, path)
    with sqlite3.connect(path) as db:
        for statement in [sql] if isinstance(sql, str) else sql:
            db.execute(statement, parameters)
    db.close()
    return path


def verify(path, *words):
    return json.loads(call('journal', 'verify', '--json', *words, database=path, status=(0, 1)))


def assert_named(path, *parts, words=()):
    report = verify(path, *words)
    told = [f['sentence'] for f in report['findings']] + [report.get('reason', '')]
    assert not report['intact'], f'nothing was noticed, where {parts} should be'
    for part in parts:
        assert any(part in sentence for sentence in told), f'no “{part}” in {told}'
    return report


def test_intact():
    report = verify(WHOLE)
    assert report['intact'] and report['bound'] and not report['findings'], report


def test_a_case():
    for sql, parts in [
        ("UPDATE subsidy_case SET amount = 30000000 WHERE id = 12",
         ('Application 12: the amount that is stored (300,000.00) is not',)),
        ("UPDATE subsidy_case SET outcome = CASE outcome WHEN 'person' THEN 'materials' ELSE "
         "'person' END WHERE id = 12", ('Application 12: the outcome',)),
        ("UPDATE subsidy_case SET person = '330822199001011232' WHERE id = 12",
         ('Application 12: the person',)),
        (["CREATE TEMP TABLE swapped AS SELECT id, person FROM subsidy_case WHERE id IN (12, 13)",
          "UPDATE subsidy_case SET person = (SELECT person FROM swapped s WHERE s.id = 25 - "
          "subsidy_case.id) WHERE id IN (12, 13)"], ('Application 12', 'Application 13')),
        ("UPDATE subsidy_case SET decided_on = '2020-01-01' WHERE id = 12",
         ('Application 12: the day',)),
        ("UPDATE subsidy_case SET county = NULL WHERE id = 12", ('Application 12: the county',)),
        ("UPDATE subsidy_case SET policy_version = '9' WHERE id = 12", ('Application 12: the version',)),
        ("UPDATE subsidy_case SET employer = 'x' WHERE id = 12", ('Application 12: the employer',)),
        ("UPDATE subsidy_revision SET facts = replace(facts, '2', '3') WHERE case_id = 12",
         ('the facts that is stored is not',)),
        ("UPDATE subsidy_revision SET amount = amount + 1 WHERE case_id = 12", ('Decision',)),
        ("UPDATE subsidy_revision SET actor = 'x' WHERE case_id = 12", ('Decision',)),
        ("UPDATE subsidy_revision SET nonce = 'x' WHERE case_id = 12", ('Decision',)),
        ("UPDATE subsidy_revision SET case_id = 13, revision = 9 WHERE case_id = 12", ('Decision',)),
    ]:
        assert_named(change(sql), *parts)


def test_a_case_that_is_gone_or_invented():
    assert_named(change(["DELETE FROM subsidy_revision WHERE case_id = 12",
                         "DELETE FROM subsidy_case WHERE id = 12"]), 'Application 12 is missing')
    assert_named(change("INSERT INTO subsidy_case SELECT 9000, batch, row_number, policy, "
                        "policy_version, county, decided_on, outcome, amount, employer, name, pinyin, "
                        "initials, person, revision, changed_at, reason, withdrawn_at "
                        "FROM subsidy_case WHERE id = 12"), 'Application 9000 was never stored')
    assert_named(change("INSERT INTO subsidy_grant (id, policy, granted_on, amount, year) "
                        "VALUES (1, 'x', '2024-01-01', 1, 2024)"), 'Earlier grant 1 was never')


def test_what_decides():
    for sql, parts in [
        ("UPDATE shy_county_setting SET value = '1'", ('setting of a county', '最低社保月数')),
        ("DELETE FROM shy_county_setting", ('setting of a county', 'is missing')),
        ("INSERT INTO shy_county_setting (policy, county, name, value) VALUES ('x', '331123', 'y', '1')", ('was never stored',)),
        ("UPDATE subsidy_pack SET contents = replace(contents, '200000', '900000')",
         ('text of a policy',)),
        ("UPDATE shy_sequence SET last = 1 WHERE name = 'subsidy_case'", ('number given',)),
        ("DELETE FROM shy_personal_field WHERE table_name = 'subsidy_case'", ('is missing',)),
        ("INSERT INTO shy_unbound VALUES ('subsidy_case')", ('unprotected table', 'subsidy_case')),
        ("PRAGMA user_version = 7", ('its version 7',)),
    ]:
        assert_named(change(sql), *parts)
    call('journal', 'verify', database=change("UPDATE shy_migration SET digest = 'x'"), status=(2,))


def test_what_is_not_ours():
    for sql, parts in [
        ("CREATE TRIGGER richer AFTER INSERT ON subsidy_case BEGIN UPDATE subsidy_case SET amount = "
         "amount + 1; END", ('trigger “richer” does not belong',)),
        ("CREATE VIEW v AS SELECT * FROM subsidy_case", ('view “v” does not belong',)),
        ("CREATE TABLE other (a)", ('table “other” does not belong',)),
        ("CREATE INDEX other ON subsidy_case (amount)", ('index “other” does not belong',)),
        ("DROP TRIGGER shy_journal_no_update", ('“shy_journal_no_update” is missing',)),
        ("DROP INDEX subsidy_case_county", ('“subsidy_case_county” is missing',)),
        (["DROP TRIGGER shy_journal_no_delete", "CREATE TRIGGER shy_journal_no_delete BEFORE DELETE ON "
          "shy_journal BEGIN SELECT 1; END"], ('“shy_journal_no_delete” was changed',)),
        ("ALTER TABLE subsidy_case ADD COLUMN extra TEXT", ('“subsidy_case” was changed',)),
    ]:
        assert_named(change(sql), *parts)


def write_schema(path, kind, name, table, sql):
    """Writes into the schema by hand, where SQLite itself would refuse the name."""
    with sqlite3.connect(path) as db:
        version = db.execute('PRAGMA schema_version').fetchone()[0]
        db.execute('PRAGMA writable_schema = ON')
        db.execute('INSERT INTO sqlite_master VALUES (?, ?, ?, 0, ?)', (kind, name, table, sql))
        db.execute(f'PRAGMA schema_version = {version + 1}')
    db.close()
    return path


def test_a_trigger_that_writes_as_we_do():
    """A trigger changes nothing that this program stores, and is named whatever its name is."""
    body = 'AFTER INSERT ON subsidy_case BEGIN UPDATE subsidy_case SET amount = amount + 5; END'
    for name in 'sqlite_x', 'sqlite_autoindex_x_1', 'richer':
        path = write_schema(change('SELECT 1'), 'trigger', name, 'subsidy_case',
                            f'CREATE TRIGGER {name} {body}')
        with sqlite3.connect(path) as db:
            before = db.execute('SELECT id, amount FROM subsidy_case ORDER BY id').fetchall()
        db.close()
        call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=path)
        with sqlite3.connect(path) as db:
            after = db.execute('SELECT id, amount FROM subsidy_case ORDER BY id').fetchall()
        db.close()
        assert after[:len(before)] == before, f'{name} changed what was stored'
        assert all((amount or 0) % 100 == 0 for _, amount in after), f'{name} changed an amount'
        assert_named(path, f'trigger “{name}” does not belong')
    assert_named(write_schema(change('SELECT 1'), 'view', 'sqlite_y', 'sqlite_y',
                              'CREATE VIEW sqlite_y AS SELECT 1'), 'view “sqlite_y” does not belong')


def test_the_protection_is_taken_away():
    """Without the tables that bind the register nothing is decided or stored, and each is named."""
    changed = "UPDATE subsidy_case SET outcome = 'not_eligible', amount = 0"
    for tables in (('shy_unbound',), ('shy_bound',), ('shy_bound_head',), ('shy_schema',),
                   ('shy_unbound', 'shy_bound', 'shy_bound_head', 'shy_schema')):
        path = change([f'DROP TABLE {name}' for name in tables] + [changed])
        assert_named(path, *(f'“{name}”' for name in tables))
        for words in ((), ('--commit',)):
            done = subprocess.run([SHANYECTL, '--database', path, 'check', SAMPLE, '--policy', POLICY,
                                   '--on', '2025-06-30', *words], capture_output=True, text=True,
                                  check=False)
            assert done.returncode == 2 and 'another program removed it' in done.stderr, (tables, done)
    # Also where the note of the steps went with them.
    path = change(["DROP TABLE shy_unbound", "DROP TABLE shy_bound", "DROP TABLE shy_bound_head",
                   "DROP TABLE shy_schema", "DELETE FROM shy_migration WHERE component = 'core' AND "
                   "number >= 7", changed])
    assert_named(path, '“shy_unbound”')
    call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=path,
         status=(2,))


def test_who_knows_the_scheme():
    """Changes the digest with the row, then the entry with the digest, then the whole chain."""
    source = "SELECT digest FROM shy_bound WHERE source = 'subsidy_case' AND key = '13'"
    assert_named(change(["UPDATE subsidy_case SET amount = 1 WHERE id = 12",
                         f"UPDATE shy_bound SET digest = ({source}) WHERE source = 'subsidy_case' "
                         "AND key = '12'"]), 'digests that it binds were changed', 'Application 12')
    assert_named(change(["DELETE FROM subsidy_case WHERE id = 12",
                         "DELETE FROM shy_bound WHERE source = 'subsidy_case' AND key = '12'"]),
                 'digests that it binds were changed')
    assert_named(change("UPDATE shy_bound SET nonce = x'00112233445566778899aabbccddeeff' WHERE "
                        "source = 'subsidy_case' AND key = '12'"), 'Application 12')
    assert_named(change("INSERT INTO shy_bound VALUES (99, 'subsidy_case', '12', x'00', NULL, NULL)"),
                 'do not end where the journal ends')
    assert_named(change("UPDATE shy_bound_head SET change = 1"), 'do not end where the journal ends')


def test_a_noted_head():
    noted = call('journal', 'head', database=WHOLE).strip()
    number = int(noted.split(':')[0])
    early = json.loads(call('journal', 'list', '--json', database=WHOLE).splitlines()[0])
    assert verify(WHOLE, '--expect', noted)['intact']
    assert verify(WHOLE, '--expect', f"1:{early['hash']}")['intact'], 'a head of before is an ancestor'
    later = FOLDER / 'later.db'
    shutil.copy(WHOLE, later)
    call('setting', 'set', POLICY, '331123', '最低社保月数', '9', database=later)
    assert verify(later, '--expect', noted)['intact']

    # The tail goes with all that it bound: what is left is a whole register of yesterday.
    cut = change(["DROP TRIGGER shy_journal_no_delete", "DELETE FROM shy_journal WHERE number > 1",
                  "CREATE TRIGGER shy_journal_no_delete BEFORE DELETE ON shy_journal\nBEGIN\n"
                  "  SELECT RAISE(ABORT, 'the journal only grows');\nEND",
                  f"UPDATE shy_journal_head SET number = 1, hash = '{early['hash']}'",
                  "DELETE FROM shy_bound WHERE change > 1", "UPDATE shy_bound_head SET change = 1",
                  "DELETE FROM subsidy_revision", "DELETE FROM subsidy_case",
                  "DELETE FROM subsidy_batch", "DELETE FROM subsidy_pack",
                  "DELETE FROM shy_sequence WHERE name LIKE 'subsidy%'"])
    report = assert_named(cut, words=('--expect', noted))
    assert report['broken'] == 2 and number > 1, report


def test_flipped_bits():
    """One bit in each of the values that are stored, as a disk that fails would: all are noticed."""
    rng = random.Random(7)
    with sqlite3.connect(WHOLE) as db:
        tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' "
                                               "AND name NOT LIKE 'sqlite_%' ORDER BY name")]
        places = []
        newest = set(db.execute('SELECT MAX(change), source, key FROM shy_bound GROUP BY source, key'))
        for table in tables:
            if table in UNBOUND - {'shy_journal', 'shy_bound'}:
                continue
            columns = [row[1] for row in db.execute(f'PRAGMA table_info({table})')]
            rows = db.execute(f'SELECT * FROM {table}').fetchall()
            for column in range(len(columns)):
                filled = [row for row in rows if row[column] not in (None, '', b'')]
                for row in rng.sample(filled, min(3, len(filled))):
                    places.append((table, columns, column, row))
    db.close()
    flipped = 0
    for table, columns, column, row in places:
        if table == 'shy_sequence' and row[0].startswith('changes of'):
            continue
        if (table, columns[column]) == ('shy_bound', 'nonce') and tuple(row[:3]) not in newest:
            continue  # of a row that has another digest since
        value = flip(rng, row[column])
        where = ' AND '.join(f'"{name}" IS ?' for name in columns)
        path = FOLDER / 'flipped.db'
        shutil.copy(WHOLE, path)
        with sqlite3.connect(path) as db:
            db.executescript('DROP TRIGGER shy_journal_no_update;')
            db.execute('PRAGMA ignore_check_constraints = ON')
            done = db.execute(f'UPDATE OR IGNORE "{table}" SET "{columns[column]}" = ? WHERE {where}',
                              (value, *row)).rowcount
            db.executescript("CREATE TRIGGER shy_journal_no_update BEFORE UPDATE ON shy_journal\n"
                             "BEGIN\n  SELECT RAISE(ABORT, 'the journal only grows');\nEND;")
        db.close()
        if done == 0:
            continue
        flipped += 1
        # A mark only helps to name the column; digest and entry prove without it.
        if (table, columns[column]) == ('shy_bound', 'marks'):
            continue
        done = subprocess.run([SHANYECTL, '--database', path, 'journal', 'verify'],
                              capture_output=True, text=True, check=False)
        assert done.returncode != 0, f'{table}.{columns[column]}: {row[column]!r} → {value!r}'
    assert flipped > 100, flipped
    print(f'# {flipped} bits flipped, all noticed')


def flip(rng, value):
    if isinstance(value, int):
        return value ^ 1 << rng.randrange(0, 20)
    data = bytearray(value if isinstance(value, bytes) else value.encode())
    # In the last byte of a character bit 0 leaves the text a text.
    place = rng.randrange(len(data))
    data[place] ^= 1
    if isinstance(value, bytes):
        return bytes(data)
    return data.decode('utf-8', 'replace')


def test_what_was_changed_decides_nothing():
    """A grant that was hidden, or changed, is no ground for another: nobody is eligible by it."""
    def outcome(path, row):
        text = call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--json', database=path)
        return {r['row']: r['outcome'] for r in json.loads(text)['rows']}[row]

    with sqlite3.connect(WHOLE) as db:
        case, row = db.execute("SELECT id, row_number FROM subsidy_case WHERE outcome = 'eligible' "
                               "LIMIT 1").fetchone()
    db.close()
    for sql in (f"UPDATE subsidy_case SET outcome = 'not_eligible' WHERE id = {case}",
                f"UPDATE subsidy_case SET decided_on = '2031-01-01' WHERE id = {case}",
                f"UPDATE subsidy_revision SET verdict = verdict || ' ' WHERE case_id = {case}",
                f"DELETE FROM subsidy_revision WHERE case_id = {case}",
                f"UPDATE subsidy_revision SET revision = 7 WHERE case_id = {case}",
                [f"UPDATE subsidy_case SET outcome = 'not_eligible' WHERE id = {case}",
                 "INSERT INTO shy_unbound VALUES ('subsidy_case')"]):
        assert outcome(change(sql), row) == 'person', (sql, outcome(change(sql), row))


def test_what_is_packed_was_changed():
    """Decisions are stored as what differs from a dictionary: of neither a byte may change, and the
    dictionary may not be exchanged or go."""
    def run(*words):
        done = subprocess.run([SHANYECTL, '--database', path, *words], capture_output=True, text=True,
                              check=False)
        return done

    with sqlite3.connect(WHOLE) as db:
        case, row = db.execute("SELECT id, row_number FROM subsidy_case WHERE outcome = 'eligible' "
                               "LIMIT 1").fetchone()
        facts, = db.execute('SELECT facts FROM subsidy_revision WHERE case_id = ?', (case,)).fetchone()
        adler = int.from_bytes(facts[2:6], 'big')  # of the dictionary, RFC 1950 2.2
        words, = db.execute('SELECT contents FROM subsidy_dictionary WHERE adler = ?',
                            (adler,)).fetchone()
    db.close()
    other = bytearray(facts)
    other[len(other) // 2] ^= 4
    # As long, and with the same sum of Adler-32: one character up and two down, at equal distances.
    place = next(i for i in range(len(words) - 4)
                 if all(c.isascii() and c.isalpha() for c in words[i:i + 3]))
    swapped = (words[:place] + chr(ord(words[place]) + 1) + chr(ord(words[place + 1]) - 2) +
               chr(ord(words[place + 2]) + 1) + words[place + 3:])
    assert zlib.adler32(words.encode()) == zlib.adler32(swapped.encode())
    for sql, parameters in [
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', (bytes(other), case)),
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', (facts[:-1], case)),
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', (b'', case)),
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', ('', case)),
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', ('{}[', case)),
        ('UPDATE subsidy_revision SET facts = ? WHERE case_id = ?', ('7', case)),
        ('UPDATE subsidy_dictionary SET contents = ? WHERE adler = ?', (swapped, adler)),
        ('UPDATE subsidy_dictionary SET adler = adler + 1', ()),
        ('DELETE FROM subsidy_dictionary', ()),
    ]:
        path = change(sql, parameters)
        assert_named(path, 'dictionary' if 'dictionary' in sql else 'the facts')
        done = run('case', 'show', str(case))
        assert done.returncode != 0 and 'journal verify' in done.stderr, (sql, done)
        done = run('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--json')
        assert done.returncode == 0, (sql, done.stderr)
        assert {r['row']: r['outcome'] for r in json.loads(done.stdout)['rows']}[row] == 'person', sql


def test_a_setting_that_was_changed_decides_nothing():
    """A setting of a county that is not as it was stored is noticed when it is read, in check, explain,
    show and the list, and can be put right by setting it again."""
    facts = FOLDER / 'facts.json'
    facts.write_text('{}', 'utf-8')
    readers = [('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30'),
               ('setting', 'list', POLICY), ('policy', 'show', POLICY, '--county', '331123'),
               ('policy', 'explain', POLICY, '--county', '331123', '--facts', facts)]
    where = f"policy = '{POLICY}' AND county = '331123' AND name = '最低社保月数'"
    for sql in (f"UPDATE shy_county_setting SET value = '7' WHERE {where}",
                f"UPDATE shy_county_setting SET county = '331122' WHERE {where}",
                f"DELETE FROM shy_county_setting WHERE {where}",
                f"INSERT INTO shy_county_setting (policy, county, name, value) "
                f"SELECT policy, '331124', name, value FROM shy_county_setting WHERE {where}"):
        path = change(sql)
        for words in readers:
            done = subprocess.run([SHANYECTL, '--database', path, *words], capture_output=True,
                                  text=True, check=False)
            assert done.returncode == 2 and 'setting of a county' in done.stderr, (sql, words, done)
    path = change(f"UPDATE shy_county_setting SET value = '7' WHERE {where}")
    call('setting', 'set', POLICY, '331123', '最低社保月数', '6', database=path)
    call(*readers[1], database=path)
    # Taking back is no damage.
    call('setting', 'unset', POLICY, '331123', '最低社保月数', database=path)
    call(*readers[1], database=path)


def test_the_index_was_changed():
    """A key by which an earlier grant is found is missed, and nobody is granted by the gap."""
    row = "(SELECT rowid FROM subsidy_key LIMIT 1)"
    for sql in ("DELETE FROM subsidy_key", f"DELETE FROM subsidy_key WHERE rowid = {row}",
                f"UPDATE subsidy_key SET digest = digest + 1 WHERE rowid = {row}",
                "UPDATE subsidy_key_secret SET secret = 'x'", "DELETE FROM subsidy_key_secret",
                "DELETE FROM subsidy_key_field WHERE role = 'subject'",
                "INSERT INTO subsidy_key_field VALUES ('other', '证书', 'value')",
                "UPDATE subsidy_key_sum SET held = 0, sum = '0'", "DELETE FROM subsidy_key_sum"):
        path = change(sql)
        assert_named(path, 'ndex')
        text = call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', '--json',
                    database=path)
        assert not [r for r in json.loads(text)['rows'] if r['outcome'] == 'eligible'], sql
        assert_named(path, 'ndex')
    # What the program itself writes fits: also where a case is withdrawn and decided again.
    path = change('SELECT 1')
    call('case', 'withdraw', '5', '--reason', '虚构', database=path)
    call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=path)
    assert verify(path)['intact']


def test_nothing_to_guess_from():
    """No entry holds the digest of a thing that could be tried out, as an ID number."""
    text = call('journal', 'list', database=WHOLE)
    with sqlite3.connect(WHOLE) as db:
        for person, name in db.execute('SELECT person, name FROM subsidy_case'):
            assert person is None or person not in text
        nonces = db.execute('SELECT COUNT(*), COUNT(DISTINCT nonce) FROM shy_bound').fetchone()
    db.close()
    assert nonces[0] == nonces[1] > 0, nonces


call('setting', 'set', POLICY, '331123', '最低社保月数', '6', database=WHOLE)
with open(pathlib.Path(SAMPLE).with_name('county-decisions.csv'), encoding='utf-8-sig') as rows:
    for row in list(csv.reader(rows))[1:]:
        call('setting', 'set', row[0], row[1], row[3], row[4], database=WHOLE)
call('check', SAMPLE, '--policy', POLICY, '--on', '2025-06-30', '--commit', database=WHOLE,
     status=(0, 1))
tap.run(globals(), FOLDER)
