/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/placement.h"
#include "formats/csv.h"

static void put_id(struct lg_buf *out, bool first, const struct lg_row *row)
{
	lg_csv_field(out, first, row->id, row->id_len);
}

enum lg_err placement_write_pairs(struct output *to, struct output_file **file, const struct lg_market *m,
                                  const struct placement *pl)
{
	LG_TRY(output_open(to, file, "assignment.csv"));
	struct lg_buf *out = &(*file)->buf;
	lg_puts(out, "candidate,opening,score\n");
	for (size_t c = 0; c < pl->n_candidates; c++) {
		if (pl->opening[c] == PLACEMENT_NOWHERE) continue;
		put_id(out, true, &m->candidate_rows[c]);
		put_id(out, false, &m->opening_rows[pl->opening[c]]);
		lg_csv_int(out, false, pl->score[c]);
		lg_csv_end(out);
		LG_TRY(output_more(to, *file));
	}
	return output_close(to, *file);
}

static void put_dual(struct lg_buf *out, const char *kind, const struct lg_row *row, int64_t dual, unsigned capacity)
{
	lg_csv_str(out, true, kind);
	put_id(out, false, row);
	lg_csv_int(out, false, dual);
	lg_csv_int(out, false, capacity);
	lg_csv_end(out);
}

enum lg_err placement_write_duals(struct output *to, struct output_file **file, const struct lg_market *m,
                                  const struct placement *pl)
{
	LG_TRY(output_open(to, file, "duals.csv"));
	struct lg_buf *out = &(*file)->buf;
	lg_puts(out, "kind,id,dual,capacity\n");
	for (size_t c = 0; c < pl->n_candidates; c++) {
		put_dual(out, "candidate", &m->candidate_rows[c], pl->u[c], 1);
		LG_TRY(output_more(to, *file));
	}
	for (size_t o = 0; o < pl->n_openings; o++) {
		put_dual(out, "opening", &m->opening_rows[o], pl->v[o], m->openings[o].positions);
		LG_TRY(output_more(to, *file));
	}
	return output_close(to, *file);
}
