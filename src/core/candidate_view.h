/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_CANDIDATE_VIEW_H
#define LG_CORE_CANDIDATE_VIEW_H
#include "app/audit.h"
#include "core/candidate.h"
#include "core/colleague.h"
#include "core/document.h"
#include "core/fast_lane.h"
#include "core/match_page.sql.h"
#include "core/note.sql.h"
#include "core/proposal.h"
#include "core/task.sql.h"
#include "view/events.html.h"
#include "view/facts.html.h"

/** All that a candidate's page tells, read in one round trip. */
struct candidate_page {
	struct candidate one;
	struct db_note_list_rows notes;
	struct db_contact_list_rows contacts;
	struct db_task_list_rows tasks;
	struct db_proposal_of_candidate_rows proposals;
	struct db_match_agreed_rows agreed;
	struct db_document_list_rows documents;
	struct db_fast_lane_list_rows fast; /* the one of this candidate, if there is one */
	struct db_colleague_list_rows colleagues;
	struct db_unit_choices_rows units;
	struct form_with with;
};
LG_MUST enum lg_err candidate_page_read(struct lg_ctx *cx, struct call *c, const char *id, struct candidate_page *out);
/** The same with what is queued already, and the transaction is ended, in one round trip. */
LG_MUST enum lg_err candidate_page_end(struct lg_ctx *cx, struct call *c, const char *id, struct candidate_page *out);

/** "Olena Tkachenko"; and "Олена Ткаченко", or "". */
const char *candidate_name(struct lg_ctx *cx, const json_t *record);
const char *candidate_native_name(struct lg_ctx *cx, const json_t *record);
/** Is the name to be hidden until somebody asks for it? (protected, and not asked with ?open=1) */
bool candidate_is_hidden(const struct call *c, bool is_protected);

/** The page, a section of it as facts, the timeline. Pages of others (print, history) use the parts. */
void candidate_show(struct lg_ctx *cx, struct call *c, const struct candidate_page *page);
void candidate_show_paper(struct lg_ctx *cx, struct call *c, const struct candidate_page *page);
struct html_facts *candidate_facts_shown(struct lg_ctx *cx, struct call *c, const struct section *s,
                                         const struct candidate *one, const struct form_with *with);
#endif
