/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
/* An ambition of the demonstration office: a partnership nobody has entered into. */
#include "app/record.h"
#include "base/date.h"
#include "core/demo_act.h"
#include "modules/ambition/ambition.h"
#include "store/db.h"

enum { DAY_S = 86400, BEGAN = 120, LASTS = 245, MONTH = 30, DATE = 11 };

enum lg_err ambition_demo(struct lg_ctx *cx, const struct demo_cast *cast)
{
	struct demo_act act;
	const char *id;
	char begins[DATE], ends[DATE], soon[DATE];
	int32_t today = (int32_t)(cx->now / DAY_S);
	lg_date_print(begins, today - BEGAN);
	lg_date_print(ends, today + LASTS);
	lg_date_print(soon, today + MONTH);
	json_t *aims = json_pack("[{s:s, s:s, s:s, s:i}, {s:s, s:s, s:s, s:i}]", "words",
	                         "Flygtninge, der er begyndt i et job", "measure", "start", "whose", "office", "number",
	                         60, "words", "Spørgsmål til hotlinen, der er besvaret", "measure", "answered", "whose",
	                         "office", "number", 200);
	json_t *commitments =
	    json_pack("[{s:s, s:s, s:b}, {s:s, s:s, s:s, s:b}]", "words", "Ét nummer for alle jobcentre", "who",
	              "Hotlinen", "done", 1, "words", "En fast kontaktperson på hver arbejdsplads", "who",
	              "Virksomhedskonsulenterne", "until", soon, "done", 0);
	json_t *record = record_keep(
	    cx, json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o}", "name", "Partnerskab om job til flygtninge",
	                  "partners", "Kommunerne omkring, regionen og de største arbejdsgivere", "words",
	                  "Flere skal i gang hurtigere, og ingen skal fortælle sin historie to gange.", "begins",
	                  begins, "ends", ends, "aims", aims, "commitments", commitments));
	LG_TRY(demo_act_as(cx, cast, "administrator", &act));
	LG_TRY(ambition_register(cx, &act.c, record, true, &id));
	return db_end(cx, act.c.db);
}
