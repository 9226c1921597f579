/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* What the columns of a file mean: suggested by their names, in any of the languages. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/import.h"
#include "core/name.h"
#include "view/speech.h"

static bool is_opening(const struct import_kind *kind) { return kind->right == MAY_OPENING_WRITE; }

static const struct section *section_named(const struct import_kind *kind, const char *name, size_t n)
{
	const struct entity *e = kind->entity;
	for (size_t i = 0; i < e->n_sections; i++)
		if (strlen(e->sections[i].name) == n && !strncmp(e->sections[i].name, name, n)) return &e->sections[i];
	return NULL;
}

static const struct field *field_of(const struct import_kind *kind, const struct section *s, const char *name)
{
	const struct field *f = entity_field(kind->entity, s->name, name);
	return f && !(f->flags & FIELD_SET_BY_US) ? f : NULL;
}

const struct field *import_field(const struct import_kind *kind, const char *target, const struct section **section,
                                 size_t *row)
{
	const struct entity *e = kind->entity;
	const char *dash = strchr(target, '-');
	*row = 0;
	if (dash) {
		size_t digits = strspn(dash + 1, "0123456789");
		*section = section_named(kind, target, (size_t)(dash - target));
		if (!*section || (*section)->kind != SECTION_MANY || !digits || digits > 2 || dash[1 + digits] != '.')
			return NULL;
		*row = (size_t)strtoul(dash + 1, NULL, 10);
		return *row < (*section)->most ? field_of(kind, *section, dash + 2 + digits) : NULL;
	}
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct field *f =
		    e->sections[i].kind == SECTION_ONE ? field_of(kind, &e->sections[i], target) : NULL;
		if (f) return *section = &e->sections[i], f;
	}
	return NULL;
}

bool import_is_target(const struct import_kind *kind, const char *name)
{
	const struct section *s;
	size_t row;
	return !strcmp(name, "id") || (is_opening(kind) && !strcmp(name, "employer")) ||
	       import_field(kind, name, &s, &row) != NULL;
}

const struct import_target *import_targets(struct lg_ctx *cx, const struct import_kind *kind, size_t *n)
{
	const struct entity *e = kind->entity;
	struct import_target *out = lg_array(cx->mem, e->n_fields + 2, sizeof *out);
	*n = 0;
	out[(*n)++] = (struct import_target){ "id", lg_say("Id in the other system") };
	if (is_opening(kind)) out[(*n)++] = (struct import_target){ "employer", lg_say("Employer") };
	for (size_t i = 0; i < e->n_sections; i++) {
		const struct section *s = &e->sections[i];
		size_t k;
		const struct field *fields = section_fields(e, s, &k);
		for (const struct field *f = fields; f < fields + k; f++) {
			if (f->flags & FIELD_SET_BY_US) continue;
			out[(*n)++] = s->kind == SECTION_ONE
			                  ? (struct import_target){ f->name, lg_say(f->label) }
			                  : (struct import_target){ lg_printf(cx->mem, "%s-0.%s", s->name, f->name),
				                                    lg_printf(cx->mem, "%s: %s", lg_say(s->label),
				                                              lg_say(f->label)) };
		}
	}
	return out;
}

/* --- suggestions */

struct word {
	const char *folded, *target;
	int rank; /* of two alike the lower one is meant */
};
struct words {
	struct lg_ctx *cx;
	struct word *at;
	size_t n, room;
};

static void put(struct words *w, const char *text, const char *target, int rank)
{
	const char *folded = name_search(w->cx->mem, text);
	if (!*folded) return;
	if (w->n == w->room) {
		struct word *more = lg_array(w->cx->mem, w->room * 2 + 64, sizeof *more);
		if (w->n) memcpy(more, w->at, w->n * sizeof *more);
		w->at = more;
		w->room = w->room * 2 + 64;
	}
	w->at[w->n++] = (struct word){ folded, target, rank };
}

/* Words of the list, which are parted by commas. */
static void put_words(struct words *w, const char *list, const char *target)
{
	for (const char *s = list; *s; s += strspn(s, ", ")) {
		size_t n = strcspn(s, ",");
		put(w, lg_strndup(w->cx->mem, s, n), target, 0);
		s += n;
	}
}

static void put_labels(struct words *w, const struct import_kind *kind)
{
	static const char *const languages[] = { "en", "da", "sv", "uk" };
	const char *spoken = lg_speech_language();
	for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
		size_t n;
		lg_speak_here(languages[l]);
		const struct import_target *all = import_targets(w->cx, kind, &n);
		for (size_t i = 0; i < n; i++) {
			const struct section *s;
			size_t row;
			const struct field *f = import_field(kind, all[i].name, &s, &row);
			bool many = f && s->kind == SECTION_MANY;
			put(w, all[i].label, all[i].name, 1);
			if (many) put(w, lg_say(f->label), all[i].name, 3);
			if (many && f->flags & FIELD_REQUIRED) put(w, lg_say(s->label), all[i].name, 2);
		}
	}
	lg_speak_here(spoken);
}

static struct words words_of(struct lg_ctx *cx, const struct import_kind *kind)
{
	static const struct {
		const char *kind, *target, *list;
	} known[] = {
#define W(kind, target, list) { #kind, target, list },
#include "core/import_word.def"
#undef W
	};
	struct words w = { .cx = cx };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (!strcmp(known[i].kind, kind->name)) put_words(&w, known[i].list, known[i].target);
	put_labels(&w, kind);
	return w;
}

/* "Language 2": the second row; *n: how much of the name is left of it. */
static size_t row_number(const char *name, size_t *n)
{
	size_t end = strlen(name), digits = 0;
	*n = end;
	while (digits < end && name[end - 1 - digits] >= '0' && name[end - 1 - digits] <= '9') digits++;
	if (!digits || digits > 2 || digits == end) return 0;
	unsigned long row = strtoul(name + end - digits, NULL, 10);
	if (!row) return 0;
	*n = end - digits;
	return row - 1;
}

static const char *by_words(struct lg_ctx *cx, const struct words *w, const struct import_kind *kind, const char *name)
{
	const struct word *best = NULL;
	const char *folded = name_search(cx->mem, name);
	for (size_t i = 0; i < w->n; i++)
		if (!strcmp(w->at[i].folded, folded) && (!best || w->at[i].rank < best->rank)) best = &w->at[i];
	if (best) return best->target;
	size_t n, row = row_number(name, &n);
	if (n == strlen(name)) return NULL;
	const char *first = by_words(cx, w, kind, lg_strndup(cx->mem, name, n));
	const char *zero = first ? strstr(first, "-0.") : NULL;
	if (!zero) return NULL;
	const char *target = lg_printf(cx->mem, "%.*s-%zu.%s", (int)(zero - first), first, row, zero + 3);
	return import_is_target(kind, target) ? target : NULL;
}

static bool is_among(const char *const *columns, size_t n, const char *name, size_t length)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(columns[i]) == length && !strncasecmp(columns[i], name, length)) return true;
	return false;
}

/* What our own files say beside: of no account when they come back. */
static bool is_beside(const char *const *columns, size_t n, const char *name)
{
	static const char *const ours[] = { "version", "state", "landgang_line", "landgang_problem" };
	size_t length = strlen(name);
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (!strcasecmp(name, ours[i])) return true;
	return length > 5 && !strcasecmp(name + length - 5, "_name") && is_among(columns, n, name, length - 5);
}

/* A field as it is called in the API: "title", "post.title", "languages-0.level". */
static const char *by_name(struct lg_ctx *cx, const struct import_kind *kind, const char *name)
{
	char *lower = lg_strdup(cx->mem, name);
	for (char *s = lower; *s; s++)
		if (*s >= 'A' && *s <= 'Z') *s = (char)(*s + ('a' - 'A'));
	if (import_is_target(kind, lower)) return lower;
	if (!strcmp(lower, "external_id")) return "id";
	const char *dot = strchr(lower, '.');
	const struct section *s = dot ? section_named(kind, lower, (size_t)(dot - lower)) : NULL;
	return s && s->kind == SECTION_ONE && field_of(kind, s, dot + 1) ? dot + 1 : NULL;
}

json_t *import_suggest(struct lg_ctx *cx, const struct import_kind *kind, const char *const *columns, size_t n)
{
	json_t *out = record_keep(cx, json_object()), *taken = record_keep(cx, json_object());
	struct words w = words_of(cx, kind);
	for (int round = 0; round < 2; round++) { /* what is called as a field is it, before words are guessed at */
		for (size_t i = 0; i < n; i++) {
			const char *target = round ? by_words(cx, &w, kind, columns[i]) : by_name(cx, kind, columns[i]);
			if (json_object_get(out, columns[i]) || is_beside(columns, n, columns[i]) || !target) continue;
			if (json_object_get(taken, target)) continue;
			json_object_set_new(out, columns[i], json_string(target));
			json_object_set_new(taken, target, json_true());
		}
	}
	return out;
}
