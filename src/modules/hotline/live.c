/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "modules/hotline/live.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app/answer.h"
#include "app/seal.h"

enum {
	OFFICES = 1024,
	SEATS = 2048,
	NEAR = 8,
	PARTS = 12,
	WORD = 33,
	SESSION = 44,
	LANGUAGE = 8,
	MS = 1000,
	NS_OF_MS = 1000000,
	NS_OF_S = 1000000000
};

/* Places by number of office, or by session: whoever came there last is known (of sessions, the last few). at_ms: 0 is
 * empty. */
struct pulse {
	char queue[WORD], calls[WORD];
};
struct office {
	int32_t tenant;
	int64_t begun_ms, at_ms; /* reading the pulse began, and ended */
	int64_t reading_ms;      /* since when somebody reads it again */
	int64_t called_ms;       /* when a stream was called to do so */
	struct pulse pulse;
	int64_t made_ms; /* since when somebody makes the part for `maker` */
	char maker[LANGUAGE + 1];
};
struct seat {
	char session[SESSION]; /* its csrf token, which says which session it is and opens nothing */
	int64_t at_ms;         /* when it was found to see the whole office, last */
};
struct part {
	int32_t tenant;
	int64_t at_ms;
	bool writes;
	char language[LANGUAGE], word[WORD];
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

int64_t live_now(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * MS + t.tv_nsec / NS_OF_MS + 1;
}

static bool is_fresh(int64_t at_ms, int64_t most_ms) { return at_ms && live_now() - at_ms <= most_ms; }

/* Its place, or the one that it may take. Sessions' tokens are random: some of their letters are as good as all. */
static struct seat *seat_of(const struct call *c)
{
	unsigned n = 0;
	for (const char *s = c->actor.csrf; *s; s++) n = n * 31 + (unsigned char)*s;
	struct seat *oldest = &live.seats[n % SEATS];
	for (unsigned i = 0; i < NEAR; i++) {
		struct seat *at = &live.seats[(n + i) % SEATS];
		if (!strcmp(at->session, c->actor.csrf)) return at;
		if (at->at_ms < oldest->at_ms) oldest = at;
	}
	return oldest;
}

static struct office *office_at(int32_t tenant) { return &live.offices[(uint32_t)tenant % OFFICES]; }
static struct office *office_of(const struct call *c) { return office_at(c->actor.tenant); }

/* When this session was found to see the whole office, or 0. The caller holds the lock, as below. */
static int64_t seated_ms(const struct call *c)
{
	const struct seat *s = seat_of(c);
	return *c->actor.csrf && !strcmp(s->session, c->actor.csrf) ? s->at_ms : 0;
}

static bool is_read(const struct office *o)
{
	return is_fresh(o->at_ms, LIVE_FRESH_MS) ||
	       (is_fresh(o->at_ms, LIVE_LATE_MS) && is_fresh(o->reading_ms, LIVE_LATE_MS));
}

/* The pulse that was read a moment ago, if this session was found to see the whole office. If not, this one reads it.
 */
static bool take_pulse(const struct call *c, struct pulse *pulse)
{
	(void)pthread_mutex_lock(&live.lock);
	struct office *o = office_of(c);
	bool is_known = seated_ms(c) && o->tenant == c->actor.tenant, is = is_known && is_read(o);
	*pulse = o->pulse;
	if (is_known && !is) o->reading_ms = live_now();
	(void)pthread_mutex_unlock(&live.lock);
	return is;
}

static void put_seat(const struct call *c, bool whole)
{
	struct seat *s = seat_of(c);
	if (whole) {
		(void)snprintf(s->session, SESSION, "%s", c->actor.csrf);
		s->at_ms = live_now();
	} else if (seated_ms(c)) {
		s->at_ms = 0;
	}
}

static struct pulse pulse_of(const struct db_hotline_pulse_row *row)
{
	struct pulse p;
	(void)snprintf(p.queue, WORD, "%s", row->queue);
	(void)snprintf(p.calls, WORD, "%s", row->calls);
	return p;
}

void live_tell(const struct call *c, const struct db_hotline_pulse_row *row, int64_t begun_ms)
{
	(void)pthread_mutex_lock(&live.lock);
	struct office *o = office_of(c);
	put_seat(c, row->whole);
	if (row->whole && o->tenant != c->actor.tenant) *o = (struct office){ .tenant = c->actor.tenant };
	if (row->whole && begun_ms >= o->begun_ms) {
		o->pulse = pulse_of(row);
		o->begun_ms = begun_ms;
		o->at_ms = live_now();
		o->reading_ms = o->called_ms = 0;
	}
	(void)pthread_mutex_unlock(&live.lock);
}

/* What a stream tells. */
static const char *words_of(enum live_stream which, const struct pulse *p, char out[HTTP_NEWS_TEXT])
{
	(void)snprintf(out, HTTP_NEWS_TEXT, "%s%s%s", which == LIVE_BOTH ? p->queue : "", which == LIVE_BOTH ? " " : "",
	               p->calls);
	return out;
}

static bool is_told(enum live_stream which, const struct pulse *p, const char *told)
{
	if (which != LIVE_BOTH) return !strcmp(told, p->calls);
	return !strncmp(told, p->queue, WORD - 1) && told[WORD - 1] == ' ' && !strcmp(told + WORD, p->calls);
}

/* A stream is served when it is time to ask about its session again, or that somebody reads the pulse: then this one,
 * and no other. It hears of a change as soon as that was read. */
static enum http_news news_of(uint64_t with, const char *told, int64_t since_ms, char out[HTTP_NEWS_TEXT])
{
	int32_t tenant = (int32_t)(with / LIVE_STREAMS);
	enum live_stream which = with % LIVE_STREAMS;
	enum http_news news = HTTP_NO_NEWS;
	(void)pthread_mutex_lock(&live.lock);
	struct office *o = office_at(tenant);
	if (o->tenant != tenant || since_ms >= LIVE_SEEN_MS) {
		news = HTTP_NEWS_ASK;
	} else if (!is_read(o) && !is_fresh(o->called_ms, LIVE_CALLED_MS)) {
		o->called_ms = live_now();
		news = HTTP_NEWS_ASK;
	} else if (!is_told(which, &o->pulse, told)) {
		(void)words_of(which, &o->pulse, out);
		news = HTTP_NEWS;
	}
	(void)pthread_mutex_unlock(&live.lock);
	return news;
}

enum lg_err live_stream(struct lg_ctx *cx, struct call *c, enum live_stream which, uint32_t every_ms)
{
	struct pulse pulse = { 0 };
	char words[HTTP_NEWS_TEXT];
	bool whole = true;
	int64_t begun_ms = live_now();
	if (c->rq->again && c->assumed && take_pulse(c, &pulse)) {
		db_expect_whole(c->db);
		LG_TRY(app_end(cx, c));
	} else {
		struct db_hotline_pulse_row row = { 0 };
		db_hotline_pulse_send(cx, c->db, &row);
		LG_TRY(app_end(cx, c));
		live_tell(c, &row, begun_ms);
		pulse = pulse_of(&row);
		whole = row.whole;
	}
	lg_buf_clear(&c->rs->body);
	lg_puts(&c->rs->body, words_of(which, &pulse, words));
	if (whole)
		http_stream_if(c->rs, every_ms, news_of, (uint64_t)c->actor.tenant * LIVE_STREAMS + which);
	else
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
		    !strcmp(p->word, o->pulse.queue))
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

/* Whether there is a part, into `out`. If not, this one makes it now. */
static bool take_part(const struct call *c, struct lg_buf *out)
{
	char mine[LANGUAGE + 1];
	struct timespec until;
	(void)clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += (long)LIVE_WAIT_MS * NS_OF_MS;
	until.tv_sec += until.tv_nsec / NS_OF_S, until.tv_nsec %= NS_OF_S;
	variant(c, mine);
	(void)pthread_mutex_lock(&live.lock);
	struct office *o = office_of(c);
	const struct part *p = NULL;
	bool late = false, seated = seated_ms(c) != 0;
	while (seated && !(p = find(c)) && !late && is_made_now(o, c, mine))
		late = pthread_cond_timedwait(&live.made, &live.lock, &until) != 0;
	if (p) {
		lg_buf_clear(out);
		lg_put(out, p->html.data, p->html.len);
	} else if (seated && o->tenant == c->actor.tenant) {
		o->made_ms = live_now();
		(void)snprintf(o->maker, sizeof o->maker, "%s", mine);
	}
	(void)pthread_mutex_unlock(&live.lock);
	return p != NULL;
}

/* Whoever was asked about already is asked the rest; of others, everything goes out at once, and fails if it is not so.
 */
static enum lg_err sees_whole(struct lg_ctx *cx, struct call *c, bool *whole)
{
	struct db_hotline_sees_row row = { .whole = true };
	if (c->assumed)
		db_expect_whole(c->db);
	else
		LG_TRY(db_hotline_sees(cx, c->db, &row));
	*whole = row.whole;
	return row.whole ? app_end(cx, c) : LG_OK;
}

enum lg_err live_answer(struct lg_ctx *cx, struct call *c, bool *done)
{
	*done = take_part(c, &c->rs->body);
	enum lg_err err = *done ? sees_whole(cx, c, done) : LG_OK;
	if (err || !*done) {
		lg_buf_clear(&c->rs->body);
		return err;
	}
	live_own(c, &c->rs->body);
	c->rs->status = 200;
	c->rs->type = "text/html; charset=utf-8";
	return LG_OK;
}

void live_keep(const struct call *c, const struct db_hotline_pulse_row *pulse, const struct lg_buf *html)
{
	if (strlen(c->language) >= LANGUAGE) return;
	bool writes = may(&c->actor, MAY_ENQUIRY_WRITE);
	(void)pthread_mutex_lock(&live.lock);
	struct part *to = live.parts; /* the same list as it was, or the oldest */
	for (struct part *p = live.parts; p < live.parts + PARTS; p++) {
		bool same = p->tenant == c->actor.tenant && p->writes == writes && !strcmp(p->language, c->language);
		if (same || p->at_ms < to->at_ms) to = p;
		if (same) break;
	}
	to->tenant = c->actor.tenant, to->writes = writes, to->at_ms = live_now();
	(void)snprintf(to->language, sizeof to->language, "%s", c->language);
	(void)snprintf(to->word, sizeof to->word, "%s", pulse->queue);
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
