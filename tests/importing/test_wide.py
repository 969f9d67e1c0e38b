"""Tables of thousands of columns: no step goes through all columns for each of them."""

import io
from collections.abc import Iterator
from typing import Any

import pytest

from jobsearch_stats import ReadError, read_log, suggest_mapping
from jobsearch_stats.importing import columns as columns_module
from jobsearch_stats.importing.applications import _free
from jobsearch_stats.importing.plan import Plan, ReadAs
from jobsearch_stats.importing.problems import Problems
from jobsearch_stats.importing.several import only_one_each

N = 10_500


class Counted(tuple[ReadAs, ...]):
    """Columns that count how often somebody goes through them."""

    times = 0

    def __iter__(self) -> Iterator[ReadAs]:
        type(self).times += 1
        return super().__iter__()


def test_a_plan_goes_through_its_columns_once() -> None:
    columns = Counted([ReadAs("interview", 2), ReadAs("role"), *[ReadAs("interview", 1)] * 2])
    plan = Plan("sheet", columns)
    for _ in range(50):
        assert plan.of("interview") == [2, 3, 0]
        assert plan.of("company") == []
        assert plan.numbered("interview", 1) == [2, 3]
        assert plan.numbered("interview", 3) == []
    assert Counted.times == 1


def test_any_number_of_interviews_has_its_number() -> None:
    reads = [ReadAs("interview", 2), *[ReadAs("interview")] * N]
    found = Problems()
    out = only_one_each(reads, ["Interview"] * len(reads), "sheet", found, [()] * len(reads))
    assert [read.number for read in out] == [2, 1, *range(3, N + 2)]


def test_names_that_stand_often_are_not_counted_anew() -> None:
    class Asked(dict[str, int]):
        times = 0

        def __contains__(self, key: object) -> bool:
            self.times += 1
            return super().__contains__(key)

    taken = Asked(notes=1)
    names = [_free("notes", taken) for _ in range(500)]
    assert names == [f"notes ({n})" for n in range(2, 502)]
    assert taken.times < 5 * len(names)


def test_names_that_are_given_stay_free_of_each_other() -> None:
    taken: dict[str, int] = {}
    headers = ["a", "a", "a (2)", "a", "a (2)"]
    assert [_free(header, taken) for header in headers] == [
        "a",
        "a (2)",
        "a (2) (2)",
        "a (3)",
        "a (2) (3)",
    ]


@pytest.fixture
def wide() -> str:
    unknown = [f"Compnay{letter}{n}" for n in range(100) for letter in "abc"]
    header = ["Company", "Applied", "Intervew", *unknown]
    return f"{','.join(header)}\nAcme,2026-01-05{',' * (len(header) - 2)}\n"


def test_slips_are_sought_in_a_reasonable_number_of_headers(
    wide: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    near_header = columns_module.near_header

    def counting(header: str, wanted: Any) -> Any:
        asked.append(header)
        return near_header(header, wanted)

    monkeypatch.setattr(columns_module, "near_header", counting)
    log = read_log(io.StringIO(wide))
    assert len(asked) == columns_module.MOST_GUESSED < 300
    said = log.columns.set_index("header")["read_as"]
    assert "did you mean interview?" in said["Intervew"]
    assert len(said) == 303
    assert suggest_mapping(io.StringIO(wide))["Intervew"] == "interview"


def test_an_error_names_the_first_of_many_headers() -> None:
    header = ",".join(f"Qqq{n}x" for n in range(3000))
    with pytest.raises(ReadError, match=r"'Qqq99x', \.\.\. \(3000 of them\)\. Wanted") as caught:
        read_log(io.StringIO(f"{header}\n{'1,' * 2999}1\n"))
    assert len(str(caught.value)) < 5000
