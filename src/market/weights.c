/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "market/weights.h"

#include <jansson.h>
#include <string.h>
#include <strings.h>

/* What people are, as against what they can do: asked for now and then, refused always. */
static const char *const never[] = {
	"sex",      "gender",     "age",        "birth_date", "birth_year", "nationality", "citizenship",
	"origin",   "country",    "name",       "religion",   "ethnicity",  "race",        "colour",
	"color",    "disability", "health",     "pregnancy",  "children",   "family",      "sexual_orientation",
	"politics", "union",      "appearance", "photo",
};

static bool is_never(const char *key)
{
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (!strcasecmp(never[i], key)) return true;
	return false;
}

/* The part of the score that a key names, or LGM_PARTS. */
static unsigned part_of(const char *key)
{
	unsigned part = 0;
	while (part < LGM_PARTS && strcmp(lgm_part_name((enum lgm_part)part), key) != 0) part++;
	return part;
}

static enum lg_err unknown_key(struct lg_ctx *cx, const char *name, const char *key)
{
	if (is_never(key))
		return lg_failf(
		    cx, LG_INVALID, name,
		    "\"%s\" is no weight: the engine has no field for it and never will weigh it. Remove the line.",
		    key);
	return lg_failf(
	    cx, LG_INVALID, name,
	    "\"%.100s\" is no weight. The keys are occupation, essential_skills, optional_skills, language, "
	    "distance, wish, schedule, min_schedule_percent and start_grace_days.",
	    key);
}

static enum lg_err whole(struct lg_ctx *cx, const char *name, const char *key, const json_t *value, json_int_t most,
                         uint16_t *out)
{
	json_int_t v = json_is_integer(value) ? json_integer_value(value) : -1;
	if (v < 0 || v > most)
		return lg_failf(cx, LG_INVALID, name, "\"%s\" must be a whole number from 0 to %d.", key, (int)most);
	*out = (uint16_t)v;
	return LG_OK;
}

static enum lg_err take(struct lg_ctx *cx, struct lgm_setup *setup, const char *name, const char *key,
                        const json_t *value)
{
	unsigned part = part_of(key);
	if (part < LGM_PARTS) return whole(cx, name, key, value, 10000, &setup->weight[part]);
	if (!strcmp(key, "start_grace_days")) return whole(cx, name, key, value, 3650, &setup->start_grace_days);
	if (strcmp(key, "min_schedule_percent") != 0) return unknown_key(cx, name, key);
	uint16_t percent = 0;
	LG_TRY(whole(cx, name, key, value, 100, &percent));
	setup->min_schedule_percent = (uint8_t)percent;
	return LG_OK;
}

static enum lg_err check_sum(struct lg_ctx *cx, const struct lgm_setup *setup, const char *name)
{
	unsigned sum = 0;
	for (unsigned part = 0; part < LGM_PARTS; part++) sum += setup->weight[part];
	if (sum >= 1 && sum <= 10000) return LG_OK;
	return lg_failf(
	    cx, LG_INVALID, name,
	    "The seven weights add up to %u (those not named keep their defaults); they must add up to 1 to "
	    "10000.",
	    sum);
}

static void drop(void *json) { json_decref(json); }

enum lg_err lg_weights_read(struct lg_ctx *cx, struct lgm_setup *setup, const char *name, const char *json, size_t n)
{
	json_error_t error;
	struct lgm_setup draft = *setup;
	json_t *object = json_loadb(json, n, JSON_REJECT_DUPLICATES, &error);
	if (!object) return lg_failf(cx, LG_INVALID, name, "This is not JSON (line %d: %s).", error.line, error.text);
	lg_defer(cx->mem, drop, object);
	if (!json_is_object(object))
		return lg_fail(cx, LG_INVALID, name,
		               "The weights must be one JSON object: { \"occupation\": 3000, ... }.");
	const char *key;
	json_t *value;
	json_object_foreach(object, key, value) LG_TRY(take(cx, &draft, name, key, value));
	LG_TRY(check_sum(cx, &draft, name));
	*setup = draft;
	return LG_OK;
}
