#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every header must compile on its own, as C11 without extensions."""
import concurrent.futures, pathlib, shutil, subprocess, sys

root, build = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
PACKAGES = "gio-2.0 gio-unix-2.0 json-glib-1.0 cairo gtk4 libadwaita-1 openssl libsodium libcurl atspi-2"
flags = subprocess.run(["pkg-config", "--cflags", *PACKAGES.split()], text=True, stdout=subprocess.PIPE, check=True).stdout.split()
ccache = ["ccache"] if shutil.which("ccache") else []
rooms = [f"-I{path}" for path in sorted((root / "src").iterdir()) if path.is_dir()]


scratch = build / "headers"
scratch.mkdir(exist_ok=True)


def check(header):
    """Compiled to objects nobody links, so that ccache remembers what was fine."""
    unit = scratch / f"{header.stem}.c"
    if not unit.exists():
        unit.write_text(f'#include "{header.name}"\n')
    command = [*ccache, "gcc", "-std=c11", "-Wall", "-Werror", "-O0", f"-I{build}", "-I/usr/include", f"-I{root}/subprojects/sqlcipher",
               *rooms, *flags, "-c", str(unit), "-o", str(unit.with_suffix(".o"))]
    return header, subprocess.run(command, text=True, stderr=subprocess.PIPE)


headers = sorted((root / "src").glob("*/*.h"))
print(f"1..{len(headers)}")
with concurrent.futures.ThreadPoolExecutor(2) as pool:
    failed = 0
    for number, (header, done) in enumerate(pool.map(check, headers), 1):
        print("ok" if done.returncode == 0 else "not ok", number, header.relative_to(root))
        if done.returncode != 0:
            failed += 1
            print("#", done.stderr.replace("\n", "\n# "))
sys.exit(failed > 0)
