#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of the house that a machine can check, as TAP.

Every source with a translatable text is listed for translation, the Chinese is complete and
current, files and functions keep their size, and the top of the tree holds what it should.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
TOP = {'app', 'plugins', 'ui', 'data', 'po', 'tests', 'meson.build', 'meson_options.txt',
       'README.md', 'LICENSE', 'dev'}
BUILT = {'__pycache__'}
MOST_LINES_OF_A_FILE = 1000
MOST_LINES_OF_A_FUNCTION = 80
TRANSLATABLE = re.compile(r'(?<![\w"])(?:_|N_|C_|NC_|ngettext|g_dngettext) ?\(\s*"')


def sources(*endings):
    for folder in ('app', 'plugins', 'ui', 'data', 'tests'):
        for path in sorted((ROOT / folder).rglob('*')):
            if path.name.endswith(endings) and not BUILT & set(path.parts):
                yield path


def relative(path):
    return path.relative_to(ROOT).as_posix()


def check_top():
    for path in ROOT.iterdir():
        if path.name not in TOP and not path.name.startswith(('.', '_')):
            yield f'{path.name}: not an entry of the top folder'


def check_potfiles():
    listed = set((ROOT / 'po/POTFILES').read_text(encoding='utf-8').split())
    for path in sources('.c'):
        if relative(path).startswith('tests/'):
            continue
        if TRANSLATABLE.search(path.read_text(encoding='utf-8')) and relative(path) not in listed:
            yield f'{relative(path)}: has texts but is missing from po/POTFILES'
    for path in sources('.ui', '.desktop.in', '.metainfo.xml.in', '.gschema.xml'):
        text = path.read_text(encoding='utf-8')
        if relative(path).startswith('tests/') or relative(path) in listed:
            continue
        if 'translatable="yes"' in text or path.name.endswith('.desktop.in'):
            yield f'{relative(path)}: has texts but is missing from po/POTFILES'
    for name in listed:
        if not (ROOT / name).is_file():
            yield f'{name}: listed in po/POTFILES but does not exist'


def catalogue(path):
    """Returns {(context, id): translated?} of a catalogue; fuzzy counts as not translated."""
    done = subprocess.run(['msgattrib', '--translated', '--no-fuzzy', '--no-obsolete', path],
                          capture_output=True, text=True, check=True).stdout
    every = subprocess.run(['msgattrib', '--no-obsolete', path],
                           capture_output=True, text=True, check=True).stdout
    return entries(every), entries(done)


def entries(text):
    text = re.sub(r'"\n"', '', text)
    return set(re.findall(r'(?:^msgctxt "(.*)"\n)?^msgid "(.+)"$', text, re.MULTILINE))


def check_chinese():
    with tempfile.TemporaryDirectory() as folder:
        pot = pathlib.Path(folder, 'shanye.pot')
        subprocess.run(
            ['xgettext', '--files-from=po/POTFILES', '--from-code=UTF-8', '--output', pot,
             '--keyword=_', '--keyword=N_', '--keyword=C_:1c,2', '--keyword=NC_:1c,2',
             '--keyword=ngettext:1,2', '--keyword=g_dngettext:2,3', '--keyword=Description'],
            cwd=ROOT, check=True, stderr=subprocess.DEVNULL)
        wanted, _ = catalogue(pot)
    _, translated = catalogue(ROOT / 'po/zh_CN.po')
    for context, text in sorted(wanted - translated):
        yield f'po/zh_CN.po: missing or fuzzy: {text[:70]}'


# See po/README.
FORBIDDEN = ['台账', '登记簿', '案件', '个案', '份申报', '号申报', '补贴申报', '申报人', '重新认定',
             '哈希', '链头', 'NULL', 'stderr', 'token', 'sheet']
NUMBER = r'%(?:\d+\$)?[-0]*\d*(?:l|ll|z)?[dui]'
CRAMPED = re.compile(f'[\u4e00-\u9fff]{NUMBER}(?![年月日])|{NUMBER}(?![年月日])[\u4e00-\u9fff]|'
                     '%(?:[0-9][$])?s元')


def check_words():
    """One word for one thing, and numbers spaced one way."""
    chinese = False
    for number, line in enumerate((ROOT / 'po/zh_CN.po').read_text(encoding='utf-8').splitlines(), 1):
        chinese = line.startswith('msgstr') or chinese and line.startswith('"')
        if not chinese:
            continue
        for word in FORBIDDEN:
            if word in re.sub('--[a-z-]+', '', line):  # an option is called as it is typed
                yield f'po/zh_CN.po:{number}: says “{word}”, see po/README'
        if CRAMPED.search(line):
            yield f'po/zh_CN.po:{number}: a number without blanks beside it: {line[:70]}'


def check_sizes():
    for path in sources('.c', '.h', '.py'):
        lines = path.read_text(encoding='utf-8').splitlines()
        if len(lines) > MOST_LINES_OF_A_FILE:
            yield f'{relative(path)}: {len(lines)} lines, split it'
        if path.suffix == '.c':
            yield from long_functions(path, lines)


def long_functions(path, lines):
    start = None
    for number, line in enumerate(lines, 1):
        if line.startswith('{'):
            start = number
        elif line.startswith('}') and start is not None:
            if number - start > MOST_LINES_OF_A_FUNCTION:
                yield f'{relative(path)}:{start}: a function of {number - start} lines'
            start = None


CHECKS = [check_top, check_potfiles, check_chinese, check_words, check_sizes]


def main():
    print(f'1..{len(CHECKS)}')
    failed = False
    for number, check in enumerate(CHECKS, 1):
        found = list(check())
        failed = failed or bool(found)
        print(f'{"not " if found else ""}ok {number} - {check.__name__[6:]}')
        for line in found:
            print(f'# {line}')
    return int(failed)


if __name__ == '__main__':
    sys.exit(main())
