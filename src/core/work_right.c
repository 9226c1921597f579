/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/work_right.h"

#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "view/speech.h"

enum { SOON_DAYS = 90 };
enum work { WORK_FREE, WORK_LIMITED, WORK_ASK };

static const struct ground {
	const char *code;
	enum work work;
	bool needs_end;
	const char *text, *source;
} grounds[] = {
#define GROUND(code, country, work, needs_end, text, source) { #code, work, needs_end, text, source },
#define PROLONGED(code, from, to, source)
#include "core/ground.def"
#undef PROLONGED
#undef GROUND
};

static const struct {
	const char *code, *from, *to, *source;
} prolonged[] = {
#define GROUND(code, country, work, needs_end, text, source)
#define PROLONGED(code, from, to, source) { #code, from, to, source },
#include "core/ground.def"
#undef PROLONGED
#undef GROUND
};

static const struct ground *find(const char *code)
{
	for (size_t i = 0; code && i < sizeof grounds / sizeof *grounds; i++)
		if (!strcmp(grounds[i].code, code)) return grounds + i;
	return NULL;
}

static int32_t date(const char *text)
{
	int32_t day;
	lg_assert(lg_date_read(&day, text, strlen(text)));
	return day;
}

/* Rows are in the order of their dates, so one look through them follows the whole chain. */
static void prolong(struct work_right *r, const char *code)
{
	for (size_t i = 0; i < sizeof prolonged / sizeof *prolonged; i++) {
		if (strcmp(prolonged[i].code, code) != 0 || r->until != date(prolonged[i].from)) continue;
		r->until = date(prolonged[i].to);
		r->prolonged = true;
		r->source = prolonged[i].source;
	}
}

static enum work_right_state state_of(const struct ground *g, int32_t until, int32_t today)
{
	bool dated = until != WORK_RIGHT_NO_DATE;
	if (!strcmp(g->code, "unknown") || (g->needs_end && !dated)) return WORK_RIGHT_UNKNOWN;
	if (dated && until < today) return WORK_RIGHT_EXPIRED;
	if (g->work == WORK_ASK) return WORK_RIGHT_ASK;
	if (g->work == WORK_LIMITED) return WORK_RIGHT_LIMITED;
	if (!dated) return WORK_RIGHT_YES;
	return (int64_t)until - today <= SOON_DAYS ? WORK_RIGHT_SOON : WORK_RIGHT_UNTIL;
}

struct work_right work_right(const char *ground, int32_t end, int32_t today)
{
	const struct ground *g = find(ground);
	struct work_right r = { WORK_RIGHT_UNKNOWN, end, false, "", "" };
	if (!g) return r;
	r.ground = g->text;
	r.source = g->source;
	prolong(&r, g->code);
	r.state = state_of(g, r.until, today);
	return r;
}

const char *work_right_text(enum work_right_state state)
{
	switch (state) {
	case WORK_RIGHT_UNKNOWN:
		return LG_TEXT("Right to work: not known. Ask for the ground to stay and its end date.");
	case WORK_RIGHT_YES: return LG_TEXT("May work, without an end date.");
	case WORK_RIGHT_UNTIL: return LG_TEXT("May work until the permit ends.");
	case WORK_RIGHT_SOON: return LG_TEXT("May work, but the permit ends within 90 days.");
	case WORK_RIGHT_LIMITED: return LG_TEXT("May work within the limits of the permit: look at what it says.");
	case WORK_RIGHT_ASK: return LG_TEXT("May work only when the authority has said so in this case.");
	case WORK_RIGHT_EXPIRED: return LG_TEXT("The end date has passed. Ask whether the permit was prolonged.");
	}
	return "";
}

const char *work_right_tone(enum work_right_state state)
{
	switch (state) {
	case WORK_RIGHT_YES:
	case WORK_RIGHT_UNTIL: return "good";
	case WORK_RIGHT_SOON:
	case WORK_RIGHT_LIMITED:
	case WORK_RIGHT_ASK: return "warn";
	case WORK_RIGHT_EXPIRED: return "bad";
	case WORK_RIGHT_UNKNOWN: break;
	}
	return "unknown";
}
