#!/bin/sh
# Serves a built site by nginx with the lines of site/deploying.md, and asks it for a page, a script, feeds of
# the site and of a question, a timeline to embed and a page that is not there: nginx.sh CASEBOOK_HOME
set -eu
public=$(realpath "$1/site/public")
guide=$(dirname "$0")/../../site/deploying.md
dir=$(mktemp -d)
trap 'kill "$(cat "$dir/pid")" 2>/dev/null || true; rm -rf "$dir"' EXIT
lines=$(sed -n '/^```nginx/,/^```/p' "$guide" | sed '1d;$d' | sed "s#listen 80;#listen 127.0.0.1:8397;#; s#root .*;#root $public;#")
cat > "$dir/nginx.conf" <<CONF
pid $dir/pid;
error_log $dir/error.log;
events {}
http {
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path $dir; proxy_temp_path $dir; fastcgi_temp_path $dir; uwsgi_temp_path $dir; scgi_temp_path $dir;
$lines
}
CONF
nginx -c "$dir/nginx.conf" -e "$dir/error.log"
ask() { # path, status, type, header
    head=$(curl -s -o /dev/null -D - --compressed "http://127.0.0.1:8397/$1")
    for want in " $2" "$3" "$4"; do
        printf '%s' "$head" | grep -qi -- "$want" || { echo "/$1: no “$want” in"; echo "$head"; exit 1; }
    done
    echo "/$1: $2 $3"
}
script=$(cd "$public" && ls assets/filter.*.js)
ask "" 200 "text/html" "content-encoding: gzip"
ask "timeline/" 200 "text/html" "nosniff"
ask "$script" 200 "javascript" "immutable"
ask "atom.xml" 200 "application/atom+xml" "nosniff"
ask "feed.json" 200 "application/feed+json" "nosniff"
question=$(cd "$public" && ls incidents/*/q-*.atom.xml | head -n 1)
ask "$question" 200 "application/atom+xml" "nosniff"
ask "${question%atom.xml}feed.json" 200 "application/feed+json" "max-age=300"
embed=$(cd "$public" && ls incidents/*/embed.html | head -n 1)
ask "$embed" 200 "frame-ancestors" "no-referrer"
ask "$script" 200 "javascript" "no-referrer"
ask "no/such/page/" 404 "text/html" "nosniff"
echo "nginx serves the site"
