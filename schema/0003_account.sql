-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Accounts, memberships, sessions, invitations, resets, throttles, programs of the API.
--
-- An account is a person who can sign in, once for all offices: it lies in lg_gate. What an office knows of that person (name, title,
-- roles) is a member: a row of the tenant. A token is always 32 random bytes, made by the caller; here only its SHA-256 is kept.
--
-- FOR lg_auth (each in a transaction of its own; functions of one row answer no row when there is none)
--   account_by_mail(mail text), account_by_id(account uuid), account_by_identity(issuer text, sub text)
--                     -> (account uuid, mail text, hash text, totp_box bytea, totp_step bigint, language text, disabled bool)
--   memberships(account uuid) -> (tenant int, tenant_name text, tenant_kind text, kind text, name text, roles text[])*
--   session_open(account uuid, tenant int, token bytea, strength text, address text, agent text) -> jsonb, what enter() will answer
--                     strength 'password', 'totp', 'oidc'; staff needs one of the last two. 28000: no member, disabled, too weak
--   session_switch(token bytea, new_token bytea, tenant int) -> jsonb      another office; the old token is worthless
--   session_renew(token bytea, new_token bytea) -> jsonb                   the same session under another token
--   session_extend(token bytea) -> bigint, unix seconds until which it idles, 0: there is none
--   session_close(token bytea) -> bool (lg_web too)     session_close_all(account uuid, but bytea) -> int   (but: a token, or NULL)
--   session_list(account uuid) -> (id, tenant, tenant_name, opened, ends, idle_ends, address, agent)*
--   attempt(buckets text[], keys text[]) -> int     before each try; 0 go on (it is counted), else seconds to wait (lg_gate.throttle_limit)
--   attempt_passed(buckets text[], keys text[])     the last attempt was good: it is not counted
--   sign_in_failed(account uuid, why text)          into the audit of the account's offices
--   totp_use(account uuid, step bigint) -> bool     false: this step or a later one was used
--   totp_set(account uuid, box bytea, step bigint)  password_set(account uuid, hash text, but bytea) (ends other sessions)
--   token_look(purpose text, token bytea) -> (account uuid, mail text, tenant int, tenant_name text, kind text, name text, language text,
--                     has_password bool, has_totp bool)                    purpose 'invitation', 'reset'
--   invitation_accept(token bytea, hash text, totp_box bytea, totp_step bigint) -> (account uuid, tenant int)   hash and box are taken when the
--                     account has none yet (and kept when it has; '' and NULL: leave). No row: no such invitation
--   reset_ask(mail text, token bytea, data jsonb) -> bool   the mail (kind 'reset') goes to the outbox when there is such an account
--   reset_use(token bytea, hash text) -> uuid       new password; all sessions end. NULL: no such token
--   ticket_put(purpose text, token bytea, account uuid, data bytea, seconds int)    between two steps of a sign-in
--   ticket_see(purpose text, token bytea), ticket_take(purpose text, token bytea) -> (account uuid, data bytea)   take: once
--   identity_link(account uuid, issuer text, sub text) -> bool
--   bearer_open(client uuid, secret bytea, token bytea) -> bigint, unix seconds when it ends; NULL: refused
--   create_user(tenant int, mail text, name text, language text, roles text[], hash text, totp_box bytea) -> uuid account   (set-up, console)
--   create_member(tenant int, account uuid, kind text, name text, subject uuid, roles text[]) -> uuid member                (set-up, console)
--   account_disable(account uuid, disabled bool)    account_language(account uuid, language text)
-- FOR lg_web (inside an entered transaction; 42501 when the role is missing)
--   my_sessions() -> as session_list    end_session(id uuid) -> bool        my_memberships() -> as memberships
--   change_me(name text, title text, phone text, language text)
--   invite_member(mail text, kind text, name text, title text, phone text, language text, subject uuid, roles text[], units uuid[], token bytea,
--                     data jsonb) -> uuid member    administrators; the mail (kind 'invitation') goes to the outbox with data
--   invite_again(member uuid, token bytea, data jsonb) -> bool              administrators
--   remove_member(member uuid) -> bool              administrators; ends this office's membership, and nothing else
--   client_create(name text, roles text[], secret bytea) -> uuid            administrators     client_revoke(client uuid) -> bool
--   Roles of members: rows of lg.member_role, written by administrators; what members are called: UPDATE lg.member.
-- FOR lg_job
--   refresh_sessions(account uuid, tenant int) -> int   what sessions may is computed anew (NULL: of all); to be called every 10 minutes
--   sweep() -> int                                      what has expired goes away
-- enter(), enter_bearer(): schema/0001. enter_public(), enter_job(), create_tenant(), change_tenant(): schema/0002.

SET LOCAL ROLE lg_gate;
CREATE TABLE lg_gate.account (
	id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
	mail text NOT NULL UNIQUE CHECK (mail = lower(mail) AND mail ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(mail) <= 254),
	hash text NOT NULL DEFAULT '',
	totp_box bytea,
	totp_step bigint NOT NULL DEFAULT 0,
	language text NOT NULL DEFAULT 'en' CHECK (language ~ '^[a-z]{2}$'),
	disabled bool NOT NULL DEFAULT false,
	created timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE lg_gate.account IS 'A person who can sign in, whatever the number of offices.';
COMMENT ON COLUMN lg_gate.account.id IS 'Its id.';
COMMENT ON COLUMN lg_gate.account.mail IS 'Address to sign in with, in lower case.';
COMMENT ON COLUMN lg_gate.account.hash IS 'argon2id, as libsodium writes it; empty: no password, so none fits.';
COMMENT ON COLUMN lg_gate.account.totp_box IS 'Secret of the codes, sealed by the program.';
COMMENT ON COLUMN lg_gate.account.totp_step IS 'The last 30 seconds'' step whose code was used: each works once.';
COMMENT ON COLUMN lg_gate.account.language IS 'Language of pages and mails.';
COMMENT ON COLUMN lg_gate.account.disabled IS 'Cannot sign in anywhere.';
COMMENT ON COLUMN lg_gate.account.created IS 'When it was made.';

CREATE TABLE lg_gate.account_tenant (
	account_id uuid NOT NULL REFERENCES lg_gate.account ON DELETE CASCADE,
	tenant_id int NOT NULL,
	PRIMARY KEY (account_id, tenant_id)
);
COMMENT ON TABLE lg_gate.account_tenant IS 'In which offices to look for the memberships of an account: kept by triggers of lg.member.';
COMMENT ON COLUMN lg_gate.account_tenant.account_id IS 'The account.';
COMMENT ON COLUMN lg_gate.account_tenant.tenant_id IS 'The office.';

CREATE TABLE lg_gate.identity (
	issuer text NOT NULL,
	sub text NOT NULL,
	account_id uuid NOT NULL REFERENCES lg_gate.account ON DELETE CASCADE,
	linked timestamptz NOT NULL DEFAULT now(),
	PRIMARY KEY (issuer, sub)
);
CREATE INDEX ON lg_gate.identity (account_id);
COMMENT ON TABLE lg_gate.identity IS 'Whom other providers (OpenID Connect) know as which account.';
COMMENT ON COLUMN lg_gate.identity.issuer IS 'The provider.';
COMMENT ON COLUMN lg_gate.identity.sub IS 'The person there.';
COMMENT ON COLUMN lg_gate.identity.account_id IS 'The person here.';
COMMENT ON COLUMN lg_gate.identity.linked IS 'Since when.';

CREATE TABLE lg_gate.throttle_limit (
	bucket text PRIMARY KEY,
	most int NOT NULL CHECK (most > 0),
	window_s int NOT NULL CHECK (window_s > 0)
);
COMMENT ON TABLE lg_gate.throttle_limit IS 'How many attempts in how many seconds. An operator may change them.';
COMMENT ON COLUMN lg_gate.throttle_limit.bucket IS 'What is tried, by what it is counted.';
COMMENT ON COLUMN lg_gate.throttle_limit.most IS 'So many attempts may fail ...';
COMMENT ON COLUMN lg_gate.throttle_limit.window_s IS '... within so many seconds.';
INSERT INTO lg_gate.throttle_limit VALUES
	('password', 5, 60),        -- account and address together: the owner elsewhere is not locked out
	('account', 100, 3600),     -- account, from wherever
	('address', 15, 600),       -- address, whichever account
	('totp', 5, 300),           -- account
	('reset', 3, 3600),         -- account asked for
	('reset_address', 10, 3600),
	('invitation', 20, 600),    -- address
	('client', 10, 60),         -- program and address
	('setup', 5, 60);           -- address

CREATE TABLE lg_gate.throttle (
	key_hash bytea PRIMARY KEY,
	bucket text NOT NULL,
	hits timestamptz[] NOT NULL DEFAULT '{}',
	last timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON lg_gate.throttle (last);
COMMENT ON TABLE lg_gate.throttle IS 'Attempts that failed lately.';
COMMENT ON COLUMN lg_gate.throttle.key_hash IS 'Whose: keyed hash of bucket and key, so that no address stands here.';
COMMENT ON COLUMN lg_gate.throttle.bucket IS 'What was tried.';
COMMENT ON COLUMN lg_gate.throttle.hits IS 'When, oldest first; no more than count.';
COMMENT ON COLUMN lg_gate.throttle.last IS 'When last.';

CREATE TABLE lg_gate.mail_token (
	token_hash bytea PRIMARY KEY,
	purpose text NOT NULL CHECK (purpose IN ('invitation', 'reset')),
	account_id uuid NOT NULL REFERENCES lg_gate.account ON DELETE CASCADE,
	tenant_id int,
	member_id uuid,
	ends timestamptz NOT NULL,
	CHECK ((purpose = 'invitation') = (tenant_id IS NOT NULL AND member_id IS NOT NULL))
);
CREATE INDEX ON lg_gate.mail_token (account_id);
CREATE INDEX ON lg_gate.mail_token (ends);
COMMENT ON TABLE lg_gate.mail_token IS 'Tokens sent by mail. A row that was used is gone.';
COMMENT ON COLUMN lg_gate.mail_token.token_hash IS 'SHA-256 of the 32 bytes in the link.';
COMMENT ON COLUMN lg_gate.mail_token.purpose IS 'invitation (7 days) or reset (30 minutes).';
COMMENT ON COLUMN lg_gate.mail_token.account_id IS 'Whom it was sent to.';
COMMENT ON COLUMN lg_gate.mail_token.tenant_id IS 'invitation: the office.';
COMMENT ON COLUMN lg_gate.mail_token.member_id IS 'invitation: the membership that it makes valid.';
COMMENT ON COLUMN lg_gate.mail_token.ends IS 'Until when it works.';

CREATE TABLE lg_gate.ticket (
	token_hash bytea PRIMARY KEY,
	purpose text NOT NULL,
	account_id uuid,
	data bytea NOT NULL,
	ends timestamptz NOT NULL
);
CREATE INDEX ON lg_gate.ticket (ends);
COMMENT ON TABLE lg_gate.ticket IS 'What the sign-in must remember between two pages: password was right, the code is to come; the state of an OpenID Connect flow.';
COMMENT ON COLUMN lg_gate.ticket.token_hash IS 'SHA-256 of the 32 bytes that the browser brings back.';
COMMENT ON COLUMN lg_gate.ticket.purpose IS 'Which step.';
COMMENT ON COLUMN lg_gate.ticket.account_id IS 'Whose, where that is known.';
COMMENT ON COLUMN lg_gate.ticket.data IS 'The caller''s.';
COMMENT ON COLUMN lg_gate.ticket.ends IS 'Until when.';

CREATE TABLE lg_gate.client_secret (
	client_id uuid PRIMARY KEY,
	tenant_id int NOT NULL,
	secret_hash bytea NOT NULL
);
COMMENT ON TABLE lg_gate.client_secret IS 'Secrets of the programs in lg.client.';
COMMENT ON COLUMN lg_gate.client_secret.client_id IS 'The program.';
COMMENT ON COLUMN lg_gate.client_secret.tenant_id IS 'Its office.';
COMMENT ON COLUMN lg_gate.client_secret.secret_hash IS 'SHA-256 of its secret: 32 random bytes, so no slow hash is wanted.';

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.member (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	account_id uuid NOT NULL,
	kind text NOT NULL CHECK (kind IN ('staff', 'candidate', 'employer')),
	subject uuid CHECK ((subject IS NULL) = (kind = 'staff')),
	name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
	title text NOT NULL DEFAULT '' CHECK (length(title) <= 200),
	phone text NOT NULL DEFAULT '' CHECK (length(phone) <= 50),
	mail text NOT NULL DEFAULT '' CHECK (length(mail) <= 254),
	unit_ids uuid[] NOT NULL DEFAULT '{}',
	invited timestamptz NOT NULL DEFAULT now(),
	accepted timestamptz,
	valid_to date,
	version int NOT NULL DEFAULT 1,
	PRIMARY KEY (tenant_id, id),
	UNIQUE (tenant_id, account_id)
);
COMMENT ON TABLE lg.member IS 'An account in an office: a colleague, a candidate or an employer who signs in there.';
COMMENT ON COLUMN lg.member.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.member.id IS 'Its id.';
COMMENT ON COLUMN lg.member.account_id IS 'The account, which may be a member elsewhere too.';
COMMENT ON COLUMN lg.member.kind IS 'staff, or an account that sees only what is its own.';
COMMENT ON COLUMN lg.member.subject IS 'The candidate or employer that the account is of; NULL for staff.';
COMMENT ON COLUMN lg.member.name IS 'As colleagues know them.';
COMMENT ON COLUMN lg.member.title IS 'What they are there.';
COMMENT ON COLUMN lg.member.phone IS 'Where colleagues reach them.';
COMMENT ON COLUMN lg.member.mail IS 'Where they were invited.';
COMMENT ON COLUMN lg.member.unit_ids IS 'The units they belong to.';
COMMENT ON COLUMN lg.member.invited IS 'When they were invited.';
COMMENT ON COLUMN lg.member.accepted IS 'When they accepted; before that nobody signs in by it.';
COMMENT ON COLUMN lg.member.valid_to IS 'Last day; NULL: no end is known.';
COMMENT ON COLUMN lg.member.version IS 'Grows with each change.';
CALL lg_gate.wall('lg.member', candidate => '', employer => '', staff => 'SELECT', job => 'SELECT',
	gate => 'SELECT, INSERT, UPDATE, DELETE');
GRANT UPDATE (name, title, phone, unit_ids, valid_to, version) ON lg.member TO lg_web; -- never whose account it is, or of whom
CREATE POLICY administrator_update ON lg.member AS RESTRICTIVE FOR UPDATE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY self ON lg.member FOR SELECT TO lg_web USING (account_id = (SELECT lg_gate.account()));

CREATE TABLE lg.member_role (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	member_id uuid NOT NULL,
	role text CHECK (role ~ '^[a-z][a-z0-9_]{0,39}$'),
	unit_id uuid,
	stand_in_for uuid CHECK (stand_in_for <> member_id),
	valid_from date NOT NULL DEFAULT current_date,
	valid_to date CHECK (valid_to >= valid_from),
	CHECK ((role IS NULL) = (stand_in_for IS NOT NULL)),
	CHECK (stand_in_for IS NULL OR valid_to IS NOT NULL),
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, member_id) REFERENCES lg.member ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, stand_in_for) REFERENCES lg.member ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, unit_id) REFERENCES lg.unit
);
CREATE INDEX ON lg.member_role (tenant_id, member_id);
CREATE INDEX ON lg.member_role (tenant_id, stand_in_for);
CREATE INDEX ON lg.member_role (tenant_id, unit_id);
COMMENT ON TABLE lg.member_role IS 'Which roles a member has and when; and for whom they stand in: then they have that member''s roles, until a day.';
COMMENT ON COLUMN lg.member_role.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.member_role.id IS 'Its id.';
COMMENT ON COLUMN lg.member_role.member_id IS 'Who has it.';
COMMENT ON COLUMN lg.member_role.role IS 'A role of src/app/role.def; NULL when standing in.';
COMMENT ON COLUMN lg.member_role.unit_id IS 'The unit it is held for; NULL: the whole office. Who has none of the whole office sees only candidates of these units.';
COMMENT ON COLUMN lg.member_role.stand_in_for IS 'The member whose own roles this one has meanwhile.';
COMMENT ON COLUMN lg.member_role.valid_from IS 'First day.';
COMMENT ON COLUMN lg.member_role.valid_to IS 'Last day; NULL: no end is known. Standing in always has one.';
CALL lg_gate.wall('lg.member_role', job => 'SELECT', gate => 'SELECT, INSERT');
CREATE POLICY administrator_insert ON lg.member_role AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_update ON lg.member_role AS RESTRICTIVE FOR UPDATE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_delete ON lg.member_role AS RESTRICTIVE FOR DELETE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);

CREATE TABLE lg.client (
	tenant_id int NOT NULL,
	id uuid NOT NULL DEFAULT gen_random_uuid(),
	name text NOT NULL CHECK (name <> '' AND length(name) <= 200),
	roles text[] NOT NULL,
	created timestamptz NOT NULL DEFAULT now(),
	revoked timestamptz,
	last_used timestamptz,
	PRIMARY KEY (tenant_id, id)
);
COMMENT ON TABLE lg.client IS 'A program that an office lets use the API.';
COMMENT ON COLUMN lg.client.tenant_id IS 'The office.';
COMMENT ON COLUMN lg.client.id IS 'Its id, which it signs in with.';
COMMENT ON COLUMN lg.client.name IS 'What it is called.';
COMMENT ON COLUMN lg.client.roles IS 'The roles whose rights it has.';
COMMENT ON COLUMN lg.client.created IS 'Since when.';
COMMENT ON COLUMN lg.client.revoked IS 'Since when no more.';
COMMENT ON COLUMN lg.client.last_used IS 'When it got its last token.';
CALL lg_gate.wall('lg.client', staff => 'SELECT', job => '', gate => 'SELECT, INSERT, UPDATE');

SET LOCAL ROLE lg_gate;
-- What an account is and may in an office today; no row when it is no member. It reads as a job of that office.
-- For functions of the gate that put the context back afterwards.
CREATE FUNCTION lg_gate.actor(for_account uuid, for_tenant int, OUT ctx text, OUT actor jsonb, OUT member uuid)
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
			narrow := coalesce((SELECT string_agg(x.id::text, ',' ORDER BY x.closed NULLS FIRST, x.sort, x.name, x.id) FROM lg.unit x
				WHERE x.tenant_id = for_tenant AND x.id = ANY (u)), '00000000-0000-0000-0000-000000000000');
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
COMMENT ON FUNCTION lg_gate.actor(uuid, int) IS 'What an account is and may in an office today. Leaves the context of a job: for functions of the gate.';

CREATE FUNCTION lg_gate.note(verb text, entity text, subject uuid, actor uuid, kind text, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	INSERT INTO lg.audit (tenant_id, actor, kind, verb, entity, subject, why)
		VALUES (lg_gate.tenant(), note.actor, note.kind, note.verb, note.entity, note.subject, note.why);
END $$;
COMMENT ON FUNCTION lg_gate.note(text, text, uuid, uuid, text, text) IS 'A line in the audit of the office whose context is set. For functions of the gate.';

-- Sessions

CREATE FUNCTION lg_gate.session_open(account uuid, tenant int, token bytea, strength text, address text, agent text) RETURNS jsonb
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
COMMENT ON FUNCTION lg_gate.session_open(uuid, int, bytea, text, text, text) IS 'Opens a session of an account in one of its offices.';

CREATE FUNCTION lg_gate.session_switch(token bytea, new_token bytea, tenant int) RETURNS jsonb
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE s lg_gate.session; a jsonb;
BEGIN
	DELETE FROM lg_gate.session x WHERE x.token_hash = sha256(token) AND x.ends > now() AND x.idle_ends > now() RETURNING * INTO s;
	IF s.id IS NULL THEN
		RAISE EXCEPTION 'no session' USING ERRCODE = '28000';
	END IF;
	a := lg_gate.session_open(s.account_id, tenant, new_token, s.strength, s.address, s.agent);
	-- Twelve hours count from the sign-in, not from the last change of office.
	UPDATE lg_gate.session x SET ends = s.ends, opened = s.opened, idle_ends = least(x.idle_ends, s.ends),
		actor = x.actor || jsonb_build_object('ends', floor(extract(epoch FROM s.ends))::bigint,
			'idle_ends', floor(extract(epoch FROM least(x.idle_ends, s.ends)))::bigint)
		WHERE x.token_hash = sha256(new_token) RETURNING x.actor INTO a;
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.session_switch(bytea, bytea, int) IS 'The same person in another of their offices, under a new token.';

CREATE FUNCTION lg_gate.session_renew(token bytea, new_token bytea) RETURNS jsonb
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.session SET token_hash = sha256(new_token)
		WHERE token_hash = sha256(token) AND ends > now() AND idle_ends > now() AND length(new_token) = 32 RETURNING actor
$$;
COMMENT ON FUNCTION lg_gate.session_renew(bytea, bytea) IS 'The same session under a new token.';

CREATE FUNCTION lg_gate.session_extend(token bytea) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT coalesce((lg_gate.still_here(s.token_hash)->>'idle_ends')::bigint, floor(extract(epoch FROM s.idle_ends))::bigint, 0)
	FROM (SELECT) one LEFT JOIN lg_gate.session s ON s.token_hash = sha256(token) AND s.ends > now() AND s.idle_ends > now()
$$;
COMMENT ON FUNCTION lg_gate.session_extend(bytea) IS 'The session idles from now; answers until when, in unix seconds.';

CREATE FUNCTION lg_gate.session_close(token bytea) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.session s WHERE s.token_hash = sha256(token);
	RETURN FOUND;
END $$;
COMMENT ON FUNCTION lg_gate.session_close(bytea) IS 'Ends the session of this token.';

CREATE FUNCTION lg_gate.session_close_all(account uuid, but bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE n int;
BEGIN
	DELETE FROM lg_gate.session s WHERE s.account_id = account AND s.token_hash IS DISTINCT FROM sha256(but);
	GET DIAGNOSTICS n = ROW_COUNT;
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.session_close_all(uuid, bytea) IS 'Ends all sessions of an account, but the one of this token if it is not NULL.';

CREATE FUNCTION lg_gate.session_list(account uuid) RETURNS TABLE (id uuid, tenant int, tenant_name text, opened timestamptz,
	ends timestamptz, idle_ends timestamptz, address text, agent text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT s.id, s.tenant_id, t.name, s.opened, s.ends, s.idle_ends, s.address, s.agent
	FROM lg_gate.session s JOIN lg_ref.tenant t ON t.id = s.tenant_id
	WHERE s.account_id = session_list.account AND s.ends > now() AND s.idle_ends > now() ORDER BY s.opened DESC
$$;
COMMENT ON FUNCTION lg_gate.session_list(uuid) IS 'The sessions of an account that are open.';

CREATE FUNCTION lg_gate.my_sessions() RETURNS TABLE (id uuid, tenant int, tenant_name text, opened timestamptz,
	ends timestamptz, idle_ends timestamptz, address text, agent text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT * FROM lg_gate.session_list(lg_gate.account()) $$;
COMMENT ON FUNCTION lg_gate.my_sessions() IS 'The open sessions of the acting account.';

CREATE FUNCTION lg_gate.end_session(id uuid) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.session s WHERE s.id = end_session.id AND s.account_id = lg_gate.account();
	RETURN FOUND;
END $$;
COMMENT ON FUNCTION lg_gate.end_session(uuid) IS 'Ends one of the acting account''s own sessions.';

-- Sessions follow what their account may: roles that begin or end today, a member removed, an office renamed.
CREATE FUNCTION lg_gate.refresh_sessions(account uuid, tenant int) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	s record;
	x record;
	n int := 0;
BEGIN
	FOR s IN SELECT DISTINCT y.account_id, y.tenant_id FROM lg_gate.session y
		WHERE coalesce(y.account_id = account, true) AND coalesce(y.tenant_id = tenant, true) ORDER BY 1, 2
	LOOP
		SELECT * INTO x FROM lg_gate.actor(s.account_id, s.tenant_id);
		IF x.ctx IS NULL THEN
			DELETE FROM lg_gate.session y WHERE y.account_id = s.account_id AND y.tenant_id = s.tenant_id;
			n := n + 1;
		ELSE
			UPDATE lg_gate.session y SET ctx = x.ctx, actor = y.actor || x.actor
				WHERE y.account_id = s.account_id AND y.tenant_id = s.tenant_id AND (y.ctx <> x.ctx OR y.actor <> y.actor || x.actor);
			n := n + FOUND::int;
		END IF;
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
	RETURN n;
END $$;
COMMENT ON FUNCTION lg_gate.refresh_sessions(uuid, int) IS 'Computes anew what sessions may; of one account, of one office, or (NULL) of all. Answers how many changed.';

CREATE FUNCTION lg_gate.member_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		IF TG_OP = 'DELETE' THEN
			DELETE FROM lg_gate.account_tenant x WHERE x.account_id = OLD.account_id AND x.tenant_id = OLD.tenant_id;
			DELETE FROM lg_gate.mail_token x WHERE x.tenant_id = OLD.tenant_id AND x.member_id = OLD.id;
		END IF;
		PERFORM lg_gate.refresh_sessions(OLD.account_id, OLD.tenant_id);
	ELSE
		INSERT INTO lg_gate.account_tenant (account_id, tenant_id) VALUES (NEW.account_id, NEW.tenant_id) ON CONFLICT DO NOTHING;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.member_changed() IS 'Trigger: sessions and the list of an account''s offices follow its memberships.';

CREATE FUNCTION lg_gate.member_role_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	-- Somebody who stands in has the roles too, so all sessions of the office are looked at; they are few.
	PERFORM lg_gate.refresh_sessions(NULL, x.tenant_id) FROM (SELECT DISTINCT c.tenant_id FROM changed c) x;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.member_role_changed() IS 'Trigger: sessions follow the roles.';

-- Looking accounts up

CREATE FUNCTION lg_gate.account_by_mail(for_mail text) RETURNS TABLE (account uuid, mail text, hash text, totp_box bytea, totp_step bigint,
	language text, disabled bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT a.id, a.mail, a.hash, a.totp_box, a.totp_step, a.language, a.disabled FROM lg_gate.account a
	WHERE a.mail = lower(for_mail)
$$;
COMMENT ON FUNCTION lg_gate.account_by_mail(text) IS 'The account that signs in with this address.';

CREATE FUNCTION lg_gate.account_by_id(id uuid) RETURNS TABLE (account uuid, mail text, hash text, totp_box bytea, totp_step bigint,
	language text, disabled bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT a.id, a.mail, a.hash, a.totp_box, a.totp_step, a.language, a.disabled FROM lg_gate.account a WHERE a.id = account_by_id.id
$$;
COMMENT ON FUNCTION lg_gate.account_by_id(uuid) IS 'An account.';

CREATE FUNCTION lg_gate.account_by_identity(issuer text, sub text) RETURNS TABLE (account uuid, mail text, hash text, totp_box bytea,
	totp_step bigint, language text, disabled bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT a.id, a.mail, a.hash, a.totp_box, a.totp_step, a.language, a.disabled
	FROM lg_gate.identity i JOIN lg_gate.account a ON a.id = i.account_id
	WHERE i.issuer = account_by_identity.issuer AND i.sub = account_by_identity.sub
$$;
COMMENT ON FUNCTION lg_gate.account_by_identity(text, text) IS 'The account that a provider knows under this name.';

CREATE FUNCTION lg_gate.identity_link(account uuid, issuer text, sub text) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	INSERT INTO lg_gate.identity (issuer, sub, account_id) VALUES (issuer, sub, account) ON CONFLICT DO NOTHING;
	RETURN FOUND;
END $$;
COMMENT ON FUNCTION lg_gate.identity_link(uuid, text, text) IS 'A provider knows this account under this name; false when the name is taken.';

CREATE FUNCTION lg_gate.memberships(account uuid) RETURNS TABLE (tenant int, tenant_name text, tenant_kind text, kind text, name text, roles text[])
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	t int;
	x record;
BEGIN
	FOR t IN SELECT y.tenant_id FROM lg_gate.account_tenant y WHERE y.account_id = account ORDER BY 1 LOOP
		SELECT * INTO x FROM lg_gate.actor(account, t);
		CONTINUE WHEN x.ctx IS NULL;
		tenant := t;
		tenant_name := x.actor->>'tenant_name';
		tenant_kind := x.actor->>'tenant_kind';
		kind := x.actor->>'kind';
		name := x.actor->>'name';
		roles := ARRAY(SELECT jsonb_array_elements_text(x.actor->'roles'));
		RETURN NEXT;
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.memberships(uuid) IS 'The offices in which an account may open a session today.';

CREATE FUNCTION lg_gate.my_memberships() RETURNS TABLE (tenant int, tenant_name text, tenant_kind text, kind text, name text, roles text[])
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT * FROM lg_gate.memberships(lg_gate.account()) $$;
COMMENT ON FUNCTION lg_gate.my_memberships() IS 'The offices that the acting account may change to.';

-- Throttles

CREATE FUNCTION lg_gate.throttle_key(bucket text, key text) RETURNS bytea
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS
$$ SELECT sha256(s.outer_pad || convert_to(bucket || '|' || lower(key), 'UTF8')) FROM lg_gate.secret s $$;
COMMENT ON FUNCTION lg_gate.throttle_key(text, text) IS 'Under what attempts are counted. For functions of the gate.';

-- Counting comes before trying, and the rows are locked in one order: a hundred at once do not slip through together.
CREATE FUNCTION lg_gate.attempt(buckets text[], keys text[]) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	b record;
	recent timestamptz[];
	now_is timestamptz;
	wait interval := '0';
	mine bytea[] := '{}';
BEGIN
	FOR b IN SELECT lg_gate.throttle_key(x.bucket, x.key) AS h, x.bucket, l.most, make_interval(secs => l.window_s) AS within
		FROM unnest(buckets, keys) x(bucket, key) LEFT JOIN lg_gate.throttle_limit l ON l.bucket = x.bucket ORDER BY 1
	LOOP
		IF b.most IS NULL OR b.h IS NULL THEN
			RAISE EXCEPTION 'there is no limit for %', b.bucket USING ERRCODE = '22023';
		END IF;
		INSERT INTO lg_gate.throttle AS t (key_hash, bucket) VALUES (b.h, b.bucket)
			ON CONFLICT (key_hash) DO UPDATE SET last = t.last RETURNING t.hits INTO recent;
		now_is := clock_timestamp();
		recent := ARRAY(SELECT x FROM unnest(recent) x WHERE x > now_is - b.within ORDER BY x);
		IF cardinality(recent) >= b.most THEN
			wait := greatest(wait, recent[1 + cardinality(recent) - b.most] + b.within - now_is, interval '1 second');
		END IF;
		mine := mine || b.h;
		UPDATE lg_gate.throttle SET hits = recent WHERE key_hash = b.h;
	END LOOP;
	IF wait = interval '0' THEN
		UPDATE lg_gate.throttle SET hits = hits || clock_timestamp(), last = clock_timestamp() WHERE key_hash = ANY (mine);
	END IF;
	RETURN ceil(extract(epoch FROM wait));
END $$;
COMMENT ON FUNCTION lg_gate.attempt(text[], text[]) IS 'May this be tried? 0: yes, and it is counted; else the seconds to wait.';

CREATE FUNCTION lg_gate.attempt_passed(buckets text[], keys text[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.throttle t SET hits = trim_array(t.hits, 1)
	FROM (SELECT y.key_hash FROM lg_gate.throttle y
		WHERE y.key_hash IN (SELECT lg_gate.throttle_key(x.bucket, x.key) FROM unnest(buckets, keys) x(bucket, key))
		ORDER BY y.key_hash FOR NO KEY UPDATE) z
	WHERE t.key_hash = z.key_hash AND cardinality(t.hits) > 0
$$;
COMMENT ON FUNCTION lg_gate.attempt_passed(text[], text[]) IS 'The attempt that was counted last was a good one: it does not count.';

CREATE FUNCTION lg_gate.sign_in_failed(account uuid, why text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	t int;
	m record;
BEGIN
	FOR t IN SELECT y.tenant_id FROM lg_gate.account_tenant y WHERE y.account_id = account LOOP
		PERFORM lg_gate.sign(t || '|job||||sign_in');
		SELECT x.id, x.kind INTO m FROM lg.member x WHERE x.account_id = account;
		PERFORM lg_gate.note('sign_in_failed', 'account', m.id, NULL, m.kind, left(why, 200));
	END LOOP;
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.sign_in_failed(uuid, text) IS 'Somebody tried to be this account: a line in the audit of its offices.';

-- Passwords and codes

CREATE FUNCTION lg_gate.password_set(account uuid, hash text, but bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE lg_gate.account a SET hash = password_set.hash WHERE a.id = account;
	PERFORM lg_gate.session_close_all(account, but);
	DELETE FROM lg_gate.mail_token x WHERE x.account_id = account AND x.purpose = 'reset';
END $$;
COMMENT ON FUNCTION lg_gate.password_set(uuid, text, bytea) IS 'A new password; other sessions than this token''s end.';

CREATE FUNCTION lg_gate.totp_set(account uuid, box bytea, step bigint) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ UPDATE lg_gate.account a SET totp_box = box, totp_step = step WHERE a.id = account $$;
COMMENT ON FUNCTION lg_gate.totp_set(uuid, bytea, bigint) IS 'A new secret for codes, and the step of the code that showed that it arrived.';

CREATE FUNCTION lg_gate.totp_use(account uuid, step bigint) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE lg_gate.account a SET totp_step = step WHERE a.id = account AND a.totp_step < step;
	RETURN FOUND;
END $$;
COMMENT ON FUNCTION lg_gate.totp_use(uuid, bigint) IS 'The code of this step was given; false when it, or a later one, was given before.';

-- Invitations and resets

CREATE FUNCTION lg_gate.token_look(for_purpose text, token bytea) RETURNS TABLE (account uuid, mail text, tenant int, tenant_name text,
	kind text, name text, language text, has_password bool, has_totp bool)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	k lg_gate.mail_token;
BEGIN
	SELECT * INTO k FROM lg_gate.mail_token x WHERE x.token_hash = sha256(token) AND x.purpose = for_purpose AND x.ends > now();
	IF k.account_id IS NULL THEN
		RETURN;
	END IF;
	SELECT a.id, a.mail, a.language, a.hash <> '', a.totp_box IS NOT NULL INTO account, mail, language, has_password, has_totp
		FROM lg_gate.account a WHERE a.id = k.account_id AND NOT a.disabled;
	IF account IS NULL THEN
		RETURN;
	END IF;
	IF k.tenant_id IS NOT NULL THEN
		PERFORM lg_gate.sign(k.tenant_id || '|job||||invitation');
		SELECT k.tenant_id, t.name, m.kind, m.name INTO tenant, tenant_name, kind, name
			FROM lg_ref.tenant t, lg.member m WHERE t.id = k.tenant_id AND m.id = k.member_id;
	END IF;
	PERFORM set_config('lg.ctx', was, true);
	RETURN NEXT;
END $$;
COMMENT ON FUNCTION lg_gate.token_look(text, bytea) IS 'Whom and what a token from a mail is for.';

CREATE FUNCTION lg_gate.invitation_accept(token bytea, new_hash text, new_box bytea, step bigint, OUT account uuid, OUT tenant int)
RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	k lg_gate.mail_token;
BEGIN
	DELETE FROM lg_gate.mail_token x WHERE x.token_hash = sha256(token) AND x.purpose = 'invitation' AND x.ends > now() RETURNING * INTO k;
	IF k.account_id IS NULL THEN
		RETURN;
	END IF;
	-- Who invites an account that is there already must not come into it.
	UPDATE lg_gate.account a SET hash = CASE WHEN a.hash = '' THEN coalesce(new_hash, '') ELSE a.hash END,
		totp_step = CASE WHEN a.totp_box IS NULL AND new_box IS NOT NULL THEN coalesce(step, 0) ELSE a.totp_step END,
		totp_box = coalesce(a.totp_box, new_box) WHERE a.id = k.account_id;
	PERFORM lg_gate.sign(k.tenant_id || '|job||||invitation');
	UPDATE lg.member m SET accepted = now() WHERE m.id = k.member_id AND m.accepted IS NULL;
	PERFORM lg_gate.note('accept', 'member', k.member_id, k.account_id, 'staff', '');
	PERFORM set_config('lg.ctx', was, true);
	account := k.account_id;
	tenant := k.tenant_id;
	RETURN NEXT;
END $$;
COMMENT ON FUNCTION lg_gate.invitation_accept(bytea, text, bytea, bigint) IS 'Makes a membership valid; password and code are taken when the account has none.';

CREATE FUNCTION lg_gate.reset_ask(mail text, token bytea, data jsonb) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	a lg_gate.account;
	t int;
BEGIN
	SELECT * INTO a FROM lg_gate.account x WHERE x.mail = lower(reset_ask.mail) AND NOT x.disabled AND x.hash <> '';
	SELECT min(m.tenant) INTO t FROM lg_gate.memberships(a.id) m;
	IF t IS NULL THEN
		RETURN false;
	END IF;
	DELETE FROM lg_gate.mail_token x WHERE x.account_id = a.id AND x.purpose = 'reset';
	INSERT INTO lg_gate.mail_token (token_hash, purpose, account_id, ends) VALUES (sha256(token), 'reset', a.id, now() + interval '30 minutes');
	PERFORM lg_gate.sign(t || '|job||||reset');
	INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) VALUES (t, 'reset', a.mail, a.language, data);
	PERFORM set_config('lg.ctx', was, true);
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.reset_ask(text, bytea, jsonb) IS 'Somebody forgot the password: a token and a mail, if there is such an account. The asker must not learn which.';

CREATE FUNCTION lg_gate.reset_use(token bytea, new_hash text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a uuid;
BEGIN
	DELETE FROM lg_gate.mail_token x WHERE x.token_hash = sha256(token) AND x.purpose = 'reset' AND x.ends > now() RETURNING x.account_id INTO a;
	IF a IS NOT NULL THEN
		PERFORM lg_gate.password_set(a, new_hash, NULL);
	END IF;
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.reset_use(bytea, text) IS 'A new password for a token; all sessions end.';

-- Between two pages of a sign-in

CREATE FUNCTION lg_gate.ticket_put(purpose text, token bytea, account uuid, data bytea, seconds int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	INSERT INTO lg_gate.ticket (token_hash, purpose, account_id, data, ends)
		VALUES (sha256(token), ticket_put.purpose, account, coalesce(ticket_put.data, ''), now() + make_interval(secs => least(seconds, 3600)))
$$;
COMMENT ON FUNCTION lg_gate.ticket_put(text, bytea, uuid, bytea, int) IS 'Remember this until the next page, for an hour at most.';

CREATE FUNCTION lg_gate.ticket_see(for_purpose text, token bytea) RETURNS TABLE (account uuid, data bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT t.account_id, t.data FROM lg_gate.ticket t WHERE t.token_hash = sha256(token) AND t.purpose = for_purpose AND t.ends > now()
$$;
COMMENT ON FUNCTION lg_gate.ticket_see(text, bytea) IS 'What was to be remembered; it stays.';

CREATE FUNCTION lg_gate.ticket_take(for_purpose text, token bytea) RETURNS TABLE (account uuid, data bytea)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	DELETE FROM lg_gate.ticket t WHERE t.token_hash = sha256(token) AND t.purpose = for_purpose AND t.ends > now()
		RETURNING t.account_id, t.data
$$;
COMMENT ON FUNCTION lg_gate.ticket_take(text, bytea) IS 'What was to be remembered; nobody gets it twice.';

-- Programs

CREATE FUNCTION lg_gate.bearer_open(client uuid, secret bytea, token bytea) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	k lg_gate.client_secret;
	t lg_ref.tenant;
	c lg.client;
	until timestamptz := now() + interval '1 hour';
BEGIN
	SELECT * INTO k FROM lg_gate.client_secret x WHERE x.client_id = client AND x.secret_hash = sha256(secret);
	IF k.client_id IS NULL OR length(token) IS DISTINCT FROM 32 THEN
		RETURN NULL;
	END IF;
	SELECT * INTO t FROM lg_ref.tenant x WHERE x.id = k.tenant_id AND coalesce(x.valid_to >= current_date, true);
	PERFORM lg_gate.sign(k.tenant_id || '|job||||bearer');
	UPDATE lg.client x SET last_used = now() WHERE x.id = client AND x.revoked IS NULL RETURNING * INTO c;
	PERFORM set_config('lg.ctx', was, true);
	IF c.id IS NULL OR t.id IS NULL THEN
		RETURN NULL;
	END IF;
	INSERT INTO lg_gate.bearer (token_hash, client_id, tenant_id, ctx, actor, ends) VALUES (sha256(token), c.id, t.id,
		concat_ws('|', t.id::text, 'client', c.id::text, '', array_to_string(c.roles, ','), ''),
		jsonb_build_object('tenant', t.id, 'tenant_name', t.name, 'tenant_kind', t.kind, 'zone', t.zone, 'account', c.id,
			'name', c.name, 'kind', 'client', 'subject', NULL, 'roles', to_jsonb(c.roles), 'units', '[]'::jsonb,
			'language', t.languages[1], 'session', NULL, 'member', NULL, 'ends', floor(extract(epoch FROM until))::bigint,
			'idle_ends', extract(epoch FROM until)::bigint), until);
	RETURN extract(epoch FROM until)::bigint;
END $$;
COMMENT ON FUNCTION lg_gate.bearer_open(uuid, bytea, bytea) IS 'A token for an hour, for a program that knows its secret; NULL: refused.';

CREATE FUNCTION lg_gate.client_create(name text, roles text[], secret bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t int := lg_gate.must_be_administrator(); c uuid;
BEGIN
	IF length(secret) IS DISTINCT FROM 32 OR EXISTS (SELECT FROM unnest(roles) r WHERE r IS NULL OR r !~ '^[a-z][a-z0-9_]{0,39}$') THEN
		RAISE EXCEPTION 'a secret has 32 bytes, a role is a word' USING ERRCODE = '22023';
	END IF;
	INSERT INTO lg.client (tenant_id, name, roles) VALUES (t, name, roles) RETURNING id INTO c;
	INSERT INTO lg_gate.client_secret (client_id, tenant_id, secret_hash) VALUES (c, t, sha256(secret));
	PERFORM lg_gate.note('create', 'client', c, lg_gate.account(), 'staff', name);
	RETURN c;
END $$;
COMMENT ON FUNCTION lg_gate.client_create(text, text[], bytea) IS 'An administrator lets a program in.';

CREATE FUNCTION lg_gate.client_revoke(client uuid) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t int := lg_gate.must_be_administrator();
BEGIN
	UPDATE lg.client c SET revoked = now() WHERE c.tenant_id = t AND c.id = client AND c.revoked IS NULL;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	DELETE FROM lg_gate.client_secret x WHERE x.client_id = client;
	DELETE FROM lg_gate.bearer x WHERE x.client_id = client;
	PERFORM lg_gate.note('revoke', 'client', client, lg_gate.account(), 'staff', '');
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.client_revoke(uuid) IS 'An administrator shuts a program out, at once.';

-- Members

-- The account of an address, made if there is none. For functions of the gate.
CREATE FUNCTION lg_gate.account_of(for_mail text, language text) RETURNS uuid
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE a uuid;
BEGIN
	INSERT INTO lg_gate.account (mail, language) VALUES (lower(for_mail), account_of.language) ON CONFLICT (mail) DO NOTHING;
	SELECT x.id INTO a FROM lg_gate.account x WHERE x.mail = lower(for_mail);
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.account_of(text, text) IS 'The account of an address, made if there is none. For functions of the gate.';

CREATE FUNCTION lg_gate.invite_member(mail text, kind text, name text, title text, phone text, language text, subject uuid, roles text[],
	units uuid[], token bytea, data jsonb) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t int := lg_gate.must_be_administrator();
	a uuid := lg_gate.account_of(mail, language);
	m uuid;
BEGIN
	IF EXISTS (SELECT FROM unnest(units) u WHERE NOT EXISTS (SELECT FROM lg.unit x WHERE x.id = u)) THEN
		RAISE EXCEPTION 'there is no such unit' USING ERRCODE = '23503';
	END IF;
	INSERT INTO lg.member (tenant_id, account_id, kind, subject, name, title, phone, mail, unit_ids)
		VALUES (t, a, kind, subject, name, coalesce(title, ''), coalesce(phone, ''), lower(mail), coalesce(units, '{}')) RETURNING id INTO m;
	INSERT INTO lg.member_role (tenant_id, member_id, role) SELECT t, m, r FROM unnest(roles) r WHERE invite_member.kind = 'staff';
	INSERT INTO lg_gate.mail_token (token_hash, purpose, account_id, tenant_id, member_id, ends)
		VALUES (sha256(token), 'invitation', a, t, m, now() + interval '7 days');
	INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) VALUES (t, 'invitation', lower(mail), language, data);
	PERFORM lg_gate.note('invite', 'member', m, lg_gate.account(), 'staff', array_to_string(roles, ' '));
	RETURN m;
END $$;
COMMENT ON FUNCTION lg_gate.invite_member(text, text, text, text, text, text, uuid, text[], uuid[], bytea, jsonb) IS 'An administrator invites somebody: a member, its roles, a token, a mail.';

CREATE FUNCTION lg_gate.invite_again(member uuid, token bytea, data jsonb) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t int := lg_gate.must_be_administrator();
	m lg.member;
BEGIN
	UPDATE lg.member x SET invited = now() WHERE x.tenant_id = t AND x.id = member AND x.accepted IS NULL RETURNING * INTO m;
	IF m.id IS NULL THEN
		RETURN false;
	END IF;
	DELETE FROM lg_gate.mail_token x WHERE x.tenant_id = t AND x.member_id = member;
	INSERT INTO lg_gate.mail_token (token_hash, purpose, account_id, tenant_id, member_id, ends)
		VALUES (sha256(token), 'invitation', m.account_id, t, m.id, now() + interval '7 days');
	INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data)
		SELECT t, 'invitation', m.mail, a.language, invite_again.data FROM lg_gate.account a WHERE a.id = m.account_id;
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.invite_again(uuid, bytea, jsonb) IS 'An administrator sends an invitation anew; the old one is void.';

CREATE FUNCTION lg_gate.remove_member(member uuid) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t int := lg_gate.must_be_administrator();
BEGIN
	DELETE FROM lg.member m WHERE m.tenant_id = t AND m.id = member; -- the trigger ends its sessions in this office
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM lg_gate.note('remove', 'member', member, lg_gate.account(), 'staff', '');
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.remove_member(uuid) IS 'An administrator ends a membership of this office. The account, and its other offices, stay.';

CREATE FUNCTION lg_gate.change_me(name text, title text, phone text, language text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a uuid := lg_gate.account(); t int := lg_gate.tenant();
BEGIN
	IF lg_gate.kind() NOT IN ('staff', 'candidate', 'employer') THEN
		RAISE EXCEPTION 'only accounts are changed' USING ERRCODE = '42501';
	END IF;
	UPDATE lg_gate.account x SET language = change_me.language WHERE x.id = a;
	UPDATE lg.member m SET name = coalesce(change_me.name, m.name), title = coalesce(change_me.title, m.title),
		phone = coalesce(change_me.phone, m.phone), version = m.version + 1 WHERE m.tenant_id = t AND m.account_id = a;
	PERFORM lg_gate.refresh_sessions(a, NULL); -- the language is the same in every office
END $$;
COMMENT ON FUNCTION lg_gate.change_me(text, text, text, text) IS 'The acting person''s own name, title and phone in this office (NULL: as it is), and their language everywhere.';

-- Set-up and console

CREATE FUNCTION lg_gate.create_member(tenant int, account uuid, kind text, name text, subject uuid, roles text[]) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	m uuid;
BEGIN
	IF NOT EXISTS (SELECT FROM lg_ref.tenant t WHERE t.id = tenant) THEN
		RAISE EXCEPTION 'there is no such office' USING ERRCODE = '22023';
	END IF;
	PERFORM lg_gate.sign(tenant || '|job||||set_up');
	INSERT INTO lg.member (tenant_id, account_id, kind, subject, name, mail, accepted)
		SELECT tenant, a.id, create_member.kind, create_member.subject, create_member.name, a.mail, now()
		FROM lg_gate.account a WHERE a.id = account RETURNING id INTO m;
	INSERT INTO lg.member_role (tenant_id, member_id, role) SELECT tenant, m, r FROM unnest(roles) r WHERE create_member.kind = 'staff';
	PERFORM lg_gate.note('create', 'member', m, NULL, 'job', array_to_string(roles, ' '));
	PERFORM set_config('lg.ctx', was, true);
	RETURN m;
END $$;
COMMENT ON FUNCTION lg_gate.create_member(int, uuid, text, text, uuid, text[]) IS 'A member who need not be invited, from the console.';

CREATE FUNCTION lg_gate.create_user(tenant int, mail text, name text, language text, roles text[], new_hash text, box bytea) RETURNS uuid
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE a uuid := lg_gate.account_of(mail, language);
BEGIN
	UPDATE lg_gate.account x SET hash = CASE WHEN x.hash = '' THEN coalesce(new_hash, '') ELSE x.hash END,
		totp_box = coalesce(x.totp_box, box) WHERE x.id = a;
	PERFORM lg_gate.create_member(tenant, a, 'staff', name, NULL, roles);
	RETURN a;
END $$;
COMMENT ON FUNCTION lg_gate.create_user(int, text, text, text, text[], text, bytea) IS 'A colleague with an account, from the console or the set-up page.';

CREATE FUNCTION lg_gate.account_disable(account uuid, disabled bool) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE lg_gate.account a SET disabled = account_disable.disabled WHERE a.id = account;
	IF account_disable.disabled THEN
		PERFORM lg_gate.session_close_all(account, NULL);
	END IF;
END $$;
COMMENT ON FUNCTION lg_gate.account_disable(uuid, bool) IS 'An account can sign in nowhere, or again.';

CREATE FUNCTION lg_gate.account_language(account uuid, language text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ UPDATE lg_gate.account a SET language = account_language.language WHERE a.id = account $$;
COMMENT ON FUNCTION lg_gate.account_language(uuid, text) IS 'The language of an account.';

CREATE FUNCTION lg_gate.sweep() RETURNS int
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	WITH a AS (DELETE FROM lg_gate.session WHERE ends < now() OR idle_ends < now() RETURNING 1),
	b AS (DELETE FROM lg_gate.bearer WHERE ends < now() RETURNING 1),
	c AS (DELETE FROM lg_gate.ticket WHERE ends < now() RETURNING 1),
	d AS (DELETE FROM lg_gate.mail_token WHERE ends < now() RETURNING 1),
	e AS (DELETE FROM lg_gate.throttle WHERE last < now() - interval '1 day' RETURNING 1)
	SELECT count(*)::int FROM (SELECT FROM a UNION ALL SELECT FROM b UNION ALL SELECT FROM c UNION ALL SELECT FROM d UNION ALL SELECT FROM e) x
$$;
COMMENT ON FUNCTION lg_gate.sweep() IS 'What has expired goes away; answers how many rows.';

GRANT EXECUTE ON FUNCTION lg_gate.account_by_mail(text), lg_gate.account_by_id(uuid), lg_gate.account_by_identity(text, text),
	lg_gate.memberships(uuid), lg_gate.session_open(uuid, int, bytea, text, text, text), lg_gate.session_switch(bytea, bytea, int),
	lg_gate.session_renew(bytea, bytea), lg_gate.session_extend(bytea), lg_gate.session_close(bytea),
	lg_gate.session_close_all(uuid, bytea), lg_gate.session_list(uuid), lg_gate.attempt(text[], text[]),
	lg_gate.attempt_passed(text[], text[]), lg_gate.sign_in_failed(uuid, text), lg_gate.totp_use(uuid, bigint),
	lg_gate.totp_set(uuid, bytea, bigint), lg_gate.password_set(uuid, text, bytea), lg_gate.token_look(text, bytea),
	lg_gate.invitation_accept(bytea, text, bytea, bigint), lg_gate.reset_ask(text, bytea, jsonb), lg_gate.reset_use(bytea, text),
	lg_gate.ticket_put(text, bytea, uuid, bytea, int), lg_gate.ticket_see(text, bytea), lg_gate.ticket_take(text, bytea),
	lg_gate.identity_link(uuid, text, text), lg_gate.bearer_open(uuid, bytea, bytea),
	lg_gate.create_user(int, text, text, text, text[], text, bytea), lg_gate.create_member(int, uuid, text, text, uuid, text[]),
	lg_gate.account_disable(uuid, bool), lg_gate.account_language(uuid, text) TO lg_auth;
GRANT EXECUTE ON FUNCTION lg_gate.session_close(bytea), lg_gate.my_sessions(), lg_gate.end_session(uuid), lg_gate.my_memberships(),
	lg_gate.change_me(text, text, text, text),
	lg_gate.invite_member(text, text, text, text, text, text, uuid, text[], uuid[], bytea, jsonb),
	lg_gate.invite_again(uuid, bytea, jsonb), lg_gate.remove_member(uuid), lg_gate.client_create(text, text[], bytea),
	lg_gate.client_revoke(uuid) TO lg_web;
GRANT EXECUTE ON FUNCTION lg_gate.refresh_sessions(uuid, int), lg_gate.sweep() TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.member_changed(), lg_gate.member_role_changed() TO lg_owner;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER changed AFTER INSERT OR UPDATE OR DELETE ON lg.member FOR EACH ROW EXECUTE FUNCTION lg_gate.member_changed();
CREATE TRIGGER added AFTER INSERT ON lg.member_role REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION lg_gate.member_role_changed();
CREATE TRIGGER changed AFTER UPDATE ON lg.member_role REFERENCING NEW TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION lg_gate.member_role_changed();
CREATE TRIGGER removed AFTER DELETE ON lg.member_role REFERENCING OLD TABLE AS changed
	FOR EACH STATEMENT EXECUTE FUNCTION lg_gate.member_role_changed();
RESET ROLE;
