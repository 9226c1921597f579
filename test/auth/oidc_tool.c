/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* oidc_tool ISSUER CLIENT SECRET REDIRECT: says "go URL", reads "STATE CODE", says who came back or why nobody did. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/oidc.h"

static int tell(const struct lg_ctx *cx, enum lg_err err)
{
	const char *word = err == LG_SIGN_IN ? "no" : err == LG_BUSY ? "busy" : "fault";
	(void)printf("%s %s\n", word, cx->notes ? cx->notes->text : "");
	return 0;
}

int main(int argc, char **argv)
{
	if (argc != 5) return 2;
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL), .now = time(NULL) };
	struct oidc_config config = { argv[1], argv[2], argv[3], argv[4], "the provider" };
	struct oidc_trip trip;
	struct oidc_person who = { 0 };
	const char *url = "";
	enum lg_err err = oidc_begin(&cx, &config, &trip, &url);
	if (err == LG_OK) {
		(void)printf("go %s\n", url);
		(void)fflush(stdout);
		char state[5000] = "", code[5000] = "";
		if (scanf("%4999s %4999s", state, code) != 2) return 2;
		lg_arena_reset(cx.mem);
		cx.notes = NULL;
		cx.now = time(NULL);
		err = oidc_finish(&cx, &config, &trip, state, code, &who);
	}
	if (err == LG_OK)
		(void)printf("in %s|%s|%s|%s\n", who.issuer, who.subject, who.mail, who.name);
	else
		(void)tell(&cx, err);
	lg_arena_free(cx.mem);
	return 0;
}
