#!/usr/bin/env bash
# Growth: time and memory of the record over invented corpora of several sizes, as a table and a plot.
# Usage: tests/bench/growth.sh CASEBOOK [ARTICLES…] [-- PLOT.svg]
# "record" is `casebook status` over remembered readings: loading rules and readings, and the whole record.
set -euo pipefail

casebook=$(realpath "${1:?usage: tests/bench/growth.sh CASEBOOK [ARTICLES…] [-- PLOT.svg]}")
shift
sizes=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do sizes+=("$1"); shift; done
[ ${#sizes[@]} -gt 0 ] || sizes=(1000 10000 100000)
plot=${2:-}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Wall seconds, CPU seconds and peak MB of a command.
measure() { /usr/bin/time -f '%e %U %S %M' -o "$work/time" "$@" >"$work/out" 2>"$work/err" || [ $? -eq 1 ]
  awk '{ printf "%.1f\t%.1f\t%.0f", $1, $2 + $3, $4 / 1024 }' "$work/time"; }

printf 'articles\tread s\tread CPU s\tread MB\trecord s\trecord CPU s\trecord MB\tone more s\tone more CPU s\tone more MB\tclusters\n' | tee "$work/table"
for size in "${sizes[@]}"; do
  python3 "$here/corpus.py" "$size" 1 "$work/corpus"
  rm -rf "$work/book"
  "$casebook" init "$work/book" 2>"$work/err"
  cp "$work/corpus/entities.toml" "$work/book/data/entities/corpus.toml"
  at=("$casebook" --home "$work/book" --as-of 2026-11-01)
  "${at[@]}" ingest "$work/corpus/corpus.warc.gz" >"$work/out" 2>"$work/err"
  read=$(measure "${at[@]}" status)
  record=$(measure "${at[@]}" status)
  "${at[@]}" export --format json >"$work/record.json" 2>"$work/err" || [ $? -eq 1 ]
  clusters=$(python3 "$here/clusters.py" "$work/corpus/truth.jsonl" "$work/record.json")
  "${at[@]}" ingest "$work/corpus/more.warc.gz" >"$work/out" 2>"$work/err"
  more=$(measure "${at[@]}" status)
  printf '%s\t%s\t%s\t%s\t%s\n' "$size" "$read" "$record" "$more" "$clusters" | tee -a "$work/table"
done
if [ -n "$plot" ]; then python3 "$here/plot.py" "$work/table" "$plot"; fi
