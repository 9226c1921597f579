/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/utf8.h"
#include "core/candidate_state.h"
#include "core/choice.h"
#include "core/demo.h"
#include "core/identifier.h"
#include "core/name.h"
#include "core/week.h"
#include "core/work_right.h"
#include "market/municipality.h"
#include "taxonomy/taxonomy.h"

enum { PEOPLE = 200 };

static struct lg_ctx cx;
static struct demo_office *office;
static const struct demo_person *people, *end;
static int32_t today;

static void open_office(uint64_t seed)
{
	office = demo_office(cx.mem, seed, today, PEOPLE);
	people = office->people;
	end = people + office->n_people;
}

static int set_up(void **state)
{
	(void)state;
	cx.mem = lg_arena_new(0, NULL);
	if (!lg_date_read(&today, "2026-11-28", 10)) return -1;
	open_office(1);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	lg_arena_free(cx.mem);
	return 0;
}

/* All of an office as text, to compare two of them. */
static void put_text(struct lg_buf *b, const char *s) { lg_putf(b, "%s|", s ? s : "-"); }

static char *written(const struct demo_office *o)
{
	struct lg_buf b = { 0 };
	for (size_t i = 0; i < o->n_people; i++) {
		const struct demo_person *p = o->people + i;
		put_text(&b, p->given_name);
		put_text(&b, p->family_native);
		put_text(&b, p->state);
		put_text(&b, p->phone);
		put_text(&b, p->address);
		put_text(&b, p->available);
		lg_putf(&b, "%d|%d|%d|%d|%d\n", p->born, p->next_on, p->stay_until, p->home.latitude_e6, p->owner);
		for (size_t k = 0; k < p->n_identifiers; k++) put_text(&b, p->identifiers[k].number);
		for (size_t k = 0; k < p->n_notes; k++) put_text(&b, p->notes[k].text);
		for (size_t k = 0; k < p->n_languages; k++) put_text(&b, p->languages[k].interaction);
		for (size_t k = 0; k < p->n_experience; k++) put_text(&b, p->experience[k].own_words);
	}
	char *s = lg_strndup(cx.mem, b.data, b.len);
	lg_buf_free(&b);
	return s;
}

static void one_seed_makes_one_office(void **state)
{
	(void)state;
	const char *first = written(office);
	assert_string_equal(first, written(demo_office(cx.mem, 1, today, PEOPLE)));
	assert_string_not_equal(first, written(demo_office(cx.mem, 2, today, PEOPLE)));
	(void)demo_office(cx.mem, 3, today, DEMO_LEAST);
}

static void every_number_is_good_and_nobodys(void **state)
{
	size_t unchecked = 0, of_kind[IDENTIFIER_KINDS] = { 0 };
	int32_t first;
	(void)state;
	assert_true(lg_date_read(&first, "2037-01-01", 10));
	for (const struct demo_person *p = people; p < end; p++)
		for (size_t i = 0; i < p->n_identifiers; i++) {
			enum identifier_kind kind;
			struct identifier id;
			const char *number = p->identifiers[i].number;
			assert_true(identifier_kind_named(&kind, p->identifiers[i].kind));
			const char *fault = identifier_read(&id, kind, number, strlen(number), today);
			if (fault) fail_msg("%s %s: %s", p->identifiers[i].kind, number, fault);
			bool dated = id.born != IDENTIFIER_NO_DATE;
			if (dated)
				assert_true(id.born > first && (id.warnings & IDENTIFIER_FUTURE));
			else
				assert_true(!strncmp(number, "DEMO", 4) || !strncmp(number, "00", 2));
			unchecked += (id.warnings & IDENTIFIER_UNCHECKED) != 0;
			of_kind[kind]++;
		}
	assert_true(unchecked >= 5);
	assert_true(of_kind[IDENTIFIER_cpr] > 100 && of_kind[IDENTIFIER_personnummer] &&
	            of_kind[IDENTIFIER_samordningsnummer]);
	assert_true(of_kind[IDENTIFIER_passport] > 100 && of_kind[IDENTIFIER_alien]);
}

static void no_number_stands_twice_but_the_one_that_is_meant_to(void **state)
{
	size_t twice = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++)
		for (const struct demo_person *q = people; q < end; q++)
			for (size_t i = 0; p < q && i < p->n_identifiers; i++)
				for (size_t k = 0; k < q->n_identifiers; k++)
					twice += !strcmp(p->identifiers[i].number, q->identifiers[k].number);
	assert_int_equal(twice, 1);
}

static void nobody_can_be_rung_or_written_to(void **state)
{
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		bool danish = !strncmp(p->phone, "+45 00 ", 7), ukrainian = !strncmp(p->phone, "+380 00 ", 8);
		bool swedish =
		    !strncmp(p->phone, "+46 70 174 06 ", 14) && p->phone[14] >= '0' && strcmp(p->phone + 14, "05") >= 0;
		assert_true(danish || swedish || ukrainian);
		size_t n = p->mail ? strlen(p->mail) : 0;
		if (p->mail) assert_string_equal(p->mail + n - 17, "@landgang.example");
	}
	for (size_t i = 0; i < office->n_colleagues; i++)
		assert_non_null(strstr(office->colleagues[i].mail, "@landgang.example"));
}

static void names_are_in_two_scripts_that_agree(void **state)
{
	size_t cyrillic = 0, other = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		assert_int_equal(name_script(p->given_name), NAME_LATIN);
		assert_int_equal(name_script(p->family_name), NAME_LATIN);
		if (!p->given_native) continue;
		enum name_script script = name_script(p->given_native);
		cyrillic += script == NAME_CYRILLIC;
		other += script == NAME_OTHER;
		assert_true(script == NAME_CYRILLIC || script == NAME_OTHER);
		assert_string_equal(name_tidy(cx.mem, p->family_native, strlen(p->family_native)), p->family_native);
	}
	assert_true(cyrillic > 150 && other >= 8);
	assert_int_equal(office->n_people, PEOPLE);
}

/* --- codes and texts */

static void known(enum choice_list list, const char *code)
{
	if (code && !choice_find(list, code)) fail_msg("%s is none of %s", code, choice_list_name(list));
}

static void codes_are_of_their_lists(void **state)
{
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		known(CHOICE_state, p->state);
		known(CHOICE_closed, p->closed_reason);
		known(CHOICE_channel, p->channel);
		known(CHOICE_language, p->contact_language);
		known(CHOICE_ground, p->ground);
		known(CHOICE_wants_work, p->wants_work);
		known(CHOICE_legal_basis, p->legal_basis);
		assert_non_null(p->legal_basis);
		assert_int_equal(p->closed_reason != NULL, !strcmp(p->state, "closed"));
		for (size_t i = 0; p->contracts[i]; i++) known(CHOICE_contract, p->contracts[i]);
		for (size_t i = 0; p->driving[i]; i++) known(CHOICE_driving, p->driving[i]);
		for (size_t i = 0; p->needs[i]; i++) known(CHOICE_need, p->needs[i]);
		for (size_t i = 0; i < p->n_family; i++) known(CHOICE_relation, p->family[i].relation);
		for (size_t i = 0; i < p->n_education; i++) known(CHOICE_education_level, p->education[i].level);
		for (size_t i = 0; i < p->n_licences; i++) known(CHOICE_licence_state, p->licences[i].state);
		for (size_t i = 0; i < p->n_languages; i++) {
			const struct demo_language *l = p->languages + i;
			const char *levels[] = { l->listening, l->reading, l->interaction, l->production, l->writing };
			for (size_t k = 0; k < 5; k++) known(CHOICE_level, levels[k]);
			known(CHOICE_language, l->language);
			known(CHOICE_source, l->source);
			for (size_t k = 0; k < i; k++) assert_string_not_equal(p->languages[k].language, l->language);
		}
		for (size_t i = 0; i < p->n_contacts; i++) {
			known(CHOICE_channel, p->contacts[i].channel);
			known(CHOICE_direction, p->contacts[i].direction);
			known(CHOICE_reached, p->contacts[i].reached);
		}
	}
}

static void concept(const struct lg_taxonomy *t, const char *code)
{
	if (lg_taxonomy_concept(t, code, strlen(code)) == LG_NO_CONCEPT) fail_msg("there is no occupation %s", code);
}

static void occupations_and_skills_are_built_in(void **state)
{
	struct lg_taxonomy *t;
	size_t occupations = 0, licences = 0;
	(void)state;
	assert_int_equal(lg_taxonomy_builtin(&cx, &t), LG_OK);
	for (const struct demo_person *p = people; p < end; p++) {
		for (size_t i = 0; i < p->n_occupations; i++) concept(t, p->occupations[i].occupation);
		for (size_t i = 0; i < p->n_licences; i++) concept(t, p->licences[i].occupation);
		for (size_t i = 0; i < p->n_experience; i++) concept(t, p->experience[i].occupation);
		for (size_t i = 0; i < p->n_skills; i++)
			if (lg_taxonomy_skill(t, p->skills[i], strlen(p->skills[i])) == LG_NO_SKILL)
				fail_msg("%s", p->skills[i]);
		occupations += p->n_occupations;
		licences += p->n_licences;
	}
	assert_true(occupations > PEOPLE / 2 && licences >= 10);
}

static void towns_and_weeks_are_real_ones(void **state)
{
	size_t swedish = 0, clashes = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		const struct lg_municipality *m = lg_municipality_find(p->municipality, strlen(p->municipality), NULL);
		struct week free = { .n = 0 }, classes = { .n = 0 }, both;
		struct week_fault fault;
		if (!m)
			fail_msg("%s", p->municipality);
		else
			swedish += !strcmp(m->country, "SE");
		if (p->available) assert_true(week_read(&free, p->available, strlen(p->available), &fault));
		if (p->classes) assert_true(week_read(&classes, p->classes, strlen(p->classes), &fault));
		clashes += week_common(&both, &free, &classes);
		struct lg_buf text = { 0 };
		week_print(&text, &classes);
		if (p->classes) assert_string_equal(text.data, p->classes);
		lg_buf_clear(&text);
		week_print(&text, &free);
		if (p->available) assert_string_equal(text.data, p->available);
		lg_buf_free(&text);
	}
	assert_true(swedish >= 15 && clashes > 20);
}

/* --- a plausible office */

static struct candidate_facts facts_of(const struct demo_person *p)
{
	return (struct candidate_facts){
		.name = *p->given_name && *p->family_name,
		.born = p->born != DEMO_NO_DATE,
		.reachable = p->phone || p->mail,
		.municipality = p->municipality != NULL,
		.legal_basis = p->legal_basis != NULL,
		.residence = p->ground && strcmp(p->ground, "unknown") != 0,
		.language = p->n_languages > 0,
		.occupation = p->n_occupations || p->n_skills,
		.education_or_experience = p->n_education || p->n_experience,
		.availability = p->available != NULL,
		.wants_work = p->wants_work != NULL,
	};
}

static void nobody_has_come_further_than_is_known_of_them(void **state)
{
	size_t in_state[CANDIDATE_STATES] = { 0 };
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		enum candidate_state s;
		struct candidate_missing missing[CANDIDATE_MISSING_MOST];
		struct candidate_facts facts = facts_of(p);
		assert_true(candidate_state_named(&s, p->state));
		in_state[s]++;
		if (s > CANDIDATE_draft) assert_int_equal(candidate_missing_registration(missing, &facts), 0);
		if (s > CANDIDATE_registered && candidate_missing_profile(missing, &facts))
			fail_msg("%s %s is %s without: %s", p->given_name, p->family_name, p->state, missing[0].text);
		if (s == CANDIDATE_available) assert_true(candidate_is_matched(s, p->wants_work));
	}
	for (int s = 0; s < CANDIDATE_STATES; s++) assert_true(in_state[s] >= 5);
}

static void some_are_flagged_and_most_are_not(void **state)
{
	size_t flagged[CANDIDATE_OVERDUE + 1] = { 0 }, clean = 0, due = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		enum candidate_state s;
		struct candidate_step step = { p->next_step, p->owner < 0 ? NULL : "somebody", p->next_on };
		assert_true(candidate_state_named(&s, p->state));
		assert_true(p->owner < (int)office->n_colleagues &&
		            (p->owner < 0 || office->colleagues[p->owner].owns));
		unsigned flags = candidate_flags(s, &step, today);
		for (unsigned bit = 1; bit <= CANDIDATE_OVERDUE; bit *= 2) flagged[bit] += (flags & bit) != 0;
		clean += !flags;
		due += p->next_on == today;
	}
	for (unsigned bit = 1; bit <= CANDIDATE_OVERDUE; bit *= 2) assert_true(flagged[bit] >= 5 && flagged[bit] < 40);
	assert_true(clean > 120 && due >= 5);
}

static void dates_follow_each_other(void **state)
{
	size_t open = 0, done = 0, late = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		assert_true(p->born < today - 18 * 365 && p->born > today - 65 * 366);
		assert_true(p->arrived <= p->registered && p->registered <= p->state_since && p->state_since <= today);
		for (size_t i = 0; i < p->n_family; i++)
			assert_true(p->family[i].born == DEMO_NO_DATE ||
			            (p->family[i].born > p->born + 16 * 365 && p->family[i].born < today));
		for (size_t i = 0; i < p->n_experience; i++)
			assert_true(p->experience[i].from_date > p->born + 18 * 365 &&
			            p->experience[i].from_date < p->experience[i].to_date &&
			            p->experience[i].to_date <= p->arrived);
		if (p->n_experience > 1) assert_true(p->experience[1].to_date < p->experience[0].from_date);
		for (size_t i = 0; i < p->n_education; i++)
			assert_true(p->education[i].from_year > 1970 &&
			            p->education[i].from_year <= p->education[i].to_year);
		for (size_t i = 0; i < p->n_languages; i++) assert_true(p->languages[i].seen_on <= today);
		for (size_t i = 0; i < p->n_notes; i++)
			assert_true(p->notes[i].day >= p->registered && p->notes[i].day <= today);
		for (size_t i = 0; i < p->n_contacts; i++)
			assert_true(p->contacts[i].day >= p->registered && p->contacts[i].day <= today);
		for (size_t i = 0; i < p->n_tasks; i++) {
			const struct demo_task *t = p->tasks + i;
			bool is_done = t->done != DEMO_NO_DATE;
			assert_true(t->created <= t->due && (!is_done || (t->done >= t->created && t->done <= today)));
			open += !is_done;
			done += is_done;
			late += !is_done && t->due < today;
		}
	}
	assert_true(open > 20 && done > 50 && late > 5);
}

static void permits_end_now_later_and_before(void **state)
{
	size_t seen[WORK_RIGHT_EXPIRED + 1] = { 0 };
	(void)state;
	for (const struct demo_person *p = people; p < end; p++)
		seen[work_right(p->ground, p->stay_until, today).state]++;
	assert_true(seen[WORK_RIGHT_UNTIL] > 100 && seen[WORK_RIGHT_SOON] >= 4 && seen[WORK_RIGHT_EXPIRED] >= 4);
	assert_true(seen[WORK_RIGHT_UNKNOWN] >= 3 && seen[WORK_RIGHT_ASK] >= 1);
}

static void notes_are_in_four_languages_and_texts_are_text(void **state)
{
	static const char *const languages[] = { "da", "sv", "uk", "en" };
	size_t n[4] = { 0 }, own = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++) {
		for (size_t i = 0; i < p->n_notes; i++) {
			const char *text = p->notes[i].text;
			assert_int_equal(lg_utf8_span(text, strlen(text)), strlen(text));
			assert_int_equal(name_script(text) == NAME_CYRILLIC, !strcmp(p->notes[i].language, "uk"));
			for (size_t k = 0; k < 4; k++) n[k] += !strcmp(languages[k], p->notes[i].language);
		}
		for (size_t i = 0; i < p->n_occupations; i++)
			own += p->occupations[i].own_words && name_script(p->occupations[i].own_words) == NAME_CYRILLIC;
	}
	for (size_t k = 0; k < 4; k++) assert_true(n[k] >= 20);
	assert_true(own > 100);
}

static const char *key_of(const struct demo_person *p) { return name_key(cx.mem, p->given_name, p->family_name); }

static void just_two_are_registered_twice(void **state)
{
	size_t pairs = 0;
	(void)state;
	for (const struct demo_person *p = people; p < end; p++)
		for (const struct demo_person *q = people; q < end; q++)
			if (p < q && p->born == q->born && !strcmp(key_of(p), key_of(q))) pairs++;
	assert_int_equal(pairs, 2);
	const struct demo_person *last = office->people + office->n_people - 1;
	assert_string_equal(key_of(last), key_of(office->people + 10));
	assert_string_equal(key_of(last - 1), key_of(office->people + 3));
	assert_string_not_equal(last[-1].family_name, office->people[3].family_name);
}

static void other_offices_on_other_days_hold_as_well(void **state)
{
	int32_t first = today;
	for (uint64_t seed = 2; seed < 9; seed++) {
		today = first + (int32_t)seed * 97;
		open_office(seed);
		every_number_is_good_and_nobodys(state);
		no_number_stands_twice_but_the_one_that_is_meant_to(state);
		nobody_can_be_rung_or_written_to(state);
		codes_are_of_their_lists(state);
		towns_and_weeks_are_real_ones(state);
		nobody_has_come_further_than_is_known_of_them(state);
		dates_follow_each_other(state);
		just_two_are_registered_twice(state);
	}
	today = first;
	open_office(1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_seed_makes_one_office),
		cmocka_unit_test(every_number_is_good_and_nobodys),
		cmocka_unit_test(no_number_stands_twice_but_the_one_that_is_meant_to),
		cmocka_unit_test(nobody_can_be_rung_or_written_to),
		cmocka_unit_test(names_are_in_two_scripts_that_agree),
		cmocka_unit_test(codes_are_of_their_lists),
		cmocka_unit_test(occupations_and_skills_are_built_in),
		cmocka_unit_test(towns_and_weeks_are_real_ones),
		cmocka_unit_test(nobody_has_come_further_than_is_known_of_them),
		cmocka_unit_test(some_are_flagged_and_most_are_not),
		cmocka_unit_test(dates_follow_each_other),
		cmocka_unit_test(permits_end_now_later_and_before),
		cmocka_unit_test(notes_are_in_four_languages_and_texts_are_text),
		cmocka_unit_test(just_two_are_registered_twice),
		cmocka_unit_test(other_offices_on_other_days_hold_as_well),
	};
	return cmocka_run_group_tests_name("demo", tests, set_up, tear_down);
}
