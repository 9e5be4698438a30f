#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a library shows: the functions of its public headers, as a version script of the linker.

usage: exports.py HEADER…
"""
import re
import sys


def functions_of(header):
    with open(header, encoding='utf-8') as file:
        text = re.sub(r'/\*.*?\*/', '', file.read(), flags=re.S)
    yield from (prefix + '_get_type' for prefix in
                re.findall(r'\bG_DECLARE_\w+\s*\(\s*\w+,\s*(\w+)', text))
    yield from re.findall(r'\b(shy_\w+)\s*\(', text)


def main():
    names = sorted({name for header in sys.argv[1:] for name in functions_of(header)})
    print('{\n  global:')
    for name in names:
        print(f'    {name};')
    print('  local: *;\n};')


main()
