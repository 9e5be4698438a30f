#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/policies/policy.schema.json against the loader: it accepts every shipped pack and the
base of the tests, and refuses each pack of tests/data/policies/broken/table.json that says
"structural"; what only the loader can refuse, it accepts. Every member is described."""

import json
import os
import pathlib
import sys

import jsonschema

SOURCE = os.environ["G_TEST_SRCDIR"]
DATA = os.environ["SHANYE_DATA_DIR"]


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def find_undescribed(schema, place="$"):
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            yield from find_undescribed(item, f"{place}[{index}]")
    elif isinstance(schema, dict):
        for name, member in schema.get("properties", {}).items():
            if isinstance(member, dict) and not ({"description", "$ref", "const"} & member.keys()) \
               and not any(part in place for part in (".if", ".then", ".else", ".anyOf")):
                yield f"{place}.{name}"
        for name, member in schema.items():
            yield from find_undescribed(member, f"{place}.{name}")


def check_row(validator, base, row):
    text = base.replace(row["replace"], row["with"], 1)
    try:
        pack = json.loads(text)
    except json.JSONDecodeError:
        return None if not row["structural"] else "is no JSON, so it is not structural"
    refused = not validator.is_valid(pack)
    if refused == row["structural"]:
        return None
    return "is refused by the schema" if refused else "is accepted by the schema"


def check_shared():
    """The files that packs import, against a schema of their own; and what it must refuse."""
    folder = os.path.join(DATA, "policies", "shared")
    schema = json.loads(read(folder, "shared.schema.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    base = pathlib.Path(folder, "shared.schema.json").resolve().as_uri()
    validator = jsonschema.Draft7Validator(schema,
                                           resolver=jsonschema.RefResolver(base, schema))
    yield "shared members are described", "; ".join(find_undescribed(schema)) or None
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json") and not name.endswith(".schema.json"):
            shared = json.loads(read(folder, name))
            errors = [f"{error.json_path}: {error.message}" for error in validator.iter_errors(shared)]
            if shared["id"] + ".json" != name:
                errors.append(f"has the id {shared['id']}")
            yield name, "; ".join(errors[:3]) or None
    table = {"name": "底薪", "label": {"zh_CN": "底薪", "en": "Base"}, "type": "money",
             "rows": [{"value": 12, "clause": "c-key-groups", "status": "verified"}]}
    for name, members, refused in [("a table", {"tables": [table]}, False),
                                   ("a table without rows", {"tables": [{**table, "rows": None}]}, True),
                                   ("a criterion", {"criteria": []}, True),
                                   ("no version", {"version": None}, True)]:
        changed = {**json.loads(read(folder, "key-groups.json")), **members}
        yield name, None if validator.is_valid(changed) != refused else "is judged wrongly"


def main():
    schema = json.loads(read(DATA, "policies", "policy.schema.json"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    base = read(SOURCE, "data", "policies", "base.json")
    results = [("members are described", "; ".join(find_undescribed(schema)) or None)]

    packs = [os.path.join(SOURCE, "data", "policies", "base.json")]
    folder = os.path.join(DATA, "policies")
    packs += [os.path.join(folder, name) for name in sorted(os.listdir(folder))
              if name.endswith(".json") and not name.endswith(".schema.json")]
    for path in packs:
        errors = [f"{error.json_path}: {error.message}"
                  for error in validator.iter_errors(json.loads(read(path)))]
        results.append((os.path.basename(path), "; ".join(errors[:3]) or None))
    for row in json.loads(read(SOURCE, "data", "policies", "broken", "table.json")):
        results.append((row["id"], check_row(validator, base, row)))

    results += check_shared()

    print(f"1..{len(results)}")
    for number, (name, problem) in enumerate(results, 1):
        print(f"{'not ok' if problem else 'ok'} {number} {name}")
        if problem:
            print(f"# {problem}")
    return 1 if any(problem for _, problem in results) else 0


sys.exit(main())
