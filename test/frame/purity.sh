#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The purity check takes the pure components as they were built, and refuses what is planted beside them.
#   test/frame/purity.sh ENGINE OTHER...
. test/frame/tap.sh
: "${CC:=cc}"

# plant TEXT: an object of the engine's with these lines in it
plant() {
	printf '%s\n' '#include <stdlib.h>' '#include <string.h>' "$1" | $CC -O1 -w -x c -c -o "$scratch/planted.o" -
}

wrong() {
	plant "$2"
	refuses "$1" "$3" tools/purity.sh "$scratch/planted.o"
}

right() {
	plant "$2"
	holds "$1" tools/purity.sh "$scratch/planted.o"
}

wrong_elsewhere() {
	plant "$2"
	refuses "$1" "$3" tools/purity.sh --no-io "$scratch/planted.o"
}

holds "the engine" tools/purity.sh "$1"
shift
for library; do
	name=$(basename "$library" .a)
	holds "${name#lib}" tools/purity.sh --no-io "$library"
done
right "memory and moving bytes" 'void *lgm_copy(const void *s, size_t n) { void *p = malloc(n); if (p) memcpy(p, s, n); return p; }'
right "tables that never change" 'static const char *const name[] = { "a", "b" }; const char *lgm_name(int i) { return name[i]; }'
right "calls inside the engine" 'int lgm_other(int); int lgm_this(int i) { return lgm_other(i) + 1; }'
wrong "words on the screen" 'int puts(const char *); int lgm_score(void) { return puts("scored"); }' puts
wrong "the clock" 'long time(long *); long lgm_now(void) { return time(0); }' time
wrong "the environment" 'char *lgm_where(void) { return getenv("HOME"); }' getenv
wrong "a thread" 'int pthread_create(void *, void *, void *, void *); int lgm_go(void) { return pthread_create(0, 0, 0, 0); }' pthread_create
wrong "an assertion that ends the program" 'void lgm_end(void) { abort(); }' abort
wrong "the mathematics library" 'double exp(double); double lgm_decay(double d) { return exp(-d); }' exp
wrong "a name outside lgm_" 'int score(int i) { return i + 1; }' score
wrong "a variable" 'int lgm_count(void) { static int n; return ++n; }' variables
wrong "a variable with a value" 'int lgm_next; int lgm_seed = 7;' variables
wrong "a variable of a thread" 'int lgm_last(int i) { static _Thread_local int n; int was = n; n = i; return was; }' variables

plant 'int snprintf(char *, size_t, const char *, ...); int word(char *s, int i) { return snprintf(s, 9, "%x", i); }'
holds "elsewhere: words in memory" tools/purity.sh --no-io "$scratch/planted.o"
wrong_elsewhere "elsewhere: a file" 'void *fopen(const char *, const char *); void *get(void) { return fopen("a", "r"); }' fopen
wrong_elsewhere "elsewhere: words on the screen" 'int printf(const char *, ...); int say(int i) { return printf("%d", i); }' printf
wrong_elsewhere "elsewhere: the clock" 'long time(long *); long now(void) { return time(0); }' time
wrong_elsewhere "elsewhere: a library that opens files" 'void *json_load_file(const char *, size_t, void *); void *j(void) { return json_load_file("a", 0, 0); }' json_load_file
finish
