-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Occupations that a candidate wishes for: the part of the score that is called wishes is counted from them.

SET LOCAL ROLE lg_owner;
ALTER TABLE lg.candidate ADD COLUMN wished jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(wished) = 'array');
COMMENT ON COLUMN lg.candidate.wished IS 'Occupations that are wished for (codes of the taxonomy)';
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE OR REPLACE FUNCTION lg_gate.match_facts(side text, r jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
	SELECT CASE
	WHEN side = 'candidate' AND r ->> 'state' = 'available' THEN (SELECT jsonb_object_agg(k, r -> k) FROM unnest(ARRAY['latitude_e6',
		'longitude_e6', 'wants_work', 'can_start', 'contracts', 'hours_least', 'hours_most', 'commute_km', 'available', 'classes']) k)
		|| jsonb_build_object('occupations', lg_gate.match_rows(r -> 'occupations', 'occupation', 'years'),
			'skills', lg_gate.match_rows(r -> 'skills', 'skill'),
			'wished', lg_gate.match_rows(r -> 'wished', 'occupation'),
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
RESET ROLE;
