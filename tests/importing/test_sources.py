"""Where a log comes from: encodings, names that are no logs, folders and archives."""

from __future__ import annotations

import gzip
import io
import os
import socket
import threading
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest

import jobsearch_stats.importing.archives as archives
from importing.reading import adds_up, happened, problems, read
from jobsearch_stats.errors import JobSearchStatsError, ReadError
from jobsearch_stats.importing import read_log

PLAIN = "Company,Position,Applied\nAcme,Dev,2026-02-13\n"
MORE = "Company,Position,Applied\nBeta,Ops,2026-02-14\n"


@pytest.mark.parametrize(
    ("text", "encoding", "company"),
    [
        ("Firma;Źródło;Data\nŻabka Przykład;Łódź;2026-02-13\n", "cp1250", "Żabka Przykład"),
        ("公司,职位,申请日期\n示例公司,工程师,2026-02-13\n", "gb18030", "示例公司"),
    ],
)
def test_headers_that_one_encoding_alone_makes_readable_are_evidence_and_noted(
    text: str, encoding: str, company: str
) -> None:
    log = read(text.encode(encoding))
    assert log.applications["company"].tolist() == [company]
    noted = log.problems["problem"].str.contains(f"read as {encoding}, .* which is a guess")
    assert noted.sum() == 1


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("Żabka Przykład,Księgowy ściśle ąę,2026-02-13\nŁódź źródła,Główny,2026-02-14", "cp1250"),
        ("Şirket Örnek,Mühendis ığ,2026-02-13\nİstanbul Görüşme,Başvuru,2026-02-14", "cp1254"),
        ("示例公司,工程师,2026-02-13\n测试有限公司,设计师,2026-02-14", "gb18030"),
        ("Müller & Söhne,Köchin für Süßes,2026-02-13", "mac_roman"),
        ("Café de l'Exemple,Développeur né à l'été,2026-02-13", "mac_roman"),
    ],
)
def test_without_evidence_western_stays_and_the_likely_encoding_is_suggested(
    names: str, encoding: str
) -> None:
    content = f"Company,Position,Applied\n{names}\n".encode(encoding)
    log = read(content)
    done = log.problems["what_was_done"].tolist()
    assert f'if names look wrong, pass encoding="{encoding}"' in done
    first = read(content, encoding=encoding).applications["company"].iloc[0]
    assert first == names.partition(",")[0]


def test_german_in_windows_1252_gets_no_suggestion_that_would_change_nothing() -> None:
    log = read("Company,Applied\nMüller & Söhne Großküchen,2026-02-13\n".encode("cp1252"))
    assert log.problems["what_was_done"].tolist() == ['if names look wrong, pass encoding="..."']


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("株式会社サンプル,エンジニア\nテスト株式会社,デザイナー", "shift_jis"),
        ("Exemple & Français,Garçon de café à Besançon", "mac_roman"),
    ],
)
def test_what_is_not_western_either_is_an_error_with_the_suggestion(
    names: str, encoding: str
) -> None:
    with pytest.raises(ReadError, match=f'It may be {encoding}: pass encoding="{encoding}"'):
        read(f"Company,Position\n{names}\n".encode(encoding))


def test_utf16_without_a_mark_must_be_whole() -> None:
    with pytest.raises(ReadError, match="utf-16"):
        read(PLAIN.encode("utf-16-le")[:-1])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("~$search.xlsx", r"Excel's note that it has search.xlsx open. Pass 'search.xlsx' itself"),
        (".~lock.search.ods#", r"LibreOffice's note that it has search.ods open"),
        ("._search.csv", r"macOS's note about search.csv"),
        ("search.csv.crdownload", "download that has not finished"),
        ("search.xlsx.part", "download that has not finished"),
        ("search.gsheet", r"link to a Google sheet.*File > Download.*\.xlsx"),
        ("search.numbers", r"Numbers document.*\.xlsx"),
        ("search.pages", "Pages document"),
    ],
)
def test_what_is_no_log_by_its_name_is_refused_whatever_it_holds(
    name: str, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(PLAIN, encoding="utf-8")
    with pytest.raises(ReadError, match=why):
        read_log(path)
    with path.open("rb") as file, pytest.raises(ReadError, match=why):
        read_log(file)


def test_addresses_and_text_in_place_of_a_path_say_what_to_pass() -> None:
    with pytest.raises(ReadError, match=r"nothing is fetched.*File > Download"):
        read_log("https://docs.google.com/spreadsheets/d/1/edit")
    with pytest.raises(ReadError, match=r"io.StringIO"):
        read_log(PLAIN)


def test_a_tilde_is_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "my.csv").write_text(PLAIN, encoding="utf-8")
    assert len(read_log("~/my.csv").events) == 1


def zipped(members: dict[str, str | bytes]) -> bytes:
    """Return a zip of these files."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return content.getvalue()


HEADER = (
    "Application Date,Contact Email,Contact Phone Number,Company Name,Job Title,Job Url,"
    "Resume Name,Question And Answers\n"
)
LINKEDIN: dict[str, str | bytes] = {
    "Profile.csv": "First Name,Last Name\nAnn,Example\n",
    "Connections.csv": "First Name,Company,Position,Email Address\nBob,Acme,Dev,b@example.com\n",
    "Jobs/Saved Jobs.csv": "Saved Date,Job Url,Job Title,Company Name\n",
    "Jobs/Job Applications.csv": HEADER
    + '"2/14/25, 12:09 AM",,,Acme,Dev,,,"a\nb"\n"2/15/25, 1:09 PM",,,Beta,Ops,,,\n',
    "Jobs/Job Applications_1.csv": HEADER + '"3/1/25, 9:00 AM",,,Gamma,Dev,,,\n,,,Delta,,,,,more\n',
    "__MACOSX/Jobs/._Job Applications.csv": b"\0\5\x16\7",
}


@pytest.mark.parametrize("as_folder", [True, False])
def test_a_linkedin_export_is_read_with_all_parts_of_its_applications(
    as_folder: bool, tmp_path: Path
) -> None:
    if as_folder:
        path = tmp_path / "Basic_LinkedInDataExport"
        for name, text in LINKEDIN.items():
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    else:
        path = tmp_path / "Basic_LinkedInDataExport.zip"
        path.write_bytes(zipped(LINKEDIN))
    log = adds_up(read_log(path))
    assert log.applications["company"].tolist() == ["Acme", "Beta", "Gamma"]
    assert happened(log) == [
        ("2025-02-14", "applied"),
        ("2025-02-15", "applied"),
        ("2025-03-01", "applied"),
    ]
    assert log.events["source_row"].tolist() == [2, 3, 4]
    assert problems(log, "rejected")[0][0] == 5
    parts = log.problems[log.problems["what_was_done"] == "read as one file"]["problem"]
    assert parts.tolist() == [
        "rows 2 to 3 are those of 'Jobs/Job Applications.csv'",
        "rows 4 to 5 are those of 'Jobs/Job Applications_1.csv'",
    ]


def test_parts_that_do_not_fit_together_are_an_error() -> None:
    other = {"Job Applications.csv": HEADER, "Job Applications_1.csv": PLAIN}
    with pytest.raises(ReadError, match="different headers"):
        read(zipped(other))
    unclosed = {"Job Applications.csv": HEADER + '"a,b\n', "Job Applications_1.csv": HEADER}
    with pytest.raises(ReadError, match="cannot be joined"):
        read(zipped(unclosed))


def test_the_one_log_in_a_folder_is_read_and_which_is_said(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "story.txt").write_text("Once upon a time", encoding="utf-8")
    (tmp_path / "colours.csv").write_text("Colour,Taste\nred,sweet\n", encoding="utf-8")
    (tmp_path / "~$mine.csv").write_text(MORE, encoding="utf-8")
    (tmp_path / ".hidden.csv").write_text(MORE, encoding="utf-8")
    (tmp_path / "mine.csv").write_text(PLAIN, encoding="utf-8")
    log = adds_up(read_log(tmp_path))
    assert log.applications["company"].tolist() == ["Acme"]
    assert log.problems["problem"].str.contains("'mine.csv' was read").sum() == 1
    (tmp_path / "letters" / "more.csv").write_text(MORE, encoding="utf-8")
    with pytest.raises(ReadError, match=r"several files .*'letters/more.csv', 'mine.csv'.*Pass"):
        read_log(tmp_path)


def test_a_zip_gives_its_one_log_and_a_workbook_in_it_is_no_archive() -> None:
    assert len(read(zipped({"mine.csv": PLAIN, "readme.txt": "hello"})).events) == 1
    nested = zipped({"inner.csv": zipped({"mine.csv": PLAIN})})
    with pytest.raises(ReadError, match="archive inside another"):
        read(nested)
    with pytest.raises(ReadError, match=r"several files .*'a.csv', 'b.csv'.*unpack it first"):
        read(zipped({"a.csv": PLAIN, "b.csv": MORE}))
    with pytest.raises(ReadError, match="holds no file"):
        read(zipped({"a.png": b"\x89PNG"}))


def test_a_compressed_file_is_read_and_a_broken_one_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress(PLAIN.encode()))
    assert happened(adds_up(read_log(path))) == [("2026-02-13", "applied")]
    with pytest.raises(ReadError, match="broken gzip"):
        read(gzip.compress(PLAIN.encode())[:-9])
    with pytest.raises(ReadError, match="archive inside another"):
        read(gzip.compress(gzip.compress(PLAIN.encode())))


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BYTES", 1000)
    big = "Company,Applied\n" + "Acme,2026-02-13\n" * 100
    for content in (gzip.compress(big.encode()), zipped({"mine.csv": big})):
        with pytest.raises(ReadError, match="unpacks to more than"):
            read(content)


def test_a_member_without_a_name_is_no_log() -> None:
    nameless = zipped({"x": PLAIN, "mine.csv": PLAIN}).replace(b"x", b"\0")
    assert len(read(nameless).events) == 1


def test_too_many_files_to_try_are_an_error() -> None:
    with pytest.raises(ReadError, match="more than 200 files"):
        read(zipped({f"{at}.csv": PLAIN for at in range(201)}))


@pytest.mark.parametrize("at", range(60))
def test_a_damaged_archive_or_workbook_is_a_log_or_a_clear_error(at: int) -> None:
    whole = zipped({"mine.csv": PLAIN})
    damaged = bytearray(whole)
    damaged[at * len(whole) // 60] ^= 0xFF
    with suppress(JobSearchStatsError):
        assert read(bytes(damaged)).applications["company"].tolist() == ["Acme"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes on this system")
def test_a_pipe_is_read_to_its_end_and_a_device_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "log.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(PLAIN.encode(),), daemon=True)
    writer.start()
    assert happened(adds_up(read_log(pipe))) == happened(read(PLAIN))
    writer.join(timeout=10)
    for device in ("/dev/zero", "/dev/null"):
        with pytest.raises(ReadError, match=f"{device} is a device"):
            read_log(device)


def test_a_socket_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("log.csv")
        with pytest.raises(ReadError, match=r"log\.csv is a socket"):
            read_log("log.csv")
