-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
-- Colleagues of the offices that the hotline is for, as far as those offices and they themselves let it know them (schema/0056).

-- name: known_callers :many
-- doc: By the last digits of a number, by beginnings of names and of their office's name, or one by id; eight at most.
-- in: digits text, names text[], places text[], id uuid?
-- out: id uuid, name text, office text, municipality text, phone text, mail text, country text, own_country text, by_number bool, by_words bool
SELECT id, name, office, municipality, phone, mail, country, own_country, by_number, by_words
  FROM lg_gate.known_callers($digits, $names, $places, $id);
