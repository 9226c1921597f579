/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/small_form.h"

#include <string.h>

#include "app/page.h"
#include "base/date.h"
#include "view/speech.h"

static bool was_sent(const struct call *c) { return c->rq->method == HTTP_POST; }

struct small_form *small_form(struct lg_ctx *cx, struct call *c, const char *action, const char *submit)
{
	struct small_form *f = lg_alloc(cx->mem, sizeof *f);
	f->c = c;
	f->fields = (struct html_fields){ .fields = f->at };
	f->part = (struct html_form_parts){ .fields = &f->fields };
	f->form = (struct html_form){ .action = action,
		                      .csrf = page_csrf(cx, c),
		                      .hidden = f->hidden,
		                      .parts = &f->part,
		                      .n_parts = 1,
		                      .submit = submit };
	return f;
}

static struct html_fields_fields *add(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label)
{
	lg_assert(f->fields.n_fields < SMALL_FIELDS);
	struct html_fields_fields *field = &f->at[f->fields.n_fields++];
	*field = (struct html_fields_fields){ .id = lg_printf(cx->mem, "f-%s", name),
		                              .name = name,
		                              .label = label,
		                              .error = page_note(cx, name),
		                              .wide = true };
	return field;
}

struct html_fields_fields *small_field(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label,
                                       const char *input, const char *value)
{
	struct html_fields_fields *field = add(cx, f, name, label);
	const char *sent = was_sent(f->c) ? http_form(f->c->rq, name) : NULL;
	field->input = input;
	field->value = !strcmp(input, "password") ? "" : sent ? sent : value;
	field->longest = 200;
	if (!strcmp(input, "date")) field->brief = true, field->longest = 0;
	if (!strcmp(input, "password")) field->longest = 1024;
	return field;
}

struct html_fields_fields *small_choice(struct lg_ctx *cx, struct small_form *f, const char *name, const char *label,
                                        bool boxes, size_t room)
{
	struct html_fields_fields *field = add(cx, f, name, label);
	field->boxes = boxes;
	field->choice = !boxes;
	field->options = lg_array(cx->mem, room + 1, sizeof *field->options);
	return field;
}

void small_option(struct lg_ctx *cx, struct html_fields_fields *field, const char *value, const char *label,
                  const char *help, bool chosen)
{
	/* The generated struct holds const rows; these are ours. */
	struct html_fields_fields_options *options = (struct html_fields_fields_options *)(uintptr_t)field->options;
	options[field->n_options] =
	    (struct html_fields_fields_options){ .id = lg_printf(cx->mem, "%s-%zu", field->id, field->n_options),
		                                 .value = value,
		                                 .label = label,
		                                 .help = help,
		                                 .chosen = chosen };
	field->n_options++;
}

void small_hidden(struct small_form *f, const char *name, const char *value)
{
	lg_assert(f->form.n_hidden < SMALL_HIDDEN);
	f->hidden[f->form.n_hidden++] = (struct html_form_hidden){ .name = name, .value = value };
}

enum lg_err small_only(struct lg_ctx *cx, const struct call *c, const char *const *names)
{
	static const char *const always[] = { "csrf", "next", "why", "version", NULL };
	enum lg_err err = LG_OK;
	for (size_t i = 0; i < c->rq->form.n; i++) {
		const char *name = c->rq->form.at[i].name;
		const char *const *n = names, *const *a = always;
		while (*n && strcmp(*n, name) != 0) n++;
		while (*a && strcmp(*a, name) != 0) a++;
		if (!*n && !*a) err = lg_fail(cx, LG_INVALID, name, lg_say("This is no field of the form."));
	}
	return err;
}

const char *small_sent(const struct call *c, const char *name)
{
	const char *text = http_form(c->rq, name);
	return text ? text : "";
}

const char *small_text(struct lg_ctx *cx, const struct call *c, const char *name, size_t most, bool needed)
{
	const char *sent = small_sent(c, name);
	while (*sent == ' ') sent++;
	size_t n = strlen(sent);
	while (n && sent[n - 1] == ' ') n--;
	char *text = lg_strndup(cx->mem, sent, n);
	if (needed && !n) (void)!lg_fail(cx, LG_INVALID, name, lg_say("This is missing."));
	if (n > most) (void)!lg_fail(cx, LG_INVALID, name, lg_say("This is too long."));
	for (const char *s = text; *s; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7F) {
			(void)!lg_fail(cx, LG_INVALID, name, lg_say("This has to be one line."));
			break;
		}
	return text;
}

int32_t small_date(struct lg_ctx *cx, const struct call *c, const char *name)
{
	const char *text = small_sent(c, name);
	int32_t day = DB_NO_DATE;
	if (!*text) return DB_NO_DATE;
	if (!lg_date_read(&day, text, strlen(text))) {
		(void)!lg_fail(cx, LG_INVALID, name, lg_say("This is no date."));
		return DB_NO_DATE;
	}
	return day;
}

struct db_list small_all(struct lg_ctx *cx, const struct call *c, const char *name)
{
	const char **texts = lg_array(cx->mem, c->rq->form.n + 1, sizeof *texts);
	size_t n = 0;
	for (size_t i = 0; i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, name)) texts[n++] = c->rq->form.at[i].value;
	return (struct db_list){ .texts = texts, .n = n };
}

bool small_chosen(const struct call *c, const char *name, const char *value)
{
	for (size_t i = 0; i < c->rq->form.n; i++)
		if (!strcmp(c->rq->form.at[i].name, name) && !strcmp(c->rq->form.at[i].value, value)) return true;
	return false;
}
