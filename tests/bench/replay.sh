#!/bin/sh
# Shows that other tools read what a crawl archived: warcio checks it, pywb replays it.
#   tests/bench/replay.sh PROGRAM [PYTHON] [PAGES]
# Needs `pip install pywb` (warcio comes with it). Every replayed page has to be what the server sent, byte for byte.
set -eu
program=$(realpath "$1")
python=$(command -v "${2:-python3}")
pages=${3:-200}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
server= replay=
trap 'kill $server $replay 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM

. "$here/docket.sh"

serve 8921 "$pages" "$pages"
book book
crawl() {
    "$program" --home "$work/book" crawl --source docket --connect-to 127.0.0.1:8921 --allow-private \
        --delay 0 --per-host 16 --at-once 16 --format json "$@" > /dev/null 2>&1 || true
}
crawl
# A second visit finds the same pages: revisit records, which a replay has to resolve.
crawl --revisit

for file in "$work"/book/archive/*.warc.gz; do
    "$python" -m warcio.cli check -v "$file" | grep digest | sort | uniq -c
    "$python" -m warcio.cli check "$file" && echo "warcio check: sound"
done

cd "$work"
"$(dirname "$python")/wb-manager" init replayed > /dev/null 2>&1
"$(dirname "$python")/wb-manager" add replayed "$work"/book/archive/*.warc.gz > /dev/null 2>&1
"$(dirname "$python")/wayback" -p 8922 > "$work/wayback" 2>&1 &
replay=$!
"$python" - "$pages" <<-'PY'
	import sys, time, urllib.request
	sys.argv, pages = ["pages.py", "0", sys.argv[1]], int(sys.argv[1])
	def get(url):
	    return urllib.request.urlopen(url, timeout=20).read()
	for _ in range(200):
	    try:
	        get("http://127.0.0.1:8922/")
	        break
	    except OSError:
	        time.sleep(0.1)
	same = 0
	for number in range(pages):
	    path = f"/filings/2026/06/{number}-veltrane-answers-orison"
	    # "id_": as it was archived, nothing rewritten.
	    replayed = get(f"http://127.0.0.1:8922/replayed/id_/http://docket.example{path}")
	    same += replayed == get(f"http://127.0.0.1:8921{path}")
	print(f"pywb: {same} of {pages} pages replayed as they were sent")
	sys.exit(same != pages)
	PY
