/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "http/http.h"

#include <string.h>
#include <strings.h>

static const char *find(struct http_pairs pairs, const char *name, int (*compare)(const char *, const char *))
{
	for (size_t i = 0; i < pairs.n; i++)
		if (compare(pairs.at[i].name, name) == 0) return pairs.at[i].value;
	return NULL;
}

const char *http_header(const struct http_request *rq, const char *name) { return find(rq->headers, name, strcasecmp); }
const char *http_cookie(const struct http_request *rq, const char *name) { return find(rq->cookies, name, strcmp); }
const char *http_query(const struct http_request *rq, const char *name) { return find(rq->query, name, strcmp); }
const char *http_form(const struct http_request *rq, const char *name) { return find(rq->form, name, strcmp); }

const struct http_file *http_file(const struct http_request *rq, const char *name)
{
	for (size_t i = 0; i < rq->files.n; i++)
		if (!strcmp(rq->files.at[i].name, name)) return &rq->files.at[i];
	return NULL;
}
