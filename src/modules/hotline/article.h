/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_HOTLINE_ARTICLE_H
#define LG_HOTLINE_ARTICLE_H
#include <jansson.h>

#include "app/app.h"
#include "modules/hotline/article.sql.h"

/** Published answers that what is being written may ask for; queued. "" finds nothing. */
void articles_like_send(struct lg_ctx *cx, struct call *c, const char *words, int64_t room,
                        struct db_article_list_rows *out);
/** The beginning of an answer, on one line. Of cx. */
const char *article_begins(struct lg_ctx *cx, const char *words);
/** Begin one, as a draft; of an enquiry, or NULL. */
LG_MUST enum lg_err article_register(struct lg_ctx *cx, struct call *c, const json_t *record, const char *enquiry,
                                     bool invented, const char **id);
/** A step further, as it stands now. LG_INVALID: notes say why not. */
LG_MUST enum lg_err article_step(struct lg_ctx *cx, struct call *c, const char *id, const char *to);
#endif
