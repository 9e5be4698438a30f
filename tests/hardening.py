#!/usr/bin/env python3
"""Reads what was built as an attacker would: is each protection in it?

hardening.py [--fortified] PROGRAM-OR-LIBRARY…
"""
import subprocess
import sys


def readelf(*arguments):
    return subprocess.run(["readelf", "--wide", *arguments], check=True, capture_output=True,
                          text=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout


def undefined(path):
    """What a file takes from other libraries."""
    lines = [line.split() for line in readelf("--dyn-syms", path).splitlines()]
    return {words[7].split("@")[0] for words in lines if len(words) > 7 and words[6] == "UND"}


def faults(path, fortified):
    """Yields what is missing."""
    header, segments, dynamic = (readelf(how, path) for how in ("-h", "-l", "-d"))
    symbols = undefined(path)
    stack = [line for line in segments.splitlines() if "GNU_STACK" in line]

    if "DYN (" not in header:
        yield "is loaded at a fixed address (-pie)"
    if "INTERP" in segments and "PIE" not in dynamic:
        yield "is no position independent program (-pie)"
    if "GNU_RELRO" not in segments:
        yield "keeps its tables writable (-z relro)"
    if "BIND_NOW" not in dynamic and "NOW" not in dynamic.split("FLAGS_1", 1)[-1]:
        yield "binds its functions late (-z now)"
    if len(stack) != 1 or "RWE" in stack[0]:
        yield "may run what stands on its stack (-z noexecstack)"
    if "TEXTREL" in dynamic:
        yield "writes into its own code"
    if "RPATH" in dynamic and "$ORIGIN" not in dynamic:
        yield "looks for libraries in a folder named when it was built"
    if "__stack_chk_fail" not in symbols and not path.endswith(SMALL):
        yield "does not guard its stack (-fstack-protector-strong)"
    if fortified and symbols & PRINTING:
        yield "does not check the size of what it copies (-D_FORTIFY_SOURCE)"


# Never called by these names where the compiler was asked to check (they become __printf_chk and so
# on); what it does with memcpy() and the like depends on whether it knows a size.
PRINTING = {"printf", "fprintf", "sprintf", "snprintf", "vprintf", "vfprintf", "vsprintf", "vsnprintf"}

# Its main() calls one function and has nothing on its stack.
SMALL = ("/shanye",)


def main():
    paths = sys.argv[1:]
    fortified = "--fortified" in paths
    paths = [path for path in paths if path != "--fortified"]
    failed = False

    print(f"1..{len(paths)}")
    for number, path in enumerate(paths, 1):
        found = list(faults(path, fortified))
        failed |= bool(found)
        print("not ok" if found else "ok", number, path.rsplit("/", 1)[-1])
        for fault in found:
            print(f"# {path} {fault}")
    return failed or not paths


sys.exit(main())
