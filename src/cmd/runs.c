/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cmd/commands.h"
#include "cmd/console.h"
#include "cmd/load.h"
#include "cmd/options.h"
#include "cmd/run.h"
#include "core/run_job.h"

static const char about[] =
    "Compute a plan of an office anew from its sealed input, and say whether the same comes out (else status 1).\n"
    "The input holds codes and numbers under handles, so that this works after people of it were erased.";

struct work {
	const char *config, *id;
	struct console console;
	bool differs;
};

static enum lg_err read_options(struct lg_ctx *cx, struct work *w, int argc, char **argv, bool *help)
{
	const struct option_row rows[] = { ROW_TEXT("config", &w->config, "FILE",
		                                    "settings (else " SETTINGS_FILE ", if it is there)") };
	const struct options o = { "runs", "replay ID [--config FILE]", about, rows, sizeof rows / sizeof *rows, 2 };
	LG_TRY(options_read(cx, &o, argc, argv, help));
	if (*help) return LG_OK;
	if (strcmp(argv[argc - 2], "replay") != 0)
		return lg_fail(cx, RUN_USE, argv[argc - 2], "is nothing that can be done; replay is");
	w->id = argv[argc - 1];
	return LG_OK;
}

static void say(struct work *w, const struct run_replay *r)
{
	char day[24] = "";
	time_t ended = (time_t)(r->ended_us / 1000000);
	struct tm tm;
	if (gmtime_r(&ended, &tm)) (void)strftime(day, sizeof day, "%Y-%m-%d %H:%M", &tm);
	w->differs = !r->same_input || !r->same_result;
	(void)printf("plan %s of office %d, computed %s UTC\n", w->id, (int)r->tenant, day);
	(void)printf("then: %s\nnow:  %s\n", r->versions, r->versions_now);
	(void)printf("%zu people, %zu openings, %zu placed\n", r->candidates, r->openings, r->placed);
	(void)printf("input:  %s\n",
	             r->same_input ? "the one that was kept" : "ANOTHER than the one whose hash was kept");
	(void)printf("result: %s %s\n", r->hash, r->same_result ? "the same" : "ANOTHER than was kept");
}

static enum lg_err work(struct lg_ctx *cx, struct work *w)
{
	struct load words;
	struct match_terms *terms;
	struct run_replay r;
	LG_TRY(console_open_as(cx, w->config, "lg_job", KEY_LG_JOB, &w->console));
	const char *taxonomy = w->console.settings.taxonomy;
	LG_TRY(load_taxonomy(cx, *taxonomy ? taxonomy : NULL, &words));
	LG_TRY(match_terms_new(cx, words.taxonomy, &terms));
	const struct seal_ring ring = seal_ring_of(w->console.keys.bytes[KEY_SEAL]);
	enum lg_err err = run_replay(cx, w->console.pool, &ring, terms, w->id, &r);
	if (err == LG_UNKNOWN && !cx->notes) return lg_fail(cx, err, w->id, "is no plan that was computed here");
	LG_TRY(err);
	say(w, &r);
	return LG_OK;
}

int cmd_runs(int argc, char **argv)
{
	struct lg_ctx cx;
	struct work w = { 0 };
	bool help = false;
	run_begin(&cx);
	enum lg_err err = read_options(&cx, &w, argc, argv, &help);
	if (err == LG_OK && !help) err = work(&cx, &w);
	int status = run_end(&cx, "runs", err);
	return err == LG_OK && w.differs ? RUN_FINDINGS : status;
}
