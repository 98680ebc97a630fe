#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Run one UI test on a private X server and session bus.
set -eu
# Without Xvfb the test is skipped.
command -v xvfb-run >/dev/null || exit 77
if [ -n "${VV_TEST_USE_DISPLAY:-}" ]; then exec "$@"; fi
# The accessibility bus has its socket in this folder: tests that run at once must not share it.
XDG_RUNTIME_DIR=$(mktemp -d)
export XDG_RUNTIME_DIR
trap 'rm -rf "$XDG_RUNTIME_DIR"' EXIT
dbus-run-session -- xvfb-run -a -s '-screen 0 1600x1000x24 -noreset' "$@"
