/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/output.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/input.h"
#include "cmd/output_place.h"
#include "cmd/run.h"

enum { PIECE = 1 << 20 };

static const char *const match_files[] = { "proposals.csv",
	                                   "assignment.csv",
	                                   "duals.csv",
	                                   "unplaced.csv",
	                                   "rejected.csv",
	                                   "opens.csv",
	                                   "understood.csv",
	                                   "asked.csv",
	                                   "summary.json",
	                                   "report.html",
	                                   NULL };
static const char *const market_files[] = { "candidates.csv", "openings.csv", "summary.json", NULL };
const struct output_kind output_match = { "match", match_files };
const struct output_kind output_market = { "generated market", market_files };

struct output {
	struct lg_ctx *cx;
	struct place place;
};

struct output_inner {
	int fd;
	crypto_hash_sha256_state hash;
};

static void on_end(void *o) { place_drop(&((struct output *)o)->place); }

enum lg_err output_begin(struct lg_ctx *cx, struct output **out, const char *path, const struct output_kind *kind)
{
	struct output *o = lg_alloc(cx->mem, sizeof *o);
	o->cx = cx;
	LG_TRY(place_find(cx, &o->place, path, kind));
	LG_TRY(place_take(cx, &o->place));
	lg_defer(cx->mem, on_end, o);
	*out = o;
	return LG_OK;
}

static void close_file(void *file)
{
	struct output_file *f = file;
	lg_buf_free(&f->buf);
	if (f->inner->fd >= 0) (void)close(f->inner->fd);
	f->inner->fd = -1;
}

enum lg_err output_open(struct output *o, struct output_file **out, const char *name)
{
	struct output_file *f = lg_alloc(o->cx->mem, sizeof *f);
	f->name = name;
	f->inner = lg_alloc(o->cx->mem, sizeof *f->inner);
	f->inner->fd = openat(o->place.fd, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (f->inner->fd < 0) return run_errno(o->cx, name, "could not be made");
	lg_defer(o->cx->mem, close_file, f);
	(void)crypto_hash_sha256_init(&f->inner->hash);
	*out = f;
	return LG_OK;
}

static enum lg_err write_all(struct output *o, struct output_file *f)
{
	const char *at = f->buf.data, *end = at + f->buf.len;
	while (at < end) {
		LG_TRY(run_go_on(o->cx));
		ssize_t n = write(f->inner->fd, at, (size_t)(end - at));
		if (n < 0 && errno != EINTR) return run_errno(o->cx, f->name, "could not be written");
		if (n > 0) at += n;
	}
	(void)crypto_hash_sha256_update(&f->inner->hash, (const unsigned char *)f->buf.data, f->buf.len);
	f->bytes += f->buf.len;
	lg_buf_clear(&f->buf);
	return LG_OK;
}

enum lg_err output_more(struct output *o, struct output_file *f)
{
	return f->buf.len < PIECE ? LG_OK : write_all(o, f);
}

enum lg_err output_close(struct output *o, struct output_file *f)
{
	unsigned char sum[crypto_hash_sha256_BYTES];
	if (f->buf.len) LG_TRY(write_all(o, f));
	if (fsync(f->inner->fd)) return run_errno(o->cx, f->name, "could not be brought to the disk");
	(void)crypto_hash_sha256_final(&f->inner->hash, sum);
	input_hex(f->sha256, sum);
	close_file(f);
	return LG_OK;
}

enum lg_err output_end(struct output *o)
{
	LG_TRY(run_go_on(o->cx));
	return place_swap(o->cx, &o->place);
}
