#!/bin/sh
# Pages a second: COUNT invented incidents rendered by casebook, in both languages and with their feeds, JSON and
# citations, then again after one of them changed, anew and by a program that goes on watching; and COUNT pages of
# like size by Hugo, where it is installed. Editors entered each incident on its day, a hundred in a file.
# Not within minutes of deleting as many files: ext4 goes around inodes deleted lately, and system time trebles.
#   tests/bench/site.sh target/release/casebook [COUNT] [JOBS]
set -eu
casebook=$(realpath "$1")
count=${2:-10000}
jobs=${3:-2}
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$casebook" init "$dir/book" >/dev/null 2>&1
mkdir -p "$dir/book/data/incidents"
incidents() { # count, folder
    awk -v count="$1" -v folder="$2" 'BEGIN {
        split("use_ban access_restriction distillation ip_litigation privacy_data security outage", kinds, " ");
        split("OpenAI Anthropic Google DeepSeek Mistral xAI Perplexity Cohere", names, " ");
        for (i = 1; i <= count; i++) {
            day = sprintf("20%02d-%02d-%02d", 22 + i % 4, 1 + i % 12, 1 + i % 28);
            if (i % 100 == 1) { close(file); file = sprintf("%s/m%04d.toml", folder, i / 100); }
            printf "[[incident]]\nid = \"invented-%d\"\ntitle = \"Invented dispute number %d over access and data\"\n", i, i > file;
            printf "title-zh = \"虚构争端第%d号：访问与数据\"\ndate = \"%s\"\ntypes = [\"%s\"]\nstatus = \"open\"\n", i, day, kinds[1 + i % 7] > file;
            printf "parties = [\n  { name = \"%s\", role = \"initiator\" },\n  { name = \"%s\", role = \"respondent\" },\n]\n", names[1 + i % 8], names[1 + (i + 3) % 8] > file;
            printf "summary = \"One house says that the other broke the terms of a contract in matter %d. The other says that it did not.\"\n", i > file;
            printf "points = [\n" > file;
            for (p = 1; p <= 8; p++) printf "  { date = \"%s\", text = \"Step %d of matter %d is taken, and each side says what it holds of it.\" },\n", day, p, i > file;
            printf "]\nverification = [\"verified\"]\nnotes = [\"Outlets differ on the order of the steps of matter %d.\"]\n", i > file;
            printf "questions = [ { text = \"Will matter %d be settled?\" }, { text = \"Who pays in matter %d?\" } ]\n", i, i > file;
            printf "sources = [\"https://ledger.example/%d\"]\nentered = \"%s\"\nby = \"editor\"\n\n", i, day > file;
        }
    }'
}
seconds() { awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b - a }'; }
run() { # label, command…
    label=$1; shift
    start=$(date +%s.%N)
    /usr/bin/time -f "%U %S %M" -o "$dir/time" "$@" >"$dir/out" 2>&1 || { cat "$dir/out"; exit 1; }
    end=$(date +%s.%N)
    read -r user sys memory <"$dir/time"
    echo "$label: $(seconds "$start" "$end") s wall, $user s user, $sys s system, $((memory / 1024)) MB"
    grep -o "site: .*" "$dir/out" | tail -1
}
incidents "$count" "$dir/book/data/incidents"
first="$dir/book/data/incidents/m0000.toml"
run "casebook, all" "$casebook" --home "$dir/book" --jobs "$jobs" --as-of 2026-06-01 build
run "casebook, nothing changed" "$casebook" --home "$dir/book" --jobs "$jobs" --as-of 2026-06-01 build
sed -i '0,/status = "open"/s//status = "settled"/' "$first"
run "casebook, one changed" "$casebook" --home "$dir/book" --jobs "$jobs" --as-of 2026-06-01 build
# From the moment the file is saved until the site stands, five times.
"$casebook" --home "$dir/book" --jobs "$jobs" --as-of 2026-06-01 build --watch >"$dir/out" 2>&1 &
watching=$!
until grep -q "^watching" "$dir/out"; do sleep 0.1; done
for turn in 1 2 3 4 5; do
    built=$(grep -c "^open" "$dir/out")
    sed "0,/status = \"settled\"/s//status = \"open\"/;0,/title = \"Invented/s//title = \"Turn $turn: invented/" "$first" >"$dir/changed"
    start=$(date +%s.%N)
    cp "$dir/changed" "$first"
    until [ "$(grep -c "^open" "$dir/out")" -gt "$built" ]; do sleep 0.005; done
    end=$(date +%s.%N)
    echo "casebook watching, one changed: $(seconds "$start" "$end") s wall, $(grep -o "site: .*" "$dir/out" | tail -1)"
done
echo "casebook watching: $(awk '/VmHWM/ { printf "%d", $2 / 1024 }' "/proc/$watching/status") MB"
kill "$watching"
page="$dir/book/site/public/incidents/invented-7/index.html"
echo "a page: $(wc -c <"$page") bytes; $(find "$dir/book/site/public" -name index.html | wc -l) pages, $(find "$dir/book/site/public" -type f | wc -l) files"
command -v hugo >/dev/null || exit 0
mkdir -p "$dir/hugo/content/incidents" "$dir/hugo/layouts/_default"
printf 'baseURL = "https://record.example/"\ntitle = "Record"\ndisableKinds = ["taxonomy", "term", "RSS"]\n' >"$dir/hugo/config.toml"
cat >"$dir/hugo/layouts/_default/baseof.html" <<'H'
<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body><header><nav>{{ range first 7 .Site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav></header><main>{{ block "main" . }}{{ end }}</main></body></html>
H
echo '{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2 January 2006" }}</p>{{ .Content }}{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}{{ end }}' >"$dir/hugo/layouts/_default/single.html"
echo '{{ define "main" }}<ul>{{ range first 100 .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}' >"$dir/hugo/layouts/_default/list.html"
bytes=$(wc -c <"$page")
awk -v count="$count" -v bytes="$bytes" -v dir="$dir/hugo/content/incidents" 'BEGIN {
    line = "- Step of a matter is taken, and each side *says* what it holds of it, as [a source](https://ledger.example/) tells.\n";
    for (i = 1; i <= count; i++) {
        file = dir "/invented-" i ".md";
        printf "---\ntitle: Invented dispute number %d over access and data\ndate: 2025-%02d-%02d\n---\n", i, 1 + i % 12, 1 + i % 28 > file;
        for (n = 0; n < bytes - 900; n += 155) printf "%s", line > file;
        close(file);
    }
}'
run "Hugo, all" env GOMAXPROCS="$jobs" hugo --quiet --source "$dir/hugo"
echo "a page of Hugo: $(wc -c <"$dir/hugo/public/incidents/invented-7/index.html") bytes"
