/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* The hotline's first page: what waits, who is on; and the list of all enquiries. */
#include <stdlib.h>
#include <string.h>

#include "app/answer.h"
#include "app/audit.h"
#include "app/page.h"
#include "app/record.h"
#include "base/date.h"
#include "core/colleague.h"
#include "core/input.h"
#include "core/list_page.h"
#include "core/small_form.h"
#include "modules/hotline/enquiry.h"
#include "modules/hotline/enquiry_mail.sql.h"
#include "modules/hotline/enquiry_rules.h"
#include "modules/hotline/hotline.h"
#include "modules/hotline/live.h"
#include "modules/hotline/phone.h"
#include "view/hotline.html.h"
#include "view/number.h"
#include "view/speech.h"
#include "view/when.h"

enum { QUEUE = 100, LIVE_MS = 200, US = 1000000, MINUTE_S = 60, HOUR_MINUTES = 60, DAY_S = 86400 };

static const char *number(struct lg_ctx *cx, int64_t n) { return lg_number_count(lg_alloc(cx->mem, 48), (uint64_t)n); }

/* "5 min", "2 h 10 min": on the clock of the opening hours. */
static const char *lasted(struct lg_ctx *cx, int64_t seconds)
{
	long long minutes = seconds / MINUTE_S;
	if (minutes < HOUR_MINUTES) return lg_printf(cx->mem, lg_say("%lld min"), minutes);
	return lg_printf(cx->mem, lg_say("%lld h %lld min"), minutes / HOUR_MINUTES, minutes % HOUR_MINUTES);
}

static const char *near_time(struct lg_ctx *cx, const struct call *c, int64_t at_us)
{
	char when[LG_WHEN];
	return at_us == DB_NO_INT ? ""
	                          : lg_strdup(cx->mem, lg_when_near_time(when, at_us / US, c->actor.zone, cx->now));
}

/* --- a table of enquiries */

static void put_row(struct lg_ctx *cx, struct call *c, const struct db_enquiry_queue_row *r,
                    const struct form_with *with, bool acts, struct html_records_rows *row)
{
	struct html_records_rows_name *name = lg_alloc(cx->mem, sizeof *name);
	bool open = strcmp(r->state, "answered") != 0 && strcmp(r->state, "closed") != 0,
	     late = open && strcmp(r->state, "waiting") != 0 && r->due_at != DB_NO_INT && r->due_at / US < cx->now;
	const char *caller = enquiry_caller(cx, r->caller_name, r->caller_place, r->municipality, r->caller_phone);
	name->plain = lg_say(choice_text(CHOICE_enquiry_subject, r->subject));
	*row = (struct html_records_rows){ .id = r->id,
		                           .says = caller,
		                           .url = lg_printf(cx->mem, "/enquiries/%s", r->id),
		                           .name = name,
		                           .n_name = 1 };
	row->cells = lg_array(cx->mem, 5, sizeof *row->cells);
	list_cell(row, lg_say("Who asks"), caller);
	list_cell(row, lg_say("How it came"), lg_say(choice_text(CHOICE_enquiry_channel, r->channel)));
	struct html_records_rows_cells *due = list_cell(row, open ? lg_say("Answer due") : lg_say("Came"),
	                                                near_time(cx, c, open ? r->due_at : r->created));
	due->tone = late ? "bad" : !strcmp(r->priority, "urgent") && open ? "warn" : NULL;
	list_cell(row, lg_say("State"), lg_say(choice_text(CHOICE_enquiry_state, r->state)))->more =
	    r->unread ? lg_say("A mail that nobody has opened") : NULL;
	list_cell(row, lg_say("Who has it"), r->owner ? form_member_name(with, r->owner) : "");
	if (!acts || strcmp(r->state, "new") != 0) return;
	struct html_records_rows_deeds *deed = lg_alloc(cx->mem, sizeof *deed);
	*deed = (struct html_records_rows_deeds){ .name = lg_say("Take it"),
		                                  .says = caller,
		                                  .url = lg_printf(cx->mem, "/enquiries/%s/take", r->id),
		                                  .post = true };
	row->deeds = deed, row->n_deeds = 1;
}

struct html_records *enquiry_table(struct lg_ctx *cx, struct call *c, const char *caption,
                                   const struct db_enquiry_queue_row *rows, size_t n, const struct form_with *with,
                                   bool acts)
{
	const char *const heads[] = { lg_say("Subject"),    lg_say("Who asks"), lg_say("How it came"),
		                      lg_say("Answer due"), lg_say("State"),    lg_say("Who has it") };
	struct html_records *v = list_table(cx, caption, heads, sizeof heads / sizeof *heads, n);
	v->id = "enquiries";
	v->action = "/hotline";
	v->csrf = page_csrf(cx, c);
	v->acts = acts;
	for (size_t i = 0; i < n; i++) put_row(cx, c, &rows[i], with, acts, &v->rows[v->n_rows++]);
	return v;
}

/* --- the queue */

struct queue {
	struct db_hotline_pulse_row pulse; /* first: what is read after it is not older */
	struct db_enquiry_queue_rows rows;
	struct db_enquiry_count_row count;
	struct db_presence_list_rows on;
	struct db_enquiry_mail_aside_count_row aside;
	struct db_colleague_list_rows colleagues;
	struct hotline_hours *hours;
	const char *municipality;
	struct html_phone_cards *cards;
	struct phone_missed missed;
};

static enum lg_err read_queue(struct lg_ctx *cx, struct call *c, struct queue *out)
{
	db_hotline_pulse_send(cx, c->db, &out->pulse);
	db_enquiry_queue_send(cx, c->db, &out->rows, (struct db_enquiry_queue_in){ .room = QUEUE });
	db_enquiry_count_send(cx, c->db, &out->count, (struct db_enquiry_count_in){ .by = c->actor.account });
	db_presence_list_send(cx, c->db, &out->on);
	db_enquiry_mail_aside_count_send(cx, c->db, &out->aside);
	db_colleague_list_send(cx, c->db, &out->colleagues);
	phone_missed_send(cx, c, &out->missed);
	LG_TRY(enquiry_clock(cx, c, &out->hours, &out->municipality));
	if (!c->api && !c->partial) LG_TRY(phone_cards(cx, c, NULL, &out->cards));
	return app_end(cx, c);
}

/* An absence that is over is none. */
static bool is_away(const struct lg_ctx *cx, const struct db_presence_list_row *r)
{
	return !strcmp(r->state, "away") && (r->until == DB_NO_INT || r->until / US > cx->now);
}

static size_t count_on(const struct lg_ctx *cx, const struct queue *q)
{
	size_t n = 0;
	for (size_t i = 0; i < q->on.n; i++) n += !is_away(cx, &q->on.rows[i]);
	return n;
}

static void put_on(struct lg_ctx *cx, const struct call *c, const struct queue *q, struct html_queue *v)
{
	v->on_title = lg_say("Who is on");
	v->nobody = lg_say("Nobody has said so. Press \"I am on\" above.");
	v->on = lg_array(cx->mem, q->on.n + 1, sizeof *v->on);
	for (size_t i = 0; i < q->on.n; i++) {
		const struct db_presence_list_row *r = &q->on.rows[i];
		bool away = is_away(cx, r);
		v->on[v->n_on++] = (struct html_queue_on){
			.name = r->name,
			.state = away ? lg_say("Away") : lg_say("On"),
			.tone = away ? "warn" : "good",
			.more = away && r->until != DB_NO_INT
			            ? lg_printf(cx->mem, lg_say("until: %s"), near_time(cx, c, r->until))
			            : lg_printf(cx->mem, lg_say("since: %s"), near_time(cx, c, r->since)),
		};
	}
}

static struct html_queue *queue_of(struct lg_ctx *cx, struct call *c, const struct queue *q, const char *csrf)
{
	struct html_queue *v = lg_alloc(cx->mem, sizeof *v);
	struct form_with with = colleagues_of(cx, &q->colleagues);
	int64_t waits =
	    q->count.oldest == DB_NO_INT ? 0 : hotline_open_between(q->hours, q->count.oldest / US, cx->now);
	v->figures = lg_array(cx->mem, 4, sizeof *v->figures);
	v->figures[v->n_figures++] =
	    (struct html_queue_figures){ lg_say("Wait for somebody"), number(cx, q->count.waiting),
		                         lg_say("taken by nobody yet") };
	v->figures[v->n_figures++] =
	    (struct html_queue_figures){ lg_say("Longest wait"), q->count.waiting ? lasted(cx, waits) : "–",
		                         lg_say("while the hotline was open") };
	v->figures[v->n_figures++] =
	    (struct html_queue_figures){ lg_say("Answer is late"), number(cx, q->count.late),
		                         lg_printf(cx->mem, lg_say("of %s not answered"), number(cx, q->count.open)) };
	v->figures[v->n_figures++] =
	    (struct html_queue_figures){ lg_say("Who is on"), number(cx, (int64_t)count_on(cx, q)),
		                         hotline_hours_now(cx, q->hours, c->actor.zone) };
	v->queue_title = lg_say("Not answered yet");
	struct html_records *table = enquiry_table(cx, c, lg_say("Not answered yet"), q->rows.rows, q->rows.n, &with,
	                                           may(&c->actor, MAY_ENQUIRY_WRITE));
	table->csrf = csrf;
	table->empty = lg_say("Nobody waits");
	table->empty_more = lg_say("What comes by mail or the web, and calls to be returned, stands here.");
	v->queue = html_records_any(table);
	if (phone_missed_table(cx, c, &q->missed, csrf, &v->missed, &v->missed_more))
		v->missed_title = lg_say("Missed calls");
	put_on(cx, c, q, v);
	return v;
}

static struct html_form *away_form(struct lg_ctx *cx, struct call *c)
{
	struct small_form *f = small_form(cx, c, "/hotline/presence", lg_say("I am away until then"));
	small_hidden(f, "state", "away");
	(void)small_field(cx, f, "day", lg_say("Back on"), "date", "");
	struct html_fields_fields *time = small_field(cx, f, "time", lg_say("Back at"), "time", "");
	time->brief = true, time->longest = 0;
	return &f->form;
}

static void put_presence(struct lg_ctx *cx, struct call *c, const struct queue *q, struct html_hotline *v)
{
	bool on = false, known = false;
	for (size_t i = 0; i < q->on.n; i++)
		if (!strcmp(q->on.rows[i].account, c->actor.account)) known = true, on = !is_away(cx, &q->on.rows[i]);
	v->presence = lg_array(cx->mem, 2, sizeof *v->presence);
	if (!on) v->presence[v->n_presence++] = (struct html_hotline_presence){ "on", lg_say("I am on"), false };
	if (known) v->presence[v->n_presence++] = (struct html_hotline_presence){ "off", lg_say("I go off"), false };
	v->away_title = lg_say("Away for a while");
	v->away = html_form_any(away_form(cx, c));
	v->telephone_title = lg_say("My telephone");
	v->telephone = html_form_any(phone_extension_form(cx, c, &q->missed));
}

static void show(struct lg_ctx *cx, struct call *c, const struct queue *q)
{
	struct html_queue *queue = queue_of(cx, c, q, c->partial ? live_csrf() : page_csrf(cx, c));
	bool invented = q->rows.n && q->rows.rows[0].invented;
	struct page page = { .title = lg_say("Hotline"), .here = "hotline", .invented = invented };
	if (c->partial) {
		page_answer(cx, c, &page, html_queue_any(queue));
		if (q->pulse.whole && !cx->notes) live_keep(c, &q->pulse, &c->rs->body);
		live_own(c, &c->rs->body);
		return;
	}
	struct html_hotline v = { .title = page.title,
		                  .lead = hotline_hours_now(cx, q->hours, c->actor.zone),
		                  .csrf = page_csrf(cx, c),
		                  .calls = html_phone_cards_any(q->cards),
		                  .queue_word = q->pulse.queue,
		                  .calls_word = q->pulse.calls,
		                  .queue = queue };
	v.actions = lg_array(cx->mem, 5, sizeof *v.actions);
	if (may(&c->actor, MAY_FIGURES_READ))
		v.actions[v.n_actions++] = (struct html_hotline_actions){ .url = "/hotline/figures",
			                                                  .name = lg_say("Figures"),
			                                                  .icon = "list-check" };
	v.actions[v.n_actions++] =
	    (struct html_hotline_actions){ .url = "/articles", .name = lg_say("Answers"), .icon = "document" };
	v.actions[v.n_actions++] =
	    (struct html_hotline_actions){ .url = "/mails",
		                           .name = q->aside.n ? lg_printf(cx->mem, "%s (%s)", lg_say("Mails set aside"),
		                                                          number(cx, q->aside.n))
		                                              : lg_say("Mails set aside"),
		                           .icon = "email" };
	v.actions[v.n_actions++] =
	    (struct html_hotline_actions){ .url = "/enquiries", .name = lg_say("All enquiries"), .icon = "search" };
	if (may(&c->actor, MAY_ENQUIRY_WRITE)) {
		v.actions[v.n_actions++] = (struct html_hotline_actions){
			.url = "/enquiries/new", .name = lg_say("New enquiry"), .icon = "plus", .first = true
		};
		put_presence(cx, c, q, &v);
	}
	page_answer(cx, c, &page, html_hotline_any(&v));
}

static json_t *row_as_json(const struct db_enquiry_queue_row *r)
{
	json_t *o = json_pack("{s:s, s:I, s:s, s:s, s:s, s:s, s:s?, s:s?, s:I, s:I}", "id", r->id, "version",
	                      (json_int_t)r->version, "channel", r->channel, "subject", r->subject, "priority",
	                      r->priority, "state", r->state, "owner", r->owner, "municipality", r->municipality,
	                      "created", (json_int_t)(r->created / US), "handovers", (json_int_t)r->handovers);
	json_object_set_new(o, "due_at", r->due_at == DB_NO_INT ? json_null() : json_integer(r->due_at / US));
	return o;
}

static json_t *rows_as_json(const struct db_enquiry_queue_row *rows, size_t n)
{
	json_t *items = json_array();
	for (size_t i = 0; i < n; i++) json_array_append_new(items, row_as_json(&rows[i]));
	return items;
}

enum lg_err on_hotline(struct lg_ctx *cx, struct call *c)
{
	struct queue q = { 0 };
	int64_t begun_ms = live_now();
	bool done = false;
	if (c->partial) LG_TRY(live_answer(cx, c, &done)); /* others have had it made, mostly */
	if (done) return LG_OK;
	LG_TRY(read_queue(cx, c, &q));
	if (!c->api) {
		live_tell(c, &q.pulse, begun_ms);
		return show(cx, c, &q), LG_OK;
	}
	answer_json(
	    cx, c, 200,
	    record_keep(cx, json_pack("{s:I, s:I, s:I, s:I, s:o}", "waiting", (json_int_t)q.count.waiting, "late",
	                              (json_int_t)q.count.late, "open", (json_int_t)q.count.open, "on",
	                              (json_int_t)count_on(cx, &q), "items", rows_as_json(q.rows.rows, q.rows.n))));
	return LG_OK;
}

/* Tells that something changed, and nothing else: whoever hears it reads that part of the page. */
enum lg_err on_hotline_live(struct lg_ctx *cx, struct call *c) { return live_stream(cx, c, LIVE_BOTH, LIVE_MS); }

/* --- who is on */

static int64_t until_sent(struct lg_ctx *cx, struct call *c, const struct hotline_hours *h)
{
	int32_t day = small_date(cx, c, "day");
	const char *time = small_sent(c, "time");
	int minutes = *time ? week_minutes_read(time, strlen(time)) : 0;
	if (minutes < 0) (void)!lg_fail(cx, LG_INVALID, "time", lg_say("This is no time: write it like 14:30."));
	if (cx->notes || (day == DB_NO_DATE && !*time)) return DB_NO_INT;
	if (day == DB_NO_DATE) day = page_today(cx, c);
	int64_t until = hotline_moment(h, (int64_t)day * DAY_S + (int64_t)minutes * MINUTE_S);
	if (until <= cx->now) (void)!lg_fail(cx, LG_INVALID, "time", lg_say("This is over already."));
	return until * US;
}

enum lg_err on_presence(struct lg_ctx *cx, struct call *c)
{
	static const char *const names[] = { "state", "day", "time", NULL };
	struct hotline_hours *hours;
	const char *municipality, *state = small_sent(c, "state");
	LG_TRY(small_only(cx, c, names));
	LG_TRY(enquiry_clock(cx, c, &hours, &municipality));
	if (!strcmp(state, "off")) {
		db_presence_off_send(cx, c->db, (struct db_presence_off_in){ .account = c->actor.account });
	} else if (!strcmp(state, "on") || !strcmp(state, "away")) {
		int64_t until = !strcmp(state, "away") ? until_sent(cx, c, hours) : DB_NO_INT;
		if (cx->notes) {
			struct queue q = { 0 };
			LG_TRY(read_queue(cx, c, &q));
			return show(cx, c, &q), LG_OK;
		}
		db_presence_put_send(
		    cx, c->db,
		    (struct db_presence_put_in){ .account = c->actor.account, .state = state, .until = until });
	} else {
		return lg_fail(cx, LG_INVALID, "state", lg_say("Choose one of the list."));
	}
	LG_TRY(app_end(cx, c));
	answer_see(cx, c, "/hotline", "saved");
	return LG_OK;
}

/* --- all of them */

static const char *const parts[] = { "q", "state", "channel", "subject", "municipality", "owner", NULL };

static enum lg_err check(struct lg_ctx *cx, const struct list_of *ask)
{
	const char *state = list_part(ask, "state"), *channel = list_part(ask, "channel"),
	           *subject = list_part(ask, "subject"), *owner = list_part(ask, "owner"), *id;
	if (*state && strcmp(state, "open") != 0 && !choice_find(CHOICE_enquiry_state, state))
		return list_refuse(cx, "state");
	if (*channel && !choice_find(CHOICE_enquiry_channel, channel)) return list_refuse(cx, "channel");
	if (*subject && !choice_find(CHOICE_enquiry_subject, subject)) return list_refuse(cx, "subject");
	if (*owner && app_uuid(owner, &id) != LG_OK) return list_refuse(cx, "owner");
	return LG_OK;
}

static int64_t before_of(const struct list_of *ask)
{
	return *ask->after_key ? strtoll(ask->after_key, NULL, 10) : DB_NO_INT;
}

static void list_send(struct lg_ctx *cx, struct call *c, const struct list_of *ask, struct db_enquiry_queue_rows *out)
{
	const char *q = list_part(ask, "q");
	char first[ENQUIRY_ID], last[ENQUIRY_ID];
	if (enquiry_reference(first, last, q)) {
		db_enquiry_of_reference_send(
		    cx, c->db, out,
		    (struct db_enquiry_of_reference_in){ .first = lg_strdup(cx->mem, first),
		                                         .last = lg_strdup(cx->mem, last),
		                                         .state = list_part(ask, "state"),
		                                         .channel = list_part(ask, "channel"),
		                                         .subject = list_part(ask, "subject"),
		                                         .municipality = list_part(ask, "municipality"),
		                                         .owner = list_id(ask, "owner"),
		                                         .room = ask->room + 1 });
		return;
	}
	if (*q) {
		struct list_keys k = list_keys_of(cx, q);
		db_enquiry_found_send(cx, c->db, out,
		                      (struct db_enquiry_found_in){ .keys = k.keys,
		                                                    .spelled = k.least.spelled,
		                                                    .heard = k.least.heard,
		                                                    .state = list_part(ask, "state"),
		                                                    .channel = list_part(ask, "channel"),
		                                                    .subject = list_part(ask, "subject"),
		                                                    .municipality = list_part(ask, "municipality"),
		                                                    .owner = list_id(ask, "owner"),
		                                                    .room = ask->room + 1 });
		return;
	}
	db_enquiry_list_send(cx, c->db, out,
	                     (struct db_enquiry_list_in){ .state = list_part(ask, "state"),
	                                                  .channel = list_part(ask, "channel"),
	                                                  .subject = list_part(ask, "subject"),
	                                                  .municipality = list_part(ask, "municipality"),
	                                                  .owner = list_id(ask, "owner"),
	                                                  .before = before_of(ask),
	                                                  .before_id = ask->after_id,
	                                                  .room = ask->room + 1 });
}

static void put_filters(struct lg_ctx *cx, const struct list_of *ask, const struct form_with *with, struct html_list *v)
{
	v->filters = lg_array(cx->mem, 4, sizeof *v->filters);
	list_choice_filter(cx, v, "state", lg_say("State"), CHOICE_enquiry_state, list_part(ask, "state"));
	list_choice_filter(cx, v, "channel", lg_say("How it came"), CHOICE_enquiry_channel, list_part(ask, "channel"));
	list_choice_filter(cx, v, "subject", lg_say("Subject"), CHOICE_enquiry_subject, list_part(ask, "subject"));
	list_member_filter(cx, v, "owner", lg_say("Who has it"), with, list_part(ask, "owner"));
	v->hidden = lg_array(cx->mem, 1, sizeof *v->hidden);
	if (*list_part(ask, "municipality"))
		v->hidden[v->n_hidden++] =
		    (struct html_list_hidden){ .name = "municipality", .value = list_part(ask, "municipality") };
}

enum lg_err on_enquiry_list(struct lg_ctx *cx, struct call *c)
{
	struct db_enquiry_queue_rows rows = { 0 };
	struct db_colleague_list_rows colleagues = { 0 };
	struct list_of ask;
	LG_TRY(list_of_read(cx, c, &ask, parts));
	LG_TRY(check(cx, &ask));
	list_send(cx, c, &ask, &rows);
	db_colleague_list_send(cx, c->db, &colleagues);
	LG_TRY(app_end(cx, c));
	size_t n = rows.n > (size_t)ask.room ? (size_t)ask.room : rows.n;
	const char *key = n ? lg_printf(cx->mem, "%lld", (long long)rows.rows[n - 1].created) : "";
	if (c->api) {
		json_t *o = record_keep(cx, json_pack("{s:o}", "items", rows_as_json(rows.rows, n)));
		if (rows.n > n) list_put_next(cx, o, key, rows.rows[n - 1].id);
		return answer_json(cx, c, 200, o), LG_OK;
	}
	struct form_with with = colleagues_of(cx, &colleagues);
	struct html_records *table = enquiry_table(cx, c, lg_say("Enquiries"), rows.rows, n, &with, false);
	table->empty = lg_say("No enquiry fits these filters");
	char count[48];
	struct html_found found = { .count = lg_printf(cx->mem, lg_says("%s enquiry", "%s enquiries", n),
		                                       lg_number_count(count, n)),
		                    .records = table };
	struct html_list v = { .title = lg_say("Enquiries"),
		               .action = "/enquiries",
		               .find = lg_say("Caller's name or workplace, or a reference"),
		               .find_help = lg_printf(cx->mem, lg_say("Part of a name, or like %s"), "3F9A-21C4"),
		               .q = list_part(&ask, "q"),
		               .found = &found };
	if (rows.n > n) list_put_pages(cx, &ask, "/enquiries", &found, key, rows.rows[n - 1].id);
	put_filters(cx, &ask, &with, &v);
	v.actions = lg_array(cx->mem, 2, sizeof *v.actions);
	v.actions[v.n_actions++] = (struct html_list_actions){ .url = "/hotline", .name = lg_say("The queue") };
	if (may(&c->actor, MAY_ENQUIRY_WRITE))
		v.actions[v.n_actions++] = (struct html_list_actions){
			.url = "/enquiries/new", .name = lg_say("New enquiry"), .icon = "plus", .first = true
		};
	list_show(cx, c, &v, "hotline", n && rows.rows[0].invented);
	return LG_OK;
}
