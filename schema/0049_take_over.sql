-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Somebody moves to another municipality: the office may allow with a card that the receiver registers the person as its own, of what the card
-- tells. What is registered then is the receiver's, on the ground of the agreement, and stays when the card is over; therefore only the
-- office whose candidate it is can allow it, for one receiver, and sees when it was done.
SET LOCAL ROLE lg_owner;
ALTER TABLE lg.share ADD COLUMN may_take_over bool NOT NULL DEFAULT false,
	ADD CONSTRAINT taken_over_at_the_source CHECK (NOT may_take_over OR parent_id IS NULL);
COMMENT ON COLUMN lg.share.may_take_over IS 'May the receiver register the person as its own?';
GRANT INSERT (may_take_over) ON lg.share TO lg_web;
ALTER TABLE lg.share_answer DROP CONSTRAINT share_answer_what_check;
ALTER TABLE lg.share_answer ADD CONSTRAINT share_answer_what_check CHECK (what IN ('accepted', 'declined', 'handed_back', 'noted', 'taken_over'));
-- That it was taken over is said where it was allowed, by whom took it on.
CREATE POLICY allowed ON lg.share_answer AS RESTRICTIVE FOR INSERT TO lg_web
	WITH CHECK (what <> 'taken_over' OR EXISTS (SELECT FROM lg.share s WHERE s.from_tenant = share_answer.from_tenant AND s.id = share_answer.share_id
		AND s.may_take_over));
RESET ROLE;
