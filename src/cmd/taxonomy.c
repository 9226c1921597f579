/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy.h"

#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/input.h"
#include "cmd/replace.h"
#include "cmd/run.h"
#include "cmd/taxonomy_find.h"
#include "cmd/taxonomy_import.h"
#include "cmd/taxonomy_rank.h"
#include "cmd/taxonomy_suggest.h"
#include "cmd/taxonomy_train.h"
#include "taxonomy/taxonomy.h"

static const char help[] =
    "Usage: landgang taxonomy import ZIP... [--labels LANG=TSV]... [--release NAME] --out FILE\n"
    "       landgang taxonomy show CODE [--taxonomy FILE] [--lang LANG]\n"
    "       landgang taxonomy info [--taxonomy FILE]\n"
    "       landgang taxonomy find [--lang LANG] [--skills] TEXT\n"
    "       landgang taxonomy suggest [--lang LANG] [--json] FILE\n"
    "       landgang taxonomy rank --corpus TSV --queries TSV\n"
    "       landgang taxonomy train [--taxonomy FILE] --out FILE\n"
    "\n"
    "import  Make an image of an ESCO release. The zips are those the ESCO portal gives out as CSV:\n"
    "        the classification, in one or more languages, and the relations.\n"
    "show    Print what is known of an occupation, a group or a skill: give a code, a URI or an UUID.\n"
    "info    Print what an image holds, and whether it is as it was made.\n"
    "find    Which occupations, groups or skills do these words mean? See landgang taxonomy find --help.\n"
    "suggest  Which skills and occupations does a text name? See landgang taxonomy suggest --help.\n"
    "rank    Rank labels for queries, to measure how well they are found. See landgang taxonomy rank --help.\n"
    "train   Learn which words mean alike, for find and rank. See landgang taxonomy train --help.\n"
    "\n"
    "  --out FILE          the image to write; an older one is replaced at one stroke\n"
    "  --labels LANG=TSV   more labels in a language, tab-separated; may be given again\n"
    "  --release NAME      what to call the release (else told from the names of the zips)\n"
    "  --taxonomy FILE     the image to read (else the built-in one)\n"
    "  --lang LANG         the language to show first, such as da, sv, uk, en\n"
    "  --help              this text\n";

enum { FILES_MAX = 100, CLOSEST = 10 };

struct command {
	struct lg_ctx cx;
	const char *out, *release, *taxonomy, *language;
	struct import_file files[FILES_MAX];
	size_t n_files;
	const char *code;
};

/* ------------------------------------------------------------------------------------------------- options */

static enum lg_err add_file(struct command *c, const char *name, const char *language)
{
	if (c->n_files == FILES_MAX) return lg_fail(&c->cx, RUN_USE, name, "too many files");
	c->files[c->n_files++] = (struct import_file){ .name = name, .language = language };
	return LG_OK;
}

static enum lg_err add_labels(struct command *c, const char *text)
{
	const char *equals = strchr(text, '=');
	if (!equals || equals - text < 2 || equals - text > 3)
		return lg_failf(&c->cx, RUN_USE, "--labels",
		                "\"%s\" is not of the form LANG=FILE, such as da=labels.tsv", text);
	return add_file(c, equals + 1, lg_strndup(c->cx.mem, text, (size_t)(equals - text)));
}

static const struct option options[] = {
	{ "out", required_argument, NULL, 'o' },
	{ "labels", required_argument, NULL, 'l' },
	{ "release", required_argument, NULL, 'r' },
	{ "taxonomy", required_argument, NULL, 't' },
	{ "lang", required_argument, NULL, 'g' },
	{ "help", no_argument, NULL, 'h' },
	{ NULL, 0, NULL, 0 },
};

static enum lg_err take_option(struct command *c, int option, const char *word)
{
	switch (option) {
	case 'o': c->out = optarg; return LG_OK;
	case 'l': return add_labels(c, optarg);
	case 'r': c->release = optarg; return LG_OK;
	case 't': c->taxonomy = optarg; return LG_OK;
	case 'g': c->language = optarg; return LG_OK;
	case ':': return lg_fail(&c->cx, RUN_USE, word, "needs a value");
	default: return lg_fail(&c->cx, RUN_USE, word, "no such option; see landgang taxonomy --help");
	}
}

/* @return through *helped whether --help stood there */
static enum lg_err read_options(struct command *c, int argc, char **argv, bool *helped)
{
	*helped = false;
	optind = 0;
	opterr = 0;
	for (int o; (o = getopt_long(argc, argv, ":", options, NULL)) != -1;) {
		if (o == 'h')
			*helped = true;
		else
			LG_TRY(take_option(c, o, argv[optind - 1]));
	}
	return LG_OK;
}

/* -------------------------------------------------------------------------------------------------- import */

static enum lg_err read_inputs(struct command *c)
{
	for (size_t i = 0; i < c->n_files; i++) {
		struct input_file in;
		LG_TRY(input_whole(&c->cx, c->files[i].name, &in));
		if (in.size > LG_ESCO_ENTRY_MAX)
			return lg_fail(&c->cx, LG_INVALID, c->files[i].name, "It is too large.");
		c->files[i].bytes = in.bytes;
		c->files[i].size = in.size;
	}
	return LG_OK;
}

static const char *release_name(struct command *c)
{
	if (c->release) return c->release;
	for (size_t i = 0; i < c->n_files; i++) {
		const char *slash = strrchr(c->files[i].name, '/');
		const char *name = import_version(&c->cx, slash ? slash + 1 : c->files[i].name);
		if (!c->files[i].language && strcmp(name, "ESCO") != 0) return name;
	}
	return "ESCO";
}

static void say_count(size_t n, const char *what)
{
	if (n) (void)fprintf(stderr, "  %zu %s\n", n, what);
}

static void say_left_out(const struct import_result *r)
{
	const struct lg_image *m = &r->image;
	say_count(r->esco.not_released, "concepts are not released, passed over");
	say_count(r->esco.other_type, "rows are of other types, passed over");
	say_count(r->unusable, "concepts have a code or URI of an unknown form, passed over");
	say_count(m->dangling_labels, "labels are of concepts that are not in the release, passed over");
	say_count(m->dangling_broader, "places in the tree name concepts that are not in the release, passed over");
	say_count(m->dangling_relations,
	          "relations name an occupation or skill that is not in the release, passed over:");
	for (size_t i = 0; i < sizeof m->first / sizeof *m->first && m->first[i].from; i++)
		(void)fprintf(stderr, "    %s needs %s\n", m->first[i].from, m->first[i].to);
}

static void print_counts(FILE *to, const struct lg_taxonomy *t);

static enum lg_err say_summary(struct command *c, const struct import_result *r)
{
	struct lg_taxonomy *t;
	LG_TRY(lg_taxonomy_open(&c->cx, &t, r->image.bytes, r->image.size));
	(void)fprintf(stderr, "%s: %s, %zu bytes\n", c->out, lg_taxonomy_version(t), r->image.size);
	print_counts(stderr, t);
	say_left_out(r);
	return LG_OK;
}

static enum lg_err do_import(struct command *c, int n, char **words)
{
	struct import_result r;
	for (int i = 0; i < n; i++) LG_TRY(add_file(c, words[i], NULL));
	if (!c->out) return lg_fail(&c->cx, RUN_USE, "--out", "is missing: name the image to write");
	if (n == 0) return lg_fail(&c->cx, RUN_USE, "", "name the zip files of the ESCO release");
	LG_TRY(read_inputs(c));
	LG_TRY(import_release(&c->cx, &r, c->files, c->n_files, release_name(c)));
	LG_TRY(run_go_on(&c->cx));
	LG_TRY(replace_file(&c->cx, c->out, r.image.bytes, r.image.size));
	return say_summary(c, &r);
}

/* ---------------------------------------------------------------------------------------------------- show */

static enum lg_err open_image(struct command *c, struct lg_taxonomy **out, struct input_file *in)
{
	*in = (struct input_file){ 0 };
	if (!c->taxonomy) return lg_taxonomy_builtin(&c->cx, out);
	LG_TRY(input_whole(&c->cx, c->taxonomy, in));
	if (lg_taxonomy_open(&c->cx, out, in->bytes, in->size) == LG_OK) return LG_OK;
	return lg_fail(&c->cx, LG_INVALID, c->taxonomy, c->cx.notes->text);
}

typedef const char *(*label_at)(const struct lg_taxonomy *t, uint16_t item, size_t index, struct lg_label *out);

static void print_labels(const struct lg_taxonomy *t, uint16_t item, label_at at)
{
	struct lg_label l;
	char last[4] = "";
	for (size_t i = 0; at(t, item, i, &l); i++) {
		bool same = !strcmp(last, l.language);
		(void)printf(same ? "%s%s" : "\n  %-4s%s", same ? "; " : l.language, l.text);
		memcpy(last, l.language, sizeof last);
	}
	(void)puts("");
}

static void print_parents(const struct lg_taxonomy *t, uint16_t concept, const char *language)
{
	const uint16_t *parents = lg_taxonomy_parents(t);
	if (parents[concept] != concept) (void)puts("\nWithin");
	while (parents[concept] != concept) {
		concept = parents[concept];
		(void)printf("  %-24s %s\n", lg_taxonomy_code(t, concept), lg_taxonomy_label(t, concept, language));
	}
}

static void print_skills(const struct lg_taxonomy *t, uint16_t concept, bool essential, const char *language)
{
	const struct lg_relation *r;
	size_t n = lg_taxonomy_relations(t, concept, &r), found = 0;
	for (size_t i = 0; i < n; i++) {
		if (r[i].essential != essential) continue;
		if (!found++) (void)puts(essential ? "\nEssential skills (weight)" : "\nOptional skills (weight)");
		(void)printf("  %s (%u)\n", lg_taxonomy_skill_label(t, r[i].skill, language),
		             lg_taxonomy_skill_weights(t)[r[i].skill]);
	}
}

/* The best of the occupations that are not yet printed: closeness descending, then number ascending. */
static uint16_t next_close(const struct lg_taxonomy *t, uint16_t concept, int *at_most, uint16_t after)
{
	uint16_t n = lg_taxonomy_concepts(t), best = LG_NO_CONCEPT;
	const uint8_t *row = lg_taxonomy_closeness(t) + (size_t) concept * n;
	int found = 0;
	for (uint16_t c = 0; c < n; c++) {
		bool left = row[c] < *at_most || (row[c] == *at_most && c > after);
		if (!left || c == concept || lg_taxonomy_is_group(t, c) || row[c] <= found) continue;
		found = row[c];
		best = c;
	}
	*at_most = found;
	return best;
}

static void print_close(const struct lg_taxonomy *t, uint16_t concept, const char *language)
{
	int percent = 100;
	uint16_t last = 0;
	(void)puts("\nClosest occupations: who else can do it, per cent");
	for (int i = 0; i < CLOSEST; i++) {
		last = next_close(t, concept, &percent, last);
		if (last == LG_NO_CONCEPT) break;
		(void)printf("  %3d  %-24s %s\n", percent, lg_taxonomy_code(t, last),
		             lg_taxonomy_label(t, last, language));
	}
}

static void show_concept(const struct lg_taxonomy *t, uint16_t concept, const char *language)
{
	char uri[80];
	(void)printf("%s  %s\n%s\n", lg_taxonomy_code(t, concept), lg_taxonomy_label(t, concept, language),
	             lg_taxonomy_concept_uri(t, concept, uri));
	print_labels(t, concept, lg_taxonomy_labels);
	print_parents(t, concept, language);
	print_skills(t, concept, true, language);
	print_skills(t, concept, false, language);
	print_close(t, concept, language);
}

static void print_askers(const struct lg_taxonomy *t, uint16_t skill, bool essential, const char *language)
{
	const struct lg_relation *r;
	size_t found = 0;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		size_t n = lg_taxonomy_relations(t, c, &r);
		for (size_t i = 0; i < n; i++) {
			if (r[i].skill != skill || r[i].essential != essential) continue;
			if (!found++) (void)puts(essential ? "\nEssential for" : "\nOptional for");
			(void)printf("  %-24s %s\n", lg_taxonomy_code(t, c), lg_taxonomy_label(t, c, language));
		}
	}
}

static void show_skill(const struct lg_taxonomy *t, uint16_t skill, const char *language)
{
	char uri[80];
	(void)printf("%s\n%s\n", lg_taxonomy_skill_label(t, skill, language), lg_taxonomy_skill_uri(t, skill, uri));
	print_labels(t, skill, lg_taxonomy_skill_labels);
	(void)printf("\nWeight %u\n", lg_taxonomy_skill_weights(t)[skill]);
	print_askers(t, skill, true, language);
	print_askers(t, skill, false, language);
}

static enum lg_err do_show(struct command *c, int n, char **words)
{
	struct lg_taxonomy *t;
	struct input_file in;
	if (n != 1) return lg_fail(&c->cx, RUN_USE, "", "name one code, URI or UUID to show");
	LG_TRY(open_image(c, &t, &in));
	const char *language = c->language ? c->language : "en";
	uint16_t concept = lg_taxonomy_concept(t, words[0], strlen(words[0]));
	uint16_t skill = lg_taxonomy_skill(t, words[0], strlen(words[0]));
	if (concept != LG_NO_CONCEPT)
		show_concept(t, concept, language);
	else if (skill != LG_NO_SKILL)
		show_skill(t, skill, language);
	else
		return lg_failf(&c->cx, LG_INVALID, words[0], "is nothing that %s knows", lg_taxonomy_version(t));
	return LG_OK;
}

/* ---------------------------------------------------------------------------------------------------- info */

static void print_counts(FILE *to, const struct lg_taxonomy *t)
{
	size_t groups = 0, relations = 0, own = 0;
	const struct lg_relation *r;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++) {
		groups += lg_taxonomy_is_group(t, c);
		own += lg_taxonomy_code(t, c)[0] == 'l';
		relations += lg_taxonomy_relations(t, c, &r);
	}
	size_t occupations = lg_taxonomy_concepts(t) - groups;
	(void)fprintf(to, "  %zu ISCO-08 groups\n  %zu occupations, of them %zu built-in\n", groups, occupations, own);
	(void)fprintf(to, "  %u skills\n  %zu relations of occupations to skills\n", lg_taxonomy_skills(t), relations);
	(void)fprintf(to, "  labels in");
	for (size_t i = 0; lg_taxonomy_language(t, i); i++) (void)fprintf(to, " %s", lg_taxonomy_language(t, i));
	(void)fputs("\n", to);
}

static enum lg_err do_info(struct command *c, int n, char **words)
{
	struct lg_taxonomy *t;
	struct input_file in;
	char hash[65];
	if (n != 0) return lg_fail(&c->cx, RUN_USE, words[0], "one word too many");
	LG_TRY(open_image(c, &t, &in));
	(void)printf("%s\n", lg_taxonomy_version(t));
	if (*lg_taxonomy_attribution(t)) (void)printf("%s\n", lg_taxonomy_attribution(t));
	print_counts(stdout, t);
	if (!in.bytes) return LG_OK;
	import_hash(hash, in.bytes, in.size);
	if (strcmp(hash, lg_taxonomy_hash(t)) != 0)
		return lg_fail(&c->cx, LG_INVALID, c->taxonomy, "was changed since it was made; import it again");
	(void)printf("  sha256 %s, as it was made\n", hash);
	return LG_OK;
}

/* ----------------------------------------------------------------------------------------------------- main */

static const struct {
	const char *name;
	enum lg_err (*run)(struct command *c, int n, char **words);
} commands[] = { { "import", do_import }, { "show", do_show }, { "info", do_info } };

static enum lg_err run(struct command *c, int argc, char **argv)
{
	bool helped;
	if (argc > 1 && !strcmp(argv[1], "find")) return taxonomy_find(&c->cx, argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "rank")) return taxonomy_rank(&c->cx, argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "train")) return taxonomy_train(&c->cx, argc - 1, argv + 1);
	if (argc > 1 && !strcmp(argv[1], "suggest")) return taxonomy_suggest(&c->cx, argc - 1, argv + 1);
	LG_TRY(read_options(c, argc, argv, &helped));
	if (helped) return fputs(help, stdout) < 0 ? RUN_IO : LG_OK;
	const char *name = optind < argc ? argv[optind] : "";
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (!strcmp(commands[i].name, name)) return commands[i].run(c, argc - optind - 1, argv + optind + 1);
	return lg_fail(&c->cx, RUN_USE, name,
	               "say import, show, info, find, suggest, rank or train; see landgang taxonomy --help");
}

int cmd_taxonomy(int argc, char **argv)
{
	struct command c = { 0 };
	run_begin(&c.cx);
	enum lg_err err =
	    sodium_init() < 0 ? lg_fail(&c.cx, LG_FAULT, "sodium", "could not start") : run(&c, argc, argv);
	return run_end(&c.cx, "taxonomy", err);
}
