#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a compiler does not see: who includes whom, sizes, words, formatting, what binaries load."""
import contextlib, pathlib, re, subprocess, sys, tempfile, xml.etree.ElementTree as xml

root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def tree():
    """Files of the project: what git knows, or everything in an unpacked archive."""
    with contextlib.suppress(FileNotFoundError, subprocess.CalledProcessError):
        listed = subprocess.run(["git", "-C", str(root), "-c", f"safe.directory={root}", "ls-files", "-z"], text=True,
                                capture_output=True, check=True).stdout
        return [root / name for name in listed.split("\0") if (root / name).is_file()]
    ours = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".onnx" and not path.name.startswith("sqlite3."))
    return [path for path in ours if not {".git", "out"} & set(path.parts) and not path.relative_to(root).parts[0].startswith("build")]


tracked = tree()
code = [path for path in tracked if path.suffix in (".c", ".cc", ".h", ".hh") and path.exists()]
source = [path for path in code if root / "src" in path.parents]

# The room each may include, besides itself and base (design: data flows one way).
ROOMS = {
    "base": set(), "procedure": set(), "gallery": set(), "decoder": set(), "vision": set(), "ecms": set(),
    "vault": {"procedure"}, "report": {"procedure"},
    "desk": {"procedure", "gallery", "decoder", "vision", "vault", "report", "ecms"},
    "cli": {"procedure", "desk"}, "gui": {"procedure", "desk"},
}
# Foreign headers that belong to one room alone.
FOREIGN = {"gtk/": {"gui"}, "adwaita.h": {"gui"}, "sqlite3.h": {"vault"}, "curl/": {"ecms"}, "opencv2/": {"vision"}}
BANNED_CALLS = r"\b(strcpy|strcat|sprintf|vsprintf|gets|system|popen|strtok|tmpnam|mktemp|atoi|alloca)\s*\("
# "unidentified" and "identification" are the field's words; the forms carry "match" in their names.
FORMS = r"Possible Match|No Match|possible match candidate|Possible match candidate|possible-match|no-match"


def where(header):
    """Room a header lives in, or None."""
    for room in ROOMS:
        if (root / "src" / room / header).exists():
            return room
    return None


def check_rooms():
    for path in source:
        room = path.parent.name
        for name in re.findall(r'#include ["<]([^">]+)[">]', path.read_text()):
            owner = where(name)
            if owner and owner not in ROOMS[room] | {room, "base"}:
                yield f"{path.relative_to(root)} includes {name} of {owner}/"
            for prefix, allowed in FOREIGN.items():
                if name.startswith(prefix) and room not in allowed:
                    yield f"{path.relative_to(root)} includes {name}"


def check_sizes():
    for path in source:
        lines = path.read_text().splitlines()
        if len(lines) > 800:
            yield f"{path.relative_to(root)} has {len(lines)} lines"
        if path.suffix in (".c", ".cc"):
            start = None
            for number, line in enumerate(lines, 1):
                if line == "{":
                    start = number
                elif line == "}" and start:
                    if number - start > 80:
                        yield f"{path.relative_to(root)}:{start} a function of {number - start} lines"
                    start = None


def check_first_lines():
    for path in code:
        if "SPDX-License-Identifier: GPL-3.0-or-later" not in path.read_text().split("\n", 1)[0]:
            yield f"{path.relative_to(root)} does not begin with its licence"


def check_calls():
    for path in source:
        text = re.sub(r"/\*.*?\*/|//[^\n]*|\"(?:[^\"\\]|\\.)*\"", "", path.read_text(), flags=re.S)
        for match in re.finditer(BANNED_CALLS + r"|\bgoto\b", text):
            yield f"{path.relative_to(root)} uses {match.group(0)}"


def check_quarks():
    for path in source:
        if re.search(r"G_DEFINE_QUARK \(vv - ", path.read_text()):
            yield f"{path.relative_to(root)}: the formatter put spaces into a quark's name"


def texts():
    """(path, sentence) of every translatable text."""
    for path in source:
        for text in re.findall(r'\bN?_ ?\(\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', path.read_text()):
            yield path, "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', text))
    for path in tracked:
        if path.suffix == ".ui":
            for text in re.findall(r'translatable="yes"[^>]*>([^<]*)<', path.read_text()):
                yield path, text


def form_texts():
    """(path, sentence) of what the forms say in English, whatever the desk's language: every literal that is no format of a line."""
    for path in source:
        if path.parent.name == "report" or path.name in ("vv-desk-report.c", "vv-desk-case-records.c", "vv-desk-request-form.c", "vv-desk-rejection.c"):
            for text in re.findall(r'"((?:[^"\\\n]|\\.)*)"', re.sub(r"/\*.*?\*/|#include[^\n]*", "", path.read_text(), flags=re.S)):
                if " " in text:
                    yield path, text


def check_words():
    for path, text in [*texts(), *form_texts()]:
        plain = re.sub(FORMS, "", text)
        for word in re.findall(r"\b(match(?:es|ed)?|hits?|identified|suspects? is)\b", plain, flags=re.I):
            yield f"{path.relative_to(root)}: “{word}” in “{text}”"


def check_potfiles():
    listed = set((root / "po/POTFILES.in").read_text().split())
    for path, _ in texts():
        name = str(path.relative_to(root))
        if name not in listed:
            yield f"po/POTFILES.in lacks {name}"
            listed.add(name)
    for name in listed:
        if not (root / name).exists():
            yield f"po/POTFILES.in names {name}, which is gone"


def check_pot():
    """The template for translators can be made, and holds what is said in C and in windows."""
    with tempfile.TemporaryDirectory() as scratch:
        pot = pathlib.Path(scratch) / "visavis.pot"
        done = subprocess.run(["xgettext", "--from-code=UTF-8", "--keyword=_", "--keyword=N_", "--keyword=g_dngettext:2,3", "-o", str(pot),
                               "-f", "po/POTFILES.in"], cwd=root, text=True, capture_output=True)
        if done.returncode != 0:
            yield done.stderr
        elif pot.read_text().count("msgid ") < 100:
            yield "the template for translators has hardly any text"


def check_manual():
    """Every verb of visavis-cli stands in its manual page."""
    manual = (root / "data/man/visavis-cli.1").read_text().replace("\\-", "-")
    for verb in re.findall(r'^ *\{ "([a-z-]+)", vv_cli_', (root / "src/cli/main.c").read_text(), flags=re.M):
        if not re.search(rf"^\.B .*(?<![a-z-]){verb}(?![a-z-])", manual, flags=re.M):
            yield f"data/man/visavis-cli.1 lacks {verb}"


def check_templates():
    for path in sorted((root / "ui").glob("vv-*.ui")):
        if not (root / "src/gui" / f"{path.stem}.c").exists():
            yield f"{path.relative_to(root)} has no src/gui/{path.stem}.c"
        try:
            tree = xml.parse(path)
        except xml.ParseError as error:
            yield f"{path.relative_to(root)} is not well-formed: {error}"
            continue
        names = [element.get("id") for element in tree.iter() if element.get("id") and element.tag in ("object", "template")]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield f"{path.relative_to(root)} names two objects {name}"


def check_format():
    done = subprocess.run(["clang-format-14", "--dry-run", "-Werror", "--ferror-limit=1", *map(str, code)], text=True,
                          stderr=subprocess.PIPE)
    for name in sorted(set(re.findall(r"^(\S+?):\d+:\d+: error", done.stderr, flags=re.M))):
        yield f"{pathlib.Path(name).relative_to(root)} is not formatted (clang-format -i)"


def check_binaries():
    for name in ("src/cli/visavis-cli", "src/decoder/visavis-decoder", "src/decoder/visavis-video-decoder", "src/gui/visavis"):
        binary = build / name
        if not binary.exists():
            continue
        loads = subprocess.run(["ldd", str(binary)], text=True, stdout=subprocess.PIPE).stdout
        for library in re.findall(r"lib(?:sqlite3|sqlcipher|gdal|opencv_(?:imgcodecs|videoio|highgui))\S*", loads):
            yield f"{name} loads {library}"


def check_hosts():
    for path in tracked:
        if path.suffix in (".jpg", ".png", ".onnx", ".svg") or not path.exists() or path.name == "lint.py":
            continue
        for match in re.finditer(r"registry\.\w+\.\w+|\bdeb\.\w+\.org\b|/(?:work|farm)/", path.read_text(errors="replace")):
            yield f"{path.relative_to(root)} names {match.group(0)}"


CHECKS = [check_rooms, check_sizes, check_first_lines, check_calls, check_quarks, check_words, check_potfiles, check_pot, check_manual, check_templates,
          check_format, check_binaries, check_hosts]
print(f"1..{len(CHECKS)}")
failed = 0
for number, check in enumerate(CHECKS, 1):
    faults = list(check())
    failed += bool(faults)
    print("not ok" if faults else "ok", number, check.__name__)
    for fault in faults:
        print("#", fault)
sys.exit(failed > 0)
