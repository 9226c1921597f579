/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>
#include <strings.h>

#include "market/inner.h"

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

struct lg_cell trim_cell(const char *s, size_t n)
{
	while (n && is_blank(*s)) s++, n--;
	while (n && is_blank(s[n - 1])) n--;
	return (struct lg_cell){ s, n };
}

struct items items_of(struct lg_cell c) { return (struct items){ c.text, c.text + c.n }; }

bool next_item(struct items *it, struct lg_cell *item)
{
	while (it->at < it->end) {
		const char *stop = memchr(it->at, ';', (size_t)(it->end - it->at));
		if (!stop) stop = it->end;
		*item = trim_cell(it->at, (size_t)(stop - it->at));
		it->at = stop < it->end ? stop + 1 : stop;
		if (item->n) return true;
	}
	return false;
}

bool cut(struct lg_cell item, char c, struct lg_cell *before, struct lg_cell *after)
{
	const char *at = memchr(item.text, c, item.n);
	*before = item;
	*after = (struct lg_cell){ "", 0 };
	if (!at) return false;
	*before = trim_cell(item.text, (size_t)(at - item.text));
	*after = trim_cell(at + 1, item.n - (size_t)(at + 1 - item.text));
	return true;
}

bool is_word(struct lg_cell c, const char *word) { return strlen(word) == c.n && !strncasecmp(c.text, word, c.n); }

struct item *list_add(struct list *list, uint16_t key, bool *is_new)
{
	size_t i = list->n;
	while (i && list->at[i - 1].key > key) i--;
	*is_new = !(i && list->at[i - 1].key == key);
	if (!*is_new) return &list->at[i - 1];
	lg_assert(list->n < LIST_MAX);
	memmove(&list->at[i + 1], &list->at[i], (list->n - i) * sizeof *list->at);
	list->at[i] = (struct item){ key, 0 };
	list->n++;
	return &list->at[i];
}

bool list_has(const struct list *list, uint16_t key)
{
	size_t low = 0, high = list->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (list->at[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < list->n && list->at[low].key == key;
}
