# `make run` and `make test` are all a newcomer needs; the rest are shortcuts.
.DEFAULT_GOAL := run
.PHONY: run demo test check browser bless bench shots clean system

CASEBOOK := target/release/casebook
DEMO     := target/demo
BIND     := 127.0.0.1:8080

# Crawls the sample web over loopback, builds a casebook of it and serves it; ends by itself when nobody is
# watching.
run: demo
	@if [ -t 1 ]; then $(CASEBOOK) --home $(DEMO) serve --bind $(BIND); \
	else $(CASEBOOK) --home $(DEMO) serve --bind 127.0.0.1:0 --check; fi

demo:
	cargo build --release --locked
	rm -rf $(DEMO)
	$(CASEBOOK) init $(DEMO) --starter
	$(CASEBOOK) --home $(DEMO) crawl --web data/sample
	$(CASEBOOK) --home $(DEMO) build

test: check browser

# Clippy stands in for the compiler, so that everything is built once.
test check browser: export RUSTC_WORKSPACE_WRAPPER := clippy-driver
test check browser: export CLIPPY_ARGS := -Dwarnings

check:
	cargo fmt --check
	cargo test --locked --all-targets --no-run
	cargo test --locked

# The site in a real browser: read without script, nothing on the console, accessible, no dead link.
browser: system
	cargo build --locked --all-targets
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && CASEBOOK=../../target/debug/casebook npm test

# Chromium, a Chinese font and Node.js, from Debian's packages: only those that are missing, since a Node.js from elsewhere
# does not go together with Debian's.
system:
	@missing=; \
	command -v chromium >/dev/null || missing="$$missing chromium"; \
	command -v npm >/dev/null || missing="$$missing nodejs npm"; \
	command -v fc-list >/dev/null && fc-list :lang=zh | grep -q . || missing="$$missing fontconfig fonts-noto-cjk"; \
	[ -z "$$missing" ] || { SUDO=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	     $$SUDO apt-get update -qq && $$SUDO env DEBIAN_FRONTEND=noninteractive \
	     apt-get install -y -qq --no-install-recommends $$missing >/dev/null; }

# Writes today's answers into the golden files; read the diff before you commit it.
bless:
	BLESS=1 cargo test --locked --test it

# Figures of BENCHMARKS.md that need nothing from outside.
bench:
	cargo build --release --locked
	tests/bench/reading.sh $(CASEBOOK)
	cargo bench --locked --bench reading
	tests/bench/growth.sh $(CASEBOOK) 1000 10000
	tests/bench/crawl.sh $(CASEBOOK)
	tests/bench/search.sh $(CASEBOOK)

shots: demo system
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && CASEBOOK=../../$(CASEBOOK) node shots.mjs ../../$(DEMO) ../../target/shots

clean:
	cargo clean
