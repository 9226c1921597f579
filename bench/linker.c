/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The linker of words to occupations: how quick it is, and how often it is right. See usage below. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cmd/taxonomy_import.h"
#include "cmd/taxonomy_rank.h"
#include "taxonomy/embed.h"
#include "taxonomy/embed_train.h"
#include "tool.h"

static const char usage[] =
    "Use: landgang-bench-linker [options]\n"
    "  --data DIR         the ESCO release, its labels, MELO (../shared/data)\n"
    "  --embedding FILE   what landgang taxonomy train made (else it is trained here: minutes)\n"
    "  --steps N          of that training (2500)\n"
    "  --quick            times only\n"
    "Times are CPU milliseconds of this thread, the least of three askings.\n";

enum { TOP = 100, ASKINGS = 3, HITS = 10, SETS = 3, TEXTS_MAX = 4000 };

static const struct {
	const char *folder, *language;
} sets[SETS] = { { "usa_q_en_c_en", "en" }, { "deu_q_de_c_de", "de" }, { "pol_q_pl_c_pl", "pl" } };

static struct {
	struct lg_ctx cx;
	const char *data, *embedding_file;
	uint64_t steps;
	bool quick;
	struct lg_taxonomy *builtin, *esco;
	const struct lg_embedding *embedding;
} all = { .data = "../shared/data", .steps = 2500 };

/* --------------------------------------------------------------------------------------------------- input */

static void must(enum lg_err err)
{
	if (err != LG_OK) tool_die("%s", all.cx.notes ? all.cx.notes->text : "it failed");
}

/* A file under the folder of data, or of any place; NULL: it is not there. */
static char *read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rbe");
	if (!f) return NULL;
	(void)fseek(f, 0, SEEK_END);
	long end = ftell(f);
	*size = end > 0 ? (size_t)end : 0;
	rewind(f);
	char *bytes = lg_alloc(all.cx.mem, *size + 1);
	if (fread(bytes, 1, *size, f) != *size) tool_die("%s could not be read", path);
	(void)fclose(f);
	return bytes;
}

static char *read_data(const char *name, size_t *size)
{
	return read_file(lg_printf(all.cx.mem, "%s/%s", all.data, name), size);
}

/* ESCO in six languages. @return false: it is not there */
static bool import(void)
{
	static const char *const languages[] = { "da", "de", "no", "pl", "sv" };
	struct import_file files[16];
	struct import_result r;
	size_t n = 0;
	const char *names[16] = { "esco/ESCO dataset - v1.1.1 - classification - en - csv.zip",
		                  "esco/ESCO dataset - v1.1.1 - classification - relations - csv.zip" };
	for (size_t i = 0; i < 5; i++) {
		names[2 + 2 * i] = lg_printf(all.cx.mem, "esco/labels/occupations_%s.tsv", languages[i]);
		names[3 + 2 * i] = lg_printf(all.cx.mem, "esco/labels/isco08_%s.tsv", languages[i]);
	}
	for (; n < 12; n++) {
		files[n] = (struct import_file){ .name = names[n], .language = n < 2 ? NULL : languages[n / 2 - 1] };
		if (!(files[n].bytes = read_data(names[n], &files[n].size))) return false;
	}
	must(import_release(&all.cx, &r, files, n, "ESCO v1.1.1"));
	must(lg_taxonomy_open(&all.cx, &all.esco, r.image.bytes, r.image.size));
	return true;
}

static void get_embedding(void)
{
	struct lg_embed_bytes e = { 0 };
	if (all.embedding_file) {
		e.bytes = read_file(all.embedding_file, &e.size);
		if (!e.bytes) tool_die("%s could not be read", all.embedding_file);
	} else {
		const struct lg_embed_training in = {
			.taxonomy = all.esco, .steps = all.steps, .seed = 1, .dimensions = 128
		};
		struct lg_embed_trainer *t;
		double from = tool_cpu();
		must(lg_embed_trainer_new(&all.cx, &t, &in));
		for (uint64_t i = 0; i < in.steps; i++) (void)lg_embed_step(t);
		e = lg_embed_finish(&all.cx, t);
		(void)printf("trained: %s steps in %.0f s, %.1f MB\n", tool_count(in.steps), tool_cpu() - from,
		             (double)e.size * 1e-6);
	}
	must(lg_embedding_open(&all.cx, &all.embedding, e.bytes, e.size));
}

static bool read_set(struct rank_rows *out, size_t set, const char *name)
{
	size_t size;
	const char *bytes = read_data(lg_printf(all.cx.mem, "melo/%s/%s", sets[set].folder, name), &size);
	if (!bytes) return false;
	must(rank_rows(&all.cx, out, name, bytes, size));
	return true;
}

/* ---------------------------------------------------------------------------------------------------- times */

static double milliseconds(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

/* The words of test/taxonomy/words.tsv, as people type them: language as the id, word. */
static bool read_words(struct rank_rows *out)
{
	size_t size;
	char *bytes = read_file("test/taxonomy/words.tsv", &size);
	if (!bytes) return false;
	*out = (struct rank_rows){ .rows = lg_array(all.cx.mem, TEXTS_MAX, sizeof *out->rows) };
	for (char *save, *line = strtok_r(bytes, "\n", &save); line && out->n < TEXTS_MAX;
	     line = strtok_r(NULL, "\n", &save)) {
		char *rest, *language = strtok_r(line, "\t", &rest), *text = strtok_r(NULL, "\t", &rest);
		if (*line != '#' && text) out->rows[out->n++] = (struct rank_row){ .id = language, .text = text };
	}
	return true;
}

/* In this language, or with NULL each in the one that its id names. */
static struct spread time_texts(const struct lg_linker *l, struct lg_link_scratch *scratch, const char *language,
                                const struct rank_rows *texts)
{
	static double times[TEXTS_MAX];
	struct lg_link_hit hits[HITS];
	size_t n = texts->n < TEXTS_MAX ? texts->n : TEXTS_MAX;
	for (size_t i = 0; i < n; i++) {
		times[i] = 1e9;
		for (int k = 0; k < ASKINGS; k++) {
			double from = milliseconds();
			const struct rank_row *row = &texts->rows[i];
			(void)lg_link_with(l, scratch, language ? language : row->id, row->text, strlen(row->text),
			                   hits, HITS);
			double took = milliseconds() - from;
			times[i] = took < times[i] ? took : times[i];
		}
	}
	return tool_spread(times, n);
}

static void time_linker(const char *what, const struct lg_taxonomy *t, const struct lg_embedding *e)
{
	const struct lg_link_more more = { .embedding = e };
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_linker *l;
	double from = milliseconds();
	must(lg_linker_with(&cx, &l, t, LG_LINK_CONCEPTS, &more));
	double made = milliseconds() - from, memory = (double)lg_arena_used(cx.mem) * 1e-6;
	struct lg_link_scratch *scratch = lg_link_scratch(&cx, l);
	(void)printf("%-34s %6.1f MB, made in %.2f s\n", what, memory, made * 1e-3);
	struct rank_rows words;
	if (read_words(&words)) {
		struct spread own = time_texts(l, scratch, NULL, &words), any = time_texts(l, scratch, "any", &words);
		(void)printf("    %5zu words as typed          %8.3f %8.3f   any language %8.3f %8.3f\n", words.n,
		             own.p50, own.p99, any.p50, any.p99);
	}
	for (size_t i = 0; i < SETS; i++) {
		struct rank_rows texts;
		if (!read_set(&texts, i, "queries.tsv")) continue;
		struct spread own = time_texts(l, scratch, sets[i].language, &texts),
		              any = time_texts(l, scratch, "any", &texts);
		(void)printf("    %5zu titles in %s %*s %8.3f %8.3f   any language %8.3f %8.3f\n", texts.n,
		             sets[i].language, 9, "", own.p50, own.p99, any.p50, any.p99);
	}
	lg_arena_free(cx.mem);
}

/* --------------------------------------------------------------------------------------------------- quality */

/* "QUERY ELEMENT" of what the judges linked, sorted. */
struct judgements {
	char **pairs;
	size_t n;
};

static int by_text(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool read_judgements(struct judgements *out, size_t set)
{
	size_t size, lines = 1;
	char *bytes = read_data(lg_printf(all.cx.mem, "melo/%s/annotations.tsv", sets[set].folder), &size);
	if (!bytes) return false;
	for (size_t i = 0; i < size; i++) lines += bytes[i] == '\n';
	*out = (struct judgements){ .pairs = lg_array(all.cx.mem, lines, sizeof *out->pairs) };
	for (char *line = bytes, *end; (end = strchr(line, '\n')); line = end + 1) {
		char query[64], element[64];
		int right;
		*end = '\0';
		if (sscanf(line, "%63s %*s %63s %d", query, element, &right) == 3 && right > 0)
			out->pairs[out->n++] = lg_printf(all.cx.mem, "%s %s", query, element);
	}
	qsort(out->pairs, out->n, sizeof *out->pairs, by_text);
	return true;
}

static bool is_right(const struct judgements *j, const char *query, const char *element)
{
	char text[130], *key = text;
	(void)snprintf(text, sizeof text, "%s %s", query, element);
	return bsearch(&key, j->pairs, j->n, sizeof *j->pairs, by_text) != NULL;
}

/* The benchmark's rule: five decimals count; of equal ones, the last identifier is first. 0: none is right. */
static size_t first_right(const struct judgements *j, const struct rank_rows *corpus, const char *query,
                          const uint32_t *scores, const uint32_t *best, size_t n)
{
	long rounded[TOP];
	size_t first = 0;
	for (size_t i = 0; i < n; i++) rounded[i] = (long)(((uint64_t)scores[best[i]] * 100000 + 524288) >> 20);
	for (size_t i = 0; i < n; i++) {
		const char *id = corpus->rows[best[i]].id;
		size_t rank = 1;
		if (!is_right(j, query, id)) continue;
		for (size_t k = 0; k < n; k++)
			rank += rounded[k] > rounded[i] ||
			        (rounded[k] == rounded[i] && strcmp(corpus->rows[best[k]].id, id) > 0);
		if (!first || rank < first) first = rank;
	}
	return first;
}

/* Mean reciprocal rank, and how often a right label is the first, among the first five, the first ten. */
struct quality {
	double rank, one, five, ten;
};

static struct quality quality_of(const struct rank_more *more, size_t set, const struct judgements *j)
{
	struct quality out = { 0 };
	struct rank_rows corpus, queries;
	struct lg_linker *l;
	size_t n_labels;
	uint32_t best[TOP];
	if (!read_set(&corpus, set, "corpus_elements.tsv") || !read_set(&queries, set, "queries.tsv")) return out;
	must(rank_linker(&all.cx, &l, &n_labels, &corpus, more, sets[set].language));
	struct lg_link_scratch *scratch = lg_link_scratch(&all.cx, l);
	uint32_t *scores = lg_array(all.cx.mem, n_labels + 1, sizeof *scores);
	for (size_t q = 0; q < queries.n; q++) {
		const struct rank_row *row = &queries.rows[q];
		lg_link_every_label(l, scratch, sets[set].language, row->text, strlen(row->text), scores);
		size_t n = rank_best(scores, corpus.n, best, TOP);
		size_t rank = first_right(j, &corpus, row->id, scores, best, n);
		out.rank += rank ? 1 / (double)rank : 0;
		out.one += rank == 1;
		out.five += rank && rank <= 5;
		out.ten += rank && rank <= 10;
	}
	double n = (double)queries.n;
	return (struct quality){ out.rank / n, out.one / n, out.five / n, out.ten / n };
}

/* ---- what a person is shown: concepts, each once. Their numbers are the places of their names, sorted. */

static char **names_of(const struct rank_rows *corpus, size_t *n)
{
	char **names = lg_array(all.cx.mem, corpus->n + 1, sizeof *names);
	for (size_t i = 0; i < corpus->n; i++)
		names[i] = lg_strndup(all.cx.mem, corpus->rows[i].id, strcspn(corpus->rows[i].id, "_"));
	qsort(names, corpus->n, sizeof *names, by_text);
	*n = 0;
	for (size_t i = 0; i < corpus->n; i++)
		if (i == 0 || strcmp(names[i], names[*n - 1]) != 0) names[(*n)++] = names[i];
	return names;
}

/* "Q000001 C002220" of what the judges linked. */
static struct judgements by_concept(const struct judgements *j)
{
	struct judgements out = { lg_array(all.cx.mem, j->n + 1, sizeof *out.pairs), j->n };
	for (size_t i = 0; i < j->n; i++) out.pairs[i] = lg_strndup(all.cx.mem, j->pairs[i], strcspn(j->pairs[i], "_"));
	qsort(out.pairs, out.n, sizeof *out.pairs, by_text);
	return out;
}

static struct quality found_of(const struct rank_more *more, size_t set, const struct judgements *j,
                               const char *language)
{
	struct quality out = { 0 };
	struct rank_rows corpus, queries;
	struct lg_linker *l;
	size_t n_labels, n_names;
	struct lg_link_hit hits[HITS];
	const struct judgements right = by_concept(j);
	if (!read_set(&corpus, set, "corpus_elements.tsv") || !read_set(&queries, set, "queries.tsv")) return out;
	char **names = names_of(&corpus, &n_names);
	must(rank_linker(&all.cx, &l, &n_labels, &corpus, more, sets[set].language));
	struct lg_link_scratch *scratch = lg_link_scratch(&all.cx, l);
	for (size_t q = 0; q < queries.n; q++) {
		const struct rank_row *row = &queries.rows[q];
		size_t n = lg_link_with(l, scratch, language, row->text, strlen(row->text), hits, HITS), rank = 0;
		for (size_t i = 0; i < n && !rank; i++)
			if (hits[i].concept < n_names && is_right(&right, row->id, names[hits[i].concept]))
				rank = i + 1;
		out.rank += rank ? 1 / (double)rank : 0;
		out.one += rank == 1;
		out.five += rank && rank <= 5;
		out.ten += rank && rank <= 10;
	}
	double n = (double)queries.n;
	return (struct quality){ out.rank / n, out.one / n, out.five / n, out.ten / n };
}

static void print_quality(struct quality q) { (void)printf("  %.3f/%.3f/%.3f/%.3f", q.rank, q.one, q.five, q.ten); }

/* `found`: NULL, or the language in which concepts are asked for. */
static void measure(const char *what, const struct rank_more *more, const char *found)
{
	(void)printf("%-34s", what);
	for (size_t i = 0; i < SETS; i++) {
		struct judgements j;
		if (read_judgements(&j, i))
			print_quality(!found ? quality_of(more, i, &j)
			                     : found_of(more, i, &j, *found ? found : sets[i].language));
		else
			(void)printf("  %-23s", "skipped: not there");
		(void)fflush(stdout);
	}
	(void)puts("");
}

/* What a published method reaches, from the benchmark's own table. */
static void print_published(const char *what, const char *method)
{
	size_t size;
	char *bytes = read_data("melo/results.tsv", &size);
	if (!bytes) return;
	(void)printf("%-34s", what);
	for (size_t i = 0; i < SETS; i++) {
		const char *line = strstr(bytes, lg_printf(all.cx.mem, "\n%s\t%s\t", method, sets[i].folder));
		struct quality q;
		if (line && sscanf(line, "%*s %*s %*s %*s %lf %*s %*s %*s %*s %*s %*s %lf %lf %lf", &q.rank, &q.one,
		                   &q.five, &q.ten) == 4)
			print_quality(q);
	}
	(void)puts("");
}

/* ------------------------------------------------------------------------------------------------------ all */

static void read_options(int argc, char **argv)
{
	static const struct option options[] = {
		{ "data", required_argument, NULL, 'd' },  { "embedding", required_argument, NULL, 'e' },
		{ "steps", required_argument, NULL, 's' }, { "quick", no_argument, NULL, 'q' },
		{ "help", no_argument, NULL, 'h' },        { NULL, 0, NULL, 0 },
	};
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		switch (o) {
		case 'd': all.data = optarg; break;
		case 'e': all.embedding_file = optarg; break;
		case 's': all.steps = strtoull(optarg, NULL, 10); break;
		case 'q': all.quick = true; break;
		case 'h': (void)fputs(usage, stdout); exit(0);
		default: (void)fputs(usage, stderr); exit(2);
		}
	}
}

static void all_times(void)
{
	(void)puts("Time for a title, in milliseconds: half of them, 99 of 100 are within");
	time_linker("built-in vocabulary", all.builtin, NULL);
	if (!all.esco) return;
	time_linker("ESCO in six languages", all.esco, NULL);
	time_linker("the same with an embedding", all.esco, all.embedding);
}

static void all_quality(void)
{
	const struct rank_more none = { 0 }, alone = { .taxonomy = all.esco, .alone = true },
	                       others = { .taxonomy = all.esco },
	                       with = { .taxonomy = all.esco, .embedding = all.embedding };
	(void)printf("\n%-34s  %-23s  %-23s  %s\n", "MELO: MRR / in first 1 / 5 / 10", "USA, English",
	             "Germany, German", "Poland, Polish");
	print_published("published character tf-idf", "char_tf_idf");
	print_published("published e5 (neural)", "e5");
	measure("labels alone", &none, NULL);
	measure("and unit groups", &alone, NULL);
	measure("and other languages", &others, NULL);
	measure("and the embedding", &with, NULL);
	(void)puts("What taxonomy find shows: ten concepts, each once");
	measure("without the embedding", &others, "");
	measure("with it", &with, "");
	measure("the language not said, without", &others, "any");
	measure("the language not said, with", &with, "any");
}

int main(int argc, char **argv)
{
	all.cx = (struct lg_ctx){ .mem = lg_arena_new(0, NULL) };
	read_options(argc, argv);
	must(lg_taxonomy_builtin(&all.cx, &all.builtin));
	if (import())
		get_embedding();
	else
		(void)printf("skipped: the ESCO release and its labels are not under %s\n", all.data);
	all_times();
	if (all.esco && !all.quick) all_quality();
	lg_arena_free(all.cx.mem);
	return 0;
}
