-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Screenings: what somebody can do for a family of tasks of the region (src/modules/hotline/screening.def), as it was on a day. And
-- articles: answers that the next agent finds again while typing; a colleague other than the author publishes them.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.screening (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	family text NOT NULL,
	list_of date NOT NULL,
	answers jsonb NOT NULL CHECK (jsonb_typeof(answers) = 'object'),
	result text NOT NULL CHECK (result IN ('suitable', 'later', 'not_regional')),
	words text,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX screening_of ON lg.screening (tenant_id, candidate_id, family, at DESC);
COMMENT ON TABLE lg.screening IS 'What somebody can do for a family of tasks. Written once; a later one says how it is now';
COMMENT ON COLUMN lg.screening.tenant_id IS 'The office';
COMMENT ON COLUMN lg.screening.id IS 'The screening';
COMMENT ON COLUMN lg.screening.candidate_id IS 'Of whom';
COMMENT ON COLUMN lg.screening.family IS 'Family of tasks: one of src/modules/hotline/screening.def';
COMMENT ON COLUMN lg.screening.list_of IS 'The day of the list of questions that was used';
COMMENT ON COLUMN lg.screening.answers IS 'Question to answer: yes, not_yet, no';
COMMENT ON COLUMN lg.screening.result IS 'suitable, later, not_regional; a person says it';
COMMENT ON COLUMN lg.screening.words IS 'What is to be remembered';
COMMENT ON COLUMN lg.screening.at IS 'When';
COMMENT ON COLUMN lg.screening.account_id IS 'By whom';
CALL lg_gate.wall('lg.screening', candidate => 'candidate_id');
CALL lg_gate.merges('lg.screening', 'moved');
CREATE POLICY units ON lg.screening AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));

CREATE TABLE lg.article (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	version int NOT NULL DEFAULT 1,
	created timestamptz NOT NULL DEFAULT now(),
	changed timestamptz NOT NULL DEFAULT now(),
	invented boolean NOT NULL DEFAULT false,
	title text NOT NULL CHECK (title <> ''),
	subject text NOT NULL,
	words text NOT NULL CHECK (words <> ''),
	source text,
	look_again_on date,
	state text NOT NULL CHECK (state IN ('draft', 'review', 'published', 'retired')),
	author uuid NOT NULL,
	changed_by uuid NOT NULL,
	published_by uuid,
	published_at timestamptz,
	enquiry_id uuid,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, enquiry_id) REFERENCES lg.enquiry (tenant_id, id) ON DELETE SET NULL (enquiry_id),
	CONSTRAINT published_by_somebody CHECK (state <> 'published' OR (published_by IS NOT NULL AND published_at IS NOT NULL)),
	CONSTRAINT four_eyes CHECK (state <> 'published' OR published_by <> changed_by)
);
CREATE INDEX article_by_state ON lg.article (tenant_id, state, changed DESC, id);
CREATE INDEX article_of ON lg.article (tenant_id, enquiry_id) WHERE enquiry_id IS NOT NULL;
COMMENT ON TABLE lg.article IS 'An answer for all agents of the office';
COMMENT ON COLUMN lg.article.tenant_id IS 'The office';
COMMENT ON COLUMN lg.article.id IS 'Random';
COMMENT ON COLUMN lg.article.version IS 'Grows by one with each change';
COMMENT ON COLUMN lg.article.created IS 'When it was begun';
COMMENT ON COLUMN lg.article.changed IS 'When it was changed last';
COMMENT ON COLUMN lg.article.invented IS 'Made up for demonstrations';
COMMENT ON COLUMN lg.article.title IS 'The question, in short';
COMMENT ON COLUMN lg.article.subject IS 'One of the list enquiry_subject';
COMMENT ON COLUMN lg.article.words IS 'The answer, without names';
COMMENT ON COLUMN lg.article.source IS 'Where it is written: a law, a page';
COMMENT ON COLUMN lg.article.look_again_on IS 'When somebody should see whether it is true still';
COMMENT ON COLUMN lg.article.state IS 'draft, review, published, retired';
COMMENT ON COLUMN lg.article.author IS 'Who began it';
COMMENT ON COLUMN lg.article.changed_by IS 'Who wrote its words last: that one does not publish it';
COMMENT ON COLUMN lg.article.published_by IS 'Who reviewed and published it';
COMMENT ON COLUMN lg.article.published_at IS 'When';
COMMENT ON COLUMN lg.article.enquiry_id IS 'The enquiry it was made of';

CREATE TABLE lg.article_trigram (
	tenant_id int NOT NULL,
	key text NOT NULL,
	article_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, article_id),
	FOREIGN KEY (tenant_id, article_id) REFERENCES lg.article (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX article_trigram_of ON lg.article_trigram (tenant_id, article_id);
COMMENT ON TABLE lg.article_trigram IS 'Runs of three letters of titles and answers: behind the wall only equality can use an index';
COMMENT ON COLUMN lg.article_trigram.tenant_id IS 'The office';
COMMENT ON COLUMN lg.article_trigram.key IS 'Three letters (src/core/name.h)';
COMMENT ON COLUMN lg.article_trigram.article_id IS 'In whose words they stand';
CALL lg_gate.wall('lg.article');
CALL lg_gate.merges('lg.article', 'moved');
CALL lg_gate.wall('lg.article_trigram');
CALL lg_gate.merges('lg.article_trigram', 'moved');
RESET ROLE;
