-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- The market as tables, and the best candidates of an opening as a function: the same demands, the same whole
-- numbers. What PostgreSQL is good at is used: an index on the box within each candidate's reach, demands spelled out
-- as plain conditions for each opening, and arrays where a join would cost more.
CREATE EXTENSION cube;
CREATE EXTENSION intarray;

CREATE UNLOGGED TABLE candidate (
	id int PRIMARY KEY, x int, y int, z int, commute int, start int, contracts int, hours_min int, hours_max int,
	free bit(336), occupations int[], years int[], skills int[], wishes int[], levels int[], held int[], pending int[]);
CREATE UNLOGGED TABLE opening (
	id int PRIMARY KEY, x int, y int, z int, remote int, latest int, contract int, hours int, assistant int, slots int,
	half int, schedule bit(336), occupations int[], groups int[], skills int[], points int[], languages int[],
	levels int[], licences int[]);
CREATE UNLOGGED TABLE closeness (concept int PRIMARY KEY, percent int[]);
CREATE UNLOGGED TABLE setup (
	occupation int, surplus int, distance int, wish int, schedule int, share int, skills int, decay int[]);
CREATE UNLOGGED TABLE answer (opening int PRIMARY KEY, us float8, list text);

\copy candidate FROM 'candidate.tsv'
\copy opening FROM 'opening.tsv'
\copy closeness FROM 'closeness.tsv'
\copy setup FROM 'setup.tsv'
\copy answer FROM 'answer.tsv'

ALTER TABLE candidate ADD COLUMN reach cube;
UPDATE candidate SET reach = cube(
	ARRAY[x - commute, y - commute, z - commute]::float8[], ARRAY[x + commute, y + commute, z + commute]::float8[]);
CREATE INDEX ON candidate USING gist (reach);
VACUUM FULL ANALYZE;

-- For each concept the best closeness to one of these occupations.
CREATE FUNCTION best_closeness(wanted int[]) RETURNS int[] LANGUAGE sql STABLE AS $$
	SELECT array_agg(best ORDER BY a) FROM (
		SELECT a, max(p) AS best FROM closeness, unnest(percent) WITH ORDINALITY AS t(p, a)
		WHERE concept = ANY (wanted) GROUP BY a) AS x
$$;

-- For each skill its points, 0 for those that are not asked for.
CREATE FUNCTION points_by_skill(skills int[], points int[], n int) RETURNS int[] LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	result int[] := array_fill(0, ARRAY[n]);
BEGIN
	FOR i IN 1 .. coalesce(array_length(skills, 1), 0) LOOP
		result[skills[i] + 1] := points[i];
	END LOOP;
	RETURN result;
END $$;

-- The demands of one opening as a condition on candidate c.
CREATE FUNCTION demands(o opening, share int) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	result text := format('(c.contracts >> %s) & 1 = 1 AND c.start <= %s', o.contract, o.latest);
BEGIN
	IF o.hours >= 0 THEN
		result := result || format(' AND c.hours_min <= %s AND c.hours_max >= %1$s', o.hours);
	END IF;
	FOR i IN 1 .. coalesce(array_length(o.languages, 1), 0) LOOP
		result := result || format(' AND c.levels[%s] >= %s', o.languages[i] + 1, o.levels[i]);
	END LOOP;
	IF o.licences <> '{}' THEN
		result := result || format(' AND c.%I @> %L::int[]',
			CASE o.assistant WHEN 1 THEN 'pending' ELSE 'held' END, o.licences);
	END IF;
	IF o.remote = 0 THEN
		result := result || format(' AND c.reach @> cube(ARRAY[%s, %s, %s]::float8[])', o.x, o.y, o.z)
			|| format(' AND (c.x - %s)::int8 ^ 2 + (c.y - %s)::int8 ^ 2 + (c.z - %s)::int8 ^ 2 <= c.commute::int8 ^ 2',
				o.x, o.y, o.z);
	END IF;
	IF o.slots > 0 THEN
		result := result || format(' AND bit_count(c.free & %L::bit(336)) * 100 >= %s', o.schedule, o.slots * share);
	END IF;
	RETURN result;
END $$;

-- Its score as an expression on candidate c; $1 closeness, $2 points by skill, $3 decay.
CREATE FUNCTION score(o opening, s setup) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	result text := o.half::text;
	surplus text := '0';
BEGIN
	IF o.occupations <> '{}' THEN
		result := result || format(' + coalesce((SELECT max(%s * $1[a + 1] * (4 + y) / 800)'
			' FROM unnest(c.occupations, c.years) AS e(a, y)), 0)', s.occupation);
	END IF;
	IF o.skills <> '{}' THEN
		result := result || ' + coalesce((SELECT sum($2[k + 1]) FROM unnest(c.skills) AS t(k)), 0)::int';
	END IF;
	FOR i IN 1 .. coalesce(array_length(o.languages, 1), 0) LOOP
		surplus := surplus || format(' + least(4, c.levels[%s] - %s)', o.languages[i] + 1, o.levels[i]);
	END LOOP;
	IF o.languages <> '{}' THEN
		result := result || format(' + %s * least(8, %s) / 8', s.surplus, surplus);
	END IF;
	result := result || CASE o.remote WHEN 1 THEN format(' + %s', s.distance) ELSE
		format(' + $3[floor(sqrt((c.x - %s)::float8 ^ 2 + (c.y - %s)::float8 ^ 2 + (c.z - %s)::float8 ^ 2))::int / 25 + 1]',
			o.x, o.y, o.z) END;
	result := result || format(' + CASE WHEN c.wishes = ''{}'' THEN %s WHEN c.wishes && %L::int[] THEN %s ELSE 0 END',
		s.wish / 2, o.groups, s.wish);
	IF o.slots > 0 THEN
		result := result || format(' + (%s * bit_count(c.free & %L::bit(336)) / %s)::int',
			s.schedule, o.schedule, o.slots);
	END IF;
	RETURN result;
END $$;

CREATE FUNCTION best_candidates(wanted int, k int) RETURNS TABLE (id int, score int) LANGUAGE plpgsql STABLE AS $$
DECLARE
	o opening;
	s setup;
BEGIN
	SELECT * INTO o FROM opening WHERE opening.id = wanted;
	SELECT * INTO s FROM setup;
	RETURN QUERY EXECUTE format('SELECT c.id, %s AS score FROM candidate AS c WHERE %s ORDER BY score DESC, c.id LIMIT %s',
		score(o, s), demands(o, s.share), k)
		USING best_closeness(o.occupations), points_by_skill(o.skills, o.points, s.skills), s.decay;
END $$;
