/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>

#include "base/date.h"
#include "intake_fixture.h"
#include "market/municipality.h"

/* ------------------------------------------------------------------------------ one row, one column changed */

#define CANDIDATE_HEAD                                                                                                 \
	"id,municipality,lat,lon,max_commute_km,occupations,skills,languages,licences,contracts,hours_min,hours_max,"  \
	"availability,busy,wishes,wants_work,legal_basis,start\n"

/* A file of candidates (or openings) with the columns id, lat, lon and the one that is tried. */
static const struct lg_market *try_value(struct scene *s, enum lg_side side, const char *column, const char *value)
{
	char text[70000];
	bool place = strcmp(column, "municipality") != 0;
	int n = snprintf(text, sizeof text, "id,%s%s%s\nx,%s\"%s\"\n", place ? "lat,lon," : "", column,
	                 side == LG_CANDIDATES && strcmp(column, "wants_work") ? ",wants_work" : "",
	                 place ? "55.7,12.5," : "", value);
	assert_in_range(n, 1, sizeof text - 10);
	if (side == LG_CANDIDATES && strcmp(column, "wants_work")) {
		text[n - 1] = '\0';
		strcat(text, ",yes\n");
		n = (int)strlen(text);
	}
	scene_begin(s);
	assert_int_equal(scene_file(s, side, "t.csv", text, (size_t)n, 1 << 20), LG_OK);
	return scene_market(s);
}

/* The value is refused, under its column, and the advice holds `why`. */
static void bad(enum lg_side side, const char *column, const char *value, const char *why)
{
	struct scene s;
	const struct lg_market *m = try_value(&s, side, column, value);
	if (m->n_rejections != 1) fail_msg("%s: \"%s\" was taken", column, value);
	const struct lg_rejection *r = &m->rejections[0];
	assert_string_equal(r->file, "t.csv");
	assert_int_equal(r->line, 2);
	assert_string_equal(r->column, column);
	if (!strstr(r->advice, why)) fail_msg("\"%s\" is not in \"%s\"", why, r->advice);
	assert_int_equal(m->n_candidates + m->n_openings, 0);
	scene_end(&s);
}

/* The value is taken, and `want` stands in the dump of its row. */
static void good(enum lg_side side, const char *column, const char *value, const char *want)
{
	struct scene s;
	const struct lg_market *m = try_value(&s, side, column, value);
	if (m->n_rejections) fail_msg("%s: \"%s\": %s", column, value, m->rejections[0].advice);
	struct lg_buf b = dump(m);
	if (!strstr(b.data, want)) fail_msg("%s: \"%s\": \"%s\" is not in\n%s", column, value, want, b.data);
	lg_buf_free(&b);
	scene_end(&s);
}
#define BAD_C(column, value, why) bad(LG_CANDIDATES, column, value, why)
#define BAD_O(column, value, why) bad(LG_OPENINGS, column, value, why)
#define GOOD_C(column, value, want) good(LG_CANDIDATES, column, value, want)
#define GOOD_O(column, value, want) good(LG_OPENINGS, column, value, want)

static void occupations(void **state)
{
	(void)state;
	GOOD_C("occupations", "2221=4", " o2221=4");
	GOOD_C("occupations", "2221", " o2221=0");
	GOOD_C("occupations", "2221=3.9;2;2221=1 ; ;22=80", " o2=0 o22=80 o2221=3");
	GOOD_C("occupations", "http://data.europa.eu/esco/isco/C2221=2", " o2221=2");
	GOOD_C("occupations", "", " w1\n f");
	BAD_C("occupations", "2221=81", "0 to 80");
	BAD_C("occupations", "2221=-1", "0 to 80");
	BAD_C("occupations", "2221=", "0 to 80");
	BAD_C("occupations", "2221=two", "0 to 80");
	BAD_C("occupations", "9999", "ISCO-08");
	GOOD_C("occupations", "nurse", " olg:nurse=0"); /* words: test_understood.c */
	BAD_C("occupations", "lg:nurses", "ISCO-08");
	GOOD_O("occupations", "5321;2221;5321", " o2221 o5321");
	GOOD_O("occupations", "", "rejected 0");
	BAD_O("occupations", "2221=4", "ISCO-08");
	GOOD_C("wishes", "2;5321;53", " w2 w53 w5321");
	BAD_C("wishes", "care", "not clear");
}

static void skills(void **state)
{
	(void)state;
	struct scene s;
	GOOD_C("skills", "lg:first-aid;lg:teamwork;lg:first-aid", " s");
	BAD_C("skills", "lg:no-such-skill", "not known");
	const struct lg_market *m = try_value(&s, LG_OPENINGS, "essential_skills,optional_skills,employer",
	                                      "lg:first-aid;lg:teamwork\",\"lg:planning;lg:teamwork\",\"ACME");
	assert_int_equal(m->n_openings, 1);
	assert_int_equal(m->openings[0].n_essential, 2);
	assert_int_equal(m->openings[0].n_optional, 1);
	const struct lgm_skill *e = m->openings[0].essential, *o = m->openings[0].optional;
	assert_true(e[0].skill < e[1].skill);
	assert_int_equal(o[0].skill, lg_taxonomy_skill(s.taxonomy, "lg:planning", 11));
	for (size_t i = 0; i < 2; i++) assert_int_equal(e[i].weight, lg_taxonomy_skill_weights(s.taxonomy)[e[i].skill]);
	assert_string_equal(m->opening_rows[0].employer, "ACME");
	scene_end(&s);
	BAD_O("essential_skills", "first aid", "give first aid (lg:first-aid)");
}

static void lists_have_limits(void **state)
{
	(void)state;
	char text[16000] = "";
	for (int i = 0; i < 1001; i++) strcat(text, i ? ";2221" : "2221");
	BAD_C("occupations", text, "1001 entries");
	text[strlen(text) - 5] = '\0';
	GOOD_C("occupations", text, " o2221=0");
}

static void languages(void **state)
{
	(void)state;
	GOOD_C("languages", "uk=native;da=A2", " da=A2 uk=native");
	GOOD_C("languages", " da = a2+ ; en=NATIVE", " da=A2+ en=native");
	GOOD_C("languages", "dan=B1;prs=A0", " da=B1 prs=A0");
	GOOD_C("languages", "da=B1;da=B1", " da=B1");
	BAD_C("languages", "da=B1;dan=B2", "twice");
	BAD_C("languages", "da", "level");
	BAD_C("languages", "da=B3", "level");
	BAD_C("languages", "da=", "level");
	BAD_C("languages", "DA=B1", "ISO 639");
	BAD_C("languages", "dk=B1", "Danish is da");
	BAD_C("languages", "ua=native", "Ukrainian is uk");
	GOOD_C("languages", "danish=B1", " da=B1");
	GOOD_C("languages", "Dansk=B1; українська = рідна;Türkçe=a2", " da=B1 tr=A2 uk=native");
	GOOD_C("languages", "svenska=modersmål;Dari=Mother tongue", " prs=native sv=native");
	BAD_C("languages", "danish=B1;da=B2", "twice");
	BAD_C("languages", "danisch=B1", "ISO 639");
	BAD_C("languages", "українська=вільно", "level");
	GOOD_O("languages", "sv=C1+", " sv=C1+");
	for (unsigned i = 1; i < LGM_LEVELS; i++) {
		char value[20], want[20];
		(void)snprintf(value, sizeof value, "da=%s", lg_level_name(i));
		(void)snprintf(want, sizeof want, " da=%s ", lg_level_name(i));
		GOOD_C("languages", value, want);
	}
	assert_string_equal(lg_level_name(0), "");
	assert_null(lg_level_name(LGM_LEVELS));
}

static void licences(void **state)
{
	(void)state;
	GOOD_C("licences", "2221@DK=held;2221@SE=pending", " 2221@DK=1 2221@SE=0");
	GOOD_C("licences", "http://data.europa.eu/esco/isco/C2221@DK=held", " 2221@DK=1");
	GOOD_C("licences", "2221@DK=held;http://data.europa.eu/esco/isco/C2221@DK=HELD", " 2221@DK=1");
	BAD_C("licences", "2221@DK=held;2221@DK=pending", "held and as pending");
	BAD_C("licences", "2221@DK", "=held or =pending");
	BAD_C("licences", "2221@DK=maybe", "=held or =pending");
	BAD_C("licences", "2221=held", "COUNTRY");
	BAD_C("licences", "2221@dk=held", "COUNTRY");
	BAD_C("licences", "2221@DNK=held", "COUNTRY");
	BAD_C("licences", "9999@DK=held", "ISCO-08");
	GOOD_O("licence", "2221@SE;2221@DK", " 2221@DK 2221@SE");
	BAD_O("licence", "2221@DK=held", "COUNTRY");
}

static void contracts(void **state)
{
	(void)state;
	GOOD_C("contracts", "", " k1ff ");
	GOOD_C("contracts", "job;Placement", " k3 ");
	BAD_C("contracts", "job;fun", "kinds of contract");
	GOOD_O("contract", "", " k0 ");
	BAD_O("contract", "job;igu", "one kind");
	for (unsigned i = 0; i < LGM_CONTRACTS; i++) {
		char want[16];
		(void)snprintf(want, sizeof want, " k%x ", 1u << i);
		GOOD_C("contracts", lg_contract_name(i), want);
		(void)snprintf(want, sizeof want, " k%u ", i);
		GOOD_O("contract", lg_contract_name(i), want);
	}
	assert_null(lg_contract_name(LGM_CONTRACTS));
}

static void numbers(void **state)
{
	(void)state;
	GOOD_C("max_commute_km", "", " c3000 ");
	GOOD_C("max_commute_km", "12.5", " c1250 ");
	GOOD_C("max_commute_km", "250", " c25000 ");
	BAD_C("max_commute_km", "0", "kilometres");
	BAD_C("max_commute_km", "250.01", "kilometres");
	BAD_C("max_commute_km", "-5", "kilometres");
	BAD_C("max_commute_km", "30 km", "kilometres");
	BAD_C("max_commute_km", "99999999999999999999", "kilometres");
	GOOD_C("hours_min", "", " h0-1680 ");
	GOOD_C("hours_min", "18,5", " h185-1680 ");
	GOOD_C("hours_max", "37.5", " h0-375 ");
	BAD_C("hours_max", "168.1", "0 to 168");
	BAD_C("hours_max", "1.2.3", "0 to 168");
	BAD_C("hours_max", ".", "0 to 168");
	GOOD_O("hours", "", " h65535 ");
	GOOD_O("hours", "37", " h370 ");
	GOOD_O("hours", "0", " h0 ");
	GOOD_O("positions", "", " p1\n");
	GOOD_O("positions", "65535", " p65535\n");
	BAD_O("positions", "0", "1 to 65535");
	BAD_O("positions", "65536", "1 to 65535");
	BAD_O("positions", "1.5", "whole");
	BAD_O("positions", "many", "1 to 65535");
}

static void yes_and_no(void **state)
{
	(void)state;
	static const char *const yes[] = { "yes", "TRUE", "1" }, *const no[] = { "", "no", "False", "0" };
	for (size_t i = 0; i < 3; i++) GOOD_O("assistant_allowed", yes[i], " a1 ");
	for (size_t i = 0; i < 4; i++) GOOD_O("assistant_allowed", no[i], " a0 ");
	BAD_O("assistant_allowed", "ja", "yes or no");
	BAD_O("remote", "2", "yes or no");
	GOOD_C("wants_work", "yes", " w1\n");
	GOOD_C("wants_work", "", " w1\n");
	GOOD_C("wants_work", "later", " w0\n");
	GOOD_C("wants_work", "no", " w0\n");
	BAD_C("wants_work", "true", "yes, later or no");
}

static void dates(void **state)
{
	(void)state;
	GOOD_C("start", "1970-01-02", " s1 ");
	GOOD_O("start", "2026-09-01", " s20697 ");
	GOOD_C("start", "", " s-2147483648 ");
	BAD_C("start", "1.9.2026", "year-month-day");
	BAD_C("start", "2026-02-30", "year-month-day");
}

static void places(void **state)
{
	(void)state;
	GOOD_C("municipality", "0101", "x|0101|");
	GOOD_C("municipality", "101", "x|0101|");
	GOOD_C("municipality", "DK-0101", "x|0101|");
	GOOD_C("municipality", "SE-0480", "x|SE-0480|");
	BAD_C("municipality", "0480", "DK-0480 or SE-0480");
	BAD_C("municipality", "0999", "No municipality");
	BAD_C("municipality", "København", "No municipality");
	BAD_C("municipality", "", "Give a place");
	BAD_O("municipality", "", "Give a place");
}

static void expect_rejection(const char *text, enum lg_side side, const char *column, const char *why)
{
	struct scene s;
	scene_begin(&s);
	assert_int_equal(scene_file(&s, side, "t.csv", text, strlen(text), 1 << 20), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_rejections, why ? 1 : 0);
	if (why) {
		assert_string_equal(m->rejections[0].column, column);
		if (!strstr(m->rejections[0].advice, why)) fail_msg("\"%s\"", m->rejections[0].advice);
	} else
		assert_int_equal(m->n_candidates + m->n_openings, 1);
	scene_end(&s);
}

static void degrees(void **state)
{
	(void)state;
	expect_rejection("id,lat,lon\nx,55.7,\n", LG_CANDIDATES, "lon", "both lat and lon");
	expect_rejection("id,lat,lon\nx,,12\n", LG_CANDIDATES, "lat", "both lat and lon");
	expect_rejection("id,lat,lon\nx,90.1,12\n", LG_CANDIDATES, "lat", "-90 to 90");
	expect_rejection("id,lat,lon\nx,55,181\n", LG_CANDIDATES, "lon", "-180 to 180");
	expect_rejection("id,lat,lon\nx,55°N,12\n", LG_CANDIDATES, "lat", "degrees");
	expect_rejection("id,lat,lon\nx,\"55,7\",-12.123456789\n", LG_CANDIDATES, NULL, NULL);
	expect_rejection("id,municipality,lat,lon\nx,0480,55.3,10.4\n", LG_CANDIDATES, NULL, NULL);
	expect_rejection("id,municipality,lat,lon\nx,Kyiv,50.45,30.52\n", LG_CANDIDATES, NULL, NULL);
	expect_rejection("id,remote\nx,yes\n", LG_OPENINGS, NULL, NULL);
	expect_rejection("id,remote\nx,no\n", LG_OPENINGS, "municipality", "Give a place");
	expect_rejection("id,remote,municipality\nx,yes,4711\n", LG_OPENINGS, "municipality", "No municipality");
}

static void hours_in_the_wrong_order(void **state)
{
	(void)state;
	expect_rejection("id,municipality,hours_min,hours_max\nx,0101,30,20\n", LG_CANDIDATES, "hours_min", "greater");
	expect_rejection("id,municipality,hours_min,hours_max\nx,0101,30,30\n", LG_CANDIDATES, NULL, NULL);
}

static void ids(void **state)
{
	(void)state;
	expect_rejection("id,municipality\n,0101\n", LG_CANDIDATES, "id", "id of its own");
	expect_rejection("id,municipality\n\"a\nb\",0101\n", LG_CANDIDATES, "id", "control");
	char text[400] = "id,municipality\n";
	memset(text + 16, 'i', 201);
	strcpy(text + 16 + 201, ",0101\n");
	expect_rejection(text, LG_CANDIDATES, "id", "200 bytes");
	expect_rejection(text + 0, LG_OPENINGS, "id", "200 bytes");
}

/* -------------------------------------------------------------------------------------------------- weeks */

static bool slot(const struct lgm_week *w, int day, int half_hour)
{
	int s = day * 48 + half_hour;
	return w->bits[s / 64] >> s % 64 & 1;
}

static unsigned slots(const struct lgm_week *w)
{
	unsigned n = 0;
	for (int s = 0; s < 336; s++) n += slot(w, s / 48, s % 48);
	return n;
}

static struct lgm_week week(enum lg_side side, const char *column, const char *value)
{
	struct scene s;
	const struct lg_market *m = try_value(&s, side, column, value);
	assert_int_equal(m->n_rejections, 0);
	struct lgm_week w = side == LG_CANDIDATES ? m->candidates[0].free : m->openings[0].schedule;
	scene_end(&s);
	return w;
}

static void weeks_round_the_careful_way(void **state)
{
	(void)state;
	struct lgm_week w = week(LG_CANDIDATES, "availability", "mon 08:10-16:20");
	assert_int_equal(slots(&w), 15); /* 08:30-16:00 */
	assert_false(slot(&w, 0, 16));
	assert_true(slot(&w, 0, 17));
	assert_true(slot(&w, 0, 31));
	assert_false(slot(&w, 0, 32));
	w = week(LG_OPENINGS, "schedule", "mon 08:10-16:20");
	assert_int_equal(slots(&w), 17); /* 08:00-16:30 */
	w = week(LG_CANDIDATES, "busy", "tue 9:10-9:20");
	assert_int_equal(slots(&w), 335);
	assert_false(slot(&w, 1, 18));
	w = week(LG_CANDIDATES, "availability", "mon 08:10-08:20");
	assert_int_equal(slots(&w), 0);
}

static void weeks_have_ranges_and_nights(void **state)
{
	(void)state;
	struct lgm_week w = week(LG_CANDIDATES, "availability", "");
	assert_int_equal(slots(&w), 336);
	w = week(LG_OPENINGS, "schedule", "");
	assert_int_equal(slots(&w), 0);
	w = week(LG_OPENINGS, "schedule", "mon-fri 08:00-16:00; Sat 08:00-09:00");
	assert_int_equal(slots(&w), 5 * 16 + 2);
	w = week(LG_OPENINGS, "schedule", "sat-mon 00:00-24:00");
	assert_int_equal(slots(&w), 3 * 48);
	assert_true(slot(&w, 0, 0) && slot(&w, 5, 0) && slot(&w, 6, 47) && !slot(&w, 1, 0));
	w = week(LG_OPENINGS, "schedule", "fri 22:00-06:00");
	assert_int_equal(slots(&w), 16);
	assert_true(slot(&w, 4, 44) && slot(&w, 5, 11) && !slot(&w, 5, 12));
	w = week(LG_OPENINGS, "schedule", "sun 23:00-01:00"); /* the week is a ring */
	assert_true(slot(&w, 6, 46) && slot(&w, 6, 47) && slot(&w, 0, 0) && slot(&w, 0, 1));
	assert_int_equal(slots(&w), 4);
}

static void weeks_that_are_none(void **state)
{
	(void)state;
	static const char *const wrong[] = { "mon",
		                             "mon 8-16",
		                             "man 08:00-16:00",
		                             "mon 08:00",
		                             "mon 25:00-26:00",
		                             "mon 08:60-09:00",
		                             "mon 08:00-08:00",
		                             "08:00-16:00",
		                             "mon 24:00-06:00",
		                             "mon 08:00-16:00 tue",
		                             "mon- 08:00-16:00",
		                             "mon 08:00-24:30",
		                             "mon -8:00-16:00",
		                             "monday 08:00-16:00",
		                             "mon 08:00-16:0" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		BAD_C("availability", wrong[i], "mon 08:00-16:00");
		BAD_C("busy", wrong[i], "mon 08:00-16:00");
		BAD_O("schedule", wrong[i], "mon 08:00-16:00");
	}
}

/* ------------------------------------------------------------------------------- the same market, many forms */

static const char candidates_csv[] = CANDIDATE_HEAD
    "b,0101,,,20,2221=4;5321,lg:teamwork;lg:first-aid,uk=native;da=A2,2221@SE=pending;2221@DK=held,job;igu,20,37.5,"
    "mon-fri 08:00-16:00,tue 09:00-12:00,53;2,yes,consent,2026-09-01\n"
    "a,SE-0480,55.5,12.5,,9112=1,,\"ar=native;en=B1\",,,,,,,,later,task,\n"
    "åse,0147,,,7.5,,,da=C2,,clinical-day,,,sat 10:00-14:00,,,yes,task,\n";
static const char openings_csv[] =
    "id,employer,municipality,lat,lon,occupations,essential_skills,optional_skills,languages,licence,assistant_allowed,"
    "contract,hours,schedule,positions,start,remote\n"
    "2,\"Hospital, \"\"North\"\"\",0101,,,2221,lg:first-aid,lg:teamwork;lg:planning,da=B2;en=A1,2221@DK,yes,job,37,"
    "mon-fri 08:00-16:00;fri 22:00-06:00,3,2026-10-01,no\n"
    "10,Office,,,,,,,sv=B1,,,wage-subsidy,,,,,true\n";

static struct lg_buf market_of(const char *c, size_t nc, const char *o, size_t no, size_t step)
{
	struct scene s;
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "c", c, nc, step), LG_OK);
	assert_int_equal(scene_file(&s, LG_OPENINGS, "o", o, no, step), LG_OK);
	struct lg_buf b = dump(scene_market(&s));
	scene_end(&s);
	return b;
}

static void same(const struct lg_buf *want, const char *c, const char *o, size_t step)
{
	struct lg_buf b = market_of(c, strlen(c), o, strlen(o), step);
	assert_string_equal(b.data, want->data);
	lg_buf_free(&b);
}

static void with_crlf(struct lg_buf *out, const char *text)
{
	lg_puts(out, "\xEF\xBB\xBF");
	for (; *text; text++) {
		if (*text == '\n') lg_putc(out, '\r');
		lg_putc(out, *text);
	}
}

/* Commas outside quotes become semicolons; fields with semicolons get quotes. */
static void with_semicolons(struct lg_buf *out, const char *text)
{
	while (*text) {
		bool quoted = *text == '"', list = false;
		const char *end = text;
		for (bool in = false; *end && (in || (*end != ',' && *end != '\n')); end++) {
			if (*end == '"') in = !in;
			if (*end == ';') list = true;
		}
		if (list && !quoted) lg_putc(out, '"');
		lg_put(out, text, (size_t)(end - text));
		if (list && !quoted) lg_putc(out, '"');
		if (*end) lg_putc(out, *end == ',' ? ';' : '\n');
		text = *end ? end + 1 : end;
	}
}

static const char candidates_ndjson[] =
    "{\"id\":\"b\",\"municipality\":101,\"max_commute_km\":20,\"occupations\":[\"2221=4\",5321],\"skills\":\"lg:"
    "teamwork;lg:first-aid\","
    "\"languages\":[\"da=A2\",\"uk=native\"],\"licences\":\"2221@SE=pending;2221@DK=held\",\"contracts\":[\"job\","
    "\"igu\"],"
    "\"hours_min\":20,\"hours_max\":37.5,\"availability\":[\"mon-fri 08:00-16:00\"],\"busy\":\"tue "
    "09:00-12:00\",\"wishes\":[53,2],"
    "\"wants_work\":\"yes\",\"legal_basis\":\"consent\",\"start\":\"2026-09-01\"}\n"
    "{\"id\":\"\\u00e5se\",\"municipality\":\"0147\",\"max_commute_km\":7.5,\"languages\":\"da=C2\",\"contracts\":"
    "\"clinical-day\","
    "\"availability\":\"sat 10:00-14:00\",\"wants_work\":\"yes\",\"legal_basis\":\"task\"}\n\n"
    "{\"id\":\"a\",\"municipality\":\"SE-0480\",\"lat\":55.5,\"lon\":12.5,\"occupations\":\"9112=1\",\"languages\":"
    "\"ar=native;en=B1\","
    "\"wants_work\":\"later\",\"legal_basis\":\"task\",\"start\":null}";
static const char openings_ndjson[] =
    "{\"id\":10,\"employer\":\"Office\",\"languages\":\"sv=B1\",\"contract\":\"wage-subsidy\",\"remote\":true}\n"
    "{\"id\":2,\"employer\":\"Hospital, "
    "\\\"North\\\"\",\"municipality\":\"0101\",\"occupations\":2221,\"essential_skills\":[\"lg:first-aid\"],"
    "\"optional_skills\":\"lg:teamwork;lg:planning\",\"languages\":\"da=B2;en=A1\",\"licence\":\"2221@DK\",\"assistant_"
    "allowed\":true,"
    "\"contract\":\"job\",\"hours\":37.0,\"schedule\":[\"mon-fri 08:00-16:00\",\"fri 22:00-06:00\"],\"positions\":3,"
    "\"start\":\"2026-10-01\",\"remote\":false}\n";

static void one_market_in_many_forms(void **state)
{
	(void)state;
	struct lg_buf want =
	    market_of(candidates_csv, strlen(candidates_csv), openings_csv, strlen(openings_csv), 1 << 20);
	struct lg_buf c = { 0 }, o = { 0 };
	assert_non_null(
	    strstr(want.data, "languages ar da en sv uk\nlicences 2221@DK 2221@SE\npositions 4, rejected 0\n"));
	assert_ptr_equal(strstr(want.data, "a|SE-0480"), want.data);
	assert_true(strstr(want.data, "10|") < strstr(want.data, "2|0101|Hospital"));
	same(&want, candidates_csv, openings_csv, 1);
	same(&want, candidates_csv, openings_csv, 3);
	with_crlf(&c, candidates_csv);
	with_crlf(&o, openings_csv);
	same(&want, c.data, o.data, 1 << 20);
	same(&want, c.data, o.data, 1);
	lg_buf_clear(&c);
	lg_buf_clear(&o);
	with_semicolons(&c, candidates_csv);
	with_semicolons(&o, openings_csv);
	same(&want, c.data, o.data, 1 << 20);
	same(&want, c.data, o.data, 1);
	same(&want, candidates_ndjson, openings_ndjson, 1 << 20);
	same(&want, candidates_ndjson, openings_csv, 1);
	lg_buf_free(&c);
	lg_buf_free(&o);
	lg_buf_free(&want);
}

/* 300 people in one order and in another. */
static void put_people(struct lg_buf *b, unsigned step)
{
	static const char *const languages[] = { "uk", "da", "ar", "prs", "ti", "en", "so", "fa", "sv" };
	static const char *const licences[] = { "2221@DK", "2211@SE", "2211@DK", "5321@NO", "2261@DK" };
	lg_buf_clear(b);
	lg_puts(b, "id,municipality,languages,licences,wants_work,legal_basis\n");
	for (unsigned k = 0, i = 0; k < 300; k++, i = (i + step) % 300)
		lg_putf(b, "p%u,0101,%s=B1;%s=A1,%s=held;%s=held,yes,x\n", i, languages[i % 9],
		        languages[(i + 1 + i % 7) % 9], licences[i % 5], licences[(i + 1 + i % 3) % 5]);
}

static void the_order_of_lines_is_of_no_account(void **state)
{
	(void)state;
	struct lg_buf text = { 0 };
	const char *o = "id,remote\no,yes\n";
	put_people(&text, 1);
	struct lg_buf want = market_of(text.data, text.len, o, strlen(o), 1000);
	put_people(&text, 77);
	same(&want, text.data, o, 1000);
	put_people(&text, 299);
	same(&want, text.data, o, 1000);
	lg_buf_free(&text);
	lg_buf_free(&want);
}

static void columns_about_the_person_change_nothing(void **state)
{
	(void)state;
	const char *o = "id,remote\no,yes\n";
	struct scene s;
	struct lg_buf want = market_of(candidates_csv, strlen(candidates_csv), o, strlen(o), 100);
	struct lg_buf text = { 0 };
	for (const char *p = candidates_csv; *p; p++) {
		if (*p == '\n')
			lg_puts(&text, p - candidates_csv < 300 ? ",name,sex,age,nationality" : ",Anna,f,31,UA");
		lg_putc(&text, *p);
	}
	same(&want, text.data, o, 100);
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "c", text.data, text.len, 100), LG_OK);
	assert_int_equal(scene_market(&s)->n_warnings, 4);
	assert_string_equal(s.m->warnings[1].text, "Column \"sex\" is not used.");
	assert_string_equal(s.m->warnings[1].file, "c");
	assert_int_equal(s.m->warnings[1].first_line, 1);
	scene_end(&s);
	lg_buf_free(&text);
	lg_buf_free(&want);
}

static void legal_basis_changes_nothing_but_a_warning(void **state)
{
	(void)state;
	struct scene s;
	const char *text = "id,municipality,wants_work,legal_basis\na,0101,yes,x\nb,0101,yes,\nc,0101,,\n";
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "c", text, strlen(text), 100), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_candidates, 3);
	assert_int_equal(m->n_warnings, 2);
	assert_non_null(strstr(m->warnings[0].text, "legal_basis is empty"));
	assert_int_equal(m->warnings[0].count, 2);
	assert_int_equal(m->warnings[0].first_line, 3);
	assert_non_null(strstr(m->warnings[1].text, "wants_work is empty"));
	assert_int_equal(m->warnings[1].count, 1);
	assert_int_equal(m->warnings[1].first_line, 4);
	scene_end(&s);
}

static void repeated_ids_are_rejected(void **state)
{
	(void)state;
	struct scene s;
	const char *one =
	    "id,municipality,languages,wants_work,legal_basis\nb,0101,,yes,x\na,0101,,yes,x\nb,0147,tl=B1,yes,x\n";
	const char *two = "id,municipality,wants_work,legal_basis\nbb,0101,yes,x\na,0101,yes,x\n";
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "one.csv", one, strlen(one), 100), LG_OK);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "two.csv", two, strlen(two), 100), LG_OK);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_candidates, 3);
	assert_string_equal(m->candidate_rows[0].id, "a");
	assert_string_equal(m->candidate_rows[1].id, "b");
	assert_string_equal(m->candidate_rows[1].municipality, "0101");
	assert_string_equal(m->candidate_rows[2].id, "bb");
	assert_int_equal(m->n_languages, 0); /* only a rejected row named one */
	assert_int_equal(m->n_rejections, 2);
	assert_int_equal(m->rejections[0].line, 4);
	assert_string_equal(m->rejections[0].advice, "Line 2 has the same id already. Give each row an id of its own.");
	assert_string_equal(m->rejections[1].file, "two.csv");
	assert_string_equal(m->rejections[1].advice,
	                    "Line 3 of one.csv has the same id already. Give each row an id of its own.");
	scene_end(&s);
}

static void rejections_as_csv(void **state)
{
	(void)state;
	struct scene s;
	const char *text = "id,municipality,hours_max,wants_work,legal_basis\n"
	                   "a,0101,\"=HYPERLINK(\"\"x\"\")\nline two\",yes,x\n"
	                   "b,0101,37,yes,x\nc,0480,,yes,x\nd,0101\n,0101,,yes,x\nb,0101,,yes,x\n"
	                   "e\xFF,0101,,yes,x\n,,,,\nf,0101,\"37,yes,x\n";
	const char *want =
	    "file,line,column,value,advice\n"
	    "t.csv,2,hours_max,\"=HYPERLINK(\"\"x\"\")\nline two\",\"Write weekly hours as a number from 0 to 168, or "
	    "leave it empty for "
	    "no limit.\"\n"
	    "t.csv,5,municipality,0480,\"Denmark and Sweden both use this code. Write DK-0480 or SE-0480, or give lat "
	    "and lon.\"\n"
	    "t.csv,6,,\"d,0101\",\"The row has 2 fields, the first line has 5. Quote fields that hold a \"\",\"\" or a "
	    "line break.\"\n"
	    "t.csv,7,id,,Give each row an id of its own.\n"
	    "t.csv,8,id,b,Line 4 has the same id already. Give each row an id of its own.\n"
	    "t.csv,9,id,e?,\"This text is not UTF-8. Save the file as \"\"CSV UTF-8\"\" and give the row again.\"\n"
	    "t.csv,11,,\"f,0101\",\"A quotation mark that opens here is never closed, so all the rest of the file "
	    "belongs to this "
	    "row. Close it.\"\n";
	struct lg_buf b = { 0 };
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "t.csv", text, strlen(text), 5), LG_OK);
	const struct lg_market *m = scene_market(&s);
	lg_rejections_csv_header(&b);
	for (size_t i = 0; i < m->n_rejections; i++) lg_rejection_csv(&b, &m->rejections[i]);
	assert_string_equal(b.data, want);
	assert_int_equal(m->n_candidates, 1);
	assert_int_equal(m->n_warnings, 1); /* the row of commas */
	lg_buf_free(&b);
	scene_end(&s);
}

static void values_of_rejections_are_short_and_clean(void **state)
{
	(void)state;
	struct scene s;
	char value[900] = "";
	for (int i = 0; i < 199; i++) value[i] = 'a';
	strcpy(value + 199, "ååå");
	const struct lg_market *m = try_value(&s, LG_CANDIDATES, "skills", value);
	assert_int_equal(m->n_rejections, 1);
	assert_int_equal(strlen(m->rejections[0].value), 199); /* no half character */
	scene_end(&s);
}

static void municipalities(void **state)
{
	(void)state;
	size_t n;
	unsigned both = 0;
	const struct lg_municipality *all = lg_municipalities(&n);
	assert_int_equal(n, 389);
	for (size_t i = 0; i < n; i++) {
		if (i)
			assert_true(strcmp(all[i - 1].country, all[i].country) < 0 ||
			            strcmp(all[i - 1].code, all[i].code) < 0);
		assert_ptr_equal(lg_municipality_find(all[i].code, 4, all[i].country), &all[i]);
		assert_in_range(all[i].latitude_e6, 54500000, 69100000);
		assert_in_range(all[i].longitude_e6, 8000000, 24200000);
		assert_true(all[i].weight > 0);
		both += !lg_municipality_find(all[i].code, 4, NULL);
	}
	assert_int_equal(both, 30);
	assert_null(lg_municipality_find("0101", 4, "SE"));
	assert_null(lg_municipality_find("DK-", 3, NULL));
	assert_null(lg_municipality_find("01011", 5, NULL));
	assert_string_equal(lg_municipality_find("SE-180", 6, NULL)->name, "Stockholm");
}

static void an_empty_market_is_a_market(void **state)
{
	(void)state;
	struct scene s;
	scene_begin(&s);
	const struct lg_market *m = scene_market(&s);
	assert_int_equal(m->n_candidates + m->n_openings + m->n_rejections + m->n_warnings, 0);
	scene_end(&s);
	scene_begin(&s);
	assert_int_equal(scene_file(&s, LG_CANDIDATES, "c", "id\n", 3, 1), LG_OK);
	assert_int_equal(scene_market(&s)->n_candidates, 0);
	scene_end(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(occupations),
		cmocka_unit_test(skills),
		cmocka_unit_test(lists_have_limits),
		cmocka_unit_test(languages),
		cmocka_unit_test(licences),
		cmocka_unit_test(contracts),
		cmocka_unit_test(numbers),
		cmocka_unit_test(yes_and_no),
		cmocka_unit_test(dates),
		cmocka_unit_test(places),
		cmocka_unit_test(degrees),
		cmocka_unit_test(hours_in_the_wrong_order),
		cmocka_unit_test(ids),
		cmocka_unit_test(weeks_round_the_careful_way),
		cmocka_unit_test(weeks_have_ranges_and_nights),
		cmocka_unit_test(weeks_that_are_none),
		cmocka_unit_test(one_market_in_many_forms),
		cmocka_unit_test(the_order_of_lines_is_of_no_account),
		cmocka_unit_test(columns_about_the_person_change_nothing),
		cmocka_unit_test(legal_basis_changes_nothing_but_a_warning),
		cmocka_unit_test(repeated_ids_are_rejected),
		cmocka_unit_test(rejections_as_csv),
		cmocka_unit_test(values_of_rejections_are_short_and_clean),
		cmocka_unit_test(municipalities),
		cmocka_unit_test(an_empty_market_is_a_market),
	};
	return cmocka_run_group_tests_name("market", tests, NULL, NULL);
}
