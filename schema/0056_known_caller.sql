-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- A colleague of an office that the hotline is for rings: the agent sees who it is. Three say so before that is possible. The office, by its
-- administrator (lg.caller_showing; nothing is shown before); the colleague, who stated a telephone number and may take themselves out
-- (lg.member.shown_to_hotline); and the entrance, which is shown to everybody and names the office's municipality. What follows from the three
-- are rows of two offices (lg.known_caller), written by triggers with each change of any of them, and seen by the receiver until their end. No
-- service role reads them: lg_gate.known_callers() answers a hotline's agents, a few rows at a time, and tells nobody how many there are.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.caller_showing (
	tenant_id int NOT NULL,
	one text NOT NULL DEFAULT 'one' CHECK (one = 'one'),
	since timestamptz NOT NULL DEFAULT now(),
	by_account uuid DEFAULT lg_gate.account(),
	PRIMARY KEY (tenant_id, one)
);
COMMENT ON TABLE lg.caller_showing IS 'The office lets hotlines that are for its municipality recognise its colleagues; without a row it does not';
COMMENT ON COLUMN lg.caller_showing.tenant_id IS 'The office';
COMMENT ON COLUMN lg.caller_showing.one IS 'An office says it once';
COMMENT ON COLUMN lg.caller_showing.since IS 'Since when';
COMMENT ON COLUMN lg.caller_showing.by_account IS 'Which administrator said so';
CALL lg_gate.wall('lg.caller_showing', staff => 'SELECT, INSERT, DELETE', job => '', gate => 'SELECT');
CALL lg_gate.merges('lg.caller_showing', 'dropped');  -- the office that goes on has said for itself
CREATE POLICY administrator_insert ON lg.caller_showing AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_delete ON lg.caller_showing AS RESTRICTIVE FOR DELETE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);

ALTER TABLE lg.member ADD COLUMN shown_to_hotline bool NOT NULL DEFAULT true;
COMMENT ON COLUMN lg.member.shown_to_hotline IS 'Hotlines may recognise them, if the office says so; they themselves say no';

CREATE TABLE lg.known_caller (
	from_tenant int NOT NULL,
	to_tenant int NOT NULL CHECK (to_tenant <> from_tenant),
	member_id uuid NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	phone text NOT NULL CHECK (phone <> ''),
	digits text NOT NULL CHECK (length(digits) BETWEEN 6 AND 8),
	mail text NOT NULL,
	plain text NOT NULL,
	until timestamptz NOT NULL,
	PRIMARY KEY (from_tenant, to_tenant, member_id),
	FOREIGN KEY (from_tenant, member_id) REFERENCES lg.member (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX known_caller_number ON lg.known_caller (to_tenant, digits);
CREATE INDEX known_caller_one ON lg.known_caller (to_tenant, member_id);
CREATE INDEX known_caller_of ON lg.known_caller (from_tenant, member_id);
COMMENT ON TABLE lg.known_caller IS 'A colleague whom a hotline may recognise: written by triggers alone';
COMMENT ON COLUMN lg.known_caller.from_tenant IS 'The office where they work';
COMMENT ON COLUMN lg.known_caller.to_tenant IS 'The office whose hotline may know them';
COMMENT ON COLUMN lg.known_caller.member_id IS 'Who';
COMMENT ON COLUMN lg.known_caller.name IS 'Their name';
COMMENT ON COLUMN lg.known_caller.phone IS 'Their number at work, as they wrote it';
COMMENT ON COLUMN lg.known_caller.digits IS 'Its last eight digits: what callers are recognised by';
COMMENT ON COLUMN lg.known_caller.mail IS 'Their mail address at work';
COMMENT ON COLUMN lg.known_caller.plain IS 'The words of the name in small letters without marks, a blank before each: they are found by how they begin';
COMMENT ON COLUMN lg.known_caller.until IS 'Their last day, or the office''s, is over then; infinity: no end is known';
CALL lg_gate.wall_between('lg.known_caller', giver => 'from_tenant', receiver => 'to_tenant', writer => 'from_tenant', until => 'until',
	staff => '', job => '', gate => 'SELECT, INSERT, UPDATE, DELETE');
CALL lg_gate.merges('lg.known_caller', 'stays');  -- it goes with the membership; triggers write those of the office that goes on
RESET ROLE;

SET LOCAL ROLE lg_gate;
-- "Jørgensen" is found by "jorgensen".
CREATE FUNCTION lg_gate.plain_letters(words text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
	SELECT translate(lower(words), 'øöóòôæäáàâåéèêëíìîïüúùûñćčşšž', 'oooooaaaaaaeeeeiiiiuuuunccssz')
$$;
COMMENT ON FUNCTION lg_gate.plain_letters(text) IS 'Small letters without marks.';

-- Its words, with a blank before each.
CREATE FUNCTION lg_gate.plain_words(of_text text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
	SELECT ' ' || regexp_replace(btrim(lg_gate.plain_letters(of_text)), '[[:space:],.-]+', ' ', 'g')
$$;
COMMENT ON FUNCTION lg_gate.plain_words(text) IS 'Words in small letters without marks, a blank before each.';

-- Which rows an office has now: of one member, or of all (NULL).
CREATE FUNCTION lg_gate.known_callers_now(office int, member uuid) RETURNS SETOF lg.known_caller
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT t.id, e.office, m.id, m.name, btrim(m.phone), right(regexp_replace(m.phone, '[^0-9]', '', 'g'), 8), m.mail, lg_gate.plain_words(m.name),
		coalesce((least(m.valid_to, t.valid_to) + 1)::timestamp AT TIME ZONE t.zone, 'infinity')
	FROM lg_ref.tenant t
	JOIN lg.caller_showing s ON s.tenant_id = t.id
	JOIN lg_ref.entrance e ON e.office <> t.id AND t.country || '-' || t.official_code = ANY (e.municipalities)
	JOIN lg.member m ON m.tenant_id = t.id AND (member IS NULL OR m.id = member)
	JOIN lg_gate.account a ON a.id = m.account_id AND NOT a.disabled
	WHERE t.id = known_callers_now.office AND t.official_code <> '' AND t.merged_into IS NULL
		AND m.kind = 'staff' AND m.accepted IS NOT NULL AND m.shown_to_hotline AND length(regexp_replace(m.phone, '[^0-9]', '', 'g')) >= 6
$$;
COMMENT ON FUNCTION lg_gate.known_callers_now(int, uuid) IS 'Part of known_callers_put(): what is to be there.';

-- Two changes at the same moment (a member goes out, an entrance comes to cover): the second waits, and sees the first.
CREATE FUNCTION lg_gate.known_callers_put(office int, member uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	was text := coalesce(current_setting('lg.ctx', true), '');
	purpose text;
BEGIN
	-- Not an advisory lock, which others could take. While the office is being merged only the merge has a context there.
	SELECT CASE WHEN t.shut IS NULL THEN 'callers' ELSE 'tenant_merge' END INTO purpose FROM lg_ref.tenant t WHERE t.id = office FOR NO KEY UPDATE;
	IF NOT FOUND THEN
		RETURN;
	END IF;
	PERFORM lg_gate.sign(office || '|job||||' || purpose);
	DELETE FROM lg.known_caller k WHERE k.from_tenant = office AND (member IS NULL OR k.member_id = member)
		AND NOT EXISTS (SELECT FROM lg_gate.known_callers_now(office, member) n WHERE n.to_tenant = k.to_tenant AND n.member_id = k.member_id);
	INSERT INTO lg.known_caller AS k SELECT n.* FROM lg_gate.known_callers_now(office, member) n
		ON CONFLICT (from_tenant, to_tenant, member_id) DO UPDATE SET name = excluded.name, phone = excluded.phone, digits = excluded.digits,
			mail = excluded.mail, plain = excluded.plain, until = excluded.until
		WHERE (k.name, k.phone, k.mail, k.until) IS DISTINCT FROM (excluded.name, excluded.phone, excluded.mail, excluded.until);
	PERFORM set_config('lg.ctx', was, true);
END $$;
COMMENT ON FUNCTION lg_gate.known_callers_put(int, uuid) IS 'Whom hotlines may recognise of an office is as it is to be; of one member, or of all (NULL). For triggers.';

CREATE FUNCTION lg_gate.known_caller_member() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'INSERT' AND NEW.accepted IS NULL OR TG_OP = 'UPDATE' AND (OLD.name, OLD.phone, OLD.mail, OLD.kind, OLD.valid_to, OLD.shown_to_hotline)
		IS NOT DISTINCT FROM (NEW.name, NEW.phone, NEW.mail, NEW.kind, NEW.valid_to, NEW.shown_to_hotline)
		AND (OLD.accepted IS NULL) = (NEW.accepted IS NULL) THEN
		RETURN NULL;
	END IF;
	PERFORM lg_gate.known_callers_put(NEW.tenant_id, NEW.id);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.known_caller_member() IS 'Trigger: whom hotlines may recognise follows the member; one who leaves takes the rows along by the foreign key.';

CREATE FUNCTION lg_gate.known_caller_office() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM lg_gate.known_callers_put(coalesce(NEW.tenant_id, OLD.tenant_id), NULL);
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.known_caller_office() IS 'Trigger: whom hotlines may recognise follows what the office says.';

CREATE FUNCTION lg_gate.known_caller_tenant() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF (OLD.official_code, OLD.country, OLD.zone, OLD.merged_into, OLD.valid_to)
		IS DISTINCT FROM (NEW.official_code, NEW.country, NEW.zone, NEW.merged_into, NEW.valid_to) THEN
		PERFORM lg_gate.known_callers_put(NEW.id, NULL);
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.known_caller_tenant() IS 'Trigger: whom hotlines may recognise follows which municipality the office is, and whether it is one still.';

CREATE FUNCTION lg_gate.known_caller_entrance() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	before text[] := CASE TG_OP WHEN 'INSERT' THEN '{}' ELSE OLD.municipalities END;
	after text[] := CASE TG_OP WHEN 'DELETE' THEN '{}' ELSE NEW.municipalities END;
	o int;
BEGIN
	IF before = after THEN
		RETURN NULL;
	END IF;
	FOR o IN SELECT t.id FROM lg_ref.tenant t WHERE t.official_code <> '' AND t.country || '-' || t.official_code = ANY (before || after) ORDER BY t.id LOOP
		PERFORM lg_gate.known_callers_put(o, NULL);
	END LOOP;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.known_caller_entrance() IS 'Trigger: whom hotlines may recognise follows which municipalities an entrance is for.';

CREATE FUNCTION lg_gate.known_caller_account() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF OLD.disabled IS DISTINCT FROM NEW.disabled THEN
		PERFORM lg_gate.known_callers_put(x.tenant_id, NULL) FROM (SELECT t.tenant_id FROM lg_gate.account_tenant t WHERE t.account_id = NEW.id ORDER BY 1) x;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.known_caller_account() IS 'Trigger: an account that is shut is recognised by no hotline.';

CREATE FUNCTION lg_gate.show_me(shown bool) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE m uuid;
BEGIN
	IF lg_gate.kind() <> 'staff' THEN
		RAISE EXCEPTION 'this is for colleagues' USING ERRCODE = '42501';
	END IF;
	UPDATE lg.member x SET shown_to_hotline = shown, version = x.version + 1
		WHERE x.tenant_id = lg_gate.tenant() AND x.account_id = lg_gate.account() AND x.shown_to_hotline <> shown RETURNING x.id INTO m;
	IF FOUND THEN
		PERFORM lg_gate.note(CASE WHEN shown THEN 'shown' ELSE 'hidden' END, 'member', m, lg_gate.account(), 'staff', '');
	END IF;
END $$;
COMMENT ON FUNCTION lg_gate.show_me(bool) IS 'Whether hotlines may recognise the acting person in this office; nobody else says it.';

CREATE FUNCTION lg_gate.known_callers(digits text, names text[], places text[], member uuid)
RETURNS TABLE (id uuid, name text, office text, municipality text, phone text, mail text, country text, own_country text, by_number bool, by_words bool)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t int := lg_gate.tenant();
	beginnings text[] := ARRAY(SELECT ' ' || lg_gate.plain_letters(x) FROM unnest(names) x WHERE x <> '');
	has_names bool := length(array_to_string(names, '')) >= 3; -- one letter would be everybody
	has_places bool := length(array_to_string(places, '')) >= 3;
	offices int[];
BEGIN
	IF lg_gate.kind() <> 'staff' OR NOT lg_gate.roles() && ARRAY['hotline', 'adviser'] THEN
		RAISE EXCEPTION 'this is for those who answer a hotline' USING ERRCODE = '42501';
	END IF;
	offices := ARRAY(SELECT o.id FROM lg_ref.tenant o JOIN lg_ref.entrance e ON e.office = t AND o.country || '-' || o.official_code = ANY (e.municipalities)
		WHERE has_places AND NOT EXISTS (SELECT FROM unnest(places) x WHERE strpos(lg_gate.plain_words(o.name), ' ' || lg_gate.plain_letters(x)) = 0));
	RETURN QUERY WITH found AS (
		SELECT k.member_id, true AS number, false AS words FROM lg.known_caller k
			WHERE k.to_tenant = t AND k.digits = known_callers.digits AND length(known_callers.digits) >= 6
		UNION ALL
		SELECT k.member_id, false, true FROM lg.known_caller k WHERE has_names AND k.to_tenant = t
			AND NOT EXISTS (SELECT FROM unnest(beginnings) x WHERE strpos(k.plain, x) = 0)
		UNION ALL
		SELECT k.member_id, false, true FROM lg.known_caller k WHERE NOT has_names AND k.to_tenant = t AND k.from_tenant = ANY (offices)
		UNION ALL
		SELECT member, false, false)
	SELECT k.member_id, k.name, o.name, o.country || '-' || o.official_code, k.phone, k.mail, o.country, own.country, f.number, f.words
		FROM (SELECT x.member_id, bool_or(x.number) AS number, bool_or(x.words) AS words FROM found x GROUP BY x.member_id) f
		JOIN lg.known_caller k ON k.to_tenant = t AND k.member_id = f.member_id
		JOIN lg_ref.tenant o ON o.id = k.from_tenant JOIN lg_ref.tenant own ON own.id = t
		ORDER BY f.number DESC, k.from_tenant = ANY (offices) DESC, k.name, k.member_id LIMIT 8;
END $$;
COMMENT ON FUNCTION lg_gate.known_callers(text, text[], text[], uuid) IS
	'Colleagues of covered offices by the last digits of a number, by beginnings of names and of offices'' names, or by id: eight at most. For agents.';

REVOKE ALL ON FUNCTION lg_gate.known_callers_now(int, uuid), lg_gate.known_callers_put(int, uuid), lg_gate.known_caller_member(),
	lg_gate.known_caller_office(), lg_gate.known_caller_tenant(), lg_gate.known_caller_entrance(), lg_gate.known_caller_account(), lg_gate.show_me(bool),
	lg_gate.plain_letters(text), lg_gate.plain_words(text), lg_gate.known_callers(text, text[], text[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.known_caller_member(), lg_gate.known_caller_office(), lg_gate.known_caller_tenant(),
	lg_gate.known_caller_entrance() TO lg_owner;
GRANT EXECUTE ON FUNCTION lg_gate.show_me(bool), lg_gate.known_callers(text, text[], text[], uuid) TO lg_web;
CREATE TRIGGER known_caller AFTER UPDATE ON lg_gate.account FOR EACH ROW EXECUTE FUNCTION lg_gate.known_caller_account();
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER known_caller AFTER INSERT OR UPDATE ON lg.member FOR EACH ROW EXECUTE FUNCTION lg_gate.known_caller_member();
CREATE TRIGGER known_caller AFTER INSERT OR DELETE ON lg.caller_showing FOR EACH ROW EXECUTE FUNCTION lg_gate.known_caller_office();
CREATE TRIGGER known_caller AFTER UPDATE ON lg_ref.tenant FOR EACH ROW EXECUTE FUNCTION lg_gate.known_caller_tenant();
CREATE TRIGGER known_caller AFTER INSERT OR UPDATE OR DELETE ON lg_ref.entrance FOR EACH ROW EXECUTE FUNCTION lg_gate.known_caller_entrance();
RESET ROLE;
