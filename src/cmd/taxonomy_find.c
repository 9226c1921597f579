/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy_find.h"

#include <stdio.h>
#include <string.h>

#include "cmd/load.h"
#include "cmd/run.h"
#include "cmd/taxonomy_train.h"

enum { TEXT_MAX = 10000 };

static void print_hit(const struct lg_taxonomy *t, enum lg_link_of of, const struct lg_link_hit *h,
                      const char *language)
{
	char uri[80];
	uint16_t item = (uint16_t)h->concept;
	const char *code = of == LG_LINK_SKILLS ? lg_taxonomy_skill_uri(t, item, uri) : lg_taxonomy_code(t, item);
	const char *label =
	    of == LG_LINK_SKILLS ? lg_taxonomy_skill_label(t, item, language) : lg_taxonomy_label(t, item, language);
	(void)printf("%u\t%s\t%s\t%s\t%s%s\n", h->score, code, label, h->label, h->language,
	             h->confirmed ? "\tconfirmed" : "");
}

struct finding {
	const char *language, *taxonomy, *confirmed, *embedding;
	bool skills;
	uint64_t top;
};

static enum lg_err find(struct lg_ctx *cx, const struct finding *f, const char *text)
{
	struct load load = { 0 };
	struct confirmed_file confirmed = { 0 };
	struct lg_linker *linker;
	enum lg_link_of of = f->skills ? LG_LINK_SKILLS : LG_LINK_CONCEPTS;
	LG_TRY(load_taxonomy(cx, f->taxonomy, &load));
	if (f->confirmed) LG_TRY(confirmed_read(cx, &confirmed, f->confirmed, load.taxonomy, of));
	LG_TRY(run_go_on(cx));
	struct lg_link_more more = { .confirmed = confirmed.labels, .n_confirmed = confirmed.n };
	if (f->embedding) LG_TRY(train_load(cx, f->embedding, &more.embedding));
	LG_TRY(lg_linker_with(cx, &linker, load.taxonomy, of, &more));
	struct lg_link_hit *hits = lg_array(cx->mem, f->top, sizeof *hits);
	size_t n = lg_link(linker, f->language, text, strlen(text), hits, f->top);
	for (size_t i = 0; i < n; i++)
		print_hit(load.taxonomy, of, &hits[i],
		          strcmp(f->language, "any") != 0 ? f->language : hits[i].language);
	return LG_OK;
}

enum lg_err taxonomy_find(struct lg_ctx *cx, int argc, char **argv)
{
	struct finding f = { .language = "any", .top = 10 };
	bool helped;
	const struct option_row rows[] = {
		{ "lang", OPTION_TEXT, &f.language, "LANG", "the language of the text: da, sv, uk, en, or any", 0, 0,
		  NULL, NULL },
		{ "taxonomy", OPTION_TEXT, &f.taxonomy, "FILE",
		  "image of occupations and skills (else the built-in one)", 0, 0, NULL, NULL },
		{ "confirmed", OPTION_TEXT, &f.confirmed, "FILE",
		  "choices made before: an asked.csv, or language, words, code with tabs", 0, 0, NULL, NULL },
		ROW_TEXT("embedding", &f.embedding, "FILE", "what landgang taxonomy train has learned"),
		{ "skills", OPTION_FLAG, &f.skills, NULL, "look for skills, not for occupations and groups", 0, 0, NULL,
		  NULL },
		{ "top", OPTION_NUMBER, &f.top, "N", "lines at most (10)", 1, 1000, NULL, NULL },
	};
	const struct options o = {
		"taxonomy find",
		"[--lang LANG] TEXT",
		"Which occupations, groups or skills do these words mean? Best first, tab-separated:\n"
		"score (of 10000), code, label, and the label that matched with its language.",
		rows,
		sizeof rows / sizeof *rows,
		1
	};
	LG_TRY(options_read(cx, &o, argc, argv, &helped));
	if (helped) return LG_OK;
	const char *text = argv[argc - 1];
	if (strlen(f.language) < 2 || strlen(f.language) > 3)
		return lg_fail(cx, RUN_USE, "--lang", "is two or three letters, such as da, or any");
	if (strlen(text) > TEXT_MAX) return lg_fail(cx, RUN_USE, "TEXT", "is too long");
	return find(cx, &f, text);
}
