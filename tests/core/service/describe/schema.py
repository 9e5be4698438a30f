#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/services/service.schema.json against the loader: it accepts every shipped description,
refuses each row of tests/data/services/broken.json that says "schema", and accepts what only the
loader can refuse. Every member is described."""

import json
import os
import sys

import jsonschema

SOURCE = os.environ["G_TEST_SRCDIR"]
FOLDER = os.path.join(os.environ["SHANYE_DATA_DIR"], "services")


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return json.load(file)


def find_undescribed(schema, place="$"):
    if isinstance(schema, list):
        for index, item in enumerate(schema):
            yield from find_undescribed(item, f"{place}[{index}]")
    elif isinstance(schema, dict):
        for name, member in schema.get("properties", {}).items():
            if isinstance(member, dict) and not {"description", "const"} & member.keys() \
               and not any(part in place for part in (".if", ".then", ".else")) \
               and not {"if"} & schema.keys():
                yield f"{place}.{name}"
        for name, member in schema.items():
            yield from find_undescribed(member, f"{place}.{name}")


def check_row(validator, row):
    refused = not validator.is_valid(row["service"])
    if refused == row["schema"]:
        return None
    return "is refused by the schema" if refused else "is accepted by the schema"


def main():
    schema = read(FOLDER, "service.schema.json")
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    results = [("members are described", "; ".join(find_undescribed(schema)) or None)]
    for name in sorted(os.listdir(FOLDER)):
        if name.endswith(".json") and not name.endswith(".schema.json"):
            errors = [f"{error.json_path}: {error.message}"
                      for error in validator.iter_errors(read(FOLDER, name))]
            results.append((name, "; ".join(errors[:3])[:500] or None))
    for row in read(SOURCE, "data", "services", "broken.json"):
        results.append((row["id"], check_row(validator, row)))

    print(f"1..{len(results)}")
    for number, (name, problem) in enumerate(results, 1):
        print(f"{'not ok' if problem else 'ok'} {number} {name}")
        if problem:
            print(f"# {problem}")
    return 1 if any(problem for _, problem in results) else 0


sys.exit(main())
