#!/usr/bin/env bash
# One article more in a program that watches: seconds until record and site stand, over an invented corpus.
# Usage: tests/bench/one_more.sh CASEBOOK ARTICLES
set -euo pipefail

casebook=$(realpath "${1:?usage: tests/bench/one_more.sh CASEBOOK ARTICLES}")
articles=${2:?how many articles}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
running=
trap '[ -z "$running" ] || kill "$running"; rm -rf "$work"' EXIT

python3 "$here/corpus.py" "$articles" 1 "$work/corpus"
"$casebook" init "$work/book" 2>"$work/err"
cp "$work/corpus/entities.toml" "$work/book/data/entities/corpus.toml"
at=("$casebook" --home "$work/book" --as-of 2026-11-01)
"${at[@]}" ingest "$work/corpus/corpus.warc.gz" >"$work/out" 2>"$work/err"
"${at[@]}" status >"$work/out" 2>"$work/err" || [ $? -eq 1 ]
"${at[@]}" build --watch >"$work/built" 2>&1 & running=$!
until grep -q "^watching" "$work/built"; do sleep 0.1; done
"${at[@]}" ingest "$work/corpus/more.warc.gz" >"$work/out" 2>"$work/err"
until [ "$(grep -c "^open" "$work/built")" -gt 1 ]; do sleep 0.1; done
grep -E "captures|^built" "$work/built"
awk '/VmHWM/ { printf "%.0f MB\n", $2 / 1024 }' "/proc/$running/status"
