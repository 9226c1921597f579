/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "cmd/metrics.h"

static void has(const struct lg_buf *text, const char *line)
{
	if (!strstr(text->data, line)) fail_msg("no \"%s\" in\n%s", line, text->data);
}

static void what_a_child_counts_all_see(void **state)
{
	(void)state;
	struct metrics *m = NULL;
	int fd = metrics_make(&m), status;
	assert_true(fd >= 0);
	pid_t pid = fork();
	if (pid == 0) {
		struct metrics *mine = metrics_map(fd);
		for (int i = 0; mine && i < 1000; i++) metrics_request(mine, 200, 999);
		if (mine) metrics_request(mine, 503, 7000000);
		_exit(mine == NULL);
	}
	assert_true(waitpid(pid, &status, 0) == pid);
	assert_int_equal(status, 0);
	struct lg_buf text = { 0 };
	m->process[PROCESS_web].starts = 3;
	m->jobs = 1;
	memcpy(m->job[0].name, "mail", 5);
	m->job[0].runs = 9;
	metrics_print(&text, m, 100);
	has(&text, "landgang_requests_total{class=\"2xx\"} 1000\n");
	has(&text, "landgang_requests_total{class=\"5xx\"} 1\n");
	has(&text, "landgang_request_seconds_bucket{le=\"0.001\"} 1000\n");
	has(&text, "landgang_request_seconds_bucket{le=\"5\"} 1000\n");
	has(&text, "landgang_request_seconds_bucket{le=\"+Inf\"} 1001\n");
	has(&text, "landgang_request_seconds_count 1001\n");
	has(&text, "landgang_request_seconds_sum 7.999000\n");
	has(&text, "landgang_process_restarts_total{process=\"web\"} 2\n");
	has(&text, "landgang_process_restarts_total{process=\"auth\"} 0\n");
	has(&text, "landgang_job_runs_total{job=\"mail\"} 9\n");
	lg_buf_free(&text);
	(void)close(fd);
}

/* A child that has been taken over must not pull the memory from under the others. */
static void nobody_can_cut_it_short(void **state)
{
	(void)state;
	struct metrics *m = NULL;
	int fd = metrics_make(&m);
	assert_true(ftruncate(fd, 0) == -1);
	assert_int_equal(errno, EPERM);
	(void)close(fd);
}

static void what_is_too_short_is_not_mapped(void **state)
{
	(void)state;
	FILE *f = tmpfile();
	assert_null(metrics_map(fileno(f)));
	(void)fclose(f);
}

/* Every family once, with its type before its values; a name or value Prometheus would refuse fails. */
static void the_text_is_prometheus(void **state)
{
	(void)state;
	struct metrics *m = NULL;
	int fd = metrics_make(&m), values = 0;
	struct lg_buf text = { 0 };
	char last[80] = "", *rest;
	metrics_print(&text, m, 0);
	for (char *line = strtok_r(text.data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		char name[80];
		if (sscanf(line, "# TYPE %79s", last) == 1 || !strncmp(line, "# HELP ", 7)) continue;
		assert_int_equal(sscanf(line, "%79[a-z_]", name), 1);
		assert_int_equal(strncmp(name, last, strlen(last)), 0);
		char *ends, *value = strrchr(line, ' ') + 1;
		(void)strtod(value, &ends);
		assert_true(ends > value && !*ends);
		values++;
	}
	assert_true(values > 20);
	lg_buf_free(&text);
	(void)close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_child_counts_all_see),
		cmocka_unit_test(nobody_can_cut_it_short),
		cmocka_unit_test(what_is_too_short_is_not_mapped),
		cmocka_unit_test(the_text_is_prometheus),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
