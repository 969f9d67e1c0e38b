"""Call-back timing strategies: frozen values, each with its source.

A strategy is data, not code. Make your own with :func:`dataclasses.replace`::

    import dataclasses
    import jobsearch_stats as js

    mine = dataclasses.replace(js.DAY_AFTER, name="MINE", avoid=(), country="DE-BY")
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .errors import SettingError, UnknownNameError

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FAR_PROMISE_DAYS = 14
"""`method="phone_or_email"` writes where the promise is at least this many days off (readers)."""

MOST_DAYS = 3650
"""No setting counts more days than these ten years."""

_ROLLS = ("forward", "backward")
_METHODS = ("phone", "email", "phone_or_email")


@dataclass(frozen=True)
class Strategy:
    """When and how to follow up after an interview.

    Parameters
    ----------
    name
        What tables and sentences call it.
    days_after_promise
        Calendar days from the promised date to the follow-up (R1). Negative or zero, with
        ``roll="backward"``: before the decision, in a window that ends on the promised date.
    days_without_promise
        Calendar days from the interview where no date was named (R2).
    roll
        Where a day goes that is not allowed: ``"forward"`` or ``"backward"`` (R3).
    max_messages
        Messages before you assume the answer is no (R5). 0: never follow up.
    days_between_messages
        Calendar days between two messages (R8).
    avoid
        Weekdays on which nobody is called, by name ("Monday") or number (0 is Monday) (R3).
    weekend
        The days of rest, in the same way (R4).
    country
        ISO code, with a subdivision where wanted ("US", "DE-BY"): public holidays are not
        allowed either. None: holidays are not looked at, unless the log names a country (R4).
    first_workday_is_monday
        The first workday after a long weekend is avoided, as a Monday is (R4).
    grace_days
        Allowed days after the due day that still count as following the strategy, when
        strategies are compared.
    method
        ``"phone"``, ``"email"``, or ``"phone_or_email"``: e-mail where the promise is 14 or more
        days off, or where the application's ``contact_by`` says e-mail. By phone, a row of
        which only an e-mail address is known is written to.
    give_up_days
        Calendar days of silence after the last message before it counts as abandoned (R6, R8).
    thank_you_first
        The thank-you note stands before the day's calls.
    source
        Where the strategy comes from.

    Raises
    ------
    SettingError
        If a field has a value that it cannot have, or no day of the week is left.

    Examples
    --------
    >>> import dataclasses
    >>> dataclasses.replace(DAY_AFTER, name="MINE", avoid=[]).avoid
    ()
    """

    name: str
    days_after_promise: int = 1
    days_without_promise: int = 7
    roll: Literal["forward", "backward"] = "forward"
    max_messages: int = 2
    days_between_messages: int = 7
    avoid: tuple[str, ...] = ("Monday",)
    weekend: tuple[str, ...] = ("Saturday", "Sunday")
    country: str | None = None
    first_workday_is_monday: bool = False
    grace_days: int = 2
    method: Literal["phone", "email", "phone_or_email"] = "phone"
    give_up_days: int = 7
    thank_you_first: bool = False
    source: str = "your own"

    def __post_init__(self) -> None:
        for field in ("avoid", "weekend"):
            object.__setattr__(self, field, _weekdays(getattr(self, field), field))
        if set(self.avoid) | set(self.weekend) == set(WEEKDAYS):
            raise SettingError(
                f"strategy {self.name!r}: avoid={self.avoid} and weekend={self.weekend} leave no "
                "day of the week on which to follow up. Take one out.",
                name="avoid",
                value=self.avoid,
            )
        for field, least in (
            ("days_without_promise", 1),
            ("max_messages", 0),
            ("days_between_messages", 1),
            ("grace_days", 0),
            ("give_up_days", 1),
        ):
            _whole_number(self, field, least)
        _whole_number(self, "days_after_promise", -MOST_DAYS)
        if not isinstance(self.country, str | None):
            raise SettingError(
                f"strategy {self.name!r}: country={self.country!r} must be an ISO code such as "
                "'US' or 'DE-BY', or None.",
                name="country",
                value=self.country,
            )
        _one_of(self, "roll", _ROLLS)
        _one_of(self, "method", _METHODS)
        if (self.days_after_promise <= 0) != (self.roll == "backward"):
            raise SettingError(
                f"strategy {self.name!r}: days_after_promise={self.days_after_promise} does not go "
                f'with roll={self.roll!r}. Before the decision needs roll="backward" and 0 or '
                'less, after it roll="forward" and 1 or more.',
                name="days_after_promise",
                value=self.days_after_promise,
            )

    @property
    def before_decision(self) -> bool:
        """Whether the first follow-up comes before the promised date."""
        return self.roll == "backward"


def _weekdays(value: object, field: str) -> tuple[str, ...]:
    several = isinstance(value, Iterable) and not isinstance(value, str)
    names = {_weekday(day, field) for day in (value if several else (value,))}  # type: ignore[attr-defined]
    return tuple(name for name in WEEKDAYS if name in names)


def _weekday(day: object, field: str) -> str:
    if isinstance(day, int) and not isinstance(day, bool) and 0 <= day <= 6:
        return WEEKDAYS[day]
    text = day.strip().casefold() if isinstance(day, str) else ""
    for name in WEEKDAYS:
        if len(text) >= len("Mon") and name.casefold().startswith(text):
            return name
    raise SettingError(
        f"{field} has {day!r}, which is no weekday. Use a list of names such as 'Monday', or of "
        "0 for Monday to 6 for Sunday; () for none.",
        name=field,
        value=day,
    )


def _whole_number(strategy: Strategy, field: str, least: int) -> None:
    value = getattr(strategy, field)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= MOST_DAYS:
        raise SettingError(
            f"strategy {strategy.name!r}: {field}={value!r} must be a whole number from {least} "
            f"to {MOST_DAYS}.",
            name=field,
            value=value,
        )


def _one_of(strategy: Strategy, field: str, allowed: tuple[str, ...]) -> None:
    value = getattr(strategy, field)
    if value not in allowed:
        raise SettingError(
            f"strategy {strategy.name!r}: {field}={value!r} must be one of {', '.join(allowed)}.",
            name=field,
            value=value,
        )


DAY_AFTER = Strategy(name="DAY_AFTER", source="article")

BEFORE_DECISION = Strategy(
    name="BEFORE_DECISION", days_after_promise=-1, roll="backward", source="reader's variant"
)

THANK_YOU_FIRST = Strategy(name="THANK_YOU_FIRST", thank_you_first=True, source="reader's variant")

EMAIL_INSTEAD = Strategy(name="EMAIL_INSTEAD", method="phone_or_email", source="readers' variant")

NO_FOLLOW_UP = Strategy(
    name="NO_FOLLOW_UP", max_messages=0, source="this project's, to compare with"
)

STRATEGIES: dict[str, Strategy] = {
    s.name: s for s in (DAY_AFTER, BEFORE_DECISION, THANK_YOU_FIRST, EMAIL_INSTEAD, NO_FOLLOW_UP)
}


def strategy_named(name: str) -> Strategy:
    """Return the strategy of that name, in any case, with - or _ or a space.

    Raises
    ------
    UnknownNameError
        If there is none; the message lists the names.

    Examples
    --------
    >>> strategy_named("day-after").source
    'article'
    """
    key = name.strip().upper().replace("-", "_").replace(" ", "_")
    if key not in STRATEGIES:
        raise UnknownNameError(
            f"there is no strategy {name!r}; there are {', '.join(STRATEGIES)}.",
            name=name,
            known=STRATEGIES,
        )
    return STRATEGIES[key]
