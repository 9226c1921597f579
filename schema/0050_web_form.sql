-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The form on the hotline's public page: whoever has no account sends an enquiry. No table is opened for it. One function takes the few values
-- that the form has, counts the try, and writes what waits in the queue; the policies here say once more what such a row may be, so that a fault
-- in the function cannot write another.

SET LOCAL ROLE lg_gate;
-- How much is taken, in one place. Offices sit behind one address with all their workers.
INSERT INTO lg_gate.throttle_limit VALUES
	('enquiry_web', 20, 3600),          -- address, whichever office is asked
	('enquiry_web_office', 200, 86400); -- office, from wherever
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE POLICY web_form ON lg.enquiry FOR INSERT TO lg_gate
	WITH CHECK ((SELECT lg_gate.kind()) = 'public' AND (SELECT lg_gate.purpose()) = 'enquiry' AND channel = 'web' AND state = 'new' AND owner IS NULL
		AND created_by IS NULL AND about = 'nobody' AND legal_basis IS NULL AND share_id IS NULL AND caller_from IS NULL AND answer IS NULL
		AND outcome IS NULL AND coalesce(caller_phone, caller_mail) IS NOT NULL AND length(words) <= 2000);
CREATE POLICY web_form ON lg.enquiry_trigram FOR INSERT TO lg_gate
	WITH CHECK ((SELECT lg_gate.kind()) = 'public' AND (SELECT lg_gate.purpose()) = 'enquiry');
CREATE POLICY web_form ON lg.person_key FOR INSERT TO lg_gate
	WITH CHECK ((SELECT lg_gate.kind()) = 'public' AND (SELECT lg_gate.purpose()) = 'enquiry');
GRANT INSERT (tenant_id, id, invented, channel, caller_phone, caller_digits, caller_mail, municipality, caller_place, about, subject, words, callback_day,
	callback_time, state, due_at) ON lg.enquiry TO lg_gate;
GRANT INSERT (tenant_id, key, enquiry_id) ON lg.enquiry_trigram TO lg_gate;
GRANT INSERT (tenant_id, subject, key_box) ON lg.person_key TO lg_gate;
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.enquiry_web(id uuid, address text, doc jsonb, digits text, due_at timestamptz, keys text[], key_box bytea) RETURNS int
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	t int := lg_gate.tenant();
	e lg_ref.entrance;
	wait int;
BEGIN
	IF lg_gate.kind() <> 'public' OR lg_gate.purpose() <> 'enquiry' THEN
		RAISE EXCEPTION 'this is for the form without an account' USING ERRCODE = '42501';
	END IF;
	SELECT * INTO e FROM lg_ref.entrance x WHERE x.office = t AND 'web' = ANY (x.channels);
	IF e.office IS NULL THEN
		RAISE EXCEPTION 'this office takes no enquiries by a form' USING ERRCODE = '42501';
	END IF;
	IF doc ->> 'municipality' <> ALL (e.municipalities) THEN
		RAISE EXCEPTION 'a municipality that is not covered' USING ERRCODE = '22023';
	END IF;
	wait := lg_gate.attempt(ARRAY['enquiry_web', 'enquiry_web_office'], ARRAY[address, t::text]);
	IF wait > 0 THEN
		RETURN wait;
	END IF;
	INSERT INTO lg.enquiry (tenant_id, id, invented, channel, caller_phone, caller_digits, caller_mail, municipality, caller_place, about, subject, words,
		callback_day, callback_time, state, due_at)
		VALUES (t, enquiry_web.id, e.invented, 'web', doc ->> 'caller_phone', digits, doc ->> 'caller_mail', doc ->> 'municipality', doc ->> 'caller_place',
			'nobody', doc ->> 'subject', doc ->> 'words', (doc ->> 'callback_day')::date, doc ->> 'callback_time', 'new', enquiry_web.due_at);
	INSERT INTO lg.enquiry_trigram (tenant_id, key, enquiry_id) SELECT DISTINCT t, k, enquiry_web.id FROM unnest(keys) k;
	INSERT INTO lg.person_key (tenant_id, subject, key_box) VALUES (t, enquiry_web.id, enquiry_web.key_box);
	RETURN 0;
END $$;
COMMENT ON FUNCTION lg_gate.enquiry_web(uuid, text, jsonb, text, timestamptz, text[], bytea) IS
	'An enquiry from the form without an account, in the office that was entered: 0, or the seconds to wait.';
REVOKE ALL ON FUNCTION lg_gate.enquiry_web(uuid, text, jsonb, text, timestamptz, text[], bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.enquiry_web(uuid, text, jsonb, text, timestamptz, text[], bytea) TO lg_web;
RESET ROLE;
