/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "taxonomy/draft.h"

#include <string.h>

#include "taxonomy/draft_in.h"

void *lg_list_add(struct lg_ctx *cx, struct lg_list *list, size_t size)
{
	if (list->n == list->room) {
		size_t room = list->room ? list->room * 2 : 64;
		void *items = lg_array(cx->mem, room, size);
		if (list->n) memcpy(items, list->items, list->n * size);
		list->items = items;
		list->room = room;
	}
	return (char *)list->items + size * list->n++;
}

struct lg_draft *lg_draft_new(struct lg_ctx *cx) { return lg_alloc(cx->mem, sizeof(struct lg_draft)); }

enum lg_err lg_draft_group(struct lg_ctx *cx, struct lg_draft *d, const char *code)
{
	size_t n = strlen(code);
	if (!lg_name_is_group(code, n))
		return lg_failf(cx, LG_INVALID, code, "An ISCO-08 group has a code of 1 to 4 digits.");
	struct lg_item *item = lg_list_add(cx, &d->items[LG_GROUP], sizeof *item);
	*item = (struct lg_item){ .code = code, .n = n };
	return LG_OK;
}

/* ESCO's codes: the unit group, then numbers behind dots, as "2654.1.7". */
static bool is_esco_code(const char *code, size_t n)
{
	if (n < 6 || n > LG_CODE_MAX || !lg_name_is_group(code, 4)) return false;
	for (size_t i = 4; i < n; i++) {
		bool digit = code[i] >= '0' && code[i] <= '9';
		if (i == 4 ? code[i] != '.' : !digit && (code[i] != '.' || code[i - 1] == '.')) return false;
	}
	return code[n - 1] != '.';
}

enum lg_err lg_draft_occupation(struct lg_ctx *cx, struct lg_draft *d, const char *name, const char *code,
                                const char *unit)
{
	struct lg_name read;
	if (!lg_name_read(&read, LG_OCCUPATION, name, strlen(name)))
		return lg_failf(cx, LG_INVALID, name, "This is no name of an occupation.");
	size_t n = strlen(code);
	if (read.is_uuid ? !is_esco_code(code, n) : !lg_name_is_own(code, n) || strcmp(name, code) != 0)
		return lg_failf(cx, LG_INVALID, name, "An occupation cannot have the code '%.80s'.", code);
	if (strlen(unit) != 4 || !lg_name_is_group(unit, 4))
		return lg_failf(cx, LG_INVALID, name, "'%.80s' is no ISCO-08 unit group.", unit);
	struct lg_item *item = lg_list_add(cx, &d->items[LG_OCCUPATION], sizeof *item);
	*item = (struct lg_item){ .own = !read.is_uuid, .uuid = read.uuid, .code = code, .n = n, .unit = unit };
	return LG_OK;
}

enum lg_err lg_draft_skill(struct lg_ctx *cx, struct lg_draft *d, const char *name)
{
	struct lg_name read;
	size_t n = strlen(name);
	if (!lg_name_read(&read, LG_SKILL, name, n) || (!read.is_uuid && !lg_name_is_own(name, n)))
		return lg_failf(cx, LG_INVALID, name, "This is no name of a skill.");
	struct lg_item *item = lg_list_add(cx, &d->items[LG_SKILL], sizeof *item);
	*item = (struct lg_item){ .own = !read.is_uuid, .uuid = read.uuid, .code = name, .n = n };
	return LG_OK;
}

void lg_draft_label(struct lg_ctx *cx, struct lg_draft *d, enum lg_kind kind, const char *name, const char *language,
                    bool preferred, const char *text)
{
	lg_assert(strlen(language) < sizeof((struct lg_draft_label *)0)->language);
	if (!*text) return;
	struct lg_draft_label *l = lg_list_add(cx, &d->labels, sizeof *l);
	*l = (struct lg_draft_label){ .kind = kind, .preferred = preferred, .name = name, .text = text };
	memcpy(l->language, language, strlen(language) + 1);
}

void lg_draft_broader(struct lg_ctx *cx, struct lg_draft *d, const char *name, const char *broader)
{
	struct lg_draft_broader *b = lg_list_add(cx, &d->broader, sizeof *b);
	*b = (struct lg_draft_broader){ name, broader };
}

void lg_draft_relation(struct lg_ctx *cx, struct lg_draft *d, const char *occupation, const char *skill, bool essential)
{
	struct lg_draft_relation *r = lg_list_add(cx, &d->relations, sizeof *r);
	*r = (struct lg_draft_relation){ occupation, skill, essential };
}
