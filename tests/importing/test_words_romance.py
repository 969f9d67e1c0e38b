"""Headers, promises and statuses in French, Spanish, Portuguese and Italian, one by one."""

from __future__ import annotations

import numpy as np
import pytest

from importing.reading import read
from jobsearch_stats.importing.promises import NO_DATE, NOT_UNDERSTOOD, parse_promises
from jobsearch_stats.importing.values import read_status

# header, field and number
HEADERS = [
    ("Date de candidature", "applied", 0),
    ("Postulé le", "applied", 0),
    ("Date d’envoi du CV", "applied", 0),
    ("Nom de l'entreprise", "company", 0),
    ("Intitulé du poste", "role", 0),
    ("Relancé le", "follow_up", 0),
    ("Relance n°1", "follow_up", 1),
    ("Relance 2", "follow_up", 2),
    ("Date de la 2ème relance", "follow_up", 2),
    ("Relance 1 - moyen", "follow_up_method", 1),
    ("Prochaine relance", "planned_follow_up_on", 0),
    ("1er entretien", "interview", 1),
    ("Date d'entrevue", "interview", 0),
    ("N° de tél.", "phone", 0),
    ("Réponse attendue le", "decide_by", 0),
    ("Suivi", "", 0),  # what people keep there is notes to some, follow-ups to others
    ("Date de suivi", "follow_up", 0),
    ("Offre", "", 0),  # the advertisement, or what is offered
    ("Fecha de postulación", "applied", 0),
    ("Fecha de la entrevista", "interview", 0),
    ("1ª entrevista", "interview", 1),
    ("Segunda entrevista", "interview", 2),
    ("Próximo seguimiento", "planned_follow_up_on", 0),
    ("Fecha de último seguimiento", "follow_up", 0),
    ("Correo electrónico", "email", 0),
    ("Oferta", "", 0),
    ("Data da candidatura", "applied", 0),
    ("Data da 1ª entrevista", "interview", 1),
    ("Link da vaga", "url", 0),
    ("Vaga", "role", 0),
    ("Previsão de retorno", "decide_by", 0),
    ("Não ligar", "do_not_contact", 0),
    ("Data candidatura", "applied", 0),
    ("Data del colloquio", "interview", 0),
    ("Secondo colloquio", "interview", 2),
    ("Esito sollecito 2", "follow_up_outcome", 2),
    ("Da ricontattare il", "planned_follow_up_on", 0),
    ("In ferie fino al", "until", 0),
]


@pytest.mark.parametrize(("header", "field", "number"), HEADERS)
def test_headers(header: str, field: str, number: int) -> None:
    for written in (header, header.upper()):
        columns = read(f'Status;Reply;"{written}"\nApplied;;\n').columns
        said = columns.set_index("header").loc[written]
        assert said["field"] == field
        assert not field or said["read_as"] == (f"{field} {number}" if number else field)


# said on Wednesday, 4 March 2026
PROMISES = [
    ("sous 15 jours", "2026-03-19"),
    ("sous quinzaine", "2026-03-19"),
    ("une quinzaine de jours", "2026-03-19"),
    ("d'ici deux semaines", "2026-03-18"),
    ("2 à 3 semaines", "2026-03-25"),
    ("une semaine ou deux", "2026-03-18"),
    ("10 jours ouvrés", "2026-03-18"),
    ("au plus tard vendredi", "2026-03-06"),
    ("fin de semaine", "2026-03-06"),
    ("à la fin du mois", "2026-03-31"),
    ("la semaine prochaine", "2026-03-13"),
    ("vendredi de la semaine prochaine", "2026-03-13"),
    ("demain", "2026-03-05"),
    ("quince días", "2026-03-19"),
    ("de 2 a 3 semanas", "2026-03-25"),
    ("en 10 días hábiles", "2026-03-18"),
    ("a más tardar el viernes", "2026-03-06"),
    ("la semana que viene", "2026-03-13"),
    ("el viernes que viene", "2026-03-06"),
    ("a finales de mes", "2026-03-31"),
    ("daqui a duas semanas", "2026-03-18"),
    ("até sexta-feira", "2026-03-06"),
    ("até o final da próxima semana", "2026-03-13"),
    ("30 dias corridos", "2026-04-03"),
    ("mês que vem", "2026-04-30"),
    ("quindici giorni", "2026-03-19"),
    ("una quindicina di giorni", "2026-03-19"),
    ("prima di venerdì", "2026-03-06"),
    ("entro fine mese", "2026-03-31"),
    ("un paio di settimane", "2026-03-18"),
    ("fine di questa settimana", "2026-03-06"),
    ("entro 5 gg lavorativi", "2026-03-11"),
    ("bis Di", "2026-03-10"),  # still a German Tuesday
    ("Di nächste Woche", "2026-03-10"),
    ("bis Do", "2026-03-05"),  # and a Thursday
    ("a couple of weeks", "2026-03-18"),
    ("within a week", "2026-03-11"),
]


@pytest.mark.parametrize(("text", "day"), PROMISES)
def test_promises_in_words(text: str, day: str) -> None:
    days, said = parse_promises([text], np.array(["2026-03-04"], dtype="datetime64[D]"))
    assert (str(days[0]), said[0]) == (day, "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("plus de deux semaines", NOT_UNDERSTOOD),  # more than two: no last day
        ("más de dos semanas", NOT_UNDERSTOOD),
        ("mais de uma semana", NOT_UNDERSTOOD),
        ("più di due settimane", NOT_UNDERSTOOD),
        ("pasado mañana", NOT_UNDERSTOOD),  # not "mañana"
        ("depois de amanhã", NOT_UNDERSTOOD),
        ("dès que possible", NO_DATE),
        ("nos pondremos en contacto", NO_DATE),
        ("em breve", NO_DATE),
        ("Ti faremo sapere", NO_DATE),
    ],
)
def test_what_promises_no_day(text: str, problem: str) -> None:
    days, said = parse_promises([text], np.array(["2026-03-04"], dtype="datetime64[D]"))
    assert np.isnat(days[0])
    assert said[0] == problem


@pytest.mark.parametrize(
    ("text", "kind", "interviewed"),
    [
        ("Postulé", "applied", False),
        ("En attente", "applied", False),
        ("Refus après l'entretien", "rejected", True),
        ("CV leído", "applied", False),
        ("Rechazado tras la entrevista", "rejected", True),
        ("Contratada", "offer", False),
        ("Em andamento", "applied", False),
        ("Reprovada na entrevista", "rejected", True),
        ("Vaga encerrada", "rejected", False),
        ("Colloquio negativo", "rejected", True),
        ("Nessuna risposta dopo il colloquio", "ghosted", True),
        ("In valutazione", "applied", False),
        ("Rejected after interview", "rejected", True),
        ("Absage nach Gespräch", "rejected", True),
    ],
)
def test_statuses_in_words(text: str, kind: str, interviewed: bool) -> None:
    status = read_status(text)
    assert (status.kind, status.interviewed) == (kind, interviewed)
    assert read_status(text.upper()) == status
