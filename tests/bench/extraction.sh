#!/usr/bin/env bash
# Text and metadata of real pages: casebook beside other extractors, one after the other on one core, in seconds of CPU.
# Usage: tests/bench/extraction.sh KIT [SPLIT]
# KIT holds SPLIT/*/truth.json, the pages, kit_warc.py and score.py. CASEBOOK names the program.
# The other tools are installed from PyPI into target/peers when they are missing.
set -euo pipefail

kit=$(realpath "${1:?usage: tests/bench/extraction.sh KIT [SPLIT]}")
split=${2:-dev}
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
casebook=$(realpath "${CASEBOOK:-$root/target/release/casebook}")
venv=$root/target/peers
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
core=()
command -v taskset >/dev/null && core=(taskset -c 0)

if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  # One call each: their wishes for lxml cannot be met together.
  for tool in trafilatura resiliparse readability-lxml==0.8.1 lxml_html_clean newspaper4k; do
    "$venv/bin/pip" install -q "$tool" || echo "without $tool" >&2
  done
fi

python3 "$kit/kit_warc.py" pack "$split" "$work/kit.warc.gz" 2>"$work/count"
# The other tools are given their pages unpacked.
gunzip "$work/kit.warc.gz"
pages=$(grep -oE '^[0-9]+' "$work/count")
printf 'tool\tpages\tseconds\tpages/s\tMB\tfailed\n'
"${core[@]}" python3 - "$casebook" "$work" "$pages" <<'PY'
import resource, subprocess, sys, time
casebook, work, pages = sys.argv[1], sys.argv[2], int(sys.argv[3])
command = [casebook, "--jobs", "1", "annotate", work + "/kit.warc", "--format", "article"]
# Seconds of CPU: others may use the machine as well.
def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
best = 1e9
for _ in range(3):
    began = spent()
    with open(work + "/kit.jsonl", "wb") as out: subprocess.run(command, stdout=out, stderr=subprocess.DEVNULL)
    best = min(best, spent() - began)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
print(f"casebook\t{pages}\t{best:.2f}\t{pages / best:.0f}\t{peak}\t0", flush=True)
PY
python3 "$kit/kit_warc.py" predictions "$split" "$work/kit.jsonl" >"$work/casebook.jsonl"
scored=(--pred "$work/casebook.jsonl")
rust=$root/target/peers/rust
CARGO_TARGET_DIR=$rust cargo build -q --release --manifest-path "$here/dom_smoothie/Cargo.toml" \
  || echo "without dom_smoothie" >&2
for tool in trafilatura resiliparse readability-lxml newspaper4k dom_smoothie; do
  run=("$venv/bin/python" "$here/peers.py" "$tool")
  [ "$tool" = dom_smoothie ] && run=("$rust/release/bench-dom-smoothie")
  if "${core[@]}" "${run[@]}" "$kit" "$split" "$work/$tool.jsonl" \
    2>"$work/$tool.err" >"$work/$tool.time"; then
    awk -F'\t' '{ printf "%s\t%d\t%.2f\t%.1f\t%d\t%d\n", $1, $2, $3, $2 / $3, $4, $5 }' "$work/$tool.time"
    scored+=(--pred "$work/$tool.jsonl")
  else
    echo "$tool: $(tail -1 "$work/$tool.err")" >&2
  fi
done
python3 "$kit/score.py" --split "$split" --n-bootstrap 0 "${scored[@]}" 2>/dev/null
