/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/metrics.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const names[PROCESSES] = {
#define P(name, key, what) #name,
#include "cmd/process.def"
#undef P
};

const char *process_name(enum process p) { return names[p]; }

/* Upper ends of the latency histogram, in microseconds: 1 ms to 5 s. */
static const uint64_t steps[LATENCY_STEPS] = { 1000,   2500,   5000,   10000,   25000,   50000,
	                                       100000, 250000, 500000, 1000000, 2500000, 5000000 };

struct metrics *metrics_map(int fd)
{
	struct stat st;
	if (fstat(fd, &st) != 0 || st.st_size < (off_t)sizeof(struct metrics)) return NULL;
	void *at = mmap(NULL, sizeof(struct metrics), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return at == MAP_FAILED ? NULL : at;
}

/* Sealed in size: a child cannot cut it short under the others. */
int metrics_make(struct metrics **out)
{
	int fd = memfd_create("landgang-metrics", MFD_CLOEXEC | MFD_ALLOW_SEALING);
	if (fd < 0) return -1;
	if (ftruncate(fd, sizeof(struct metrics)) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0 && (*out = metrics_map(fd)) != NULL)
		return fd;
	(void)close(fd);
	return -1;
}

static void add(_Atomic uint64_t *to, uint64_t n) { (void)atomic_fetch_add_explicit(to, n, memory_order_relaxed); }
static uint64_t get(_Atomic uint64_t *from) { return atomic_load_explicit(from, memory_order_relaxed); }

void metrics_request(struct metrics *m, int status, uint64_t us)
{
	unsigned i = 0;
	while (i < LATENCY_STEPS && us > steps[i]) i++;
	add(&m->latency[i], 1);
	add(&m->latency_us, us);
	add(&m->status[status >= 100 && status < 600 ? status / 100 : 0], 1);
}

static void head(struct lg_buf *out, const char *name, const char *kind, const char *help)
{
	lg_putf(out, "# HELP landgang_%s %s\n# TYPE landgang_%s %s\n", name, help, name, kind);
}

void metrics_put(struct lg_buf *out, const char *name, const char *kind, const char *help, double value)
{
	head(out, name, kind, help);
	lg_putf(out, "landgang_%s %.17g\n", name, value);
}

static void print_requests(struct lg_buf *out, struct metrics *m)
{
	head(out, "requests_total", "counter", "Requests answered, by class of status.");
	for (unsigned i = 1; i < STATUS_CLASSES; i++)
		lg_putf(out, "landgang_requests_total{class=\"%uxx\"} %llu\n", i,
		        (unsigned long long)get(&m->status[i]));
	head(out, "request_seconds", "histogram", "Time from the whole request to the answer.");
	uint64_t sum = 0;
	for (unsigned i = 0; i < LATENCY_STEPS; i++) {
		sum += get(&m->latency[i]);
		lg_putf(out, "landgang_request_seconds_bucket{le=\"%g\"} %llu\n", (double)steps[i] / 1e6,
		        (unsigned long long)sum);
	}
	sum += get(&m->latency[LATENCY_STEPS]);
	lg_putf(out, "landgang_request_seconds_bucket{le=\"+Inf\"} %llu\n", (unsigned long long)sum);
	lg_putf(out, "landgang_request_seconds_sum %.6f\n", (double)get(&m->latency_us) / 1e6);
	lg_putf(out, "landgang_request_seconds_count %llu\n", (unsigned long long)sum);
}

static void print_processes(struct lg_buf *out, struct metrics *m, int64_t now)
{
	head(out, "process_restarts_total", "counter", "How often a process was started again after it ended.");
	for (enum process p = 0; p < PROCESSES; p++) {
		uint64_t n = get(&m->process[p].starts);
		lg_putf(out, "landgang_process_restarts_total{process=\"%s\"} %llu\n", names[p],
		        (unsigned long long)(n ? n - 1 : 0));
	}
	uint64_t n = get(&m->database_starts);
	if (n) lg_putf(out, "landgang_process_restarts_total{process=\"database\"} %llu\n", (unsigned long long)n - 1);
	head(out, "process_seconds", "gauge", "How long a process has been running; 0: it is not.");
	for (enum process p = 0; p < PROCESSES; p++) {
		int64_t since = (int64_t)get(&m->process[p].since), pid = (int64_t)get(&m->process[p].pid);
		lg_putf(out, "landgang_process_seconds{process=\"%s\"} %lld\n", names[p],
		        (long long)(pid && now > since ? now - since : 0));
	}
}

static void print_jobs(struct lg_buf *out, struct metrics *m)
{
	uint64_t n = get(&m->jobs);
	if (n > JOBS_MOST) n = JOBS_MOST;
	head(out, "job_runs_total", "counter", "Rounds of a job.");
	for (uint64_t i = 0; i < n; i++)
		lg_putf(out, "landgang_job_runs_total{job=\"%.15s\"} %llu\n", m->job[i].name,
		        (unsigned long long)get(&m->job[i].runs));
	head(out, "job_failures_total", "counter", "Rounds of a job that went wrong.");
	for (uint64_t i = 0; i < n; i++)
		lg_putf(out, "landgang_job_failures_total{job=\"%.15s\"} %llu\n", m->job[i].name,
		        (unsigned long long)get(&m->job[i].failures));
	head(out, "job_last_good_timestamp_seconds", "gauge", "When a job last went well; 0: never.");
	for (uint64_t i = 0; i < n; i++)
		lg_putf(out, "landgang_job_last_good_timestamp_seconds{job=\"%.15s\"} %llu\n", m->job[i].name,
		        (unsigned long long)get(&m->job[i].last_good));
}

void metrics_print(struct lg_buf *out, struct metrics *m, int64_t now)
{
	print_requests(out, m);
	print_processes(out, m, now);
	print_jobs(out, m);
	metrics_put(out, "outbox_waiting", "gauge", "Mails that are still to be sent.",
	            (double)get(&m->outbox_waiting));
	metrics_put(out, "outbox_oldest_seconds", "gauge", "How long the oldest of them has been due.",
	            (double)get(&m->outbox_oldest_s));
	metrics_put(out, "parsers_total", "counter", "Parsers of uploads that were started.", (double)get(&m->parsers));
	metrics_put(out, "parsers_cut_total", "counter", "Parsers that were ended: forbidden call, time, memory.",
	            (double)get(&m->parsers_cut));
	metrics_put(out, "draining", "gauge", "1: the service is being stopped.", (double)get(&m->draining));
}
