-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Documents of candidates: what was uploaded, in sealed pieces, and the words of its text, as keyed hashes, to be found by. Each has a
-- key of its own in lg.person_key, under its id: whoever deletes that has erased it, in backups too, and it can go to another record.

SET LOCAL ROLE lg_owner;
CREATE TABLE lg.document (
	tenant_id int NOT NULL,
	id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	at timestamptz NOT NULL DEFAULT now(),
	account_id uuid,
	kind text NOT NULL,
	valid_until date,
	name text NOT NULL CHECK (name <> ''),
	type text NOT NULL,
	size int NOT NULL CHECK (size > 0),
	hash bytea NOT NULL CHECK (length(hash) = 32),
	text_state text NOT NULL CHECK (text_state IN ('none', 'read', 'unread')),
	text_why text,
	text_box bytea,
	PRIMARY KEY (tenant_id, id),
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE,
	CHECK ((text_state = 'unread') = (text_why IS NOT NULL)),
	CHECK ((text_state = 'read') = (text_box IS NOT NULL))
);
CREATE INDEX document_of ON lg.document (tenant_id, candidate_id, at DESC);
COMMENT ON TABLE lg.document IS 'A document of a candidate';
COMMENT ON COLUMN lg.document.tenant_id IS 'The office';
COMMENT ON COLUMN lg.document.id IS 'The document, and the name of its key in lg.person_key';
COMMENT ON COLUMN lg.document.candidate_id IS 'Whose document it is';
COMMENT ON COLUMN lg.document.at IS 'When it was added';
COMMENT ON COLUMN lg.document.account_id IS 'Who added it; NULL: a program';
COMMENT ON COLUMN lg.document.kind IS 'What it is: a code of the list document (src/core/choice.def)';
COMMENT ON COLUMN lg.document.valid_until IS 'Until when it is good, if it says so';
COMMENT ON COLUMN lg.document.name IS 'The name of the file, cleaned';
COMMENT ON COLUMN lg.document.type IS 'What its bytes are: a code of src/formats/document.def';
COMMENT ON COLUMN lg.document.size IS 'Bytes';
COMMENT ON COLUMN lg.document.hash IS 'Keyed hash of its bytes: the same file is kept once';
COMMENT ON COLUMN lg.document.text_state IS 'Its text: none (a picture), read, or unread for text_why';
COMMENT ON COLUMN lg.document.text_why IS 'Why its text could not be read, in English, for the catalogues';
COMMENT ON COLUMN lg.document.text_box IS 'Its text, sealed';

CREATE TABLE lg.document_piece (
	tenant_id int NOT NULL,
	document_id uuid NOT NULL,
	number int NOT NULL,
	candidate_id uuid NOT NULL,
	box bytea NOT NULL,
	PRIMARY KEY (tenant_id, document_id, number),
	FOREIGN KEY (tenant_id, document_id) REFERENCES lg.document (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX document_piece_of_candidate ON lg.document_piece (tenant_id, candidate_id);
ALTER TABLE lg.document_piece ALTER box SET STORAGE EXTERNAL; -- sealed bytes do not get smaller
COMMENT ON TABLE lg.document_piece IS 'The bytes of a document in pieces';
COMMENT ON COLUMN lg.document_piece.tenant_id IS 'The office';
COMMENT ON COLUMN lg.document_piece.document_id IS 'Of which document';
COMMENT ON COLUMN lg.document_piece.number IS 'Its place, from 0';
COMMENT ON COLUMN lg.document_piece.candidate_id IS 'Whose document it is';
COMMENT ON COLUMN lg.document_piece.box IS 'The piece, sealed with the document''s key';

CREATE TABLE lg.document_word (
	tenant_id int NOT NULL,
	key bytea NOT NULL CHECK (length(key) = 12),
	document_id uuid NOT NULL,
	candidate_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, key, document_id),
	FOREIGN KEY (tenant_id, document_id) REFERENCES lg.document (tenant_id, id) ON DELETE CASCADE,
	FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate (tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX document_word_of_candidate ON lg.document_word (tenant_id, candidate_id);
CREATE INDEX document_word_of ON lg.document_word (tenant_id, document_id);
COMMENT ON TABLE lg.document_word IS 'The words of documents, folded and hashed with a key of the office: found by equality, and told to nobody';
COMMENT ON COLUMN lg.document_word.tenant_id IS 'The office';
COMMENT ON COLUMN lg.document_word.key IS 'The beginning of the keyed hash of a word';
COMMENT ON COLUMN lg.document_word.document_id IS 'In which document it stands';
COMMENT ON COLUMN lg.document_word.candidate_id IS 'Whose document it is';

CALL lg_gate.wall('lg.document', candidate => '');  -- colleagues', not the person's own page
CALL lg_gate.wall('lg.document_piece', candidate => '');
CALL lg_gate.wall('lg.document_word', candidate => '');
CREATE POLICY units ON lg.document AS RESTRICTIVE FOR ALL TO lg_web  -- as of schema/0010
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
CREATE POLICY units ON lg.document_piece AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
CREATE POLICY units ON lg.document_word AS RESTRICTIVE FOR ALL TO lg_web
	USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))
	WITH CHECK ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id));
RESET ROLE;
