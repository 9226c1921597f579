-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Offices that merge: on a day that the operator says, all that one office has goes to another, which is there already.
--
-- HOW. The wall stays as it is: no policy lets a row change its office. lg_gate reads a piece of a table in the context of the one,
-- and writes it in the context of the other (both signed, both with the purpose tenant_merge, for which the policy "merge" lets it at the
-- tables that say how they are merged); then it deletes what it read. All of it is one transaction of the jobs process
-- (src/core/tenant_merge.h), which seals anew between the two what is sealed for an office: whoever is killed leaves nothing. Before it
-- both offices are shut, and every transaction that began before that has ended.
--
-- A NEW TABLE says, after its wall, what becomes of it (test/store/wall/lint.sql wants it said):
--
--     CALL lg_gate.merges('lg.note', 'moved');                 'moved': its rows go to the other office
--     CALL lg_gate.merges('lg.template', 'moved', 'rename name');   a clash of two names: the one that comes is called "name (office)"
--     CALL lg_gate.merges('lg.follow', 'moved', 'left');       a clash of keys: the receiving office's stays, the other goes to lg.tenant_merge_left
--     'copied'   the rows go along and stay too (the audit, whose chain stays as it was)
--     'stays'    it is of the old office and remains its
--     'dropped'  worth nothing afterwards          'anew'   triggers of other tables write it again
-- What is sealed or hashed with the office's key in it must be known to src/core/tenant_merge_seal.c; a test says when a column is not.
--
--   FOR lg_auth (the operator's command)
--   lg_gate.tenant_merge_plan(from int, into int, on date, why text, whole bool, administrators bool, by text) -> text   '' planned; else why not
--   lg_gate.tenant_merge_cancel(from int, by text) -> bool     lg_gate.tenant_merge_list() -> what is planned
--   lg_gate.tenant_merge_rows(from int, into int) -> (tab, way, rows, there)*       what there is in both
--   lg_gate.tenant_merge_clashes(from int, into int) -> (what, detail)*             what would collide
--   FOR lg_job
--   tenant_merges_due() -> (from, into, running)*  tenant_merge_shut(from)  tenant_merge_begin(from) -> bool  tenant_merge_tables()
--   tenant_merge_copy(from, tab, after) -> (copied, kept_back, next)   tenant_merge_audit(...)   tenant_merge_run_box(...)
--   tenant_merge_clear(from, tab) -> int   tenant_merge_finish(from)   tenant_merge_failed(from, why)
--   FOR lg_web
--   token_before(token bytea) -> (state, office, now_office)    what became of the office that this token was good for

SET LOCAL ROLE lg_owner;
ALTER TABLE lg_ref.tenant ADD COLUMN shut timestamptz;
COMMENT ON COLUMN lg_ref.tenant.shut IS 'Since when nobody works in it, because it is being merged; NULL: it is open.';
ALTER TABLE lg.unit ADD COLUMN was_tenant int;
COMMENT ON COLUMN lg.unit.was_tenant IS 'The office that became this unit when offices were merged: roles for it hold for the units below it too. NULL: none did.';

SET LOCAL ROLE lg_gate;
ALTER TABLE lg_gate.walled
	ADD COLUMN merge text NOT NULL DEFAULT '' CHECK (merge IN ('', 'moved', 'copied', 'stays', 'dropped', 'anew')),
	ADD COLUMN clash text NOT NULL DEFAULT '' CHECK (clash ~ '^(|left|member|source|rename [a-z_]+)$');
COMMENT ON COLUMN lg_gate.walled.merge IS 'What becomes of its rows when offices merge: the head of schema/0025_tenant_merge.sql tells; empty: nobody has said.';
COMMENT ON COLUMN lg_gate.walled.clash IS 'What is done with rows that clash then; empty: none can, and if one does the merge fails.';

CREATE PROCEDURE lg_gate.merges(tab regclass, way text, clash text DEFAULT '') LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE may text := CASE way WHEN 'moved' THEN 'SELECT, INSERT, UPDATE, DELETE' WHEN 'copied' THEN 'SELECT, INSERT' WHEN 'stays' THEN '' ELSE 'SELECT, DELETE' END;
BEGIN
	UPDATE lg_gate.walled w SET merge = way, clash = merges.clash WHERE w.name = tab::text AND w.class <> 'reference' AND way <> '';
	IF NOT FOUND THEN
		RAISE EXCEPTION '% is no table of an office, or no way was said', tab;
	END IF;
	IF may <> '' THEN
		EXECUTE format('CREATE POLICY merge ON %s TO lg_gate USING ((SELECT lg_gate.kind()) = ''job'' AND (SELECT lg_gate.purpose()) = ''tenant_merge'')', tab);
		EXECUTE format('GRANT %s ON %s TO lg_gate', may, tab);
	END IF;
END $$;
COMMENT ON PROCEDURE lg_gate.merges(regclass, text, text) IS 'What becomes of a table when offices merge; the head of schema/0025_tenant_merge.sql tells.';
GRANT EXECUTE ON PROCEDURE lg_gate.merges(regclass, text, text) TO lg_owner;

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.tenant_merge (
	from_tenant int NOT NULL,
	into_tenant int NOT NULL CHECK (into_tenant <> from_tenant),
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	on_date date NOT NULL,
	why text NOT NULL DEFAULT '' CHECK (length(why) <= 800),
	narrow bool NOT NULL,
	administrators bool NOT NULL,
	from_name text NOT NULL,
	into_name text NOT NULL,
	state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'running', 'done', 'cancelled')),
	planned timestamptz NOT NULL DEFAULT now(),
	planned_by text NOT NULL DEFAULT '' CHECK (length(planned_by) <= 200),
	ended timestamptz,
	failure text NOT NULL DEFAULT '',
	outcome jsonb,
	PRIMARY KEY (from_tenant, id)
);
CREATE UNIQUE INDEX tenant_merge_once ON lg.tenant_merge (from_tenant) WHERE state IN ('planned', 'running');
CREATE INDEX tenant_merge_into ON lg.tenant_merge (into_tenant, state);
COMMENT ON TABLE lg.tenant_merge IS 'That one office becomes part of another: both see it';
COMMENT ON COLUMN lg.tenant_merge.from_tenant IS 'The office that ends';
COMMENT ON COLUMN lg.tenant_merge.into_tenant IS 'The office that goes on';
COMMENT ON COLUMN lg.tenant_merge.id IS 'The merge';
COMMENT ON COLUMN lg.tenant_merge.on_date IS 'On which day, as the receiving office counts days: early that morning';
COMMENT ON COLUMN lg.tenant_merge.why IS 'Why, in the operator''s words';
COMMENT ON COLUMN lg.tenant_merge.narrow IS 'What the receiving office had becomes a unit as well, and its roles of the whole office are for that unit: nobody sees more people than before';
COMMENT ON COLUMN lg.tenant_merge.administrators IS 'Administrators of the office that ends are administrators of the other';
COMMENT ON COLUMN lg.tenant_merge.from_name IS 'What the office that ends was called when this was planned';
COMMENT ON COLUMN lg.tenant_merge.into_name IS 'What the other was called';
COMMENT ON COLUMN lg.tenant_merge.state IS 'planned; running: both are shut; done, which cannot be undone; cancelled';
COMMENT ON COLUMN lg.tenant_merge.planned IS 'When it was planned';
COMMENT ON COLUMN lg.tenant_merge.planned_by IS 'By whom: a name on the operator''s machine';
COMMENT ON COLUMN lg.tenant_merge.ended IS 'When it was done or cancelled';
COMMENT ON COLUMN lg.tenant_merge.failure IS 'Why the last attempt failed; nothing of it was kept';
COMMENT ON COLUMN lg.tenant_merge.outcome IS 'Rows of each table: {"lg.note": {"had", "went", "kept_back"}}';
CALL lg_gate.wall_between('lg.tenant_merge', giver => 'from_tenant', receiver => 'into_tenant', writer => 'from_tenant',
	staff => 'SELECT', job => 'SELECT', gate => 'SELECT, INSERT, UPDATE');

CREATE TABLE lg.tenant_merge_left (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	at timestamptz NOT NULL DEFAULT now(),
	was_tenant int NOT NULL,
	tab text NOT NULL,
	why text NOT NULL,
	content jsonb NOT NULL,
	PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE lg.tenant_merge_left IS 'Rows of an office that was merged into this one for which there was no place: kept as they were';
COMMENT ON COLUMN lg.tenant_merge_left.tenant_id IS 'The office';
COMMENT ON COLUMN lg.tenant_merge_left.id IS 'Its id';
COMMENT ON COLUMN lg.tenant_merge_left.at IS 'When';
COMMENT ON COLUMN lg.tenant_merge_left.was_tenant IS 'Of which office it was';
COMMENT ON COLUMN lg.tenant_merge_left.tab IS 'Of which table';
COMMENT ON COLUMN lg.tenant_merge_left.why IS 'key: this office has one of that key; account: the account is here already; role: it was not carried over; between: it was between two offices';
COMMENT ON COLUMN lg.tenant_merge_left.content IS 'The row';
CALL lg_gate.wall('lg.tenant_merge_left', staff => 'SELECT', job => 'SELECT');
CREATE POLICY administrator ON lg.tenant_merge_left AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);

CREATE TABLE lg.source_before (
	tenant_id int NOT NULL,
	source text NOT NULL,
	was_tenant int NOT NULL,
	was_source text NOT NULL,
	PRIMARY KEY (tenant_id, source, was_tenant, was_source)
);
COMMENT ON TABLE lg.source_before IS 'How ids of a source were blinded by offices that became part of this one: what they brought in is still known by them';
COMMENT ON COLUMN lg.source_before.tenant_id IS 'The office';
COMMENT ON COLUMN lg.source_before.source IS 'The source (lg.imported), as it is called here';
COMMENT ON COLUMN lg.source_before.was_tenant IS 'The office that blinded its ids';
COMMENT ON COLUMN lg.source_before.was_source IS 'What it called the source';
CALL lg_gate.wall('lg.source_before', staff => 'SELECT', job => 'SELECT');

CALL lg_gate.merges('lg.tenant_merge', 'stays');
CALL lg_gate.merges('lg.tenant_merge_left', 'moved');
CALL lg_gate.merges('lg.source_before', 'moved');
CALL lg_gate.merges('lg.unit', 'moved');
CALL lg_gate.merges('lg.member', 'moved', 'member');
CALL lg_gate.merges('lg.member_role', 'moved');
CALL lg_gate.merges('lg.client', 'moved');
CALL lg_gate.merges('lg.audit', 'copied');
CALL lg_gate.merges('lg.read_audit', 'copied');
CALL lg_gate.merges('lg.audit_seal', 'stays');
CALL lg_gate.merges('lg.person_key', 'moved');
CALL lg_gate.merges('lg.outbox', 'moved');
CALL lg_gate.merges('lg.idempotency', 'dropped');
CALL lg_gate.merges('lg.candidate', 'moved');
CALL lg_gate.merges('lg.candidate_identifier', 'moved');
CALL lg_gate.merges('lg.candidate_trigram', 'moved');
CALL lg_gate.merges('lg.saved_view', 'moved', 'rename name');
CALL lg_gate.merges('lg.note', 'moved');
CALL lg_gate.merges('lg.task', 'moved');
CALL lg_gate.merges('lg.contact', 'moved');
CALL lg_gate.merges('lg.employer', 'moved');
CALL lg_gate.merges('lg.employer_trigram', 'moved');
CALL lg_gate.merges('lg.opening', 'moved');
CALL lg_gate.merges('lg.opening_trigram', 'moved');
CALL lg_gate.merges('lg.publication', 'moved');
CALL lg_gate.merges('lg.match_entry', 'anew');
CALL lg_gate.merges('lg.proposal', 'moved');
CALL lg_gate.merges('lg.run', 'moved');
CALL lg_gate.merges('lg.run_line', 'moved');
CALL lg_gate.merges('lg.run_opening', 'moved');
CALL lg_gate.merges('lg.run_input', 'moved');
CALL lg_gate.merges('lg.import', 'moved', 'source');
CALL lg_gate.merges('lg.import_row', 'moved');
CALL lg_gate.merges('lg.imported', 'moved', 'source');
CALL lg_gate.merges('lg.webhook', 'moved');
CALL lg_gate.merges('lg.webhook_delivery', 'moved');
CALL lg_gate.merges('lg.document', 'moved');
CALL lg_gate.merges('lg.document_piece', 'moved');
CALL lg_gate.merges('lg.document_word', 'moved');
CALL lg_gate.merges('lg.merge', 'moved');
CALL lg_gate.merges('lg.follow', 'moved', 'left');
CALL lg_gate.merges('lg.message', 'moved');

SET LOCAL ROLE lg_gate;
-- What is still to be done, of all offices: lg.tenant_merge is what each of them sees of it.
CREATE TABLE lg_gate.tenant_merge_due (
	from_tenant int PRIMARY KEY,
	into_tenant int NOT NULL,
	id uuid NOT NULL,
	on_date date NOT NULL,
	narrow bool NOT NULL,
	administrators bool NOT NULL,
	running bool NOT NULL DEFAULT false,
	waits_for text[],
	tries int NOT NULL DEFAULT 0,
	next_at timestamptz NOT NULL DEFAULT now(),
	failure text NOT NULL DEFAULT ''
);
COMMENT ON TABLE lg_gate.tenant_merge_due IS 'Merges of lg.tenant_merge that are planned or running.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.from_tenant IS 'The office that ends: it can do so once.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.into_tenant IS 'The office that goes on.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.id IS 'The merge.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.on_date IS 'On which day.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.narrow IS 'As in lg.tenant_merge.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.administrators IS 'As in lg.tenant_merge.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.running IS 'Both offices are shut.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.waits_for IS 'Transactions (virtual ids) that began before they were shut; NULL: not asked yet.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.tries IS 'How often it failed.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.next_at IS 'When it is tried again.';
COMMENT ON COLUMN lg_gate.tenant_merge_due.failure IS 'Why it failed last.';

CREATE TABLE lg_gate.tenant_merge_map (
	from_tenant int NOT NULL,
	old_member uuid NOT NULL,
	new_member uuid,
	PRIMARY KEY (from_tenant, old_member)
);
COMMENT ON TABLE lg_gate.tenant_merge_map IS 'During a merge: members whose account is a member of the receiving office already.';
COMMENT ON COLUMN lg_gate.tenant_merge_map.from_tenant IS 'The office that ends.';
COMMENT ON COLUMN lg_gate.tenant_merge_map.old_member IS 'The member there.';
COMMENT ON COLUMN lg_gate.tenant_merge_map.new_member IS 'The member of the receiving office; NULL: it is of another kind, and nothing is carried over.';

CREATE TABLE lg_gate.tenant_merge_count (
	from_tenant int NOT NULL,
	tab text NOT NULL,
	had bigint NOT NULL,
	went bigint NOT NULL DEFAULT 0,
	kept_back bigint NOT NULL DEFAULT 0,
	PRIMARY KEY (from_tenant, tab)
);
COMMENT ON TABLE lg_gate.tenant_merge_count IS 'During a merge: the rows of each table.';
COMMENT ON COLUMN lg_gate.tenant_merge_count.from_tenant IS 'The office that ends.';
COMMENT ON COLUMN lg_gate.tenant_merge_count.tab IS 'The table.';
COMMENT ON COLUMN lg_gate.tenant_merge_count.had IS 'How many it had.';
COMMENT ON COLUMN lg_gate.tenant_merge_count.went IS 'How many were written in the other office.';
COMMENT ON COLUMN lg_gate.tenant_merge_count.kept_back IS 'How many went to lg.tenant_merge_left.';

CREATE TABLE lg_gate.token_before (
	token_hash bytea PRIMARY KEY,
	tenant_id int NOT NULL,
	ends timestamptz NOT NULL
);
CREATE INDEX ON lg_gate.token_before (ends);
COMMENT ON TABLE lg_gate.token_before IS 'Sessions and tokens that ended because their office was shut: they open nothing, but whoever brings one is told why.';
COMMENT ON COLUMN lg_gate.token_before.token_hash IS 'SHA-256 of its 32 bytes.';
COMMENT ON COLUMN lg_gate.token_before.tenant_id IS 'Where it acted.';
COMMENT ON COLUMN lg_gate.token_before.ends IS 'When it would have ended.';

-- While an office is shut no context of it is made but for the merge itself, for the audit's seals (whose table stays) and for looking at members.
CREATE OR REPLACE FUNCTION lg_gate.sign(ctx text) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE i bytea; o bytea;
BEGIN
	IF split_part(ctx, '|', 6) NOT IN ('tenant_merge', 'seal_audit', 'sign_in')
		AND EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = split_part(ctx, '|', 1)::int AND t.shut IS NOT NULL) THEN
		RAISE EXCEPTION 'the office is being merged' USING ERRCODE = '57P03';
	END IF;
	SELECT s.inner_pad, s.outer_pad INTO i, o FROM lg_gate.secret s;
	PERFORM set_config('lg.ctx', encode(sha256(o || sha256(i || convert_to(ctx, 'UTF8') || timestamptz_send(now())
		|| int4send(pg_backend_pid()))), 'hex') || ctx, true);
END $$;

CREATE OR REPLACE FUNCTION lg_gate.session_open(account uuid, tenant int, token bytea, strength text, address text, agent text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	x record;
	sid uuid := gen_random_uuid();
	until timestamptz := now() + interval '12 hours';
	idle timestamptz := now() + interval '30 minutes';
BEGIN
	IF length(token) IS DISTINCT FROM 32 THEN
		RAISE EXCEPTION 'a token has 32 bytes' USING ERRCODE = '22023';
	END IF;
	IF EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = tenant AND t.shut IS NOT NULL) THEN
		RAISE EXCEPTION 'the office is being merged' USING ERRCODE = '57P03';
	END IF;
	-- Whoever removes the member waits for us and then ends this session, or we wait and find no member.
	PERFORM lg_gate.sign(tenant || '|job||||sign_in');
	PERFORM FROM lg.member m WHERE m.tenant_id = tenant AND m.account_id = account FOR SHARE;
	SELECT * INTO x FROM lg_gate.actor(account, tenant);
	IF x.ctx IS NULL OR x.actor->>'kind' = 'staff' AND strength = 'password' THEN
		RAISE EXCEPTION 'no session can be opened' USING ERRCODE = '28000';
	END IF;
	x.actor := x.actor || jsonb_build_object('session', sid, 'ends', floor(extract(epoch FROM until))::bigint,
		'idle_ends', floor(extract(epoch FROM idle))::bigint);
	INSERT INTO lg_gate.session (token_hash, id, account_id, tenant_id, ctx, actor, strength, ends, idle_ends, address, agent)
		VALUES (sha256(token), sid, account, tenant, x.ctx, x.actor, strength, until, idle, left(address, 100), left(agent, 200));
	PERFORM lg_gate.note('sign_in', 'account', x.member, account, x.actor->>'kind', strength);
	PERFORM set_config('lg.ctx', was, true);
	RETURN x.actor;
END $$;

-- As in schema/0003, and: a role for a unit that was an office holds for the units below it.
CREATE OR REPLACE FUNCTION lg_gate.actor(for_account uuid, for_tenant int, OUT ctx text, OUT actor jsonb, OUT member uuid)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE t lg_ref.tenant; a lg_gate.account; m lg.member; today date; r text[]; u uuid[]; whole bool; narrow text := '';
BEGIN
	PERFORM lg_gate.sign(for_tenant || '|job||||sign_in');
	SELECT * INTO t FROM lg_ref.tenant x WHERE x.id = for_tenant;
	today := (now() AT TIME ZONE t.zone)::date;
	SELECT * INTO a FROM lg_gate.account x WHERE x.id = for_account AND NOT x.disabled;
	SELECT * INTO m FROM lg.member x WHERE x.tenant_id = for_tenant AND x.account_id = a.id AND x.accepted IS NOT NULL
		AND coalesce(x.valid_to >= today, true);
	IF m.id IS NULL OR t.valid_to < today THEN
		RETURN;
	END IF;
	IF m.kind = 'staff' THEN
		WITH now AS (SELECT * FROM lg.member_role x WHERE x.valid_from <= today AND coalesce(x.valid_to >= today, true)),
		mine AS (SELECT x.role, x.unit_id FROM now x WHERE x.member_id = m.id AND x.role IS NOT NULL
			UNION SELECT y.role, coalesce(y.unit_id, x.unit_id) FROM now x JOIN now y ON y.member_id = x.stand_in_for AND y.role IS NOT NULL
				WHERE x.member_id = m.id)
		SELECT coalesce(array_agg(DISTINCT role ORDER BY role), '{}'), coalesce(array_agg(DISTINCT unit_id) FILTER (WHERE unit_id IS NOT NULL), '{}'),
			coalesce(bool_or(unit_id IS NULL), false) INTO r, u, whole FROM mine;
		-- One role of the whole office opens all of it. Who has none at all is narrowed to a unit that there is not.
		IF NOT whole THEN
			narrow := coalesce((
				WITH RECURSIVE held AS (SELECT x.id, x.was_tenant IS NOT NULL AS below FROM lg.unit x WHERE x.tenant_id = for_tenant AND x.id = ANY (u)
					UNION SELECT y.id, true FROM held h JOIN lg.unit y ON y.tenant_id = for_tenant AND y.parent_id = h.id WHERE h.below)
				SELECT string_agg(x.id::text, ',' ORDER BY x.closed NULLS FIRST, x.sort, x.name, x.id) FROM lg.unit x
				WHERE x.tenant_id = for_tenant AND x.id IN (SELECT h.id FROM held h)), '00000000-0000-0000-0000-000000000000');
		END IF;
	ELSE
		r := ARRAY[m.kind];
	END IF;
	u := ARRAY(SELECT DISTINCT x FROM unnest(m.unit_ids || u) x ORDER BY x);
	ctx := concat_ws('|', t.id::text, m.kind, a.id::text, coalesce(m.subject::text, ''), array_to_string(r, ','), '', narrow);
	actor := jsonb_build_object('tenant', t.id, 'tenant_name', t.name, 'tenant_kind', t.kind, 'zone', t.zone, 'account', a.id,
		'name', m.name, 'kind', m.kind, 'subject', m.subject, 'roles', to_jsonb(r), 'units', to_jsonb(u), 'language', a.language,
		'member', m.id);
	member := m.id;
END $$;

-- Work that waits for the jobs process is not begun in an office that is shut, and is told of nothing that a merge wrote.
CREATE OR REPLACE FUNCTION lg_gate.mail_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT d.tenant_id, d.id FROM lg_gate.due d
	 WHERE d.at <= now() AND NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = d.tenant_id AND t.shut IS NOT NULL) ORDER BY d.at LIMIT most
$$;
CREATE OR REPLACE FUNCTION lg_gate.run_claim(seconds int) RETURNS TABLE (tenant int, id uuid, tries int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.run_due d SET held_until = now() + make_interval(secs => seconds), tries = d.tries + 1
	 WHERE (d.tenant_id, d.id) = (SELECT w.tenant_id, w.id FROM lg_gate.run_due w WHERE w.held_until < now()
	                                 AND NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = w.tenant_id AND t.shut IS NOT NULL)
	                               ORDER BY w.at LIMIT 1 FOR UPDATE SKIP LOCKED)
	RETURNING d.tenant_id, d.id, d.tries
$$;
CREATE OR REPLACE FUNCTION lg_gate.import_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT w.tenant_id, w.id FROM lg_gate.import_waits w
	 WHERE NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = w.tenant_id AND t.shut IS NOT NULL) ORDER BY w.since LIMIT most
$$;
CREATE OR REPLACE FUNCTION lg_gate.webhooks_due(most int) RETURNS TABLE (tenant int, id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT d.tenant_id, d.webhook_id FROM lg_gate.webhook_due d
	 WHERE d.at <= now() AND NOT EXISTS (SELECT FROM lg_gate.webhook_rest r
		WHERE r.tenant_id = d.tenant_id AND r.webhook_id = d.webhook_id AND r.until > now())
	   AND NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = d.tenant_id AND t.shut IS NOT NULL)
	 GROUP BY d.tenant_id, d.webhook_id ORDER BY min(d.at) LIMIT most
$$;
CREATE OR REPLACE FUNCTION lg_gate.run_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		IF NEW.state IN ('waiting', 'running') THEN -- one that came by a merge may have ended long ago
			INSERT INTO lg_gate.run_due (tenant_id, id, at) VALUES (NEW.tenant_id, NEW.id, NEW.created);
		END IF;
	ELSIF TG_OP = 'DELETE' THEN
		DELETE FROM lg_gate.run_due d WHERE d.tenant_id = OLD.tenant_id AND d.id = OLD.id;
	ELSIF NEW.state IN ('done', 'failed') THEN
		DELETE FROM lg_gate.run_due d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.id;
	END IF;
	RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION lg_gate.webhook_tell(event text, data jsonb) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF coalesce(current_setting('lg.ctx', true), '') = '' OR lg_gate.purpose() = 'tenant_merge' THEN
		RETURN; -- what comes from another office is nothing new
	END IF;
	INSERT INTO lg.webhook_delivery (webhook_id, event, body)
	SELECT w.id, event, jsonb_build_object('type', event, 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
		'data', data)::text
	  FROM lg.webhook w WHERE w.state = 'on' AND event = ANY (w.events);
END $$;

-- Planning: for the operator's command

CREATE FUNCTION lg_gate.tenant_merge_note(tenant int, verb text, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM lg_gate.sign(tenant || '|job||||tenant_merge');
	PERFORM lg_gate.note(verb, 'office', NULL, NULL, 'job', why);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_note(int, text, text) IS 'A line in an office''s audit; leaves the context of the merge there. For functions of the gate.';

CREATE FUNCTION lg_gate.tenant_merge_plan(from_office int, into_office int, on_day date, why text, whole bool, administrators bool, by text)
RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	f lg_ref.tenant;
	t lg_ref.tenant;
	has_people bool;
	merge uuid := gen_random_uuid();
BEGIN
	-- Two commands at once: the second sees what the first planned.
	PERFORM FROM lg_ref.tenant x WHERE x.id IN (from_office, into_office) ORDER BY x.id FOR UPDATE;
	SELECT * INTO f FROM lg_ref.tenant x WHERE x.id = from_office;
	SELECT * INTO t FROM lg_ref.tenant x WHERE x.id = into_office;
	IF f.id IS NULL OR t.id IS NULL OR f.id = t.id THEN
		RETURN 'office';
	ELSIF f.merged_into IS NOT NULL OR t.merged_into IS NOT NULL OR f.valid_to IS NOT NULL OR t.valid_to < on_day THEN
		RETURN 'closed';
	ELSIF on_day < (now() AT TIME ZONE t.zone)::date THEN
		RETURN 'date';
	ELSIF EXISTS (SELECT FROM lg_gate.tenant_merge_due d WHERE d.from_tenant = f.id) THEN
		RETURN 'planned';
	ELSIF EXISTS (SELECT FROM lg_gate.tenant_merge_due d WHERE d.into_tenant = f.id OR d.from_tenant = t.id) THEN
		RETURN 'chain';
	END IF;
	PERFORM lg_gate.sign(t.id || '|job||||tenant_merge');
	has_people := EXISTS (SELECT FROM lg.candidate);
	INSERT INTO lg_gate.tenant_merge_due (from_tenant, into_tenant, id, on_date, narrow, administrators)
		VALUES (f.id, t.id, merge, on_day, has_people AND NOT whole, tenant_merge_plan.administrators OR NOT has_people);
	PERFORM lg_gate.tenant_merge_note(t.id, 'merge_planned', format('%s -> %s: %s', f.name, t.name, on_day));
	PERFORM lg_gate.tenant_merge_note(f.id, 'merge_planned', format('%s -> %s: %s', f.name, t.name, on_day));
	INSERT INTO lg.tenant_merge (from_tenant, into_tenant, id, on_date, why, narrow, administrators, from_name, into_name, planned_by)
		SELECT d.from_tenant, d.into_tenant, d.id, d.on_date, tenant_merge_plan.why, d.narrow, d.administrators, f.name, t.name, by
		FROM lg_gate.tenant_merge_due d WHERE d.from_tenant = f.id;
	PERFORM set_config('lg.ctx', was, true);
	RETURN '';
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_plan(int, int, date, text, bool, bool, text) IS 'Plans that an office becomes part of another on a day; answers empty, or a word for why it cannot.';

CREATE FUNCTION lg_gate.tenant_merge_cancel(from_office int, by text) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due;
BEGIN
	DELETE FROM lg_gate.tenant_merge_due x WHERE x.from_tenant = from_office AND NOT x.running RETURNING * INTO d;
	IF d.id IS NULL THEN
		RETURN false;
	END IF;
	PERFORM lg_gate.tenant_merge_note(d.into_tenant, 'merge_cancelled', by);
	PERFORM lg_gate.tenant_merge_note(d.from_tenant, 'merge_cancelled', by);
	UPDATE lg.tenant_merge m SET state = 'cancelled', ended = now() WHERE m.from_tenant = d.from_tenant AND m.id = d.id;
	PERFORM set_config('lg.ctx', was, true);
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_cancel(int, text) IS 'A merge that was planned and has not begun will not be; false: there is none.';

CREATE FUNCTION lg_gate.tenant_merge_list() RETURNS TABLE (from_office int, from_name text, into_office int, into_name text, on_day date, state text,
	narrow bool, administrators bool, tries int, failure text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT d.from_tenant, f.name, d.into_tenant, t.name, d.on_date, CASE WHEN d.running THEN 'running' ELSE 'planned' END, d.narrow,
		d.administrators, d.tries, d.failure
	FROM lg_gate.tenant_merge_due d JOIN lg_ref.tenant f ON f.id = d.from_tenant JOIN lg_ref.tenant t ON t.id = d.into_tenant
	UNION ALL SELECT f.id, f.name, t.id, t.name, f.valid_to + 1, 'done', false, false, 0, ''
	FROM lg_ref.tenant f JOIN lg_ref.tenant t ON t.id = f.merged_into
	ORDER BY 5, 1
$$;
COMMENT ON FUNCTION lg_gate.tenant_merge_list() IS 'Merges that are planned, running or done.';

CREATE FUNCTION lg_gate.tenant_merge_rows(from_office int, into_office int) RETURNS TABLE (tab text, way text, had bigint, there bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE was text := coalesce(current_setting('lg.ctx', true), '');
BEGIN
	FOR tab, way IN SELECT w.name, w.merge FROM lg_gate.walled w WHERE w.class = 'tenant' ORDER BY w.name LOOP
		had := NULL;
		there := NULL;
		IF has_table_privilege('lg_gate', tab, 'SELECT') THEN
			PERFORM lg_gate.sign(from_office || '|job||||tenant_merge');
			EXECUTE format('SELECT count(*) FROM %s', tab) INTO had;
			PERFORM lg_gate.sign(into_office || '|job||||tenant_merge');
			EXECUTE format('SELECT count(*) FROM %s', tab) INTO there;
		END IF;
		RETURN NEXT;
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_rows(int, int) IS 'How many rows two offices have of each table, and what a merge does with them.';

CREATE FUNCTION lg_gate.tenant_merge_clashes(from_office int, into_office int) RETURNS TABLE (what text, detail text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	f text := from_office || '|job||||tenant_merge';
	t text := into_office || '|job||||tenant_merge';
	held jsonb;
	w record;
	cols text;
BEGIN
	-- accounts of both
	PERFORM lg_gate.sign(f);
	held := (SELECT jsonb_object_agg(m.account_id, m.kind) FROM lg.member m);
	PERFORM lg_gate.sign(t);
	RETURN QUERY SELECT CASE WHEN held->>m.account_id::text = m.kind THEN 'account' ELSE 'account of another kind' END, a.mail
		FROM lg.member m JOIN lg_gate.account a ON a.id = m.account_id WHERE held ? m.account_id::text ORDER BY a.mail;
	-- companies of one number
	PERFORM lg_gate.sign(f);
	held := (SELECT jsonb_object_agg(e.number, e.name) FROM lg.employer e WHERE e.number <> '');
	PERFORM lg_gate.sign(t);
	RETURN QUERY SELECT 'company number', e.number || ': ' || (held->>e.number) || ' / ' || e.name FROM lg.employer e WHERE held ? e.number ORDER BY 2;
	-- sources of imports
	PERFORM lg_gate.sign(f);
	held := (SELECT jsonb_object_agg(x.source, 1) FROM (SELECT i.source FROM lg.import i UNION SELECT i.source FROM lg.imported i) x);
	PERFORM lg_gate.sign(t);
	RETURN QUERY SELECT 'source of imports', x.source FROM (SELECT i.source FROM lg.import i UNION SELECT i.source FROM lg.imported i) x
		WHERE held ? x.source ORDER BY 2;
	-- units of one name: they stand below two different ones afterwards
	PERFORM lg_gate.sign(f);
	held := (SELECT jsonb_object_agg(u.name, 1) FROM lg.unit u WHERE u.closed IS NULL);
	PERFORM lg_gate.sign(t);
	RETURN QUERY SELECT 'unit', u.name FROM lg.unit u WHERE held ? u.name AND u.closed IS NULL ORDER BY 2;
	-- keys and names of all other tables, by their unique indexes
	FOR w IN SELECT x.name, x.clash, i.indexrelid, i.indkey FROM lg_gate.walled x JOIN pg_index i ON i.indrelid = x.name::regclass AND i.indisunique
		WHERE x.class = 'tenant' AND x.merge = 'moved' AND x.clash NOT IN ('member', 'source') ORDER BY x.name, i.indexrelid LOOP
		cols := (SELECT string_agg(format('to_jsonb(x)->%L', a.attname), ', ' ORDER BY k.n) FROM unnest(w.indkey) WITH ORDINALITY k(c, n)
			JOIN pg_attribute a ON a.attrelid = w.name::regclass AND a.attnum = k.c AND a.attname <> 'tenant_id');
		-- A key of which a part is random clashes with none.
		CONTINUE WHEN EXISTS (SELECT FROM unnest(w.indkey) k(c) JOIN pg_attribute a ON a.attrelid = w.name::regclass AND a.attnum = k.c
			WHERE a.atttypid = 'uuid'::regtype AND a.attname <> 'account_id');
		PERFORM lg_gate.sign(f);
		EXECUTE format('SELECT jsonb_object_agg(jsonb_build_array(%s)::text, 1) FROM %s x', cols, w.name) INTO held;
		PERFORM lg_gate.sign(t);
		RETURN QUERY EXECUTE format('SELECT %L, jsonb_build_array(%s)::text FROM %s x WHERE $1 ? jsonb_build_array(%2$s)::text ORDER BY 2',
			w.name || CASE w.clash WHEN '' THEN ' (not decided: the merge would fail)' ELSE '' END, cols, w.name) USING held;
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_clashes(int, int) IS 'What two offices have that cannot be twice in one.';

-- Doing it: for the jobs process

CREATE FUNCTION lg_gate.tenant_merges_due() RETURNS TABLE (from_office int, into_office int, running bool)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.token_before b WHERE b.ends < now();
	RETURN QUERY SELECT d.from_tenant, d.into_tenant, d.running FROM lg_gate.tenant_merge_due d JOIN lg_ref.tenant t ON t.id = d.into_tenant
		WHERE d.running OR d.next_at <= now() AND d.on_date <= (now() AT TIME ZONE t.zone)::date ORDER BY d.running DESC, d.on_date, d.from_tenant;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merges_due() IS 'Merges whose day has come in the receiving office''s zone, those that are running first.';

-- Nobody comes in any more; who is in, is out; what runs, runs to its end.
CREATE FUNCTION lg_gate.tenant_merge_shut(from_office int) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due;
BEGIN
	UPDATE lg_gate.tenant_merge_due x SET running = true, waits_for = NULL FROM lg_ref.tenant t
		WHERE x.from_tenant = from_office AND NOT x.running AND t.id = x.into_tenant AND x.on_date <= (now() AT TIME ZONE t.zone)::date
		RETURNING x.* INTO d;
	IF d.id IS NULL THEN
		RETURN false;
	END IF;
	UPDATE lg_ref.tenant t SET shut = now() WHERE t.id IN (d.from_tenant, d.into_tenant);
	WITH s AS (DELETE FROM lg_gate.session x WHERE x.tenant_id IN (d.from_tenant, d.into_tenant) RETURNING x.token_hash, x.tenant_id, x.ends),
	b AS (DELETE FROM lg_gate.bearer x WHERE x.tenant_id IN (d.from_tenant, d.into_tenant) RETURNING x.token_hash, x.tenant_id, x.ends)
	INSERT INTO lg_gate.token_before SELECT * FROM s UNION ALL SELECT * FROM b ON CONFLICT DO NOTHING;
	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	UPDATE lg.tenant_merge m SET state = 'running', failure = '' WHERE m.from_tenant = d.from_tenant AND m.id = d.id;
	PERFORM set_config('lg.ctx', was, true);
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_shut(int) IS 'Both offices of a merge whose day has come are shut.';

-- The merge that is running, locked by this transaction. For the functions that follow.
CREATE FUNCTION lg_gate.tenant_merge_mine(from_office int) RETURNS lg_gate.tenant_merge_due
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE d lg_gate.tenant_merge_due;
BEGIN
	SELECT * INTO d FROM lg_gate.tenant_merge_due x WHERE x.from_tenant = from_office AND x.running AND x.waits_for = '{}' FOR UPDATE NOWAIT;
	IF d.id IS NULL THEN
		RAISE EXCEPTION 'no merge is running' USING ERRCODE = '55000';
	END IF;
	RETURN d;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_mine(int) IS 'The merge that is running, locked by this transaction. For functions of the gate.';

-- A transaction that began before the offices were shut may still write in them: all of the service's are waited for, by the locks
-- that each holds on itself.
CREATE FUNCTION lg_gate.tenant_merge_quiet(from_office int) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	d lg_gate.tenant_merge_due;
	open text[] := ARRAY(SELECT l.virtualxid FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
		WHERE l.locktype = 'virtualxid' AND l.pid <> pg_backend_pid() AND a.usename IN ('lg_web', 'lg_auth', 'lg_job', 'lg_match'));
BEGIN
	SELECT * INTO d FROM lg_gate.tenant_merge_due x WHERE x.from_tenant = from_office AND x.running FOR UPDATE SKIP LOCKED;
	IF d.id IS NULL THEN
		RETURN false;
	END IF;
	open := CASE WHEN d.waits_for IS NULL THEN open ELSE ARRAY(SELECT unnest(open) INTERSECT SELECT unnest(d.waits_for)) END;
	IF open IS DISTINCT FROM d.waits_for THEN
		UPDATE lg_gate.tenant_merge_due x SET waits_for = open WHERE x.from_tenant = from_office;
	END IF;
	RETURN open = '{}';
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_quiet(int) IS 'Has all ended that began before the offices were shut?';

CREATE FUNCTION lg_gate.tenant_merge_tables() RETURNS TABLE (n int, tab text, way text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	waiting text[] := ARRAY(SELECT w.name FROM lg_gate.walled w WHERE w.class = 'tenant' AND w.merge = 'moved' ORDER BY w.name);
	ready text[];
BEGIN
	IF EXISTS (SELECT FROM lg_gate.walled w WHERE w.class <> 'reference' AND w.merge = '') THEN
		RAISE EXCEPTION 'nobody has said what becomes of %', (SELECT min(w.name) FROM lg_gate.walled w WHERE w.class <> 'reference' AND w.merge = '')
			USING ERRCODE = '55000';
	END IF;
	n := 0;
	way := 'moved';
	WHILE waiting <> '{}' LOOP
		ready := ARRAY(SELECT x FROM unnest(waiting) x WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = x::regclass
			AND k.confrelid <> k.conrelid AND k.confrelid::regclass::text = ANY (waiting)) ORDER BY x);
		IF ready = '{}' THEN
			RAISE EXCEPTION 'tables refer to each other in a ring: %', waiting USING ERRCODE = '55000';
		END IF;
		FOREACH tab IN ARRAY ready LOOP
			n := n + 1;
			RETURN NEXT;
		END LOOP;
		waiting := ARRAY(SELECT unnest(waiting) EXCEPT SELECT unnest(ready) ORDER BY 1);
	END LOOP;
	FOR tab, way IN SELECT w.name, w.merge FROM lg_gate.walled w WHERE w.class = 'tenant' AND w.merge IN ('copied', 'dropped', 'anew') ORDER BY w.name LOOP
		n := n + 1;
		RETURN NEXT;
	END LOOP;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_tables() IS 'The tables of a merge in the order in which they can be written: what is referred to first.';

-- A name that is not taken: as it is, else with the office behind it, else with a number too.
CREATE FUNCTION lg_gate.tenant_merge_name(name text, office text, taken text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int := 1; try text := name;
BEGIN
	WHILE try = ANY (taken) LOOP
		try := left(name, 40) || ' (' || left(office, 30) || CASE n WHEN 1 THEN '' ELSE ' ' || n END || ')';
		n := n + 1;
	END LOOP;
	RETURN try;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_name(text, text, text[]) IS 'A name that is not taken. For functions of the gate.';

-- All that must be so before rows go over: units, members of both, names that are taken.
CREATE FUNCTION lg_gate.tenant_merge_begin(from_office int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
	f lg_ref.tenant;
	t lg_ref.tenant;
	old text;
	new text;
	here uuid := gen_random_uuid();
	there uuid;
	held jsonb;
	m record;
	w record;
	col text;
	taken text[];
	name text;
	n bigint;
BEGIN
	SELECT * INTO f FROM lg_ref.tenant x WHERE x.id = d.from_tenant;
	SELECT * INTO t FROM lg_ref.tenant x WHERE x.id = d.into_tenant;
	old := f.id || '|job||||tenant_merge';
	new := t.id || '|job||||tenant_merge';
	DELETE FROM lg_gate.tenant_merge_map x WHERE x.from_tenant = f.id;
	DELETE FROM lg_gate.tenant_merge_count x WHERE x.from_tenant = f.id;

	-- The office becomes a unit; the receiving one's own people too, if they are to be as far from the others as before.
	PERFORM lg_gate.sign(new);
	INSERT INTO lg.unit (tenant_id, id, name, labels, sort, was_tenant) VALUES (t.id, here, f.name, f.labels, 0, f.id);
	IF d.narrow AND NOT EXISTS (SELECT FROM lg.unit u WHERE u.was_tenant = t.id) THEN
		there := gen_random_uuid();
		INSERT INTO lg.unit (tenant_id, id, name, labels, sort, was_tenant) VALUES (t.id, there, t.name, t.labels, 0, t.id);
		UPDATE lg.unit u SET parent_id = there WHERE u.parent_id IS NULL AND u.id <> there AND u.id <> here;
		UPDATE lg.candidate c SET unit = there WHERE c.unit IS NULL;
		UPDATE lg.member_role r SET unit_id = there WHERE r.unit_id IS NULL AND r.role IS NOT NULL;
	END IF;

	-- Who is a member of both stays one member, with what both were.
	PERFORM lg_gate.sign(old);
	held := (SELECT jsonb_object_agg(x.account_id, to_jsonb(x)) FROM lg.member x);
	PERFORM lg_gate.sign(new);
	FOR m IN SELECT x.*, held->x.account_id::text AS other FROM lg.member x WHERE held ? x.account_id::text LOOP
		INSERT INTO lg_gate.tenant_merge_map (from_tenant, old_member, new_member)
			VALUES (f.id, (m.other->>'id')::uuid, CASE WHEN m.kind = 'staff' AND m.other->>'kind' = 'staff' THEN m.id END);
		IF m.kind = 'staff' AND m.other->>'kind' = 'staff' THEN
			UPDATE lg.member x SET version = x.version + 1,
				unit_ids = x.unit_ids || ARRAY(SELECT jsonb_array_elements_text(m.other->'unit_ids')::uuid) || here,
				accepted = coalesce(x.accepted, (m.other->>'accepted')::timestamptz),
				valid_to = CASE WHEN x.valid_to IS NULL OR m.other->>'valid_to' IS NULL THEN NULL ELSE greatest(x.valid_to, (m.other->>'valid_to')::date) END
				WHERE x.tenant_id = t.id AND x.id = m.id;
		END IF;
	END LOOP;
	DELETE FROM lg_gate.mail_token k USING lg_gate.tenant_merge_map x WHERE k.tenant_id = f.id AND x.from_tenant = f.id AND x.old_member = k.member_id
		AND x.new_member IS NULL;
	UPDATE lg_gate.mail_token k SET tenant_id = t.id, member_id = coalesce((SELECT x.new_member FROM lg_gate.tenant_merge_map x
		WHERE x.from_tenant = f.id AND x.old_member = k.member_id), k.member_id) WHERE k.tenant_id = f.id;

	-- Sources of imports: the receiving office may call another system by the same word, so one that is taken is told apart for good.
	PERFORM lg_gate.sign(new);
	taken := ARRAY(SELECT i.source FROM lg.import i UNION SELECT i.source FROM lg.imported i UNION SELECT s.source FROM lg.source_before s);
	PERFORM lg_gate.sign(old);
	FOR m IN SELECT i.source FROM lg.import i UNION SELECT i.source FROM lg.imported i UNION SELECT s.source FROM lg.source_before s ORDER BY 1 LOOP
		name := lg_gate.tenant_merge_name(m.source, f.name, taken);
		taken := taken || name;
		IF name <> m.source THEN
			UPDATE lg.import i SET source = name WHERE i.source = m.source;
			UPDATE lg.imported i SET source = name WHERE i.source = m.source;
			UPDATE lg.source_before s SET source = name WHERE s.source = m.source;
		END IF;
		INSERT INTO lg.source_before (tenant_id, source, was_tenant, was_source) VALUES (f.id, name, f.id, m.source) ON CONFLICT DO NOTHING;
	END LOOP;

	-- Names that are taken, of tables that said so.
	FOR w IN SELECT x.name AS tab, split_part(x.clash, ' ', 2) AS col FROM lg_gate.walled x WHERE x.clash LIKE 'rename %' AND x.merge = 'moved' ORDER BY 1 LOOP
		-- the other columns of the unique index that holds it say among whom it must be one
		col := (SELECT string_agg(format('to_jsonb(x)->%L', a.attname), ', ') FROM pg_index i, unnest(i.indkey) k(c), pg_attribute a
			WHERE i.indrelid = w.tab::regclass AND i.indisunique AND a.attrelid = i.indrelid AND a.attnum = k.c AND a.attname NOT IN ('tenant_id', w.col)
			AND EXISTS (SELECT FROM unnest(i.indkey) y(c) JOIN pg_attribute b ON b.attrelid = i.indrelid AND b.attnum = y.c AND b.attname = w.col));
		PERFORM lg_gate.sign(new);
		EXECUTE format('SELECT jsonb_object_agg(y.k, y.names) FROM (SELECT jsonb_build_array(%s)::text AS k, jsonb_agg(x.%I) AS names FROM %s x GROUP BY 1) y',
			coalesce(col, ''), w.col, w.tab) INTO held;
		CONTINUE WHEN held IS NULL;
		PERFORM lg_gate.sign(old);
		FOR m IN EXECUTE format('SELECT x.ctid AS place, x.%I AS name, jsonb_build_array(%s)::text AS k FROM %s x WHERE $1 ? jsonb_build_array(%2$s)::text AND '
			|| '$1->(jsonb_build_array(%2$s)::text) ? x.%1$I', w.col, coalesce(col, ''), w.tab) USING held LOOP
			EXECUTE format('SELECT array_agg(x.%I) FROM %s x WHERE jsonb_build_array(%s)::text = $1', w.col, w.tab, coalesce(col, '')) INTO taken USING m.k;
			name := lg_gate.tenant_merge_name(m.name, f.name, taken || ARRAY(SELECT jsonb_array_elements_text(held->m.k)));
			EXECUTE format('UPDATE %s x SET %I = $1 WHERE x.ctid = $2', w.tab, w.col) USING name, m.place;
		END LOOP;
	END LOOP;

	-- Whoever listens is told; what they asked for of this office alone, they are not told of another's until somebody says so.
	PERFORM lg_gate.sign(old);
	INSERT INTO lg.webhook_delivery (tenant_id, webhook_id, event, body)
		SELECT f.id, h.id, 'office.merged', jsonb_build_object('type', 'office.merged', 'timestamp', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
			'data', jsonb_build_object('id', f.id, 'into', t.id, 'name', t.name))::text
		FROM lg.webhook h WHERE h.state = 'on';

	FOR w IN SELECT x.name AS tab, x.merge FROM lg_gate.walled x WHERE x.class = 'tenant' AND x.merge IN ('moved', 'copied') LOOP
		EXECUTE format('SELECT count(*) FROM %s', w.tab) INTO n;
		INSERT INTO lg_gate.tenant_merge_count (from_tenant, tab, had) VALUES (f.id, w.tab, n);
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
	RETURN t.id;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_begin(int) IS 'The beginning of a merge''s one transaction; answers the receiving office.';

-- The next rows of a table, from the one office to the other. `after`: the last row of the piece before, as text.
CREATE FUNCTION lg_gate.tenant_merge_copy(from_office int, tab text, after text, OUT copied bigint, OUT kept_back bigint, OUT next text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
	w lg_gate.walled;
	pk text[];
	rows text[];
	cols text;
	vals text;
	back text;
	room int;
	unit uuid;
	behind text;
	n bigint;
BEGIN
	SELECT * INTO w FROM lg_gate.walled x WHERE x.name = tab AND x.class = 'tenant' AND x.merge IN ('moved', 'copied');
	IF w.name IS NULL THEN
		RAISE EXCEPTION '% is not to be moved', tab USING ERRCODE = '22023';
	END IF;
	pk := ARRAY(SELECT format('%I', a.attname) FROM pg_index i, unnest(i.indkey) WITH ORDINALITY k(c, n), pg_attribute a
		WHERE i.indrelid = tab::regclass AND i.indisprimary AND a.attrelid = i.indrelid AND a.attnum = k.c AND a.attname <> 'tenant_id' ORDER BY k.n);
	-- Rows with sealed bytes are long.
	room := CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = tab::regclass AND a.attname IN ('box', 'before') AND a.atttypid = 'bytea'::regtype)
		THEN 64 ELSE 2000 END;

	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	-- Behind the last row of the piece before: written out, so that the index is begun there.
	IF after IS NOT NULL THEN
		EXECUTE format('SELECT format(%L, %s) FROM (SELECT ($1::%s).*) l',
			(SELECT string_agg('%L::' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY k.n) FROM unnest(pk) WITH ORDINALITY k(c, n)
				JOIN pg_attribute a ON a.attrelid = tab::regclass AND quote_ident(a.attname) = k.c),
			(SELECT string_agg('l.' || c, ', ') FROM unnest(pk) c), tab) INTO behind USING after;
	END IF;
	EXECUTE format('SELECT array_agg(y.line) FROM (SELECT t::text AS line FROM %s t WHERE %s%s ORDER BY t.tenant_id, %s LIMIT %s) y', tab,
		CASE tab WHEN 'lg.audit' THEN 't.payload IS NULL' ELSE 'true' END,
		CASE WHEN behind IS NULL THEN '' ELSE format(' AND (t.tenant_id, %s) > (%s, %s)', (SELECT string_agg('t.' || c, ', ') FROM unnest(pk) c),
			d.from_tenant, behind) END,
		(SELECT string_agg('t.' || c, ', ') FROM unnest(pk) c), room) INTO rows;
	copied := coalesce(cardinality(rows), 0);
	kept_back := 0;
	IF copied > 0 THEN
		PERFORM lg_gate.sign(d.into_tenant || '|job||||tenant_merge');
		unit := (SELECT u.id FROM lg.unit u WHERE u.was_tenant = d.from_tenant AND u.parent_id IS NULL);
		SELECT string_agg(format('%I', a.attname), ', ' ORDER BY a.attnum), string_agg(CASE
				WHEN a.attname = 'tenant_id' THEN '$2'
				WHEN EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = a.attrelid AND a.attnum = ANY (k.conkey)
					AND k.confrelid = 'lg.member'::regclass) THEN
					format('coalesce((SELECT x.new_member FROM lg_gate.tenant_merge_map x WHERE x.from_tenant = $3 AND x.old_member = (r).%1$I), (r).%1$I)', a.attname)
				WHEN tab = 'lg.candidate' AND a.attname = 'unit' OR tab = 'lg.unit' AND a.attname = 'parent_id' THEN format('coalesce((r).%I, $4)', a.attname)
				WHEN tab = 'lg.member_role' AND a.attname = 'unit_id' THEN 'CASE WHEN (r).role IS NULL THEN (r).unit_id ELSE coalesce((r).unit_id, $4) END'
				WHEN tab = 'lg.member' AND a.attname = 'unit_ids' THEN 'CASE (r).kind WHEN ''staff'' THEN (r).unit_ids || $4 ELSE (r).unit_ids END'
				WHEN tab = 'lg.client' AND a.attname = 'revoked' THEN 'coalesce((r).revoked, now())' -- a program cannot be kept to a unit
				WHEN tab = 'lg.webhook' AND a.attname = 'events' THEN 'ARRAY[''office.merged'']'
				ELSE format('(r).%I', a.attname) END, ', ' ORDER BY a.attnum)
			INTO cols, vals FROM pg_attribute a WHERE a.attrelid = tab::regclass AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
			AND NOT (w.merge = 'copied' AND a.attname IN ('era', 'xid')); -- the copy is written now, and sealed as of now
		-- For what there is no place. (OFFSET 0: else a row is read anew for each of its columns.)
		back := CASE WHEN w.clash = 'left' THEN format('CASE WHEN EXISTS (SELECT FROM %s x WHERE (%s) = (%s)) THEN ''key'' END', tab,
				(SELECT string_agg('x.' || c, ', ') FROM unnest(pk) c), (SELECT string_agg('(r).' || c, ', ') FROM unnest(pk) c))
			WHEN w.clash = 'member' THEN
				'CASE WHEN EXISTS (SELECT FROM lg_gate.tenant_merge_map x WHERE x.from_tenant = $3 AND x.old_member = (r).id) THEN ''account'' END'
			WHEN tab = 'lg.member_role' THEN 'CASE WHEN EXISTS (SELECT FROM lg_gate.tenant_merge_map x WHERE x.from_tenant = $3 AND x.new_member IS NULL '
				|| 'AND x.old_member IN ((r).member_id, (r).stand_in_for)) THEN ''account'''
				|| CASE WHEN d.administrators THEN '' ELSE ' WHEN (r).role = ''administrator'' THEN ''role''' END || ' END' END;
		IF back IS NOT NULL THEN
			EXECUTE format('INSERT INTO lg.tenant_merge_left (tenant_id, was_tenant, tab, why, content) SELECT $2, $3, %L, y.why, to_jsonb(y.r) FROM (SELECT q.r, %s AS why '
				|| 'FROM (SELECT x::%s AS r FROM unnest($1) x OFFSET 0) q) y WHERE y.why IS NOT NULL AND ($4 IS NOT NULL OR true)', tab, back, tab)
				USING rows, d.into_tenant, d.from_tenant, unit;
			GET DIAGNOSTICS kept_back = ROW_COUNT;
		END IF;
		EXECUTE format('INSERT INTO %1$s (%2$s) SELECT %3$s FROM (SELECT x::%1$s AS r FROM unnest($1) x OFFSET 0) q WHERE (%4$s) IS NULL AND ($2 + $3 > 0 OR $4 IS NULL)', tab, cols, vals,
			coalesce(back, 'NULL')) USING rows, d.into_tenant, d.from_tenant, unit;
		GET DIAGNOSTICS n = ROW_COUNT;
		IF n + kept_back <> copied THEN
			RAISE EXCEPTION '% of % rows of % were written', n + kept_back, copied, tab USING ERRCODE = '55000';
		END IF;
		copied := n;
		IF tab = 'lg.webhook' THEN
			INSERT INTO lg_gate.webhook_rest (tenant_id, webhook_id, until)
				SELECT h.tenant_id, h.id, CASE h.state WHEN 'on' THEN h.rests_until ELSE 'infinity' END FROM lg.webhook h
				WHERE h.tenant_id = d.into_tenant AND (h.state <> 'on' OR h.rests_until > now()) ON CONFLICT DO NOTHING;
		END IF;
		UPDATE lg_gate.tenant_merge_count x SET went = x.went + copied, kept_back = x.kept_back + tenant_merge_copy.kept_back
			WHERE x.from_tenant = d.from_tenant AND x.tab = tenant_merge_copy.tab;
		next := CASE WHEN cardinality(rows) = room THEN rows[room] END;
	END IF;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_copy(int, text, text) IS 'Writes the next rows of a table in the receiving office; next is NULL at the end.';

-- Lines of the audit that have sealed content: sealed anew, they go along; the old ones stay, unreadable once their key has gone.
CREATE FUNCTION lg_gate.tenant_merge_audit(from_office int, eras int[], xids text[], ids uuid[], boxes text[]) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
	lines text[];
	n int;
BEGIN
	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	lines := ARRAY(SELECT l::text FROM unnest(eras, xids, ids) WITH ORDINALITY k(era, xid, id, n)
		JOIN lg.audit l ON l.tenant_id = d.from_tenant AND l.era = k.era AND l.xid = k.xid::xid8 AND l.id = k.id AND l.payload IS NOT NULL ORDER BY k.n);
	IF cardinality(lines) <> cardinality(boxes) THEN
		RAISE EXCEPTION 'no such lines' USING ERRCODE = '22023';
	END IF;
	PERFORM lg_gate.sign(d.into_tenant || '|job||||tenant_merge');
	INSERT INTO lg.audit (tenant_id, id, at, actor, kind, verb, entity, subject, version, why, payload, request)
		SELECT d.into_tenant, (r).id, (r).at, (r).actor, (r).kind, (r).verb, (r).entity, (r).subject, (r).version, (r).why,
			CASE q.box WHEN '' THEN (r).payload ELSE decode(q.box, 'hex') END, (r).request
		FROM (SELECT x.line::lg.audit AS r, x.box FROM unnest(lines, boxes) x(line, box) OFFSET 0) q;
	GET DIAGNOSTICS n = ROW_COUNT;
	UPDATE lg_gate.tenant_merge_count x SET went = x.went + n WHERE x.from_tenant = d.from_tenant AND x.tab = 'lg.audit';
	PERFORM set_config('lg.ctx', was, true);
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_audit(int, int[], text[], uuid[], text[]) IS 'Lines of the audit with their content sealed anew; an empty box: as it was, nobody can open it.';

CREATE FUNCTION lg_gate.tenant_merge_run_box(from_office int, run uuid, piece int, box bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
BEGIN
	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	UPDATE lg.run_input i SET box = tenant_merge_run_box.box WHERE i.run_id = run AND i.piece = tenant_merge_run_box.piece;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_run_box(int, uuid, int, bytea) IS 'A piece of a run''s input, sealed for the receiving office.';

-- Of the pieces of documents the jobs process itself writes what it sealed anew; it says how many.
CREATE FUNCTION lg_gate.tenant_merge_went(from_office int, tab text, rows int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
BEGIN
	UPDATE lg_gate.tenant_merge_count x SET went = x.went + rows WHERE x.from_tenant = d.from_tenant AND x.tab = tenant_merge_went.tab;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_went(int, text, int) IS 'So many rows of a table were written by the caller itself.';

CREATE FUNCTION lg_gate.tenant_merge_clear(from_office int, tab text) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
	n int;
BEGIN
	IF NOT EXISTS (SELECT FROM lg_gate.walled x WHERE x.name = tab AND x.class = 'tenant' AND x.merge IN ('moved', 'dropped', 'anew')) THEN
		RAISE EXCEPTION '% is not to be cleared', tab USING ERRCODE = '22023';
	END IF;
	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	-- In pieces, but where rows refer to each other.
	EXECUTE format('DELETE FROM %s%s', tab, CASE WHEN EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.conrelid = tab::regclass
		AND k.confrelid = k.conrelid) THEN '' ELSE format(' WHERE ctid = ANY (ARRAY(SELECT x.ctid FROM %s x LIMIT %s))', tab,
		CASE WHEN EXISTS (SELECT FROM pg_constraint k WHERE k.contype = 'f' AND k.confrelid = tab::regclass) THEN 5000 ELSE 50000 END) END);
	GET DIAGNOSTICS n = ROW_COUNT;
	PERFORM set_config('lg.ctx', was, true);
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_clear(int, text) IS 'Deletes rows of the office that ends; answers how many: 0, there are no more.';

CREATE FUNCTION lg_gate.tenant_merge_finish(from_office int) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due := lg_gate.tenant_merge_mine(from_office);
	f lg_ref.tenant;
	t lg_ref.tenant;
	w record;
	n bigint;
	line text;
BEGIN
	SELECT * INTO f FROM lg_ref.tenant x WHERE x.id = d.from_tenant;
	SELECT * INTO t FROM lg_ref.tenant x WHERE x.id = d.into_tenant;
	PERFORM lg_gate.sign(f.id || '|job||||tenant_merge');
	FOR w IN SELECT x.name FROM lg_gate.walled x WHERE x.class = 'tenant' AND x.merge IN ('moved', 'dropped', 'anew') LOOP
		EXECUTE format('SELECT count(*) FROM %s', w.name) INTO n;
		IF n > 0 THEN
			RAISE EXCEPTION '% rows of % were left', n, w.name USING ERRCODE = '55000';
		END IF;
	END LOOP;
	SELECT x.tab || ': ' || x.had || ', ' || x.went || ', ' || x.kept_back INTO line FROM lg_gate.tenant_merge_count x
		WHERE x.from_tenant = f.id AND x.had <> x.went + x.kept_back;
	IF line IS NOT NULL THEN
		RAISE EXCEPTION 'not all rows arrived: %', line USING ERRCODE = '55000';
	END IF;
	line := format('%s -> %s', f.name, t.name);
	PERFORM lg_gate.tenant_merge_note(t.id, 'merged', line);
	PERFORM lg_gate.tenant_merge_note(f.id, 'merged', line);
	UPDATE lg.tenant_merge m SET state = 'done', ended = now(), failure = '', outcome = (SELECT jsonb_object_agg(x.tab,
			jsonb_build_object('had', x.had, 'went', x.went, 'kept_back', x.kept_back)) FROM lg_gate.tenant_merge_count x WHERE x.from_tenant = f.id)
		WHERE m.from_tenant = f.id AND m.id = d.id;
	UPDATE lg_ref.tenant x SET merged_into = t.id, valid_to = greatest(x.valid_from, d.on_date - 1), shut = NULL, version = x.version + 1 WHERE x.id = f.id;
	UPDATE lg_ref.tenant x SET shut = NULL WHERE x.id = t.id AND NOT EXISTS (SELECT FROM lg_gate.tenant_merge_due y
		WHERE y.into_tenant = t.id AND y.running AND y.from_tenant <> f.id);
	DELETE FROM lg_gate.account_tenant x WHERE x.tenant_id = f.id;
	DELETE FROM lg_gate.tenant_merge_map x WHERE x.from_tenant = f.id;
	DELETE FROM lg_gate.tenant_merge_count x WHERE x.from_tenant = f.id;
	DELETE FROM lg_gate.tenant_merge_due x WHERE x.from_tenant = f.id;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_finish(int) IS 'The end of a merge: nothing was lost, nothing is left; both open, the one as part of the other.';

-- Nothing of it was kept: both open again, and it is tried anew in an hour.
CREATE FUNCTION lg_gate.tenant_merge_failed(from_office int, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	d lg_gate.tenant_merge_due;
BEGIN
	UPDATE lg_gate.tenant_merge_due x SET running = false, waits_for = NULL, tries = x.tries + 1, next_at = now() + interval '1 hour',
		failure = left(why, 500) WHERE x.from_tenant = from_office AND x.running RETURNING * INTO d;
	IF d.id IS NULL THEN
		RETURN;
	END IF;
	UPDATE lg_ref.tenant x SET shut = NULL WHERE x.id IN (d.from_tenant, d.into_tenant) AND NOT EXISTS (SELECT FROM lg_gate.tenant_merge_due y
		WHERE y.running AND x.id IN (y.from_tenant, y.into_tenant));
	PERFORM lg_gate.sign(d.from_tenant || '|job||||tenant_merge');
	UPDATE lg.tenant_merge m SET state = 'planned', failure = d.failure WHERE m.from_tenant = d.from_tenant AND m.id = d.id;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.tenant_merge_failed(int, text) IS 'A merge failed, and nothing of it was kept: both offices are open again.';

-- Afterwards: for whoever comes with what was good once

CREATE FUNCTION lg_gate.tenant_now(tenant int) RETURNS int
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	WITH RECURSIVE chain AS (SELECT t.id, t.merged_into FROM lg_ref.tenant t WHERE t.id = tenant
		UNION SELECT t.id, t.merged_into FROM chain c JOIN lg_ref.tenant t ON t.id = c.merged_into)
	SELECT c.id FROM chain c WHERE c.merged_into IS NULL
$$;
COMMENT ON FUNCTION lg_gate.tenant_now(int) IS 'The office that an office has become part of, or itself. For functions of the gate.';

CREATE FUNCTION lg_gate.token_before(token bytea) RETURNS TABLE (state text, office text, now_office text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT CASE WHEN t.shut IS NOT NULL THEN 'shut' ELSE 'merged' END, t.name, coalesce(n.name, '')
	FROM lg_gate.token_before b JOIN lg_ref.tenant t ON t.id = b.tenant_id LEFT JOIN lg_ref.tenant n ON n.id = lg_gate.tenant_now(t.id)
	WHERE b.token_hash = sha256(token) AND b.ends > now() AND (t.shut IS NOT NULL OR t.merged_into IS NOT NULL)
$$;
COMMENT ON FUNCTION lg_gate.token_before(bytea) IS 'What became of the office that this token was good for: shut, or merged into another.';

-- A program's secret that was good once.
CREATE FUNCTION lg_gate.client_before(client uuid, secret bytea) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT n.name FROM lg_gate.client_secret k JOIN lg_ref.tenant t ON t.id = k.tenant_id JOIN lg_ref.tenant n ON n.id = lg_gate.tenant_now(t.id)
	WHERE k.client_id = client AND k.secret_hash = sha256(secret) AND t.merged_into IS NOT NULL
$$;
COMMENT ON FUNCTION lg_gate.client_before(uuid, bytea) IS 'The office that a program''s office has become part of; NULL: it has not, or the secret is wrong.';

GRANT EXECUTE ON FUNCTION lg_gate.tenant_merge_plan(int, int, date, text, bool, bool, text), lg_gate.tenant_merge_cancel(int, text),
	lg_gate.tenant_merge_list(), lg_gate.tenant_merge_rows(int, int), lg_gate.tenant_merge_clashes(int, int), lg_gate.client_before(uuid, bytea) TO lg_auth;
GRANT EXECUTE ON FUNCTION lg_gate.tenant_merges_due(), lg_gate.tenant_merge_shut(int), lg_gate.tenant_merge_quiet(int), lg_gate.tenant_merge_tables(),
	lg_gate.tenant_merge_begin(int), lg_gate.tenant_merge_copy(int, text, text), lg_gate.tenant_merge_audit(int, int[], text[], uuid[], text[]),
	lg_gate.tenant_merge_run_box(int, uuid, int, bytea), lg_gate.tenant_merge_went(int, text, int), lg_gate.tenant_merge_clear(int, text),
	lg_gate.tenant_merge_finish(int), lg_gate.tenant_merge_failed(int, text) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.token_before(bytea) TO lg_web;
RESET ROLE;
