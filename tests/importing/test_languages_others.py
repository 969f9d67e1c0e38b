"""Dutch, Polish, Turkish and Chinese: what people there write in their own sheets and logs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from importing.reading import happened, one, problems, read
from jobsearch_stats.importing import words
from jobsearch_stats.importing.absences import in_notes
from jobsearch_stats.importing.contacting import read_contacting
from jobsearch_stats.importing.promises import NO_DATE, NOT_UNDERSTOOD, parse_promises
from jobsearch_stats.importing.values import read_kind, read_role, read_status
from jobsearch_stats.importing.words import fold, letters, tokens, vocabulary
from jobsearch_stats.log import ApplicationLog

ALIASES = Path(words.__file__).with_name("aliases")

DUTCH = """\
Bedrijf;Functie;Gesolliciteerd op;Status;1e gesprek;2e gesprek;Beslissing;Contactpersoon;\
Telefoonnummer;Nagebeld op;Resultaat nabellen;Afgewezen op;Opmerkingen
Voorbeeld BV;Kok;13-2-2026;Afgewezen na gesprek;4-3-2026;;binnen twee weken;Anja de Vries;\
020 555 0101;20-3-2026;geen gehoor, voicemail ingesproken;25 maart 2026;
De Bakkerij;Verkoper;1 mrt 2026;Uitgenodigd;donderdag 5 maart 2026 om 14:00;12-3-2026;\
volgende week;;;;;;leuk team
Kaasboer;Kaasmaker;14 feb 2026;Geen reactie;;;;;;2-3-2026;gemaild;;
Fietsen;Monteur;15-02-2026;In behandeling;6-3-2026;;uiterlijk vrijdag;Jan;;;;;
Molen NV;Molenaar;16-02-2026;Gesprek gehad;ja;;;;;;;;
Tulp BV;Tuinder;17-02-2026;Ingetrokken;n.v.t.;;;;;;;;
Haven;Kraanmachinist;nog niet;Nog solliciteren;;;;;;;;;
Gracht;Gids;18-02-2026;Aanbod ontvangen;3-3-2026;;5 werkdagen;;;10-3-2026;\
teruggebeld, gesproken;;
"""

POLISH = """\
Firma;Stanowisko;Data wysłania CV;Status;Rozmowa kwalifikacyjna;Druga rozmowa;Decyzja do;\
Osoba kontaktowa;Telefon;Ponowny kontakt;Wynik kontaktu;Odmowa;Uwagi
Przykład sp. z o.o.;Kucharz;13.02.2026;Odrzucone po rozmowie;4 marca 2026;;dwa tygodnie;\
Łucja Żak;22 555 01 01;20.03.2026;nagrałam się;25 mar 2026;
Młyn;Młynarz;1 mar 2026;Zaproszenie na rozmowę;czwartek 5 marca 2026 r., godz. 14:00;\
12.03.2026;w przyszłym tygodniu;;;;;;miły zespół
Piekarnia;Piekarz;14 lut 2026;Brak odpowiedzi;;;;;;2.03.2026;mailem;;
Rower;Mechanik;15.02.2026;W trakcie rekrutacji;6.03.2026;;do piątku;Jan;;;;;
Port;Dźwigowy;16.02.2026;Po rozmowie;tak;;;;;;;;
Ogród;Ogrodnik;17.02.2026;Zrezygnowałam;nie dotyczy;;;;;;;;
Góra;Przewodnik;jeszcze nie;Do wysłania;;;;;;;;;
Las;Leśnik;18.02.2026;Oferta otrzymana;3.03.2026;;5 dni roboczych;;;10.03.2026;\
telefon, rozmawiałam;;
"""

TURKISH = """\
Şirket;Pozisyon;Başvuru tarihi;Durum;Mülakat tarihi;2. mülakat;Karar;İlgili kişi;Telefon;\
Takip tarihi;Takip sonucu;Ret tarihi;Notlar
Örnek A.Ş.;Aşçı;13.02.2026;Mülakat sonrası ret;4 Mart 2026;;iki hafta içinde;Ayşe Işık;\
0212 555 01 01;20.03.2026;açmadılar, sesli mesaj bıraktım;25 Mart 2026;
Değirmen;Değirmenci;1 Mar 2026;Mülakata çağrıldım;5 Mart 2026 Perşembe saat 14:00;12.03.2026;\
gelecek hafta;;;;;;iyi ekip
Fırın;Fırıncı;14 Şub 2026;Cevap yok;;;;;;02.03.2026;e-posta gönderdim;;
Bisiklet;Tamirci;15.02.2026;DEĞERLENDİRİLİYOR;06.03.2026;;cumaya kadar;Can;;;;;
Liman;Vinççi;16.02.2026;Gorusme yapildi;evet;;;;;;;;
Bahçe;Bahçıvan;17.02.2026;Vazgeçtim;yok;;;;;;;;
Dağ;Rehber;hayır;Başvurulacak;;;;;;;;;
Orman;Ormancı;18.02.2026;Teklif geldi;03.03.2026;;5 iş günü;;;10.03.2026;aradım, görüştüm;;
"""

CHINESE = """\
公司,岗位,投递日期,进度,一面,二面时间,承诺回复,联系人,电话,跟进日期,跟进结果,拒信日期,备注
示例科技,厨师,2026/2/13,一面挂,2026/3/4,,两周内,李小明,010 5550101,\
2026/3/20,没接 留了语音,2026/3/25,
磨坊,工程师,2026年3月1日,约面,2026-03-05 14:00,2026-03-12,下周,,,,,,团队不错
面包房,面点师,2026-02-14,无回复,,,,,,2026年3月2日,发邮件,,
自行车厂,修理工,2026-02-15,流程中,2026-03-06,,周五前,王先生,,,,,
港口,司机,2026-02-16,面试完,是,,,,,,,,
花园,园丁,2026-02-17,已放弃,无,,,,,,,,
高山,导游,还没,未投递,,,,,,,,,
森林,护林员,2026-02-18,收到offer,2026-03-03,,5个工作日,,,2026-03-10,打电话,,
"""

TRADITIONAL = """\
公司,職缺,應徵日期,進度,第一次面試,第2次面試,預計回覆,聯絡人,電話,追蹤日期,追蹤結果,未錄取通知,備註
範例科技,廚師,2026/2/13,面試未通過,2026/3/4,,兩週內,李小明,02 5550101,\
2026/3/20,沒接；留言,2026/3/25,
磨坊,工程師,2026年3月1日,面試邀約,2026-03-05 14:00,2026-03-12,下週,,,,,,團隊不錯
麵包房,師傅,2026-02-14,無聲卡,,,,,,2026年3月2日,寄信,,
自行車廠,技師,2026-02-15,等待中,2026-03-06,,週五前,王先生,,,,,
港口,司機,2026-02-16,面試結束,是,,,,,,,,
花園,園丁,2026-02-17,婉拒offer,無,,,,,,,,
高山,導遊,還沒,未應徵,,,,,,,,,
森林,護林員,2026-02-18,錄取,2026-03-03,,5個工作天,,,2026-03-10,電話,,
"""

SHEETS = {
    "nl": DUTCH,
    "pl": POLISH,
    "tr": TURKISH,
    "zh": CHINESE,
    "zh-Hant": TRADITIONAL,
}

EVENTS = [
    ("2026-02-13", "applied"),
    ("2026-02-14", "applied"),
    ("2026-02-15", "applied"),
    ("2026-02-16", "applied"),
    ("2026-02-17", "applied"),
    ("2026-02-18", "applied"),
    ("2026-03-01", "applied"),
    ("2026-03-02", "follow_up"),
    ("2026-03-03", "interview"),
    ("2026-03-04", "interview"),
    ("2026-03-05", "interview"),
    ("2026-03-06", "interview"),
    ("2026-03-10", "follow_up"),
    ("2026-03-12", "interview"),
    ("2026-03-20", "follow_up"),
    ("2026-03-25", "rejection"),
]
"""The same search in every language."""

STATUSES = ["rejected", "applied", "ghosted", "applied", "interview", "withdrawn", "offer"]


@pytest.fixture(params=SHEETS)
def sheet(request: pytest.FixtureRequest) -> ApplicationLog:
    return read(SHEETS[request.param])


def test_a_sheet_tells_what_happened(sheet: ApplicationLog) -> None:
    assert happened(sheet) == EVENTS
    assert sheet.applications["status_kind"].tolist() == STATUSES
    assert sheet.applications["undated_interview"].tolist() == [False] * 4 + [True] + [False] * 2
    assert (sheet.columns["field"] != "").all()


def test_a_sheets_promises_become_dates(sheet: ApplicationLog) -> None:
    promised = sheet.events[sheet.events["decide_by"].notna()]
    dates = zip(promised["date"].astype("str"), promised["decide_by"].astype("str"), strict=True)
    assert sorted(dates) == [
        ("2026-03-03", "2026-03-10"),  # five business days
        ("2026-03-04", "2026-03-18"),  # two weeks
        ("2026-03-06", "2026-03-13"),  # by Friday, said on a Friday
        ("2026-03-12", "2026-03-20"),  # next week: of the second interview
    ]


def test_a_sheets_follow_ups_have_their_method_and_outcome(sheet: ApplicationLog) -> None:
    made = sheet.events[sheet.events["kind"] == "follow_up"].sort_values("date")
    assert made["method"].tolist() == ["email", "phone", "phone"]
    outcomes = made["outcome"].astype(object).fillna("").tolist()
    assert outcomes[0] == "sent"
    assert outcomes[1] in ("spoke", "")  # two of the sheets say no more than that one called
    assert outcomes[2] == "voicemail"


def test_a_sheets_people_hours_and_notes(sheet: ApplicationLog) -> None:
    first = sheet.events[sheet.events["date"] == "2026-03-04"].iloc[0]
    assert first["contact"] in ("Anja de Vries", "Łucja Żak", "Ayşe Işık", "李小明")
    assert "555" in first["phone"]
    assert sheet.events.loc[sheet.events["date"] == "2026-03-05", "hour"].tolist() == [14]
    assert sheet.applications["notes"].notna().sum() == 1


def test_a_sheet_leaves_out_only_what_was_not_applied_to(sheet: ApplicationLog) -> None:
    assert [row for row, _, _ in problems(sheet, "rejected")] == [8]
    assert problems(sheet, "blanked") == []


LOGS = {
    "nl": """\
Datum;Tijd;Bedrijf;Functie;Gebeurtenis;Methode;Uitkomst;Contactpersoon;Beslissing;Terug op
2-2-2026;;Voorbeeld BV;Kok;Sollicitatie;e-mail;;;;
3-2-2026;;Voorbeeld BV;Kok;Ontvangstbevestiging;;;;;
10-2-2026;;Voorbeeld BV;Kok;Reactie;;uitgenodigd;;;
24-2-2026;14:00;Voorbeeld BV;Kok;Sollicitatiegesprek;op locatie;;Anja;eind van de week;
25-2-2026;;Voorbeeld BV;Kok;Bedankmail;;;Anja;;
3-3-2026;;Voorbeeld BV;Kok;Nagebeld;;boodschap doorgegeven;;;
4-3-2026;;Voorbeeld BV;Kok;Afwezig;;;Anja;;16-3-2026
25-3-2026;;Voorbeeld BV;Kok;Afwijzing;;;;;
""",
    "pl": """\
Data;Godzina;Firma;Stanowisko;Zdarzenie;Sposób;Wynik;Osoba kontaktowa;Decyzja;Wraca
2.02.2026;;Przykład;Kucharz;Aplikacja;mailem;;;;
3.02.2026;;Przykład;Kucharz;Potwierdzenie otrzymania;;;;;
10.02.2026;;Przykład;Kucharz;Odpowiedź;;zaproszenie;;;
24.02.2026;14:00;Przykład;Kucharz;Rozmowa kwalifikacyjna;osobiście;;Anna;do końca tygodnia;
25.02.2026;;Przykład;Kucharz;Mail z podziękowaniem;;;Anna;;
3.03.2026;;Przykład;Kucharz;Dzwoniłam;;wiadomość w sekretariacie;;;
4.03.2026;;Przykład;Kucharz;Urlop;;;Anna;;16.03.2026
25.03.2026;;Przykład;Kucharz;Odmowa;;;;;
""",
    "tr": """\
Tarih;Saat;Şirket;Pozisyon;Olay;Yöntem;Sonuç;İlgili kişi;Karar;İşe dönüş
02.02.2026;;Örnek;Aşçı;Başvuru;e-posta;;;;
03.02.2026;;Örnek;Aşçı;Başvuru alındı;;;;;
10.02.2026;;Örnek;Aşçı;Geri dönüş;;davet;;;
24.02.2026;14:00;Örnek;Aşçı;Mülakat;yüz yüze;;Ayşe;hafta sonuna kadar;
25.02.2026;;Örnek;Aşçı;Teşekkür maili;;;Ayşe;;
03.03.2026;;Örnek;Aşçı;Aradım;;sekretere not bıraktım;;;
04.03.2026;;Örnek;Aşçı;İzinde;;;Ayşe;;16.03.2026
25.03.2026;;Örnek;Aşçı;Ret;;;;;
""",
    "zh": """\
日期,几点,公司,职位,事件,方式,结果,联系人,承诺回复,回来日期
2026-02-02,,示例,厨师,投递,邮箱,,,,
2026-02-03,,示例,厨师,自动回复,,,,,
2026-02-10,,示例,厨师,回复,,约面,,,
2026-02-24,14:00,示例,厨师,一面,现场,,小李,本周五前,
2026-02-25,,示例,厨师,感谢邮件,,,小李,,
2026-03-03,,示例,厨师,打电话,,请前台转达,,,
2026-03-04,,示例,厨师,休假,,,小李,,2026-03-16
2026-03-25,,示例,厨师,拒信,,,,,
""",
}


@pytest.mark.parametrize("language", LOGS)
def test_an_event_log_tells_what_happened(language: str) -> None:
    log = read(LOGS[language])
    assert happened(log) == [
        ("2026-02-02", "applied"),
        ("2026-02-03", "acknowledgement"),
        ("2026-02-10", "reply"),
        ("2026-02-24", "interview"),
        ("2026-02-25", "thank_you"),
        ("2026-03-03", "follow_up"),
        ("2026-03-04", "out_of_office"),
        ("2026-03-25", "rejection"),
    ]
    interview = one(log, "interview")
    assert interview["hour"] == 14
    assert interview["method"] == "in_person"
    assert str(interview["decide_by"].date()) == "2026-02-27"
    assert one(log, "applied")["method"] == "email"
    assert one(log, "reply")["outcome"] == "invited"
    assert one(log, "thank_you")["method"] == "email"
    assert one(log, "follow_up")["method"] == "phone"
    assert one(log, "follow_up")["outcome"] == "message_taken"
    assert str(one(log, "out_of_office")["until"].date()) == "2026-03-15"  # back the day after
    assert log.problems.empty


# said on Wednesday 4 March 2026; a Friday is 2026-03-06
PROMISES = [
    ("twee weken", "2026-03-18"),
    ("binnen een week", "2026-03-11"),
    ("over 3 dagen", "2026-03-07"),
    ("uiterlijk vrijdag", "2026-03-06"),
    ("aanstaande vrijdag", "2026-03-06"),
    ("volgende vrijdag", "2026-03-13"),
    ("vrijdag volgende week", "2026-03-13"),
    ("volgende week", "2026-03-13"),
    ("komende week", "2026-03-13"),
    ("eind deze week", "2026-03-06"),
    ("eind van de maand", "2026-03-31"),
    ("2 tot 3 weken", "2026-03-25"),
    ("2 à 3 weken", "2026-03-25"),
    ("binnen 5 werkdagen", "2026-03-11"),
    ("één maand", "2026-04-04"),
    ("overmorgen", "2026-03-06"),
    ("dwa tygodnie", "2026-03-18"),
    ("w ciągu dwóch tygodni", "2026-03-18"),
    ("za tydzień", "2026-03-11"),
    ("w ciągu tygodnia", "2026-03-11"),
    ("w tym tygodniu", "2026-03-06"),
    ("na przyszły tydzień", "2026-03-13"),
    ("w przyszłym tygodniu", "2026-03-13"),
    ("do piątku", "2026-03-06"),
    ("w najbliższy piątek", "2026-03-06"),
    ("w przyszły piątek", "2026-03-13"),
    ("do końca tygodnia", "2026-03-06"),
    ("do końca przyszłego tygodnia", "2026-03-13"),
    ("do końca miesiąca", "2026-03-31"),
    ("za miesiąc", "2026-04-04"),
    ("od 2 do 3 tygodni", "2026-03-25"),
    ("5 dni roboczych", "2026-03-11"),
    ("3-5 dni roboczych", "2026-03-11"),
    ("10 dni kalendarzowych", "2026-03-14"),
    ("jutro", "2026-03-05"),
    ("iki hafta içinde", "2026-03-18"),
    ("2 haftaya kadar", "2026-03-18"),
    ("bir hafta sonra", "2026-03-11"),
    ("haftaya", "2026-03-13"),
    ("haftaya cuma", "2026-03-13"),
    ("gelecek hafta", "2026-03-13"),
    ("önümüzdeki cuma", "2026-03-06"),
    ("onumuzdeki hafta", "2026-03-13"),
    ("cumaya kadar", "2026-03-06"),
    ("cuma günü", "2026-03-06"),
    ("ay sonu", "2026-03-31"),
    ("bu ayın sonuna kadar", "2026-03-31"),
    ("üç gün", "2026-03-07"),
    ("UC GUN", "2026-03-07"),
    ("2-3 hafta", "2026-03-25"),
    ("5 iş günü içinde", "2026-03-11"),
    ("bir ay", "2026-04-04"),
    ("yarın", "2026-03-05"),
    ("两周", "2026-03-18"),
    ("两周内", "2026-03-18"),
    ("2周内", "2026-03-18"),
    ("三天内", "2026-03-07"),
    ("一周后", "2026-03-11"),
    ("一个星期左右", "2026-03-11"),
    ("两三天", "2026-03-07"),
    ("十天之内", "2026-03-14"),
    ("十五天", "2026-03-19"),
    ("2~3周", "2026-03-25"),
    ("2～3 周", "2026-03-25"),
    ("一到两周", "2026-03-18"),
    ("5个工作日", "2026-03-11"),
    ("三到五个工作日内", "2026-03-11"),
    ("下周五", "2026-03-13"),
    ("下周五之前", "2026-03-13"),
    ("下个星期三", "2026-03-11"),
    ("周五前", "2026-03-06"),
    ("本周五", "2026-03-06"),
    ("这周五前给答复", "2026-03-06"),
    ("下周", "2026-03-13"),
    ("本周内", "2026-03-06"),
    ("月底", "2026-03-31"),
    ("本月底前", "2026-03-31"),
    ("下个月底", "2026-04-30"),
    ("一个月", "2026-04-04"),
    ("半个月", "2026-03-19"),
    ("明天", "2026-03-05"),
    ("兩週內", "2026-03-18"),
    ("五個工作天", "2026-03-11"),
    ("下禮拜三", "2026-03-11"),
    ("Do", "2026-03-05"),  # a German Thursday still, though "do" is "until" in Polish
    ("bis Do", "2026-03-05"),
    ("2 w", "2026-03-18"),
]


def promised(text: str, said: str = "2026-03-04") -> tuple[str, str]:
    """Return the last day of a promise, and the problem."""
    days, why = parse_promises([text], np.array([said], dtype="datetime64[D]"))
    return str(days[0]), why[0]


@pytest.mark.parametrize(("text", "day"), PROMISES)
def test_promises(text: str, day: str) -> None:
    assert promised(text) == (day, "")


@pytest.mark.parametrize(
    "text",
    ["ze laten het weten", "zsm", "odezwą się", "wkrótce", "biz sizi ararız", "等通知", "尽快"],
)
def test_words_that_promise_no_date(text: str) -> None:
    assert promised(text) == ("NaT", NO_DATE)


@pytest.mark.parametrize(
    "text",
    [
        "week",
        "w",
        "weken",
        "na het feest",
        "tygodnie",
        "po świętach",
        "hafta",
        "bayramdan sonra",
        "3月",  # March, not three months
        "3日",
        "五",
        "周",
        "下下周",
        "年底",
        "春节后",
        "周五周六",
    ],
)
def test_promises_that_are_not_certain_are_not_guessed(text: str) -> None:
    assert promised(text) == ("NaT", NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    ("status", "kind", "interviewed"),
    [
        ("Afgewezen na gesprek", "rejected", True),
        ("uitgenodigd voor gesprek", "applied", False),
        ("2e gesprek", "interview", True),
        ("gesprek gehad, afgewezen", "rejected", True),
        ("niets meer gehoord", "ghosted", False),
        ("Afgwezen", "rejected", False),
        ("ODRZUCONA", "rejected", False),
        ("odmowa po rozmowie", "rejected", True),
        ("cisza 🦗", "ghosted", False),
        ("wyslane", "applied", False),
        ("odrzuciłem ofertę", "withdrawn", False),
        ("REDDEDİLDİ", "rejected", False),
        ("REDDEDILDI", "rejected", False),
        ("donus yok", "ghosted", False),
        ("mülakat → olumsuz", "rejected", True),
        ("teklifi reddettim", "withdrawn", False),
        ("二面挂", "rejected", True),
        ("一面，挂了", "rejected", True),
        ("挂了😭", "rejected", False),
        ("拒offer", "withdrawn", False),
        ("已读不回", "ghosted", False),
        ("簡歷篩選中", "applied", False),
        ("收到感谢信", "rejected", False),  # their thanks are a rejection
    ],
)
def test_statuses(status: str, kind: str, interviewed: bool) -> None:
    said = read_status(status)
    assert (said.kind, said.interviewed, said.prospect) == (kind, interviewed, False)


@pytest.mark.parametrize("status", ["red", "na", "意向", "contact", "contract"])
def test_words_that_are_another_thing_elsewhere_are_no_status(status: str) -> None:
    assert read_status(status).kind == "unknown"


def test_a_header_whose_number_is_part_of_the_word() -> None:
    log = read("公司,三面,二面,面试1\n示例,2026-03-20,2026-03-12,2026-03-04\n")
    said = dict(zip(log.columns["header"], log.columns["read_as"], strict=True))
    assert said == {
        "公司": "company",
        "三面": "interview 3",
        "二面": "interview 2",
        "面试1": "interview 1",
    }


def test_letters_that_do_not_decompose_are_typed_without_their_marks() -> None:
    assert fold("Łódź Ørsted Đurđa Æsop œuvre Straße") == "lodz orsted durda aesop oeuvre strasse"
    assert fold("ISTANBUL") == fold("istanbul")
    assert letters("İŞ GÖRÜŞMESİ") == letters("iş görüşmesi")
    assert letters("ILIŞKI") == letters("ılışkı")  # a Turkish I without its dot, either way


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("mulakat", "interview"), ("muelakat", "interview"), ("gorusme", "interview")],
)
def test_umlauts_are_known_as_a_german_and_as_a_turk_types_them(typed: str, meant: str) -> None:
    assert read_kind(typed) == (meant, None, None)
    assert vocabulary().headers[typed] == (meant,)


def test_german_umlauts_are_known_without_their_dots_too() -> None:
    assert read_status("zuruckgezogen").kind == "withdrawn"
    assert read_status("zurueckgezogen").kind == "withdrawn"


@given(st.text())
def test_folding_never_fails_and_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert letters(text) == letters(fold(text))
    assert "".join(c for c in "".join(tokens(text)) if not c.isdecimal()) == letters(text)


@given(st.text(alphabet="两三一十周月天日内后前个工作底下本五 2-~w do"))
def test_no_promise_fails_whatever_its_words(text: str) -> None:
    day, why = promised(text)
    assert (day == "NaT") or not why
    assert day == "NaT" or day >= "2026-03-04"


FILES = {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(ALIASES.glob("*.json"))}
READERS = {
    "statuses": lambda text: vocabulary().statuses.get(letters(text)),
    "kinds": lambda text: vocabulary().kinds.get(letters(text)),
    "follow_ups": lambda text: vocabulary().follow_ups.get(letters(text)),
    "reply_outcomes": lambda text: vocabulary().reply_outcomes.get(letters(text)),
    "contact_roles": lambda text: vocabulary().contact_roles.get(letters(text)),
    "levels": lambda text: vocabulary().levels.get(letters(text)),
    "countries": lambda text: vocabulary().countries.get(letters(text)),
}


@pytest.mark.parametrize("section", READERS)
@pytest.mark.parametrize("language", ["en", "de", "nl", "pl", "tr", "zh"])
def test_no_language_takes_a_word_from_another(language: str, section: str) -> None:
    lost = {
        (phrase, meaning, READERS[section](phrase))
        for meaning, phrases in FILES[language][section].items()
        for phrase in phrases
        if READERS[section](phrase) != meaning
    }
    assert lost == set()


@pytest.mark.parametrize("language", ["nl", "pl", "tr", "zh"])
def test_a_language_knows_what_english_knows(language: str) -> None:
    english, own = FILES["en"], FILES[language]
    assert set(english) <= set(own)
    left_out = {
        section: set(english[section]) - set(own[section]) - {"stage_column"}  # "Onsite": English
        for section in ("headers", "statuses", "follow_ups", "reply_outcomes", "contact_roles")
    }
    assert not any(left_out.values()), left_out
    assert set(own["months"].values()) == set(range(1, 13))
    assert set(own["weekdays"].values()) == set(range(7))
    assert all((own["away"], own["date_fillers"], own["promises"]["no_date"]))
    assert not set(map(letters, own["yes"])) & set(map(letters, own["no"]))


SAID = np.array(["2026-03-04"], dtype="datetime64[D]")


@pytest.mark.parametrize(
    "note",
    [
        "back on Monday",
        "terug op maandag",
        "weer bereikbaar op maandag",
        "wraca w poniedziałek",
        "pazartesi izinden dönüyor",
        "pazartesi işbaşı",
    ],
)
def test_back_on_monday_is_away_until_sunday(note: str) -> None:
    assert str(in_notes([note], SAID, None)[0]) == "2026-03-08"


@pytest.mark.parametrize(
    "note",
    [
        "will call back Friday",
        "hear back by Friday",
        "meldet sich Freitag zurück",
        "bellen vrijdag terug",
        "decyzja będzie w piątek",
        "cumaya kadar dönecekler",
        "cuma dönüş",
        "周五上班",
    ],
)
def test_an_answer_on_friday_is_no_absence(note: str) -> None:
    assert np.isnat(in_notes([note], SAID, None)[0])


def test_roles_and_methods() -> None:
    assert read_role("HR-adviseur") == ("hr", "")
    assert read_role("kierowniczka; rekruterka") == ("hiring_manager;hr", "")
    assert read_role("İK uzmanı")[0] == "hr"
    assert read_role("面试官")[0] == "interviewer"
    assert read_contacting("geappt").method == "text"
    assert read_contacting("przez LinkedIn").method == "portal"
    assert read_contacting("telefon / açmadı").outcome == "no_answer"
    assert read_contacting("发微信").method == "text"


@pytest.mark.parametrize(
    ("note", "last"),
    [
        ("下周一回来", "2026-03-08"),
        ("周五回来", "2026-03-05"),
        ("休假，下週一回來", "2026-03-08"),
        ("週五回來", "2026-03-05"),
        ("休假到周五", "2026-03-06"),
        ("请假至3月20日回来", "NaT"),  # until that day, or back on it
        ("下周回来", "NaT"),  # which day of it, nobody knows
        ("周五到公司面试", "NaT"),
        ("周五回复", "NaT"),
    ],
)
def test_chinese_absences_have_no_blanks(note: str, last: str) -> None:
    assert str(in_notes([note], SAID, None)[0]) == last
