# SPDX-License-Identifier: Apache-2.0
# The few verbs that people type. `make` alone lists them.

# Debian packages, each named in one place: what a build needs, what `make run` needs besides (the tools
# that the example's steps call, and the servers of sandbox/cluster), what the tests need, what the
# benchmarks need. Nothing is installed from elsewhere; `make bench` alone takes its rival from PyPI.
BUILD_PACKAGES := pkg-config libc6-dev libgcc-12-dev libstdc++-12-dev \
	libfuse3-dev libyaml-dev libssl-dev zlib1g-dev libcurl4-openssl-dev libgit2-dev libzstd-dev
RUN_PACKAGES   := apache2-bin openssl ca-certificates git make gcc curl
TEST_PACKAGES  := bubblewrap busybox systemd nodejs perl python3 python3-jsonschema python3-venv slirp4netns passt strace uidmap openssh-client openssh-server zstd
BENCH_PACKAGES := bubblewrap gcc grep python3-venv ripgrep sed slirp4netns uidmap util-linux
TEST_PACKAGES  += redis-server faketime
# For Debian's own kernel in a virtual machine.
GUEST_PACKAGES := qemu-system-x86 kmod cpio

PREFIX  ?= /usr/local
# Where the sandbox servers keep their data: in Tacit's state directory, which no step sees.
ifeq ($(shell id -u),0)
STATE   := /var/lib/tacit
else
STATE   := $(HOME)/.local/state/tacit
endif
STATE   := $(or $(TACIT_STATE_DIR),$(addsuffix /tacit,$(XDG_STATE_HOME)),$(STATE))
SANDBOX ?= $(STATE)/sandbox
TACIT   := .build/release/tacit
# Both builds refuse an import that Package.swift does not declare.
STRICT  := --explicit-target-dependency-import-check error

.DEFAULT_GOAL := help
.PHONY: help run test test-all build fuzz bench lint install clean \
	sandbox-up sandbox-down packages run-packages test-packages bench-packages

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: run-packages build ## install what is missing, build, and run the main example of pipelines/
	@sandbox/first-run $(TACIT) $(SANDBOX)

test: test-packages lint ## install what the tests need, check the tree and the launcher, run every test
	@Tests/check-launcher
	@Tests/run-tests $(STRICT)

test-all: test build ## the tests once more as an ordinary user, under the thread sanitizer, against the release build and on Linux 6.1
	@sandbox/install-packages $(GUEST_PACKAGES)
	@Tests/on-6.1 $(TACIT)
	@TACIT_FAULTS=all Tests/run-tests $(STRICT) --filter LauncherFaultTests
	@TACIT_OUTAGE_SECONDS=60 Tests/run-tests $(STRICT) --filter StoreOutageTests
	@TACIT=$(abspath $(TACIT)) Tests/run-tests $(STRICT) --filter AcceptanceTests
	@TACIT=$(abspath Tests/as-ordinary-user) Tests/run-tests --filter AcceptanceTests \
		--skip 'AdmissionTests|CommandLineTests|RedactTests'
	@Tests/run-tests --sanitize=thread --scratch-path .build-tsan --skip AcceptanceTests

build: packages ## build the release binary, Swift's standard library linked in
	@swift build -c release --static-swift-stdlib --product tacit

fuzz: packages ## look for crashes and leaks in Redaction with libFuzzer, under the address sanitizer; a minute each
	@Tests/fuzz

bench: bench-packages build ## measure against the references; takes some minutes
	@swift build -c release --static-swift-stdlib --product tacit-bench
	@.build/release/tacit-bench $(TACIT) .build/bench

lint: packages ## format, layers, licence lines, file lengths
	@swift format lint --strict -r Sources Tests Package.swift
	@Tests/check-tree
	@swift build --build-tests $(STRICT)

install: build ## copy tacit to PREFIX/bin (/usr/local)
	install -D -m 755 $(TACIT) $(DESTDIR)$(PREFIX)/bin/tacit

clean: ## remove what builds made (the store and the sandbox's data stay)
	rm -rf .build .build-tsan .build-fuzz

sandbox-up: run-packages ## start the stand-in servers on loopback, with data in SANDBOX
	@sandbox/install-packages python3-venv
	@sandbox/cluster/up $(SANDBOX)
	@sandbox/cluster/seed $(SANDBOX)
	@sandbox/cluster/openbao $(SANDBOX) up
	@sandbox/cluster/openbao $(SANDBOX) seed
	@echo "git, artefacts and OpenBao run on loopback; their data is in $(SANDBOX)"

sandbox-down: ## stop them; their data stays
	@sandbox/cluster/down $(SANDBOX)
	@sandbox/cluster/openbao $(SANDBOX) down

packages: ## install the Debian packages that a build needs
	@sandbox/install-packages $(BUILD_PACKAGES)

run-packages:
	@sandbox/install-packages $(BUILD_PACKAGES) $(RUN_PACKAGES)

test-packages: ## install the Debian packages that the tests need
	@sandbox/install-packages $(BUILD_PACKAGES) $(RUN_PACKAGES) $(TEST_PACKAGES)

bench-packages:
	@sandbox/install-packages $(BUILD_PACKAGES) $(RUN_PACKAGES) $(BENCH_PACKAGES)
