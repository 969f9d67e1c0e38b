"""The columns of the tables that are taken away: their headings, widths and what they mean."""

from __future__ import annotations

from typing import NamedTuple

TEXT, LONG, DAY, NUMBER, PHONE, ID, ANY = "text", "long", "day", "number", "phone", "id", "any"
"""What a column holds. An id or a number to dial is text, whatever it looks like."""


class Column(NamedTuple):
    """One column: its name in the frame, its heading, what it holds, how wide, what it means."""

    name: str
    heading: str
    holds: str
    width: int
    meaning: str


AGENDA = (
    Column("do_on", "Day", DAY, 11, "The day to do it on."),
    Column("to_do", "To do", TEXT, 15, "What to do."),
    Column("company", "Company", TEXT, 20, "The employer; several where one person answers."),
    Column("role", "Role", TEXT, 18, "The position."),
    Column("contact", "Contact", TEXT, 16, "Whom to call or to write to."),
    Column("phone", "Phone", PHONE, 16, "Their number, as it is in your log."),
    Column("email", "E-mail", TEXT, 25, "Their address."),
    Column("message_number", "Message", NUMBER, 9, "Which message it is: after two, none."),
    Column("reason", "Why", LONG, 44, "The rule and the dates behind it."),
    Column("script", "What to say", LONG, 60, "What to say or to write."),
)
CONTACTS = (
    Column("company", "Company", TEXT, 20, "The employer."),
    Column("role", "Role", TEXT, 18, "The position."),
    Column("state", "State", TEXT, 10, "Due, overdue, waiting, abandoned (let go) or closed."),
    Column("call_on", "Call on", DAY, 11, "The next day on which you may call or write."),
    Column("method", "How", TEXT, 10, "By telephone or by e-mail."),
    Column("contact", "Contact", TEXT, 16, "Whom to contact."),
    Column("phone", "Phone", PHONE, 16, "Their number, as it is in your log."),
    Column("email", "E-mail", TEXT, 25, "Their address."),
    Column("clock_on", "Waiting since", DAY, 11, "Your latest meeting, talk or answer."),
    Column("decide_by", "They decide by", DAY, 11, "The date that they named, if it still holds."),
    Column("n_messages", "Messages", NUMBER, 10, "Your messages since the waiting began."),
    Column("last_message_on", "Last message", DAY, 11, "The day of the latest of these."),
    Column("next_interview_on", "Next interview", DAY, 11, "An interview that is agreed."),
    Column("abandon_on", "Let go on", DAY, 11, "When silence counts as a no."),
    Column("reason", "Why", LONG, 50, "The rule and the dates behind the state."),
)
HISTORY = (
    Column("company", "Company", TEXT, 20, "The employer."),
    Column("role", "Role", TEXT, 18, "The position."),
    Column("date", "Date", DAY, 11, "The day on which it happened."),
    Column("hour", "Hour", NUMBER, 7, "The hour, 0 to 23, if it was noted."),
    Column("kind", "What happened", TEXT, 16, "Applied, interview, follow-up, reply and so on."),
    Column("method", "How", TEXT, 11, "By telephone, e-mail, letter and so on."),
    Column("outcome", "Outcome", TEXT, 13, "What came of a follow-up, or what a reply said."),
    Column("contact", "Contact", TEXT, 16, "With whom."),
    Column("phone", "Phone", PHONE, 16, "Their number, as it is in your log."),
    Column("email", "E-mail", TEXT, 25, "Their address."),
    Column("decide_by", "They decide by", DAY, 11, "The date that they named for a decision."),
    Column("until", "Away until", DAY, 11, "The last day on which the person is away."),
    Column("note", "Note", LONG, 40, "What you noted of it."),
    Column("source_row", "Row", NUMBER, 7, "The row of your file in which it stands."),
    Column("application_id", "Application ID", ID, 24, "As on the sheet of applications."),
)
WORK_SEARCH = (
    Column("week_starting", "Week starting", DAY, 11, "The first day of the week."),
    Column("number_in_week", "No. in week", NUMBER, 8, "Counts the activities of a week."),
    Column("date", "Date", DAY, 11, "The day of the activity."),
    Column("company", "Employer", TEXT, 22, "With which employer."),
    Column("activity", "What was done", TEXT, 24, "What was done."),
    Column("method", "How", TEXT, 11, "By telephone, e-mail, letter, online and so on."),
    Column("role", "Position", TEXT, 20, "For which position."),
    Column("contact", "Person contacted", TEXT, 17, "With whom, if it was noted."),
    Column("phone", "Phone", PHONE, 16, "The number that was noted for it."),
    Column("email", "E-mail", TEXT, 25, "The address that was noted for it."),
    Column("result", "Result so far", TEXT, 32, "What has come of it since."),
    Column("source", "Where found", TEXT, 16, "Where the vacancy was found."),
    Column("url", "Link", TEXT, 20, "The advertisement, as text."),
)
WEEKS = (
    Column("week_starting", "Week starting", DAY, 15, "The first day of the week."),
    Column("week_ending", "Week ending", DAY, 15, "Its last day."),
    Column("activities", "Activities", NUMBER, 12, "All of the week's activities."),
    Column("applications", "Applications", NUMBER, 14, "Applications sent."),
    Column("interviews", "Interviews", NUMBER, 12, "Interviews, each day once."),
    Column("thank_yous", "Thank-yous", NUMBER, 12, "Thank-you notes and calls."),
    Column("follow_ups", "Follow-ups", NUMBER, 12, "Calls and messages, calls unanswered too."),
    Column("employers", "Employers", NUMBER, 12, "Different employers among them."),
)
PROBLEMS = (
    Column("source_row", "Row", NUMBER, 8, "The row of your file, as a spreadsheet counts."),
    Column("column", "Column", TEXT, 20, "The column's header."),
    Column("value", "Value", TEXT, 30, "What stands there."),
    Column("problem", "Problem", LONG, 50, "What is wrong with it."),
    Column("what_was_done", "What was done", LONG, 40, "How it was dealt with."),
    Column("severity", "Severity", TEXT, 12, "Rejected (left out), blanked (not used) or noted."),
)
APPLICATIONS = (
    Column("application_id", "Application ID", ID, 24, "Its name in this package."),
    Column("company", "Company", TEXT, 20, "The employer."),
    Column("role", "Role", TEXT, 18, "The position."),
    Column("source", "Where found", TEXT, 16, "Where the vacancy was found."),
    Column("location", "Location", TEXT, 14, "Where it is."),
    Column("country", "Country", TEXT, 9, "Whose public holidays are heeded."),
    Column("url", "Link", TEXT, 20, "The advertisement, as text."),
    Column("status", "Status", TEXT, 14, "As it is in your file."),
    Column("status_kind", "Read as", TEXT, 11, "How the status was read."),
    Column("undated_interview", "Undated interview", TEXT, 10, "Whether one has no date."),
    Column("fit", "Fit", NUMBER, 6, "How well you fit, 1 to 5, by your own judgement."),
    Column("wanted", "Wanted", NUMBER, 8, "How much you want it, 1 to 5."),
    Column("contact_by", "Contact by", TEXT, 11, "How they are to be contacted."),
    Column("strengths", "Strengths", LONG, 32, "Why you are qualified."),
    Column("reason_to_call", "Reason to call", LONG, 24, "What you have to say that is new."),
    Column("planned_follow_up_on", "Planned", DAY, 11, "The follow-up that you planned."),
    Column("notes", "Notes", LONG, 40, "Your notes."),
)
ABOUT = (
    Column("sheet", "Sheet", TEXT, 22, ""),
    Column("column", "Column", TEXT, 22, ""),
    Column("meaning", "What it means", LONG, 90, ""),
)
