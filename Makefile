# qbank: `make help` lists the targets. Settings for one machine go into config.mak.

VERSION = 0.1.0

PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
CFLAGS ?= -O2 -g
ifeq ($(origin CC),default)
CC := gcc
endif
RUN_FLAGS ?=
TEST_FLAGS ?=
FUZZ_SECONDS ?= 20
BENCH ?=
BENCH_QUESTIONS ?= 10000

-include config.mak

# ---- variants: one directory of objects for each set of flags --------------------------------

comma := ,
VARIANT := $(or $(if $(findstring clang,$(notdir $(CC))),clang)$(if $(SANITIZE),$(if \
	$(findstring clang,$(notdir $(CC))),-)sanitize-$(subst $(comma),-,$(SANITIZE))),default)
OBJ := build/$(VARIANT)
OUT := $(if $(filter default,$(VARIANT)),build,$(OBJ))
PROGRAM := $(OUT)/qbank
TESTS := $(OUT)/tests/qbank-tests

# ---- flags -----------------------------------------------------------------------------------

# roaring and unistring come without a pkg-config file.
PACKAGES := libmicrohttpd jansson sqlite3 md4c yaml-0.1 libxxhash zlib libbrotlienc libzstd \
	glib-2.0
TEST_PACKAGES := criterion libcurl libbrotlidec
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
PACKAGE_LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lroaring -lunistring
TEST_LIBS = $(shell pkg-config --libs $(TEST_PACKAGES) 2>/dev/null)

WARNINGS := -Wall -Wextra -Wconversion -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wvla $(if $(filter 1,$(WERROR)),-Werror)
# Fortified calls would hide the plain ones from the sanitizers.
HARDENING := -fstack-protector-strong $(if $(SANITIZE),,-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
SANITIZER := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)

COMPILE_FLAGS = -std=gnu17 -D_GNU_SOURCE -DQBANK_VERSION='"$(VERSION)"' -I. -pthread -fPIE \
	$(WARNINGS) $(HARDENING) $(SANITIZER) $(PACKAGE_CFLAGS) $(CPPFLAGS) $(CFLAGS)
LINK_FLAGS = -pthread -pie -Wl,-z,relro,-z,now $(SANITIZER) $(CFLAGS) $(LDFLAGS)
# Tests run in the root of the checkout and start the program that was built beside them.
# Criterion's macros assign conditions to a bit field of one bit: -Wconversion frowns upon that.
TEST_ONLY_FLAGS := -DQBANK_PROGRAM='"$(PROGRAM)"' -Wno-conversion

# A leak is noticed when a process ends, too late for Criterion: so the sanitizer's reports are
# collected in files, and one is enough to fail.
REPORTS := $(OUT)/tests/report
REPORT_OPTIONS := $(if $(SANITIZE),ASAN_OPTIONS=log_path=$(CURDIR)/$(REPORTS) )

# ---- files -----------------------------------------------------------------------------------

SOURCES := $(wildcard content/*.c db/*.c server/*.c server/handlers/*.c server/commands/*.c \
	server/export/*.c)
TEST_SOURCES := $(wildcard tests/unit/*/*.c tests/api/*.c tests/lib/*.c)
FUZZ_SOURCES := $(wildcard tests/fuzz/fuzz_*.c)
BENCH_SOURCES := $(wildcard bench/*.c bench/load/*.c)
HEADERS := $(wildcard bench/*.h bench/*/*.h content/*.h db/*.h server/*.h server/handlers/*.h \
	server/commands/*.h server/export/*.h tests/lib/*.h tests/unit/*/*.h)
MIGRATIONS := $(sort $(wildcard migrations/*.sql))
# The reference of the API is a bundle that `make reference` fetches; without it a page says so.
REFERENCE := $(sort $(wildcard build/reference/*))
ASSETS := /openapi.yaml=docs/openapi.yaml /docs/start.js=docs/reference/start.js \
	/docs=docs/reference/$(if $(REFERENCE),index,missing).html \
	$(foreach file,$(REFERENCE),/docs/$(notdir $(file))=$(file))
SCRIPTS := $(wildcard scripts/*) .ci/run
LINTED_SOURCES := $(SOURCES) $(BENCH_SOURCES)

LIBRARY_OBJECTS := $(patsubst %.c,$(OBJ)/%.o,$(filter-out server/main.c,$(SOURCES))) \
	$(OBJ)/migrations.o $(OBJ)/assets.o
MAIN_OBJECT := $(OBJ)/server/main.o
TEST_OBJECTS := $(TEST_SOURCES:%.c=$(OBJ)/%.o)
FUZZ_PROGRAMS := $(FUZZ_SOURCES:tests/fuzz/%.c=build/fuzz/%)
BENCH_PROGRAMS := $(addprefix $(OUT)/bench/,http_load generate reference_http reference_import store)

.PHONY: all tests run test check check-layers check-readme \
	check-install check-content check-contract contract-tools content-report reference \
	check-valgrind lint format check-format fuzz fuzz-programs fuzz-corpus fuzz-run bench \
	bench-peers bench-programs bench-instructions check-bench \
	docker-test install uninstall clean help FORCE
.DELETE_ON_ERROR:
.SECONDARY:
MAKEFLAGS += --no-builtin-rules --no-print-directory

all: $(PROGRAM)

# V=1 shows the commands.
SAY := $(if $(filter 1,$(V)),@:,@echo)
RUN := $(if $(filter 1,$(V)),,@)

# ---- building --------------------------------------------------------------------------------

$(PROGRAM): $(MAIN_OBJECT) $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -o $@ $^ $(PACKAGE_LIBS) $(LDLIBS)

$(TESTS): $(TEST_OBJECTS) $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -o $@ $^ $(PACKAGE_LIBS) $(TEST_LIBS) $(LDLIBS)

tests: $(TESTS)

$(OBJ)/tests/%.o: tests/%.c $(OBJ)/flags | $(OBJ)/test-packages
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(RUN) $(CC) $(COMPILE_FLAGS) $(TEST_ONLY_FLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/%.o: %.c $(OBJ)/flags
	@mkdir -p $(@D)
	$(SAY) CC $<
	$(RUN) $(CC) $(COMPILE_FLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/migrations.o $(OBJ)/assets.o: $(OBJ)/%.o: $(OBJ)/%.c
	$(SAY) CC $<
	$(RUN) $(CC) $(COMPILE_FLAGS) -MMD -MP -c -o $@ $<

$(OBJ)/migrations.c: $(MIGRATIONS) scripts/embed-migrations $(OBJ)/flags
	scripts/embed-migrations $(MIGRATIONS) >$@

$(OBJ)/assets.o: $(foreach asset,$(ASSETS),$(lastword $(subst =, ,$(asset))))

# Rewritten when an asset comes or goes.
$(OBJ)/assets.c: scripts/embed-files FORCE
	@mkdir -p $(@D)
	@scripts/embed-files $(ASSETS) >$@.new
	@if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi

# Rewritten, and everything rebuilt, when the compiler or a flag changes.
$(OBJ)/flags: FORCE
	@mkdir -p $(@D)
	@flags='$(subst ','\'',$(CC) $(COMPILE_FLAGS))'; test "$$flags" = "$$(cat $@ 2>/dev/null)" || \
		{ scripts/install-dependencies --check build && printf '%s\n' "$$flags" >$@; }

# Only looked for once: what is there seldom goes away.
$(OBJ)/test-packages: $(OBJ)/flags
	@scripts/install-dependencies --check test && touch $@

-include $(shell test -d $(OBJ) && find $(OBJ) -name '*.d')

# ---- running and testing ---------------------------------------------------------------------

run:
	@scripts/install-dependencies build
	@$(MAKE) all
	$(PROGRAM) serve --db build/qbank.db --import content/questions $(RUN_FLAGS)

test:
	@scripts/install-dependencies build test
	@$(MAKE) check

check: check-layers check-readme $(PROGRAM) $(TESTS)
	@rm -f $(REPORTS)*
	$(REPORT_OPTIONS)$(TESTS)$(if $(TEST_FLAGS), $(TEST_FLAGS))
	@if ls $(REPORTS)* >/dev/null 2>&1; then cat $(REPORTS)*; exit 1; fi

check-layers:
	scripts/check-layers --self-test
	scripts/check-layers

check-readme: $(PROGRAM) $(OBJ)/test-packages
	scripts/check-readme $(PROGRAM)

# What docs/content.md asks of the bank; its packages are installed as that page says.
check-content: all
	scripts/check-content $(PROGRAM)

# What docs/openapi.yaml promises, tried by programs of others.
check-contract: all
	scripts/check-contract $(PROGRAM)

contract-tools:
	npm ci --prefix tests/contract/openapi --no-audit --no-fund
	python3 -m venv build/contract/venv
	build/contract/venv/bin/pip install --quiet --disable-pip-version-check --require-hashes \
		-r tests/contract/http/requirements.txt

# The page at /docs; the next build takes it in.
reference:
	scripts/build-reference build/reference

content-report: all
	scripts/content-report $(PROGRAM)

check-install: all
	scripts/check-install

# What the sanitizers do not see: use of uninitialized memory.
check-valgrind: all
	@rm -f $(OUT)/valgrind.db*
	valgrind --quiet --error-exitcode=3 --leak-check=full \
		$(PROGRAM) import --strict --db $(OUT)/valgrind.db content/questions
	valgrind --quiet --error-exitcode=3 --leak-check=full $(PROGRAM) check --db $(OUT)/valgrind.db

# ---- fuzzing: clang's libFuzzer --------------------------------------------------------------

fuzz:
	@$(MAKE) CC=clang SANITIZE=fuzzer-no-link,address,undefined VARIANT=fuzz fuzz-programs

fuzz-programs: $(FUZZ_PROGRAMS)

build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o $(LIBRARY_OBJECTS)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -fsanitize=fuzzer -o $@ $^ $(PACKAGE_LIBS) $(LDLIBS)

# Every kept input once.
fuzz-corpus: fuzz
	scripts/run-fuzzers corpus $(FUZZ_PROGRAMS)

# A bounded search for new ones.
fuzz-run: fuzz
	scripts/run-fuzzers search $(FUZZ_SECONDS) $(FUZZ_PROGRAMS)

# ---- benchmarks: bench/README.md -------------------------------------------------------------

BENCH_ENVIRONMENT = QBANK_BINARY=$(or $(QBANK_BINARY),$(PROGRAM)) BENCH_PROGRAMS=$(OUT)/bench

# A whole run is written down, some sections are only printed.
bench: $(PROGRAM) bench-programs
	$(BENCH_ENVIRONMENT) bench/run --questions $(BENCH_QUESTIONS) \
		$(or $(BENCH),--write docs/performance.md)

# Other servers with the same bank. They are installed as bench/README.md says, never by this.
bench-peers: $(PROGRAM) bench-programs
	$(BENCH_ENVIRONMENT) bench/run-peers --questions $(BENCH_QUESTIONS) --write docs/performance.md

# A guard that does not depend on the machine's load: instructions per request.
bench-instructions: $(PROGRAM) bench-programs
	$(BENCH_ENVIRONMENT) bench/instructions

# Whether the tools of the benchmarks do what they say: takes no times.
check-bench: $(PROGRAM) bench-programs
	$(BENCH_ENVIRONMENT) bench/test_bench.py

bench-programs: $(BENCH_PROGRAMS)

$(OUT)/bench/http_load: $(patsubst %.c,$(OBJ)/%.o,$(wildcard bench/load/*.c))
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -o $@ $^ $(LDLIBS)

$(OUT)/bench/reference_http: $(OBJ)/bench/reference_texts.o

$(OUT)/bench/%: $(OBJ)/bench/%.o
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -o $@ $^ $(PACKAGE_LIBS) -lm $(LDLIBS)

include bench/store.mk

# ---- style -----------------------------------------------------------------------------------

C_FILES = $(SOURCES) $(TEST_SOURCES) $(FUZZ_SOURCES) $(BENCH_SOURCES) $(HEADERS)

format:
	clang-format -i $(C_FILES)

check-format:
	clang-format --dry-run -Werror $(C_FILES)

lint:
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability \
		--inline-suppr -D_GNU_SOURCE -D__GNUC__ -I. $(LINTED_SOURCES)
	printf '%s\n' $(LINTED_SOURCES) | xargs -P 2 -I FILE \
		clang-tidy --quiet FILE -- -std=gnu17 -D_GNU_SOURCE -DQBANK_VERSION='""' -I. $(PACKAGE_CFLAGS)
	shellcheck $(SCRIPTS)
	! groff -mdoc -Tutf8 -ww -z docs/qbank.1 2>&1 | grep .

compile_commands.json: Makefile
	@for file in $(LINTED_SOURCES) $(TEST_SOURCES); do \
		printf '{"directory":"%s","file":"%s","arguments":["%s"' "$(CURDIR)" "$$file" $(CC); \
		printf ',"%s"' $(subst ",\",$(COMPILE_FLAGS) $(TEST_ONLY_FLAGS)) -c "$$file"; \
		echo ']}'; \
	done | sed -e '1s/^/[/' -e '$$!s/$$/,/' -e '$$s/$$/]/' >$@

# ---- installing ------------------------------------------------------------------------------

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 $(DESTDIR)$(DATADIR)/qbank/questions
	install -m 755 $(PROGRAM) $(DESTDIR)$(BINDIR)/qbank
	install -m 644 docs/qbank.1 $(DESTDIR)$(MANDIR)/man1/qbank.1
	install -m 644 content/questions/*.md $(DESTDIR)$(DATADIR)/qbank/questions

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/qbank $(DESTDIR)$(MANDIR)/man1/qbank.1
	rm -rf $(DESTDIR)$(DATADIR)/qbank

# Tries the steps of docker/Dockerfile without a container engine. Needs root and debootstrap.
docker-test:
	scripts/test-dockerfile docker/Dockerfile

clean:
	rm -rf build compile_commands.json

help:
	@echo 'make             build $(PROGRAM); installs nothing'
	@echo 'make run         install what is missing, build, import the questions, serve them'
	@echo '                 (RUN_FLAGS="--listen 127.0.0.1:9000")'
	@echo 'make test        install what is missing, build, run every test'
	@echo 'make check       run every test, install nothing (TEST_FLAGS="--filter …")'
	@echo 'make format      format the sources     make check-format   say what it would change'
	@echo 'make lint        cppcheck, clang-tidy, shellcheck'
	@echo 'make fuzz-corpus run the kept inputs    make fuzz-run       look for new ones'
	@echo 'make bench       compare with the references (BENCH="hot random", BENCH_QUESTIONS=1000000)'
	@echo 'make bench-peers compare with other servers'
	@echo 'make check-content  hold the questions against docs/content.md   make content-report  count them'
	@echo 'make check-contract try docs/openapi.yaml with programs of others, which make contract-tools installs'
	@echo 'make reference   fetch the pages that show the API at /docs; the next build takes them in'
	@echo 'make docker-test try the steps of the Dockerfile in a chroot (root only)'
	@echo 'make install     PREFIX=$(PREFIX), DESTDIR; make uninstall takes it away again'
	@echo 'make clean       remove what was built'
	@echo 'Variants: CC=clang, SANITIZE=address,undefined, WERROR=1; each has its own build/VARIANT; V=1 shows commands'
