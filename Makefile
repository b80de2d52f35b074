# SPDX-License-Identifier: Apache-2.0
# The front door.  The real build is meson.build; every target here is one or two commands.
BUILD ?= build
ASAN = build-asan
TSAN = build-tsan
FUZZ = build-fuzz
export LC_ALL = C.UTF-8

.PHONY: all setup demo check check-all accept codebook scores sample bench asan tsan fuzz soak model web python python-tests install clean help

all: $(BUILD)/build.ninja
	@ninja -C $(BUILD) --quiet

$(BUILD)/build.ninja:
	@command -v meson >/dev/null || { echo "meson is missing: run 'make setup' first"; exit 1; }
	@meson setup $(BUILD) --buildtype=release >/dev/null

help:
	@echo "make            build $(BUILD)/dragoman"
	@echo "make setup      install the Debian packages that are missing"
	@echo "make demo       setup, build, code samples/ into desk.db, show the events"
	@echo "make check      setup, build, all tests; ends with 'N passed, N failed'"
	@echo "make check-all  the same twice: plain, and under AddressSanitizer and UBSan"
	@echo "make accept     rewrite what the cases and the command line tests expect; read the diff"
	@echo "make codebook   write docs/codebook.md anew from the frames"
	@echo "make scores     score against tests/gold and the gold sets in ../shared/data"
	@echo "make sample     200 events from unread text in ../shared/data/text, to be judged by eye"
	@echo "make bench      words a second, by stage; pages a second beside trafilatura"
	@echo "make asan tsan  the tests under AddressSanitizer and UBSan, or ThreadSanitizer"
	@echo "make fuzz       feed broken inputs to each reader for FUZZ_SECONDS (60); wants clang-14"
	@echo "make soak       kill and resume 60 runs (KILLS=N) on SQLite and on PostgreSQL"
	@echo "make web        build web/dist, the page of dragoman serve, from web/src; wants node and npm"
	@echo "make model      train model/ again from ../shared/data"
	@echo "make python     a wheel of the Python package that carries all it needs, in $(BUILD)/python/dist"
	@echo "make python-tests  lays out what 'make check' runs the package's tests with"
	@echo "make install    into DESTDIR and the prefix of $(BUILD)"

setup:
	@sh tools/setup.sh

demo: setup all
	@sh tools/demo.sh $(BUILD)/dragoman

check: setup all
	@python3 tests/run.py $(BUILD)

check-all: setup all $(ASAN)/build.ninja
	@ninja -C $(ASAN) --quiet
	@python3 tests/run.py $(BUILD) $(ASAN)

accept: all
	@python3 tests/run.py $(BUILD) --accept

codebook: all
	@$(BUILD)/dragoman dict codebook --data . > docs/codebook.md

scores: all
	@python3 tools/scores.py $(BUILD)

sample: all
	@python3 tools/sample.py $(BUILD)

bench: all
	@python3 bench/bench.py $(BUILD)
	@python3 bench/pages.py $(BUILD)

asan: $(ASAN)/build.ninja
	@ninja -C $(ASAN) --quiet
	@python3 tests/run.py $(ASAN)

$(ASAN)/build.ninja:
	@meson setup $(ASAN) --buildtype=debugoptimized -Db_sanitize=address,undefined -Db_lundef=false >/dev/null

tsan: $(TSAN)/build.ninja
	@ninja -C $(TSAN) --quiet
	@python3 tests/run.py $(TSAN)

$(TSAN)/build.ninja:
	@meson setup $(TSAN) --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false >/dev/null

fuzz:
	@[ -d $(FUZZ) ] || CC=clang-14 meson setup $(FUZZ) -Dfuzz=true -Db_sanitize=address,undefined -Db_lundef=false >/dev/null
	@ninja -C $(FUZZ) --quiet
	@for kind in text conllu html actors frames verbs feed robots charset auto warc jsonl json csv newsml mail mbox desk api; do \
		mkdir -p $(FUZZ)/found-$$kind && \
		DRAGOMAN_DATA=. $(FUZZ)/tests/fuzz/fuzz_$$kind -max_total_time=$${FUZZ_SECONDS:-60} -artifact_prefix=$(FUZZ)/ \
			$(FUZZ)/found-$$kind tests/fuzz/corpus/$$kind || exit 1; \
	done

soak: all
	@python3 tests/soak.py $(BUILD) $(KILLS)

model: all
	@sh train/model.sh $(BUILD)/train/dragoman-train

web:
	@sh tools/setup_page.sh
	@cd web && npx --no-install tsc --noEmit && node build.mjs

python: setup
	@sh tools/python.sh $(BUILD) wheel

python-tests: setup all
	@sh tools/python.sh $(BUILD) tests

install: all
	@meson install -C $(BUILD) --no-rebuild

clean:
	@rm -rf $(BUILD) $(ASAN) $(TSAN) $(FUZZ)
