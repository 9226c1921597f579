/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* In the list of candidates, whom documents were found of, with the words around. */
#include <string.h>

#include "app/page.h"
#include "app/record.h"
#include "core/candidate_list.h"
#include "core/document_text.h"
#include "core/list_page.h"
#include "view/speech.h"

/* Who was found by a document alone; of whom name and address are protected, no words are shown. */
enum lg_err list_read_hits(struct lg_ctx *cx, struct call *c, const struct list_ask *ask,
                           const struct db_candidate_list_rows *rows, size_t n, struct document_hit **hits,
                           size_t *n_hits)
{
	const char **ids = lg_array(cx->mem, n + 1, sizeof *ids);
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		if (rows->rows[i].found == DOCUMENT_FOUND && !rows->rows[i].is_protected) ids[k++] = rows->rows[i].id;
	*n_hits = 0;
	return k ? document_hits(cx, c, ask->q, (struct db_list){ .texts = ids, .n = k }, hits, n_hits) : LG_OK;
}

static void put_hit(struct lg_ctx *cx, const struct list_ask *ask, const struct document_hit *hit,
                    struct html_records_rows *row)
{
	struct name_span spans[LIST_SPANS];
	size_t n = document_spans(cx, spans, LIST_SPANS, hit->quote, ask->q), at = 0;
	struct lg_buf *to = page_buffer(cx);
	lg_putf(to, "/candidates/%s/documents/%s?q=", hit->candidate, hit->id);
	http_put_encoded(to, ask->q);
	row->quote_url = to->data;
	row->quote_of = lg_say(choice_text(CHOICE_document, hit->kind));
	row->quote = lg_array(cx->mem, n + 1, sizeof *row->quote);
	for (size_t i = 0; i < n; i++) {
		row->quote[row->n_quote++] = (struct html_records_rows_quote){
			.plain = lg_strndup(cx->mem, hit->quote + at, spans[i].from - at),
			.found = lg_strndup(cx->mem, hit->quote + spans[i].from, spans[i].to - spans[i].from),
		};
		at = spans[i].to;
	}
	row->quote[row->n_quote++] = (struct html_records_rows_quote){ .plain = hit->quote + at };
}

void list_put_hits(struct lg_ctx *cx, const struct list_ask *ask, const struct document_hit *hits, size_t n,
                   const struct html_records *records)
{
	for (size_t i = 0; i < records->n_rows; i++)
		for (size_t k = 0; k < n; k++)
			if (!strcmp(records->rows[i].id, hits[k].candidate))
				put_hit(cx, ask, &hits[k], &records->rows[i]);
}

void list_put_hits_json(const struct document_hit *hits, size_t n, const json_t *found)
{
	size_t i;
	json_t *one;
	json_array_foreach(json_object_get(found, "items"), i, one)
	{
		for (size_t k = 0; k < n; k++)
			if (!strcmp(record_word(one, "id"), hits[k].candidate))
				json_object_set_new(one, "document",
				                    json_pack("{s:s, s:s, s:s}", "id", hits[k].id, "kind", hits[k].kind,
				                              "quote", hits[k].quote));
	}
}
