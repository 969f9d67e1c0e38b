"""The report: one page that is whole, safe, the same each time, and plain about what it lacks."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

import jobsearch_stats as js
from jobsearch_stats.cli import main
from jobsearch_stats.errors import JobSearchStatsError, SettingError, UnknownNameError
from jobsearch_stats.sample import SAMPLE_DAY, sample_path

EXPORT = Path(js.__file__).parent / "export"
VOID = {"meta", "br"}
HOSTILE = [
    '=HYPERLINK("http://x")',
    "<script>alert(1)</script>",
    'O\'Brien; "Sons", \n Co',
    "שלום חברה",
    "🦊 Fox & Söhne 👩‍💻",
    "NUL \x00 \x1b[31m red",
    "half \ud800 sign",
    "ab" * 400,
]
SECTIONS = (
    "today",
    "coming",
    "let-go",
    "contacts",
    "funnel",
    "rates",
    "silence",
    "strategies",
    "problems",
    "method",
)


class Page(HTMLParser):
    """A page taken apart: its elements with their attributes, and whether each is closed."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.open, self.texts = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), (tag, attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag):
        """Return the attributes of all elements of a kind."""
        return [attrs for name, attrs in self.elements if name == tag]

    @property
    def text(self):
        """All that can be read."""
        return " ".join(" ".join(self.texts).split())


def made(log, tmp_path, **kwargs):
    path = tmp_path / "report.html"
    js.write_report(log, path, **{"as_of": SAMPLE_DAY, **kwargs})
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def sample():
    return js.read_log(sample_path())


@pytest.fixture(scope="module")
def html(sample, tmp_path_factory):
    me = {"name": "Robin Example", "phone": "555-0199"}
    return made(sample, tmp_path_factory.mktemp("report"), me=me)


@pytest.fixture(scope="module")
def redacted(sample, tmp_path_factory):
    return made(sample, tmp_path_factory.mktemp("redacted"), redacted=True)


def empty_log():
    return js.ApplicationLog.from_frames(
        pd.DataFrame({"company": []}), pd.DataFrame({"application_id": [], "date": [], "kind": []})
    )


LOGS = {
    "empty": empty_log,
    "one interview": lambda: js.read_log(
        pd.DataFrame({"Company": ["Acme"], "Interview": ["2026-03-03"]})
    ),
    "no interview": lambda: js.read_log(
        pd.DataFrame({"Company": ["Acme", "Bolt"], "Date applied": ["2026-02-03", "2026-03-01"]})
    ),
    "no dates": lambda: js.read_log(
        pd.DataFrame({"Company": ["Acme", "Bolt"], "Status": ["Interview", "rejected"]})
    ),
    "hostile": lambda: js.read_log(
        pd.DataFrame(
            {
                "Company": HOSTILE,
                "Position": HOSTILE,
                "Contact": HOSTILE,
                "Phone": HOSTILE,
                "E-mail": HOSTILE,
                "Where found": HOSTILE,
                "Date applied": HOSTILE,
                "Interview": [f"2026-03-0{n % 7 + 1}" for n in range(len(HOSTILE))],
                "<b>Header</b>": HOSTILE,
            }
        )
    ),
}


@pytest.fixture(scope="module", params=LOGS)
def other(request, tmp_path_factory):
    return made(LOGS[request.param](), tmp_path_factory.mktemp("other"))


# --- the page is whole, for everybody ---------------------------------------------------------


def test_page_is_well_formed_and_its_names_are_unique(html, redacted, other):
    for text in (html, redacted, other):
        page = Page(text)
        assert page.open == []
        ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
        assert len(set(ids)) == len(ids)
        targets = [attrs["href"] for _, attrs in page.elements if "href" in attrs]
        assert {t[1:] for t in targets if t.startswith("#")} <= set(ids)
        assert {n for t in re.findall(r"url\(#([^)]+)\)", text) for n in [t]} <= set(ids)


def test_language_title_landmarks_and_headings(html):
    page = Page(html)
    assert page.all("html") == [{"lang": "en"}]
    assert "<title>The job search of Robin Example, As of Tue 10 March 2026</title>" in html
    for tag in ("header", "nav", "main", "h1"):
        assert len(page.all(tag)) == 1
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.all("a")[0] == {"class": "skip", "href": "#main"}


def test_sections_stand_in_the_order_of_need_and_are_linked(html, other):
    for text in (html, other):
        found = [attrs["id"] for attrs in Page(text).all("section")]
        assert found == [f"section-{name}" for name in SECTIONS]
        assert [
            f"section-{n}" for n in re.findall(r'<li><a href="#section-([\w-]+)"', text)
        ] == found


def test_every_section_says_what_follows(html, other):
    for text in (html, other):
        for part in text.split("<section ")[1:-1]:
            assert '<p class="decision">' in part


def test_tables_have_captions_headings_and_names(html):
    page = Page(html)
    assert [attrs["id"] for attrs in page.all("table")] == [
        "today",
        "coming",
        "let-go",
        "contacts",
        "stages",
        "did",
        "told",
        "problems",
    ]
    assert len(page.all("caption")) == len(page.all("table"))
    assert {attrs["scope"] for attrs in page.all("th")} == {"col", "row"}
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        n = table.count('scope="col"')
        for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", table, re.DOTALL)[1:]:
            assert len(re.findall(r"<t[hd] ", row)) == n
            assert row.count('scope="row"') == 1


def test_figures_have_words_for_those_who_do_not_see_them(html):
    svgs = Page(html).all("svg")
    assert len(svgs) == html.count("<figcaption>") == 4
    for svg in svgs:
        assert svg["role"] == "img"
        assert len(svg["aria-label"]) > 20
    assert re.search(r"<figcaption>Any response within 14 days: \d+ of \d+ approaches", html)


def test_what_can_be_moved_can_be_moved_by_keys(html):
    for attrs in Page(html).all("div"):
        if attrs.get("class") == "box":
            assert attrs["tabindex"] == "0"
            assert attrs["aria-label"]


# --- nothing comes from outside, nothing runs but ours ----------------------------------------


def hash_of(content):
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def test_policy_allows_this_style_and_this_script_alone(html, redacted, other):
    for text in (html, redacted, other):
        (policy,) = [
            attrs["content"]
            for attrs in Page(text).all("meta")
            if attrs.get("http-equiv") == "Content-Security-Policy"
        ]
        rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
        (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
        (script,) = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
        assert rules == {
            "default-src": "'none'",
            "style-src": hash_of(style),
            "script-src": hash_of(script),
            "img-src": "data:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }


def test_nothing_is_fetched_and_no_attribute_is_code(html, redacted, other):
    for text in (html, redacted, other):
        page = Page(text)
        assert {tag for tag, _ in page.elements}.isdisjoint(
            {"link", "img", "iframe", "object", "embed", "base", "form", "image"}
        )
        for tag, attrs in page.elements:
            assert not [name for name in attrs if name.startswith("on") or name in ("src", "style")]
            assert re.match(r"(#|tel:[+\d]+$|mailto:[\w.+@-]+$)", attrs.get("href", "#")), (
                tag,
                attrs,
            )
        assert "@import" not in text
        assert not re.search(r"url\((?!#)", text)


def test_hostile_names_are_text(tmp_path):
    text = made(LOGS["hostile"](), tmp_path)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<b>Header" not in text
    assert "<bdi>שלום חברה" in text
    assert "🦊 Fox &amp; Söhne" in text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]", text)


def test_every_row_is_named_and_no_word_is_endless(tmp_path):
    text = made(LOGS["hostile"](), tmp_path)
    headings = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', text)
    assert all(headings)
    assert "not known" in headings  # the company that was a formula
    visible = Page(text[text.index("<main") : text.index("<script>")]).text
    assert max(map(len, visible.split())) <= 81


def test_numbers_and_addresses_are_links_only_where_they_are_plainly_such(html):
    from jobsearch_stats.export.markup import reach

    assert reach("+1 (202) 555-0101") == '<a href="tel:+12025550101">+1 (202) 555-0101</a>'
    assert reach("jo.b@acme.example") == '<a href="mailto:jo.b@acme.example">jo.b@acme.example</a>'
    for odd in (
        "555 0101 ext 3",
        'a@b.c"><script>',
        "javascript:alert(1)",
        "a@b.c?cc=x@y.z",
        "()-. /",
    ):
        assert "<a" not in reach(odd)
    assert reach(None) == ""
    assert 'href="tel:2025550107"' in html


# --- what it says -----------------------------------------------------------------------------


def test_today_is_the_agenda_of_the_day(html, sample):
    todo = js.agenda(sample, as_of=SAMPLE_DAY)
    today = todo[(todo["do_on"] == SAMPLE_DAY) & ~todo["action"].isin(["old", "let_go"])]
    table = html[html.index('<table id="today"') : html.index('<section id="section-coming"')]
    assert f"Today, Tue 10 March: {len(today)} things to do" in html
    assert table.count('scope="row"') == len(today)
    for company in today["company"]:
        assert company.split(";")[0].replace("&", "&amp;") in table
    assert "My name is Robin Example, and my number is 555-0199." in table


def test_every_contact_stands_in_the_table_that_can_be_sorted(html, sample):
    states = js.follow_ups(sample, as_of=SAMPLE_DAY)
    table = html[html.index('<table id="contacts"') :].split("</table>")[0]
    assert table.split(">")[0].endswith('class="paper-6 sortable"')
    assert table.count('scope="row"') == len(states)


def test_it_is_said_how_it_was_worked_out(html):
    text = Page(
        html[html.index('id="section-method"') - 9 :].split("</section>")[0] + "</section>"
    ).text
    for part in ("Tue 10 March 2026", "DAY_AFTER (article)", "142 rows read", "within 14 days"):
        assert part in text
    assert f"jobsearch-stats {js.__version__}" in text


def test_words_of_notebooks_are_not_in_it(html, redacted, other):
    for text in (html, redacted, other):
        assert not re.findall(
            r"first cell|this notebook|STAGES|AS_OF|MAPPING|mapping=|stages=", text
        )


def test_without_data_a_sentence_stands_in_place_of_each_figure(tmp_path):
    html = made(empty_log(), tmp_path)
    assert "<svg" not in html
    text = Page(html).text
    for sentence in (
        "Nothing today, nor in the days ahead: send applications instead.",
        "Nothing has reached an interview, so nobody is in this table.",
        "Nobody is silent today: there is nobody to write off.",
        "Write down the day of each interview: from the first one on, this table fills.",
    ):
        assert sentence in text


def test_groups_that_are_too_small_get_a_sentence_and_no_figure(html):
    part = html[html.index("Phone or e-mail?</h3>") : html.index('id="section-silence"')]
    assert "you cannot tell them apart yet" in part
    assert "<svg" not in part


def test_groups_that_are_large_enough_get_a_figure(tmp_path):
    text = made(js.simulate_log(600, seed=1), tmp_path, as_of="2026-03-02")
    part = text[text.index("Phone or e-mail?</h3>") : text.index('id="section-silence"')]
    assert part.count("<svg") == 3


def test_strategy_stages_and_days_are_those_asked_for(sample, tmp_path):
    text = made(
        sample, tmp_path, strategy="BEFORE_DECISION", stages=("interview", "application"), days=0
    )
    assert "under BEFORE_DECISION." in text
    assert "after an interview or an application" in text
    assert "The days after today are free." in text
    assert "use --stages" not in text


def test_long_tables_say_how_much_is_left_out_and_where_it_is(tmp_path):
    n = 320
    log = js.read_log(
        pd.DataFrame({"Company": [f"Works {i}" for i in range(n)], "Interview": ["2026-03-03"] * n})
    )
    text = made(log, tmp_path)
    assert "and 260 more rows. All of them are in the tables of jobsearch-stats export." in text
    assert "and 220 more rows. All of them" in text
    assert len(text) < 1_000_000


def test_rows_that_are_not_printed_are_counted(html):
    css = (EXPORT / "report.css").read_text(encoding="utf-8")
    for table in re.findall(r"<table.*?</table>.*?(?=<table|</section>)", html, re.DOTALL):
        rows = table.count('<tr role="row">') - 1
        printed = int(re.search(r"paper-(\d+)", table)[1])
        assert f".paper-{printed} tbody tr:nth-child(n+{printed + 1})" in css
        said = re.search(r"on-paper\">and (\d+) more", table)
        assert (int(said[1]) if said else 0) == max(0, rows - printed)


def test_style_has_rules_for_paper_phone_dark_and_focus():
    css = (EXPORT / "report.css").read_text(encoding="utf-8")
    for rule in (
        "@page",
        "@media print",
        "break-inside: avoid",
        "table-header-group",
        "screen and (prefers-color-scheme: dark)",
        "screen and (max-width: 40rem)",
        ":focus-visible",
    ):
        assert rule in css


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_colours_can_be_read_on_light_and_dark():
    css = (EXPORT / "report.css").read_text(encoding="utf-8")
    grounds = re.findall(r"--ground:.*?\}", css, re.DOTALL)
    assert len(grounds) == 2
    for block in grounds:
        colours = dict(re.findall(r"--(\w+): (#\w{6})", block))
        for ground in ("ground", "soft"):
            for name, least in (("ink", 7), ("muted", 4.5), ("accent", 4.5)):
                low, high = sorted(luminance(colours[each]) for each in (name, ground))
                assert (high + 0.05) / (low + 0.05) >= least, (name, ground)
        for name in ("blue", "red", "green", "steel"):  # of lines and areas
            low, high = sorted(luminance(colours[each]) for each in (name, "ground"))
            assert (high + 0.05) / (low + 0.05) >= 3, name


def test_figures_take_the_colours_of_the_page(html):
    css = (EXPORT / "report.css").read_text(encoding="utf-8")
    figures = "".join(re.findall(r"<svg.*?</svg>", html, re.DOTALL))
    assert 'fill="currentColor"' in figures
    assert set(re.findall(r"var\((--\w+)\)", figures)) <= set(re.findall(r"(--\w+):", css))
    assert not re.search(r'"#(?:010203|fdfeff|000000|767676)"', figures)
    assert "font-family" not in figures


# --- redacted ---------------------------------------------------------------------------------


def test_redacted_page_names_nobody_and_says_what_is_kept(redacted, sample):
    text = Page(redacted).text
    assert "A job search, redacted" in text
    assert "dates, job titles, sources and methods are kept" in text
    assert "Employer 1" in text
    names = set(sample.applications["company"].dropna()) | set(sample.events["contact"].dropna())
    names |= set(sample.events["phone"].dropna()) | set(sample.events["email"].dropna())
    plain = {part.strip() for name in names for part in name.split(";")}
    assert not [name for name in plain if len(name) >= 4 and name in text]
    assert '<a href="tel:' not in redacted
    assert not re.search(r"\b(?:Phone|E-mail) \d", text)  # stand-ins tell nobody anything


def test_redacted_page_hides_the_seeker_and_the_file_too(sample, tmp_path):
    me = {"name": "Robin Example", "phone": "555-0199"}
    text = made(sample, tmp_path, me=me, title="robins_search.csv", redacted=True)
    assert "Robin" not in text
    assert "robins_search" not in text
    assert "What to say" not in text


def test_a_log_redacted_before_gives_the_same_page(sample, redacted, tmp_path):
    assert made(js.redact(sample), tmp_path, redacted=True) == redacted


# --- the file ---------------------------------------------------------------------------------


def test_the_same_log_gives_the_same_bytes(html, sample, tmp_path):
    import matplotlib as mpl

    me = {"name": "Robin Example", "phone": "555-0199"}
    with mpl.rc_context({"font.size": 20, "text.color": "red", "svg.fonttype": "path"}):
        assert made(sample, tmp_path, me=me) == html
        assert mpl.rcParams["font.size"] == 20


def test_no_figure_is_left_open(sample, tmp_path):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    made(sample, tmp_path)
    assert plt.get_fignums() == before


def test_a_page_of_the_sample_is_small(html):
    assert len(html.encode("utf-8")) < 400_000


def test_an_earlier_report_is_replaced_and_nothing_else(sample, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("<html>my own page</html>", encoding="utf-8")
    with pytest.raises(SettingError, match="no report that this package has written"):
        js.write_report(empty_log(), path, as_of=SAMPLE_DAY)
    assert path.read_text(encoding="utf-8") == "<html>my own page</html>"
    path.unlink()
    for log in (empty_log(), sample):
        assert js.write_report(log, path, as_of=SAMPLE_DAY) == path
    assert "Osprey" in path.read_text(encoding="utf-8")
    assert [each.name for each in tmp_path.iterdir()] == ["report.html"]


def test_a_link_stays_a_link(tmp_path):
    link, page = tmp_path / "link.html", tmp_path / "page.html"
    js.write_report(empty_log(), page, as_of=SAMPLE_DAY)
    link.symlink_to(page)
    js.write_report(LOGS["one interview"](), link, as_of=SAMPLE_DAY)
    assert link.is_symlink()
    assert "Acme" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("", "no name of a file"),
        (None, "no name of a file"),
        (3, "no name of a file"),
        ("my_search.csv", "does not end in .html or .htm"),
        ("nowhere/at/all.html", "cannot be written"),
        ("a\x00b.html", "no name of a file"),
        ("/dev/null/x.html", "cannot be"),
        (f"{'x' * 300}.html", "cannot be"),
        ("/dev/null", "is no file"),
    ],
)
def test_a_path_that_cannot_be_used_says_why(path, why, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingError, match=why):
        js.write_report(empty_log(), path, as_of=SAMPLE_DAY)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "bad",
    [
        {"as_of": "soon"},
        {"strategy": "WHENEVER"},
        {"strategy": 3},
        {"strategy": ["DAY_AFTER", "NO_FOLLOW_UP"]},
        {"strategy": []},
        {"stages": "offer"},
        {"stages": None},
        {"stages": ()},
        {"days": -1},
        {"days": "7"},
        {"me": 3},
    ],
    ids=str,
)
def test_a_setting_that_cannot_be_used_is_an_error_of_ours(bad, tmp_path):
    with pytest.raises((SettingError, UnknownNameError)) as error:
        made(empty_log(), tmp_path, **bad)
    assert isinstance(error.value, JobSearchStatsError)
    assert list(tmp_path.iterdir()) == []


def test_command_writes_it_and_says_where_it_is(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["report"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "report.html: today's list" in said
    assert "It is private" in said
    assert "<h1>The made-up sample</h1>" in (tmp_path / "report.html").read_text("utf-8")


def test_command_redacts(tmp_path, capsys):
    sheet, page = tmp_path / "robins_search.csv", tmp_path / "page.html"
    sheet.write_text("Company,Interview\nAcme,2026-03-03\n", encoding="utf-8")
    asked = ["report", str(sheet), "-o", str(page), "--redact", "--as-of", "2026-03-10"]
    assert main([*asked, "--name", "Robin"]) == 0
    assert "pseudonyms" in capsys.readouterr().out
    text = page.read_text("utf-8")
    assert "Employer 1" in text
    assert not re.search("Acme|obin", text)


def test_command_refuses_to_write_over_the_log(tmp_path, capsys):
    sheet = tmp_path / "search.html"
    sheet.write_text("Company,Interview\nAcme,2026-03-03\n", encoding="utf-8")
    assert main(["report", str(sheet), "-o", str(sheet)]) == 2
    assert "no report that this package has written" in " ".join(capsys.readouterr().err.split())
    assert sheet.read_text("utf-8").startswith("Company,")


def test_style_and_script_come_with_the_package():
    from importlib.resources import files

    for name in ("report.css", "report.js"):
        assert files("jobsearch_stats.export").joinpath(name).is_file()
