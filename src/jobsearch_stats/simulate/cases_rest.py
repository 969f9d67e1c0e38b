"""The cases that wait longer, are old, or are over."""

from .case import (
    Case,
    Happened,
    applied,
    interview,
    invited,
    mailed,
    refused,
    thanks,
    voicemail,
)

LATER = (
    Case(
        "R15", "Winterbourne Tools", state="waiting", due_on="2026-03-17",
        action="follow_up", do_on="2026-03-17",
        why="away until Sunday 15 March, back on Monday: call Tuesday",
        events=(applied("2026-01-29"), interview("2026-02-25", "2026-03-04", "a week"),
                thanks("2026-02-26"), mailed("2026-03-05"),
                Happened("2026-03-05", "out_of_office", until="2026-03-15")),
        contact="Hugo Barley", contact_role="hiring_manager", phone="(202) 555-0130",
        email="hugo.barley@winterbourne.example.com",
    ),
    Case(
        "R1 R3", "Thimble & Co", state="waiting", due_on="2026-03-24", role="Product Analyst",
        why='two weeks from Friday 6 March. "Before the decision" would call on Thursday 19',
        events=(applied("2026-02-17"), interview("2026-03-06", "2026-03-20", "two weeks"),
                thanks("2026-03-09")),
        contact="Sara Abbot", contact_role="interviewer", phone="(202) 555-0131", fit=4,
    ),
    Case(
        "R1", "Starling Press", state="waiting", due_on="2026-03-25", role="Marketing Analyst",
        why="four weeks off, and they prefer e-mail",
        events=(applied("2026-01-22"), interview("2026-02-24", "2026-03-24", "4 weeks"),
                thanks("2026-02-25")),
        contact="Elif Archer", contact_role="hr", phone="(202) 555-0132",
        email="elif.archer@starling.example.com", contact_by="email",
    ),
    Case(
        "R17", "Ironbark", state="waiting", due_on="2026-03-24", role="Business Analyst",
        why="rejected in January, and invited again: a later interview opens it",
        events=(applied("2025-12-22"), refused("2026-01-20"), invited("2026-02-19"),
                interview("2026-02-27", "2026-03-20", "three weeks"), thanks("2026-03-02")),
        contact="Ben Wick", contact_role="hr", phone="(202) 555-0133", fit=4, wanted=4,
    ),
)  # fmt: skip

OLD = (
    Case(
        "R4 R20", "Juniper Hollow", state="overdue", due_on="2026-01-01", action="old",
        do_on="2026-03-10", role="Research Assistant",
        why="due on New Year's Day; with the country US on Friday 2 January. Long past: old",
        events=(applied("2025-11-24"),
                interview("2025-12-18", "2025-12-31", "end of the month", method="in_person"),
                thanks("2025-12-19")),
        contact="Chen Umber", contact_role="interviewer", phone="(202) 555-0140",
    ),
    Case(
        "R20", "Foxglove Media", state="overdue", due_on="2026-01-23", action="old",
        do_on="2026-03-10", role="Marketing Analyst",
        why="46 days past due: one last message, or let go",
        events=(applied("2025-12-29"), interview("2026-01-15", "2026-01-22", "a week")),
        contact="Bianca Sable", contact_role="hr", phone="(202) 555-0141", fit=2, wanted=2,
    ),
    Case(
        "R20 R8", "Nettlefold", state="overdue", due_on="2025-12-18", action="old",
        do_on="2026-03-10", role="Insights Analyst",
        why="one voicemail in December, and the second never made",
        events=(applied("2025-11-10"), interview("2025-12-02", "2025-12-09", "a week"),
                thanks("2025-12-03"), voicemail("2025-12-11")),
        contact="Diego Yarrow", contact_role="hiring_manager", phone="(202) 555-0142", fit=2,
    ),
)  # fmt: skip

OVER = (
    Case(
        "R5 R6", "Candlewick Energy", state="abandoned", action="let_go", do_on="2026-03-10",
        why="two voicemails, and a week of silence since 27 February: let it go",
        events=(applied("2026-01-19"), interview("2026-02-12", "2026-02-18", "by Wednesday"),
                thanks("2026-02-13"), voicemail("2026-02-19"), voicemail("2026-02-27")),
        contact="Ivan Fenn", contact_role="hiring_manager", phone="(202) 555-0150", fit=4,
    ),
    Case(
        "R5 R6", "Oxbow Hardware", state="abandoned", role="Reporting Analyst",
        why="two voicemails in October: long let go",
        events=(applied("2025-09-08"), interview("2025-10-02", "2025-10-08", "by Wednesday"),
                thanks("2025-10-03"), voicemail("2025-10-09"), voicemail("2025-10-16")),
        contact="Lara Hale", contact_role="interviewer", phone="(202) 555-0151",
    ),
    Case(
        "R6", "Heathside Homes", state="abandoned", role="Business Analyst",
        why='the sheet says "No response": that is taken as it stands',
        events=(applied("2025-10-13"), interview("2025-11-06", "2025-11-13", "a week")),
        contact="Tomas Ivory", contact_role="hr", phone="(202) 555-0152", status="No response",
        fit=2, wanted=1,
    ),
    Case(
        "R13", "Millrace Paper", state="closed", role="Operations Analyst",
        why="rejected on 4 March, and answered with a card the next day",
        events=(applied("2026-01-23"), interview("2026-02-13", "2026-02-20", "a week"),
                thanks("2026-02-16"), voicemail("2026-02-24"), refused("2026-03-04"),
                thanks("2026-03-05", "letter")),
        contact="Mina Cedar", contact_role="hiring_manager", phone="(202) 555-0153",
        status="rejcted",
    ),
    Case(
        "R14", "Bittern Group", state="closed", role="BI Developer",
        why="told on 20 February never to call again",
        events=(applied("2026-01-20"), interview("2026-02-10", "2026-02-17", "a week"),
                thanks("2026-02-11"), voicemail("2026-02-18"),
                Happened("2026-02-20", "do_not_contact", "phone")),
        contact="Noah Harrow", contact_role="hr", phone="(202) 555-0154",
    ),
    Case(
        "R14", "Bittern Staffing", state="closed",
        why="another vacancy, the same number in another spelling: no call either",
        events=(applied("2026-02-10"), interview("2026-03-03"), thanks("2026-03-04")),
        contact="Noah Harrow", contact_role="hr", phone="202.555.0154",
    ),
    Case(
        "R14 R13", "Copperline", state="closed", role="Reporting Analyst",
        why="rejected, and told never to call again: no card",
        events=(applied("2026-01-27"), interview("2026-02-18", "2026-02-25", "a week"),
                thanks("2026-02-19"), voicemail("2026-03-03"), refused("2026-03-05"),
                Happened("2026-03-05", "do_not_contact", "email")),
        contact="Anna Kestrel", contact_role="hiring_manager", phone="(202) 555-0156",
        status="Rejected!!",
    ),
    Case(
        "R17", "Moss & Barrow", state="closed", role="Research Assistant",
        why="withdrawn in September: the hours were not as advertised",
        events=(applied("2025-08-25"), interview("2025-09-16", "2025-09-30", "two weeks"),
                thanks("2025-09-17"), Happened("2025-09-24", "withdrawn", "email")),
        contact="Emma Almond", contact_role="hr", phone="(202) 555-0157", status="withdrew",
    ),
    Case(
        "R17", "Tidewater Archive", state="closed", role="Junior Data Scientist",
        why="an offer came in November; it was for half the hours, and was declined",
        events=(applied("2025-10-06"), invited("2025-10-20"),
                interview("2025-10-28", "2025-11-04", "a week"), thanks("2025-10-29"),
                voicemail("2025-11-05"),
                Happened("2025-11-07", "offer", "phone")),
        contact="Rafael Meadow", contact_role="hiring_manager", phone="(202) 555-0158",
        status="Offer received", fit=4,
    ),
)  # fmt: skip

NEVER_INTERVIEWED = (
    Case(
        "R19", "Sable Creek", state="", role="Insights Analyst",
        why='never interviewed: not in the table. With the stage "application": due on 10 March',
        events=(applied("2026-02-24"), Happened("2026-03-03", "acknowledgement", "email")),
        email="jobs@sablecreek.example.com", wanted=4,
    ),
    Case(
        "undated", "Rookery Systems", state="", role="BI Developer", status="Interviewed",
        why="an interview that is known from the status alone has no clock: the date is asked for",
        events=(applied("2026-02-05"),), fit=4,
    ),
    Case(
        "twice", "Umber Lane", state="", status="rejected - position filled",
        why="the same company and title twice are two applications",
        events=(applied("2025-07-14"), refused("2025-08-05")),
    ),
    Case(
        "twice", "Umber Lane", state="", why="the second of the two",
        events=(applied("2025-12-05"),),
    ),
)  # fmt: skip
