-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Pools: of which the office is a member, and what a pool sees of its members (schema/0040).

-- name: pools_ways :many
-- doc: Pools of which the office is a member: agreements in force under which it may give.
-- in: today date
-- out: agreement uuid, pool int, pool_name text, purpose text, fields text[], may_forward bool, valid_to date
SELECT a.id AS agreement, o.id AS pool, o.name AS pool_name, a.purpose, a.fields, a.may_forward, a.valid_to
  FROM (SELECT lg_gate.tenant() AS id) me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  JOIN lg_ref.tenant o ON o.id = CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END
 WHERE o.kind = 'pool' AND ((a.from_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both') AND lg.agreement_state(a, $today) = 'in_force'
 ORDER BY o.name, a.valid_to DESC, a.id;

-- name: pools_members :many
-- doc: Of a pool: its members, what they give, and what became of what was found for their people.
-- in: today date
-- out: member int, name text, agreement uuid, may_forward bool, valid_to date, people int, openings int, waiting int, approved int, rejected int
WITH me AS (SELECT lg_gate.tenant() AS id), people AS (
	SELECT s.from_tenant AS id, count(*) AS n FROM me JOIN lg.share s ON s.to_tenant = me.id WHERE s.until > now() GROUP BY 1
), openings AS (
	SELECT o.from_tenant AS id, count(*) AS n FROM me JOIN lg.pool_opening o ON o.to_tenant = me.id WHERE o.until > now() GROUP BY 1
), said AS (
	SELECT a.to_tenant, a.match_id, a.what FROM me JOIN lg.pool_answer a ON a.pool_tenant = me.id WHERE a.what <> 'passed'
), found AS (
	SELECT m.to_tenant AS id, count(*) FILTER (WHERE a.what IS NULL AND m.until > now()) AS waiting, count(*) FILTER (WHERE a.what = 'approved') AS approved,
	       count(*) FILTER (WHERE a.what = 'rejected') AS rejected
	  FROM me JOIN lg.pool_match m ON m.pool_tenant = me.id LEFT JOIN said a ON a.to_tenant = m.to_tenant AND a.match_id = m.id
	 WHERE NOT EXISTS (SELECT FROM lg.pool_sending w WHERE w.pool_tenant = me.id AND w.run_id = m.run_id AND w.to_tenant = m.to_tenant AND w.whole IS NULL) GROUP BY 1
)
SELECT DISTINCT ON (o.name, o.id) o.id AS member, o.name, a.id AS agreement, a.may_forward, a.valid_to, coalesce(p.n, 0) AS people, coalesce(v.n, 0) AS openings,
       coalesce(f.waiting, 0) AS waiting, coalesce(f.approved, 0) AS approved, coalesce(f.rejected, 0) AS rejected
  FROM me JOIN lg.agreement a ON me.id IN (a.from_tenant, a.to_tenant)
  JOIN lg_ref.tenant o ON o.id = CASE WHEN a.from_tenant = me.id THEN a.to_tenant ELSE a.from_tenant END
  LEFT JOIN people p ON p.id = o.id LEFT JOIN openings v ON v.id = o.id LEFT JOIN found f ON f.id = o.id
 WHERE ((a.to_tenant = me.id) = (a.direction = 'give') OR a.direction = 'both') AND lg.agreement_state(a, $today) = 'in_force'
 ORDER BY o.name, o.id, a.valid_to DESC, a.id;
