-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- News on the page that everybody reads: kept by the office, copied as the rest of the entrance is. With them the targets of schema/0051, which
-- the form without an account counts with as well.

SET LOCAL ROLE lg_owner;
ALTER TABLE lg.entrance ADD COLUMN news jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(news) = 'array');
COMMENT ON COLUMN lg.entrance.news IS 'What is new for everybody: title, words, from_date, until_date';
ALTER TABLE lg_ref.entrance ADD COLUMN news jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN lg_ref.entrance.news IS 'What is new; the page shows what is of the day';
ALTER TABLE lg_ref.entrance ADD COLUMN targets jsonb NOT NULL DEFAULT '[]';
COMMENT ON COLUMN lg_ref.entrance.targets IS 'Until when an answer is due, as the office says it';
RESET ROLE;

SET LOCAL ROLE lg_gate;
CREATE OR REPLACE FUNCTION lg_gate.entrance_put() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	IF TG_OP = 'DELETE' OR NOT NEW.published THEN
		DELETE FROM lg_ref.entrance e WHERE e.office = coalesce(NEW.tenant_id, OLD.tenant_id);
		RETURN NULL;
	END IF;
	INSERT INTO lg_ref.entrance (office, name, phone, mail, channels, words, hours, holidays, municipalities, languages, news, targets, invented, changed)
		VALUES (NEW.tenant_id, NEW.name, NEW.phone, NEW.mail, NEW.channels, NEW.words, coalesce(NEW.hours, ''), NEW.holidays,
			ARRAY(SELECT x ->> 'municipality' FROM jsonb_array_elements(NEW.municipalities) x ORDER BY 1),
			ARRAY(SELECT x ->> 'language' FROM jsonb_array_elements(NEW.languages) x), NEW.news, NEW.targets, NEW.invented, now())
		ON CONFLICT (office) DO UPDATE SET name = excluded.name, phone = excluded.phone, mail = excluded.mail, channels = excluded.channels,
			words = excluded.words, hours = excluded.hours, holidays = excluded.holidays, municipalities = excluded.municipalities,
			languages = excluded.languages, news = excluded.news, targets = excluded.targets, invented = excluded.invented, changed = excluded.changed;
	RETURN NULL;
END $$;
RESET ROLE;
