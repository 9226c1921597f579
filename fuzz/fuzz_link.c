/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "taxonomy/link.h"

/*
 * Labels and words of any kind: the linker must answer, the same each time, and never fault. The input is lines; the
 * last is the text, the others are labels: a byte that tells language and concept, and the words. A text alone is
 * looked for in a few labels of our own.
 */
enum { LABELS_MAX = 64, CONCEPTS = 8, ROOM = 4 };

static const char *const languages[] = { "da", "sv", "uk", "en", "de", "any" };

static const struct lg_link_label own[] = {
	{ "sygeplejerske", "da", 0 },    { "sjuksköterska", "sv", 0 },
	{ "медсестра", "uk", 0 },        { "nurse", "en", 0 },
	{ "lastbilchauffør", "da", 1 },  { "lastbilsförare", "sv", 1 },
	{ "водій вантажівки", "uk", 1 }, { "lorry driver", "en", 1 },
};

static struct lg_link_label read_label(struct lg_ctx *cx, const char *line, size_t n)
{
	unsigned char which = n ? (unsigned char)*line : 0;
	struct lg_link_label l = { .text = lg_strndup(cx->mem, n ? line + 1 : line, n ? n - 1 : 0),
		                   .concept = which / 8 % CONCEPTS };
	const char *language = languages[which % 6];
	memcpy(l.language, language, strlen(language));
	return l;
}

static void ask(const struct lg_linker *l, struct lg_link_scratch *scratch, const char *text, size_t n)
{
	struct lg_link_hit a[ROOM], b[ROOM];
	for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
		size_t found = lg_link_with(l, scratch, languages[i], text, n, a, ROOM);
		if (found > ROOM || lg_link(l, languages[i], text, n, b, ROOM) != found) abort();
		for (size_t k = 0; k < found; k++)
			if (a[k].concept != b[k].concept || a[k].score != b[k].score || a[k].score > 10000) abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint32_t contexts[CONCEPTS] = { 1, LG_LINK_NONE, 1, 1, LG_LINK_NONE, 4, 7, 6 };
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lg_link_label labels[LABELS_MAX];
	struct lg_linker *l;
	size_t n = 0, confirmed;
	const char *text = (const char *)data, *end = text + size;
	for (const char *next; n < LABELS_MAX && size && (next = memchr(text, '\n', (size_t)(end - text)));
	     text = next + 1)
		labels[n++] = read_label(&cx, text, (size_t)(next - text));
	confirmed = n / 4;
	struct lg_link_labels in = { n ? labels + confirmed : own,
		                     n ? n - confirmed : sizeof own / sizeof *own,
		                     CONCEPTS,
		                     contexts,
		                     labels,
		                     confirmed,
		                     NULL };
	if (lg_linker_of_labels(&cx, &l, &in) == LG_OK) ask(l, lg_link_scratch(&cx, l), text, (size_t)(end - text));
	lg_arena_free(cx.mem);
	return 0;
}
