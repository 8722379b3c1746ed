# The commands for this project; `make` alone lists them. Each target installs what it needs first (`.ci/setup`).

.DEFAULT_GOAL := help
.PHONY: help run watch watch-check build dist test soak deployment format bench
SHELL := /bin/bash

# Written by .ci/setup: the compiler and where the tools are.
-include target/setup.env

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

run: ## serve the demo studio at http://127.0.0.1:3000
	@.ci/setup build
	@$(MAKE) --no-print-directory serve-demo

build: ## leave dist/control-maniac, one file that needs no other
	@.ci/setup build
	@$(MAKE) --no-print-directory release

dist: build ## the same, and say how large that file is
	@printf '%s: %s MB\n' $(PROGRAM) "$$(du -m $(PROGRAM) | cut -f1)"

watch: ## rebuild and reload at every change
	@.ci/setup build
	@$(MAKE) --no-print-directory do-watch

watch-check: ## build as watch does, and find the browser's console silent
	@.ci/setup test
	@$(MAKE) --no-print-directory do-watch-check

test: ## format, lints, all tests on SQLite and Postgres, and in a browser
	@.ci/setup test
	@$(MAKE) --no-print-directory do-test

soak: ## a long history check: make soak OPS=1000000, and SEED=… to repeat one
	@.ci/setup test
	@$(MAKE) --no-print-directory do-soak

deployment: ## a deployment under open windows, with a second build in another folder
	@.ci/setup test
	@$(MAKE) --no-print-directory do-deployment

bench: ## measure, as ratios within one run
	@.ci/setup bench
	@$(MAKE) --no-print-directory do-bench

format: ## format the code
	@.ci/setup build
	@$(MAKE) --no-print-directory do-format

# The targets below run in a second make, which has read what the set-up wrote.
.PHONY: serve-demo release do-watch do-watch-check do-test do-soak do-deployment do-bench do-format

# Built again only if something is newer: cargo-leptos would optimise the WASM anew each time.
PROGRAM := dist/control-maniac
SOURCES := build.rs locales src style public Cargo.toml Cargo.lock .ci/build
release:
	@if [ ! -x $(PROGRAM) ] || [ -n "$$(find $(SOURCES) -newer $(PROGRAM) -print -quit)" ]; then \
		.ci/build --precompress; \
	fi

serve-demo: release
	@mkdir -p data
	@CONTROL_MANIAC_DATABASE_URL=$${CONTROL_MANIAC_DATABASE_URL:-sqlite:data/demo.db} \
		exec $(PROGRAM) serve --demo

# Its files have a folder of their own, and no hashes in their names: a changed style is shown without a restart.
do-watch do-watch-check: export LEPTOS_SITE_ROOT := target/site-of-watch
do-watch do-watch-check: export LEPTOS_HASH_FILES := false
do-watch do-watch-check: export CONTROL_MANIAC_SITE := target/site-of-watch
do-watch:
	@mkdir -p data
	@CONTROL_MANIAC_DATABASE_URL=$${CONTROL_MANIAC_DATABASE_URL:-sqlite:data/demo.db} CONTROL_MANIAC_DEMO=true \
		cargo leptos watch -- serve

do-watch-check:
	@cargo leptos build
	@npx --prefix end2end playwright test --config end2end/watch.config.ts

do-test:
	@.ci/test

# One round after the other, each reported when it is done; the seed is printed first.
do-soak:
	@CONTROL_MANIAC_OPS=$(or $(OPS),100000) $(if $(SEED),CONTROL_MANIAC_SEED=$(SEED)) .ci/with-postgres cargo test --release \
		--features ssr,mutations --test server history::whatever_is_chosen_last -- --nocapture

do-deployment: export CONTROL_MANIAC_OTHER_BUILD ?= $(or $(TMPDIR),/tmp)/control-maniac-other-build
do-deployment: release
	@.ci/other-build "$$CONTROL_MANIAC_OTHER_BUILD"
	@npx --prefix end2end playwright test --config end2end/playwright.config.ts --project chromium deployment.spec.ts

do-bench:
	@.ci/bench

do-format:
	@cargo fmt
