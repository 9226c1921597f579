/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "view/security_txt.h"

#include <time.h>

static void field(struct lg_buf *out, const char *name, const char *value)
{
	if (!value || !*value) return;
	for (const char *p = value; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f) return;
	lg_putf(out, "%s: %s\n", name, value);
}

void lg_security_txt(struct lg_buf *out, const struct security_txt *v)
{
	char when[32];
	struct tm tm;
	time_t expires = (time_t)v->expires;
	field(out, "Contact", v->contact);
	if (gmtime_r(&expires, &tm) && strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm))
		field(out, "Expires", when);
	field(out, "Preferred-Languages", "da, sv, en, uk");
	field(out, "Policy", v->policy);
	field(out, "Canonical", v->url);
}
