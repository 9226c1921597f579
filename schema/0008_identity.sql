-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Who is known by another provider's name for them stays who that is: a mail address tells it once, the first time. Whoever
-- gets the address later is somebody else.
--
--   identity_claim(account uuid, issuer text, sub text) -> bool   for lg_auth: the account is known there by this name from now on; false when it
--                     is known there by another one already, or the name is another account's

SET LOCAL ROLE lg_gate;
CREATE FUNCTION lg_gate.identity_claim(account uuid, issuer text, sub text) RETURNS bool
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
	PERFORM FROM lg_gate.account a WHERE a.id = account FOR NO KEY UPDATE; -- two at once: the second finds the first
	IF EXISTS (SELECT FROM lg_gate.identity i WHERE i.account_id = account AND i.issuer = identity_claim.issuer) THEN
		RETURN false;
	END IF;
	INSERT INTO lg_gate.identity (issuer, sub, account_id) VALUES (issuer, sub, account) ON CONFLICT DO NOTHING;
	RETURN FOUND;
END $$;
COMMENT ON FUNCTION lg_gate.identity_claim(uuid, text, text) IS 'A provider knows this account by this name, if it knew it by none before.';
GRANT EXECUTE ON FUNCTION lg_gate.identity_claim(uuid, text, text) TO lg_auth;
RESET ROLE;
