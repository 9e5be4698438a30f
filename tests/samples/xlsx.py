# SPDX-License-Identifier: GPL-3.0-or-later
"""A small writer of xlsx files that always writes the same bytes, and writes what offices really
write: shared and rich strings, inline strings, cached formulas, dates as styled numbers."""

import io
import zipfile
from xml.sax.saxutils import escape

# Styles by name: index into cellXfs below.
STYLES = {'plain': 0, 'title': 1, 'header': 2, 'text': 3, 'date': 4, 'date-cn': 5, 'date-iso': 6}

STYLE_SHEET = '''<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<numFmts count="2"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/>
<numFmt numFmtId="177" formatCode="yyyy\\-mm\\-dd"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="宋体"/></font>
<font><b/><sz val="16"/><name val="黑体"/></font></fonts>
<fills count="1"><fill><patternFill patternType="none"/></fill></fills>
<borders count="1"><border/></borders>
<cellStyleXfs count="1"><xf/></cellStyleXfs>
<cellXfs count="7"><xf/><xf fontId="1" applyFont="1"/><xf fontId="1" applyFont="1"/>
<xf numFmtId="49" applyNumberFormat="1"/><xf numFmtId="14" applyNumberFormat="1"/>
<xf numFmtId="176" applyNumberFormat="1"/><xf numFmtId="177" applyNumberFormat="1"/></cellXfs>
</styleSheet>
'''

TYPES = '''<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
{sheets}<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>
</Types>
'''
SHEET_TYPE = ('<Override PartName="/xl/worksheets/sheet{0}.xml" ContentType="application/'
              'vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>\n')
RELATIONS = '''<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
{0}</Relationships>
'''
RELATION = ('<Relationship Id="rId{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
            'relationships/{1}" Target="{2}"/>\n')
MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def column_name(index):
    name = ''
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord('A') + rest) + name
    return name


def text_run(text):
    return f'<t xml:space="preserve">{escape(text)}</t>'


class Workbook:
    """Sheets of rows of cells. A cell is None, a text, or a dict with "value" and what is special:
    "style", "rich" (list of runs), "inline", "formula", or "number" for a value as it stands."""

    def __init__(self):
        self.sheets = []
        self.strings = {}

    def add_sheet(self, name, rows, merges=(), widths=()):
        """rows is a list of (row number, list of cells)."""
        self.sheets.append((name, rows, merges, widths))

    def string_index(self, xml):
        return self.strings.setdefault(xml, len(self.strings))

    def cell_xml(self, reference, cell):
        if isinstance(cell, str):
            cell = {'value': cell}
        style = STYLES[cell.get('style', 'plain')]
        opening = f'<c r="{reference}"' + (f' s="{style}"' if style else '')
        if 'number' in cell:
            formula = f'<f>{escape(cell["formula"])}</f>' if 'formula' in cell else ''
            return f'{opening}>{formula}<v>{cell["number"]}</v></c>'
        if 'boolean' in cell:
            return f'{opening} t="b"><v>{int(cell["boolean"])}</v></c>'
        if 'formula' in cell:
            return (f'{opening} t="str"><f>{escape(cell["formula"])}</f>'
                    f'<v>{escape(cell["value"])}</v></c>')
        if cell.get('inline'):
            return f'{opening} t="inlineStr"><is>{text_run(cell["value"])}</is></c>'
        runs = cell.get('rich')
        xml = ''.join(f'<r>{text_run(run)}</r>' for run in runs) if runs else text_run(cell['value'])
        return f'{opening} t="s"><v>{self.string_index(xml)}</v></c>'

    def sheet_xml(self, rows, merges, widths):
        out = [HEAD, f'<worksheet xmlns="{MAIN}">']
        if widths:
            out.append('<cols>' + ''.join(
                f'<col min="{i}" max="{i}" width="{width}" customWidth="1"/>'
                for i, width in enumerate(widths, 1)) + '</cols>')
        out.append('<sheetData>\n')
        for number, cells in rows:
            out.append(f'<row r="{number}">')
            out.extend(self.cell_xml(f'{column_name(i)}{number}', cell)
                       for i, cell in enumerate(cells) if cell is not None)
            out.append('</row>\n')
        out.append('</sheetData>')
        if merges:
            out.append(f'<mergeCells count="{len(merges)}">')
            out.extend(f'<mergeCell ref="{merge}"/>' for merge in merges)
            out.append('</mergeCells>')
        out.append('</worksheet>\n')
        return ''.join(out)

    def parts(self):
        count = len(self.sheets)
        yield '[Content_Types].xml', TYPES.format(
            sheets=''.join(SHEET_TYPE.format(i) for i in range(1, count + 1)))
        yield '_rels/.rels', RELATIONS.format(RELATION.format(1, 'officeDocument',
                                                              'xl/workbook.xml'))
        yield 'xl/workbook.xml', (
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/'
            'officeDocument/2006/relationships"><sheets>' + ''.join(
                f'<sheet name="{escape(name)}" sheetId="{i}" r:id="rId{i}"/>'
                for i, (name, *_) in enumerate(self.sheets, 1)) + '</sheets></workbook>\n')
        yield 'xl/_rels/workbook.xml.rels', RELATIONS.format(''.join(
            RELATION.format(i, 'worksheet', f'worksheets/sheet{i}.xml')
            for i in range(1, count + 1))
            + RELATION.format(count + 1, 'styles', 'styles.xml')
            + RELATION.format(count + 2, 'sharedStrings', 'sharedStrings.xml'))
        yield 'xl/styles.xml', STYLE_SHEET
        for i, (_, rows, merges, widths) in enumerate(self.sheets, 1):
            yield f'xl/worksheets/sheet{i}.xml', self.sheet_xml(rows, merges, widths)
        yield 'xl/sharedStrings.xml', (
            f'{HEAD}<sst xmlns="{MAIN}" uniqueCount="{len(self.strings)}">'
            + ''.join(f'<si>{xml}</si>\n' for xml in self.strings) + '</sst>\n')

    def save(self):
        """Returns the file as bytes; its entries carry one fixed time."""
        self.strings = {}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, 'w') as package:
            for name, text in self.parts():
                info = zipfile.ZipInfo(name, (2025, 6, 30, 0, 0, 0))
                info.compress_type = zipfile.ZIP_DEFLATED
                info.external_attr = 0o644 << 16
                package.writestr(info, text.encode(), compresslevel=9)
        return buffer.getvalue()
