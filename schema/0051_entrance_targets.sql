-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- An office says itself until when an answer is due, by way in and by how soon.

SET LOCAL ROLE lg_owner;
ALTER TABLE lg.entrance ADD COLUMN targets jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(targets) = 'array');
COMMENT ON COLUMN lg.entrance.targets IS 'Until when an answer is due: channel, priority, minutes of open time; what is not here is as it came';
RESET ROLE;
