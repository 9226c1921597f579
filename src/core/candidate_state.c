/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/candidate_state.h"

#include <string.h>

#include "app/app.h"
#include "base/err.h"
#include "core/choice.h"
#include "view/speech.h"

static const struct {
	const char *code, *text, *meaning;
} states[CANDIDATE_STATES] = {
#define STATE(code, text, meaning) { #code, text, meaning },
#define MOVE(from, to, right, asks, text)
#define CLOSED(code, text)
#include "core/candidate_state.def"
#undef MOVE
#undef STATE
};

static const struct candidate_move moves[] = {
#define STATE(code, text, meaning)
#define MOVE(from, to, right, asks, text) { CANDIDATE_##from, CANDIDATE_##to, right, asks, text },
#include "core/candidate_state.def"
#undef CLOSED
#undef MOVE
#undef STATE
};
enum { MOVES = sizeof moves / sizeof *moves };

bool candidate_state_named(enum candidate_state *out, const char *code)
{
	for (int s = 0; code && s < CANDIDATE_STATES; s++) {
		if (strcmp(states[s].code, code) != 0) continue;
		*out = (enum candidate_state)s;
		return true;
	}
	return false;
}

const char *candidate_state_code(enum candidate_state state) { return states[state].code; }
const char *candidate_state_text(enum candidate_state state) { return states[state].text; }
const char *candidate_state_meaning(enum candidate_state state) { return states[state].meaning; }

/* --- what is missing */

struct list {
	struct candidate_missing *at;
	size_t n;
};

static void want(struct list *l, bool there, const char *section, const char *text)
{
	if (!there) l->at[l->n++] = (struct candidate_missing){ section, text };
}

size_t candidate_missing_registration(struct candidate_missing *out, const struct candidate_facts *f)
{
	struct list l = { out, 0 };
	want(&l, f->name, "person", LG_TEXT("the name"));
	want(&l, f->born, "person", LG_TEXT("the birth date"));
	want(&l, f->reachable, "contact", LG_TEXT("a phone number, mail address or other way to reach the person"));
	want(&l, f->municipality, "contact", LG_TEXT("the municipality"));
	want(&l, f->legal_basis, "basis", LG_TEXT("the legal basis on which the data are held"));
	return l.n;
}

size_t candidate_missing_profile(struct candidate_missing *out, const struct candidate_facts *f)
{
	struct list l = { out, candidate_missing_registration(out, f) };
	want(&l, f->residence, "stay", LG_TEXT("the ground to stay"));
	want(&l, f->language, "languages", LG_TEXT("at least one language with its level"));
	want(&l, f->occupation, "occupations", LG_TEXT("at least one occupation or skill"));
	want(&l, f->education_or_experience, "education", LG_TEXT("education or experience, or that there is none"));
	want(&l, f->availability, "week", LG_TEXT("the hours when the person can work"));
	want(&l, f->wants_work, "wishes", LG_TEXT("whether the person wants to work now"));
	return l.n;
}

/* --- moves */

const struct candidate_move *candidate_moves(enum candidate_state from, size_t *n)
{
	size_t first = 0;
	while (first < MOVES && moves[first].from != from) first++;
	for (*n = 0; first + *n < MOVES && moves[first + *n].from == from;) (*n)++;
	return moves + first;
}

static const struct candidate_move *find(enum candidate_state from, enum candidate_state to)
{
	size_t n;
	const struct candidate_move *m = candidate_moves(from, &n);
	for (size_t i = 0; i < n; i++)
		if (m[i].to == to) return m + i;
	return NULL;
}

static const char *reason_fault(const struct candidate_move *m, const char *reason)
{
	if (!reason || !*reason) return LG_TEXT("Please say why.");
	if (m->to == CANDIDATE_closed && !choice_find(CHOICE_closed, reason))
		return LG_TEXT("Please choose one of the reasons for closing.");
	return NULL;
}

static const char *asked(const struct candidate_move *m, const struct candidate_facts *facts, const char *reason)
{
	struct candidate_missing missing[CANDIDATE_MISSING_MOST];
	switch (m->asks) {
	case ASKS_NOTHING: return NULL;
	case ASKS_REASON: return reason_fault(m, reason);
	case ASKS_REGISTRATION:
		if (!candidate_missing_registration(missing, facts)) return NULL;
		return LG_TEXT("Something is missing for the registration.");
	case ASKS_PROFILE:
		if (!candidate_missing_profile(missing, facts)) return NULL;
		return LG_TEXT("Something is missing for a complete profile.");
	}
	return NULL;
}

const char *candidate_move_fault(enum candidate_state from, enum candidate_state to, uint64_t rights,
                                 const struct candidate_facts *facts, const char *reason)
{
	const struct candidate_move *m = find(from, to);
	if (!m) return LG_TEXT("From this state one cannot go there.");
	if (!((rights >> m->right) & 1)) return LG_TEXT("You may not change the state of a candidate.");
	return asked(m, facts, reason);
}

bool candidate_is_matched(enum candidate_state state, const char *wants_work)
{
	return state == CANDIDATE_available && wants_work && !strcmp(wants_work, "yes");
}

/* --- whose turn it is */

static bool is_empty(const char *s) { return !s || !*s; }

unsigned candidate_flags(enum candidate_state state, const struct candidate_step *step, int32_t today)
{
	unsigned flags = 0;
	if (state == CANDIDATE_closed) return 0;
	if (is_empty(step->text)) flags |= CANDIDATE_NO_STEP;
	if (is_empty(step->owner)) flags |= CANDIDATE_NO_OWNER;
	if (step->due == CANDIDATE_NO_DATE)
		flags |= CANDIDATE_NO_DUE;
	else if (step->due < today)
		flags |= CANDIDATE_OVERDUE;
	return flags;
}
