/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The measurements: see usage below. Figures are printed as they are; a missed promise is no error. */
#include "bench.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

static const char usage[] = "Use: landgang-bench [options]\n"
                            "  --candidates N     size of the invented Danish market (50000)\n"
                            "  --openings N       (30000)\n"
                            "  --seed N           (1)\n"
                            "  --taxonomy FILE    image of occupations and skills (else the built-in one)\n"
                            "  --quick            10,000 x 6,000\n"
                            "  --large            also 500,000 x 300,000, nordic, two threads: some minutes\n"
                            "  --only-large       nothing but that\n"
                            "  --ratios FILE      lines for the last table, from another measurement\n"
                            "  --dump DIR         write tables for PostgreSQL into a folder, and nothing else\n"
                            "Times are CPU seconds of this process; compare only figures of one run.\n";

enum { SAMPLE_PG = 20, DENMARK_CANDIDATES = 50000, DENMARK_OPENINGS = 30000 };

struct wanted {
	struct field_wanted field;
	bool large, only_large;
	const char *dump, *ratios;
};

static uint64_t number(const char *text)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);
	if (*end || end == text || n > UINT32_MAX) tool_die("\"%s\" is no number that would do", text);
	return n;
}

static void take(struct wanted *w, int option)
{
	switch (option) {
	case 'c': w->field.candidates = number(optarg); break;
	case 'o': w->field.openings = number(optarg); break;
	case 's': w->field.seed = number(optarg); break;
	case 't': w->field.taxonomy = optarg; break;
	case 'q': w->field.candidates = 10000, w->field.openings = 6000; break;
	case 'L': w->only_large = true; /* fall through */
	case 'l': w->large = true; break;
	case 'd': w->dump = optarg; break;
	case 'r': w->ratios = optarg; break;
	case 'h': (void)fputs(usage, stdout); exit(0);
	default: (void)fputs(usage, stderr); exit(2);
	}
}

static void read_options(struct wanted *w, int argc, char **argv)
{
	static const struct option options[] = {
		{ "candidates", required_argument, NULL, 'c' },
		{ "openings", required_argument, NULL, 'o' },
		{ "seed", required_argument, NULL, 's' },
		{ "taxonomy", required_argument, NULL, 't' },
		{ "quick", no_argument, NULL, 'q' },
		{ "large", no_argument, NULL, 'l' },
		{ "only-large", no_argument, NULL, 'L' },
		{ "dump", required_argument, NULL, 'd' },
		{ "ratios", required_argument, NULL, 'r' },
		{ "help", no_argument, NULL, 'h' },
		{ NULL, 0, NULL, 0 },
	};
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) take(w, o);
	if (optind < argc || w->field.candidates < 1000 || w->field.openings < 1000)
		tool_die("wrong use: at least 1,000 candidates and openings; see --help");
}

/* The words after "model name	: " of the first processor. */
static void print_processor(void)
{
	char line[256], *name = NULL;
	FILE *f = fopen("/proc/cpuinfo", "re");
	while (f && !name && fgets(line, sizeof line, f))
		if (!strncmp(line, "model name", 10)) name = strchr(line, ':');
	if (name) name[strcspn(name, "\n")] = 0;
	(void)printf("  processor%s, widest instructions used: %s\n", name ? name : ": not told",
	             lgm_simd_name(lgm_simd_best()));
	if (f) (void)fclose(f);
}

static void measure(const struct field_wanted *wanted, struct table *table)
{
	struct bench b = { .table = table, .field = field_new(wanted) };
	field_print(b.field);
	measure_retrieval(&b);
	measure_questions(&b);
	measure_placement(&b);
	measure_changes(&b);
	lgm_plan_free(b.plan);
	lgm_join_free(b.join);
	lgm_index_free(b.ix);
	field_free(b.field);
}

static void measure_nordic(const struct wanted *w, struct table *table)
{
	struct field_wanted large = w->field;
	large.area = "nordic";
	large.candidates = 500000;
	large.openings = 300000;
	measure_large(&large, table);
}

int main(int argc, char **argv)
{
	struct wanted w = { .field = { "denmark", DENMARK_CANDIDATES, DENMARK_OPENINGS, 1, NULL } };
	struct table table = { 0 };
	read_options(&w, argc, argv);
	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	if (w.dump) {
		struct field *f = field_new(&w.field);
		dump(f, w.dump, SAMPLE_PG);
		field_free(f);
		return 0;
	}
	(void)printf("Landgang %s, measurements\n", LANDGANG_VERSION);
	print_processor();
	double begun = tool_wall();
	if (!w.only_large) measure(&w.field, &table);
	if (w.large) measure_nordic(&w, &table);
	if (w.ratios) table_read(&table, w.ratios);
	table_print(&table);
	if (w.field.candidates != DENMARK_CANDIDATES || w.field.openings != DENMARK_OPENINGS)
		(void)printf("  (promised for %s x %s)\n", tool_count(DENMARK_CANDIDATES),
		             tool_count(DENMARK_OPENINGS));
	(void)printf("\nAll of it took %.0f s and %.0f CPU s.\n", tool_wall() - begun, tool_cpu());
	return 0;
}
