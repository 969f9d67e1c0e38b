,
-- rows that say the same share one sentence: it is written once
texts AS (
    SELECT
        about, a, b, n, due_on, state, many_attempts,
        CASE about
            WHEN 'told_never' THEN
                'On ' || words(a) || ' you were told never to call again: no further contact, ever (R14).'
            WHEN 'ended' THEN
                CASE kind_of(n)
                    WHEN 'rejection' THEN 'They said no on '
                    WHEN 'offer' THEN 'They made you an offer on '
                    ELSE 'You withdrew on '
                END || words(a) || ': closed (R17).'
            WHEN 'by_status' THEN
                'Your sheet says ' || status_of(n) || ', without a date: closed (R17).'
            WHEN 'appointment' THEN
                'You have an interview on ' || words(a) || ': ask there when they decide (R11, R16).'
            WHEN 'ghosted' THEN 'Your sheet says no response: assume the answer is no (R6).'
            WHEN 'given_up' THEN
                n_words(n) || ', the last on ' || words(a)
                || CASE WHEN b > a THEN ', a decision promised by ' || words(b) ELSE '' END
                || ', and no answer by ' || words(b + 7) || ': assume the answer is no ('
                || CASE WHEN b > a THEN 'R1, ' ELSE '' END || 'R5, R6, R8).'
            WHEN 'given_up_away' THEN
                n_words(n) || ', the last on ' || words(a) || ', nobody there until ' || words(b)
                || ', and no answer by ' || words(b + 7)
                || ': assume the answer is no (R5, R6, R8, R15).'
            WHEN 'last_sent' THEN
                n_words(n) || ', the last on ' || words(a) || ': no further one.'
                || CASE WHEN b > a THEN ' They said ' || words(b) || '.' ELSE '' END
                || ' With no answer by ' || words(b + 7) || ', assume the answer is no ('
                || CASE WHEN b > a THEN 'R1, ' ELSE '' END || 'R5, R6, R8).'
            WHEN 'last_sent_away' THEN
                n_words(n) || ', the last on ' || words(a) || ': no further one. They are away until '
                || words(b) || '. With no answer by ' || words(b + 7)
                || ', assume the answer is no (R5, R6, R8, R15).'
            WHEN 'absence' THEN
                'They are away until ' || words(a) || '; the next day you may call is ' || words(due_on)
                || moved(a + 1) || ' (R15' || rule(a + 1) || ').'
            WHEN 'attempt' THEN
                'Nobody answered your call on ' || words(a)
                || ' and you left no message; try again on ' || words(due_on) || moved(a + 1)
                || '; still message ' || (n + 1) || ' of 2 (R7' || rule(a + 1) || ').'
            WHEN 'promise' THEN
                'They said ' || words(a) || '; the next day you may call is ' || words(due_on)
                || moved(a + 1) || ' (R1' || rule(a + 1) || ').'
            WHEN 'no_promise' THEN
                CASE kind_of(n)
                    WHEN 'interview' THEN 'You met on ' || words(a) || ' and they named no date'
                    WHEN 'reply' THEN
                        'They answered on ' || words(a) || ' and there is no date to wait for'
                    ELSE 'You spoke on ' || words(a) || ' and there is no date to wait for'
                END || '; call a week later, on ' || words(due_on) || moved(a + 7) || ' (R2'
                || CASE WHEN kind_of(n) = 'interview' THEN '' ELSE ', R16' END
                || rule(a + 7) || ').'
            WHEN 'both' THEN
                'Your last message was on ' || words(a) || ', and they said ' || words(b)
                || '; the next day you may call is ' || words(due_on) || moved(b + 1)
                || '; message ' || (n + 1) || ' of 2 (R1, R8' || rule(b + 1) || ').'
            WHEN 'message' THEN
                'Your last message was on ' || words(a)
                || ' and nobody answered; call a week later, on ' || words(due_on)
                || moved(a + 7) || '; message ' || (n + 1) || ' of 2 (R5, R8'
                || rule(a + 7) || ').'
        END
        || CASE WHEN many_attempts
            THEN ' Three calls or more went unanswered: leave a message this time, or write.' ELSE '' END
        || CASE WHEN state = 'overdue'::state
            THEN ' It is ' || ($as_of - due_on) || CASE $as_of - due_on WHEN 1 THEN ' day' ELSE ' days' END
                || ' overdue.'
            ELSE '' END
        || CASE WHEN state IN ('due'::state, 'overdue'::state) AND allowed($as_of) <> $as_of
            THEN ' Not today: call on ' || words(allowed($as_of)) || '.' ELSE '' END AS reason
    FROM (SELECT DISTINCT about, a, b, n, due_on, state, many_attempts FROM cases)
)
