/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "intake_fixture.h"
#include "market/weights.h"

static void good(const char *json, struct lgm_setup *out)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	*out = lgm_setup_default();
	assert_int_equal(lg_weights_read(&cx, out, "w.json", json, strlen(json)), LG_OK);
	assert_null(cx.notes);
	lg_arena_free(cx.mem);
}

static void bad(const char *json, const char *why)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	struct lgm_setup setup = lgm_setup_default(), before = setup;
	assert_int_equal(lg_weights_read(&cx, &setup, "w.json", json, strlen(json)), LG_INVALID);
	assert_memory_equal(&setup, &before, sizeof setup);
	assert_string_equal(cx.notes->field, "w.json");
	if (!strstr(cx.notes->text, why)) fail_msg("\"%s\" is not in \"%s\"", why, cx.notes->text);
	lg_arena_free(cx.mem);
}

static void named_keys_are_taken_the_others_kept(void **state)
{
	(void)state;
	struct lgm_setup s, d = lgm_setup_default();
	good("{}", &s);
	assert_memory_equal(s.weight, d.weight, sizeof s.weight);
	good("{\"distance\": 0, \"wish\": 1700, \"min_schedule_percent\": 100, \"start_grace_days\": 0}", &s);
	assert_int_equal(s.weight[LGM_DISTANCE], 0);
	assert_int_equal(s.weight[LGM_WISH], 1700);
	assert_int_equal(s.weight[LGM_OCCUPATION], d.weight[LGM_OCCUPATION]);
	assert_int_equal(s.min_schedule_percent, 100);
	assert_int_equal(s.start_grace_days, 0);
	good("{\"occupation\":1,\"essential_skills\":2,\"optional_skills\":3,\"language\":4,\"distance\":5,\"wish\":6,"
	     "\"schedule\":7}",
	     &s);
	for (unsigned i = 0; i < LGM_PARTS; i++) assert_int_equal(s.weight[i], i + 1);
}

static void what_people_are_is_never_weighed(void **state)
{
	(void)state;
	static const char *const keys[] = { "sex",  "gender",   "age",       "nationality",
		                            "name", "religion", "ethnicity", "Sex" };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct lg_buf b = { 0 };
		lg_putf(&b, "{\"%s\": 1}", keys[i]);
		bad(b.data, "never will weigh it");
		lg_buf_free(&b);
	}
	bad("{\"reserve\": 1}", "The keys are occupation");
	bad("{\"Occupation\": 1}", "The keys are occupation");
	bad("{\"\": 1}", "The keys are occupation");
}

static void numbers_have_limits(void **state)
{
	(void)state;
	bad("{\"occupation\": 10001}", "whole number from 0 to 10000");
	bad("{\"occupation\": -1}", "whole number");
	bad("{\"occupation\": 1.5}", "whole number");
	bad("{\"occupation\": \"3000\"}", "whole number");
	bad("{\"occupation\": null}", "whole number");
	bad("{\"occupation\": 3001}", "add up to 10001");
	bad("{\"occupation\":0,\"essential_skills\":0,\"optional_skills\":0,\"language\":0,\"distance\":0,\"wish\":0,"
	    "\"schedule\":0}",
	    "add up to 0");
	bad("{\"min_schedule_percent\": 101}", "0 to 100");
	bad("{\"start_grace_days\": 3651}", "0 to 3650");
}

static void files_that_are_no_weights(void **state)
{
	(void)state;
	bad("", "not JSON");
	bad("{\"occupation\": 3000", "not JSON");
	bad("{\"occupation\": 1, \"occupation\": 2}", "duplicate");
	bad("[3000]", "one JSON object");
	bad("{\"occupation\": 1} x", "not JSON");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(named_keys_are_taken_the_others_kept),
		cmocka_unit_test(what_people_are_is_never_weighed),
		cmocka_unit_test(numbers_have_limits),
		cmocka_unit_test(files_that_are_no_weights),
	};
	return cmocka_run_group_tests_name("weights", tests, NULL, NULL);
}
