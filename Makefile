# One job a target; scripts/ holds what takes more than a line.
SWIFT ?= swift
RELEASE = .build/release/ppp

.PHONY: run build test test-peers check lint format bench setup clean

## run: install what is missing, build ppp, and build this repository's own environments
run: build
	$(RELEASE) build

build: setup
	$(SWIFT) build -c release --product ppp --static-swift-stdlib

## test: the hermetic tests (nothing but loopback)
test: setup
	$(SWIFT) test

## test-peers: the tests that need real registries, servers and a browser
test-peers: setup
	@scripts/setup peers
	PATH="$(CURDIR)/.build/peers/bin:$$PATH" PPP_TEST_PEERS=1 $(SWIFT) test

## check: formatting, arrows between targets, warnings as errors
check: setup lint
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests

## bench: speed and memory, each as a ratio against the alternative in the same run
bench: build
	scripts/bench

setup:
	@scripts/setup

clean:
	rm -rf .build dist .ppp
