#!/bin/sh
# Fetching, beside Scrapy where it is installed; then a frontier of a million addresses; then fifty kills.
#   tests/bench/crawl.sh PROGRAM [PYTHON] [PAGES] [ADDRESSES] [KILLS]
# Pages come from tests/bench/pages.py on loopback, politeness off. casebook archives what it fetches, Scrapy
# throws it away. CPU seconds are user and system of the crawler alone: they hold on a busy machine, the clock
# does not.
set -eu
program=$(realpath "$1")
python=${2:-python3}
pages=${3:-5000}
addresses=${4:-1000000}
kills=${5:-50}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -rf "$work"' EXIT INT TERM

. "$here/docket.sh"

measure() { # LABEL COMMAND…
    "$python" - "$@" <<-'PY'
	import resource, subprocess, sys, time
	label, command = sys.argv[1], sys.argv[2:]
	began = time.time()
	run = subprocess.run(command, capture_output=True, text=True)
	wall = time.time() - began
	used = resource.getrusage(resource.RUSAGE_CHILDREN)
	import json
	out = run.stdout.strip()
	told = json.loads(out or "0")
	pages = told["new"] if isinstance(told, dict) else told
	cpu = used.ru_utime + used.ru_stime
	print(f"{label:<10} {pages} pages, {wall:.1f} s ({pages / wall:.0f} a second), "
	      f"{cpu:.2f} CPU s ({pages / cpu:.0f} a CPU second), {used.ru_maxrss / 1024:.0f} MB")
	PY
}

crawl() { # HOME PORT MORE…
    home=$1 port=$2
    shift 2
    echo "$program --home $work/$home crawl --source docket --connect-to 127.0.0.1:$port --allow-private --delay 0 --per-host 32 --at-once 32 --format json $*"
}

serve 8917 "$pages" "$pages"
book speed
measure casebook $(crawl speed 8917)
if "$python" -c 'import scrapy' 2>/dev/null; then
    measure scrapy "$python" "$here/crawl_peer.py" http://127.0.0.1:8917 "$pages"
fi
if "$python" -c 'import warcio' 2>/dev/null; then
    for file in "$work"/speed/archive/*.warc.gz; do
        "$python" -m warcio.cli check "$file" && echo "warcio check: sound"
    done
fi
kill $server

if [ "$addresses" -gt 0 ]; then
    serve 8918 1000 "$addresses"
    book million
    measure "$addresses" $(crawl million 8918 --pages-max 2000)
    # The addresses are known by now: what a step costs in tables of that size.
    measure "a step" $(crawl million 8918 --pages-max 10000)
    kill $server
fi

if [ "$kills" -gt 0 ]; then
    serve 8919 2000 2000
    book clean
    $(crawl clean 8919) > /dev/null 2>&1 || true
    book killed
    length=$(cat "$work"/clean/archive/*.warc.gz | wc -c)
    done=0 ended=0
    # Each crawl is killed when it has archived up to one and a half times its share of the pages.
    while [ "$done" -lt "$kills" ] && [ "$ended" -lt 5 ]; do
        $(crawl killed 8919) > /dev/null 2>&1 &
        if "$python" - $! "$work/killed/archive" $((length / kills)) <<-'PY'
		import os, random, signal, sys
		child, folder, share = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
		size = lambda: sum(entry.stat().st_size for entry in os.scandir(folder)) if os.path.isdir(folder) else 0
		def alive():
		    try:
		        return open(f"/proc/{child}/stat").read().rsplit(")", 1)[1].split()[0] != "Z"
		    except FileNotFoundError:
		        return False
		target = size() + random.randint(1, 3 * share // 2)
		while alive() and size() < target:
		    pass
		if not alive():
		    sys.exit(1)
		os.kill(child, signal.SIGKILL)
		PY
        then done=$((done + 1)); else ended=$((ended + 1)); fi
        wait $! 2>/dev/null || true
    done
    kills=$done
    $(crawl killed 8919) > /dev/null 2>&1 || true
    for name in clean killed; do
        zcat "$work/$name"/archive/*.warc.gz | tr -d '\r' | awk '
            /^WARC\/1.1$/ { kind = "" }
            /^WARC-Type: / { kind = $2 }
            /^WARC-Target-URI: / { url = $2 }
            /^Casebook-Content-Digest: / { print kind, url, $2 }' | sort > "$work/$name.list"
    done
    if cmp -s "$work/clean.list" "$work/killed.list"; then
        echo "$kills kills: the same $(wc -l < "$work/clean.list") records"
    else
        echo "$kills kills: the archives differ"
        diff "$work/clean.list" "$work/killed.list" | head
        exit 1
    fi
fi
