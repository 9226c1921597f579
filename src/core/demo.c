/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/demo.h"

#include "base/err.h"
#include "core/demo_inner.h"

const struct demo_colleague demo_colleagues[] = {
	{ "Bente Lindhøj", "bente@landgang.example", "administrator", "da", false },
	{ "Karin Aastrup", "karin@landgang.example", "caseworker", "da", true },
	{ "Oksana Demydenko", "oksana@landgang.example", "caseworker", "uk", true },
	{ "Mikkel Rask", "mikkel@landgang.example", "consultant", "da", true },
	{ "Sofie Nyberg", "sofie@landgang.example", "adviser", "sv", true },
	{ "Grace Mercer", "grace@landgang.example", "hotline", "en", false },
	{ "Lone Vestergård", "lone@landgang.example", "leader", "da", false },
	{ "Peter Falkenby", "peter@landgang.example", "protection_officer", "da", false },
	{ "Anders Holt", "anders@landgang.example", "read_only", "da", false },
};
const size_t demo_n_colleagues = LG_COUNT(demo_colleagues);

int demo_owner(struct lg_dice *d)
{
	uint32_t owners = 0, at = 0;
	for (size_t i = 0; i < demo_n_colleagues; i++) owners += demo_colleagues[i].owns;
	uint32_t which = lg_dice_below(d, owners);
	for (; !demo_colleagues[at].owns || which--; at++)
		;
	return (int)at;
}

static void make_person(struct maker m)
{
	demo_state(&m);
	demo_who(&m);
	demo_place(&m);
	demo_numbers(&m);
	demo_stay(&m);
	demo_work(&m);
	demo_language(&m);
	demo_wish(&m);
	demo_story(&m);
}

/* --- registered twice */

/* A second registration by somebody in a hurry: little is known, and the numbers are not there. */
static void begin_again(struct demo_person *p, const struct demo_person *first)
{
	p->born = first->born;
	p->state = "registered";
	p->closed_reason = NULL;
	p->n_identifiers = p->n_family = p->n_education = p->n_experience = p->n_licences = 0;
	p->next_step = NULL;
	p->next_on = DEMO_NO_DATE;
	p->owner = -1;
	p->mail = NULL;
}

static void register_twice(struct demo_office *o, int32_t today)
{
	struct demo_person *people = o->people, *spelled = people + o->n_people - 2, *swapped = spelled + 1;
	static const struct demo_identifier passport = { "passport", "DEMO00010", "Ukraine", DEMO_NO_DATE };
	begin_again(spelled, people + DEMO_SPELLED);
	spelled->given_name = "Julia";
	spelled->family_name = "Kiseleva";
	spelled->given_native = spelled->family_native = NULL;
	begin_again(swapped, people + DEMO_SWAPPED);
	swapped->given_name = "Scherbina";
	swapped->family_name = "Sergey";
	swapped->given_native = "Щербина";
	swapped->family_native = "Сергей";
	people[DEMO_SWAPPED].n_identifiers = 0;
	people[DEMO_SWAPPED].identifiers[people[DEMO_SWAPPED].n_identifiers++] = passport;
	people[DEMO_SWAPPED].identifiers[0].valid_until = today + 900;
	swapped->identifiers[swapped->n_identifiers++] = people[DEMO_SWAPPED].identifiers[0];
}

struct demo_office *demo_office(struct lg_arena *mem, uint64_t seed, int32_t today, size_t n)
{
	struct demo_office *o = lg_alloc(mem, sizeof *o);
	lg_assert(n >= DEMO_LEAST);
	*o = (struct demo_office){
		.name = "Demonstrationskommunen",
		.zone = "Europe/Copenhagen",
		.municipality = "DK-0217",
		.n_colleagues = demo_n_colleagues,
		.colleagues = demo_colleagues,
		.n_posts = demo_n_posts,
		.posts = demo_posts,
		.n_people = n,
		.people = lg_array(mem, n, sizeof *o->people),
	};
	for (size_t i = 0; i < n; i++)
		make_person(
		    (struct maker){ .mem = mem, .seed = seed, .today = today, .number = i, .p = o->people + i });
	register_twice(o, today);
	return o;
}
