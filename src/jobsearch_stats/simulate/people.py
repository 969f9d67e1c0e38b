"""Invented companies and people, on whole arrays. Nobody here exists."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pandas as pd

from .model import SearchModel

Codes = npt.NDArray[np.int64]

CONTACT_ROLES = ("hiring_manager", "hr", "interviewer", "")
_ROLE_SHARES = (0.45, 0.25, 0.2, 0.1)


@lru_cache(maxsize=1)
def invented_names() -> dict[str, list[str]]:
    """Return the lists that names are put together from."""
    text = files(__package__).joinpath("invented_names.json").read_text(encoding="utf-8")
    return json.loads(text)


@lru_cache(maxsize=1)
def _companies() -> pd.DataFrame:
    """Return every company that can be made up: 8000, each with a contact and a number."""
    names = invented_names()
    begin, middle, end = (names[f"company_{part}"] for part in ("beginnings", "middles", "ends"))
    short = np.array([b + m for b in begin for m in middle for _ in end], dtype=object)
    code = np.arange(len(short))
    first = np.array(names["first_names"], dtype=object)[(code * 7) % 40]
    last = np.array(names["last_names"], dtype=object)[(code * 11 + code // 40) % 40]
    area = np.array(names["area_codes"])[code // 100]
    mail = [f"{f}.{s}@{c}.example.com".lower() for f, s, c in zip(first, last, short, strict=True)]
    return pd.DataFrame(
        {
            "company": short + " " + np.array(end * (len(short) // len(end)), dtype=object),
            "contact": first + " " + last,
            "phone": [f"({a}) 555-01{n:02d}" for a, n in zip(area, code % 100, strict=True)],
            "email": mail,
        }
    )


def draw_people(rng: np.random.Generator, n: int, model: SearchModel) -> pd.DataFrame:
    """Return `company, role, location, contact, contact_role, phone, email` of n applications.

    As long as there are fewer applications than companies, each company comes once, so that no
    two share a number by chance.
    """
    companies, names = _companies(), invented_names()
    many = len(companies)
    code: Codes = rng.permutation(many)[:n] if n <= many else rng.integers(0, many, n)
    people = companies.iloc[code].reset_index(drop=True)
    people["role"] = _any_of(rng, names["roles"], n)
    people["location"] = _any_of(rng, names["locations"], n)
    roles = np.array(CONTACT_ROLES, dtype=object)
    people["contact_role"] = roles[rng.choice(len(roles), n, p=_ROLE_SHARES)]
    for column, chance in (
        ("contact", model.contact_logged),
        ("phone", model.phone_logged),
        ("email", model.email_logged),
    ):
        people.loc[rng.random(n) >= chance, column] = None
    people.loc[people["contact"].isna(), "contact_role"] = None
    return people


def _any_of(rng: np.random.Generator, words: list[str], n: int) -> npt.NDArray[np.object_]:
    return np.array(words, dtype=object)[rng.integers(0, len(words), n)]
