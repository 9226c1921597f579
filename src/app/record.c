/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/record.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "base/date.h"
#include "view/speech.h"

enum { DEEP = 32, UNKNOWN_NAME = 100 };

static void let_go(void *value) { json_decref(value); }

json_t *record_keep(struct lg_ctx *cx, json_t *value)
{
	lg_assert(value);
	lg_defer(cx->mem, let_go, value);
	return value;
}

static bool too_deep(const char *text, size_t n)
{
	size_t deep = 0;
	bool in_text = false;
	for (size_t i = 0; i < n; i++) {
		if (in_text) {
			if (text[i] == '\\')
				i++;
			else if (text[i] == '"')
				in_text = false;
		} else if (text[i] == '"') {
			in_text = true;
		} else if (text[i] == '[' || text[i] == '{') {
			if (++deep > DEEP) return true;
		} else if ((text[i] == ']' || text[i] == '}') && deep) {
			deep--;
		}
	}
	return false;
}

enum lg_err record_parse(struct lg_ctx *cx, json_t **out, const char *text, size_t n)
{
	json_error_t error;
	if (too_deep(text, n)) return lg_fail(cx, LG_INVALID, "", lg_say("This is nested too deep."));
	json_t *value = json_loadb(text, n, JSON_REJECT_DUPLICATES, &error);
	if (!value)
		return lg_failf(cx, LG_INVALID, "", lg_say("This is not JSON: line %d, column %d: %s"), error.line,
		                error.column, error.text);
	*out = record_keep(cx, value);
	return LG_OK;
}

static void let_text_go(void *text) { free(text); }

const char *record_text(struct lg_ctx *cx, const json_t *value)
{
	char *text = json_dumps(value, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENCODE_ANY);
	lg_assert(text);
	lg_defer(cx->mem, let_text_go, text);
	return text;
}

/* --- one value */

struct at {
	struct lg_ctx *cx;
	const struct entity *e;
	const struct record_checks *checks;
	const char *name; /* as the form has it: "born", "languages-0.level" */
	enum lg_err err;
};

static void complain(struct at *at, const char *text) { at->err = lg_fail(at->cx, LG_INVALID, at->name, text); }

/* Characters, not bytes. */
static size_t length(const char *s)
{
	size_t n = 0;
	for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

/* Without blanks at its ends, line ends as \n; control characters are refused: NULL. */
static const char *tidy(struct lg_ctx *cx, const char *s, bool lines)
{
	while (isspace((unsigned char)*s)) s++;
	size_t n = strlen(s), k = 0;
	while (n && isspace((unsigned char)s[n - 1])) n--;
	char *out = lg_alloc(cx->mem, n + 1);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c == '\r') {
			if (i + 1 < n && s[i + 1] == '\n') continue;
			c = '\n';
		}
		if (c == '\t') c = ' ';
		if (c == '\n' && !lines) return NULL;
		if ((c < ' ' && c != '\n') || c == 0x7F) return NULL;
		out[k++] = (char)c;
	}
	return out;
}

static bool looks_like_mail(const char *s)
{
	const char *at = strchr(s, '@');
	if (!at || at == s || strchr(at + 1, '@') || !strchr(at, '.') || at[1] == '.' || s[strlen(s) - 1] == '.')
		return false;
	return !strpbrk(s, " \t,;:<>()[]\\\"");
}

static bool looks_like_phone(const char *s)
{
	size_t digits = 0;
	for (const char *p = s; *p; p++) {
		if (isdigit((unsigned char)*p))
			digits++;
		else if (*p == '+' ? p != s : !strchr(" -()", *p))
			return false;
	}
	return digits >= 4 && digits <= 15;
}

static json_t *text_value(struct at *at, const struct field *f, const char *s)
{
	const char *clean = tidy(at->cx, s, f->type == FIELD_AREA);
	if (!clean) return complain(at, lg_say("There is a character in this that cannot be used here.")), NULL;
	if (length(clean) > f->max) return complain(at, lg_say("This is too long.")), NULL;
	if (!*clean) return json_null();
	if (f->type == FIELD_MAIL && !looks_like_mail(clean))
		return complain(at, lg_say("Write a mail address like name@example.org.")), NULL;
	if (f->type == FIELD_PHONE && !looks_like_phone(clean))
		return complain(at, lg_say("Write a phone number with digits, like +45 12 34 56 78.")), NULL;
	return json_string(clean);
}

static json_t *date_value(struct at *at, const char *s)
{
	int32_t day;
	const char *clean = tidy(at->cx, s, false);
	if (clean && !*clean) return json_null();
	if (!clean || !lg_date_read(&day, clean, strlen(clean)))
		return complain(at, lg_say("Write the date as year-month-day, like 1990-05-24.")), NULL;
	return json_string(clean);
}

static json_t *choice_value(struct at *at, const struct field *f, const char *s)
{
	if (!*s) return json_null();
	if (!at->checks->choice(f->choices, s)) return complain(at, lg_say("Choose one of the list.")), NULL;
	return json_string(s);
}

/* NULL when the code is good, else what to say. */
static const char *code_fault(struct at *at, const struct field *f, const char *code)
{
	const struct record_checks *c = at->checks;
	const char *id;
	switch (f->type) {
	case FIELD_OCCUPATION: return c->occupation(c->with, code) ? NULL : lg_say("Choose an occupation of the list.");
	case FIELD_SKILL: return c->skill(c->with, code) ? NULL : lg_say("Choose a skill of the list.");
	case FIELD_MUNICIPALITY: return c->municipality(code) ? NULL : lg_say("Choose a municipality of the list.");
	case FIELD_MEMBER: return app_uuid(code, &id) == LG_OK ? NULL : lg_say("Choose a colleague of the list.");
	case FIELD_UNIT: return app_uuid(code, &id) == LG_OK ? NULL : lg_say("Choose one of the list.");
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_MAIL:
	case FIELD_PHONE:
	case FIELD_DATE:
	case FIELD_NUMBER:
	case FIELD_CHECK:
	case FIELD_CHOICE:
	case FIELD_SET:
	case FIELD_POINT:
	case FIELD_WEEK: break;
	}
	lg_assert(false);
	return NULL;
}

static json_t *coded_value(struct at *at, const struct field *f, const char *s)
{
	const char *clean = tidy(at->cx, s, false);
	if (clean && !*clean) return json_null();
	const char *fault =
	    clean ? code_fault(at, f, clean) : lg_say("There is a character in this that cannot be used here.");
	if (fault) return complain(at, fault), NULL;
	return json_string(clean);
}

/* A text with a form of its own, kept as that form writes it. */
static json_t *formed_value(struct at *at, const struct field *f, const char *s)
{
	const struct record_checks *c = at->checks;
	const char *clean = NULL;
	const char *fault = f->type == FIELD_WEEK ? c->week(at->cx, s, &clean) : c->point(at->cx, s, &clean);
	if (fault) return complain(at, fault), NULL;
	return clean && *clean ? json_string(clean) : json_null();
}

static json_t *number_value(struct at *at, const struct field *f, int64_t v)
{
	if (v < 0 || v > (int64_t)f->max) {
		at->err = lg_failf(at->cx, LG_INVALID, at->name, lg_say("Write a whole number from 0 to %u."), f->max);
		return NULL;
	}
	return json_integer(v);
}

/* @return a new reference, or NULL after a complaint */
static json_t *value_of_text(struct at *at, const struct field *f, const char *s)
{
	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_AREA:
	case FIELD_MAIL:
	case FIELD_PHONE: return text_value(at, f, s);
	case FIELD_DATE: return date_value(at, s);
	case FIELD_CHOICE: return choice_value(at, f, s);
	case FIELD_OCCUPATION:
	case FIELD_SKILL:
	case FIELD_MUNICIPALITY:
	case FIELD_MEMBER:
	case FIELD_UNIT: return coded_value(at, f, s);
	case FIELD_POINT:
	case FIELD_WEEK: return formed_value(at, f, s);
	case FIELD_NUMBER:
	case FIELD_CHECK:
	case FIELD_SET: break; /* those are no texts */
	}
	lg_assert(false);
	return NULL;
}

static json_t *set_of_json(struct at *at, const struct field *f, const json_t *in)
{
	json_t *out = json_array();
	size_t i;
	json_t *one;
	if (!json_is_array(in)) return complain(at, lg_say("This must be a list.")), out;
	json_array_foreach(in, i, one)
	{
		json_t *value = json_is_string(one) ? choice_value(at, f, json_string_value(one)) : NULL;
		if (value && json_is_string(value))
			json_array_append(out, value);
		else if (!value)
			complain(at, lg_say("Choose one of the list."));
		json_decref(value);
	}
	return out;
}

static json_t *value_of_json(struct at *at, const struct field *f, const json_t *in)
{
	if (f->type == FIELD_SET)
		return set_of_json(at, f, in && !json_is_null(in) ? in : record_keep(at->cx, json_array()));
	if (!in || json_is_null(in)) return f->type == FIELD_CHECK ? json_false() : json_null();
	if (f->type == FIELD_CHECK) {
		if (json_is_boolean(in)) return json_boolean(json_is_true(in));
		return complain(at, lg_say("This must be true or false.")), NULL;
	}
	if (f->type == FIELD_NUMBER) return number_value(at, f, json_is_integer(in) ? json_integer_value(in) : -1);
	if (!json_is_string(in)) return complain(at, lg_say("This must be a text.")), NULL;
	if (strlen(json_string_value(in)) != json_string_length(in))
		return complain(at, lg_say("There is a character in this that cannot be used here.")), NULL;
	return value_of_text(at, f, json_string_value(in));
}

static bool is_empty(const json_t *v)
{
	return !v || json_is_null(v) || json_is_false(v) || (json_is_array(v) && !json_array_size(v)) ||
	       (json_is_string(v) && !json_string_length(v));
}

/* --- rows */

static const char *row_name(struct lg_ctx *cx, const struct section *s, size_t row, const char *field)
{
	return s->kind == SECTION_MANY ? lg_printf(cx->mem, "%s-%zu.%s", s->name, row, field) : field;
}

/* One row out of raw JSON: the one check that all input passes. */
static json_t *checked_row(struct at *at, const struct section *s, const json_t *in, size_t row)
{
	size_t n;
	const struct field *fields = section_fields(at->e, s, &n);
	json_t *out = json_object();
	for (const struct field *f = fields; f < fields + n; f++) {
		if (f->flags & FIELD_SET_BY_US) continue;
		at->name = row_name(at->cx, s, row, f->name);
		enum lg_err before = at->err;
		at->err = LG_OK;
		json_t *value = value_of_json(at, f, json_object_get(in, f->name));
		if (at->err == LG_OK && (f->flags & FIELD_REQUIRED) && is_empty(value))
			complain(at, lg_say("Please fill this in."));
		if (at->err == LG_OK) at->err = before;
		json_object_set_new(out, f->name, value ? value : json_null());
	}
	return out;
}

static void refuse_unknown(struct at *at, const struct section *s, const json_t *in, size_t row)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)in, name, value)
	{
		const struct field *f = entity_field(at->e, s->name, name);
		if (f && !(f->flags & FIELD_SET_BY_US)) continue;
		at->name = row_name(at->cx, s, row, lg_strndup(at->cx->mem, name, strnlen(name, UNKNOWN_NAME)));
		complain(at, f ? lg_say("This field cannot be changed.") : lg_say("There is no such field."));
	}
}

static json_t *checked_rows(struct at *at, const struct section *s, const json_t *in)
{
	json_t *out = json_array(), *row;
	size_t i;
	if (!json_is_array(in)) {
		at->name = s->name;
		complain(at, lg_say("This must be a list."));
		return out;
	}
	if (json_array_size(in) > s->most) {
		at->err = lg_failf(at->cx, LG_INVALID, s->name, lg_say("At most %u can be given here."), s->most);
		return out;
	}
	json_array_foreach(in, i, row)
	{
		at->name = row_name(at->cx, s, i, "");
		if (!json_is_object(row)) {
			complain(at, lg_say("This must be an object."));
			continue;
		}
		refuse_unknown(at, s, row, i);
		json_array_append_new(out, checked_row(at, s, row, i));
	}
	return out;
}

enum lg_err record_from_json(struct lg_ctx *cx, json_t **out, const struct entity *e, const struct section *s,
                             const json_t *in, const struct record_checks *checks)
{
	struct at at = { .cx = cx, .e = e, .checks = checks, .name = s->name };
	if (s->kind == SECTION_MANY) {
		*out = record_keep(cx, checked_rows(&at, s, in));
	} else if (!json_is_object(in)) {
		complain(&at, lg_say("This must be an object."));
	} else {
		refuse_unknown(&at, s, in, 0);
		*out = record_keep(cx, checked_row(&at, s, in, 0));
	}
	return at.err;
}

/* --- out of forms: raw JSON of what was typed, then the same check */

enum { DAYS = 7 };
static const char *const days[DAYS] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* A form's text as what JSON would have for the field; what is no number stays a text, for the check to find. */
static json_t *raw_of_text(const struct field *f, const char *s)
{
	if (f->type == FIELD_CHECK) return json_boolean(*s && strcmp(s, "no") != 0);
	if (f->type != FIELD_NUMBER) return json_string(s);
	const char *digits = s + strspn(s, " ");
	size_t n = strspn(digits, "0123456789");
	if (!*digits) return json_null();
	if (!n || n > 9 || digits[n + strspn(digits + n, " ")]) return json_string(s);
	return json_integer(strtoll(digits, NULL, 10));
}

static void put_raw(json_t *row, const struct field *f, const char *s)
{
	if (f->type != FIELD_SET) {
		json_object_set_new(row, f->name, raw_of_text(f, s));
		return;
	}
	json_t *set = json_object_get(row, f->name);
	if (!set) json_object_set_new(row, f->name, set = json_array());
	if (*s) json_array_append_new(set, json_string(s));
}

static bool is_among(const char *name, const char *const *also)
{
	for (; *also; also++)
		if (!strcmp(*also, name)) return true;
	return false;
}

static bool is_concept(const struct field *f) { return f->type == FIELD_OCCUPATION || f->type == FIELD_SKILL; }

/* "typed_occupation": what stands in the field beside which the code is chosen. */
static const struct field *typed_field(const struct entity *e, const struct section *s, const char *name)
{
	const struct field *f = !strncmp(name, "typed_", 6) ? entity_field(e, s->name, name + 6) : NULL;
	return f && is_concept(f) ? f : NULL;
}

/* "available.mon.from": kept in the row under this name until hours_together() */
static const struct field *hour_field(const struct entity *e, const struct section *s, const char *name)
{
	size_t n;
	const struct field *fields = section_fields(e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		size_t k = strlen(f->name);
		if (f->type != FIELD_WEEK || strncmp(name, f->name, k) != 0 || name[k] != '.') continue;
		for (int d = 0; d < DAYS; d++)
			if (!strncmp(name + k + 1, days[d], 3) &&
			    (!strcmp(name + k + 4, ".from") || !strcmp(name + k + 4, ".to")))
				return f;
	}
	return NULL;
}

/* @return false: there is no such field */
static bool put_named(const struct at *at, const struct section *s, json_t *row, const char *name, const char *value)
{
	const struct field *f = entity_field(at->e, s->name, name);
	if (f && !(f->flags & FIELD_SET_BY_US))
		put_raw(row, f, value);
	else if (typed_field(at->e, s, name) || hour_field(at->e, s, name))
		json_object_set_new(row, name, json_string(value));
	else
		return false;
	return true;
}

static const char *hour(struct lg_ctx *cx, const json_t *row, const struct field *f, int day, const char *end)
{
	return record_word(row, lg_printf(cx->mem, "%s.%s.%s", f->name, days[day], end));
}

/* Seven pairs of hours as one text: "mon 08:00-15:30, tue 09:00-" */
static void hours_together(struct at *at, const struct section *s, json_t *row)
{
	size_t n;
	const struct field *fields = section_fields(at->e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		const char *text = "";
		bool asked = false;
		for (int d = 0; f->type == FIELD_WEEK && d < DAYS; d++) {
			const char *from = hour(at->cx, row, f, d, "from"), *to = hour(at->cx, row, f, d, "to");
			asked = asked || json_object_get(row, lg_printf(at->cx->mem, "%s.%s.from", f->name, days[d]));
			if (*from || *to)
				text = lg_printf(at->cx->mem, "%s%s%s %.5s-%.5s", text, *text ? ", " : "", days[d],
				                 from, to);
			/* only now: they own from and to */
			json_object_del(row, lg_printf(at->cx->mem, "%s.%s.from", f->name, days[d]));
			json_object_del(row, lg_printf(at->cx->mem, "%s.%s.to", f->name, days[d]));
		}
		if (asked) json_object_set_new(row, f->name, json_string(text));
	}
}

/* A code counts for the words it was chosen for: with other words, or none, it is dropped. */
static void choices_settled(struct at *at, const struct section *s, json_t *row, size_t number)
{
	size_t n;
	const struct field *fields = section_fields(at->e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		const char *name = is_concept(f) ? lg_printf(at->cx->mem, "typed_%s", f->name) : NULL;
		json_t *typed = name ? json_object_get(row, name) : NULL;
		if (!typed) continue;
		const char *words = tidy(at->cx, json_string_value(typed), false), *code = record_word(row, f->name);
		if (!words) words = "?";
		if (*code && at->checks->called(at->checks->with, f, code, words)) continue;
		json_object_set_new(row, f->name, json_null());
		if (!*words) continue;
		at->name = row_name(at->cx, s, number, f->name);
		complain(at, lg_say("Choose what is meant."));
	}
}

static json_t *without_typed(const struct at *at, const struct section *s, const json_t *row)
{
	json_t *out = json_copy((json_t *)(uintptr_t)row);
	size_t n;
	const struct field *fields = section_fields(at->e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++)
		if (is_concept(f)) json_object_del(out, lg_printf(at->cx->mem, "typed_%s", f->name));
	return out;
}

/* "languages-12.level": the number and the rest; false when the name is not of the section's list */
static bool split_name(const struct section *s, const char *name, unsigned long *row, const char **rest)
{
	size_t n = strlen(s->name), digits;
	if (strncmp(name, s->name, n) != 0 || name[n] != '-') return false;
	digits = strspn(name + n + 1, "0123456789");
	if (!digits || digits > 4 || name[n + 1 + digits] != '.') return false;
	*row = strtoul(name + n + 1, NULL, 10);
	*rest = name + n + 2 + digits;
	return true;
}

static bool row_is_empty(const json_t *row)
{
	const char *name;
	json_t *value;
	json_object_foreach((json_t *)(uintptr_t)row, name, value)
	{
		if (json_is_string(value) && strspn(json_string_value(value), " \t\r\n") == json_string_length(value))
			continue;
		if (!is_empty(value)) return false;
	}
	return true;
}

struct numbered {
	unsigned long number;
	json_t *row;
	bool gone;
};

static struct numbered *row_of(struct numbered *rows, size_t *n, size_t most, unsigned long number)
{
	size_t at = 0;
	while (at < *n && rows[at].number < number) at++;
	if (at < *n && rows[at].number == number) return &rows[at];
	if (*n == most) return NULL;
	memmove(rows + at + 1, rows + at, (*n - at) * sizeof *rows);
	rows[at] = (struct numbered){ .number = number, .row = json_object() };
	(*n)++;
	return &rows[at];
}

static json_t *raw_rows(struct at *at, const struct section *s, const struct http_pairs *form, const char *const *also)
{
	size_t n = 0, most = s->most + 8u;
	struct numbered *rows = lg_array(at->cx->mem, most + 1, sizeof *rows);
	const struct field *pick = section_pick(at->e, s);
	json_t *list = json_array();
	for (size_t i = 0; i < form->n; i++) {
		const struct http_pair *p = &form->at[i];
		unsigned long number;
		const char *rest;
		if (is_among(p->name, also)) continue;
		at->name = p->name;
		if (pick && !strcmp(p->name, lg_printf(at->cx->mem, "%s.%s", s->name, pick->name))) {
			json_array_append_new(list, json_pack("{s:s}", pick->name, p->value));
			continue;
		}
		struct numbered *row = split_name(s, p->name, &number, &rest) ? row_of(rows, &n, most, number) : NULL;
		if (row && !strcmp(rest, "gone"))
			row->gone = row->gone || *p->value;
		else if (!row || !put_named(at, s, row->row, rest, p->value))
			complain(at, lg_say("There is no such field."));
	}
	for (size_t i = 0; i < n; i++) {
		if (!rows[i].gone && !row_is_empty(rows[i].row)) {
			hours_together(at, s, rows[i].row);
			choices_settled(at, s, rows[i].row, json_array_size(list));
			json_array_append(list, rows[i].row);
		}
		json_decref(rows[i].row);
	}
	return list;
}

/* Of these a form sends several: all that were ticked; or what was chosen, which comes after what was chosen before. */
static bool may_repeat(const struct field *f)
{
	return f->type == FIELD_SET || f->type == FIELD_CHECK || is_concept(f);
}

static json_t *raw_object(struct at *at, const struct section *s, const struct http_pairs *form,
                          const char *const *also)
{
	json_t *row = json_object();
	for (size_t i = 0; i < form->n; i++) { /* of a form without fields there is no array to point into */
		const struct http_pair *p = &form->at[i];
		if (is_among(p->name, also)) continue;
		at->name = p->name;
		const struct field *f = entity_field(at->e, s->name, p->name);
		if (f && !may_repeat(f) && json_object_get(row, f->name))
			complain(at, lg_say("This was sent twice."));
		else if (!put_named(at, s, row, p->name, p->value))
			complain(at, lg_say("There is no such field."));
	}
	hours_together(at, s, row);
	choices_settled(at, s, row, 0);
	return row;
}

enum lg_err record_from_form(struct lg_ctx *cx, json_t **out, json_t **typed, const struct entity *e,
                             const struct section *s, const struct http_pairs *form, const char *const *also,
                             const struct record_checks *checks)
{
	struct at at = { .cx = cx, .e = e, .checks = checks };
	json_t *raw, *plain;
	if (s->kind == SECTION_MANY) {
		size_t i;
		json_t *row;
		raw = raw_rows(&at, s, form, also);
		plain = record_keep(cx, json_array());
		json_array_foreach(raw, i, row) json_array_append_new(plain, without_typed(&at, s, row));
	} else {
		raw = raw_object(&at, s, form, also);
		plain = record_keep(cx, without_typed(&at, s, raw));
	}
	*typed = record_keep(cx, raw);
	enum lg_err values = record_from_json(cx, out, e, s, plain, checks);
	return at.err != LG_OK ? at.err : values;
}

/* --- parts and differences */

json_t *record_section(struct lg_ctx *cx, const struct entity *e, const struct section *s, const json_t *record)
{
	size_t n;
	if (s->kind == SECTION_MANY) {
		json_t *list = json_object_get(record, s->name);
		return json_is_array(list) ? list : record_keep(cx, json_array());
	}
	json_t *part = record_keep(cx, json_object());
	const struct field *fields = section_fields(e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		json_t *value = json_object_get(record, f->name);
		json_object_set(part, f->name, value ? value : json_null());
	}
	return part;
}

static void put_change(json_t *list, const char *field, json_t *before, json_t *after)
{
	json_t *change = json_object();
	json_object_set_new(change, "field", json_string(field));
	json_object_set(change, "before", before ? before : json_null());
	json_object_set(change, "after", after ? after : json_null());
	json_array_append_new(list, change);
}

static bool holds(const json_t *list, const json_t *row)
{
	size_t i;
	json_t *one;
	json_array_foreach((json_t *)(uintptr_t)list, i, one) if (json_equal(one, row)) return true;
	return false;
}

static json_t *rows_not_in(const json_t *list, const json_t *other)
{
	json_t *out = json_array(), *row;
	size_t i;
	json_array_foreach((json_t *)(uintptr_t)list, i, row) if (!holds(other, row)) json_array_append(out, row);
	return out;
}

json_t *record_changes(struct lg_ctx *cx, const struct entity *e, const struct section *s, const json_t *before,
                       const json_t *after)
{
	json_t *list = record_keep(cx, json_array());
	size_t n;
	if (s->kind == SECTION_MANY) {
		if (json_equal(before, after)) return list;
		json_t *gone = record_keep(cx, rows_not_in(before, after)),
		       *come = record_keep(cx, rows_not_in(after, before));
		put_change(list, s->name, gone, come);
		return list;
	}
	const struct field *fields = section_fields(e, s, &n);
	for (const struct field *f = fields; f < fields + n; f++) {
		json_t *a = json_object_get(before, f->name), *b = json_object_get(after, f->name);
		if (!b || json_equal(a, b) || (is_empty(a) && is_empty(b))) continue;
		put_change(list, f->name, a, b);
	}
	return list;
}

const char *record_word(const json_t *record, const char *name)
{
	const char *s = json_string_value(json_object_get(record, name));
	return s ? s : "";
}

int64_t record_number(const json_t *record, const char *name, int64_t otherwise)
{
	const json_t *v = json_object_get(record, name);
	return json_is_integer(v) ? json_integer_value(v) : otherwise;
}

bool record_flag(const json_t *record, const char *name) { return json_is_true(json_object_get(record, name)); }
