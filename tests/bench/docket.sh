# A docket on loopback and a casebook that crawls it; for scripts to source once `program`, `python`, `here` and
# `work` are set. Pages come from pages.py, politeness is off.

serve() { # PORT PAGES ADDRESSES
    "$python" "$here/pages.py" "$1" "$2" "$3" > "$work/serving" &
    server=$!
    while ! grep -q serving "$work/serving" 2>/dev/null; do :; done
}

book() { # NAME
    "$program" init "$work/$1" 2>/dev/null
    cat > "$work/$1/data/sources.toml" <<-TOML
	[[source]]
	id = "docket"
	name = "Docket"
	language = "en"
	gate = false
	sitemaps = ["http://docket.example/index.xml"]
	TOML
}
