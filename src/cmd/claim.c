/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "cmd/claim.h"

#include <string.h>

#include "cmd/json.h"
#include "cmd/output.h"

struct reading {
	struct lg_ctx *cx;
	const char *missing; /* the first key that is not as it must be */
};

static json_t *at(struct reading *r, json_t *in, const char *key)
{
	json_t *v = json_object_get(in, key);
	if (!v && !r->missing) r->missing = key;
	return v;
}

static const char *text_at(struct reading *r, json_t *in, const char *key)
{
	json_t *v = at(r, in, key);
	return json_is_string(v) ? lg_strdup(r->cx->mem, json_string_value(v)) : NULL;
}

static int64_t number_at(struct reading *r, json_t *in, const char *key, int64_t most)
{
	json_t *v = at(r, in, key);
	int64_t n = json_integer_value(v);
	bool right = json_is_integer(v) && n >= 0 && n <= most;
	if (!right && !r->missing) r->missing = key;
	return right ? n : 0;
}

static struct claim_file file_at(struct reading *r, json_t *in, const char *key)
{
	json_t *f = at(r, in, key);
	if (!json_is_object(f)) return (struct claim_file){ 0 };
	return (struct claim_file){ text_at(r, f, "path"), text_at(r, f, "sha256") };
}

static void read_settings(struct reading *r, json_t *in, struct claim *out)
{
	json_t *weights = at(r, in, "weights");
	for (unsigned p = 0; p < LGM_PARTS; p++)
		out->setup.weight[p] = (uint16_t)number_at(r, weights, lgm_part_name((enum lgm_part)p), 10000);
	out->setup.min_schedule_percent = (uint8_t)number_at(r, in, "min_schedule_percent", 100);
	out->setup.start_grace_days = (uint16_t)number_at(r, in, "start_grace_days", 3650);
	out->setup.reserve = (uint16_t)number_at(r, in, "reserve", 10000);
	out->assigned = json_is_true(at(r, in, "assign"));
	const char *objective = text_at(r, in, "objective");
	out->people = objective && !strcmp(objective, "people");
	if (objective && !out->people && strcmp(objective, "score") != 0 && !r->missing) r->missing = "objective";
}

static void read_placement(struct reading *r, json_t *root, struct claim *out)
{
	const int64_t most = INT64_MAX / 4;
	out->bonus = number_at(r, root, "bonus", most);
	out->placed = number_at(r, root, "placed", most);
	out->score_sum = number_at(r, root, "score_sum", most);
	out->proven = json_is_true(at(r, root, "proven"));
}

static void read_root(struct reading *r, json_t *root, struct claim *out)
{
	json_t *inputs = at(r, root, "inputs"), *hashes = at(r, root, "hashes");
	out->candidates = file_at(r, inputs, "candidates");
	out->openings = file_at(r, inputs, "openings");
	out->taxonomy = file_at(r, inputs, "taxonomy");
	if (json_object_get(inputs, "confirmed"))
		out->confirmed = file_at(r, inputs, "confirmed"); /* older ones have none */
	out->taxonomy_hash = text_at(r, at(r, root, "taxonomy"), "hash");
	out->proposals_sha256 = text_at(r, hashes, "proposals_sha256");
	out->assignment_sha256 = text_at(r, hashes, "assignment_sha256");
	read_settings(r, at(r, root, "settings"), out);
	if (out->assigned) read_placement(r, root, out);
}

static bool is_ours(json_t *root)
{
	const char *program = json_string_value(json_object_get(root, "program"));
	const char *result = json_string_value(json_object_get(root, "result"));
	return program && result && !strcmp(program, "landgang") && !strcmp(result, output_match.name);
}

static void drop(void *root) { json_decref(root); }

enum lg_err claim_read(struct lg_ctx *cx, const char *path, struct claim *out)
{
	struct input_file f;
	struct reading r = { .cx = cx };
	json_error_t why;
	*out = (struct claim){ 0 };
	LG_TRY(input_whole(cx, path, &f));
	json_t *root = json_loadb(f.bytes, f.size, JSON_REJECT_DUPLICATES, &why);
	if (!root) return lg_failf(cx, LG_INVALID, path, "line %d: %s", why.line, why.text);
	lg_defer(cx->mem, drop, root);
	if (!is_ours(root)) return lg_fail(cx, LG_INVALID, path, "is no summary of \"landgang match\"");
	read_root(&r, root, out);
	return r.missing ? lg_failf(cx, LG_INVALID, path, "\"%s\" is missing or not what it should be", r.missing)
	                 : LG_OK;
}
