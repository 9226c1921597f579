/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "auth_house.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <pthread.h>

#include "app/seal.h"
#include "core/auth_password.h"
#include "scratch.h"

struct house house;
const uint8_t house_secret[TOTP_SECRET] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 };
const uint8_t house_key[32] = "the master key of these tests..";

static struct auth_setup setup;
static pthread_t thread;
static int listen_fd = -1;
static char socket_path[sizeof((struct sockaddr_un *)0)->sun_path];
static char hash[PASSWORD_HASH];

static int64_t now(void) { return time(NULL) + house.later_s; }

static void *run(void *unused)
{
	struct lg_ctx cx = { .mem = lg_arena_new(0, NULL) };
	enum lg_err err = auth_serve(&cx, listen_fd, &setup);
	lg_arena_free(cx.mem);
	return err == LG_OK ? unused : &setup;
}

void house_open(const char *cluster, bool empty, const struct oidc_config *oidc)
{
	scratch_start(cluster, NULL);
	scratch_do("schema");
	house.cx.mem = lg_arena_new(0, NULL);
	house.cx.now = time(NULL);
	if (password_hash(&house.cx, hash, HOUSE_PASSWORD) != LG_OK) exit(1);
	if (!empty) (void)house_sql("SELECT lg_gate.create_tenant('municipality_dk', 'Vinterby', 'da')");
	if (!empty) (void)house_sql("SELECT lg_gate.create_tenant('hospital', 'Sommersund', 'da')");
	setup = (struct auth_setup){
		.pool = db_pool_new(&(struct db_config){
		    .conninfo = scratch_conninfo(), .role = "lg_auth", .password = "", .most = 8, .wait_ms = 5000 }),
		.seal_key = house_key,
		.public_url = "https://landgang.example",
		.oidc = oidc ? *oidc : (struct oidc_config){ 0 },
		.setup_code = "7kq2m-9xw4f",
		.threads = 8,
		.stop_fd = eventfd(0, EFD_CLOEXEC),
		.now = now
	};
	const char *folder = strchr(scratch_conninfo(), '=') + 1;
	(void)snprintf(socket_path, sizeof socket_path, "%.*s/auth", (int)strcspn(folder, " "), folder);
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	(void)strcpy(at.sun_path, socket_path);
	listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(listen_fd, (const struct sockaddr *)&at, sizeof at) || listen(listen_fd, 64)) exit(1);
	house.socket = socket_path;
	if (pthread_create(&thread, NULL, run, NULL)) exit(1);
}

void house_close(void)
{
	uint64_t one = 1;
	void *failed;
	(void)!write(setup.stop_fd, &one, sizeof one);
	(void)pthread_join(thread, &failed);
	(void)close(listen_fd);
	(void)close(setup.stop_fd);
	(void)unlink(socket_path);
	db_pool_free(setup.pool);
	lg_arena_free(house.cx.mem);
	scratch_stop();
}

const char *house_sql(const char *fmt, ...)
{
	char sql[8192];
	va_list ap;
	va_start(ap, fmt);
	(void)vsnprintf(sql, sizeof sql, fmt, ap);
	va_end(ap);
	return lg_strdup(house.cx.mem, scratch_sql(sql));
}

const char *house_person(int tenant, const char *mail, const char *role)
{
	const char *account = house_sql("SELECT lg_gate.create_user(%d, '%s', 'Name of %s', 'en', '{%s}', '%s', NULL)",
	                                tenant, mail, mail, role, hash);
	struct seal_ring ring = seal_ring_of(house_key);
	struct db_bytes box;
	assert_int_equal(seal_put(&house.cx, seal_tenant(&house.cx, &ring, 0), seal_of(0, account, "totp_box"),
	                          house_secret, TOTP_SECRET, &box),
	                 LG_OK);
	(void)house_sql("SELECT lg_gate.totp_set('%s', '\\x%s', 0)", account, seal_hex(&house.cx, box.data, box.n));
	return account;
}

struct auth_answer house_ask(json_t *question)
{
	struct auth_answer a;
	house.cx.notes = NULL;
	assert_non_null(question);
	enum lg_err err = auth_call(&house.cx, house.socket, &a, question);
	if (err != LG_OK)
		fail_msg("%s: %s", json_string_value(json_object_get(question, "call")),
		         house.cx.notes ? house.cx.notes->text : "");
	return a;
}

const char *house_code(int steps_ahead)
{
	char code[TOTP_DIGITS + 1];
	assert_int_equal(totp_code(&house.cx, code, house_secret, now() + steps_ahead * TOTP_STEP_S), LG_OK);
	return lg_strdup(house.cx.mem, code);
}

const char *house_sign_in(const char *mail)
{
	(void)house_sql("UPDATE lg_gate.account SET totp_step = 0 WHERE mail = '%s'", mail);
	struct auth_answer a = house_ask(json_pack("{s:s,s:s,s:s,s:s}", "call", "sign_in", "mail", mail, "password",
	                                           HOUSE_PASSWORD, "address", "10.0.0.1"));
	assert_int_equal(a.state, AUTH_CODE);
	a = house_ask(json_pack("{s:s,s:s,s:s,s:s,s:s}", "call", "code", "pending", a.pending, "code", house_code(0),
	                        "address", "10.0.0.1", "agent", "test"));
	assert_int_equal(a.state, AUTH_IN);
	return a.token;
}

void house_forget_attempts(void) { (void)house_sql("DELETE FROM lg_gate.throttle"); }

/* What an app on a telephone makes of the words of a secret (base32 in groups). */
const char *house_code_of(const char *words)
{
	static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	uint8_t secret[TOTP_SECRET] = { 0 };
	char code[TOTP_DIGITS + 1];
	size_t bits = 0, n = 0;
	uint32_t value = 0;
	for (; *words && n < TOTP_SECRET; words++) {
		const char *at = strchr(signs, *words);
		if (!at) continue;
		value = value << 5 | (uint32_t)(at - signs);
		bits += 5;
		if (bits < 8) continue;
		bits -= 8;
		secret[n++] = (uint8_t)(value >> bits);
	}
	assert_int_equal(totp_code(&house.cx, code, secret, time(NULL)), LG_OK);
	return lg_strdup(house.cx.mem, code);
}
