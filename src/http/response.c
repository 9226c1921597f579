/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "http/http.h"
#include "http/text.h"

void http_put_header(struct http_response *rs, const char *name, const char *value)
{
	lg_assert(http_is_token(name, strlen(name)));
	lg_assert(!http_has_control(value));
	lg_assert(rs->n_headers < sizeof rs->headers / sizeof rs->headers[0]);
	rs->headers[rs->n_headers++] = (struct http_pair){ name, value };
}

void http_redirect(struct http_response *rs, const char *path)
{
	lg_assert(http_is_own_path(path));
	rs->status = 303;
	http_put_header(rs, "Location", path);
}

void http_stream(struct http_response *rs, unsigned every_ms)
{
	lg_assert(every_ms);
	rs->status = 200;
	rs->type = "text/event-stream";
	rs->stream_ms = every_ms;
}

void http_stream_if(struct http_response *rs, unsigned every_ms, http_asks *asks, uint64_t with)
{
	http_stream(rs, every_ms);
	rs->stream_asks = asks;
	rs->stream_with = with;
}

void http_response_free(struct http_response *rs) { lg_buf_free(&rs->body); }
