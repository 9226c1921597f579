-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- What the processes of the service ask about themselves.
--
--   lg_gate.schema_number() -> int             lg_web, lg_auth, lg_job: the last file of schema/ that was run here
--   lg_gate.service_figures() -> (outbox_waiting int, outbox_oldest_s int)   lg_job: for /metrics, of all offices together

-- Kept by "landgang migrate" in a schema where nobody else has business.
DO $$
BEGIN
	IF to_regclass('public.landgang_migration') IS NOT NULL THEN
		GRANT USAGE ON SCHEMA public TO lg_gate;
		GRANT SELECT (number) ON public.landgang_migration TO lg_gate;
	END IF;
END $$;

SET LOCAL ROLE lg_gate;
-- 0: the files were run by hand, without anybody keeping a list.
CREATE FUNCTION lg_gate.schema_number() RETURNS int
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF NOT has_schema_privilege('public', 'USAGE') OR to_regclass('public.landgang_migration') IS NULL THEN
		RETURN 0;
	END IF;
	RETURN coalesce((SELECT max(m.number) FROM public.landgang_migration m), 0);
END $$;
COMMENT ON FUNCTION lg_gate.schema_number() IS 'The last file of schema/ that was run here.';

CREATE FUNCTION lg_gate.service_figures() RETURNS TABLE (outbox_waiting int, outbox_oldest_s int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	SELECT count(*)::int, coalesce(greatest(extract(epoch FROM now() - min(d.at)), 0), 0)::int FROM lg_gate.due d
$$;
COMMENT ON FUNCTION lg_gate.service_figures() IS 'How many mails wait, and for how many seconds the one that has been due longest.';

GRANT EXECUTE ON FUNCTION lg_gate.schema_number() TO lg_web, lg_auth, lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.service_figures() TO lg_job;
RESET ROLE;
