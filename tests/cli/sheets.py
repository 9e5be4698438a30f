# SPDX-License-Identifier: GPL-3.0-or-later
"""Spreadsheets as clerks and other programs write them, through `shanyectl check`.

tests/data/sheets/clerks/expected.json says of each file what is in it: the outcomes, what the first
application says and what is told besides, or by which word it is refused. The persons in them were made for this project.
"""
import json
import os
import subprocess
import sys
import tempfile
import zipfile

shanyectl, folder = sys.argv[1:]
cases = json.load(open(os.path.join(folder, "expected.json"), encoding="utf-8"))
number = 0


def call(database, *words):
    home = os.path.dirname(database)
    own = {name: home for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")}
    return subprocess.run([shanyectl, *words, "--database", database], capture_output=True, text=True,
                          encoding="utf-8", check=False, env={**os.environ, **own})


def check(database, path, output):
    done = call(database, "check", path, "--policy", "zj-postdoc-grant", "--on", "2025-06-30",
                "--output", output)
    found = None
    if os.path.exists(output):
        with open(output, encoding="utf-8") as stream:
            found = json.load(stream)
    return done, found


def compare(case, done, found):
    if "refused" in case:
        if done.returncode == 0 or found is not None:
            yield "it was taken"
        if case["refused"] not in done.stderr:
            yield f"“{case['refused']}” is not in: {done.stderr}"
        if any(word.isdigit() and len(word) > 10 for word in done.stderr.replace(",", " ").split()):
            yield f"a person's number is told: {done.stderr}"
        return
    if done.returncode != 0 or found is None:
        yield f"it was refused: {done.stderr}"
        return
    if case.get("said", "") not in done.stderr:
        yield f"“{case['said']}” is not in: {done.stderr}"
    if "unsaid" in case and case["unsaid"] in done.stderr:
        yield f"“{case['unsaid']}” is in: {done.stderr}"
    for name, count in case["totals"].items():
        if found["totals"][name] != count:
            yield f"{name}: {found['totals'][name]} instead of {count}"
    row = next((row for row in found["rows"] if row["row"] == 2), found["rows"][0])
    facts = {fact["field"]: fact["value"] for fact in row["facts"]}
    for field, values in case["facts"].items():
        if facts.get(field) not in values:
            yield f"{field}: {facts.get(field)} instead of {values}"


def tell(what, name, faults):
    global number
    number += 1
    print(f"{'not ok' if faults else 'ok'} {number} - {name}")
    for fault in faults:
        print(f"# {fault}")


# A file of which every row lies under one merged cell holds no application, and is no success.
def refuse_empty(database, scratch):
    header = "姓名,身份证号,统一社会信用代码,单位性质,出站情况,出站时间,合同起始日期\n"
    page = ("<table><tr>" + "".join(f"<td>{name}</td>" for name in header.strip().split(","))
            + "</tr><tr><td rowspan=3 colspan=7>张三</td></tr><tr></tr><tr></tr></table>")
    for name, text in (("only-header.csv", header), ("merged.xls", page),
                       ("notes.csv", header + "注：无\n合计,,\n")):
        path = os.path.join(scratch, name)
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text)
        done, found = check(database, path, path + ".json")
        faults = []
        if done.returncode == 0 or "holds no data" not in done.stderr:
            faults.append(f"{done.returncode}: {done.stdout}{done.stderr}")
        tell("empty", name, faults)


# A table in a cell of a list would tear its rows apart; one that only lays the page out does not.
def read_nested(database, scratch):
    header = ("姓名", "身份证号", "统一社会信用代码", "单位性质", "出站情况", "出站时间", "合同起始日期")
    values = ("张三", "330727198008116720", "91330727MA0000023T", "民营", "期满出站", "2024-01-12", "2024-03-05")

    def row(cells):
        return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"

    small = "<table><tr><td>{}</td></tr><tr><td>已传</td></tr></table>"
    pages = {f"cell {at + 1}": row(header) + row([small.format(value) if i == at else value
                                                  for i, value in enumerate(values)]) for at in (0, 3, 6)}
    pages["layout"] = f"<tr><td>菜单</td><td><table>{row(header)}{row(values)}</table></td><td>广告</td></tr>"
    for name, page in pages.items():
        path = os.path.join(scratch, f"nested {name}.html")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(f"<html><meta charset=utf-8><body><table>{page}</table></body></html>")
        done, found = check(database, path, path + ".json")
        faults = []
        if name == "layout" and (found is None or found["rows"][0]["facts"][0]["value"] != "张三"):
            faults.append(done.stderr)
        if name != "layout" and (found is not None or "inside of a cell" not in done.stderr):
            faults.append(done.stderr + done.stdout)
        tell("nested", name, faults)


# The county that is applied to is read like any other place; one outside decides.
def read_counties(database, scratch):
    header = "姓名,身份证号,申报县,统一社会信用代码,单位性质,出站情况,出站时间,合同起始日期\n"
    persons = ("330727198008116720", "330727198108116736", "330822199001011238", "331126198512310014",
               "33082219780228021X", "331181198501010037")
    places = ("331181000000", "龙泉市剑池街道", "杭州市余杭区", "外省", "浙江省丽水市", "没有的地方")
    wanted = ("331181", "331181", "330110", "elsewhere", None, None)
    path = os.path.join(scratch, "counties.csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(header)
        for person, place in zip(persons, places):
            stream.write(f"张三,{person},{place},91330727MA0000023T,民营,期满出站,2024-01-12,2024-03-05\n")
    done, found = check(database, path, path + ".json")
    rows = found["rows"] if found else []
    for place, code, row in zip(places, wanted, rows):
        facts = {fact["field"]: fact["value"] for fact in row["facts"]}
        faults = []
        if facts.get("申报县") != code or (row["outcome"] == "rejected") != (code is None):
            faults.append(f"{facts.get('申报县')} {row['outcome']}")
        if code is not None and not code.startswith("3311") and row["outcome"] == "eligible":
            faults.append("it is eligible")
        tell("county", place, faults)
    tell("counties", "counties.csv", [] if len(rows) == len(places) else [f"{len(rows)} rows: {done.stderr}"])


# Several numbers in a cell and extensions are not run together.
def read_phones(database, scratch):
    header = "姓名,身份证号,联系电话,统一社会信用代码,单位性质,出站情况,出站时间,合同起始日期\n"
    persons = ("330727198008116720", "330727198108116736", "330822199001011238")
    phones = ("13800001000\n13900001000", "0578-7212345-801", "13800\n001000")
    wanted = ("13800001000", "05787212345-801", "13800001000")
    path = os.path.join(scratch, "phones.csv")
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(header)
        for person, phone in zip(persons, phones):
            stream.write(f'张三,{person},"{phone}",91330727MA0000023T,民营,期满出站,2024-01-12,2024-03-05\n')
    done, found = check(database, path, path + ".json")
    rows = found["rows"] if found else []
    read = [{fact["field"]: fact["value"] for fact in row["facts"]}.get("手机") for row in rows]
    tell("phones", "phones.csv", [] if read == list(wanted) else [f"{read} {done.stderr}"])


# One cell may hold both ends of a contract; what cannot be parted is for the clerk, and named by its cell.
def read_periods(database, scratch):
    both = ("2024-03-01", "2027-02-28")
    open_end = ("2024-03-01", "9999-12-31")
    cells = {
        "2024-03-01至2027-02-28": both, "2024.3.1—2027.2.28": both, "2024年3月1日起至2027年2月28日止": both,
        "２０２４－０３－０１ 至 ２０２７－０２－２８": both, "2024/3/1-2027/2/28": both, "2024-03-01-2027-02-28": both,
        "20240301-20270228": both, "自2024年3月1日至2027年2月28日": both, "2024.03.01～2027.02.28": both,
        "2024.03.01――2027.02.28（三年）": both, "2024-03-01 2027-02-28": both, "2024-03-01\n2027-02-28": both,
        "2024年3月1日到2027年2月28日，共36个月": both, "二〇二四年三月一日至二〇二七年二月二十八日": both,
        "起：2024-03-01 止：2027-02-28": both, "固定期限：2024年3月1日—2027年2月28日": both,
        "2024-03-01起，无固定期限": open_end, "无固定期限（2024年3月1日起）": open_end,
        "无固定期限": (None, "9999-12-31"), "3年": (None, None), "2024-03-01": (None, None),
        "2024-03-01至今": (None, None), "2024年3月至2027年2月": (None, None), "2024-03-01至12-31": (None, None),
        "2024-02-30至2027-02-28": (None, None), "2024-03-01至2025-02-28至2027-02-28": (None, None),
    }
    header = "姓名,身份证号,{},统一社会信用代码,单位性质,出站情况,出站时间\n"
    persons = ("330727198008116720", "330727198108116736", "330822199001011238", "331126198512310014")
    for count, (text, wanted) in enumerate(cells.items()):
        path = os.path.join(scratch, f"period-{count}.csv")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(header.format(("劳动合同期限", "合同起止日期", "劳动合同期限（起止年月日）")[count % 3]))
            stream.write(f'张三,{persons[count % 4]},"{text}",91330727MA0000023T,民营,期满出站,2024-01-12\n')
        done, found = check(database, path, path + ".json")
        row = found["rows"][0] if found else {"facts": [], "unreadable": []}
        facts = {fact["field"]: fact["value"] for fact in row["facts"]}
        faults = []
        for field, value in zip(("合同开始", "合同结束"), wanted):
            places = [one["place"] for one in row["unreadable"] if one["field"] == field]
            if facts.get(field) != value or (field == "合同开始" and
                                             (value is None) != (len(places) == 1 and places[0].endswith("!C2"))):
                faults.append(f"{field}: {facts.get(field)} {places} {done.stderr}")
        tell("period", text.replace("\n", " "), faults)
    for name, rest, wanted in (("入职日期,劳动合同期限", "2024-02-20,2024-03-01至2027-02-28", both),
                               ("合同起始日期,合同终止日期,合同期限", "2024-03-01,2027-02-28,三年", both),
                               ("劳动合同终止日,劳动合同期限", "2027-02-28,2024-03-01至2027-02-28", both),
                               ("劳动合同终止日,劳动合同期限", "2029-02-28,2024-03-01至2027-02-28",
                                ("2024-03-01", None)),
                               ("社保连续月数（不含补缴）,合同期限", "19,2024-03-01至2027-02-28", both)):
        path = os.path.join(scratch, "beside.csv")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(header.format(name))
            stream.write(f"张三,{persons[0]},{rest},91330727MA0000023T,民营,期满出站,2024-01-12\n")
        done, found = check(database, path, path + ".json")
        os.unlink(path + ".json")
        facts = {fact["field"]: fact["value"] for fact in found["rows"][0]["facts"]}
        faults = [] if (facts.get("合同开始"), facts.get("合同结束")) == wanted else [str(facts)]
        if "社保" in name and facts.get("社保连续月数") != "19":
            faults.append(str(facts))
        tell("period beside", name, faults)


# Columns that nobody sees are read only if the clerk says so, before anything is stored.
def choose_hidden_columns(database, scratch):
    words = ("check", os.path.join(folder, "hidden-columns.xlsx"), "--policy", "zj-postdoc-grant", "--on", "2025-06-30")
    output = os.path.join(scratch, "left.json")
    asked = call(database, *words, "--commit")
    tell("hidden columns", "asked about", [] if asked.returncode != 0 and "--hidden-columns" in asked.stderr
         else [f"{asked.returncode}: {asked.stderr}"])
    kept = call(database, "journal", "list")
    tell("hidden columns", "nothing is stored", [] if "subsidy.import" not in kept.stdout else [kept.stdout])
    left = call(database, *words, "--hidden-columns", "skip", "--output", output)
    tell("hidden columns", "one that must be there", [] if left.returncode != 0 and "证件号" in left.stderr
         else [f"{left.returncode}: {left.stderr}"])
    words = ("check", hide_phone(scratch), *words[2:])
    left = call(database, *words, "--hidden-columns", "skip", "--output", output)
    with open(output, encoding="utf-8") as stream:
        found = json.load(stream)
    faults = [] if "1 column is hidden in the sheet and was left out: “联系电话” (E1)." in left.stderr else [left.stderr]
    if found["totals"]["eligible"] != 3 or any(fact["field"] == "手机" for row in found["rows"] for fact in row["facts"]):
        faults.append(str(found["totals"]))
    if found["notes"]["hidden_columns"] != [{"cell": "E1", "header": "联系电话"}]:
        faults.append(str(found["notes"]))
    tell("hidden columns", "left out", faults)
    stored = call(database, *words, "--hidden-columns", "include", "--commit", "--output", output, "--force")
    with open(output, encoding="utf-8") as stream:
        found = json.load(stream)
    tell("hidden columns", "read and stored", [] if stored.returncode == 0 and
         [fact["value"] for fact in found["rows"][0]["facts"] if fact["field"] == "手机"] == ["17700001001"]
         else [stored.stderr])


# The file with another column hidden: the telephone, which need not be there.
def hide_phone(scratch):
    path = os.path.join(scratch, "phone.ods")
    with zipfile.ZipFile(os.path.join(folder, "hidden-columns.ods")) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "content.xml":
                text = text.replace(b'columns-repeated="3"', b'columns-repeated="4"', 1)
                text = b"".join(text.rsplit(b' table:visibility="collapse"', 1))
            new.writestr(name, text)
    return path


with tempfile.TemporaryDirectory() as scratch:
    database = os.path.join(scratch, "shanye.db")
    set_up = call(database, "setting", "set", "zj-postdoc-grant", "330727", "本县发放", "true")
    assert set_up.returncode == 0, set_up.stderr
    for case in cases:
        done, found = check(database, os.path.join(folder, case["file"]),
                            os.path.join(scratch, case["file"] + ".json"))
        tell("file", case["file"], list(compare(case, done, found)))
    refuse_empty(database, scratch)
    read_counties(database, scratch)
    read_phones(database, scratch)
    read_nested(database, scratch)
    choose_hidden_columns(database, scratch)
    read_periods(database, scratch)
print(f"1..{number}")
