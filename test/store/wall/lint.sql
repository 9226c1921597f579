-- SPDX-License-Identifier: EUPL-1.2
-- SPDX-FileCopyrightText: The Landgang authors
--
-- Is the wall whole? Every row is a fault; no row: sound. Asked of the catalogue of a database with all of schema/ in it.
--
-- What a table's own line `CALL lg_gate.wall(...)` gives is known from lg_gate.walled. What goes beyond it stands in the three lists
-- here, so that nobody widens a way through the wall without somebody else reading this file in the same change.
SET search_path = pg_catalog;
WITH
-- Functions that run in the gate's name, and who may call them.
may_call(signature, callers) AS (VALUES
	('lg_gate.enter(bytea)', 'lg_web'),
	('lg_gate.enter_bearer(bytea)', 'lg_web'),
	('lg_gate.enter_public(integer,text)', 'lg_web'),
	('lg_gate.enter_job(integer,text)', 'lg_job lg_match'),
	('lg_gate.match_entry_put()', 'lg_owner'),
	('lg_gate.account_name()', 'lg_job lg_web'),
	('lg_gate.agreement_check()', 'lg_owner'),
	('lg_gate.agreement_step_check()', 'lg_owner'),
	('lg_gate.agreement_stepped()', 'lg_owner'),
	('lg_gate.share_put()', 'lg_owner'),
	('lg_gate.share_changed()', 'lg_owner'),
	('lg_gate.share_candidate()', 'lg_owner'),
	('lg_gate.publication_put()', 'lg_owner'),
	('lg_gate.entrance_put()', 'lg_owner'),
	('lg_gate.known_caller_account()', ''),
	('lg_gate.known_caller_entrance()', 'lg_owner'),
	('lg_gate.known_caller_member()', 'lg_owner'),
	('lg_gate.known_caller_office()', 'lg_owner'),
	('lg_gate.known_caller_tenant()', 'lg_owner'),
	('lg_gate.known_callers(text,text[],text[],uuid)', 'lg_web'),
	('lg_gate.show_me(boolean)', 'lg_web'),
	('lg_gate.enquiry_web(uuid,text,jsonb,text,timestamp with time zone,text[],bytea)', 'lg_web'),
	('lg_gate.change_tenant_code(text)', 'lg_web'),
	('lg_gate.publication_rename()', 'lg_owner'),
	('lg_gate.webhook_candidate()', 'lg_owner'),
	('lg_gate.webhook_changed()', 'lg_owner'),
	('lg_gate.webhook_delivery_changed()', 'lg_owner'),
	('lg_gate.webhook_opening()', 'lg_owner'),
	('lg_gate.webhook_proposal()', 'lg_owner'),
	('lg_gate.webhooks_due(integer)', 'lg_job'),
	('lg_gate.tenant()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.kind()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.account()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.subject()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.roles()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.purpose()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.units()', 'lg_job lg_match lg_owner lg_web'),
	('lg_gate.tenants()', 'lg_auth lg_job lg_web'),
	('lg_gate.create_tenant(text,text,text)', 'lg_auth'),
	('lg_gate.change_tenant(text,text[],jsonb,integer)', 'lg_web'),
	('lg_gate.account_by_id(uuid)', 'lg_auth'),
	('lg_gate.account_by_identity(text,text)', 'lg_auth'),
	('lg_gate.account_by_mail(text)', 'lg_auth'),
	('lg_gate.account_disable(uuid,boolean)', 'lg_auth'),
	('lg_gate.account_language(uuid,text)', 'lg_auth'),
	('lg_gate.attempt(text[],text[])', 'lg_auth'),
	('lg_gate.attempt_passed(text[],text[])', 'lg_auth'),
	('lg_gate.bearer_open(uuid,bytea,bytea)', 'lg_auth'),
	('lg_gate.change_me(text,text,text,text)', 'lg_web'),
	('lg_gate.client_create(text,text[],bytea)', 'lg_web'),
	('lg_gate.client_revoke(uuid)', 'lg_web'),
	('lg_gate.create_member(integer,uuid,text,text,uuid,text[])', 'lg_auth'),
	('lg_gate.create_user(integer,text,text,text,text[],text,bytea)', 'lg_auth'),
	('lg_gate.end_session(uuid)', 'lg_web'),
	('lg_gate.identity_link(uuid,text,text)', 'lg_auth'),
	('lg_gate.invitation_accept(bytea,text,bytea,bigint)', 'lg_auth'),
	('lg_gate.invite_again(uuid,bytea,jsonb)', 'lg_web'),
	('lg_gate.invite_member(text,text,text,text,text,text,uuid,text[],uuid[],bytea,jsonb)', 'lg_web'),
	('lg_gate.mail_due(integer)', 'lg_job'),
	('lg_gate.import_as(uuid)', 'lg_job'),
	('lg_gate.import_changed()', 'lg_owner'),
	('lg_gate.import_due(integer)', 'lg_job'),
	('lg_gate.member_changed()', 'lg_owner'),
	('lg_gate.member_role_changed()', 'lg_owner'),
	('lg_gate.memberships(uuid)', 'lg_auth'),
	('lg_gate.my_memberships()', 'lg_web'),
	('lg_gate.my_sessions()', 'lg_web'),
	('lg_gate.message_gone()', 'lg_owner'),
	('lg_gate.enquiry_mail_gone()', 'lg_owner'),
	('lg_gate.outbox_changed()', 'lg_owner'),
	('lg_gate.password_set(uuid,text,bytea)', 'lg_auth'),
	('lg_gate.refresh_sessions(uuid,integer)', 'lg_job'),
	('lg_gate.remove_member(uuid)', 'lg_web'),
	('lg_gate.reset_ask(text,bytea,jsonb)', 'lg_auth'),
	('lg_gate.reset_use(bytea,text)', 'lg_auth'),
	('lg_gate.seal_audit()', 'lg_job'),
	('lg_gate.session_close(bytea)', 'lg_auth lg_web'),
	('lg_gate.session_close_all(uuid,bytea)', 'lg_auth'),
	('lg_gate.session_extend(bytea)', 'lg_auth'),
	('lg_gate.session_list(uuid)', 'lg_auth'),
	('lg_gate.session_open(uuid,integer,bytea,text,text,text)', 'lg_auth'),
	('lg_gate.session_renew(bytea,bytea)', 'lg_auth'),
	('lg_gate.session_switch(bytea,bytea,integer)', 'lg_auth'),
	('lg_gate.sign_in_failed(uuid,text)', 'lg_auth'),
	('lg_gate.sweep()', 'lg_job'),
	('lg_gate.ticket_put(text,bytea,uuid,bytea,integer)', 'lg_auth'),
	('lg_gate.ticket_see(text,bytea)', 'lg_auth'),
	('lg_gate.ticket_take(text,bytea)', 'lg_auth'),
	('lg_gate.token_look(text,bytea)', 'lg_auth'),
	('lg_gate.totp_set(uuid,bytea,bigint)', 'lg_auth'),
	('lg_gate.totp_use(uuid,bigint)', 'lg_auth'),
	('lg_gate.run_changed()', 'lg_owner'),
	('lg_gate.run_claim(integer)', 'lg_job'),
	('lg_gate.run_hold(uuid,integer)', 'lg_job'),
	('lg_gate.schema_number()', 'lg_auth lg_job lg_web'),
	('lg_gate.service_figures()', 'lg_job'),
	('lg_gate.account_mail(uuid,text,jsonb)', 'lg_auth'),
	('lg_gate.account_token(uuid,bytea)', 'lg_auth'),
	('lg_gate.first_start(text,text,text,text,text,text,bytea,bigint,bytea[])', 'lg_auth'),
	('lg_gate.password_rehash(uuid,text,text)', 'lg_auth'),
	('lg_gate.recovery_left(uuid)', 'lg_auth'),
	('lg_gate.recovery_set(uuid,bytea[])', 'lg_auth'),
	('lg_gate.identity_claim(uuid,text,text)', 'lg_auth'),
	('lg_gate.recovery_use(uuid,bytea)', 'lg_auth'),
	('lg_gate.second_set(uuid,bytea,bigint,boolean,bytea[])', 'lg_auth'),
	('lg_gate.session_account(bytea)', 'lg_auth'),
	('lg_gate.client_before(uuid,bytea)', 'lg_auth'),
	('lg_gate.tenant_merge_cancel(integer,text)', 'lg_auth'),
	('lg_gate.tenant_merge_clashes(integer,integer)', 'lg_auth'),
	('lg_gate.share_left()', 'lg_owner'),
	('lg_gate.pool_answer_put()', 'lg_owner'),
	('lg_gate.pool_candidate()', 'lg_owner'),
	('lg_gate.pool_given_twice()', 'lg_web'),
	('lg_gate.pool_giving_put()', 'lg_owner'),
	('lg_gate.pool_opening_changed()', 'lg_owner'),
	('lg_gate.pool_opening_follows()', 'lg_owner'),
	('lg_gate.pool_opening_put()', 'lg_owner'),
	('lg_gate.pool_send(uuid)', 'lg_web'),
	('lg_gate.pool_sends_due()', 'lg_job'),
	('lg_gate.pool_send_piece(integer)', 'lg_job'),
	('lg_gate.pool_but_follows(uuid,uuid)', 'lg_web'),
	('lg_gate.pool_but_back(uuid,uuid[])', 'lg_web'),
	('lg_gate.pool_share()', 'lg_owner'),
	('lg_gate.pool_stepped()', 'lg_owner'),
	('lg_gate.pool_sweep(integer)', 'lg_job lg_web'),
	('lg_gate.pool_twice()', 'lg_web'),
	('lg_gate.pools_due(integer)', 'lg_job'),
	('lg_gate.tenant_merge_list()', 'lg_auth'),
	('lg_gate.tenant_merge_plan(integer,integer,date,text,boolean,boolean,text)', 'lg_auth'),
	('lg_gate.tenant_merge_rows(integer,integer)', 'lg_auth'),
	('lg_gate.tenant_merges_due()', 'lg_job'),
	('lg_gate.tenant_merge_audit(integer,integer[],text[],uuid[],text[])', 'lg_job'),
	('lg_gate.tenant_merge_begin(integer)', 'lg_job'),
	('lg_gate.tenant_merge_clear(integer,text)', 'lg_job'),
	('lg_gate.tenant_merge_copy(integer,text,text)', 'lg_job'),
	('lg_gate.tenant_merge_failed(integer,text)', 'lg_job'),
	('lg_gate.tenant_merge_finish(integer)', 'lg_job'),
	('lg_gate.tenant_merge_quiet(integer)', 'lg_job'),
	('lg_gate.tenant_merge_run_box(integer,uuid,integer,bytea)', 'lg_job'),
	('lg_gate.tenant_merge_shut(integer)', 'lg_job'),
	('lg_gate.tenant_merge_tables()', 'lg_job'),
	('lg_gate.tenant_merge_went(integer,text,integer)', 'lg_job'),
	('lg_gate.token_before(bytea)', 'lg_web')
	UNION ALL SELECT 'lg_gate.pool_send(uuid,integer)', 'lg_web' WHERE to_regclass('lg.pool_sending') IS NULL), -- until schema/0055
-- Policies beside those that a table's line makes: table, name, P(ermissive)/R(estrictive), command, roles, USING, WITH CHECK.
own_policy(tab, name, sort, cmd, roles, qual, chk) AS (VALUES
	('lg.unit', 'administrator_insert', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.unit', 'administrator_update', 'R', 'w', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.unit', 'administrator_delete', 'R', 'd', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.follow', 'administrator_insert', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.follow', 'administrator_update', 'R', 'w', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.follow', 'administrator_delete', 'R', 'd', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.entrance', 'administrator_insert', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.entrance', 'administrator_update', 'R', 'w', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.entrance', 'administrator_delete', 'R', 'd', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.caller_showing', 'administrator_insert', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.caller_showing', 'administrator_delete', 'R', 'd', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.member', 'administrator_update', 'R', 'w', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.member', 'self', 'P', 'r', 'lg_web', '(account_id = ( SELECT lg_gate.account() AS account))', ''),
	('lg.member_role', 'administrator_insert', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.member_role', 'administrator_update', 'R', 'w', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.member_role', 'administrator_delete', 'R', 'd', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.audit', 'trace', 'P', 'a', 'lg_job,lg_web', '', 'true'),
	('lg.read_audit', 'trace', 'P', 'a', 'lg_job,lg_web', '', 'true'),
	('lg.read_audit', 'candidate', 'P', 'r', 'lg_web',
		'((( SELECT lg_gate.kind() AS kind) = ''candidate''::text) AND (( SELECT lg_gate.subject() AS subject) = ANY (subjects)))', ''),
	('lg.candidate', 'units', 'R', '*', 'lg_web',
		'CASE WHEN (( SELECT lg_gate.units() AS units) IS NULL) THEN true ELSE (unit = ANY (( SELECT lg_gate.units() AS units)::uuid[])) END',
		'CASE WHEN (( SELECT lg_gate.units() AS units) IS NULL) THEN true ELSE (unit = ANY (( SELECT lg_gate.units() AS units)::uuid[])) END'),
	('lg.outbox', 'staff_read', 'P', 'r', 'lg_web', '(( SELECT lg_gate.kind() AS kind) = ''staff''::text)', ''),
	('lg.outbox', 'order_mail', 'P', 'a', 'lg_web', '',
		'(( SELECT lg_gate.kind() AS kind) = ANY (ARRAY[''staff''::text, ''client''::text, ''candidate''::text, ''employer''::text, ''public''::text]))'),
	('lg.enquiry_thread', 'behind', 'R', '*', 'lg_web', '((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry e WHERE (e.id = enquiry_thread.enquiry_id))))', '((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry e WHERE (e.id = enquiry_thread.enquiry_id))))'),
	('lg.enquiry_mail', 'behind', 'R', '*', 'lg_web', '((( SELECT lg_gate.units() AS units) IS NULL) OR (enquiry_id IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry e WHERE (e.id = enquiry_mail.enquiry_id))))', '((( SELECT lg_gate.units() AS units) IS NULL) OR (enquiry_id IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry e WHERE (e.id = enquiry_mail.enquiry_id))))'),
	('lg.enquiry_mail_piece', 'behind', 'R', '*', 'lg_web', '((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry_mail m WHERE (m.id = enquiry_mail_piece.mail_id))))', '((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.enquiry_mail m WHERE (m.id = enquiry_mail_piece.mail_id))))'),
	('lg.run', 'own', 'R', '*', 'lg_web', '((( SELECT lg_gate.units() AS units) IS NULL) OR (created_by = ( SELECT lg_gate.account() AS account)))',
		'(created_by = ( SELECT lg_gate.account() AS account))'),
	('lg.run_line', 'own', 'R', '*', 'lg_web',
		'((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.run r WHERE (r.id = run_line.run_id))))', ''),
	('lg.run_opening', 'own', 'R', '*', 'lg_web',
		'((( SELECT lg_gate.units() AS units) IS NULL) OR (EXISTS ( SELECT FROM lg.run r WHERE (r.id = run_opening.run_id))))', ''),
	('lg.match_entry', 'match', 'P', 'r', 'lg_match', '(( SELECT lg_gate.kind() AS kind) = ''job''::text)', ''),
	('lg.agreement', 'authorised', 'R', 'a', 'lg_web', '', '(( SELECT lg_gate.roles() AS roles) && ARRAY[''leader''::text, ''administrator''::text])'),
	('lg.agreement_step', 'authorised', 'R', 'a', 'lg_web', '',
		'((( SELECT lg_gate.kind() AS kind) = ''staff''::text) AND (( SELECT lg_gate.roles() AS roles) && ARRAY[''leader''::text, ''administrator''::text]))'),
	('lg.pool_giving', 'units', 'R', '*', 'lg_web',
		'((( SELECT lg_gate.units() AS units) IS NULL) OR (unit = ANY (( SELECT lg_gate.units() AS units)::uuid[])))', ''),
	('lg.pool_match', 'units', 'R', '*', 'lg_web', '((( SELECT lg_gate.units() AS units) IS NULL) OR (to_tenant <> ( SELECT lg_gate.tenant() AS tenant)) OR '
		'(EXISTS ( SELECT FROM lg.candidate c WHERE (c.id = pool_match.candidate_id))))', ''),
	('lg.webhook', 'administrator', 'R', '*', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.webhook_delivery', 'administrator', 'R', '*', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])'),
	('lg.publication', 'everybody', 'P', 'r', 'lg_web',
		'((( SELECT lg_gate.kind() AS kind) = ''public''::text) AND (( SELECT lg_gate.purpose() AS purpose) = ''jobs''::text))', ''),
	('lg.tenant_merge_left', 'administrator', 'R', '*', 'lg_web', '(( SELECT lg_gate.roles() AS roles) @> ARRAY[''administrator''::text])', ''),
	('lg.idempotency', 'own', 'R', '*', 'lg_web', '(actor = ( SELECT lg_gate.account() AS account))', '(actor = ( SELECT lg_gate.account() AS account))'),
	('lg.import', 'whole', 'R', '*', 'lg_web', '(( SELECT lg_gate.units() AS units) IS NULL)', '(( SELECT lg_gate.units() AS units) IS NULL)'),
	('lg.import_row', 'whole', 'R', '*', 'lg_web', '(( SELECT lg_gate.units() AS units) IS NULL)', '(( SELECT lg_gate.units() AS units) IS NULL)'),
	('lg.saved_view', 'own', 'R', '*', 'lg_web', '(account_id = ( SELECT lg_gate.account() AS account))', '(account_id = ( SELECT lg_gate.account() AS account))')),
-- Privileges beside those that a table's line gives: table, role, privilege, columns ('' the table).
own_grant(tab, role, priv, cols) AS (VALUES
	('lg.member', 'lg_web', 'UPDATE', 'name phone title unit_ids valid_to version'),
	('lg.audit', 'lg_web', 'INSERT', 'entity payload request subject tenant_id verb version why'),
	('lg.audit', 'lg_job', 'INSERT', 'entity payload request subject tenant_id verb version why'),
	('lg.read_audit', 'lg_web', 'INSERT', 'request route subjects tenant_id'),
	('lg.read_audit', 'lg_job', 'INSERT', 'request route subjects tenant_id'),
	('lg.outbox', 'lg_web', 'INSERT', 'data id kind language tenant_id to_mail'), -- until schema/0038
	('lg.outbox', 'lg_web', 'INSERT', 'data id kind language message_id tenant_id to_mail'),
	('lg.outbox', 'lg_web', 'SELECT', 'attempts created failure id kind language next_at sent tenant_id to_mail'), -- until schema/0038
	('lg.outbox', 'lg_web', 'SELECT', 'attempts created failure id kind language message_id next_at sent tenant_id to_mail'),
	('lg.match_entry', 'lg_match', 'SELECT', ''),
	('lg.agreement', 'lg_web', 'INSERT', 'basis_words direction fields from_tenant id legal_basis may_forward purpose renews to_tenant valid_from valid_to'),
	('lg.agreement_step', 'lg_web', 'INSERT', 'agreement_id from_tenant to_tenant what why'),
	('lg.share', 'lg_web', 'INSERT',
		'agreement_id candidate_id fields from_tenant given_until id legal_basis may_forward may_take_over parent_id root_tenant source_until to_tenant why'),
	('lg.share', 'lg_web', 'UPDATE', 'agreement_id candidate_id fields given_until may_forward version why withdrawn withdrawn_why'),
	('lg.share_answer', 'lg_web', 'INSERT', 'from_tenant n reason root_tenant share_id to_tenant what words'),
	('lg.share_read', 'lg_web', 'INSERT', 'from_tenant root_tenant share_id to_tenant what'),
	('lg.share_outcome', 'lg_web', 'INSERT', 'from_tenant kind n on_day place reason root_tenant share_id to_tenant words'),
	('lg.referral', 'lg_web', 'INSERT', 'deadline from_tenant owner question root_tenant share_id to_tenant'),
	('lg.referral', 'lg_web', 'UPDATE', 'deadline escalated escalated_why owner reminded reminders version'),
	('lg.pool_giving', 'lg_web', 'INSERT', 'agreement_id fields id kind municipality occupation occupations side to_tenant unit until why'),
	('lg.pool_giving', 'lg_web', 'UPDATE', 'but ended ended_why version'),
	('lg.pool_opening', 'lg_web', 'INSERT', 'agreement_id id opening_id to_tenant until'),
	('lg.pool_opening', 'lg_web', 'UPDATE', 'agreement_id until version withdrawn withdrawn_why'),
	('lg.pool_answer', 'lg_web', 'INSERT', 'colleague match_id n pool_tenant reason to_tenant what words'),
	('lg_ref.tenant', 'lg_gate', 'INSERT', ''),
	('lg_ref.tenant', 'lg_gate', 'UPDATE', ''),
	('lg.enquiry', 'lg_gate', 'INSERT', 'about callback_day callback_time caller_digits caller_mail caller_phone caller_place channel due_at id invented municipality state subject tenant_id words'),
	('lg.enquiry_trigram', 'lg_gate', 'INSERT', 'enquiry_id key tenant_id'),
	('lg.person_key', 'lg_gate', 'INSERT', 'key_box subject tenant_id'),
	('lg_ref.entrance', 'lg_gate', 'INSERT', ''),
	('lg_ref.entrance', 'lg_gate', 'UPDATE', ''),
	('lg_ref.entrance', 'lg_gate', 'DELETE', ''),
	('lg_ref.audit_era', 'lg_gate', 'UPDATE', ''),
	('lg_gate.walled', 'lg_owner', 'SELECT', ''),
	('lg_gate.walled', 'lg_owner', 'INSERT', ''),
	('lg_gate.walled', 'lg_owner', 'UPDATE', '')),
-- Rules that no policy can say: triggers that must be there, before every write, and be on.
own_trigger(tab, name, func, kind) AS (VALUES -- kind: 23 before insert and update of each row, 29 after all three, 5 after insert, 17 after update, 21 after both,
	-- 13 after insert and delete
	('lg.member', 'known_caller', 'lg_gate.known_caller_member()', 21),
	('lg.caller_showing', 'known_caller', 'lg_gate.known_caller_office()', 13),
	('lg_ref.tenant', 'known_caller', 'lg_gate.known_caller_tenant()', 17),
	('lg_ref.entrance', 'known_caller', 'lg_gate.known_caller_entrance()', 29),
	('lg_gate.account', 'known_caller', 'lg_gate.known_caller_account()', 17),
	('lg.agreement', 'put', 'lg_gate.agreement_check()', 23),
	('lg.agreement_step', 'put', 'lg_gate.agreement_step_check()', 23),
	('lg.agreement_step', 'stepped', 'lg_gate.agreement_stepped()', 5),
	('lg.share', 'put', 'lg_gate.share_put()', 23),
	('lg.share', 'changed', 'lg_gate.share_changed()', 29),
	('lg.candidate', 'share', 'lg_gate.share_candidate()', 17),
	('lg.candidate', 'pool_new', 'lg_gate.pool_candidate()', 5),
	('lg.candidate', 'pool_change', 'lg_gate.pool_candidate()', 17),
	('lg.opening', 'pool', 'lg_gate.pool_opening_follows()', 21),
	('lg.share', 'pool', 'lg_gate.pool_share()', 29),
	('lg.agreement_step', 'pool_stepped', 'lg_gate.pool_stepped()', 5),
	('lg.pool_giving', 'put', 'lg_gate.pool_giving_put()', 23),
	('lg.pool_opening', 'put', 'lg_gate.pool_opening_put()', 23),
	('lg.pool_opening', 'changed', 'lg_gate.pool_opening_changed()', 29),
	('lg.pool_answer', 'put', 'lg_gate.pool_answer_put()', 23)),

-- What is there.
ours(oid, name, owner) AS (VALUES ('lg'::regnamespace::oid, 'lg', 'lg_owner'), ('lg_ref'::regnamespace::oid, 'lg_ref', 'lg_owner'),
	('lg_gate'::regnamespace::oid, 'lg_gate', 'lg_gate')),
signs_in(name) AS (VALUES ('lg_auth'), ('lg_web'), ('lg_job'), ('lg_match')),
rel AS (SELECT c.*, o.name AS schema, o.owner AS should_own, c.oid::regclass::text AS name FROM pg_class c JOIN ours o ON o.oid = c.relnamespace),
tab AS (SELECT r.*, w.class, w.candidate, w.employer, w.staff, w.job, w.gate, w.giver, w.receiver, w.until, w.writer, coalesce(to_jsonb(w) ->> 'source', '') AS source,
	coalesce(to_jsonb(w)->>'merge', '') AS merge,
	CASE w.class WHEN 'tenant' THEN ARRAY['tenant_id'] WHEN 'between' THEN array_remove(ARRAY[w.giver, w.receiver, coalesce(to_jsonb(w) ->> 'source', '')], '') ELSE '{}' END AS tenants
	FROM rel r LEFT JOIN lg_gate.walled w ON w.name = r.name WHERE r.relkind IN ('r', 'p', 'f')),
col AS (SELECT a.*, t.name, t.class, t.schema FROM pg_attribute a JOIN tab t ON t.oid = a.attrelid WHERE a.attnum > 0 AND NOT a.attisdropped),
pol AS (SELECT t.name AS tab, p.polname AS name, CASE WHEN p.polpermissive THEN 'P' ELSE 'R' END AS sort, p.polcmd AS cmd,
	(SELECT string_agg(CASE r WHEN 0 THEN 'PUBLIC' ELSE r::regrole::text END, ',' ORDER BY r::regrole::text) FROM unnest(p.polroles) r) AS roles,
	btrim(regexp_replace(coalesce(pg_get_expr(p.polqual, p.polrelid), ''), '\s+', ' ', 'g')) AS qual,
	btrim(regexp_replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid), ''), '\s+', ' ', 'g')) AS chk
	FROM pg_policy p JOIN tab t ON t.oid = p.polrelid),
fun AS (SELECT p.*, n.nspname AS schema, p.oid::regprocedure::text AS signature FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
	WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND NOT EXISTS (SELECT FROM pg_depend d
		WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')),

-- What the lines of the tables want to be there.
wanted_policy AS (
	SELECT name AS tab, 'wall' AS pol, 'R' AS sort, '*' AS cmd, 'PUBLIC' AS roles, '(tenant_id = ( SELECT lg_gate.tenant() AS tenant))' AS qual,
		'(tenant_id = ( SELECT lg_gate.tenant() AS tenant))' AS chk FROM tab WHERE class = 'tenant'
	UNION ALL SELECT name, 'wall', 'R', '*', 'PUBLIC', format('((%s = ( SELECT lg_gate.tenant() AS tenant)) OR %s%s)', giver,
			format(CASE until WHEN '' THEN '(%s = ( SELECT lg_gate.tenant() AS tenant))' ELSE '((%s = ( SELECT lg_gate.tenant() AS tenant)) AND (%s > now()))' END,
				receiver, until),
			CASE source WHEN '' THEN '' ELSE format(' OR (%s = ( SELECT lg_gate.tenant() AS tenant))', source) END),
		format('(%s = ( SELECT lg_gate.tenant() AS tenant))', writer) FROM tab WHERE class = 'between'
	UNION ALL SELECT name, 'wall_update', 'R', 'w', 'PUBLIC', format('(%s = ( SELECT lg_gate.tenant() AS tenant))', writer),
		format('(%s = ( SELECT lg_gate.tenant() AS tenant))', writer) FROM tab WHERE class = 'between'
	UNION ALL SELECT name, 'wall_delete', 'R', 'd', 'PUBLIC', format('(%s = ( SELECT lg_gate.tenant() AS tenant))', writer), '' FROM tab WHERE class = 'between'
	UNION ALL SELECT name, 'staff', 'P', '*', 'lg_web', '(( SELECT lg_gate.kind() AS kind) = ANY (ARRAY[''staff''::text, ''client''::text]))', ''
		FROM tab WHERE staff <> ''
	UNION ALL SELECT name, 'job', 'P', '*', 'lg_job', '(( SELECT lg_gate.kind() AS kind) = ''job''::text)', '' FROM tab WHERE job <> ''
	UNION ALL SELECT name, 'gate', 'P', '*', 'lg_gate', 'true', '' FROM tab WHERE gate <> ''
	UNION ALL SELECT name, 'candidate', 'P', 'r', 'lg_web',
		format('((( SELECT lg_gate.kind() AS kind) = ''candidate''::text) AND (%I = ( SELECT lg_gate.subject() AS subject)))', candidate), ''
		FROM tab WHERE candidate <> ''
	UNION ALL SELECT name, 'employer', 'P', 'r', 'lg_web',
		format('((( SELECT lg_gate.kind() AS kind) = ''employer''::text) AND (%I = ( SELECT lg_gate.subject() AS subject)))', employer), ''
		FROM tab WHERE employer <> ''
	UNION ALL SELECT x.name, 'units', 'R', '*', 'lg_web', x.behind, x.behind FROM (SELECT t.name, -- what hangs on a candidate
		format('((( SELECT lg_gate.units() AS units) IS NULL)%s%s OR (EXISTS ( SELECT FROM lg.candidate c WHERE (c.id = %I.%I))))',
			(SELECT format(' OR (%s <> ( SELECT lg_gate.tenant() AS tenant))', x.attname) FROM col x -- of rows of two offices: in the candidate's own
				WHERE t.class = 'between' AND x.attrelid = t.oid AND x.attnum = ANY (k.conkey) AND x.attname = ANY (t.tenants)),
			CASE WHEN c.attnotnull THEN '' ELSE format(' OR (%I IS NULL)', c.attname) END, t.relname, c.attname) AS behind
		FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid JOIN col c ON c.attrelid = t.oid AND c.attnum = ANY (k.conkey) AND c.attname <> 'tenant_id' AND c.attname <> ALL (t.tenants)
		WHERE k.contype = 'f' AND k.confrelid = to_regclass('lg.candidate')) x
	-- What hangs on a share with an end is there as long as that is, for whoever asks.
	UNION ALL SELECT DISTINCT t.name, 'alive', 'R', '*', 'PUBLIC', format('(EXISTS ( SELECT FROM %s s WHERE (%s)))', f.name,
			(SELECT string_agg(format('(s.%I = %I.%I)', d.attname, t.relname, c.attname), ' AND ' ORDER BY x.n)
				FROM unnest(k.conkey, k.confkey) WITH ORDINALITY x(a, b, n) JOIN col c ON c.attrelid = t.oid AND c.attnum = x.a
				JOIN col d ON d.attrelid = f.oid AND d.attnum = x.b)), ''
		FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid JOIN tab f ON f.oid = k.confrelid
		WHERE k.contype = 'f' AND t.class = 'between' AND t.until = '' AND f.class = 'between' AND f.until <> ''
	UNION ALL SELECT name, 'merge', 'P', '*', 'lg_gate',
		'((( SELECT lg_gate.kind() AS kind) = ''job''::text) AND (( SELECT lg_gate.purpose() AS purpose) = ''tenant_merge''::text))', ''
		FROM tab WHERE merge NOT IN ('', 'stays')
	-- What is said only where a column of the share allows it (since schema/0049).
	UNION ALL SELECT 'lg.share_answer', 'allowed', 'R', 'a', 'lg_web', '', '((what <> ''taken_over''::text) OR (EXISTS ( SELECT FROM lg.share s WHERE '
		|| '((s.from_tenant = share_answer.from_tenant) AND (s.id = share_answer.share_id) AND s.may_take_over))))'
		FROM col WHERE attrelid = to_regclass('lg.share') AND attname = 'may_take_over'
	-- What is being sent is seen once it is whole (since schema/0055).
	UNION ALL SELECT 'lg.pool_match', 'whole', 'R', '*', 'PUBLIC', '((to_tenant <> ( SELECT lg_gate.tenant() AS tenant)) OR (NOT (EXISTS ( SELECT FROM lg.pool_sending s '
		|| 'WHERE ((s.pool_tenant = pool_match.pool_tenant) AND (s.run_id = pool_match.run_id) AND (s.to_tenant = pool_match.to_tenant) AND (s.whole IS NULL))))))', ''
		WHERE to_regclass('lg.pool_sending') IS NOT NULL
	-- What the form without an account writes (since schema/0050).
	UNION ALL SELECT f.* FROM (VALUES
	('lg.enquiry', 'web_form', 'P', 'a', 'lg_gate', '', '((( SELECT lg_gate.kind() AS kind) = ''public''::text) AND (( SELECT lg_gate.purpose() AS purpose) = ''enquiry''::text) AND (channel = ''web''::text) AND (state = ''new''::text) AND (owner IS NULL) AND (created_by IS NULL) AND '
		'(about = ''nobody''::text) AND (legal_basis IS NULL) AND (share_id IS NULL) AND (caller_from IS NULL) AND (answer IS NULL) AND (outcome IS NULL) AND '
		'(COALESCE(caller_phone, caller_mail) IS NOT NULL) AND (length(words) <= 2000))'),
	('lg.enquiry_trigram', 'web_form', 'P', 'a', 'lg_gate', '', '((( SELECT lg_gate.kind() AS kind) = ''public''::text) AND (( SELECT lg_gate.purpose() AS purpose) = ''enquiry''::text))'),
	('lg.person_key', 'web_form', 'P', 'a', 'lg_gate', '', '((( SELECT lg_gate.kind() AS kind) = ''public''::text) AND (( SELECT lg_gate.purpose() AS purpose) = ''enquiry''::text))')) f(tab, name, sort, cmd, roles, qual, chk)
		WHERE to_regprocedure('lg_gate.enquiry_web(uuid,text,jsonb,text,timestamptz,text[],bytea)') IS NOT NULL
	UNION ALL SELECT * FROM own_policy),
-- All that somebody else than the owner may do with a table or a column of it.
given AS (
	SELECT r.name AS tab, r.schema, r.relkind, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END AS role, a.privilege_type AS priv, '' AS cols,
		a.is_grantable FROM rel r, aclexplode(r.relacl) a WHERE a.grantee <> r.relowner
	UNION ALL SELECT c.name, c.schema, 'r', CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, a.privilege_type,
		string_agg(c.attname, ' ' ORDER BY c.attname COLLATE "C"), bool_or(a.is_grantable) FROM col c, aclexplode(c.attacl) a GROUP BY 1, 2, 4, 5),
wanted_grant AS (
	SELECT t.name AS tab, x.role, p AS priv, '' AS cols FROM tab t,
		LATERAL (VALUES ('lg_web', t.staff), ('lg_job', t.job), ('lg_gate', t.gate), ('lg_web', CASE WHEN t.candidate || t.employer <> '' THEN 'SELECT' ELSE '' END)) x(role, privs),
		regexp_split_to_table(x.privs, ',\s*') p WHERE t.class IN ('tenant', 'between') AND p <> ''
	UNION SELECT t.name, x, 'SELECT', '' FROM tab t, unnest(ARRAY['lg_web', 'lg_job', 'lg_match', 'lg_auth', 'lg_gate']) x WHERE t.class = 'reference'
	UNION SELECT name, x, 'SELECT', '' FROM rel, unnest(ARRAY['lg_web', 'lg_job']) x WHERE relkind = 'v' -- they ask as their caller
	UNION SELECT t.name, 'lg_gate', p, '' FROM tab t, regexp_split_to_table(CASE t.merge WHEN 'moved' THEN 'SELECT INSERT UPDATE DELETE'
		WHEN 'copied' THEN 'SELECT INSERT' WHEN 'dropped' THEN 'SELECT DELETE' WHEN 'anew' THEN 'SELECT DELETE' END, ' ') p
	UNION SELECT tab, role, priv, CASE cols WHEN '' THEN '' ELSE coalesce((SELECT string_agg(x, ' ' ORDER BY x COLLATE "C") FROM regexp_split_to_table(cols, ' ') x
		WHERE EXISTS (SELECT FROM col c WHERE c.attrelid = to_regclass(tab) AND c.attname = x)), cols) END FROM own_grant) -- a later file may add a column

-- 1. Tables
SELECT 'was not walled' AS fault, name AS "where" FROM tab WHERE schema <> 'lg_gate' AND class IS NULL
UNION ALL SELECT 'no table of this name, but it was walled', w.name FROM lg_gate.walled w WHERE NOT EXISTS (SELECT FROM tab WHERE tab.name = w.name)
UNION ALL SELECT 'a table of this class does not belong into this schema', name FROM tab WHERE (class = 'reference') <> (schema = 'lg_ref') AND schema <> 'lg_gate'
UNION ALL SELECT 'a table of the gate is nobody else''s', name FROM tab WHERE schema = 'lg_gate' AND class IS NOT NULL
UNION ALL SELECT 'a foreign table has no row-level security', name FROM tab WHERE relkind = 'f'
UNION ALL SELECT 'row-level security is not enabled and forced', name FROM tab WHERE class IN ('tenant', 'between') AND NOT (relrowsecurity AND relforcerowsecurity)
UNION ALL SELECT 'the column of the tenant is missing, may be NULL, or is no int', t.name || '.' || k FROM tab t, unnest(t.tenants) k
	WHERE NOT EXISTS (SELECT FROM col c WHERE c.attrelid = t.oid AND c.attname = k AND c.attnotnull AND c.atttypid = 'int4'::regtype)
UNION ALL SELECT 'tenant_id has another default than lg_gate.tenant()', t.name FROM tab t WHERE class = 'tenant' AND NOT EXISTS (SELECT FROM pg_attrdef d JOIN col c
	ON c.attrelid = d.adrelid AND c.attnum = d.adnum WHERE d.adrelid = t.oid AND c.attname = 'tenant_id' AND pg_get_expr(d.adbin, d.adrelid) = 'lg_gate.tenant()')
UNION ALL SELECT 'the column of who writes has another default than lg_gate.tenant()', t.name FROM tab t WHERE class = 'between' AND NOT EXISTS (SELECT FROM pg_attrdef d JOIN col c
	ON c.attrelid = d.adrelid AND c.attnum = d.adnum WHERE d.adrelid = t.oid AND c.attname = t.writer AND pg_get_expr(d.adbin, d.adrelid) = 'lg_gate.tenant()')
UNION ALL SELECT 'who writes is neither of the two', t.name FROM tab t WHERE class = 'between' AND t.writer NOT IN (t.giver, t.receiver) AND NOT EXISTS (SELECT FROM pg_constraint k
	WHERE k.conrelid = t.oid AND k.contype = 'c' AND k.convalidated AND pg_get_constraintdef(k.oid) = format('CHECK (((%1$s = %2$s) OR (%1$s = %3$s)))', t.writer, t.giver, t.receiver))
UNION ALL SELECT 'the end of a share may be NULL, or is no moment', t.name FROM tab t WHERE class = 'between' AND t.until <> ''
	AND NOT EXISTS (SELECT FROM col c WHERE c.attrelid = t.oid AND c.attname = t.until AND c.attnotnull AND c.atttypid = 'timestamptz'::regtype)
UNION ALL SELECT 'a reference table with rows of tenants', name FROM col WHERE class = 'reference' AND attname ~ '(^|_)tenant(_id)?$'
UNION ALL SELECT 'a table inherits', c.inhrelid::regclass::text FROM pg_inherits c JOIN rel r ON r.oid IN (c.inhrelid, c.inhparent)
	WHERE NOT EXISTS (SELECT FROM rel x JOIN rel y ON x.schema = y.schema AND y.oid = c.inhparent WHERE x.oid = c.inhrelid)
UNION ALL SELECT 'nobody has said what becomes of it when offices merge', name FROM tab WHERE class IN ('tenant', 'between') AND merge = ''
	AND to_regprocedure('lg_gate.merges(regclass,text,text)') IS NOT NULL
UNION ALL SELECT 'refers to what stays, or goes elsewhere, when offices merge', t.name || ' -> ' || f.name FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid
	JOIN tab f ON f.oid = k.confrelid WHERE k.contype = 'f' AND t.class = 'tenant' AND t.merge <> f.merge
-- 2. Policies
UNION ALL SELECT 'policy ' || w.pol || ' is missing or another', w.tab FROM wanted_policy w WHERE NOT EXISTS (SELECT FROM pol p
	WHERE (p.tab, p.name, p.sort, p.cmd::text, p.roles, p.qual, p.chk) = (w.tab, w.pol, w.sort, w.cmd, w.roles, w.qual, w.chk))
UNION ALL SELECT 'policy ' || p.name || ' is in no list', p.tab FROM pol p WHERE NOT EXISTS (SELECT FROM wanted_policy w WHERE (w.tab, w.pol) = (p.tab, p.name))
-- 3. Keys
UNION ALL SELECT 'index not led by the tenant', i.indexrelid::regclass::text FROM pg_index i JOIN tab t ON t.oid = i.indrelid
	WHERE t.class IN ('tenant', 'between') AND NOT EXISTS (SELECT FROM col c WHERE c.attrelid = t.oid AND c.attnum = i.indkey[0] AND c.attname = ANY (t.tenants))
UNION ALL SELECT 'foreign key without the tenant: ' || k.conname, t.name FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid JOIN tab f ON f.oid = k.confrelid
	WHERE k.contype = 'f' AND t.class IN ('tenant', 'between') AND f.class IN ('tenant', 'between') AND NOT EXISTS (SELECT FROM unnest(k.conkey, k.confkey) x(a, b)
		JOIN col c ON c.attrelid = t.oid AND c.attnum = x.a AND c.attname = ANY (t.tenants)
		JOIN col d ON d.attrelid = f.oid AND d.attnum = x.b AND d.attname = ANY (f.tenants))
UNION ALL SELECT 'a share that outlives the one it hangs on: ' || k.conname, t.name FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid JOIN tab f ON f.oid = k.confrelid
	WHERE k.contype = 'f' AND t.class = 'between' AND f.class = 'between' AND t.until <> '' AND f.until <> '' AND NOT (k.confdeltype = 'c' AND k.confupdtype = 'c'
		AND EXISTS (SELECT FROM col d WHERE d.attrelid = f.oid AND d.attname = f.until AND d.attnum = ANY (k.confkey)))
UNION ALL SELECT 'foreign key into or out of the gate, or from reference rows to those of tenants: ' || k.conname, t.name
	FROM pg_constraint k JOIN tab t ON t.oid = k.conrelid JOIN tab f ON f.oid = k.confrelid WHERE k.contype = 'f'
	AND ((t.schema = 'lg_gate') <> (f.schema = 'lg_gate') OR t.class = 'reference' AND f.class <> 'reference')
-- 4. What is no table
UNION ALL SELECT 'a view that does not ask as its caller', name FROM rel WHERE relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (reloptions), false)
UNION ALL SELECT 'a materialized view has no row-level security', name FROM rel WHERE relkind = 'm'
UNION ALL SELECT 'a rule acts in its owner''s name', r.rulename || ' on ' || c.name FROM pg_rewrite r JOIN rel c ON c.oid = r.ev_class WHERE c.relkind <> 'v'
UNION ALL SELECT 'a sequence that others see', g.tab FROM given g WHERE g.relkind = 'S'
-- 5. Privileges
UNION ALL SELECT format('%s may %s %s, which is in no list', g.role, g.priv, CASE g.cols WHEN '' THEN 'all of' ELSE g.cols || ' of' END), g.tab FROM given g
	WHERE g.relkind <> 'S' AND NOT EXISTS (SELECT FROM wanted_grant w WHERE (w.tab, w.role, w.priv, w.cols) = (g.tab, g.role, g.priv, g.cols))
UNION ALL SELECT g.role || ' may hand on ' || g.priv, g.tab FROM given g WHERE g.is_grantable
UNION ALL SELECT 'not owned by ' || should_own, name FROM rel WHERE relkind <> 'i' AND relkind <> 'I' AND relowner <> should_own::regrole
UNION ALL SELECT r.name || ' reaches what lies outside', c.oid::regclass::text FROM pg_class c CROSS JOIN signs_in r WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
	AND c.relnamespace NOT IN (SELECT oid FROM ours) AND c.relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
	AND (has_any_column_privilege(r.name, c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') OR has_table_privilege(r.name, c.oid, 'DELETE, TRUNCATE, TRIGGER'))
UNION ALL SELECT r.name || ' owns something', d.classid::regclass || ' ' || d.objid FROM pg_shdepend d JOIN signs_in r ON d.refobjid = r.name::regrole
	WHERE d.deptype = 'o' AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
UNION ALL SELECT r.name || ' may CREATE in schema', n.nspname FROM pg_namespace n CROSS JOIN signs_in r WHERE n.nspname !~ '^pg_(toast|temp)' AND has_schema_privilege(r.name, n.oid, 'CREATE')
UNION ALL SELECT 'anybody may use schema', n.nspname FROM pg_namespace n, aclexplode(n.nspacl) a WHERE a.grantee = 0 AND n.nspname NOT IN ('pg_catalog', 'information_schema')
UNION ALL SELECT r.name || ' may CREATE or TEMP in the database', current_database()::text FROM signs_in r WHERE has_database_privilege(r.name, current_database(), 'CREATE, TEMP')
UNION ALL SELECT 'anybody may connect', current_database()::text FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a WHERE d.datname = current_database() AND a.grantee = 0
UNION ALL SELECT 'schema not owned by ' || o.owner, o.name FROM ours o JOIN pg_namespace n ON n.oid = o.oid WHERE n.nspowner <> o.owner::regrole
UNION ALL SELECT 'privileges of what is not made yet', a.grantee::regrole || ' ' || a.privilege_type FROM pg_default_acl d, aclexplode(d.defaclacl) a
	WHERE a.grantee <> d.defaclrole AND (a.grantee = 0 OR a.grantee::regrole::text LIKE 'lg\_%')
UNION ALL SELECT r.name || ' may use a foreign server', s.srvname FROM pg_foreign_server s CROSS JOIN signs_in r WHERE has_server_privilege(r.name, s.oid, 'USAGE')
-- 6. Functions
UNION ALL SELECT 'runs in another''s name, and is in no list', f.signature FROM fun f WHERE f.prosecdef AND NOT EXISTS (SELECT FROM may_call m WHERE m.signature = f.signature)
UNION ALL SELECT 'in the list, but does not run in the gate''s name', m.signature FROM may_call m WHERE NOT EXISTS (SELECT FROM fun f WHERE f.signature = m.signature AND f.prosecdef AND f.proowner = 'lg_gate'::regrole)
UNION ALL SELECT 'called by others than the list says', f.signature FROM fun f LEFT JOIN may_call m ON m.signature = f.signature WHERE f.schema = 'lg_gate' AND f.prokind = 'f'
	AND coalesce(m.callers, '') IS DISTINCT FROM coalesce((SELECT string_agg(CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE a.grantee::regrole::text END, ' '
		ORDER BY a.grantee::regrole::text) FROM aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a WHERE a.grantee <> f.proowner), '')
UNION ALL SELECT 'anybody may call it', f.signature FROM fun f, aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a WHERE f.schema IN ('lg', 'lg_ref', 'lg_gate') AND a.grantee = 0
UNION ALL SELECT 'another may wall tables than their owner', f.signature FROM fun f, aclexplode(f.proacl) a WHERE f.schema = 'lg_gate' AND f.prokind = 'p' AND a.grantee NOT IN (f.proowner, 'lg_owner'::regrole)
UNION ALL SELECT 'not with SET search_path = pg_catalog, pg_temp', f.signature FROM fun f WHERE (f.prosecdef OR f.schema IN ('lg', 'lg_ref', 'lg_gate'))
	AND NOT coalesce('search_path=pg_catalog, pg_temp' = ANY (f.proconfig), false)
UNION ALL SELECT 'not owned by ' || o.owner, f.signature FROM fun f JOIN ours o ON o.oid = f.pronamespace WHERE f.proowner <> o.owner::regrole
UNION ALL SELECT 'trigger ' || w.name || ' is missing, another, or off', w.tab FROM own_trigger w WHERE to_regclass(w.tab) IS NOT NULL AND to_regprocedure(w.func) IS NOT NULL
	AND NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = to_regclass(w.tab) AND g.tgname = w.name AND g.tgfoid = to_regprocedure(w.func) AND g.tgtype = w.kind
		AND g.tgenabled = 'O' AND g.tgattr = '' AND (g.tgqual IS NULL OR w.tab = 'lg.candidate'))
UNION ALL SELECT 'called leakproof', f.signature FROM fun f WHERE f.proleakproof
UNION ALL SELECT 'written in a language that reaches beyond the database', f.signature FROM fun f JOIN pg_language l ON l.oid = f.prolang WHERE f.schema IN ('lg', 'lg_ref', 'lg_gate') AND l.lanname NOT IN ('sql', 'plpgsql')
UNION ALL SELECT 'must be STABLE, PARALLEL RESTRICTED, verify the signature as the others do, and answer the field', x.name
	FROM (VALUES ('tenant', 'split_part(substr(c, 65), ''|'', 1)'), ('kind', 'split_part(substr(c, 65), ''|'', 2)'),
		('account', 'nullif(split_part(substr(c, 65), ''|'', 3), '''')'), ('subject', 'nullif(split_part(substr(c, 65), ''|'', 4), '''')'),
		('roles', 'string_to_array(split_part(substr(c, 65), ''|'', 5), '','')'), ('purpose', 'split_part(substr(c, 65), ''|'', 6)'),
		('units', 'string_to_array(nullif(split_part(substr(c, 65), ''|'', 7), ''''), '','')::uuid[]')) x(name, answer)
	WHERE NOT EXISTS (SELECT FROM fun f WHERE f.signature = 'lg_gate.' || x.name || '()' AND f.provolatile = 's' AND f.proparallel = 'r' AND f.prosecdef
		AND md5(replace(f.prosrc, x.answer, 'FIELD')) = '8c30a53f93ab0a2a3f49b24027a8d195')
UNION ALL SELECT 'must be VOLATILE', f.signature FROM fun f WHERE f.proname LIKE 'enter%' AND f.schema = 'lg_gate' AND f.provolatile <> 'v'
-- 7. Roles
UNION ALL SELECT 'a role that can do too much', rolname::text FROM pg_roles WHERE rolname LIKE 'lg\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication OR rolcreatedb)
UNION ALL SELECT 'a role that must not sign in', rolname::text FROM pg_roles WHERE rolname IN ('lg_owner', 'lg_gate') AND rolcanlogin
UNION ALL SELECT 'a role is missing', x FROM unnest(ARRAY['lg_owner', 'lg_gate', 'lg_auth', 'lg_web', 'lg_job', 'lg_match']) x WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = x)
UNION ALL SELECT m.member::regrole || ' is a member of ' || m.roleid::regrole, '' FROM pg_auth_members m WHERE m.member::regrole::text LIKE 'lg\_%' OR m.roleid::regrole::text IN ('lg_auth', 'lg_web', 'lg_job', 'lg_match')
UNION ALL SELECT 'settings of ' || r.name || ' are not: ' || r.wanted, coalesce(s.has, 'none') FROM (VALUES
		('lg_web', 'idle_in_transaction_session_timeout=15s jit=off lock_timeout=3s search_path=pg_catalog statement_timeout=10s timezone=UTC track_activities=off'),
		('lg_auth', 'idle_in_transaction_session_timeout=15s jit=off lock_timeout=3s search_path=pg_catalog statement_timeout=10s timezone=UTC track_activities=off'),
		('lg_job', 'idle_in_transaction_session_timeout=60s jit=off lock_timeout=10s search_path=pg_catalog statement_timeout=300s timezone=UTC track_activities=off'),
		('lg_match', 'idle_in_transaction_session_timeout=15s jit=off lock_timeout=3s search_path=pg_catalog statement_timeout=300s timezone=UTC track_activities=off')) r(name, wanted)
	LEFT JOIN LATERAL (SELECT string_agg(lower(x), ' ' ORDER BY lower(x) COLLATE "C") AS has FROM pg_db_role_setting d, unnest(d.setconfig) x
		WHERE d.setrole = r.name::regrole AND d.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))) s ON true
	WHERE s.has IS DISTINCT FROM lower(r.wanted)
-- 8. Words
UNION ALL SELECT 'no COMMENT', name FROM rel WHERE relkind IN ('r', 'p', 'v') AND obj_description(oid, 'pg_class') IS NULL
UNION ALL SELECT 'no COMMENT', name || '.' || attname FROM col WHERE col_description(attrelid, attnum) IS NULL
UNION ALL SELECT 'no COMMENT', f.signature FROM fun f WHERE f.schema IN ('lg', 'lg_ref', 'lg_gate') AND obj_description(f.oid, 'pg_proc') IS NULL
UNION ALL SELECT 'no COMMENT', o.name FROM ours o WHERE obj_description(o.oid, 'pg_namespace') IS NULL
ORDER BY 1, 2;
