#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a person meets it first: it opens, speaks Chinese, and can be left."""
import sys
import tempfile

import desk

PROGRAM = sys.argv[1]


def started():
    folder = tempfile.mkdtemp(prefix='shanye-')
    return desk.Program(PROGRAM, '--database', f'{folder}/shanye.db')


def opens_on_what_waits():
    with started() as program:
        program.find('label', '今日待办')
        program.find('push button', '打开表格')


def names_every_control():
    with started() as program:
        program.find('label', '今日待办')
        unnamed = program.without_a_name()
        assert not unnamed, unnamed


def shows_preferences():
    with started() as program:
        program.find('label', '今日待办')
        program.keys('ctrl+comma')
        program.find('label', '插件')


if __name__ == '__main__':
    sys.exit(desk.run(opens_on_what_waits, names_every_control, shows_preferences))
