/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_TEST_CORE_SERVICE_H
#define LG_TEST_CORE_SERVICE_H
#include <jansson.h>
#include <string.h>

#include "app/app.h"

/**
 * The service without a socket: a PostgreSQL of its own, two offices, and app_serve() called as it is.
 * A test says who asks, what, and what must come back.
 */
enum service_who {
	NOBODY,
	CASEWORKER,
	READER,
	ADMINISTRATOR,
	OFFICER,
	STRANGER /* a caseworker of another office */,
	PROGRAM,
	WHO
};

void service_open(const char *cluster);
/** The same without any office. */
void service_open_empty(const char *cluster);
void service_close(void);
/** A session for another role, or another in the same. @return its number, for `who` */
int service_sign_in(int tenant, const char *role);
/** A session of somebody who is there, in another of their offices. @return its number */
int service_sign_in_again(int who, int tenant);

/** A program of the first office with the rights of a role. @return its number, for `who` */
int service_new_program(const char *role);
/** The same of another office. */
int service_new_program_of(int tenant, const char *role);

struct service_answer {
	int status;
	const char *type, *location, *etag, *body; /* live until the next one */
	size_t size;                               /* of the body */
	json_t *json;                              /* of JSON bodies */
};
/** GET a page, or of the API when the path begins with /api/. */
struct service_answer service_get(int who, const char *path);
/** POST a form: names and values, NULL at the end; csrf is added. */
struct service_answer service_post(int who, const char *path, const char *const *form);
/** A form of somebody without an account, whose browser has the cookie of forms; NULL: the page is asked for. */
struct service_answer service_form(const char *language, const char *path, const char *const *form);
/** POST a form with a file ("file"); of the API too. */
struct service_answer service_upload(int who, const char *path, const char *const *form, const char *filename,
                                     const void *bytes, size_t n);
/** A request of the API with a JSON body; `headers`: names and values, NULL at the end, or NULL. */
struct service_answer service_api(int who, enum http_method method, const char *path, const char *body,
                                  const char *const *headers);
/** Any request, as it is. */
struct service_answer service_ask(int who, struct http_request *rq);
/** All of the last answer, for what is not in a service_answer. */
const struct http_response *service_response(void);
/** How many statements the service has sent to its database so far. */
uint64_t service_statements(void);
/** Be the matcher, in threads of this program, until service_match_end(). */
void service_match_begin(void);
void service_match_end(void);
/** A request of the program's, one of many at the same moment. */
struct service_racer {
	const char *target, *body, *key; /* key: Idempotency-Key, or NULL */
	const char *if_match;            /* or NULL */
	enum http_method method;
	int status; /* what came back */
	char answer[200];
};
enum { SERVICE_RACERS = 64 };
void service_race(struct service_racer *all, size_t n);
/** The same of another program. */
void service_race_as(int who, struct service_racer *all, size_t n);
/** Run a job of core/jobs.h, as the jobs process does, until it has no more to do. */
void service_job(const char *name);
/** What is sealed in this service is sealed with this. */
const uint8_t *service_key(void);
/** May webhooks lead to this machine, from now on? */
void service_loopback(bool allowed);
/** A header of the last answer, or NULL. */
const char *service_header(const char *name);
/** The first value of some SQL, as the superuser. */
const char *service_sql(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/** What stands between two texts of a body, or NULL. */
const char *service_between(const char *body, const char *before, const char *after);
/** Names and values of a form, or of headers. */
#define FORM(...)                                                                                                      \
	(const char *const[]) { __VA_ARGS__, NULL }
#define assert_says(answer, text)                                                                                      \
	do {                                                                                                           \
		if (!strstr((answer).body, text))                                                                      \
			fail_msg("status %d, no \"%s\" in: %.3000s", (answer).status, text, (answer).body);            \
	} while (0)
#define assert_status(answer, wanted)                                                                                  \
	do {                                                                                                           \
		if ((answer).status != (wanted))                                                                       \
			fail_msg("status %d, wanted %d: %.3000s", (answer).status, wanted, (answer).body);             \
	} while (0)
struct app *service_app(void);
struct lg_ctx *service_cx(void);
const char *service_account(int who);
const char *service_token(int who);
#endif
