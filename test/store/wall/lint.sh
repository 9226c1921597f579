#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# The wall's lint finds nothing in schema/, and names each of the faults that are planted here, one at a time.
. test/store/wall/common.sh

said=$(as postgres -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "the schema is sound" $?
as postgres -f test/store/wall/fixture.sql
said=$(as postgres -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "so is one with tables of each class" $?

# After each single file too; what the lists say of later ones is left out.
as postgres -c 'CREATE DATABASE steps' >/dev/null
for file in schema/*.sql; do
	said=$({
		psql -X -q -h "$cluster" -U postgres -d steps -v ON_ERROR_STOP=1 -1 -f "$file" >/dev/null
		psql -X -A -t -q -h "$cluster" -U postgres -d steps -f test/store/wall/lint.sql
	} 2>&1 | grep -v "^in the list, but does not run in the gate's name|" | while IFS= read -r line; do
		case $line in
		"policy "*" is missing or another|"*)
			[ -n "$(psql -X -A -t -q -h "$cluster" -U postgres -d steps -c "SELECT to_regclass('${line##*|}')")" ] || continue ;;
		esac
		printf '%s\n' "$line"
	done)
	[ -z "$said" ]
	passed "after ${file#schema/}" $?
done
as postgres -c 'DROP DATABASE steps' >/dev/null

# mutant NAME WORDS SQL: after SQL the lint says WORDS; all of it is rolled back
mutant() {
	said=$(printf 'BEGIN;\n%s;\n\\i test/store/wall/lint.sql\nROLLBACK;\n' "$3" | as postgres -v ON_ERROR_STOP=1)
	printf '%s\n' "$said" | grep -qF -- "$2" && ! printf '%s\n' "$said" | grep -q 'ERROR:'
	passed "$1" $?
}
own='(tenant_id = (SELECT lg_gate.tenant()))'

# Tables
mutant "a table that nobody walled" 'was not walled|lg.fx_new' 'CREATE TABLE lg.fx_new (tenant_id int, id uuid)'
mutant "one of the gate's schema for tenants" "a table of the gate is nobody else's" \
	"CREATE TABLE lg_gate.fx_new (tenant_id int NOT NULL, id uuid); CALL lg_gate.wall('lg_gate.fx_new')"
mutant "a table declared for all that is in lg" 'does not belong into this schema|lg.fx_new' "CREATE TABLE lg.fx_new (id int); CALL lg_gate.reference('lg.fx_new')"
mutant "a walled table was renamed" 'no table of this name' 'ALTER TABLE lg.fx_note RENAME TO fx_other'
mutant "security is not forced on the owner" 'not enabled and forced|lg.member' 'ALTER TABLE lg.member NO FORCE ROW LEVEL SECURITY'
mutant "security is disabled" 'not enabled and forced|lg.audit' 'ALTER TABLE lg.audit DISABLE ROW LEVEL SECURITY'
mutant "tenant_id may be NULL" 'may be NULL' 'CREATE TABLE lg.fx_new (tenant_id int, id uuid); '"CALL lg_gate.wall('lg.fx_new')"
mutant "tenant_id with a default of its own" 'another default' 'ALTER TABLE lg.unit ALTER tenant_id SET DEFAULT 7'
mutant "a child of a walled table elsewhere" 'a table inherits' 'CREATE TABLE public.fx_child () INHERITS (lg.fx_note)'
mutant "a partition without a wall" 'was not walled|lg.fx_part_1' \
	"CREATE TABLE lg.fx_part (tenant_id int NOT NULL, id uuid, PRIMARY KEY (tenant_id, id)) PARTITION BY HASH (tenant_id); CALL lg_gate.wall('lg.fx_part');
	CREATE TABLE lg.fx_part_1 PARTITION OF lg.fx_part FOR VALUES WITH (MODULUS 1, REMAINDER 0)"

# Policies of tenants' tables
mutant "the wall was dropped" 'policy wall is missing or another|lg.member' 'DROP POLICY wall ON lg.member'
mutant "the wall is widened with OR" 'policy wall is missing or another|lg.unit' "ALTER POLICY wall ON lg.unit USING (tenant_id = (SELECT lg_gate.tenant()) OR sort = 0)"
mutant "the wall lets writes through" 'policy wall is missing or another|lg.unit' 'ALTER POLICY wall ON lg.unit WITH CHECK (true)'
mutant "the wall stands for one role" 'policy wall is missing or another|lg.unit' 'ALTER POLICY wall ON lg.unit TO lg_match'
mutant "the wall stands for SELECT" 'policy wall is missing or another|lg.unit' "DROP POLICY wall ON lg.unit; CREATE POLICY wall ON lg.unit AS RESTRICTIVE FOR SELECT USING $own"
mutant "the wall is permissive" 'policy wall is missing or another|lg.unit' "DROP POLICY wall ON lg.unit; CREATE POLICY wall ON lg.unit USING $own WITH CHECK $own"
mutant "the wall asks once a row" 'policy wall is missing or another|lg.unit' 'ALTER POLICY wall ON lg.unit USING (tenant_id = lg_gate.tenant()) WITH CHECK (tenant_id = lg_gate.tenant())'
mutant "the wall asks an unsigned setting" 'policy wall is missing or another|lg.unit' "ALTER POLICY wall ON lg.unit USING (tenant_id = (SELECT current_setting('lg.tenant')::int))"
mutant "a policy for whoever it is" 'policy open is in no list|lg.member' 'CREATE POLICY open ON lg.member USING (true)'
mutant "a policy of the web's for whatever kind" 'policy open is in no list|lg.outbox' 'CREATE POLICY open ON lg.outbox FOR SELECT TO lg_web USING (true)'
mutant "staff's policy is OR'ed" 'policy staff is missing or another|lg.unit' "ALTER POLICY staff ON lg.unit USING ((SELECT lg_gate.kind()) = ANY (ARRAY['staff', 'client']) OR sort > 0)"
mutant "staff's policy takes candidates" 'policy staff is missing or another|lg.unit' "ALTER POLICY staff ON lg.unit USING ((SELECT lg_gate.kind()) = ANY (ARRAY['staff', 'client', 'candidate']))"
mutant "the candidates' policy was dropped" 'policy candidate is missing or another|lg.person_key' 'DROP POLICY candidate ON lg.person_key'
mutant "the candidates' policy forgets whose" 'policy candidate is missing or another|lg.fx_person' "ALTER POLICY candidate ON lg.fx_person USING ((SELECT lg_gate.kind()) = 'candidate')"
mutant "the candidates' policy takes employers" 'policy candidate is missing or another|lg.fx_person' 'ALTER POLICY candidate ON lg.fx_person USING (candidate_id = (SELECT lg_gate.subject()))'
mutant "the employers' policy writes" 'policy employer is missing or another|lg.fx_person' "DROP POLICY employer ON lg.fx_person;
	CREATE POLICY employer ON lg.fx_person TO lg_web USING ((SELECT lg_gate.kind()) = 'employer' AND employer_id = (SELECT lg_gate.subject()))"
mutant "jobs' policy without the kind" 'policy job is missing or another|lg.outbox' 'ALTER POLICY job ON lg.outbox USING (true)'
mutant "an administrator's rule was dropped" 'policy administrator_update is missing or another|lg.member' 'DROP POLICY administrator_update ON lg.member'
mutant "an author may be another" 'lg_web may INSERT actor' 'GRANT INSERT (actor) ON lg.audit TO lg_web'
mutant "everybody's trace is everybody's to read" 'policy trace is missing or another|lg.read_audit' 'DROP POLICY trace ON lg.read_audit; CREATE POLICY trace ON lg.read_audit TO lg_web, lg_job USING (true)'
mutant "the rule of units was dropped" 'policy units is missing or another|lg.candidate' 'DROP POLICY units ON lg.candidate'
mutant "the rule of units lets writes through" 'policy units is missing or another|lg.candidate' 'ALTER POLICY units ON lg.candidate WITH CHECK (true)'
mutant "the rule of units is permissive" 'policy units is missing or another|lg.candidate' 'DROP POLICY units ON lg.candidate; CREATE POLICY units ON lg.candidate TO lg_web USING (true)'
mutant "notes without the rule of units" 'policy units is missing or another|lg.note' 'DROP POLICY units ON lg.note'
mutant "tasks of any candidate" 'policy units is missing or another|lg.task' 'ALTER POLICY units ON lg.task USING (true)'
mutant "a new table that hangs on candidates" 'policy units is missing or another|lg.fx_new' "CREATE TABLE lg.fx_new (tenant_id int NOT NULL, candidate_id uuid NOT NULL,
	PRIMARY KEY (tenant_id, candidate_id), FOREIGN KEY (tenant_id, candidate_id) REFERENCES lg.candidate); CALL lg_gate.wall('lg.fx_new', candidate => '')"
mutant "somebody else's idempotency key" 'policy own is missing or another|lg.idempotency' 'DROP POLICY own ON lg.idempotency'

# Rows of two tenants
mutant "a receiver who writes" 'policy wall is missing or another|lg.fx_share' \
	'ALTER POLICY wall ON lg.fx_share WITH CHECK (from_tenant = (SELECT lg_gate.tenant()) OR to_tenant = (SELECT lg_gate.tenant()))'
mutant "a receiver who deletes" 'policy wall_delete is missing or another|lg.fx_share' 'DROP POLICY wall_delete ON lg.fx_share'
mutant "a receiver who updates" 'policy wall_update is missing or another|lg.fx_share' 'ALTER POLICY wall_update ON lg.fx_share USING (true)'
mutant "a share without its end" 'policy wall is missing or another|lg.fx_share' \
	'ALTER POLICY wall ON lg.fx_share USING (from_tenant = (SELECT lg_gate.tenant()) OR to_tenant = (SELECT lg_gate.tenant()))'
mutant "a share for everybody" 'policy wall is missing or another|lg.fx_share' 'ALTER POLICY wall ON lg.fx_share USING (true)'
mutant "an answer under the giver's name" 'policy wall is missing or another|lg.fx_answer' 'ALTER POLICY wall ON lg.fx_answer WITH CHECK (from_tenant = (SELECT lg_gate.tenant()))'
mutant "a share's key without either tenant" 'index not led by the tenant' 'ALTER TABLE lg.fx_share ADD UNIQUE (id)'
mutant "an answer refers by id only" 'foreign key without the tenant' 'ALTER TABLE lg.fx_share ADD CONSTRAINT z UNIQUE (id); ALTER TABLE lg.fx_answer ADD FOREIGN KEY (share_id) REFERENCES lg.fx_share (id)'
mutant "a chain that whoever handed on sees to its end" 'policy wall is missing or another|lg.share' "ALTER POLICY wall ON lg.share
	USING (from_tenant = (SELECT lg_gate.tenant()) OR to_tenant = (SELECT lg_gate.tenant()) OR root_tenant = (SELECT lg_gate.tenant()))"
mutant "the source of a chain that was not said" 'policy wall is missing or another|lg.fx_share' "UPDATE lg_gate.walled SET source = 'from_tenant' WHERE name = 'lg.fx_share'"
mutant "a share handed on that outlives its source" 'a share that outlives the one it hangs on' "DO \$\$ BEGIN EXECUTE (SELECT format('ALTER TABLE lg.share DROP CONSTRAINT %I', conname)
	FROM pg_constraint WHERE conrelid = 'lg.share'::regclass AND confrelid = conrelid); END \$\$; ALTER TABLE lg.share ADD UNIQUE (to_tenant, id),
	ADD FOREIGN KEY (from_tenant, parent_id) REFERENCES lg.share (to_tenant, id) ON UPDATE CASCADE ON DELETE CASCADE"
mutant "the same, with an end that does not follow" 'a share that outlives the one it hangs on' "DO \$\$ BEGIN EXECUTE (SELECT format('ALTER TABLE lg.share DROP CONSTRAINT %I', conname)
	FROM pg_constraint WHERE conrelid = 'lg.share'::regclass AND confrelid = conrelid); END \$\$; ALTER TABLE lg.share ADD FOREIGN KEY (from_tenant, parent_id, source_until, root_tenant,
	candidate_id) REFERENCES lg.share (to_tenant, id, until, root_tenant, candidate_id) ON DELETE CASCADE"
mutant "an end that may be NULL" 'the end of a share may be NULL' 'ALTER TABLE lg.fx_share ALTER until DROP NOT NULL'
mutant "answers that are seen after the end" 'policy alive is missing or another|lg.share_answer' 'DROP POLICY alive ON lg.share_answer'
mutant "and written after it" 'policy alive is missing or another|lg.share_answer' 'ALTER POLICY alive ON lg.share_answer WITH CHECK (true)'
mutant "reads that ask for any share of the id" 'policy alive is missing or another|lg.share_read' 'ALTER POLICY alive ON lg.share_read USING (EXISTS (SELECT FROM lg.share s WHERE s.id = share_id))'
mutant "referrals seen by staff alone, whatever became of the share" 'policy alive is missing or another|lg.referral' 'ALTER POLICY alive ON lg.referral TO lg_job'
mutant "a new table that hangs on shares" 'policy alive is missing or another|lg.fx_new' "CREATE TABLE lg.fx_new (from_tenant int NOT NULL, to_tenant int NOT NULL, share_id uuid NOT NULL,
	PRIMARY KEY (to_tenant, share_id), FOREIGN KEY (from_tenant, share_id) REFERENCES lg.share); CALL lg_gate.wall_chain('lg.fx_new', giver => 'from_tenant', receiver => 'to_tenant', writer => 'to_tenant')"
mutant "shares of any unit's candidates" 'policy units is missing or another|lg.share' 'ALTER POLICY units ON lg.share USING (true)'
mutant "the rule of units hides what another office gave" 'policy units is missing or another|lg.share' "ALTER POLICY units ON lg.share USING ((SELECT lg_gate.units()) IS NULL OR EXISTS (SELECT FROM lg.candidate c WHERE c.id = candidate_id))"
mutant "who writes may say to be another" 'who writes is neither of the two' "DO \$\$ BEGIN EXECUTE (SELECT format('ALTER TABLE lg.agreement_step DROP CONSTRAINT %I', conname) FROM pg_constraint
	WHERE conrelid = 'lg.agreement_step'::regclass AND contype = 'c' AND pg_get_constraintdef(oid) LIKE '%author%'); END \$\$"
mutant "rows that are written for another by default" 'the column of who writes has another default' 'ALTER TABLE lg.share_answer ALTER to_tenant SET DEFAULT 7'
mutant "an approval by anybody" 'policy authorised is missing or another|lg.agreement_step' 'DROP POLICY authorised ON lg.agreement_step'
mutant "an approval for the other side" 'lg_web may INSERT agreement_id author_tenant' 'GRANT INSERT (author_tenant) ON lg.agreement_step TO lg_web'
mutant "a card of the giver's own making" 'lg_web may UPDATE agreement_id candidate_id card' 'GRANT UPDATE (card) ON lg.share TO lg_web'
mutant "the rule of sharing is off" 'trigger put is missing, another, or off|lg.share' 'ALTER TABLE lg.share DISABLE TRIGGER put'
mutant "it looks at new shares only" 'trigger put is missing, another, or off|lg.share' 'DROP TRIGGER put ON lg.share; CREATE TRIGGER put BEFORE INSERT ON lg.share FOR EACH ROW EXECUTE FUNCTION lg_gate.share_put()'
mutant "an agreement that ends alone" 'trigger stepped is missing, another, or off|lg.agreement_step' 'DROP TRIGGER stepped ON lg.agreement_step'

# Tables for all
mutant "the web writes rules" 'lg_web may UPDATE all of, which is in no list|lg_ref.fx_rule' 'GRANT UPDATE ON lg_ref.fx_rule TO lg_web'
mutant "anybody writes tenants" 'PUBLIC may INSERT all of, which is in no list|lg_ref.tenant' 'GRANT INSERT ON lg_ref.tenant TO PUBLIC'
mutant "the web changes a column of a template" 'lg_web may UPDATE labels of, which is in no list' 'GRANT UPDATE (labels) ON lg_ref.tenant_template TO lg_web'
mutant "rows of tenants in a table for all" 'a reference table with rows of tenants|lg_ref.fx_rule' 'ALTER TABLE lg_ref.fx_rule ADD tenant_id int'
mutant "a rule refers to a tenant's row" 'from reference rows to those of tenants' \
	'ALTER TABLE lg_ref.fx_rule ADD a int, ADD b uuid, ADD FOREIGN KEY (a, b) REFERENCES lg.fx_person'
mutant "a table for all that was not said to be" 'was not walled|lg_ref.fx_new' 'CREATE TABLE lg_ref.fx_new (id int); GRANT SELECT ON lg_ref.fx_new TO lg_web'

# Keys
mutant "a number that is unique among all" 'index not led by the tenant' 'ALTER TABLE lg.fx_person ADD UNIQUE (number)'
mutant "an index not led by the tenant" 'index not led by the tenant' 'CREATE INDEX ON lg.fx_person (name, tenant_id)'
mutant "an index on an expression" 'index not led by the tenant' 'CREATE INDEX ON lg.fx_person (lower(name))'
mutant "a foreign key by id only" 'foreign key without the tenant' 'ALTER TABLE lg.fx_person ADD CONSTRAINT z UNIQUE (id); ALTER TABLE lg.fx_note ADD FOREIGN KEY (person_id) REFERENCES lg.fx_person (id)'
mutant "a foreign key that crosses its columns" 'foreign key without the tenant' 'ALTER TABLE lg.fx_person ADD other int, ADD CONSTRAINT z UNIQUE (other, id);
	ALTER TABLE lg.fx_note ADD FOREIGN KEY (tenant_id, person_id) REFERENCES lg.fx_person (other, id) NOT VALID'
mutant "a foreign key into the gate" 'into or out of the gate' 'ALTER TABLE lg.member ADD FOREIGN KEY (account_id) REFERENCES lg_gate.account'

# What is no table
mutant "a view that asks as its owner" 'does not ask as its caller|lg.fx_v' 'CREATE VIEW lg.fx_v AS SELECT * FROM lg.member'
mutant "a view that stopped asking as its caller" 'does not ask as its caller|lg.fx_open' 'ALTER VIEW lg.fx_open RESET (security_invoker)'
mutant "a materialized view" 'a materialized view' 'CREATE MATERIALIZED VIEW lg.fx_mv AS SELECT count(*) FROM lg.member'
mutant "a rule" 'a rule acts in its owner' 'CREATE RULE spy AS ON UPDATE TO lg.fx_person DO ALSO INSERT INTO lg.fx_note (tenant_id, person_id, words) VALUES (old.tenant_id, old.id, old.name)'
mutant "numbers from a sequence" 'a sequence that others see' 'CREATE SEQUENCE lg.fx_s; GRANT USAGE ON SEQUENCE lg.fx_s TO lg_web'
mutant "a table in public" 'lg_web reaches what lies outside' 'CREATE TABLE public.fx_copy AS SELECT * FROM lg.member; GRANT SELECT ON public.fx_copy TO lg_web; GRANT USAGE ON SCHEMA public TO lg_web'

# Privileges
mutant "the web may truncate" 'lg_web may TRUNCATE all of' 'GRANT TRUNCATE ON lg.outbox TO lg_web'
mutant "the web may put triggers" 'lg_web may TRIGGER all of' 'GRANT TRIGGER ON lg.unit TO lg_web'
mutant "the web reads mails' tokens" 'lg_web may SELECT attempts created data failure' 'GRANT SELECT (data) ON lg.outbox TO lg_web'
mutant "the web changes whose account it is" 'lg_web may UPDATE all of, which is in no list|lg.member' 'GRANT UPDATE ON lg.member TO lg_web'
mutant "the web dates its own audit" 'lg_web may INSERT' 'GRANT INSERT (at) ON lg.audit TO lg_web'
mutant "the web rewrites the audit" 'lg_web may UPDATE all of' 'GRANT UPDATE ON lg.audit TO lg_web'
mutant "the matcher reads people" 'lg_match may SELECT all of, which is in no list|lg.member' 'GRANT SELECT ON lg.member TO lg_match'
mutant "the web reads sessions" 'lg_web may SELECT all of, which is in no list|lg_gate.session' 'GRANT SELECT ON lg_gate.session TO lg_web'
mutant "the web reads a column of the secret" 'lg_web may SELECT inner_pad of, which is in no list|lg_gate.secret' 'GRANT SELECT (inner_pad) ON lg_gate.secret TO lg_web'
mutant "the web hands its rights on" 'may hand on' 'GRANT SELECT ON lg.unit TO lg_web WITH GRANT OPTION'
mutant "the web owns a table" 'not owned by lg_owner' 'ALTER TABLE lg.outbox OWNER TO lg_web'
mutant "the web owns a schema" 'lg_web owns something' 'CREATE SCHEMA fx AUTHORIZATION lg_web'
mutant "the web may create" 'lg_web may CREATE in schema|lg' 'GRANT CREATE ON SCHEMA lg TO lg_web'
mutant "anybody may make temporary tables" 'may CREATE or TEMP' 'GRANT TEMP ON DATABASE landgang TO PUBLIC'
mutant "tables to come are the web's" 'privileges of what is not made yet' 'ALTER DEFAULT PRIVILEGES FOR ROLE lg_owner IN SCHEMA lg GRANT SELECT ON TABLES TO lg_web'

# Functions
mutant "a helper in its owner's name" 'and is in no list|lg.fx_f()' "CREATE FUNCTION lg.fx_f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM lg.member'"
mutant "the same in another schema" "runs in another's name" "CREATE FUNCTION public.fx_f() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT count(*) FROM lg.member'"
mutant "the gate without a search_path" 'not with SET search_path' 'ALTER FUNCTION lg_gate.enter(bytea) RESET search_path'
mutant "the gate with another search_path" 'not with SET search_path' 'ALTER FUNCTION lg_gate.tenant() SET search_path = public, pg_catalog'
mutant "tenant() IMMUTABLE" 'must be STABLE' 'ALTER FUNCTION lg_gate.tenant() IMMUTABLE'
mutant "kind() believes the setting" 'and answer the field|kind' "CREATE OR REPLACE FUNCTION lg_gate.kind() RETURNS text LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
	SET search_path = pg_catalog, pg_temp AS \$\$ BEGIN RETURN split_part(substr(current_setting('lg.ctx'), 65), '|', 2); END \$\$"
mutant "subject() answers another field" 'and answer the field|subject' "DO \$\$ BEGIN EXECUTE replace(pg_get_functiondef('lg_gate.subject()'::regprocedure), '''|'', 4)', '''|'', 3)'); END \$\$"
mutant "units() answers the whole office" 'and answer the field|units' "CREATE OR REPLACE FUNCTION lg_gate.units() RETURNS uuid[] LANGUAGE sql STABLE SECURITY DEFINER PARALLEL RESTRICTED
	SET search_path = pg_catalog, pg_temp AS 'SELECT NULL::uuid[]'"
mutant "the web mints sessions" 'called by others than the list says|lg_gate.session_open' 'GRANT EXECUTE ON FUNCTION lg_gate.session_open(uuid, int, bytea, text, text, text) TO lg_web'
mutant "the web signs contexts" 'called by others than the list says|lg_gate.sign(text)' 'GRANT EXECUTE ON FUNCTION lg_gate.sign(text) TO lg_web'
mutant "the web enters as a job" 'called by others than the list says|lg_gate.enter_job' 'GRANT EXECUTE ON FUNCTION lg_gate.enter_job(int, text) TO lg_web'
mutant "anybody calls the gate" 'anybody may call it' 'GRANT EXECUTE ON FUNCTION lg_gate.sweep() TO PUBLIC'
mutant "a leakproof function" 'called leakproof' "CREATE FUNCTION public.fx_f(text) RETURNS bool LANGUAGE plpgsql LEAKPROOF AS 'BEGIN RAISE NOTICE ''%'', \$1; RETURN true; END'"

# Roles
mutant "the web passes row-level security" 'a role that can do too much|lg_web' 'ALTER ROLE lg_web BYPASSRLS'
mutant "the gate passes row-level security" 'a role that can do too much|lg_gate' 'ALTER ROLE lg_gate BYPASSRLS'
mutant "the web is a member of the owner" 'lg_web is a member of lg_owner' 'GRANT lg_owner TO lg_web'
mutant "jobs are a member of the gate" 'lg_job is a member of lg_gate' 'GRANT lg_gate TO lg_job'
mutant "the owner signs in" 'a role that must not sign in' 'ALTER ROLE lg_owner LOGIN'
mutant "the web waits for ever" 'settings of lg_web are not' 'ALTER ROLE lg_web IN DATABASE landgang RESET statement_timeout'
mutant "the web has security off" 'settings of lg_web are not' 'ALTER ROLE lg_web SET row_security = off'
mutant "a column without words" 'no COMMENT|lg.unit.sort' 'COMMENT ON COLUMN lg.unit.sort IS NULL'

said=$(as postgres -f test/store/wall/lint.sql)
[ -z "$said" ]
passed "after all that it is sound" $?
said=$(printf "SET ROLE lg_owner; CREATE TABLE lg.fx_new (tenant_id int NOT NULL, candidate_id uuid); CALL lg_gate.wall('lg.fx_new')" | as postgres)
printf '%s\n' "$said" | grep -q 'do the accounts of candidates or employers see their rows'
passed "a table with a candidate_id is not walled without saying what candidates see of it" $?
finish
