/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/live.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/actor.h"
#include "app/answer.h"
#include "app/seal.h"
#include "modules/hotline/enquiry.sql.h"

enum {
	OFFICES = 64,
	SEATS = 1024,
	PARTS = 12,
	ID = 37,
	LANGUAGE = 8,
	MS = 1000,
	NS_OF_MS = 1000000,
	NS_OF_S = 1000000000
};

/* Places by number of office, or by account: whoever came there last is known. at_ms: 0 is empty. */
struct office {
	int32_t tenant;
	struct {
		int64_t at_ms; /* read */
		char pulse[LIVE_PULSE];
	} heard[LIVE_STREAMS];
	int64_t made_ms; /* since when somebody makes the part for `maker` */
	char maker[LANGUAGE + 1];
};
struct seat {
	char account[ID];
	int64_t at_ms;
};
struct part {
	int32_t tenant;
	int64_t at_ms;
	bool writes;
	char language[LANGUAGE], pulse[LIVE_PULSE];
	struct lg_buf html;
};

static struct {
	pthread_mutex_t lock;
	pthread_cond_t made;
	struct office offices[OFFICES];
	struct seat seats[SEATS];
	struct part parts[PARTS];
	char csrf[SEAL_TOKEN_TEXT];
} live = { .lock = PTHREAD_MUTEX_INITIALIZER, .made = PTHREAD_COND_INITIALIZER };

static int64_t now_ms(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MS + t.tv_nsec / NS_OF_MS + 1;
}

static bool is_fresh(int64_t at_ms, int64_t most_ms) { return at_ms && now_ms() - at_ms <= most_ms; }

/* Ids are random: some of their digits are as good as all. */
static struct seat *seat_of(const struct call *c)
{
	unsigned n = 0;
	for (const char *s = c->actor.account; *s; s++) n = n * 31 + (unsigned char)*s;
	return &live.seats[n % SEATS];
}

static struct office *office_of(const struct call *c) { return &live.offices[(uint32_t)c->actor.tenant % OFFICES]; }

/* The caller holds the lock, as below. */
static bool is_seated(const struct call *c)
{
	const struct seat *s = seat_of(c);
	return !strcmp(s->account, c->actor.account) && is_fresh(s->at_ms, LIVE_SEEN_MS);
}

/* What may be told without asking the database. */
enum live_news {
	LIVE_TOLD,  /* the pulse: read a moment ago, and this account was found to see the whole office a moment ago */
	LIVE_ASK,   /* the pulse was read a moment ago, but who this is must be asked */
	LIVE_UNREAD /* it must be read */
};

static enum live_news news_of(const struct call *c, enum live_stream which, char pulse[LIVE_PULSE])
{
	(void)pthread_mutex_lock(&live.lock);
	const struct office *o = office_of(c);
	enum live_news news = o->tenant != c->actor.tenant || !is_fresh(o->heard[which].at_ms, LIVE_FRESH_MS)
	                          ? LIVE_UNREAD
	                      : is_seated(c) ? LIVE_TOLD
	                                     : LIVE_ASK;
	if (news != LIVE_UNREAD) memcpy(pulse, o->heard[which].pulse, LIVE_PULSE);
	(void)pthread_mutex_unlock(&live.lock);
	return news;
}

void live_tell(const struct call *c, enum live_stream which, const char *pulse, bool whole)
{
	(void)pthread_mutex_lock(&live.lock);
	struct seat *s = seat_of(c);
	struct office *o = office_of(c);
	if (whole) {
		*s = (struct seat){ .at_ms = now_ms() };
		(void)snprintf(s->account, ID, "%s", c->actor.account);
		if (pulse && o->tenant != c->actor.tenant) *o = (struct office){ .tenant = c->actor.tenant };
		if (pulse) {
			o->heard[which].at_ms = now_ms();
			(void)snprintf(o->heard[which].pulse, LIVE_PULSE, "%s", pulse);
		}
	} else if (!strcmp(s->account, c->actor.account)) {
		s->at_ms = 0;
	}
	(void)pthread_mutex_unlock(&live.lock);
}

enum lg_err live_stream(struct lg_ctx *cx, struct call *c, enum live_stream which, live_reader *read, uint32_t every_ms)
{
	char heard[LIVE_PULSE];
	const char *pulse = heard;
	enum live_news news = c->rq->again && c->assumed ? news_of(c, which, heard) : LIVE_UNREAD;
	if (news == LIVE_TOLD) {
		actor_need_not_be_asked(c);
	} else {
		struct db_enquiry_whole_row who = { 0 };
		bool whole = false;
		if (news == LIVE_ASK) {
			LG_TRY(db_enquiry_whole(cx, c->db, &who));
			live_tell(c, which, NULL, who.whole);
		}
		if (!who.whole) LG_TRY(read(cx, c, &pulse, &whole));
		LG_TRY(app_end(cx, c));
		if (!who.whole) live_tell(c, which, pulse, whole);
	}
	lg_buf_clear(&c->rs->body);
	lg_puts(&c->rs->body, pulse);
	http_stream(c->rs, every_ms);
	return LG_OK;
}

static struct part *find(const struct call *c)
{
	const struct office *o = office_of(c);
	bool writes = may(&c->actor, MAY_ENQUIRY_WRITE);
	for (struct part *p = live.parts; p < live.parts + PARTS; p++)
		if (p->tenant == c->actor.tenant && o->tenant == p->tenant && p->writes == writes &&
		    is_fresh(p->at_ms, LIVE_PART_MS) && !strcmp(p->language, c->language) &&
		    !strcmp(p->pulse, o->heard[LIVE_QUEUE].pulse))
			return p;
	return NULL;
}

/* Which list it is, of an office's: "daw". */
static void variant(const struct call *c, char out[LANGUAGE + 1])
{
	(void)snprintf(out, LANGUAGE + 1, "%.6s%c", c->language, may(&c->actor, MAY_ENQUIRY_WRITE) ? 'w' : 'r');
}

static bool is_made_now(const struct office *o, const struct call *c, const char *mine)
{
	return o->tenant == c->actor.tenant && !strcmp(o->maker, mine) && is_fresh(o->made_ms, LIVE_WAIT_MS);
}

bool live_has_part(const struct call *c)
{
	char mine[LANGUAGE + 1];
	struct timespec until;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += (long)LIVE_WAIT_MS * NS_OF_MS;
	until.tv_sec += until.tv_nsec / NS_OF_S, until.tv_nsec %= NS_OF_S;
	variant(c, mine);
	(void)pthread_mutex_lock(&live.lock);
	struct office *o = office_of(c);
	bool has, late = false;
	while (!(has = find(c) != NULL) && !late && is_made_now(o, c, mine))
		late = pthread_cond_timedwait(&live.made, &live.lock, &until) != 0;
	if (!has && o->tenant == c->actor.tenant) {
		o->made_ms = now_ms();
		(void)snprintf(o->maker, sizeof o->maker, "%s", mine);
	}
	(void)pthread_mutex_unlock(&live.lock);
	return has;
}

bool live_part(const struct call *c, struct lg_buf *out)
{
	(void)pthread_mutex_lock(&live.lock);
	const struct part *p = find(c);
	if (p) {
		lg_buf_clear(out);
		lg_put(out, p->html.data, p->html.len);
	}
	(void)pthread_mutex_unlock(&live.lock);
	if (p) live_own(c, out);
	return p != NULL;
}

void live_keep(const struct call *c, const char *pulse, const struct lg_buf *html)
{
	if (strlen(c->language) >= LANGUAGE || strlen(pulse) >= LIVE_PULSE) return;
	bool writes = may(&c->actor, MAY_ENQUIRY_WRITE);
	(void)pthread_mutex_lock(&live.lock);
	struct part *to = live.parts; /* the same list as it was, or the oldest */
	for (struct part *p = live.parts; p < live.parts + PARTS; p++) {
		bool same = p->tenant == c->actor.tenant && p->writes == writes && !strcmp(p->language, c->language);
		if (same || p->at_ms < to->at_ms) to = p;
		if (same) break;
	}
	to->tenant = c->actor.tenant, to->writes = writes, to->at_ms = now_ms();
	(void)snprintf(to->language, sizeof to->language, "%s", c->language);
	(void)snprintf(to->pulse, sizeof to->pulse, "%s", pulse);
	lg_buf_clear(&to->html);
	lg_put(&to->html, html->data, html->len);
	office_of(c)->made_ms = 0;
	(void)pthread_cond_broadcast(&live.made);
	(void)pthread_mutex_unlock(&live.lock);
}

const char *live_csrf(void)
{
	(void)pthread_mutex_lock(&live.lock);
	if (!*live.csrf) { /* a random one, which nobody can have written into an enquiry */
		uint8_t token[SEAL_TOKEN];
		seal_random(token, sizeof token);
		seal_token_print(live.csrf, token);
	}
	(void)pthread_mutex_unlock(&live.lock);
	return live.csrf;
}

void live_own(const struct call *c, struct lg_buf *html)
{
	const char *csrf = live_csrf();
	size_t n = strlen(csrf);
	lg_assert(strlen(c->actor.csrf) == n);
	for (char *at = html->data; at && (at = strstr(at, csrf)); at += n) memcpy(at, c->actor.csrf, n);
}
