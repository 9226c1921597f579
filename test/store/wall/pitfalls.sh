#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# Why the wall is as it is: each of these, done the easy way, leaks. If one of them stops leaking, PostgreSQL has changed, and the
# wall may be thought over; the lint names each of them in schema/.
. test/store/wall/common.sh
as postgres -v ON_ERROR_STOP=1 <<'SQL'
CREATE SCHEMA bad;
CREATE TABLE bad.c (tenant_id int, id serial, name text, number text UNIQUE);
INSERT INTO bad.c (tenant_id, name, number) SELECT 1 + g % 30, 'N' || g, 'n' || g FROM generate_series(1, 3000) g;
CREATE INDEX ON bad.c (tenant_id);
CREATE INDEX ON bad.c (name);
ALTER TABLE bad.c ENABLE ROW LEVEL SECURITY;
CREATE FUNCTION bad.immutable() RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT current_setting('bad.t')::int $$;
GRANT USAGE ON SCHEMA bad TO lg_web, lg_owner;
GRANT SELECT, INSERT ON bad.c TO lg_web;
GRANT USAGE ON SEQUENCE bad.c_id_seq TO lg_web;
CREATE POLICY p ON bad.c USING (tenant_id = bad.immutable());
CREATE VIEW bad.v AS SELECT * FROM bad.c;
GRANT SELECT ON bad.v TO lg_web;
SQL
reacts "an IMMUTABLE tenant in a kept plan: 8 is answered with 7's rows" '^7~7~$' lg_web "SET plan_cache_mode = force_generic_plan; SET bad.t = 7;
	PREPARE q AS SELECT min(tenant_id) FROM bad.c; EXECUTE q; SET bad.t = 8; EXECUTE q;"
as postgres -c 'DROP POLICY p ON bad.c' -c "CREATE POLICY p ON bad.c USING (tenant_id = (SELECT current_setting('bad.t')::int))"
reacts "an unsigned setting: who can say SQL is whom he wants" '^100~$' lg_web "SET bad.t = 7; SELECT set_config('bad.t', '8', false) \g /dev/null
	SELECT count(*) FROM bad.c WHERE tenant_id = 8;"
reacts "a view that asks as its owner: all tenants" '^30~$' lg_web "SET bad.t = 7; SELECT count(DISTINCT tenant_id) FROM bad.v;"
reacts "a number unique among all: somebody else has it" 'duplicate key value' lg_web "SET bad.t = 7; INSERT INTO bad.c (tenant_id, name, number) VALUES (7, 'x', 'n1');"
reacts "a sequence: how many there are of all" '^300[1-9]~$' lg_web "SET bad.t = 7; INSERT INTO bad.c (tenant_id, name, number) VALUES (7, 'x', 'mine') RETURNING id;"
as postgres -c 'ALTER TABLE bad.c OWNER TO lg_owner'
reacts "the owner without FORCE: all tenants" '^30~$' postgres "SET ROLE lg_owner; SET bad.t = 7; SELECT count(DISTINCT tenant_id) FROM bad.c;"
reacts "a setting of the session: the pool's next user still is the last one" '^7~$' lg_web "BEGIN; SET bad.t = 7; COMMIT; SELECT current_setting('bad.t');"
reacts "LIKE is not leakproof: behind the wall its index does not help" 'Filter: .*name ~~' lg_web "SET bad.t = 7; SET enable_seqscan = off; EXPLAIN (COSTS OFF) SELECT * FROM bad.c WHERE name LIKE 'N7';"
reacts "equality is" 'Index Cond: .name = ' lg_web "SET bad.t = 7; SET enable_seqscan = off; EXPLAIN (COSTS OFF) SELECT * FROM bad.c WHERE name = 'N7';"
finish
