/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/list_page.h"

#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/page.h"
#include "view/speech.h"

void list_option(struct html_list_filters *f, const char *value, const char *label, const char *chosen)
{
	f->options[f->n_options++] =
	    (struct html_list_filters_options){ .value = value, .label = label, .chosen = !strcmp(value, chosen) };
}

struct html_list_filters *list_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                                      size_t room)
{
	struct html_list_filters *f = &v->filters[v->n_filters++];
	*f = (struct html_list_filters){ .id = lg_printf(cx->mem, "by-%s", name), .name = name, .label = label };
	f->options = lg_array(cx->mem, room + 2, sizeof *f->options);
	list_option(f, "", lg_say("All"), "-");
	return f;
}

void list_choice_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                        enum choice_list list, const char *chosen)
{
	size_t n;
	const struct choice *all = choices(list, &n);
	struct html_list_filters *f = list_filter(cx, v, name, label, n);
	for (size_t i = 0; i < n; i++) list_option(f, all[i].code, lg_say(all[i].text), chosen);
}

struct html_records_rows_cells *list_cell(struct html_records_rows *row, const char *label, const char *value)
{
	struct html_records_rows_cells *cell = &row->cells[row->n_cells++];
	*cell = (struct html_records_rows_cells){ .label = label, .value = value };
	return cell;
}

void list_put_pair(struct lg_buf *b, const char *name, const char *value, char *next)
{
	if (!value || !*value) return;
	lg_putc(b, *next);
	*next = '&';
	lg_puts(b, name);
	lg_putc(b, '=');
	http_put_encoded(b, value);
}

void list_member_filter(struct lg_ctx *cx, struct html_list *v, const char *name, const char *label,
                        const struct form_with *with, const char *chosen)
{
	struct html_list_filters *f = list_filter(cx, v, name, label, with->n_members);
	for (size_t i = 0; i < with->n_members; i++)
		list_option(f, with->members[i].account, with->members[i].name, chosen);
}

/* --- what is asked */

enum { PAGE = 50, MOST = 200 };

enum lg_err list_refuse(struct lg_ctx *cx, const char *name)
{
	return lg_fail(cx, LG_INVALID, name, lg_say("Choose one of the list."));
}

/* "sort key|uuid" */
static enum lg_err read_after(struct lg_ctx *cx, const char *after, struct list_of *out)
{
	const char *bar = strrchr(after, '|');
	if (!*after) return LG_OK;
	if (!bar || app_uuid(bar + 1, &out->after_id) != LG_OK) return list_refuse(cx, "after");
	out->after_key = lg_strndup(cx->mem, after, (size_t)(bar - after));
	out->goes_on = true;
	return LG_OK;
}

enum lg_err list_of_read(struct lg_ctx *cx, struct call *c, struct list_of *out, const char *const *names)
{
	*out = (struct list_of){ .names = names, .after_key = "", .after_id = LIST_FIRST, .room = PAGE };
	for (size_t i = 0; i < LIST_PART_MOST; i++) out->values[i] = "";
	for (size_t k = 0; k < c->rq->query.n; k++) {
		const struct http_pair *p = &c->rq->query.at[k];
		size_t i = 0;
		while (names[i] && strcmp(names[i], p->name) != 0) i++;
		if (names[i])
			out->values[i] = !strcmp(p->value, "me") && c->actor.account ? c->actor.account : p->value;
		else if (!strcmp(p->name, "after"))
			LG_TRY(read_after(cx, p->value, out));
		else if (!strcmp(p->name, "limit"))
			out->room = (int64_t)strtol(p->value, NULL, 10);
		else if (strcmp(p->name, "said") != 0 && strcmp(p->name, "lang") != 0)
			return lg_fail(cx, LG_INVALID, "", lg_say("There is no filter of that name."));
	}
	if (out->room < 1 || out->room > MOST) out->room = MOST;
	return LG_OK;
}

const char *list_part(const struct list_of *ask, const char *name)
{
	size_t i = 0;
	while (ask->names[i] && strcmp(ask->names[i], name) != 0) i++;
	return ask->names[i] ? ask->values[i] : "";
}

const char *list_id(const struct list_of *ask, const char *name)
{
	const char *value = list_part(ask, name);
	return *value ? value : NULL;
}

struct list_keys list_keys_of(struct lg_ctx *cx, const char *asked)
{
	struct name_trigrams *t = lg_alloc(cx->mem, sizeof *t);
	name_trigrams_asked(t, asked);
	const char **keys = lg_array(cx->mem, t->n + 1, sizeof *keys);
	for (size_t i = 0; i < t->n; i++) keys[i] = t->key[i];
	return (struct list_keys){ .keys = { .texts = keys, .n = t->n }, .least = name_trigrams_least(t) };
}

/* --- what is shown */

struct html_records *list_table(struct lg_ctx *cx, const char *caption, const char *const *heads, size_t n_heads,
                                size_t n)
{
	struct html_records *v = lg_alloc(cx->mem, sizeof *v);
	*v = (struct html_records){ .id = "list", .caption = caption };
	v->heads = lg_array(cx->mem, n_heads, sizeof *v->heads);
	for (size_t i = 0; i < n_heads; i++) v->heads[v->n_heads++] = (struct html_records_heads){ .name = heads[i] };
	v->rows = lg_array(cx->mem, n + 1, sizeof *v->rows);
	return v;
}

static const char *address(struct lg_ctx *cx, const struct list_of *ask, const char *path, const char *after)
{
	struct lg_buf *b = page_buffer(cx);
	char next = '?';
	lg_puts(b, path);
	for (size_t i = 0; ask->names[i]; i++) list_put_pair(b, ask->names[i], ask->values[i], &next);
	list_put_pair(b, "after", after, &next);
	return b->data;
}

const char *list_of_address(struct lg_ctx *cx, const struct list_of *ask, const char *path)
{
	return address(cx, ask, path, "");
}

const char *list_of_asked(struct lg_ctx *cx, const struct list_of *ask)
{
	struct list_of kept = *ask;
	for (size_t i = 0; kept.names[i]; i++)
		if (!strcmp(kept.names[i], "q")) kept.values[i] = "";
	return address(cx, &kept, "", "");
}

void list_put_pages(struct lg_ctx *cx, const struct list_of *ask, const char *path, struct html_found *v,
                    const char *key, const char *id)
{
	if (*list_part(ask, "q")) return; /* of what is found, the likest are enough */
	v->place = ask->goes_on ? lg_say("Further on") : lg_say("The beginning");
	if (ask->goes_on) v->before = address(cx, ask, path, "");
	v->after = address(cx, ask, path, lg_printf(cx->mem, "%s|%s", key, id));
}

void list_put_next(struct lg_ctx *cx, json_t *out, const char *key, const char *id)
{
	json_object_set_new(out, "next", json_string(lg_printf(cx->mem, "%s|%s", key, id)));
}

void list_show(struct lg_ctx *cx, struct call *c, const struct html_list *v, const char *here, bool invented)
{
	struct page page = { .title = v->title, .here = here, .invented = invented };
	page_answer(cx, c, &page, c->partial ? html_found_any(v->found) : html_list_any(v));
}
