/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/taxonomy_suggest.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "cmd/json.h"
#include "cmd/load.h"
#include "cmd/run.h"
#include "taxonomy/spot.h"

struct suggesting {
	const char *language, *taxonomy, *path;
	bool json;
	uint64_t least;
	const struct lg_taxonomy *t;
};

/* Reading stops behind what is too much, so that an endless pipe does. */
struct text {
	struct lg_buf bytes;
};

static enum lg_err take(void *to, const char *bytes, size_t n)
{
	struct text *t = to;
	if (t->bytes.len + n > LG_SPOT_TEXT_MAX) return LG_INVALID;
	lg_put(&t->bytes, bytes, n);
	return LG_OK;
}

static enum lg_err read_text(struct lg_ctx *cx, const char *path, struct text *text)
{
	struct input_digest digest;
	enum lg_err err = input_read(cx, path, take, text, &digest);
	if (err == LG_INVALID) return lg_fail(cx, LG_INVALID, path, "is longer than 1 MiB: give it in parts");
	if (err != LG_OK) return err;
	size_t good = lg_utf8_span(text->bytes.data ? text->bytes.data : "", text->bytes.len);
	if (good < text->bytes.len) return lg_failf(cx, LG_INVALID, path, "is not UTF-8 at byte %zu", good);
	return LG_OK;
}

static const char *code_of(const struct suggesting *s, const struct lg_spot *spot, char uri[80])
{
	return spot->kind == LG_SPOT_SKILL ? lg_taxonomy_skill_uri(s->t, spot->item, uri)
	                                   : lg_taxonomy_code(s->t, spot->item);
}

static const char *kind_of(const struct lg_spot *spot) { return spot->kind == LG_SPOT_SKILL ? "skill" : "occupation"; }

/* The words as they stand, on one line. */
static void put_words(struct lg_buf *out, const struct text *text, const struct lg_spot *spot)
{
	for (uint32_t i = spot->from; i < spot->to; i++) {
		char c = text->bytes.data[i];
		lg_putc(out, (unsigned char)c < ' ' ? ' ' : c);
	}
}

static void put_line(const struct suggesting *s, const struct text *text, const struct lg_spot *spot,
                     struct lg_buf *out)
{
	char uri[80];
	lg_putf(out, "%s\t%s\t%u\t%u\t%u\t%s\t", kind_of(spot), code_of(s, spot, uri), spot->score, spot->from,
	        spot->to, spot->label);
	put_words(out, text, spot);
	lg_puts(out, "\n");
}

static json_t *json_of(const struct suggesting *s, const struct text *text, const struct lg_spot *spot)
{
	char uri[80];
	json_t *o = json_new();
	struct lg_buf words = { 0 };
	put_words(&words, text, spot);
	json_add_text(o, "kind", kind_of(spot));
	json_add_text(o, "code", code_of(s, spot, uri));
	json_add_int(o, "score", spot->score);
	json_add_int(o, "from", spot->from);
	json_add_int(o, "to", spot->to);
	json_add_int(o, "count", spot->count);
	json_add_text(o, "label", spot->label);
	json_add_text(o, "language", spot->language);
	lg_putc(&words, '\0');
	json_add_text(o, "words", words.data);
	lg_buf_free(&words);
	return o;
}

static void print(const struct suggesting *s, const struct text *text, const struct lg_spots *spots, struct lg_buf *out)
{
	json_t *list = s->json ? json_list() : NULL;
	for (size_t i = 0; i < spots->n && spots->at[i].score >= s->least; i++)
		if (list)
			json_push(list, json_of(s, text, &spots->at[i]));
		else
			put_line(s, text, &spots->at[i], out);
	if (list) json_print(out, list);
}

static enum lg_err suggest(struct lg_ctx *cx, struct suggesting *s, struct text *text, struct lg_buf *out)
{
	struct load load = { 0 };
	struct lg_spots spots;
	LG_TRY(read_text(cx, s->path, text));
	LG_TRY(load_taxonomy(cx, s->taxonomy, &load));
	LG_TRY(run_go_on(cx));
	s->t = load.taxonomy;
	LG_TRY(lg_spot(cx, lg_spotter_new(cx, s->t), s->language, text->bytes.data, text->bytes.len, &spots));
	print(s, text, &spots, out);
	if (fwrite(out->data, 1, out->len, stdout) == out->len && fflush(stdout) == 0) return LG_OK;
	return run_errno(cx, "standard output", "cannot be written");
}

enum lg_err taxonomy_suggest(struct lg_ctx *cx, int argc, char **argv)
{
	struct suggesting s = { .language = "any", .least = LG_SPOT_SURE };
	struct text text = { 0 };
	struct lg_buf out = { 0 };
	bool helped;
	const struct option_row rows[] = {
		ROW_TEXT("lang", &s.language, "LANG", "the language of the text: da, sv, uk, en, or any"),
		ROW_TEXT("taxonomy", &s.taxonomy, "FILE", "image of occupations and skills (else the built-in one)"),
		ROW_NUMBER("least", &s.least, "N", "leave out what scores less (6500)", 0, 10000),
		ROW_FLAG("json", &s.json, "for programs: an array"),
	};
	const struct options o = {
		"taxonomy suggest",
		"[--lang LANG] [--least N] [--json] FILE",
		"Which skills and occupations does a text name, an advertisement or a CV, and with which words?\n"
		"Best first, tab-separated: kind, code, score (of 10000), first byte, the byte behind the last,\n"
		"the label that matched, and the words of the text. FILE may be -, for standard input.",
		rows,
		sizeof rows / sizeof *rows,
		1
	};
	LG_TRY(options_read(cx, &o, argc, argv, &helped));
	if (helped) return LG_OK;
	s.path = argv[argc - 1];
	if (strlen(s.language) < 2 || strlen(s.language) > 3)
		return lg_fail(cx, RUN_USE, "--lang", "is two or three letters, such as da, or any");
	enum lg_err err = suggest(cx, &s, &text, &out);
	lg_buf_free(&text.bytes);
	lg_buf_free(&out);
	return err;
}
