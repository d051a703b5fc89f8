#!/usr/bin/env bash
# Reading speed: `casebook annotate` over a WARC of the sample pages, repeated.
# Usage: tests/bench/reading.sh CASEBOOK [RECORDS] [JOBS]
set -euo pipefail

casebook=$(realpath "${1:?usage: tests/bench/reading.sh CASEBOOK [RECORDS] [JOBS]}")
wanted=${2:-10000}
jobs=${3:-$(nproc)}
sample=$(cd "$(dirname "$0")/../../data/sample" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The program writes the archive itself; its records are gzip members, and members concatenate.
"$casebook" init "$work/book" 2>"$work/talk"
"$casebook" --home "$work/book" ingest "$sample" --fetched-at 2026-07-01T00:00:00Z 2>>"$work/talk" \
  || { cat "$work/talk" >&2; exit 2; }
archive=$work/book/archive/00001.warc.gz
pages=$("$casebook" annotate "$archive" | wc -l)
rounds=$(((wanted + pages - 1) / pages))
warc=$work/repeated.warc.gz
for _ in $(seq "$rounds"); do cat "$archive"; done >"$warc"
records=$((pages * rounds))

read_all=("$casebook" --jobs "$jobs" annotate "$warc")
if [ -x /usr/bin/time ]; then
  /usr/bin/time -f '%e %U %S %M' -o "$work/time" "${read_all[@]}" >/dev/null
else
  # The shell measures no memory.
  TIMEFORMAT='%R %U %S 0'
  { time "${read_all[@]}" >/dev/null; } 2>"$work/time"
fi
read -r wall user sys peak <"$work/time"
cpu=$(awk "BEGIN { print $user + $sys }")
awk -v n="$records" -v pages="$pages" -v jobs="$jobs" -v wall="$wall" \
  -v cpu="$cpu" -v peak="$peak" 'BEGIN {
  printf "%d records (%d pages repeated), %d threads\n", n, pages, jobs
  printf "%.2f s: %.0f articles/s\n", wall, n / wall
  printf "%.2f s of CPU time: %.0f articles/s a core\n", cpu, n / cpu
  if (peak > 0) printf "%.0f MB peak RSS\n", peak / 1024
}'
