/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/*
 * The number in the head of each page. All offices' numbers are few and public, so each process keeps them for half a
 * minute; a page that finds them too old reads them anew, and if the database does not answer, shows what was there.
 */
#include "modules/hotline/frame.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "app/page.h"
#include "modules/hotline/entrance.sql.h"
#include "modules/hotline/hotline.h"

static struct number {
	int64_t office, by_office;
	char phone[64], name[160];
} * numbers;
static size_t n_numbers;
static int64_t read_at;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

void hotline_frame_forget(void)
{
	(void)pthread_mutex_lock(&lock);
	read_at = 0;
	(void)pthread_mutex_unlock(&lock);
}

static void keep(const struct db_entrance_frames_rows *rows)
{
	struct number *all = calloc(rows->n + 1, sizeof *all);
	lg_assert(all);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_entrance_frames_row *r = &rows->rows[i];
		all[i].office = r->office, all[i].by_office = r->by_office;
		(void)strncat(all[i].phone, r->phone, sizeof all[i].phone - 1);
		(void)strncat(all[i].name, r->name, sizeof all[i].name - 1);
	}
	(void)pthread_mutex_lock(&lock);
	free(numbers);
	numbers = all, n_numbers = rows->n;
	(void)pthread_mutex_unlock(&lock);
}

/* One page in half a minute does it; the others do not wait for it. */
static bool is_mine_to_read(int64_t now)
{
	(void)pthread_mutex_lock(&lock);
	bool mine = now - read_at >= FRAME_S || now < read_at;
	if (mine) read_at = now;
	(void)pthread_mutex_unlock(&lock);
	return mine;
}

static void read_numbers(struct lg_ctx *cx, const struct call *c)
{
	struct db *db;
	struct db_entrance_frames_rows rows = { 0 };
	struct lg_note *notes = cx->notes;
	enum lg_err err = db_open(cx, app_setup(c->app)->pool, &db, &(struct db_who){ .as = DB_AS_ROLE });
	if (err == LG_OK) {
		db_entrance_frames_send(cx, db, &rows);
		err = db_end(cx, db);
	}
	if (err == LG_OK) keep(&rows);
	cx->notes = notes; /* the page is not about this */
}

void hotline_frame(struct lg_ctx *cx, const struct call *c, struct app_frame *out)
{
	if (!c->actor.tenant) return;
	if (is_mine_to_read(cx->now)) read_numbers(cx, c);
	(void)pthread_mutex_lock(&lock);
	for (size_t i = 0; i < n_numbers; i++)
		if (numbers[i].office == c->actor.tenant) {
			out->number = lg_strdup(cx->mem, numbers[i].phone);
			out->number_says = lg_strdup(cx->mem, numbers[i].name);
			out->number_url = lg_printf(cx->mem, "/entrance/%lld", (long long)numbers[i].by_office);
		}
	(void)pthread_mutex_unlock(&lock);
}
