/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "cmd/levers.h"
#include "cmd/words.h"

enum { SAID = 2 };

static void say_gain(const struct lg_lever *l, bool people)
{
	char a[32];
	uint64_t n = people ? l->blocks : l->gainers;
	(void)printf(people ? "alone it would bring any one of %s %s a place"
	                    : "alone it would raise the sum for any one of %s %s",
	             words_count(a, n), words_one(n, "person", "people"));
}

static void say_course(const struct lg_lever *l, bool people)
{
	char a[32], b[32];
	if (!l->solved) return;
	(void)printf("; with %s %s ", words_count(a, l->seats), words_one(l->seats, "seat", "seats"));
	if (people)
		(void)printf("%s more %s placed", words_count(b, (uint64_t)l->more_placed),
		             words_one((uint64_t)l->more_placed, "is", "are"));
	else
		(void)printf("it rises by %s", words_count(b, (uint64_t)l->more_score));
}

void levers_say(const struct load *in, const struct levers *levers, bool people)
{
	struct lg_arena *mem = lg_arena_new(0, NULL);
	if (!levers->n) (void)printf("No single help opens anything to those without a place.\n");
	for (size_t i = 0; i < levers->n && i < SAID; i++) {
		const struct lg_lever *l = &levers->levers[i];
		(void)printf(i ? "Then: %s; " : "What opens the most: %s; ", levers_label(mem, in, l));
		say_gain(l, people);
		say_course(l, people);
		(void)printf(".\n");
	}
	lg_arena_free(mem);
}

/* --- in summary.json */

static json_t *one(struct lg_ctx *cx, const struct load *in, const struct lg_lever *l)
{
	json_t *o = json_new();
	json_add_text(o, "kind", lg_change_name(l->kind));
	json_add_text(o, "code", levers_code(cx->mem, in, l));
	json_add_text(o, "from", l->kind == LG_LEARN_LANGUAGE ? lg_level_name(l->from) : NULL);
	json_add_text(o, "to", l->kind == LG_LEARN_LANGUAGE ? lg_level_name(l->to) : NULL);
	json_add(o, "km", l->kind == LG_TRAVEL ? json_integer((json_int_t)l->to / 100) : json_null());
	json_add_int(o, "people", (int64_t)l->people);
	json_add_int(o, "blocks", (int64_t)l->blocks);
	json_add_int(o, "value", l->value);
	json_add_int(o, "taken", (int64_t)l->taken);
	json_add_int(o, "more_placed", l->more_placed);
	json_add_int(o, "more_score", l->more_score);
	return o;
}

json_t *levers_json(struct lg_ctx *cx, const struct load *in, const struct levers *levers, uint64_t seats)
{
	json_t *root = json_new(), *courses = json_list();
	json_add_int(root, "levers", (int64_t)levers->n);
	json_add_int(root, "seats", (int64_t)seats);
	for (size_t i = 0; i < levers->solved; i++) json_push(courses, one(cx, in, &levers->levers[i]));
	json_add(root, "courses", courses);
	return root;
}
