/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#ifndef LG_CORE_COLLEAGUE_H
#define LG_CORE_COLLEAGUE_H
#include "core/colleague.sql.h"
#include "core/form.h"
#include "core/unit.sql.h"
#include "view/speech.h"

/** The colleagues of the actor's office as forms want them, from rows that came. */
static inline struct form_with colleagues_of(struct lg_ctx *cx, const struct db_colleague_list_rows *rows)
{
	struct form_member *list = lg_array(cx->mem, rows->n + 1, sizeof *list);
	for (size_t i = 0; i < rows->n; i++)
		list[i] = (struct form_member){ rows->rows[i].account, rows->rows[i].name };
	return (struct form_with){ .members = list, .n_members = rows->n };
}

/** LG_INVALID with a note at `field`, if the account is of nobody who works in the actor's office. */
LG_MUST static inline enum lg_err colleague_check(struct lg_ctx *cx, struct call *c, const char *account,
                                                  const char *field)
{
	struct db_colleague_works_here_row row = { 0 };
	LG_TRY(db_colleague_works_here(cx, c->db, &row, (struct db_colleague_works_here_in){ .account = account }));
	return row.here ? LG_OK : lg_fail(cx, LG_INVALID, field, lg_say("Choose a colleague of the list."));
}

/** And its units. */
static inline void put_units_of(struct lg_ctx *cx, struct form_with *with, const struct db_unit_choices_rows *rows)
{
	struct form_unit *list = lg_array(cx->mem, rows->n + 1, sizeof *list);
	for (size_t i = 0; i < rows->n; i++) {
		const struct db_unit_choices_row *r = &rows->rows[i];
		list[i] = (struct form_unit){ r->id, r->name, r->mine, r->mine && r->open };
	}
	with->units = list;
	with->n_units = rows->n;
}
#endif
