#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds data/updates/update.schema.json against an update and what is no update."""

import json
import os

import jsonschema

GOOD = {"format": 1, "kind": "calendar", "id": "cn", "version": "2027.1", "content": "{}",
        "signature": "MEQ=", "signer": "0" * 64, "issued_at": "2026-11-02T09:00:00+08:00"}
BAD = [{"format": 2}, {"kind": "spell"}, {"id": "../cn"}, {"id": "CN"}, {"version": "../1"},
       {"version": ""}, {"content": ""}, {"content": {}}, {"signature": "#"}, {"signer": "ab"},
       {"signer": "A" * 64}, {"issued_at": "today"}, {"more": 1}]


def main():
    path = os.path.join(os.environ["SHANYE_DATA_DIR"], "updates", "update.schema.json")
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    results = [("an update", validator.is_valid(GOOD))]
    results += [(f"{change}", not validator.is_valid({**GOOD, **change})) for change in BAD]
    results += [(f"without {name}", not validator.is_valid({k: v for k, v in GOOD.items()
                                                            if k != name})) for name in GOOD]
    results += [(f"{name} is described", "description" in member)
                for name, member in schema["properties"].items()]
    print(f"1..{len(results)}")
    for number, (name, right) in enumerate(results, 1):
        print(f"{'ok' if right else 'not ok'} {number} {name}")


main()
