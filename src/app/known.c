/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include "app/known.h"

#include <pthread.h>
#include <string.h>

#include "app/seal.h"

enum { PLACES = 1024, NEAR = 4, LONGEST = 1023, SECONDS = 60, HASH = 32 };

struct place {
	uint8_t hash[HASH];
	enum db_as as;
	int64_t until; /* 0: empty */
	char json[LONGEST + 1];
};

struct known {
	pthread_mutex_t lock;
	struct place at[PLACES];
};

struct known *known_new(struct lg_ctx *cx)
{
	struct known *known = lg_alloc(cx->mem, sizeof *known);
	memset(known, 0, sizeof *known);
	(void)pthread_mutex_init(&known->lock, NULL);
	return known;
}

static bool is_here(const struct place *p, const uint8_t hash[HASH], const struct db_who *who)
{
	return p->until && p->as == who->as && !memcmp(p->hash, hash, HASH);
}

static void hash_of(uint8_t hash[HASH], const struct db_who *who) { seal_hash(hash, who->token, SEAL_TOKEN); }

/* Where this token is, or may be: of the few places that it may have, the one that is known shortest. Whoever came
 * there last is known. The caller holds the lock. */
static struct place *place_of(struct known *known, const uint8_t hash[HASH], const struct db_who *who)
{
	unsigned first = hash[0] | (unsigned)hash[1] << 8;
	struct place *shortest = &known->at[first % PLACES];
	for (unsigned i = 0; i < NEAR; i++) {
		struct place *p = &known->at[(first + i) % PLACES];
		if (is_here(p, hash, who)) return p;
		if (p->until < shortest->until) shortest = p;
	}
	return shortest;
}

void known_put(struct lg_ctx *cx, struct known *known, const struct db_who *who, const char *json)
{
	uint8_t hash[HASH];
	size_t n = strlen(json);
	if (n > LONGEST) return;
	hash_of(hash, who);
	(void)pthread_mutex_lock(&known->lock);
	struct place *p = place_of(known, hash, who);
	memcpy(p->hash, hash, HASH);
	memcpy(p->json, json, n + 1);
	p->as = who->as;
	p->until = cx->now + SECONDS;
	(void)pthread_mutex_unlock(&known->lock);
}

const char *known_get(struct lg_ctx *cx, struct known *known, const struct db_who *who)
{
	uint8_t hash[HASH];
	char *json = lg_alloc(cx->mem, LONGEST + 1); /* not while the lock is held: it may not come back */
	hash_of(hash, who);
	(void)pthread_mutex_lock(&known->lock);
	const struct place *p = place_of(known, hash, who);
	bool is = is_here(p, hash, who) && cx->now < p->until && cx->now + SECONDS >= p->until;
	if (is) memcpy(json, p->json, strlen(p->json) + 1);
	(void)pthread_mutex_unlock(&known->lock);
	return is ? json : NULL;
}

void known_forget(struct known *known, const struct db_who *who)
{
	uint8_t hash[HASH];
	hash_of(hash, who);
	(void)pthread_mutex_lock(&known->lock);
	struct place *p = place_of(known, hash, who);
	if (is_here(p, hash, who)) p->until = 0;
	(void)pthread_mutex_unlock(&known->lock);
}
