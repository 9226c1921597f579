/* SPDX-License-Identifier: EUPL-1.2 */
/* SPDX-FileCopyrightText: The Landgang authors */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/choice.h"
#include "landgang/match.h"
#include "market/language.h"

static void every_choice_has_a_code_of_its_own_and_words(void **state)
{
	(void)state;
	for (int l = 0; l < CHOICE_LISTS; l++) {
		size_t n;
		const struct choice *c = choices((enum choice_list)l, &n);
		assert_true(n >= 2);
		assert_true(*choice_list_text((enum choice_list)l) && *choice_list_name((enum choice_list)l));
		for (size_t i = 0; i < n; i++) {
			assert_true(*c[i].code && c[i].mark && *c[i].text);
			assert_int_equal(strspn(c[i].code, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(c[i].code));
			assert_int_equal(choice_at((enum choice_list)l, c[i].code), (int)i);
			assert_ptr_equal(choice_find((enum choice_list)l, c[i].code), c + i);
		}
	}
}

/* They stand in databases: a line may be added here, and no word may be changed. */
static void codes_are_kept_for_ever(void **state)
{
	static const struct {
		enum choice_list list;
		const char *codes;
	} kept[] = {
		{ CHOICE_level, "a0 a1 a1_plus a2 a2_plus b1 b1_plus b2 b2_plus c1 c1_plus c2 native" },
		{ CHOICE_language_skill, "listening reading interaction production writing" },
		{ CHOICE_source, "exam teacher employer self" },
		{ CHOICE_language,
		  "da sv uk en sq am ar hy az be bn bs bg my zh crh hr cs prs nl et fa fi fr ka de el he hi "
		  "hu is it ja kmr ku ckb lv lt mk ne no ps pl pt ro rom ru sr sk sl so es sw tl ta th ti tr "
		  "ur uz vi" },
		{ CHOICE_education_level,
		  "none primary lower_secondary upper_secondary vocational short_higher bachelor master "
		  "doctor unknown" },
		{ CHOICE_need,
		  "no_heavy_lifting sitting change_position step_free quiet_place few_people clean_air "
		  "no_night fixed_hours part_time breaks school_hours appointments short_way public_transport "
		  "interpreter written_instructions spoken_instructions named_guide good_light "
		  "hearing_support food_free other" },
		{ CHOICE_relation, "spouse partner child parent sibling grandparent grandchild guardian other" },
		{ CHOICE_channel, "phone sms mail letter digital_post chat video office visit" },
		{ CHOICE_direction, "out in" },
		{ CHOICE_reached, "yes message_left no" },
		{ CHOICE_legal_basis, "public_task legal_duty special_public special_employment contract consent" },
		{ CHOICE_wants_work, "yes later no" },
		{ CHOICE_licence_state, "not_begun preparing applied steps held limited refused given_up" },
		{ CHOICE_driving, "am a1 a2 a b be c1 c1e c ce d1 d1e d de t" },
		{ CHOICE_driving_state, "national accepted to_exchange expired" },
		{ CHOICE_wish, "occupation trade place hours shift contract language employer training other" },
		{ CHOICE_contract, "job placement integration_placement wage_subsidy igu evaluation clinical_day "
		                   "language_placement trainee" },
		{ CHOICE_identifier,
		  "cpr cpr_substitute alien personnummer samordningsnummer lma passport cvr production_unit "
		  "organisation other" },
		{ CHOICE_ground,
		  "special_act special_act_applied temporary_protection refugee family asylum work_permit "
		  "study permanent eu nordic citizen none unknown" },
		{ CHOICE_state, "draft registered profile_complete available in_process placed closed" },
		{ CHOICE_branch,
		  "nace_a nace_b nace_c nace_d nace_e nace_f nace_g nace_h nace_i nace_j nace_k nace_l nace_m nace_n "
		  "nace_o nace_p nace_q nace_r nace_s nace_t nace_u" },
		{ CHOICE_relation_state, "prospect contacted visited willing active resting declined" },
		{ CHOICE_will, "yes later no" },
		{ CHOICE_turned_down, "wishes language skills way first employer other" },
		{ CHOICE_opening_state, "draft approved open paused filled expired cancelled" },
		{ CHOICE_proposal_state,
		  "shortlisted rejected presented accepted declined sent interview offer agreed not_agreed" },
		{ CHOICE_document, "cv diploma licence residence certificate other" },
		{ CHOICE_shared_field,
		  "name contact place stay languages occupations skills education experience licences "
		  "wishes week needs" },
		{ CHOICE_share_direction, "give receive both" },
		{ CHOICE_agreement_state, "proposed agreed in_force expired declined ended" },
		{ CHOICE_share_state, "sent seen accepted declined handed_back taken_over over" },
		{ CHOICE_share_answer, "accepted declined handed_back noted" },
		{ CHOICE_pool_side, "candidate opening" },
		{ CHOICE_share_reason, "no_place not_suited wrong_office person_declined finished other" },
		{ CHOICE_objective, "people score" },
		{ CHOICE_run_state, "waiting running done failed" },
		{ CHOICE_run_why, "demands reserve decided taken unlike" },
		{ CHOICE_run_stage, "wait read lists place prove course check reasons keep" },
		{ CHOICE_enquiry_channel, "phone callback mail web walk_in" },
		{ CHOICE_enquiry_subject, "openings licence placement language rules person employer other" },
		{ CHOICE_enquiry_priority, "normal today urgent" },
		{ CHOICE_enquiry_about, "nobody anonymous named" },
		{ CHOICE_enquiry_outcome, "answered openings registered referred not_reached not_ours" },
		{ CHOICE_enquiry_state, "new assigned waiting answered closed" },
		{ CHOICE_screening_result, "suitable later not_regional" },
		{ CHOICE_article_state, "draft review published retired" },
		{ CHOICE_outcome, "interview trial_day start still_3 still_6 still_12 stopped visit taster_day "
		                  "language_cafe volunteer" },
		{ CHOICE_outcome_stop, "other_job education moved period_over language hours employer own_wish other" },
		{ CHOICE_ambition_measure,
		  "registered answered referred interview trial_day start still_3 still_6 still_12 other" },
		{ CHOICE_ambition_whose, "office counted" },
		{ CHOICE_closed, "job education moved left_country withdrawn duplicate other" },
	};
	(void)state;
	assert_int_equal(sizeof kept / sizeof *kept, CHOICE_LISTS);
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		for (const char *at = kept[i].codes; *at; at += *at == ' ') {
			char code[40] = "";
			size_t n = strcspn(at, " ");
			assert_true(n < sizeof code);
			memcpy(code, at, n);
			if (!choice_find(kept[i].list, code))
				fail_msg("%s is gone from %s", code, choice_list_name(kept[i].list));
			at += n;
		}
}

static void what_is_not_in_a_list_says_itself(void **state)
{
	(void)state;
	assert_null(choice_find(CHOICE_need, "LIFTING"));
	assert_null(choice_find(CHOICE_need, NULL));
	assert_int_equal(choice_at(CHOICE_level, ""), -1);
	assert_string_equal(choice_text(CHOICE_language, "yo"), "yo");
	assert_string_equal(choice_text(CHOICE_language, NULL), "");
	assert_string_equal(choice_text(CHOICE_wants_work, "later"), "Later");
}

static void levels_and_contracts_stand_in_the_order_of_the_engine(void **state)
{
	(void)state;
	assert_int_equal(choice_at(CHOICE_level, "a0") + 1, LGM_A0);
	assert_int_equal(choice_at(CHOICE_level, "b1_plus") + 1, LGM_B1_PLUS);
	assert_int_equal(choice_at(CHOICE_level, "native") + 1, LGM_NATIVE);
	assert_int_equal(choice_at(CHOICE_contract, "job"), LGM_JOB);
	assert_int_equal(choice_at(CHOICE_contract, "igu"), LGM_IGU);
	assert_int_equal(choice_at(CHOICE_contract, "trainee"), LGM_CONTRACTS - 1);
}

static void languages_are_known_to_the_market_by_the_same_codes(void **state)
{
	size_t n;
	(void)state;
	const struct choice *c = choices(CHOICE_language, &n);
	for (size_t i = 0; i < n; i++) {
		char code[4];
		const char *advice;
		if (!lg_language_code(code, c[i].code, strlen(c[i].code), &advice)) fail_msg("%s", c[i].code);
		assert_string_equal(code, c[i].code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_choice_has_a_code_of_its_own_and_words),
		cmocka_unit_test(codes_are_kept_for_ever),
		cmocka_unit_test(what_is_not_in_a_list_says_itself),
		cmocka_unit_test(levels_and_contracts_stand_in_the_order_of_the_engine),
		cmocka_unit_test(languages_are_known_to_the_market_by_the_same_codes),
	};
	return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
