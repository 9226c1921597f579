/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "core/placed.h"

#include <string.h>

#include "app/record.h"
#include "core/point.h"
#include "market/municipality.h"
#include "store/db.h"

/* Where the municipality's centre is; false: none is chosen. */
static bool centre_of(struct point *out, const json_t *r)
{
	const char *code = record_word(r, "municipality");
	const struct lg_municipality *m = *code ? lg_municipality_find(code, strlen(code), NULL) : NULL;
	if (m) *out = (struct point){ m->latitude_e6, m->longitude_e6 };
	return m;
}

static bool point_of(struct point *out, const json_t *r)
{
	const char *s = record_word(r, "point");
	return point_read(out, s, strlen(s));
}

struct placed placed_at(const json_t *record)
{
	struct point p;
	if (!point_of(&p, record) && !centre_of(&p, record)) return (struct placed){ DB_NO_INT, DB_NO_INT };
	return (struct placed){ p.latitude_e6, p.longitude_e6 };
}

bool placed_too_far(const json_t *record)
{
	struct point at, centre;
	return point_of(&at, record) && centre_of(&centre, record) && !point_near(at, centre);
}
