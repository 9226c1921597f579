#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
"""Count the test cases of a run:  tools/tally.py BUILD/meson-logs/testlog.json [LABEL] <NAMES

Every test program speaks TAP; Meson keeps what it said. A program that dies, runs too long, runs fewer cases than it
announced or fails without naming a case counts as one more failure; so does one of NAMES (the programs that were to run, one
a line) of which the log knows nothing. Prints each skipped case with its reason and each
failed one with what was said after it; then, alone on the last line, "N passed, N failed" and ", N skipped" if any.
Status 0 only when something passed and nothing failed.
"""
import json
import re
import sys
from collections import Counter

PLAN = re.compile(r"1\.\.(\d+)(?:\s*#\s*SKIP\S*\s*(.*))?", re.I)
CASE = re.compile(r"(not )?ok\b\s*(\d+)?\s*(?:- )?(.*?)\s*(?:#\s*SKIP\S*\s*(.*))?", re.I)


def cases(run):
    """Yield (outcome, name, what was said) for each case of one program."""
    told, before, plan, whole = [], [], None, None
    for line in (run.get("stdout") or "").splitlines():
        if plan is None and (found := PLAN.fullmatch(line)):
            plan, whole = int(found[1]), found[2]
        elif found := CASE.fullmatch(line):
            name, reason = found[3] or f"case {found[2] or len(told) + 1}", found[4]
            if reason is None:
                told.append(("failed" if found[1] else "passed", name, before := []))
            else:  # cmocka gives no reason, and the name instead; then what was said before may tell
                said = [] if told and told[-1][0] == "failed" else [line.lstrip("# ") for line in before[-1:]]
                name, reason = (name, [reason]) if found[3] else (reason or name, said)
                told.append(("skipped", name, before := reason))
        elif line.startswith("Bail out!"):
            told.append(("failed", "the program", before := [line]))
        else:
            before.append(line)
    seen = len(told)
    failed = any(outcome == "failed" for outcome, _, _ in told)
    fault = None
    if run["result"] == "TIMEOUT":
        fault = "it ran too long"
    elif plan is not None and seen < plan:
        fault = f"{seen} of {plan} cases were run, and it ended with status {run['returncode']}"
    elif run["returncode"] not in (0, 77) and not failed:
        fault = f"it ended with status {run['returncode']}"
    elif plan == 0 or run["returncode"] == 77:
        told.append(("skipped", "the program", [whole or "no reason given"]))
    elif plan is None and not failed:
        fault = "it announced no cases"
    if fault:
        told.append(("failed", "the program", [fault] + before))
    for outcome, _, said in reversed(told):
        if outcome == "failed":  # the last of them tells what went to standard error, too
            said += (run.get("stderr") or "").splitlines()
            break
    yield from told


def main():
    count = {"passed": 0, "failed": 0, "skipped": 0}
    missing = Counter(filter(None, map(str.strip, sys.stdin)))

    def tell(program, outcome, name, said):
        count[outcome] += 1
        if outcome == "skipped":
            print(f"skipped: {program}: {name}: {' '.join(said) or 'no reason given'}")
        elif outcome == "failed":
            print(f"FAILED: {program}: {name}")
            for line in said[-60:]:
                print("    " + line)

    with open(sys.argv[1], encoding="utf-8", errors="replace") as log:
        for run in map(json.loads, log):
            program = run["name"].split(" / ")[-1]
            missing[program] -= 1
            for case in cases(run):
                tell(program, *case)
    for program in (+missing).elements():
        tell(program, "failed", "the program", ["it was not run, or the run ended before it did"])
    label = sys.argv[2] + ": " if len(sys.argv) > 2 else ""
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"{label}{count['passed']} passed, {count['failed']} failed{skipped}")
    return 0 if count["passed"] and not count["failed"] else 1


if __name__ == "__main__":
    sys.exit(main())
