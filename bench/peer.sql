-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- For bench/service.sh: the closest peer's "search from a job" in its own shape, after reading its source: one text column of about 200 words a
-- profile, ten skills of the job joined by OR, ranked by ts_rank, a page of twenty and the count for it. 150,000 made-up profiles of Zipf-like words.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
SET maintenance_work_mem = '512MB';
SELECT setseed(0.25) \g /dev/null
CREATE TABLE bench.profile AS SELECT n AS id, to_tsvector('english', words) AS text FROM (
	SELECT n, string_agg('w' || floor(exp(random() * ln(20000)))::int, ' ') AS words FROM generate_series(1, 150000) n, generate_series(1, 200) k GROUP BY n) x;
CREATE INDEX ON bench.profile USING gin (text);
VACUUM ANALYZE bench.profile;
