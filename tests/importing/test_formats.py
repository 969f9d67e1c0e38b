"""Tables in other clothes: Markdown, web pages, Excel's XML of 2003, Unicode text, long cells."""

from __future__ import annotations

import pytest

from importing.reading import happened, problems, read
from jobsearch_stats.errors import ReadError, SettingError

MARKDOWN = """# Applications

Two of them so far.

| # | Date Applied | Company | Role | Link | Notes |
|--:|:------------:|---------|------|------|-------|
| 1 | 2026-02-13 | **Acme \\| Co** | `Dev` | [posting](https://example.com/1) | one<br>two |
| 2 | 2026-02-14 | [Beta](https://example.org) | _Ops_ | <https://example.com/2> | ~~no~~ |

That is all.
"""


def test_a_markdown_table_among_text_gives_plain_cells_and_line_numbers() -> None:
    log = read(MARKDOWN)
    columns = ["company", "role", "url", "notes"]
    assert log.applications[columns].to_numpy().tolist() == [
        ["Acme | Co", "Dev", "https://example.com/1", "one\ntwo"],
        ["Beta", "Ops", "https://example.com/2", "no"],
    ]
    assert log.events["source_row"].tolist() == [7, 8]
    assert log.counts["rows_read"] == 2
    assert log.problems["what_was_done"].str.contains("3 lines around it were left out").any()


def test_outer_bars_are_not_needed_and_blank_lines_between_rows_lose_none() -> None:
    log = read(
        "Company | Applied\r\n--- | ---\r\nAcme | 2026-02-13\r\n\r\nBeta_one_two | 2026-02-14\r\n"
    )
    assert log.applications["company"].tolist() == ["Acme", "Beta_one_two"]
    assert log.events["source_row"].tolist() == [3, 5]
    assert log.counts["rows_blank"] == 1


def test_a_markdown_row_with_a_cell_too_many_is_rejected_not_moved() -> None:
    log = read("| Company | Applied |\n|---|---|\n| Acme | Co | 2026-02-13 |\n| Beta | |\n")
    assert problems(log, "rejected") == [(3, None, "Acme | Co | 2026-02-13")]


def test_of_several_markdown_tables_the_one_that_knows_most_headers_is_read() -> None:
    text = f"| Colour | Taste |\n|---|---|\n| red | sweet |\n\n{MARKDOWN}"
    log = read(text)
    assert log.events["source_row"].tolist() == [11, 12]
    assert (
        log.problems["problem"].str.contains("from line 9 on was read, not those of lines 1").any()
    )
    with pytest.raises(SettingError, match="such are 1, 9"):
        read(text, header_row=2)
    with pytest.raises(ReadError, match="'Colour', 'Taste'"):
        read(text, header_row=1)


def test_markdown_tables_with_one_header_are_one_log_and_rows_keep_their_lines() -> None:
    head = "| Company | Applied |\n|---|---|\n"
    log = read(
        f"## Active\n{head}| Acme | 2026-02-13 |\n| | |\n\n## Old\n{head}"
        "| Beta | 2026-02-14 |\n| Gamma | x | y |\n"
    )
    assert log.applications["company"].tolist() == ["Acme", "Beta"]
    assert log.events["source_row"].tolist() == [4, 10]
    assert [row for row, _, _ in problems(log, "rejected")] == [11]
    assert log.counts["rows_blank"] == 1
    assert log.problems["problem"].str.contains("tables from line 2, 8 on were read").any()


def test_bars_alone_make_no_markdown() -> None:
    assert len(read("Company|Applied|Notes\nAcme|2026-02-13|--\n").events) == 1
    log = read(
        'Company,Applied,Notes\nAcme,2026-02-13,"| a | b |\n|---|---|\n| 1 | 2 |"\n'
        "Beta,2026-02-14,\n"
    )
    assert log.applications["company"].tolist() == ["Acme", "Beta"]
    with pytest.raises(SettingError, match="no sheets"):
        read(MARKDOWN, sheet=1)


HTML = """<html><head><style>td {{ color: red }}</style><script>var x = "<td>";</script></head>
<body><table><tr><td>Home</td><td>Help</td></tr></table>
<TABLE border=1>
<thead><tr><th>Company</th><th>Position</th><th>Applied</th><th>Notes</th></tr></thead>
<tr><td>Acme &amp; Co</td><td rowspan=2>Dev</td><td>2026-02-13</td><td>one<br>two  three</td></tr>
<tr><td>Beta</td><td>2026-02-14</td><td></td></tr>
<tr><td colspan=2>Gamma<td>2026-02-15<td>{}
</TABLE></body></html>"""


def test_a_web_page_named_xls_gives_its_table() -> None:
    log = read(HTML.format("end").encode("cp1252"))
    assert log.applications["company"].tolist() == ["Acme & Co", "Beta", "Gamma"]
    assert log.applications["role"].fillna("-").tolist() == ["Dev", "-", "-"]
    assert log.applications["notes"].fillna("-").tolist() == ["one\ntwo three", "-", "end"]
    assert happened(log) == [
        ("2026-02-13", "applied"),
        ("2026-02-14", "applied"),
        ("2026-02-15", "applied"),
    ]
    assert log.events["source_row"].tolist() == [2, 3, 4]
    assert log.problems["problem"].str.contains("table 2 of its 2 was read").any()


def test_a_table_inside_a_table_is_one_of_its_own() -> None:
    inner = "<table><tr><td>x</td></tr></table>"
    log = read(f"<table><tr><td>{HTML.format(inner)}</td></tr></table>")
    assert log.applications["company"].tolist() == ["Acme & Co", "Beta", "Gamma"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("<!DOCTYPE html><html><body>Sign in first</body></html>", "web page without a table"),
        ("<html><body><table></table></body></html>", "web page without a table"),
        ('<?xml version="1.0"?><jobs><job/></jobs>', "XML file without a table"),
    ],
)
def test_markup_without_a_table_says_so(text: str, why: str) -> None:
    with pytest.raises(ReadError, match=why):
        read(text)


def test_a_header_in_angle_brackets_is_no_markup() -> None:
    assert len(read("<Company>,<Applied>\nAcme,2026-02-13\n").events) == 1


WORKBOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
 <Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">Company</Data></Cell>
  <Cell><Data ss:Type="String">Applied</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
 <Worksheet ss:Name="Search"><Table>
  <Row ss:Index="3"><Cell ss:Index="2"><Data ss:Type="String">Company</Data></Cell>
   <Cell ss:MergeAcross="1"><Data ss:Type="String">Applied</Data></Cell>
   <Cell><Data ss:Type="String">Notes</Data></Cell><Cell><Data ss:Type="String">Car</Data></Cell>
  </Row>
  <Row><Cell ss:Index="2"><Data ss:Type="String">Acme &amp; Co</Data></Cell>
   <Cell><Data ss:Type="DateTime">2026-02-13T00:00:00.000</Data></Cell>
   <Cell ss:Index="5"><Data ss:Type="Error">#REF!</Data></Cell>
   <Cell><Data ss:Type="Boolean">1</Data></Cell></Row>
 </Table></Worksheet></Workbook>"""


def test_excels_xml_of_2003_is_a_workbook() -> None:
    log = read(WORKBOOK)
    assert log.applications[["company", "Car"]].to_numpy().tolist() == [["Acme & Co", "yes"]]
    assert happened(log) == [("2026-02-13", "applied")]
    assert log.events["source_row"].tolist() == [4]
    assert problems(log, "blanked") == [(4, "Notes", "#REF!")]
    assert log.problems["problem"].str.contains("'Search' was read, not 'Old'").any()
    with pytest.raises(SettingError, match="'Old', 'Search'"):
        read(WORKBOOK, sheet="Serach")


def test_xml_with_a_document_type_or_broken_is_refused() -> None:
    bomb = '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>' + WORKBOOK[21:]
    with pytest.raises(ReadError, match="document type"):
        read(bomb)
    with pytest.raises(ReadError, match="broken XML"):
        read(WORKBOOK[:-30])


PLAIN = "Company\tPosition\tApplied\nMüller\tKöchin\t2026-02-13\n"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8"])
def test_excels_unicode_text_and_a_paste_from_a_sheet_are_tables(encoding: str) -> None:
    log = read(PLAIN.replace("\n", "\r\n").encode(encoding))
    assert log.applications[["company", "role"]].to_numpy().tolist() == [["Müller", "Köchin"]]
    unmarked = encoding[-2:] in ("le", "be")
    assert log.problems["problem"].str.contains("no mark of its encoding").any() == unmarked


def test_lines_that_end_as_on_an_old_mac_are_lines() -> None:
    log = read(PLAIN.replace("\n", "\r").encode("utf-8"))
    assert log.events["source_row"].tolist() == [2]


def test_a_cell_of_two_megabytes_and_many_lines_is_a_cell() -> None:
    long = 'one ""line""\n' * 160_000
    log = read(f'Company,Applied,Notes\nAcme,2026-02-13,"{long}"\nBeta,2026-02-14,\n')
    assert log.applications["notes"].iloc[0] == long.replace('""', '"').strip()
    assert log.events["source_row"].tolist() == [2, 3]


def test_a_markdown_header_without_names_is_an_error_that_says_which_line() -> None:
    blank = "# Log\n\n|  |  |\n|--|--|\n| Acme | 2026-02-13 |\n"
    with pytest.raises(ReadError, match="no names in its header, line 3"):
        read(blank)
    log = read(blank + "\n" + MARKDOWN)
    assert log.applications["company"].tolist() == ["Acme | Co", "Beta"]
