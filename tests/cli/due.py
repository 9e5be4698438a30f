#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""“service pull --due” as a timer calls it, with a clock of the test's and a gateway on loopback: it
pulls what the schedule asks for and nothing else, beside others, and says so. As TAP.
"""
import datetime
import http.server
import json
import os
import subprocess
import sys
import threading

import tap

SHANYECTL, PRELOAD = sys.argv[1:3]
FOLDER = tap.new_home('due')
DATABASE = FOLDER / 'shanye.db'
KEYS = FOLDER / 'keys.json'
KEYS.write_text('{"locked": {"key": "invented"}}')
KEYS.chmod(0o600)


class Gateway(http.server.ThreadingHTTPServer):
    """Counts what it is asked for by path, and answers with so many rows."""

    def __init__(self):
        super().__init__(('127.0.0.1', 0), Handler)
        self.hits = {}
        self.rows = 200
        self.clock = 0
        self.broken = False
        self.open = threading.Event()
        self.open.set()
        self.asked = threading.Event()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        gateway = self.server
        gateway.hits[self.path] = gateway.hits.get(self.path, 0) + 1
        gateway.asked.set()
        gateway.open.wait(60)
        body = json.dumps({'rows': [{'id': str(i)} for i in range(gateway.rows)]}).encode()
        self.send_response(500 if gateway.broken else 200)
        self.send_header('Content-Type', 'application/json')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def date_time_string(self, timestamp=None):
        return super().date_time_string(self.server.clock)

    def log_message(self, *words):
        pass


GATEWAY = Gateway()


def describe(ident, streams, config=()):
    """Writes a description; returns its file."""
    path = FOLDER / f'{ident}.json'
    path.write_text(json.dumps({
        'wsd': 1, 'id': ident, 'title': ident, 'config': list(config),
        'transport': {'allow_insecure_http': True},
        'requester': {'url_base': f'http://127.0.0.1:{GATEWAY.server_port}', 'path': '/x'},
        'error_handler': {'max_retries': 0},
        'streams': [{
            'name': name, 'title': name, 'primary_key': ['id'], 'min_complete_ratio': 0.5,
            'requester': {'path': f'/{ident}/{name}'},
            'record_selector': {'records': '$.rows[*]'},
            'fields': [{'name': 'id', 'from': ['id'], 'type': 'text', 'required': True}],
        } for name in streams],
    }), encoding='utf-8')
    return path


def at(day, clock):
    """A moment in Zhejiang, in seconds."""
    zone = datetime.timezone(datetime.timedelta(hours=8))
    return str(int(datetime.datetime.fromisoformat(f'{day}T{clock}:00').replace(tzinfo=zone)
                   .timestamp()))


def start(when, *words):
    GATEWAY.clock = int(when)
    return subprocess.Popen(
        [SHANYECTL, 'service', *map(str, words), '--database', DATABASE],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, 'LD_PRELOAD': PRELOAD, 'SHANYE_TEST_CLOCK': when})


def finish(process, status):
    out, err = process.communicate(timeout=120)
    assert process.returncode == status, f'{process.args}: exit {process.returncode}: {out}{err}'
    return out + err


def call(when, *words, status=0):
    return finish(start(when, *words), status)


def expect(text, *parts):
    for part in parts:
        assert part in text, f'no “{part}” in: {text}'


def count(path):
    return GATEWAY.hits.get(path, 0)


MONDAY = '2025-06-30'


def test_no_database():
    expect(call(at(MONDAY, '09:00'), 'pull', '--due'), 'Nothing is due: there is no database yet.')
    assert not DATABASE.exists()


def test_first_pull_is_a_person_s():
    call(at(MONDAY, '09:00'), 'add', describe('fair', ['one']))
    expect(call(at(MONDAY, '09:05'), 'pull', '--due'), 'Nothing is due')
    assert count('/fair/one') == 0
    call(at(MONDAY, '10:00'), 'pull')
    assert count('/fair/one') == 1


def test_hours():
    """Four hours after the last, in the hours of working days."""
    said = call(at(MONDAY, '13:55'), 'pull', '--due')
    expect(said, f'The next pull is due at {MONDAY}T14:00:00+08:00')
    assert count('/fair/one') == 1
    expect(call(at(MONDAY, '14:01'), 'pull', '--due'), 'fair, one: 200 rows')
    assert count('/fair/one') == 2
    said = call(at(MONDAY, '18:30'), 'pull', '--due')
    expect(said, 'Nothing is due. The next pull is due at 2025-07-01T')
    call(at(MONDAY, '23:30'), 'pull', '--due')
    assert count('/fair/one') == 2
    call(at('2025-07-04', '11:00'), 'pull', '--due')
    assert count('/fair/one') == 3
    expect(call(at('2025-07-05', '11:00'), 'pull', '--due'), 'due at 2025-07-07T')  # a Saturday
    assert count('/fair/one') == 3


def test_not_automatic():
    call(at('2025-07-07', '09:00'), 'option', 'fair', 'automatic', 'no')
    expect(call(at('2025-07-07', '11:00'), 'pull', '--due'), 'no service is pulled automatically')
    call(at('2025-07-07', '09:00'), 'option', 'fair', 'automatic', 'yes')
    assert count('/fair/one') == 3


def test_back_off():
    """Five minutes after a failure, then ten; what was there stays."""
    GATEWAY.broken = True
    expect(call(at('2025-07-07', '11:00'), 'pull', '--due', status=1), 'fair, one: ', '500')
    expect(call(at('2025-07-07', '11:04'), 'pull', '--due'), 'due at 2025-07-07T11:05:00')
    assert count('/fair/one') == 4
    call(at('2025-07-07', '11:06'), 'pull', '--due', status=1)
    expect(call(at('2025-07-07', '11:12'), 'pull', '--due'), 'due at 2025-07-07T11:16:00')
    assert count('/fair/one') == 5
    GATEWAY.broken = False
    expect(call(at('2025-07-07', '11:17'), 'pull', '--due'), 'fair, one: 200 rows')
    assert count('/fair/one') == 6


def test_held():
    """What waits for a person is told of once, and not pulled again."""
    GATEWAY.rows = 1
    said = call(at('2025-07-08', '10:00'), 'pull', '--due', status=1)
    assert count('/fair/one') == 7, said
    call(at('2025-07-08', '15:00'), 'pull', '--due')
    assert count('/fair/one') == 7
    GATEWAY.rows = 200
    call(at('2025-07-08', '15:01'), 'discard', 'fair')


def test_missing_key():
    """A service without its key is told of and left alone; the others are pulled."""
    call(at('2025-07-08', '16:00'), 'add',
         describe('locked', ['one'], [{'name': 'key', 'title': '钥匙', 'secret': True}]))
    call(at('2025-07-08', '16:00'), 'pull', 'locked', '--secret-file', KEYS)
    said = call(at('2025-07-09', '10:00'), 'pull', '--due', status=1)
    expect(said, 'locked: not pulled, for 钥匙 is missing', 'fair, one: 200 rows')
    assert count('/locked/one') == 1 and count('/fair/one') == 8
    expect(call(at('2025-07-09', '10:00'), 'pull', '--due', '--secret-file', KEYS),
           'locked, one: ')
    assert count('/locked/one') == 2
    history = call(at('2025-07-09', '10:01'), 'history', 'locked')
    assert 'failed' not in history, history


def test_beside_another():
    """What another program pulls from is left to it."""
    call(at('2025-07-09', '10:10'), 'add', describe('pair', ['a', 'b']))
    call(at('2025-07-09', '10:10'), 'pull', 'pair')
    GATEWAY.asked.clear()
    GATEWAY.open.clear()
    when = at('2025-07-09', '14:11')
    other = start(when, 'pull', 'pair')
    assert GATEWAY.asked.wait(60)
    expect(call(when, 'pull', 'pair', '--due'), 'pair, b: ', 'is being pulled already')
    assert count('/pair/a') == 2 and count('/pair/b') == 1
    GATEWAY.open.set()
    finish(other, 0)
    expect(call(when, 'pull', 'pair', '--due'), 'Nothing is due. The next pull is due at ')
    assert count('/pair/a') == 2 and count('/pair/b') == 2


def test_bad_calls():
    for words in ['--full'], ['--accept'], ['--stream', 'a'], ['--url-base', 'http://127.0.0.1:1']:
        expect(call(at('2025-07-09', '15:00'), 'pull', '--due', *words, status=2),
               'It does not go with')
    expect(call(at('2025-07-09', '15:00'), 'pull', 'none', '--due', status=2), 'none')


tap.run(globals(), FOLDER)
