"""Thank-you notes and the answer to a rejection (rules R12 and R13)."""

from __future__ import annotations

from .errors import SettingError
from .schema import as_day
from .wording import as_me, dated, is_blank, letter, meeting_word, names, one_line, when_or_blank

MEND_LINE = (
    '[If something went badly, put it right in one line here: "You asked me about ... '
    'A better answer is ..." Else leave this out.]'
)


def thank_you_note(
    *,
    on: object,
    contact: object = None,
    met_on: object = None,
    met_by: object = None,
    mend: str | None = None,
    method: str = "letter",
    me: object = None,
) -> str:
    """Return a thank-you note, with room for a line that puts right what went badly.

    Parameters
    ----------
    on, contact, met_on, met_by, me
        As in :func:`voicemail_script`.
    mend
        The line itself. None leaves a bracket to fill in, "" leaves the line out.
    method
        "letter", or "email": with a subject line, and "yesterday" in place of the date, which a
        letter needs as it is read days later.

    Returns
    -------
    str
        The note, with your name and number below it.

    Raises
    ------
    SettingError
        If an argument cannot be used, or the meeting is after `on`.

    References
    ----------
    R12.

    Examples
    --------
    >>> note = thank_you_note(on="2026-03-04", met_on="2026-03-03", mend="")
    >>> "your time on Tuesday 3 March" in note
    True
    """
    by_email = _written(method)
    when = when_or_blank(met_on, on, "met_on")
    if when and not by_email:
        when = f"on {dated(as_day(met_on, name='met_on'))}"
    meeting = meeting_word(met_by)
    thanks = f"Thank you for your time{' ' if when else ''}{when}. I enjoyed our {meeting}."
    line = MEND_LINE if mend is None else one_line(mend)
    close = "It was good to learn more about your work, and I hope that we speak again soon."
    paragraphs = [part for part in (thanks, line, close) if part]
    return letter(as_me(me), names(contact), paragraphs, subject="Thank you" if by_email else "")


def thank_you_call(
    *,
    on: object,
    contact: object = None,
    met_on: object = None,
    met_by: object = None,
    me: object = None,
) -> str:
    """Return a thank-you to be spoken, for when a letter would come too late; it asks nothing.

    Parameters
    ----------
    on, contact, met_on, met_by, me
        As in :func:`voicemail_script`.

    Returns
    -------
    str
        One paragraph, good for the person and for their voicemail.

    Raises
    ------
    SettingError
        If an argument cannot be used, or the meeting is after `on`.

    References
    ----------
    R12.

    Examples
    --------
    >>> "thank you for your time yesterday" in thank_you_call(on="2026-03-04", met_on="2026-03-03")
    True
    """
    you, who, when = as_me(me), names(contact), when_or_blank(met_on, on, "met_on")
    meeting = meeting_word(met_by)
    return (
        f"Hello{', ' if who else ''}{who}. This is {you.name}, on {you.phone}. I only wanted to "
        f"thank you for your time{' ' if when else ''}{when}. I enjoyed our {meeting}. "
        f"There is no need to call back; should you wish to, I am on {you.phone}. Have a good day."
    )


def courtesy_card(
    *,
    contact: object = None,
    met_on: object = None,
    method: str = "letter",
    me: object = None,
) -> str:
    """Return an answer to a rejection: gracious, without argument, the door left open.

    Parameters
    ----------
    contact, me
        As in :func:`voicemail_script`.
    met_on
        The day on which you met; only whether you did matters here.
    method
        "letter", or "email": with a subject line.

    Returns
    -------
    str
        The card, with your name and number below it.

    Raises
    ------
    SettingError
        If an argument cannot be used.

    References
    ----------
    R13.

    Examples
    --------
    >>> courtesy_card(contact="Jana Novak").splitlines()[0]
    'Dear Jana Novak,'
    """
    body = (
        "Thank you for letting me know, and for the time you gave me. "
        + ("It was a pleasure to meet you. " if not is_blank(met_on) else "")
        + "Should things change one day, I would be glad to hear from you. I wish you and your "
        "colleagues all the best."
    )
    subject = "Thank you" if _written(method) else ""
    return letter(as_me(me), names(contact), [body], subject=subject)


def _written(method: object) -> bool:
    """Whether it goes by e-mail, and not by letter."""
    if method not in ("letter", "email"):
        raise SettingError(
            f'method={method!r} must be "letter" or "email".', name="method", value=method
        )
    return method == "email"
