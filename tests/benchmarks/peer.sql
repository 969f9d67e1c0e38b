-- The default rules (strategy DAY_AFTER, stage "interview", no country, no addresses) in DuckDB's
-- SQL: one aggregation over all events, a second one over those that need the first one's results.
-- `moment` orders the events of one application: by day, then kind, then outcome of a follow-up.
WITH happened AS MATERIALIZED (
    SELECT
        application,
        date,
        decide_by,
        until,
        kind,
        outcome,
        date <= $as_of AS past,
        kind = 'interview'::kind AS is_interview,
        kind = 'follow_up'::kind AS is_follow_up,
        kind IN ('interview'::kind, 'reply'::kind)
            OR (kind = 'follow_up'::kind AND outcome = 'spoke'::outcome) AS starts,
        kind IN ('rejection'::kind, 'offer'::kind, 'withdrawn'::kind) AS is_ending,
        (date - DATE '1970-01-01')::INTEGER * 128 + enum_code(kind) * 8 + CASE
            WHEN kind = 'follow_up'::kind AND outcome <= 'spoke'::outcome THEN enum_code(outcome)
            ELSE 1
        END::INTEGER AS moment
    FROM events
    WHERE kind NOT IN ('applied'::kind, 'thank_you'::kind, 'acknowledgement'::kind)
),
known AS (
    SELECT
        application,
        max(moment) FILTER (past AND is_interview) AS interview,
        max(moment) FILTER (past AND starts) AS clock,
        min(date) FILTER (NOT past AND is_interview) AS next_interview_on,
        max(moment) FILTER (past AND is_ending) AS ended,
        bool_or(is_ending) AS ever_ended,
        max(date) FILTER (past AND kind = 'do_not_contact'::kind) AS told_never_on,
        max(until) FILTER (past AND kind = 'out_of_office'::kind) AS away_until
    FROM happened
    GROUP BY application
    HAVING interview IS NOT NULL OR next_interview_on IS NOT NULL
),
judged AS (
    SELECT
        application,
        date,
        is_follow_up AND moment > clock AND outcome IS DISTINCT FROM 'no_answer'::outcome
            AS is_message,
        is_follow_up AND moment > clock AND outcome IS NOT DISTINCT FROM 'no_answer'::outcome
            AS is_attempt,
        -- what they named since the latest interview; of two at one moment, the later date counts
        CASE
            WHEN decide_by >= date
                AND (starts OR (is_follow_up AND outcome = 'message_taken'::outcome))
                AND (
                    interview IS NULL OR moment >= interview
                    OR (is_interview AND moment // 128 = interview // 128)
                )
            THEN (moment::BIGINT << 24) + (decide_by - DATE '1970-01-01')
        END AS promise
    FROM happened
    JOIN known USING (application)
    WHERE past AND (is_follow_up OR decide_by IS NOT NULL)
),
since AS (
    SELECT
        application,
        len(list_distinct(list(date) FILTER (is_message))) AS n_messages,
        max(date) FILTER (is_message) AS last_message_on,
        count(*) FILTER (is_attempt) AS n_attempts,
        max(date) FILTER (is_attempt) AS last_attempt_on,
        max(promise) AS promise
    FROM judged
    WHERE is_message OR is_attempt OR promise IS NOT NULL
    GROUP BY application
),
facts AS (
    SELECT
        known.*,
        status_kind,
        DATE '1970-01-01' + clock // 128 AS clock_on,
        DATE '1970-01-01' + (promise & 16777215)::INTEGER AS named,
        CASE WHEN named >= clock_on THEN named END AS decide_by,
        coalesce(n_messages, 0)::INTEGER AS n_messages,
        coalesce(n_attempts, 0)::INTEGER AS n_attempts,
        last_message_on,
        last_attempt_on,
        CASE
            WHEN next_interview_on IS NULL AND ended > coalesce(interview, -1) THEN ended
        END AS ending,
        coalesce(
            status_kind IN ('offer', 'rejected', 'withdrawn') AND NOT ever_ended, false
        ) AS ended_by_status,
        coalesce(status_kind = 'ghosted', false) AS ghosted
    FROM known
    JOIN applications USING (application)
    LEFT JOIN since USING (application)
),
counted AS (
    SELECT
        *,
        CASE n_messages
            WHEN 0 THEN coalesce(decide_by + 1, clock_on + 7)
            WHEN 1 THEN greatest(last_message_on + 7, decide_by + 1)
        END AS counted_on,
        allowed(counted_on) AS first_on,
        CASE
            WHEN n_messages >= 2 THEN greatest(last_message_on, decide_by, away_until) + 7
        END AS given_up_on,
        coalesce(away_until > last_message_on, false)
            AND coalesce(away_until > decide_by, decide_by IS NULL) AS away,
        coalesce(allowed(last_attempt_on + 1) > first_on, false) AS by_attempt,
        greatest(first_on, allowed(last_attempt_on + 1)) AS after_attempt,
        coalesce(allowed(away_until + 1) > after_attempt, false) AS by_absence,
        CASE
            WHEN counted_on IS NOT NULL THEN greatest(after_attempt, allowed(away_until + 1))
        END AS earliest
    FROM facts
),
stands AS (
    SELECT
        *,
        CASE
            WHEN told_never_on IS NOT NULL OR ending IS NOT NULL OR ended_by_status THEN 'closed'
            WHEN next_interview_on IS NOT NULL THEN 'waiting'
            WHEN ghosted OR given_up_on <= $as_of THEN 'abandoned'
            WHEN given_up_on IS NOT NULL OR earliest IS NULL OR $as_of < earliest THEN 'waiting'
            WHEN $as_of = earliest THEN 'due'
            ELSE 'overdue'
        END::state AS state,
        CASE
            WHEN next_interview_on IS NULL AND state NOT IN ('closed'::state, 'abandoned'::state)
            THEN earliest
        END AS due_on
    FROM counted
),
cases AS (
    SELECT
        *,
        -- what the sentence is about: a state that needs no due day, or what made the due day
        CASE
            WHEN state = 'closed'::state AND told_never_on IS NOT NULL THEN 'told_never'
            WHEN state = 'closed'::state AND ending IS NOT NULL THEN 'ended'
            WHEN state = 'closed'::state THEN 'by_status'
            WHEN next_interview_on IS NOT NULL THEN 'appointment'
            WHEN state = 'abandoned'::state AND ghosted THEN 'ghosted'
            WHEN state = 'abandoned'::state AND away THEN 'given_up_away'
            WHEN state = 'abandoned'::state THEN 'given_up'
            WHEN given_up_on IS NOT NULL AND away THEN 'last_sent_away'
            WHEN given_up_on IS NOT NULL THEN 'last_sent'
            WHEN by_absence THEN 'absence'
            WHEN by_attempt THEN 'attempt'
            WHEN n_messages = 0 AND decide_by IS NOT NULL THEN 'promise'
            WHEN n_messages = 0 THEN 'no_promise'
            WHEN decide_by + 1 > last_message_on + 7 THEN 'both'
            ELSE 'message'
        END AS about,
        CASE about
            WHEN 'told_never' THEN told_never_on
            WHEN 'ended' THEN DATE '1970-01-01' + ending // 128
            WHEN 'appointment' THEN next_interview_on
            WHEN 'absence' THEN away_until
            WHEN 'attempt' THEN last_attempt_on
            WHEN 'promise' THEN decide_by
            WHEN 'no_promise' THEN clock_on
            WHEN 'ghosted' THEN NULL
            WHEN 'by_status' THEN NULL
            ELSE last_message_on
        END AS a,
        CASE about
            WHEN 'both' THEN decide_by
            WHEN 'given_up' THEN given_up_on - 7
            WHEN 'given_up_away' THEN given_up_on - 7
            WHEN 'last_sent' THEN given_up_on - 7
            WHEN 'last_sent_away' THEN given_up_on - 7
        END AS b,
        CASE about
            WHEN 'ended' THEN ending // 8 % 16
            WHEN 'by_status' THEN enum_code(status_kind)
            WHEN 'no_promise' THEN clock // 8 % 16
            ELSE n_messages
        END::INTEGER AS n,
        about IN ('absence', 'attempt', 'promise', 'no_promise', 'both', 'message')
            AND n_attempts >= 3 AS many_attempts
    FROM stands
)@texts
SELECT
    application,
    cases.state,
    clock_on,
    decide_by,
    n_messages,
    n_attempts,
    last_message_on,
    cases.due_on,
    cases.due_on AS due_until,
    CASE
        WHEN cases.state = 'waiting'::state THEN cases.due_on
        WHEN cases.due_on IS NOT NULL THEN allowed($as_of)
    END AS call_on,
    CASE
        WHEN cases.state <> 'closed'::state AND next_interview_on IS NULL THEN given_up_on
    END AS abandon_on,
    next_interview_on,
    CASE WHEN cases.state = 'overdue'::state THEN $as_of - cases.due_on ELSE 0 END::INTEGER
        AS days_overdue@column
FROM cases
@join
