/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <string.h>

#include "base/date.h"
#include "market/inner.h"
#include "market/municipality.h"

struct lg_cell cell(const struct lg_intake *in, enum column column) { return in->record->cells[column]; }

bool read_id(struct lg_intake *in, struct lg_row *row)
{
	struct lg_cell c = cell(in, AT_id);
	if (!c.n) return refuse(in, AT_id, c, "Give each row an id of its own.");
	if (c.n > ID_MAX) return refuse(in, AT_id, c, "Use an id of at most %d bytes.", ID_MAX);
	for (size_t i = 0; i < c.n; i++)
		if ((unsigned char)c.text[i] < ' ' || c.text[i] == 0x7F)
			return refuse(in, AT_id, c, "Use an id without line breaks and control characters.");
	row->id = c.text; /* kept once the row is taken */
	row->id_len = (uint32_t)c.n;
	return true;
}

/* Digits, one point or comma, digits; a sign in front. More decimals than asked for are rounded, half away from zero.
 */
bool decimal(int64_t *out, struct lg_cell c, unsigned places)
{
	const char *s = c.text, *end = s + c.n;
	bool minus = s < end && *s == '-', after_point = false, digit = false, rounded = false;
	int64_t v = 0;
	if (s < end && (*s == '-' || *s == '+')) s++;
	for (; s < end; s++) {
		if ((*s == '.' || *s == ',') && !after_point) {
			after_point = true;
			continue;
		}
		if (*s < '0' || *s > '9') return false;
		digit = true;
		if (after_point && !places) {
			if (!rounded && *s >= '5') v++;
			rounded = true;
			continue;
		}
		if (v > INT64_MAX / 100) return false;
		v = v * 10 + (*s - '0');
		if (after_point) places--;
	}
	for (; places; places--) {
		if (v > INT64_MAX / 100) return false;
		v *= 10;
	}
	*out = minus ? -v : v;
	return digit;
}

bool read_number(struct lg_intake *in, enum column column, unsigned places, int64_t least, int64_t most, int64_t *out,
                 const char *advice)
{
	struct lg_cell c = cell(in, column);
	int64_t v;
	if (!c.n) return true;
	if (!decimal(&v, c, places) || v < least || v > most) return refuse(in, column, c, "%s", advice);
	*out = v;
	return true;
}

bool read_yes(struct lg_intake *in, enum column column, bool *out)
{
	struct lg_cell c = cell(in, column);
	*out = is_word(c, "yes") || is_word(c, "true") || is_word(c, "1");
	if (*out || !c.n || is_word(c, "no") || is_word(c, "false") || is_word(c, "0")) return true;
	return refuse(in, column, c, "Write yes or no.");
}

bool read_start(struct lg_intake *in, int32_t *start)
{
	struct lg_cell c = cell(in, AT_start);
	*start = LGM_NO_DATE;
	if (!c.n || lg_date_read(start, c.text, c.n)) return true;
	return refuse(in, AT_start, c, "Write the date as year-month-day, such as 2026-09-01, or leave it empty.");
}

static const char *canonical(struct lg_intake *in, const struct lg_municipality *m)
{
	char code[8];
	if (lg_municipality_find(m->code, 4, NULL)) return m->code;
	memcpy(code, m->country, 2);
	code[2] = '-';
	memcpy(code + 3, m->code, 5);
	return texts_keep(&in->texts, code, 7);
}

static bool place_by_code(struct lg_intake *in, struct lgm_place *place, const struct lg_municipality *m)
{
	struct lg_cell c = cell(in, AT_municipality);
	if (m) return lgm_place_at(place, m->latitude_e6, m->longitude_e6);
	if (lg_municipality_find(c.text, c.n, "DK"))
		return refuse(in, AT_municipality, c,
		              "Denmark and Sweden both use this code. Write DK-%.4s or SE-%.4s, or give lat and lon.",
		              c.text, c.text);
	return refuse(
	    in, AT_municipality, c,
	    "No municipality of Denmark or Sweden has this code. Correct it (0101, SE-0180), or give lat and lon.");
}

static bool place_by_degrees(struct lg_intake *in, struct lgm_place *place)
{
	int64_t latitude = 0, longitude = 0;
	struct lg_cell lat = cell(in, AT_lat), lon = cell(in, AT_lon);
	if (!lat.n || !lon.n)
		return refuse(in, lat.n ? AT_lon : AT_lat, (struct lg_cell){ "", 0 },
		              "Give both lat and lon, or neither.");
	if (!read_number(in, AT_lat, 6, -90000000, 90000000, &latitude,
	                 "Write the latitude in degrees, -90 to 90, such as 55.6761."))
		return false;
	if (!read_number(in, AT_lon, 6, -180000000, 180000000, &longitude,
	                 "Write the longitude in degrees, -180 to 180, such as 12.5683."))
		return false;
	return lgm_place_at(place, (int32_t)latitude, (int32_t)longitude);
}

bool read_place(struct lg_intake *in, struct lgm_place *place, const char **municipality, bool may_lack)
{
	struct lg_cell code = cell(in, AT_municipality);
	const struct lg_municipality *m = code.n ? lg_municipality_find(code.text, code.n, NULL) : NULL;
	*municipality = m ? canonical(in, m) : texts_keep(&in->texts, code.text, code.n);
	if (cell(in, AT_lat).n || cell(in, AT_lon).n) return place_by_degrees(in, place);
	if (code.n) return place_by_code(in, place, m);
	return may_lack || refuse(in, AT_municipality, code, "Give a place: a municipality code, or lat and lon.");
}
