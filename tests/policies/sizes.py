#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the size classes that packs share against the table of 工信部联企业〔2011〕300号, written
down once more and read in its own way: every bound of every industry, a little below, at it, above.

Usage: sizes.py SHANYECTL
"""

import itertools
import json
import os
import pathlib
import subprocess
import sys

PACK = pathlib.Path(os.environ['SHANYE_DATA_DIR'], 'policies', 'shared', 'size-300.json')
STEP = 1

# Persons, income, assets (10,000 yuan): a firm is large from all of the first on, medium from all
# of the second, small from all of the third, and else tiny. None: the figure does not count.
PERSONS, INCOME, ASSETS = '从业人员', '营业收入', '资产总额'
TABLE = {
    '农林牧渔业': {INCOME: (20000, 500, 50)},
    '工业': {PERSONS: (1000, 300, 20), INCOME: (40000, 2000, 300)},
    '建筑业': {INCOME: (80000, 6000, 300), ASSETS: (80000, 5000, 300)},
    '批发业': {PERSONS: (200, 20, 5), INCOME: (40000, 5000, 1000)},
    '零售业': {PERSONS: (300, 50, 10), INCOME: (20000, 500, 100)},
    '交通运输业': {PERSONS: (1000, 300, 20), INCOME: (30000, 3000, 200)},
    '仓储业': {PERSONS: (200, 100, 20), INCOME: (30000, 1000, 100)},
    '邮政业': {PERSONS: (1000, 300, 20), INCOME: (30000, 2000, 100)},
    '住宿业': {PERSONS: (300, 100, 10), INCOME: (10000, 2000, 100)},
    '餐饮业': {PERSONS: (300, 100, 10), INCOME: (10000, 2000, 100)},
    '信息传输业': {PERSONS: (2000, 100, 10), INCOME: (100000, 1000, 100)},
    '软件和信息技术服务业': {PERSONS: (300, 100, 10), INCOME: (10000, 1000, 50)},
    '房地产开发经营': {INCOME: (200000, 1000, 100), ASSETS: (10000, 5000, 2000)},
    '物业管理': {PERSONS: (1000, 300, 100), INCOME: (5000, 1000, 500)},
    '租赁和商务服务业': {PERSONS: (300, 100, 10), ASSETS: (120000, 8000, 100)},
    '其他未列明行业': {PERSONS: (300, 100, 10)},
}
CLASSES = ('大型', '中型', '小型')


def classify(bounds, figures):
    """One figure below its bound is enough to fall into the next class."""
    for level, name in enumerate(CLASSES):
        if all(figures[figure] >= bounds[figure][level] for figure in bounds):
            return name
    return '微型'


def trials(bounds):
    """Every figure of an industry a little below, at and above each of its bounds."""
    steps = [[bound + step for bound in bounds[figure] for step in (-STEP, 0, STEP)]
             for figure in bounds]
    return [dict(zip(bounds, values)) for values in itertools.product(*steps)]


def expression(derived, industry, asked):
    """One expression for all trials of an industry, so that the pack's are parsed once."""
    names = (PERSONS, INCOME, ASSETS)
    firms = ', '.join('[' + ', '.join(str(figures.get(name, 0)) for name in names) + ']'
                      for figures in asked)
    entries = [f'行业: "{industry}"'] + [f'{name}: f[{i}]' for i, name in enumerate(names, 1)]
    entries += [f'{part["name"]}: {part["expression"]}' for part in derived]
    return f'for f in [{firms}] return {{{", ".join(entries)}}}.规模'


def ask(program, derived):
    """Returns for each industry the classes that the pack finds."""
    lines = ''.join(json.dumps({'id': industry, 'expression':
                                expression(derived, industry, trials(bounds))}) + '\n'
                    for industry, bounds in TABLE.items())
    done = subprocess.run([program, 'feel', '--lines'], input=lines, text=True,
                          capture_output=True, check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    return {answer['id']: [item.get('text') for item in answer.get('items', [])]
            for answer in answers}


def differences(found):
    for industry, bounds in TABLE.items():
        for figures, size in itertools.zip_longest(trials(bounds), found.get(industry, [])):
            if figures is None or size != classify(bounds, figures):
                yield f'{industry} {figures}: {size}'


def main():
    found = ask(sys.argv[1], json.loads(PACK.read_text('utf-8'))['derived'])
    wrong = list(differences(found))
    count = sum(len(sizes) for sizes in found.values())
    print(f'1..1\n{"not " if wrong else ""}ok 1 - {count} sizes in {len(TABLE)} industries')
    for line in wrong[:10]:
        print(f'# {line}')
    return int(bool(wrong))


if __name__ == '__main__':
    sys.exit(main())
