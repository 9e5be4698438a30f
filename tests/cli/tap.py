# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the verbs share: a home of their own, and their results as TAP."""
import os
import pathlib
import shutil
import sys
import tempfile
import traceback


def new_home(name):
    """A folder in which the program keeps what it keeps at home; run() takes it away."""
    folder = pathlib.Path(tempfile.mkdtemp(prefix=f'shanye-{name}-'))
    for variable in 'DATA', 'STATE', 'CONFIG', 'CACHE':
        os.environ[f'XDG_{variable}_HOME'] = str(folder / variable.lower())
    return folder


def run(names, folder):
    """Runs each function of a module that is called test_…, in their order, and ends the process."""
    tests = [(name, test) for name, test in names.items() if name.startswith('test_')]
    failed = not tests
    print(f'1..{len(tests)}')
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} {name}', flush=True)
        except Exception:  # pylint: disable=broad-except
            failed = True
            print(f'not ok {number} {name}\n# ' + traceback.format_exc().replace('\n', '\n# '),
                  flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    sys.exit(failed)
