-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Recovery codes, what an account is told by mail, and the first start. Only lg_auth comes near any of it.
--
--   session_account(token bytea) -> uuid                  whose session this is; NULL: there is none
--   password_rehash(account uuid, old text, hash text)    the same password under today's parameters: no session ends
--   recovery_set(account uuid, hashes bytea[])            new codes; the old ones are void
--   recovery_use(account uuid, hash bytea) -> int         how many are left after this one was used; NULL: it is none
--   recovery_left(account uuid) -> int
--   second_set(account uuid, box bytea, step bigint, first bool, hashes bytea[]) -> bool
--                     a new secret for codes with its recovery codes; first: only when there is none yet, else false
--   account_mail(account uuid, kind text, data jsonb) -> bool   into the outbox of its first office; false: it has none
--   account_token(account uuid, token bytea)              a link for a new password, from the console
--   first_start(template text, office text, language text, mail text, name text, hash text, box bytea, step bigint, hashes bytea[])
--                     -> (account uuid, tenant int)       no row when there is an office already

SET LOCAL ROLE lg_gate;
CREATE TABLE lg_gate.recovery (
	account_id uuid NOT NULL REFERENCES lg_gate.account ON DELETE CASCADE,
	code_hash bytea NOT NULL CHECK (length(code_hash) = 32),
	PRIMARY KEY (account_id, code_hash)
);
COMMENT ON TABLE lg_gate.recovery IS 'Codes for the day the telephone is gone. A row that was used is gone too.';
COMMENT ON COLUMN lg_gate.recovery.account_id IS 'Whose.';
COMMENT ON COLUMN lg_gate.recovery.code_hash IS 'Keyed hash of the code, with a key that is not in the database.';

CREATE FUNCTION lg_gate.session_account(token bytea) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT s.account_id FROM lg_gate.session s WHERE s.token_hash = sha256(token) AND s.ends > now() AND s.idle_ends > now()
$$;
COMMENT ON FUNCTION lg_gate.session_account(bytea) IS 'Whose session this is.';

CREATE FUNCTION lg_gate.password_rehash(account uuid, old text, new_hash text) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ UPDATE lg_gate.account a SET hash = new_hash WHERE a.id = account AND a.hash = old $$;
COMMENT ON FUNCTION lg_gate.password_rehash(uuid, text, text) IS 'The same password, kept with other parameters.';

CREATE FUNCTION lg_gate.recovery_set(account uuid, hashes bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.recovery r WHERE r.account_id = account;
	INSERT INTO lg_gate.recovery (account_id, code_hash) SELECT account, h FROM unnest(hashes) h;
END $$;
COMMENT ON FUNCTION lg_gate.recovery_set(uuid, bytea[]) IS 'New recovery codes; the old ones are void.';

CREATE FUNCTION lg_gate.recovery_left(account uuid) RETURNS int
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$ SELECT count(*)::int FROM lg_gate.recovery r WHERE r.account_id = account $$;
COMMENT ON FUNCTION lg_gate.recovery_left(uuid) IS 'How many recovery codes an account still has.';

CREATE FUNCTION lg_gate.recovery_use(account uuid, hash bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	DELETE FROM lg_gate.recovery r WHERE r.account_id = account AND r.code_hash = hash;
	IF NOT FOUND THEN
		RETURN NULL;
	END IF;
	RETURN lg_gate.recovery_left(account);
END $$;
COMMENT ON FUNCTION lg_gate.recovery_use(uuid, bytea) IS 'A recovery code works once; answers how many are left.';

CREATE FUNCTION lg_gate.second_set(account uuid, box bytea, step bigint, first bool, hashes bytea[]) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	UPDATE lg_gate.account a SET totp_box = box, totp_step = step WHERE a.id = account AND (NOT first OR a.totp_box IS NULL);
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM lg_gate.recovery_set(account, hashes);
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.second_set(uuid, bytea, bigint, bool, bytea[]) IS 'A new secret for codes, and recovery codes with it.';

CREATE FUNCTION lg_gate.account_mail(account uuid, kind text, data jsonb) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	a lg_gate.account;
	t int;
BEGIN
	SELECT * INTO a FROM lg_gate.account x WHERE x.id = account;
	SELECT min(m.tenant_id) INTO t FROM lg_gate.account_tenant m WHERE m.account_id = account;
	IF t IS NULL THEN
		RETURN false;
	END IF;
	PERFORM lg_gate.sign(t || '|job||||account_mail');
	INSERT INTO lg.outbox (tenant_id, kind, to_mail, language, data) VALUES (t, kind, a.mail, a.language, data);
	PERFORM set_config('lg.ctx', was, true);
	RETURN true;
END $$;
COMMENT ON FUNCTION lg_gate.account_mail(uuid, text, jsonb) IS 'Tells an account something by mail, in the transaction of what is told.';

CREATE FUNCTION lg_gate.account_token(account uuid, token bytea) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	INSERT INTO lg_gate.mail_token (token_hash, purpose, account_id, ends) VALUES (sha256(token), 'reset', account, now() + interval '30 minutes')
$$;
COMMENT ON FUNCTION lg_gate.account_token(uuid, bytea) IS 'A link for a new password that the console shows.';

-- Two at once: the second waits for the lock, and then finds an office.
CREATE FUNCTION lg_gate.first_start(template text, office text, language text, mail text, name text, new_hash text, box bytea,
	step bigint, hashes bytea[], OUT account uuid, OUT tenant int) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM pg_advisory_xact_lock(hashtext('landgang first start'));
	IF lg_gate.tenants() > 0 THEN
		RETURN;
	END IF;
	tenant := lg_gate.create_tenant(template, office, language);
	account := lg_gate.create_user(tenant, mail, name, language, ARRAY['administrator'], new_hash, box);
	UPDATE lg_gate.account a SET totp_step = step WHERE a.id = account;
	PERFORM lg_gate.recovery_set(account, hashes);
	RETURN NEXT;
END $$;
COMMENT ON FUNCTION lg_gate.first_start(text, text, text, text, text, text, bytea, bigint, bytea[]) IS 'The first office and its administrator.';

GRANT EXECUTE ON FUNCTION lg_gate.session_account(bytea), lg_gate.password_rehash(uuid, text, text), lg_gate.recovery_set(uuid, bytea[]),
	lg_gate.recovery_use(uuid, bytea), lg_gate.recovery_left(uuid), lg_gate.second_set(uuid, bytea, bigint, bool, bytea[]),
	lg_gate.account_mail(uuid, text, jsonb), lg_gate.account_token(uuid, bytea),
	lg_gate.first_start(text, text, text, text, text, text, bytea, bigint, bytea[]) TO lg_auth;
RESET ROLE;
