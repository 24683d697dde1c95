"""Each decision of domain.md that settles an open point is held by tests, and these are they."""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]

HELD: dict[str, dict[str, tuple[str, ...]]] = {
    "1 leaf, version and position": {
        "unit/test_leaf.py": ("test_leaf_equals_its_golden_bytes_and_hash",),
        "integration/test_recorder.py": ("test_recorded_at_never_decreases_along_the_log",),
    },
    "2 a due is recorded, a breach is derived": {
        "unit/test_deadlines.py": ("test_start_deadline_records_rule_and_calendar",),
        "unit/test_verdicts.py": ("test_petition_past_its_due_without_a_reply_is_late",),
    },
    "3 clocks start at acceptance and dispatch; a reopened petition is open": {
        "unit/test_policy_pack.py": ("test_start_clocks_gives_the_deadlines_of_one_event",),
        "unit/test_verdicts.py": (
            "test_reopened_petition_is_open_in_every_rate_until_it_is_closed_again",
        ),
    },
    "4 occurred_at never decreases; history is changed by a correction alone": {
        "unit/test_bad_input.py": ("test_bad_input_is_refused_by_its_own_code",),
        "unit/test_random_commands.py": (
            "test_random_commands_are_judged_as_of_then_as_they_were_judged_then",
        ),
        "integration/test_figures.py": (
            "test_what_was_known_at_an_instant_is_a_prefix_of_the_log",
        ),
    },
    "5 one event in each stream, in one append": {
        "integration/test_several_petitions.py": (
            "test_command_reaches_every_petition_it_names_and_those_it_begins",
            "test_command_that_names_an_unknown_petition_changes_none",
        ),
    },
    "6 civil days are the ledger's": {
        "unit/test_deadlines.py": ("test_due_at_takes_the_day_of_the_ledgers_zone",),
        "integration/test_rate_queries.py": (
            "test_read_counts_ends_the_day_at_the_ledgers_midnight",
        ),
    },
    "7 five days, half limits and extensions": {
        "unit/test_pack_numbers.py": ("test_langfang_goes_from_24_hours_to_48_to_5_days",),
        "unit/test_deadlines.py": ("test_half_limit_rounds_up_in_the_same_unit",),
        "unit/test_extensions.py": (
            "test_extension_is_refused_when_it_is_requested_at_or_after_the_due",
            "test_extension_is_refused_when_it_is_decided_late",
            "test_extension_moves_the_due_once_the_petitioner_knows",
        ),
    },
    "8 petitions count once, for whom they count": {
        "unit/test_verdicts.py": (
            "test_petition_counts_for_the_unit_that_answered",
            "test_petition_counts_for_the_lead_and_co_handlers_nowhere",
            "test_petition_counts_for_the_hub_until_it_is_dispatched",
        ),
        "unit/test_kin.py": ("test_heir_goes_on_with_what_a_merged_unit_was_ordered_to_do",),
    },
    "9 h is the last reply that was not returned": {
        "unit/test_verdicts.py": (
            "test_reply_returned_by_review_or_rework_does_not_stop_the_clock",
            "test_reply_is_on_time_up_to_the_due_itself",
        ),
    },
    "10 identities": {
        "unit/test_rates.py": (
            "test_identities_hold_for_sound_counts",
            "test_identities_name_the_broken_rule",
        ),
        "unit/test_verdicts.py": (
            "test_petition_withdrawn_after_the_reply_is_closed_once_verified",
        ),
    },
    "11 an incomplete intake has no rate": {
        "acceptance/test_demo_chaoyang.py": (
            "test_chaoyang_gives_no_rate_and_says_why",
            "test_another_incomplete_scope_behaves_alike",
        ),
    },
    "12 exact integers, rounded once": {
        "unit/test_rates.py": (
            "test_rate_prints_exact_percentage",
            "test_rate_never_reads_full_when_one_case_is_missing",
        ),
    },
    "13 variants of satisfaction": {
        "unit/test_rates.py": ("test_satisfaction_variants_differ_by_denominator",),
    },
    "14 the closed variant and rankings": {
        "acceptance/test_nyc311.py": ("test_rates_equal_the_published_ones",),
        "acceptance/test_nyc311_figures.py": (
            "test_every_figure_of_the_day_comes_out_of_a_command",
        ),
    },
    "15 the score": {
        "unit/test_scoring.py": (
            "test_wilson_reproduces_published_limits",
            "test_unit_score_never_lets_a_small_sample_lead",
            "test_unit_score_caps_penalties_and_stays_in_range",
            "test_unit_score_reweights_missing_components",
            "test_volume_group_follows_the_bounds",
        ),
    },
    "16 historical imports": {
        "unit/test_imported_cases.py": (
            "test_imported_case_goes_on_from_dispatched_to_closed",
            "test_imported_case_has_no_owner_to_withdraw_it",
        ),
        "unit/test_verdicts.py": ("test_imported_case_counts_without_acts_nobody_recorded",),
        "integration/test_importer.py": (
            "test_units_that_must_exist_are_found_by_code_or_name",
            "test_new_units_are_registered_under_stated_names",
        ),
    },
    "17 the own rating": {
        "unit/test_verdicts.py": ("test_satisfaction_is_the_callbacks_answer_then_the_own_rating",),
    },
    "18 splitting, joint petitioners, delegation, retention": {
        "unit/test_splitting.py": ("test_parts_count_and_the_whole_does_not",),
        "unit/test_joint_petitioners.py": (
            "test_each_answer_is_kept_and_the_contact_persons_counts",
        ),
        "unit/test_delegations.py": ("test_deputy_acts_as_the_head_within_the_period_alone",),
        "unit/test_archiving.py": ("test_file_is_disposed_of_after_its_last_day_by_two_persons",),
    },
}


@pytest.mark.parametrize("decision", HELD)
def test_decision_is_held_by_tests_that_exist(decision: str) -> None:
    """A test that is renamed or dropped is missed here."""
    for path, names in HELD[decision].items():
        tree = ast.parse((TESTS / path).read_text("utf-8"))
        there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert set(names) <= there, path


def test_every_decision_is_held() -> None:
    """All eighteen."""
    assert [int(name.partition(" ")[0]) for name in HELD] == list(range(1, 19))
