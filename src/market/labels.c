/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/labels.h"

#include <stdlib.h>
#include <string.h>

#include "market/vec.h"

/* Lower case for ASCII and for the letters of Latin-1 (Å Ä Ö É ...). */
static void fold(char *out, const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
		if (i && (unsigned char)s[i - 1] == 0xC3 && c >= 0x80 && c <= 0x9E && c != 0x97)
			c = (unsigned char)(c + 32);
		out[i] = (char)c;
	}
	out[n] = '\0';
}

static int by_label(const void *a, const void *b)
{
	const struct label_of *x = a, *y = b;
	int order = strcmp(x->folded, y->folded);
	return order ? order : x->number - y->number;
}

static void close_labels(void *thing) { free(((struct labels *)thing)->at); }

static struct labels *begin(struct lg_ctx *cx)
{
	struct labels *l = lg_alloc(cx->mem, sizeof *l);
	lg_defer(cx->mem, close_labels, l);
	return l;
}

static void add(struct lg_ctx *cx, struct labels *l, const char *text, uint16_t number)
{
	size_t n = strlen(text);
	char *folded = lg_alloc(cx->mem, n + 1);
	fold(folded, text, n);
	l->at = vec_room(l->at, l->n, &l->cap, sizeof *l->at);
	l->at[l->n++] = (struct label_of){ folded, number };
}

struct labels *labels_of_occupations(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	struct labels *l = begin(cx);
	struct lg_label label;
	for (uint16_t c = 0; c < lg_taxonomy_concepts(t); c++)
		for (size_t i = 0; !lg_taxonomy_is_group(t, c) && lg_taxonomy_labels(t, c, i, &label); i++)
			if (!strcmp(label.language, "sv")) add(cx, l, label.text, c);
	if (l->n) qsort(l->at, l->n, sizeof *l->at, by_label);
	return l;
}

struct labels *labels_of_skills(struct lg_ctx *cx, const struct lg_taxonomy *t)
{
	struct labels *l = begin(cx);
	struct lg_label label;
	for (uint16_t s = 0; s < lg_taxonomy_skills(t); s++) {
		size_t before = l->n;
		for (size_t i = 0; lg_taxonomy_skill_labels(t, s, i, &label); i++)
			if (!strcmp(label.language, "sv")) add(cx, l, label.text, s);
		if (l->n == before) add(cx, l, lg_taxonomy_skill_label(t, s, "en"), s);
	}
	if (l->n) qsort(l->at, l->n, sizeof *l->at, by_label);
	return l;
}

size_t labels_find(const struct labels *l, const char *label, const struct label_of **first)
{
	char folded[400];
	size_t n = strlen(label), low = 0, high = l->n, count = 0;
	if (!n || n >= sizeof folded) return 0;
	fold(folded, label, n);
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strcmp(l->at[middle].folded, folded) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == l->n) return 0;
	*first = &l->at[low];
	while (low + count < l->n && !strcmp(l->at[low + count].folded, folded)) count++;
	return count;
}
