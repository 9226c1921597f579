-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- A role may change settings (and the password) of its own for the sessions to come: PostgreSQL cannot forbid it. Who made the
-- service say SQL could so lame it beyond a restart. So they are set anew at each start:
--
--   CALL lg_gate.settle_roles()      whoever owns the database; `landgang migrate` and each start do, before the passwords
--
-- What an operator wants otherwise belongs to the database (ALTER DATABASE ... SET), not to these roles.
SET LOCAL ROLE lg_gate;
CREATE PROCEDURE lg_gate.settle_roles() LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
	r record;
	s text;
BEGIN
	FOR r IN SELECT * FROM (VALUES ('lg_auth', '10s', '3s', '15s'), ('lg_web', '10s', '3s', '15s'), ('lg_job', '300s', '10s', '60s'),
		('lg_match', '300s', '3s', '15s')) x(name, statement, lock, idle)
	LOOP
		EXECUTE format('ALTER ROLE %I RESET ALL', r.name);
		EXECUTE format('ALTER ROLE %I IN DATABASE %I RESET ALL', r.name, current_database());
		FOREACH s IN ARRAY ARRAY['search_path = pg_catalog', 'timezone = ''UTC''', 'jit = off', format('statement_timeout = %L', r.statement),
			format('lock_timeout = %L', r.lock), format('idle_in_transaction_session_timeout = %L', r.idle), 'track_activities = off']
		LOOP
			BEGIN
				EXECUTE format('ALTER ROLE %I IN DATABASE %I SET %s', r.name, current_database(), s);
			EXCEPTION WHEN insufficient_privilege THEN
				NULL; -- track_activities: a superuser set it, or schema/0001 told him to
			END;
		END LOOP;
	END LOOP;
END $$;
COMMENT ON PROCEDURE lg_gate.settle_roles() IS 'Settings of the roles that sign in, as they were; for the database''s owner.';
RESET ROLE;
