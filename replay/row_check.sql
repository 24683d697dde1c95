-- hash_petition_facts --
-- Every row of the facts, by petition.
SELECT
    petition_id::text COLLATE "C" AS place,
    md5(ROW(petition_facts.*)::text) AS hash
FROM petition_facts
ORDER BY
    place,
    hash

-- hash_petition_step --
-- Every step, by petition, instant and unit.
SELECT
    concat_ws(' | ', petition_id, at, unit) COLLATE "C" AS place,
    md5(ROW(petition_step.*)::text) AS hash
FROM petition_step
ORDER BY
    place,
    hash

-- hash_rate --
-- Every row of the roll-ups.
SELECT
    concat_ws(' | ', grouping, key, subkey, day) COLLATE "C" AS place,
    md5(ROW(rate.*)::text) AS hash
FROM rate
ORDER BY
    place,
    hash

-- hash_worklist --
-- Every task, by unit and petition.
SELECT
    concat_ws(' | ', unit, petition_id, task) COLLATE "C" AS place,
    md5(ROW(worklist.*)::text) AS hash
FROM worklist
ORDER BY
    place,
    hash

-- hash_deadline_board --
-- Every clock, by petition, kind and unit.
SELECT
    concat_ws(' | ', petition_id, clock, unit) COLLATE "C" AS place,
    md5(ROW(deadline_board.*)::text) AS hash
FROM deadline_board
ORDER BY
    place,
    hash

-- hash_promise --
-- Every promise made for a petition.
SELECT
    concat_ws(' | ', petition_id, cycle, kind, promise) COLLATE "C" AS place,
    md5(ROW(promise.*)::text) AS hash
FROM promise
ORDER BY
    place,
    hash

-- hash_backlog --
-- Every stay on the backlog list.
SELECT
    concat_ws(' | ', petition_id, stay) COLLATE "C" AS place,
    md5(ROW(backlog.*)::text) AS hash
FROM backlog
ORDER BY
    place,
    hash

-- hash_backlog_term --
-- Every promise and review of the stays.
SELECT
    concat_ws(' | ', petition_id, stay, term) COLLATE "C" AS place,
    md5(ROW(backlog_term.*)::text) AS hash
FROM backlog_term
ORDER BY
    place,
    hash

-- hash_upward_report --
-- Every delay and what followed it.
SELECT
    concat_ws(' | ', petition_id, cycle, duty) COLLATE "C" AS place,
    md5(ROW(upward_report.*)::text) AS hash
FROM upward_report
ORDER BY
    place,
    hash

-- hash_confidential_petition --
-- Every petition that is hidden from a unit.
SELECT
    petition_id::text COLLATE "C" AS place,
    md5(ROW(confidential_petition.*)::text) AS hash
FROM confidential_petition
ORDER BY
    place,
    hash

-- hash_public_list --
-- Every petition whose reply is public.
SELECT
    petition_id::text COLLATE "C" AS place,
    md5(ROW(public_list.*)::text) AS hash
FROM public_list
ORDER BY
    place,
    hash

-- hash_unit --
-- Every unit of the roster.
SELECT
    unit COLLATE "C" AS place,
    md5(ROW(unit.*)::text) AS hash
FROM unit
ORDER BY
    place,
    hash

-- hash_policy --
-- Every published policy.
SELECT
    policy_id::text COLLATE "C" AS place,
    md5(ROW(policy.*)::text) AS hash
FROM policy
ORDER BY
    place,
    hash

-- hash_subscription --
-- Every subscription.
SELECT
    subscription_id::text COLLATE "C" AS place,
    md5(ROW(subscription.*)::text) AS hash
FROM subscription
ORDER BY
    place,
    hash

-- hash_policy_inbox --
-- Every policy in a workspace.
SELECT
    concat_ws(' | ', subscriber, policy_id) COLLATE "C" AS place,
    md5(ROW(policy_inbox.*)::text) AS hash
FROM policy_inbox
ORDER BY
    place,
    hash

-- hash_outbox --
-- Every message.
SELECT
    message_id::text COLLATE "C" AS place,
    md5(ROW(outbox.*)::text) AS hash
FROM outbox
ORDER BY
    place,
    hash

-- hash_activity_count --
-- What was done, by act, key and day.
SELECT
    concat_ws(' | ', topic, key, day) COLLATE "C" AS place,
    md5(ROW(activity_count.*)::text) AS hash
FROM activity_count
ORDER BY
    place,
    hash

-- hash_activity_enterprise --
-- What was done, by act, enterprise and day.
SELECT
    concat_ws(' | ', topic, enterprise, day) COLLATE "C" AS place,
    md5(ROW(activity_enterprise.*)::text) AS hash
FROM activity_enterprise
ORDER BY
    place,
    hash

-- hash_attendance_duty --
-- Who must attend sessions, by day.
SELECT
    concat_ws(' | ', effective_on, unit) COLLATE "C" AS place,
    md5(ROW(attendance_duty.*)::text) AS hash
FROM attendance_duty
ORDER BY
    place,
    hash

-- hash_session_board --
-- Every session.
SELECT
    session_id::text COLLATE "C" AS place,
    md5(ROW(session_board.*)::text) AS hash
FROM session_board
ORDER BY
    place,
    hash

-- hash_session_attendance --
-- Every attendance, by session and person.
SELECT
    concat_ws(' | ', session_id, person_id) COLLATE "C" AS place,
    md5(ROW(session_attendance.*)::text) AS hash
FROM session_attendance
ORDER BY
    place,
    hash

-- hash_session_petition --
-- Petitions raised, by session.
SELECT
    concat_ws(' | ', session_id, petition_id) COLLATE "C" AS place,
    md5(ROW(session_petition.*)::text) AS hash
FROM session_petition
ORDER BY
    place,
    hash

-- hash_session_commitment --
-- Commitments, by session and number.
SELECT
    concat_ws(' | ', session_id, number) COLLATE "C" AS place,
    md5(ROW(session_commitment.*)::text) AS hash
FROM session_commitment
ORDER BY
    place,
    hash

-- hash_supervision_ledger --
-- Every supervision order.
SELECT
    order_id::text COLLATE "C" AS place,
    md5(ROW(supervision_ledger.*)::text) AS hash
FROM supervision_ledger
ORDER BY
    place,
    hash

-- hash_supervision_petition --
-- What orders are about.
SELECT
    concat_ws(' | ', order_id, petition_id) COLLATE "C" AS place,
    md5(ROW(supervision_petition.*)::text) AS hash
FROM supervision_petition
ORDER BY
    place,
    hash

-- hash_assessment_appeal --
-- Every appeal of a score.
SELECT
    appeal_id::text COLLATE "C" AS place,
    md5(ROW(assessment_appeal.*)::text) AS hash
FROM assessment_appeal
ORDER BY
    place,
    hash

-- hash_enterprise_profile --
-- Every enterprise, by code.
SELECT
    credit_code COLLATE "C" AS place,
    md5(ROW(enterprise_profile.*)::text) AS hash
FROM enterprise_profile
ORDER BY
    place,
    hash

-- hash_enterprise_group --
-- Memberships of direct groups.
SELECT
    concat_ws(' | ', group_code, credit_code, joined_at) COLLATE "C" AS place,
    md5(ROW(enterprise_group.*)::text) AS hash
FROM enterprise_group
ORDER BY
    place,
    hash

-- hash_scope_declaration --
-- Every scope whose intake was declared.
SELECT
    scope_id::text COLLATE "C" AS place,
    md5(ROW(scope_declaration.*)::text) AS hash
FROM scope_declaration
ORDER BY
    place,
    hash

-- hash_metric_definition --
-- Every metric that the ledger defined.
SELECT
    metric_id::text COLLATE "C" AS place,
    md5(ROW(metric_definition.*)::text) AS hash
FROM metric_definition
ORDER BY
    place,
    hash
