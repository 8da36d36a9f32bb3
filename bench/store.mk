# The cost of finding questions, in a small bank against a large one: included by the Makefile.
#     make bench-store BENCH_SMALL=small.db BENCH_LARGE=large.db BENCH_QUERIES="'kernel variance' 't*'"

BENCH_QUERIES ?= 'kernel variance' the 't*' '"loss function"' 'the -loss'

.PHONY: bench-store

bench-store: $(OUT)/bench/store
	$< $(BENCH_SMALL) $(BENCH_LARGE) $(BENCH_QUERIES)

$(OUT)/bench/store: $(OBJ)/bench/store.o $(LIBRARY_OBJECTS)
	@mkdir -p $(@D)
	$(SAY) LINK $@
	$(RUN) $(CC) $(LINK_FLAGS) -o $@ $^ $(PACKAGE_LIBS) $(LDLIBS)
