-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The hotline's entrance: one number for all municipalities of a region. The office that answers keeps it (lg.entrance); what everybody may
-- read of it is copied by a trigger (lg_ref.entrance): for the page without sign-in, and for the header of every office that is covered.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.entrance (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	invented boolean NOT NULL DEFAULT false,
	one text NOT NULL DEFAULT 'one' CHECK (one = 'one'),

	name text NOT NULL CHECK (name <> ''),
	phone text NOT NULL CHECK (phone <> ''),
	mail text,
	channels text[] NOT NULL DEFAULT '{}',
	words text,
	published boolean NOT NULL DEFAULT false,
	hours text,

	holidays jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(holidays) = 'array'),
	municipalities jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(municipalities) = 'array'),
	languages jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(languages) = 'array'),
	PRIMARY KEY (tenant_id, one),
	UNIQUE (tenant_id, id)
);
COMMENT ON TABLE lg.entrance IS 'The hotline of an office: number, ways in, hours, whom it is for. One an office';
COMMENT ON COLUMN lg.entrance.tenant_id IS 'The office that answers';
COMMENT ON COLUMN lg.entrance.id IS 'Random';
COMMENT ON COLUMN lg.entrance.version IS 'Grows by one with each change: whoever saves says which one was seen';
COMMENT ON COLUMN lg.entrance.created IS 'When it was made';
COMMENT ON COLUMN lg.entrance.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.entrance.invented IS 'Made up for demonstrations: nobody answers there';
COMMENT ON COLUMN lg.entrance.one IS 'An office has one';
COMMENT ON COLUMN lg.entrance.name IS 'What it is called';
COMMENT ON COLUMN lg.entrance.phone IS 'The number';
COMMENT ON COLUMN lg.entrance.mail IS 'An address to write to';
COMMENT ON COLUMN lg.entrance.channels IS 'Ways in: codes of the list enquiry_channel';
COMMENT ON COLUMN lg.entrance.words IS 'What it is for, and for whom';
COMMENT ON COLUMN lg.entrance.published IS 'It is shown to everybody, and in the header of offices that are covered';
COMMENT ON COLUMN lg.entrance.hours IS 'When it is open (src/core/week.h), in the zone of the office';
COMMENT ON COLUMN lg.entrance.holidays IS 'Days on which it is closed: day, name';
COMMENT ON COLUMN lg.entrance.municipalities IS 'Municipalities that are covered: DK-0730';
COMMENT ON COLUMN lg.entrance.languages IS 'Languages that somebody there speaks';
CALL lg_gate.wall('lg.entrance');
CALL lg_gate.merges('lg.entrance', 'moved', 'left');
CREATE POLICY administrator_insert ON lg.entrance AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_update ON lg.entrance AS RESTRICTIVE FOR UPDATE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);
CREATE POLICY administrator_delete ON lg.entrance AS RESTRICTIVE FOR DELETE TO lg_web
	USING ((SELECT lg_gate.roles()) @> ARRAY['administrator']);

CREATE TABLE lg_ref.entrance (
	office int PRIMARY KEY REFERENCES lg_ref.tenant,
	name text NOT NULL,
	phone text NOT NULL,
	mail text,
	channels text[] NOT NULL,
	words text,
	hours text NOT NULL,
	holidays jsonb NOT NULL,
	municipalities text[] NOT NULL,
	languages text[] NOT NULL,
	invented boolean NOT NULL,
	changed timestamptz NOT NULL
);
COMMENT ON TABLE lg_ref.entrance IS 'Entrances that are shown to everybody; written by the trigger of lg.entrance alone';
COMMENT ON COLUMN lg_ref.entrance.office IS 'The office that answers';
COMMENT ON COLUMN lg_ref.entrance.name IS 'What it is called';
COMMENT ON COLUMN lg_ref.entrance.phone IS 'The number';
COMMENT ON COLUMN lg_ref.entrance.mail IS 'An address to write to';
COMMENT ON COLUMN lg_ref.entrance.channels IS 'Ways in';
COMMENT ON COLUMN lg_ref.entrance.words IS 'What it is for, and for whom';
COMMENT ON COLUMN lg_ref.entrance.hours IS 'When it is open';
COMMENT ON COLUMN lg_ref.entrance.holidays IS 'Days on which it is closed';
COMMENT ON COLUMN lg_ref.entrance.municipalities IS 'Municipalities that are covered';
COMMENT ON COLUMN lg_ref.entrance.languages IS 'Languages spoken there';
COMMENT ON COLUMN lg_ref.entrance.invented IS 'Made up for demonstrations';
COMMENT ON COLUMN lg_ref.entrance.changed IS 'When it was changed last';
CALL lg_gate.reference('lg_ref.entrance');
GRANT INSERT, UPDATE, DELETE ON lg_ref.entrance TO lg_gate;
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.entrance_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' OR NOT NEW.published THEN
		DELETE FROM lg_ref.entrance e WHERE e.office = coalesce(NEW.tenant_id, OLD.tenant_id);
		RETURN NULL;
	END IF;
	INSERT INTO lg_ref.entrance (office, name, phone, mail, channels, words, hours, holidays, municipalities, languages, invented, changed)
		VALUES (NEW.tenant_id, NEW.name, NEW.phone, NEW.mail, NEW.channels, NEW.words, coalesce(NEW.hours, ''), NEW.holidays,
			ARRAY(SELECT x ->> 'municipality' FROM jsonb_array_elements(NEW.municipalities) x ORDER BY 1),
			ARRAY(SELECT x ->> 'language' FROM jsonb_array_elements(NEW.languages) x), NEW.invented, now())
		ON CONFLICT (office) DO UPDATE SET name = excluded.name, phone = excluded.phone, mail = excluded.mail, channels = excluded.channels,
			words = excluded.words, hours = excluded.hours, holidays = excluded.holidays, municipalities = excluded.municipalities,
			languages = excluded.languages, invented = excluded.invented, changed = excluded.changed;
	RETURN NULL;
END $$;
COMMENT ON FUNCTION lg_gate.entrance_put() IS 'Trigger: what everybody may read of an entrance follows it.';
REVOKE ALL ON FUNCTION lg_gate.entrance_put() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.entrance_put() TO lg_owner;

-- An office says which municipality it is: then it is covered by whoever answers for that one.
CREATE FUNCTION lg_gate.change_tenant_code(code text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE t int := lg_gate.must_be_administrator();
BEGIN
	IF code !~ '^([0-9]{4})?$' THEN
		RAISE EXCEPTION 'no code of a municipality' USING ERRCODE = '22023';
	END IF;
	UPDATE lg_ref.tenant x SET official_code = code, version = x.version + 1 WHERE x.id = t AND x.official_code <> code;
END $$;
COMMENT ON FUNCTION lg_gate.change_tenant_code(text) IS 'Which municipality the office is, or none. For its administrators.';
REVOKE ALL ON FUNCTION lg_gate.change_tenant_code(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION lg_gate.change_tenant_code(text) TO lg_web;
RESET ROLE;

SET LOCAL ROLE lg_owner;
CREATE TRIGGER put AFTER INSERT OR UPDATE OR DELETE ON lg.entrance FOR EACH ROW EXECUTE FUNCTION lg_gate.entrance_put();
RESET ROLE;
