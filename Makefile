# clusterctl: build, run, test, install. `make help` lists the targets.

SWIFT   ?= swift
PREFIX  ?= /usr/local
DESTDIR ?=
PORT    ?= 6379
ROUNDS  ?= 500
DAMAGES ?= 50000

BINARY := .build/release/clusterctl
BUILD_FLAGS := -c release --static-swift-stdlib --product clusterctl

# Debian packages. What the build needs beside Swift itself, and what the tests talk to.
BUILD_PACKAGES := git g++ libedit-dev zlib1g-dev
TEST_PACKAGES  := $(BUILD_PACKAGES) redis-server redis-tools python3 python3-venv libhiredis-dev \
                  nodejs node-redis php-cli php-redis php-predis perl libredis-perl libredis-fast-perl \
                  ruby ruby-redis lua5.1 lua-socket lua-redis \
                  golang-go golang-github-gomodule-redigo-dev golang-gopkg-redis.v5-dev \
                  python3-pyte bash zsh fish mandoc groff-base less

# Packages that are missing are installed once, by apt-get, with sudo where the user is not root. Elsewhere than on
# Debian nothing is installed: a test whose peer is missing is skipped by name.
define install_missing
	@if command -v dpkg-query >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then \
	    missing=; \
	    for package in $(1); do \
	        dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$package"; \
	    done; \
	    if [ -n "$$missing" ]; then \
	        echo "installing:$$missing" >&2; \
	        root=; [ "$$(id -u)" = 0 ] || root=sudo; \
	        $$root apt-get update -q >&2 && \
	        RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive $$root apt-get install -y -q --no-install-recommends $$missing >&2; \
	    fi; \
	fi
endef

.DEFAULT_GOAL := help
.PHONY: help build run test test-bench test-threads test-crash test-damage demo bench bench-startup install uninstall completions recording format lint clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## build the release binary, the standard library linked in
	$(call install_missing,$(BUILD_PACKAGES))
	$(SWIFT) build $(BUILD_FLAGS)

run: build ## build, then start a cluster in the foreground (PORT=6379)
	@exec $(BINARY) start --port $(PORT)

test: ## install what the tests need, then run them all
	$(call install_missing,$(TEST_PACKAGES))
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build

test-bench: ## run the tests of the benchmarks' own package
	cd Benchmarks && $(SWIFT) test

test-threads: ## run the concurrent tests under the thread sanitizer
	$(call install_missing,$(TEST_PACKAGES))
	$(SWIFT) test --sanitize=thread --no-parallel --scratch-path .build/threads --filter 'ManyClients|KeyLock|Failover|ReplicaEquality|ReloadTests|NodeLog|ExportTests'

test-crash: ## kill and fail over for a long time: ROUNDS=500 crashes, ten times as many failovers
	$(SWIFT) build --build-tests
	CLUSTERCTL_CRASH_ROUNDS=$(ROUNDS) CLUSTERCTL_FAILOVERS=$(ROUNDS)0 \
	    $(SWIFT) test --skip-build --filter 'CrashTests|FailoverTests'

test-damage: ## damage files of data folders, one at a time: DAMAGES=50000 at random, or DAMAGES=all
	$(SWIFT) build --build-tests
	CLUSTERCTL_DAMAGES=$(DAMAGES) $(SWIFT) test --skip-build --filter DamagedFolderTests

demo: build ## a tour that ends by itself
	@CLUSTERCTL=$(BINARY) sh scripts/demo.sh

bench: build ## measure beside redis-server; BENCH_FLAGS="--write ../docs/performance.md" keeps the table
	$(call install_missing,$(TEST_PACKAGES))
	cd Benchmarks && $(SWIFT) run -c release bench --binary ../$(BINARY) $(BENCH_FLAGS)

# Where each shell looks for completions, below PREFIX.
SHARE := $(DESTDIR)$(PREFIX)/share
BASH_COMPLETION := $(SHARE)/bash-completion/completions/clusterctl
ZSH_COMPLETION  := $(SHARE)/zsh/site-functions/_clusterctl
FISH_COMPLETION := $(SHARE)/fish/vendor_completions.d/clusterctl.fish

bench-startup: build ## measure the start-up beside redis-cli
	$(call install_missing,$(TEST_PACKAGES))
	scripts/measure-startup.py $(BINARY)

install: build ## install the binary, its completions and man pages under PREFIX
	install -D -m 755 $(BINARY) $(DESTDIR)$(PREFIX)/bin/clusterctl
	install -D -m 644 completions/clusterctl.bash $(BASH_COMPLETION)
	install -D -m 644 completions/_clusterctl $(ZSH_COMPLETION)
	install -D -m 644 completions/clusterctl.fish $(FISH_COMPLETION)
	install -d $(SHARE)/man/man1
	install -m 644 man/*.1 $(SHARE)/man/man1

uninstall: ## remove what install has put there
	rm -f $(DESTDIR)$(PREFIX)/bin/clusterctl $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION)
	rm -f $(addprefix $(SHARE)/man/man1/,$(notdir $(wildcard man/*.1)))

completions: ## write the completions anew, after an option or a subcommand has changed
	$(SWIFT) build --product clusterctl
	.build/debug/clusterctl --generate-completion-script bash > completions/clusterctl.bash
	.build/debug/clusterctl --generate-completion-script zsh > completions/_clusterctl
	.build/debug/clusterctl --generate-completion-script fish > completions/clusterctl.fish

recording: ## record the session in README.md anew
	$(SWIFT) build --product clusterctl
	scripts/record-session.py .build/debug/clusterctl README.md

format: ## format the sources in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

lint: ## check the format, as CI does
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources

clean: ## remove what was built
	rm -rf .build Benchmarks/.build
