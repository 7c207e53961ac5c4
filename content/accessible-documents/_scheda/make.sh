#!/usr/bin/env bash
# Makes ../02-pubblicare/scheda-di-controllo.pdf from scheda.html: a tagged PDF, as the course asks for.
#
# Needs (Debian): apt-get install chromium fonts-open-sans poppler-utils
set -euo pipefail
cd "$(dirname "$0")"
out=../02-pubblicare/scheda-di-controllo.pdf
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --user-data-dir="$profile" --no-pdf-header-footer --print-to-pdf="$out" "file://$PWD/scheda.html" 2>/dev/null
pdfinfo "$out" | grep -E '^(Title|Tagged|Pages|File size)'
pdfinfo "$out" | grep -q '^Tagged: *yes'
