#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An IT person's first service: connected, pulled from a province on loopback, its rows looked at."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import desk

PROGRAM, SHANYECTL, _, PROVINCE = sys.argv[1:5]
SERVICE = 'zj-open-jobfair'
ROWS = 230
FOLDER = pathlib.Path(tempfile.mkdtemp(prefix='shanye-'))
DATABASE = FOLDER / 'shanye.db'
KEYS = FOLDER / 'keys.json'


class Province:
    """The sample province, on a free port; ends with the `with` block."""

    def __enter__(self):
        self.process = subprocess.Popen(
            [PROVINCE, '--rows', str(ROWS), '--port', '0', '--secret-file', str(KEYS)],
            stdout=subprocess.PIPE, text=True)
        return self.process.stdout.readline().strip()

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(10)


def shanyectl(*arguments):
    done = subprocess.run([SHANYECTL, 'service', *arguments, '--database', str(DATABASE)],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def connect(base):
    """Connects a shipped service at the province: plain HTTP has to be allowed."""
    shipped = pathlib.Path(os.environ['SHANYE_DATA_DIR'], 'services', f'{SERVICE}.json')
    description = json.loads(shipped.read_text('utf-8'))
    description['requester'].update(url_base=base, allow_insecure_http=True)
    mine = FOLDER / f'{SERVICE}.json'
    mine.write_text(json.dumps(description, ensure_ascii=False), 'utf-8')
    shanyectl('add', str(mine))
    for name, value in json.loads(KEYS.read_text('utf-8'))[SERVICE].items():
        variable = f'SHANYE_SECRET_{SERVICE}_{name}'.upper().replace('-', '_')
        os.environ[variable] = value


def named(program):
    unnamed = program.without_a_name()
    assert not unnamed, unnamed


def pulls_and_looks_at_rows():
    with Province() as base:
        connect(base)
        with desk.Program(PROGRAM, '--database', str(DATABASE)) as program:
            program.click('list item', '数据服务')
            program.find('label', '从未拉取')
            named(program)
            program.click('push button', '立即拉取')
            program.find('label', f'{ROWS} 行')

            program.click('list item', '浙江数据开放·招聘会')
            program.find('label', '自动拉取')
            named(program)
            program.click('push button', '查看数据')
            table = program.find('tree table', '数据流的数据')
            program.find('label', '样例', within=table)
            named(program)
            program.type(program.find('entry', '搜索列表'), 'ZPH000000007')
            program.find('label', '1 / ')
    rows = shanyectl('rows', 'job_fair').splitlines()
    assert len(rows) >= ROWS, len(rows)


def says_what_waits():
    """Without a key the pull fails, and the page of today says so."""
    os.environ.pop('SHANYE_SECRET_ZJ_OPEN_JOBFAIR_APPSECRET')
    with desk.Program(PROGRAM, '--database', str(DATABASE)) as program:
        program.click('list item', '数据服务')
        program.click('push button', '立即拉取')
        program.find('label', '尚未设置')
        program.click('list item', '今日待办')
        program.find('label', '出现异常的数据服务')


if __name__ == '__main__':
    sys.exit(desk.run(pulls_and_looks_at_rows, says_what_waits))
