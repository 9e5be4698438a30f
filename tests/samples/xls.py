# SPDX-License-Identifier: GPL-3.0-or-later
"""A small writer of old Excel files (BIFF8 in a compound file, [MS-XLS] and [MS-CFB]): one sheet of
the same cells that xlsx.py writes, values only."""

import struct

SECTOR = 512
FREE, END_OF_CHAIN, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
STYLES = {'plain': 15, 'title': 15, 'header': 15, 'text': 16, 'date': 17, 'date-cn': 18,
          'date-iso': 19}
FORMATS = ((49, None), (14, None), (176, 'yyyy"年"m"月"d"日"'), (177, 'yyyy\\-mm\\-dd'))
MOST_OF_A_RECORD = 8224


def record(kind, data=b''):
    return struct.pack('<HH', kind, len(data)) + data


def text(value, width='<H'):
    """A string as BIFF8 keeps it: its length, a flag for UTF-16, its characters."""
    coded = value.encode('utf-16-le')
    return struct.pack(width, len(coded) // 2) + b'\x01' + coded


def begin(kind):
    return record(0x0809, struct.pack('<HHHHII', 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def extended_format(number_format, style):
    return record(0x00E0, struct.pack('<HHH', 0, number_format, 0xFFF5 if style else 0x0001)
                  + bytes(14))


def shared_strings(strings, uses):
    """The table of strings, continued where it outgrows a record, between strings."""
    out, kind = b'', 0x00FC
    data = struct.pack('<II', uses, len(strings))
    for value in strings:
        coded = text(value)
        if len(data) + len(coded) > MOST_OF_A_RECORD:
            out, kind, data = out + record(kind, data), 0x003C, b''
        data += coded
    return out + record(kind, data)


def cell_record(row, column, cell, strings):
    if isinstance(cell, str):
        cell = {'value': cell}
    place = struct.pack('<HHH', row, column, STYLES[cell.get('style', 'plain')])
    if 'boolean' in cell:
        return record(0x0205, place + struct.pack('<BB', int(cell['boolean']), 0))
    if 'number' in cell:
        return record(0x0203, place + struct.pack('<d', float(cell['number'])))
    index = strings.setdefault(cell['value'], len(strings))
    return record(0x00FD, place + struct.pack('<I', index))


def workbook(name, rows):
    strings, uses, cells = {}, 0, b''
    for number, row in rows:
        for column, cell in enumerate(row):
            if cell is not None:
                cells += cell_record(number - 1, column, cell, strings)
                uses += 1
    head = begin(0x0005) + record(0x0042, struct.pack('<H', 1200)) + record(0x0022, bytes(2))
    head += record(0x0031, struct.pack('<HHHHHBBBB', 220, 0, 0x7FFF, 400, 0, 0, 0, 0, 0)
                   + text('宋体', '<B'))
    head += b''.join(record(0x041E, struct.pack('<H', index) + text(code))
                     for index, code in FORMATS if code)
    head += b''.join(extended_format(0, True) for _ in range(15)) + extended_format(0, False)
    head += b''.join(extended_format(index, False) for index, _ in FORMATS)
    tail = shared_strings(list(strings), uses) + record(0x000A)
    bound = 4 + 4 + 2 + len(text(name, '<B'))
    start = len(head) + bound + len(tail)
    head += record(0x0085, struct.pack('<IH', start, 0) + text(name, '<B'))
    size = struct.pack('<IIHHH', rows[0][0] - 1, rows[-1][0], 0, max(len(r) for _, r in rows), 0)
    return head + tail + begin(0x0010) + record(0x0200, size) + cells + record(0x000A)


def entry(name, kind, child, start, size):
    coded = (name + '\0').encode('utf-16-le')
    return (coded.ljust(64, b'\0') + struct.pack('<HBBIII', len(coded), kind, 1, FREE, FREE, child)
            + bytes(36) + struct.pack('<IQ', start, size))


def write(name, rows):
    """Returns a file with one sheet. rows is a list of (row number, list of cells)."""
    stream = workbook(name, rows)
    stream += bytes(max(4096 - len(stream), -len(stream) % SECTOR))  # short streams live elsewhere
    count = len(stream) // SECTOR
    tables = 1
    while tables * (SECTOR // 4) < count + 1 + tables:
        tables += 1
    chain = [*range(1, count), END_OF_CHAIN, END_OF_CHAIN] + [FAT_SECTOR] * tables
    chain += [FREE] * (tables * (SECTOR // 4) - len(chain))
    directory = (entry('Root Entry', 5, 1, END_OF_CHAIN, 0) + entry('Workbook', 2, FREE, 0, len(stream))
                 + 2 * entry('', 0, FREE, 0, 0))
    header = (b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(16)
              + struct.pack('<HHHHH', 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
              + struct.pack('<IIIIIIIII', 0, tables, count, 0, 4096, END_OF_CHAIN, 0, END_OF_CHAIN, 0))
    places = [count + 1 + i for i in range(tables)]
    header += b''.join(struct.pack('<I', place) for place in places + [FREE] * (109 - tables))
    return header + stream + directory + struct.pack(f'<{len(chain)}I', *chain)
