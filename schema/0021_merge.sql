-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Two records that were one: the second is gone, and stands here, sealed with its own key, for as long as it may be undone; its address
-- leads to the first. Who is erased takes all of them along (merge_forget in src/core/merge.sql).

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.merge (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	entity text NOT NULL CHECK (entity IN ('candidate', 'employer')),
	kept uuid NOT NULL,
	gone uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	by uuid,
	box bytea,
	undone timestamptz,
	PRIMARY KEY (tenant_id, id),
	CHECK (kept <> gone)
);
CREATE UNIQUE INDEX merge_of_gone ON lg.merge (tenant_id, gone) WHERE undone IS NULL;  -- gone once, and found by its old address
CREATE INDEX merge_of_kept ON lg.merge (tenant_id, kept, at);
COMMENT ON TABLE lg.merge IS 'That one record was merged into another';
COMMENT ON COLUMN lg.merge.tenant_id IS 'The office';
COMMENT ON COLUMN lg.merge.id IS 'The merge';
COMMENT ON COLUMN lg.merge.entity IS 'Of what: candidate or employer';
COMMENT ON COLUMN lg.merge.kept IS 'The record that stays';
COMMENT ON COLUMN lg.merge.gone IS 'The record that is gone, and whose address leads to the other';
COMMENT ON COLUMN lg.merge.at IS 'When';
COMMENT ON COLUMN lg.merge.by IS 'The account that did it; NULL: a program';
COMMENT ON COLUMN lg.merge.box IS 'Both as they were, and what moved: sealed with the key of the one that is gone. NULL: it was undone';
COMMENT ON COLUMN lg.merge.undone IS 'When it was undone';

CALL lg_gate.wall('lg.merge');
RESET ROLE;
