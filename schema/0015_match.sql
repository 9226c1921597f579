-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the matcher knows: codes and numbers of candidates who may be proposed and of openings that are offered, under handles that
-- only the office can turn into a person. Written with each change of the row itself, in its transaction, by triggers: no way to
-- change a candidate goes past them. The matcher (role lg_match) reads this table and nothing else, one office at a time (and lg_job reads
-- it for the plans of schema/0017):
--
--   lg_gate.enter_job(tenant, 'match');
--   SELECT side, handle, facts, ... FROM lg.match_entry WHERE moment >= $since       what changed; facts NULL: it is gone
--   $since: what pg_snapshot_xmin() said when it last read. A transaction that was running then has that number or a greater one, so
--   that none is missed; some rows come twice, which is no matter.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.match_entry (
	tenant_id int NOT NULL,
	side text NOT NULL CHECK (side IN ('candidate', 'opening')),
	handle uuid NOT NULL,
	facts jsonb,
	moment bigint NOT NULL,
	PRIMARY KEY (tenant_id, side, handle)
);
CREATE INDEX match_entry_changed ON lg.match_entry (tenant_id, moment);
COMMENT ON TABLE lg.match_entry IS 'What the matcher knows of candidates and openings: codes and numbers, no person';
COMMENT ON COLUMN lg.match_entry.tenant_id IS 'The office';
COMMENT ON COLUMN lg.match_entry.side IS 'candidate or opening';
COMMENT ON COLUMN lg.match_entry.handle IS 'Of the candidate or opening: random';
COMMENT ON COLUMN lg.match_entry.facts IS 'Codes and numbers (src/core/match_terms.h); NULL: not to be matched, or gone';
COMMENT ON COLUMN lg.match_entry.moment IS 'The transaction that wrote it';
CALL lg_gate.wall('lg.match_entry', staff => '', job => 'SELECT', gate => 'SELECT, INSERT, UPDATE');
GRANT SELECT ON lg.match_entry TO lg_match;
CREATE POLICY match ON lg.match_entry FOR SELECT TO lg_match USING ((SELECT lg_gate.kind()) = 'job');
RESET ROLE;

SET LOCAL ROLE lg_gate;
-- Some fields of each row of a list.
CREATE FUNCTION lg_gate.match_rows(list jsonb, VARIADIC fields text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT coalesce(jsonb_agg((SELECT jsonb_object_agg(f, r -> f) FROM unnest(fields) f)), '[]') FROM jsonb_array_elements(list) r
$$;
COMMENT ON FUNCTION lg_gate.match_rows(jsonb, text[]) IS 'Part of match_entry_put().';

CREATE FUNCTION lg_gate.match_facts(side text, r jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT CASE
	WHEN side = 'candidate' AND r ->> 'state' = 'available' THEN (SELECT jsonb_object_agg(k, r -> k) FROM unnest(ARRAY['latitude_e6',
		'longitude_e6', 'wants_work', 'can_start', 'contracts', 'hours_least', 'hours_most', 'commute_km', 'available', 'classes']) k)
		|| jsonb_build_object('occupations', lg_gate.match_rows(r -> 'occupations', 'occupation', 'years'),
			'skills', lg_gate.match_rows(r -> 'skills', 'skill'),
			'languages', lg_gate.match_rows(r -> 'languages', 'language', 'listening', 'reading', 'interaction', 'production', 'writing'),
			'licences', lg_gate.match_rows(r -> 'licences', 'occupation', 'country', 'state'))
	WHEN side = 'opening' AND r ->> 'state' = 'open' AND (r ->> 'agreed')::int < (r ->> 'positions')::int THEN (SELECT jsonb_object_agg(k, r -> k) FROM unnest(ARRAY['latitude_e6',
		'longitude_e6', 'municipality', 'kind', 'positions', 'hours', 'schedule', 'start_on', 'remote', 'assistant_allowed']) k)
		|| jsonb_build_object('occupations', lg_gate.match_rows(r -> 'occupations', 'occupation'),
			'skills', lg_gate.match_rows(r -> 'skills', 'skill', 'essential'),
			'languages', lg_gate.match_rows(r -> 'languages', 'language', 'level'),
			'licences', lg_gate.match_rows(r -> 'licences', 'occupation'))
	END
$$;
COMMENT ON FUNCTION lg_gate.match_facts(text, jsonb) IS 'What the matcher is told of a row; NULL: it is not to be matched.';

-- A row was written or erased: tell the matcher, if it makes a difference to it. An entry that never was need not go.
CREATE FUNCTION lg_gate.match_entry_put() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN lg_gate.match_facts(TG_ARGV[0], to_jsonb(OLD)) END;
	after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN lg_gate.match_facts(TG_ARGV[0], to_jsonb(NEW)) END;
BEGIN
	IF before IS DISTINCT FROM after THEN
		INSERT INTO lg.match_entry AS e (side, handle, facts, moment)
		VALUES (TG_ARGV[0], CASE TG_OP WHEN 'DELETE' THEN OLD.handle ELSE NEW.handle END, after, pg_current_xact_id()::text::bigint)
		ON CONFLICT (tenant_id, side, handle) DO UPDATE SET facts = EXCLUDED.facts, moment = EXCLUDED.moment;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.match_entry_put() IS 'Keeps lg.match_entry as its candidate or opening is.';
REVOKE ALL ON FUNCTION lg_gate.match_rows(jsonb, text[]), lg_gate.match_facts(text, jsonb), lg_gate.match_entry_put() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.match_entry_put() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER match AFTER INSERT OR UPDATE OR DELETE ON lg.candidate FOR EACH ROW EXECUTE FUNCTION lg_gate.match_entry_put('candidate');
CREATE TRIGGER match AFTER INSERT OR UPDATE OR DELETE ON lg.opening FOR EACH ROW EXECUTE FUNCTION lg_gate.match_entry_put('opening');
RESET ROLE;
