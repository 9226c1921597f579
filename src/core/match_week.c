/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/match_week.h"

#include <string.h>

#include "app/record.h"
#include "view/speech.h"

static void read_week(struct week *out, const char *text)
{
	struct week_fault fault;
	if (!week_read(out, text, strlen(text), &fault)) out->n = 0;
}

/* The week of one pair. NULL: the opening does not say when its hours are */
static struct week_plan_in *plan_of(struct lg_arena *mem, const json_t *candidate, const json_t *opening,
                                    const struct explain *e)
{
	struct week_plan_in *in = lg_alloc(mem, sizeof *in);
	struct week_work *work = lg_alloc(mem, sizeof *work);
	read_week(&work->shifts, record_word(opening, "schedule"));
	if (!work->shifts.n) return NULL;
	work->travel_min = e->o->remote ? 0 : week_travel_min(e->v.distance_m);
	read_week(&in->available, record_word(candidate, "available"));
	read_week(&in->classes, record_word(candidate, "classes"));
	in->work = work;
	in->n = 1;
	return in;
}

size_t match_week_clashes(struct lg_arena *mem, const json_t *candidate, const json_t *opening, const struct explain *e,
                          const char *lines[MATCH_SHIFTS])
{
	const struct week_plan_in *in = plan_of(mem, candidate, opening, e);
	return in ? week_plan_clashes(mem, in, lines, MATCH_SHIFTS) : 0;
}

void match_week_put(struct lg_arena *mem, const json_t *candidate, const json_t *opening, const struct explain *e,
                    struct html_match *card)
{
	const struct week_plan_in *in = plan_of(mem, candidate, opening, e);
	const char *lines[MATCH_SHIFTS];
	if (!in) return;
	size_t n = week_plan_clashes(mem, in, lines, MATCH_SHIFTS);
	struct html_match_lacks *lacks = lg_array(mem, card->n_lacks + n + 1, sizeof *lacks);
	if (card->n_lacks) memcpy(lacks, card->lacks, card->n_lacks * sizeof *lacks);
	for (size_t i = 0; i < n; i++)
		lacks[card->n_lacks + i].line = lg_printf(mem, lg_say("This shift collides: %s"), lines[i]);
	card->lacks = lacks;
	card->n_lacks += n;
	unsigned shifts = (unsigned)n;
	card->week_says =
	    n ? lg_printf(mem, lg_says("The week: %u shift collides", "The week: %u shifts collide", n), shifts)
	      : lg_say("The week: no shift collides");
	card->week = html_week_plan_any(week_plan_table(mem, in));
}

/* How far the work is; 0: not known. */
static uint32_t distance_m(const json_t *candidate, const struct db_match_agreed_row *r)
{
	struct lgm_place home, there;
	int64_t north = record_number(candidate, "latitude_e6", DB_NO_INT),
	        east = record_number(candidate, "longitude_e6", DB_NO_INT);
	if (r->remote || north == DB_NO_INT || east == DB_NO_INT || r->latitude_e6 == DB_NO_INT ||
	    r->longitude_e6 == DB_NO_INT)
		return 0;
	if (!lgm_place_at(&home, (int32_t)north, (int32_t)east) ||
	    !lgm_place_at(&there, (int32_t)r->latitude_e6, (int32_t)r->longitude_e6))
		return 0;
	return lgm_distance_m(&home, &there);
}

struct html_week_plan *match_week_of(struct lg_arena *mem, const json_t *candidate,
                                     const struct db_match_agreed_rows *agreed)
{
	struct week_plan_in in = { .n = 0 };
	struct week_work *work = lg_array(mem, agreed->n + 1, sizeof *work);
	read_week(&in.available, record_word(candidate, "available"));
	read_week(&in.classes, record_word(candidate, "classes"));
	for (size_t i = 0; i < agreed->n; i++) {
		read_week(&work[in.n].shifts, agreed->rows[i].schedule);
		work[in.n++].travel_min = week_travel_min(distance_m(candidate, &agreed->rows[i]));
	}
	in.work = work;
	if (!in.available.n && !in.classes.n && !in.n) return NULL;
	return week_plan_table(mem, &in);
}
