#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the READMEs tell people to type is typed, line by line, by somebody who has nothing yet.
As TAP."""
import os
import pathlib
import re
import subprocess
import sys

import tap

SHANYECTL, SOURCE = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
FOLDER = tap.new_home('readme')


def blocks_of(name, language):
    text = (SOURCE / name).read_text(encoding='utf-8')
    return re.findall(rf'^```{language}\n(.*?)^```$', text, re.S | re.M)


def new_checkout(name):
    """A folder as people have it: `dev` and `data`."""
    folder = FOLDER / name
    folder.mkdir()
    (folder / 'data').symlink_to(SOURCE / 'data')
    (folder / 'dev').write_text(f'#!/bin/sh\n[ "$1" = ctl ] && shift && exec "{SHANYECTL}" "$@"\n',
                                encoding='utf-8')
    (folder / 'dev').chmod(0o755)
    os.environ['XDG_DATA_HOME'] = str(folder / 'home')
    return folder


def type_lines(name, folder):
    """Types what begins with “./dev ctl”; returns how many lines that were."""
    lines = [line for block in blocks_of(name, 'sh') for line in block.splitlines()
             if line.startswith('./dev ctl ')]
    for line in lines:
        done = subprocess.run(['sh', '-c', line], cwd=folder, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, f'{line}\n{done.stdout}{done.stderr}'
    return len(lines)


def test_first_steps():
    assert type_lines('README.md', new_checkout('first')) > 10


def test_a_policy_of_ones_own():
    folder = new_checkout('policy')
    pack = blocks_of('data/policies/README.md', 'json')[0]
    keys = SOURCE / 'tests' / 'data' / 'updates'
    signers = folder / 'home' / 'shanye' / 'signers'
    signers.mkdir(parents=True)
    (signers / '本单位.pem').write_bytes((keys / 'bureau.pem').read_bytes())
    later = pack.replace('"version": "2025.1"', '"version": "2025.2"')
    assert later != pack
    (folder / '新政策.json').write_text(pack, encoding='utf-8')
    (folder / '新版本.json').write_text(later, encoding='utf-8')
    (folder / '私钥.pem').write_bytes((keys / 'bureau-key.pem').read_bytes())
    assert type_lines('data/policies/README.md', folder) == 9


tap.run(globals(), FOLDER)
