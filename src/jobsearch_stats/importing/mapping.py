"""The user's own reading of headers, checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..errors import SettingError
from .fields import FIELDS, LEFT_OUT, NUMBERED, split_number
from .headers import key_of


@dataclass(frozen=True)
class UserMapping:
    """Header to field and number; a blank field keeps the column as it is, unused."""

    fields: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    def get(self, header: str) -> tuple[str, int] | None:
        """Return field and number for a header, as written or but for case and punctuation."""
        if not self.fields:
            return None
        if header in self.fields:
            return self.fields[header]
        folded = key_of(header)
        return self._by_key.get(folded) if folded else None

    @cached_property
    def _by_key(self) -> dict[str, tuple[str, int]]:
        out: dict[str, tuple[str, int]] = {}
        for header, to in self.fields.items():
            out.setdefault(key_of(header), to)
        return out


def user_mapping(mapping: Mapping[str, str] | None) -> UserMapping:
    """Return the mapping with its fields checked.

    Raises
    ------
    SettingError
        If it names a field that there is not.
    """
    if mapping is None:
        return UserMapping()
    if not isinstance(mapping, Mapping):
        raise SettingError(
            f'mapping={mapping!r} is not a dict. Pass mapping={{"Their header": "field"}}.',
            name="mapping",
            value=mapping,
        )
    return UserMapping({str(h).strip(): _field(h, name) for h, name in mapping.items()})


def _field(header: str, name: str) -> tuple[str, int]:
    if name in ("", LEFT_OUT):
        return name, 0
    base, number = split_number(name) if isinstance(name, str) else (name, 0)
    if base not in FIELDS or (number and base not in NUMBERED):
        raise SettingError(
            f"mapping reads {header!r} as {name!r}, which is no field. The fields are "
            f"{', '.join(FIELDS)}; {', '.join(NUMBERED)} may have a number, as in interview_2. "
            f'"" keeps a column as it is, and "{LEFT_OUT}" leaves it out.',
            name="mapping",
            value=name,
        )
    return base, number
