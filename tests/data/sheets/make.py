#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the spreadsheets of this folder, with programs that are not ours.

Run once, by hand: apt install python3-openpyxl python3-xlwt python3-xlsxwriter gnumeric.
All persons are invented; their numbers have valid check digits.
"""
import datetime
import subprocess
import zipfile

import openpyxl
import xlsxwriter
import xlwt
from openpyxl.styles import numbers

HEADERS = ["姓名", "证件号码", "出生日期", "缴费月份", "金额（元）", "是否在册", "备注"]
DAY = datetime.date
ROWS = [
    ["张三", "330822199001011238", DAY(1990, 1, 1), DAY(2025, 6, 1), 1234.56, True, "  首次 "],
    ["李四", "331126198512310014", DAY(1985, 12, 31), DAY(2024, 12, 1), 200000, False, "第一行\n第二行"],
    ["欧阳·娜", "33082219780228021X", DAY(2024, 2, 29), DAY(2025, 1, 1), 0.1 + 0.2, True, "<&>\"'"],
]
TITLE = "2025年度补贴申报表"


def with_openpyxl():
    """Title merged above, a row of three merged below each other, a formula without a value."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "申报表"
    sheet["A1"] = TITLE
    sheet.merge_cells("A1:G1")
    sheet.append(HEADERS)
    for row in ROWS:
        sheet.append(row)
    for r in range(3, 6):
        sheet.cell(r, 3).number_format = 'yyyy"年"m"月"d"日"'
        sheet.cell(r, 4).number_format = 'yyyy"年"m"月"'
        sheet.cell(r, 5).number_format = numbers.FORMAT_NUMBER_COMMA_SEPARATED1
    sheet["H3"] = "山业公司"
    sheet.merge_cells("H3:H5")
    sheet["I3"] = "=E3+E4"
    sheet["I4"] = 330822199001011238
    sheet["I5"] = "#N/A"
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "hidden"
    hidden["B2"] = 7
    book.save("openpyxl.xlsx")


def with_xlsxwriter(name, options):
    """Rich text, computed and empty formulas, hidden row, codes with leading zeros, times."""
    book = xlsxwriter.Workbook(name, options)
    sheet = book.add_worksheet("申报表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    month = book.add_format({"num_format": 'yyyy"年"m"月"'})
    sheet.write_row(0, 0, HEADERS)
    for r, row in enumerate(ROWS, 1):
        sheet.write(r, 0, row[0])
        sheet.write(r, 1, row[1])
        sheet.write_datetime(r, 2, datetime.datetime.combine(row[2], datetime.time()), day)
        sheet.write_datetime(r, 3, datetime.datetime.combine(row[3], datetime.time()), month)
        sheet.write(r, 4, row[4])
        sheet.write(r, 5, row[5])
        sheet.write(r, 6, row[6])
    sheet.write_rich_string(4, 0, "王", book.add_format({"bold": True}), "小明", "（女）")
    sheet.write_number(4, 1, 42, book.add_format({"num_format": "000000"}))
    sheet.write_datetime(4, 2, datetime.datetime(2025, 6, 30, 8, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    sheet.write_datetime(4, 3, datetime.time(14, 5), book.add_format({"num_format": "h:mm"}))
    sheet.write_formula(4, 4, "=E2*2", None, 2469.12)
    sheet.write_formula(4, 5, '=IF(E2>0,"是","否")', None, "是")
    sheet.write_formula(4, 6, "=E2*0")
    sheet.set_row(3, None, None, {"hidden": True})
    book.close()


def with_xlwt():
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("申报表")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    month = xlwt.easyxf(num_format_str='yyyy"年"m"月"')
    for c, header in enumerate(HEADERS):
        sheet.write(0, c, header)
    for r, row in enumerate(ROWS, 1):
        for c, value in enumerate(row):
            style = {2: day, 3: month}.get(c)
            sheet.write(r, c, value, style) if style else sheet.write(r, c, value)
    sheet.write_merge(4, 6, 0, 0, "合并")
    sheet.write(4, 1, 330822199001011238)
    sheet.write(5, 1, xlwt.Formula("E2*2"))
    sheet.write(6, 1, 45838, xlwt.easyxf(num_format_str="0"))
    other = book.add_sheet("隐藏")
    other.visibility = 1
    other.write(1, 1, "长" * 3000)
    for r in range(400):
        other.write(2 + r, 0, "共享文字%d号，跨越记录" % r)
    book.save("xlwt.xls")


STRICT = "http://purl.oclc.org/ooxml/"


def strict():
    """Strict namespaces, prefixes, no references, ISO dates, reading aids, absolute targets."""
    rel = STRICT + "officeDocument/relationships/"
    main = STRICT + "spreadsheetml/main"
    with zipfile.ZipFile("strict.xlsx", "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                   '<Relationship Id="r1" Type="%sofficeDocument" Target="/book/wb.xml"/></Relationships>' % rel)
        z.writestr("book/wb.xml", '<x:workbook xmlns:x="%s" xmlns:r="%s"><x:workbookPr date1904="1"/><x:sheets>'
                   '<x:sheet name="一 &amp; 二" sheetId="1" r:id="a"/></x:sheets></x:workbook>' % (main, rel[:-1]))
        z.writestr("book/_rels/wb.xml.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                   '<Relationship Id="a" Type="%sworksheet" Target="/parts/../parts/one.xml"/>'
                   '<Relationship Id="s" Type="%sstyles" Target="st.xml"/>'
                   '<Relationship Id="t" Type="%ssharedStrings" Target="ss.xml"/></Relationships>' % (rel, rel, rel))
        z.writestr("book/st.xml", '<x:styleSheet xmlns:x="%s"><x:numFmts><x:numFmt numFmtId="200" formatCode="[$-804]yyyy&quot;年&quot;m&quot;月&quot;;@"/></x:numFmts>'
                   '<x:cellStyleXfs><x:xf numFmtId="14"/></x:cellStyleXfs>'
                   '<x:cellXfs><x:xf numFmtId="0"/><x:xf numFmtId="31"/><x:xf numFmtId="200"/><x:xf numFmtId="57"/></x:cellXfs></x:styleSheet>' % main)
        z.writestr("book/ss.xml", '<x:sst xmlns:x="%s"><x:si><x:r><x:t>衢</x:t></x:r><x:r><x:t>州</x:t></x:r>'
                   '<x:rPh sb="0" eb="1"><x:t>qu</x:t></x:rPh></x:si><x:si><x:t>a_x000D_b_x005F_x000D_</x:t></x:si></x:sst>' % main)
        z.writestr("parts/one.xml", '<x:worksheet xmlns:x="%s"><x:sheetData>'
                   '<x:row><x:c t="s"><x:v>0</x:v></x:c><x:c t="s"><x:v>1</x:v></x:c><x:c t="inlineStr"><x:is><x:r><x:t>内</x:t></x:r><x:r><x:t>联</x:t></x:r></x:is></x:c></x:row>'
                   '<x:row r="5"><x:c s="1"><x:v>44376</x:v></x:c><x:c s="2"><x:v>44376</x:v></x:c><x:c t="d"><x:v>2025-06-30T00:00:00</x:v></x:c>'
                   '<x:c r="F5" t="d"><x:v>2025-06-30T08:30:00</x:v></x:c><x:c s="3"><x:v>0</x:v></x:c></x:row>'
                   '<x:row><x:c t="str"><x:f>1</x:f><x:v></x:v></x:c><x:c t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c><x:c><x:v>1E3</x:v></x:c>'
                   '<x:c><x:v>3.3082219900101122E+17</x:v></x:c><x:c><x:v>1234.5599999999999</x:v></x:c><x:c t="b"><x:v>0</x:v></x:c></x:row>'
                   '</x:sheetData></x:worksheet>' % main)


def with_gnumeric():
    for kind, name in (("Gnumeric_Excel:xlsx2", "gnumeric.xlsx"), ("Gnumeric_Excel:excel_biff8", "gnumeric.xls")):
        subprocess.run(["ssconvert", "-T", kind, "openpyxl.xlsx", name], check=True, capture_output=True)


with_openpyxl()
with_xlsxwriter("xlsxwriter.xlsx", {})
with_xlsxwriter("xlsxwriter-inline-1904.xlsx", {"constant_memory": True, "date_1904": True})
with_xlwt()
strict()
with_gnumeric()
