#!/usr/bin/env bash
# What Lighthouse says of the starter casebook with the sample pages, on its simulated slow phone: front page, the
# longest incident in both languages, the busiest vendor, search. Needs npm and Debian's Chromium.
# Usage: tests/bench/lighthouse.sh CASEBOOK [RUNS]
set -euo pipefail

casebook=$(realpath "${1:?usage: tests/bench/lighthouse.sh CASEBOOK [RUNS]}")
runs=${2:-1}
work=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$work"' EXIT
npm install --silent --no-save --prefix "$work" lighthouse@13.5.0 >"$work/npm.log" 2>&1

"$casebook" init "$work/book" --starter >"$work/log" 2>&1
"$casebook" --home "$work/book" crawl --web data/sample >>"$work/log" 2>&1
"$casebook" --home "$work/book" build >>"$work/log" 2>&1 || [ $? -eq 1 ]
port=$((20000 + RANDOM % 20000))
"$casebook" --home "$work/book" serve --bind "127.0.0.1:$port" >>"$work/log" 2>&1 &
server=$!
curl -sf --retry 20 --retry-delay 1 --retry-connrefused "http://127.0.0.1:$port/" >/dev/null

site="$work/book/site/public"
largest() { (cd "$site" && ls -S "$1"/*/index.html | head -1 | sed 's#index.html##'); }
incident=$(largest incidents)
for _ in $(seq "$runs"); do
  for path in "" "$incident" "zh/$incident" "$(largest vendors)" search/; do
    CHROME_PATH=$(command -v chromium) "$work/node_modules/.bin/lighthouse" "http://127.0.0.1:$port/$path" --quiet \
      --output=json --output-path="$work/report.json" --chrome-flags="--headless --no-sandbox --disable-gpu \
      --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync" 2>"$work/log"
    python3 - "$work/report.json" "/$path" <<'P'
import json, sys
report = json.load(open(sys.argv[1]))
score = lambda name: round(100 * report["categories"][name]["score"])
shown = lambda name: report["audits"][name]["displayValue"].replace("\u00a0", " ")
names = ["performance", "accessibility", "best-practices", "seo"]
print(sys.argv[2], *(f"{name} {score(name)}" for name in names), "first paint " + shown("first-contentful-paint"),
      "shift " + shown("cumulative-layout-shift"), f'{report["audits"]["total-byte-weight"]["numericValue"]} bytes', sep=" · ")
P
  done
done
