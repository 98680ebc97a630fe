#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/requirements.csv: every requirement of procedure 212-129 has tests that exist and are run, or a written reason.

Prints TAP; argv[1] is the source tree, argv[2] the build tree, argv[3] visavis-cli."""
import csv, json, pathlib, re, subprocess, sys

root, build, cli = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
rows = list(csv.DictReader((root / "tests/requirements.csv").open(newline="")))

# R-NUMBER: first and last of each group, in the order of the procedure.
GROUPS = [(1, 5), (10, 16), (20, 22), (30, 33), (40, 53), (60, 69), (70, 76), (80, 85), (90, 93), (100, 107), (110, 115), (120, 121)]
REQUIREMENTS = [f"R-{number:03}" for first, last in GROUPS for number in range(first, last + 1)]
# done: the tests prove it. partly: they prove a part, the note says what is missing. open: the note says why it is not true.
STATUSES = {"done": (True, False), "partly": (True, True), "open": (False, True)}
REASON = 20  # letters of a note that says something


def cases(path):
    """Names of the tests that a program defines and also runs."""
    text = path.read_text()
    if path.suffix == ".py":
        return set(re.findall(r"^def (\w+) ?\(", text, flags=re.M)) & set(re.findall(r"\w+", text.partition("\nCHECKS = ")[2]))
    return set(re.findall(r"START_TEST \((\w+)\)", text)) & set(re.findall(r"(?:tcase_add\w*test \(\w+|VV_PLAY_MAIN \(\S+), (\w+)", text))


programs = {path.stem: path for path in (root / "tests").glob("*/*.*") if path.suffix in (".c", ".py")}
run = json.dumps(json.loads((build / "meson-info/intro-tests.json").read_text()))
benched = json.dumps(json.loads((build / "meson-info/intro-benchmarks.json").read_text()))


def check_every_requirement_has_a_row():
    listed = [row["requirement"] for row in rows]
    for name in sorted(set(REQUIREMENTS) - set(listed)):
        yield f"{name} has no row"
    for name in sorted(name for name in set(listed) if name not in REQUIREMENTS or listed.count(name) > 1):
        yield f"{name} is no requirement, or is listed twice"


def check_every_row_has_tests_or_a_reason():
    for row in rows:
        needs_test, needs_note = STATUSES.get(row["status"], (True, True))
        if row["status"] not in STATUSES:
            yield f"{row['requirement']}: “{row['status']}” is none of {', '.join(STATUSES)}"
        if needs_test and not row["test"]:
            yield f"{row['requirement']} is {row['status']} and names no test"
        if needs_note and len(row["note"]) < REASON:
            yield f"{row['requirement']} is {row['status']} and does not say why"


def check_tests_exist_and_are_run():
    for row in rows:
        for test in row["test"].split():
            program, _, case = test.partition(":")
            if program not in programs:
                yield f"{row['requirement']}: there is no test program {program}"
            elif case not in cases(programs[program]):
                yield f"{row['requirement']}: {program} does not run {case or 'anything'}"
            elif not re.search(rf'/{program}(?:\.py)?"', run) or re.search(rf'/{program}"', benched):
                yield f"{row['requirement']}: meson does not run {program}"


def check_table_is_shown():
    """visavis-cli policy coverage prints this very table, and what it counts is true."""
    done = subprocess.run([cli, "policy", "coverage", "--json"], text=True, capture_output=True)
    shown = json.loads(done.stdout) if done.returncode == 0 else {}
    if shown.get("requirements") != rows:
        yield f"the table that is printed is another one: {done.stderr}"
    counts = {status: sum(row["status"] == status for row in rows) for status in STATUSES}
    if shown.get("counts") != {status: n for status, n in counts.items() if n} or shown.get("total") != len(rows):
        yield f"counted {shown.get('counts')}, not {counts}"
    lines = subprocess.run([cli, "policy", "coverage"], text=True, capture_output=True).stdout
    for row in rows:
        if not re.search(rf"^{row['requirement']} +{row['status']} ", lines, flags=re.M):
            yield f"{row['requirement']} is not among the lines"


def check_policy_is_shown():
    """visavis-cli policy show names text, version and related procedures; policy gaps what is decided."""
    shown = json.loads(subprocess.run([cli, "policy", "show", "--json"], text=True, capture_output=True).stdout)
    for member in "procedure", "title", "issued", "effective", "rules_hash":
        if not shown["policy"].get(member):
            yield f"policy show does not say {member}"
    named = {related["number"] for related in shown["related"]}
    if not {"P.G. 203-22", "P.G. 212-76", "P.G. 219-14"} <= named:
        yield f"related procedures are {named}"
    gaps = subprocess.run([cli, "policy", "gaps"], text=True, capture_output=True).stdout
    if gaps != (root / "data/policy-gaps.md").read_text():
        yield "policy gaps prints another page"


CHECKS = [check_every_requirement_has_a_row, check_every_row_has_tests_or_a_reason, check_tests_exist_and_are_run, check_table_is_shown,
          check_policy_is_shown]
print(f"1..{len(CHECKS)}")
failed = 0
for number, check in enumerate(CHECKS, 1):
    faults = list(check())
    failed += bool(faults)
    print("not ok" if faults else "ok", number, check.__name__)
    for fault in faults:
        print("#", fault)
print("#", ", ".join(f"{status}: {sum(row['status'] == status for row in rows)}" for status in STATUSES))
sys.exit(failed > 0)
