#!/usr/bin/env bash
# Makes the course's videos from the spoken scripts beside this file: all of them, or those named.
#
#   ./make.sh                       all
#   ./make.sh lavoro-in-vista       one
#   ./make.sh --check               only look at what ../video holds
#   ./make.sh --from FOLDER …       the same for the scripts in another course's _video
#
# Needs (Debian): apt-get install espeak-ng ffmpeg librsvg2-bin fonts-open-sans nodejs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
scripts=$here
if [ "${1:-}" = --from ]; then
  scripts=$2
  shift 2
fi
cd "$scripts"
for tool in espeak-ng ffmpeg ffprobe rsvg-convert node; do
  command -v "$tool" >/dev/null || { echo "manca $tool: apt-get install espeak-ng ffmpeg librsvg2-bin fonts-open-sans nodejs" >&2; exit 1; }
done
exec nice -n 10 node "$here/make.mjs" "$@"
