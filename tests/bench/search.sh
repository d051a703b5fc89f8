#!/bin/sh
# Speed of the search beside SQLite FTS5, and of the server under wrk (Debian's package).
#   tests/bench/search.sh target/release/casebook [documents]
set -eu
casebook=$1
documents=${2:-100000}
book=$(mktemp -d)
trap 'kill "$server" 2>/dev/null || true; rm -rf "$book"' EXIT
server=
cargo bench --locked --bench search -- "$documents" --keep "$book"
command -v wrk >/dev/null || { echo "no wrk: the server is not measured"; exit 0; }
mkdir -p "$book/site/public" && echo front > "$book/site/public/index.html"
"$casebook" --home "$book" serve --bind 127.0.0.1:8799 --rate 0 2>/dev/null & server=$!
until wrk -t1 -c1 -d1s http://127.0.0.1:8799/healthz >/dev/null 2>&1; do :; done
# Two thousand different searches, so that answers given before help little.
wrk -t1 -c8 -d10s --latency -s "$(dirname "$0")/search.lua" http://127.0.0.1:8799
