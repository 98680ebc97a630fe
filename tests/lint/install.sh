#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs into an empty folder and looks whether what a person needs is there and starts.
set -eu
rm -rf "$DESTDIR"
meson install -C "$1" --no-rebuild --quiet
root="$DESTDIR$PREFIX"
for file in bin/visavis-cli libexec/visavis-decoder libexec/visavis-video-decoder share/visavis/rules/212-129.json share/visavis/models/sface.onnx \
  share/visavis/people/manifest.csv share/visavis/ecms/webdav.json share/man/man1/visavis-cli.1; do
  [ -e "$root/$file" ] || { echo "not installed: $file"; exit 1; }
done
"$root/bin/visavis-cli" --version
! find "$DESTDIR" -name '*.a' | grep . || { echo 'static libraries were installed'; exit 1; }
rm -rf "$DESTDIR"
