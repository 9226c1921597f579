-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Runs: the best plan for many people and openings at once, ordered by a person, computed by the jobs process, approved by people. A run
-- sends nothing and decides nothing: what comes of it are proposals that somebody makes of its pairs.
--
--   INSERT INTO lg.run (...)                           lg_web: who and what, as handles, chosen under the policies of whoever orders
--   lg_gate.run_claim(90) -> (tenant int, id uuid)*    lg_job, without a context: a run that nobody computes; ours for 90 seconds,
--   lg_gate.run_hold(id, 90)                             and for as long again whenever this is said, in the office's context
--   then one transaction: its input, sealed; its lines; its openings; UPDATE lg.run SET state = 'done' ... WHERE state = 'running'
--
-- Whoever is killed between leaves nothing; whoever comes second finds that it is done. The lines name people and openings by the handles
-- of the matcher (schema/0015): once somebody is erased, their line is nobody's, and the run can still be computed anew.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.run (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	created timestamptz NOT NULL DEFAULT now(),
	created_by uuid NOT NULL DEFAULT lg_gate.account(),
	purpose text NOT NULL CHECK (purpose <> ''),
	asked jsonb NOT NULL,
	state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'done', 'failed')),
	candidates uuid[] NOT NULL,
	openings uuid[] NOT NULL,
	free int[] NOT NULL,
	decided_candidates uuid[] NOT NULL,
	decided_openings uuid[] NOT NULL,
	n_candidates int NOT NULL,
	n_openings int NOT NULL,
	n_positions int NOT NULL,
	stage text NOT NULL DEFAULT 'wait',
	steps_done int NOT NULL DEFAULT 0,
	steps_all int NOT NULL DEFAULT 0,
	begun timestamptz,
	ended timestamptz,
	versions jsonb,
	outcome jsonb,
	input_hash bytea,
	result_hash bytea,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX run_newest ON lg.run (tenant_id, created DESC, id);
COMMENT ON TABLE lg.run IS 'Plans for many people and openings at once, each with who ordered it and why';
COMMENT ON COLUMN lg.run.tenant_id IS 'The office';
COMMENT ON COLUMN lg.run.id IS 'The run';
COMMENT ON COLUMN lg.run.created IS 'When it was ordered';
COMMENT ON COLUMN lg.run.created_by IS 'By whom';
COMMENT ON COLUMN lg.run.purpose IS 'What for, in their words';
COMMENT ON COLUMN lg.run.asked IS 'What was chosen: src/core/run.def';
COMMENT ON COLUMN lg.run.state IS 'waiting, running, done or failed';
COMMENT ON COLUMN lg.run.candidates IS 'Handles of the people chosen; empty once it has ended';
COMMENT ON COLUMN lg.run.openings IS 'Handles of the openings chosen; empty once it has ended';
COMMENT ON COLUMN lg.run.free IS 'How many positions each of them has free';
COMMENT ON COLUMN lg.run.decided_candidates IS 'Of pairs that people have decided about: the handle of the person';
COMMENT ON COLUMN lg.run.decided_openings IS 'And of the opening';
COMMENT ON COLUMN lg.run.n_candidates IS 'How many people were chosen';
COMMENT ON COLUMN lg.run.n_openings IS 'How many openings';
COMMENT ON COLUMN lg.run.n_positions IS 'How many free positions these have';
COMMENT ON COLUMN lg.run.stage IS 'What is being done: a code of src/core/run_solve.h';
COMMENT ON COLUMN lg.run.steps_done IS 'Steps of that stage that are done';
COMMENT ON COLUMN lg.run.steps_all IS 'All its steps; 0: not known';
COMMENT ON COLUMN lg.run.begun IS 'When it was last begun';
COMMENT ON COLUMN lg.run.ended IS 'When it was done, or given up';
COMMENT ON COLUMN lg.run.versions IS 'Of the program, the taxonomy and the schema that computed it';
COMMENT ON COLUMN lg.run.outcome IS 'Figures: placed, sums, rounds, who found nothing and why, pairs checked; of a failed run why it failed';
COMMENT ON COLUMN lg.run.input_hash IS 'SHA-256 over the pieces of its input';
COMMENT ON COLUMN lg.run.result_hash IS 'SHA-256 of its result as text (src/core/run_solve.h)';
CALL lg_gate.wall('lg.run', staff => 'SELECT, INSERT', job => 'SELECT, UPDATE');
-- Whoever works for some units sees the runs that they ordered, over their own people: counts of others would tell.
CREATE POLICY own ON lg.run AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR created_by = (SELECT lg_gate.account()))
	WITH CHECK (created_by = (SELECT lg_gate.account()));

CREATE TABLE lg.run_line (
	tenant_id int NOT NULL,
	run_id uuid NOT NULL,
	candidate uuid NOT NULL,
	opening uuid,
	score int,
	dual bigint NOT NULL,
	why text,
	failed int NOT NULL DEFAULT 0,
	CHECK ((opening IS NULL) = (why IS NOT NULL)),
	PRIMARY KEY (tenant_id, run_id, candidate),
	FOREIGN KEY (tenant_id, run_id) REFERENCES lg.run (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX run_line_best ON lg.run_line (tenant_id, run_id, score DESC, candidate) WHERE opening IS NOT NULL;
COMMENT ON TABLE lg.run_line IS 'What a run found for each person';
COMMENT ON COLUMN lg.run_line.tenant_id IS 'The office';
COMMENT ON COLUMN lg.run_line.run_id IS 'The run';
COMMENT ON COLUMN lg.run_line.candidate IS 'Who: a handle of the matcher';
COMMENT ON COLUMN lg.run_line.opening IS 'The opening: a handle of the matcher; NULL: none';
COMMENT ON COLUMN lg.run_line.score IS 'What the comparison says of the pair, of 10,000';
COMMENT ON COLUMN lg.run_line.dual IS 'Part of the proof: the person''s dual';
COMMENT ON COLUMN lg.run_line.why IS 'Why none: a code of src/core/run_solve.h';
COMMENT ON COLUMN lg.run_line.failed IS 'Where no opening meets every demand: on which the nearest fails, a set of enum lgm_demand';
CALL lg_gate.wall('lg.run_line', staff => 'SELECT', job => 'SELECT, INSERT');
CREATE POLICY own ON lg.run_line AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.run r WHERE r.id = run_id));

CREATE TABLE lg.run_opening (
	tenant_id int NOT NULL,
	run_id uuid NOT NULL,
	opening uuid NOT NULL,
	free int NOT NULL,
	taken int NOT NULL,
	dual bigint NOT NULL,
	PRIMARY KEY (tenant_id, run_id, opening),
	FOREIGN KEY (tenant_id, run_id) REFERENCES lg.run (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE lg.run_opening IS 'What a run found for each opening';
COMMENT ON COLUMN lg.run_opening.tenant_id IS 'The office';
COMMENT ON COLUMN lg.run_opening.run_id IS 'The run';
COMMENT ON COLUMN lg.run_opening.opening IS 'The opening: a handle of the matcher';
COMMENT ON COLUMN lg.run_opening.free IS 'How many positions it had free';
COMMENT ON COLUMN lg.run_opening.taken IS 'How many the run fills';
COMMENT ON COLUMN lg.run_opening.dual IS 'Part of the proof: the price of one of its positions';
CALL lg_gate.wall('lg.run_opening', staff => 'SELECT', job => 'SELECT, INSERT');
CREATE POLICY own ON lg.run_opening AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.run r WHERE r.id = run_id));

CREATE TABLE lg.run_input (
	tenant_id int NOT NULL,
	run_id uuid NOT NULL,
	piece int NOT NULL,
	box bytea NOT NULL,
	PRIMARY KEY (tenant_id, run_id, piece),
	FOREIGN KEY (tenant_id, run_id) REFERENCES lg.run (tenant_id, id) ON DELETE CASCADE
);
COMMENT ON TABLE lg.run_input IS 'All that a run was computed from, sealed: codes and numbers under handles';
COMMENT ON COLUMN lg.run_input.tenant_id IS 'The office';
COMMENT ON COLUMN lg.run_input.run_id IS 'The run';
COMMENT ON COLUMN lg.run_input.piece IS 'Which piece, from 0';
COMMENT ON COLUMN lg.run_input.box IS 'Lines of text (src/core/run_input.h) under the key of the office (src/app/seal.h)';
CALL lg_gate.wall('lg.run_input', staff => '', job => 'SELECT, INSERT');
RESET ROLE;

SET LOCAL ROLE lg_gate;
-- A mirror of what is to be computed in lg.run, kept by a trigger: to know it without going through every office.
CREATE TABLE lg_gate.run_due (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	at timestamptz NOT NULL,
	held_until timestamptz NOT NULL DEFAULT '-infinity',
	tries int NOT NULL DEFAULT 0,
	PRIMARY KEY (tenant_id, id)
);
CREATE INDEX ON lg_gate.run_due (at);
COMMENT ON TABLE lg_gate.run_due IS 'Which runs of lg.run are still to be computed.';
COMMENT ON COLUMN lg_gate.run_due.tenant_id IS 'The office.';
COMMENT ON COLUMN lg_gate.run_due.id IS 'The run.';
COMMENT ON COLUMN lg_gate.run_due.at IS 'When it was ordered.';
COMMENT ON COLUMN lg_gate.run_due.held_until IS 'Somebody computes it until then, or says anew that they still do.';
COMMENT ON COLUMN lg_gate.run_due.tries IS 'How often it was begun.';

CREATE FUNCTION lg_gate.run_changed() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO lg_gate.run_due (tenant_id, id, at) VALUES (NEW.tenant_id, NEW.id, NEW.created);
	ELSIF TG_OP = 'DELETE' THEN
		DELETE FROM lg_gate.run_due d WHERE d.tenant_id = OLD.tenant_id AND d.id = OLD.id;
	ELSIF NEW.state IN ('done', 'failed') THEN
		DELETE FROM lg_gate.run_due d WHERE d.tenant_id = NEW.tenant_id AND d.id = NEW.id;
	END IF;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.run_changed() IS 'Trigger: lg_gate.run_due follows lg.run.';

CREATE FUNCTION lg_gate.run_claim(seconds int) RETURNS TABLE (tenant int, id uuid, tries int)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.run_due d SET held_until = now() + make_interval(secs => seconds), tries = d.tries + 1
	 WHERE (d.tenant_id, d.id) = (SELECT w.tenant_id, w.id FROM lg_gate.run_due w WHERE w.held_until < now()
	                               ORDER BY w.at LIMIT 1 FOR UPDATE SKIP LOCKED)
	RETURNING d.tenant_id, d.id, d.tries
$$;
COMMENT ON FUNCTION lg_gate.run_claim(int) IS 'The run that has waited longest and that nobody computes; for so many seconds it is the caller''s.';

CREATE FUNCTION lg_gate.run_hold(run uuid, seconds int) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
	UPDATE lg_gate.run_due d SET held_until = now() + make_interval(secs => seconds) WHERE d.tenant_id = lg_gate.tenant() AND d.id = run
$$;
COMMENT ON FUNCTION lg_gate.run_hold(uuid, int) IS 'It is still being computed.';
REVOKE ALL ON FUNCTION lg_gate.run_changed(), lg_gate.run_claim(int), lg_gate.run_hold(uuid, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.run_claim(int), lg_gate.run_hold(uuid, int) TO lg_job;
GRANT EXECUTE ON FUNCTION lg_gate.run_changed() TO lg_owner;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER changed AFTER INSERT OR DELETE OR UPDATE OF state ON lg.run FOR EACH ROW EXECUTE FUNCTION lg_gate.run_changed();
RESET ROLE;
