"""French, Spanish, Portuguese and Italian: a sheet and an event log of each, as people keep them."""

# ruff: noqa: E501 (the sheets are as wide as people keep them)

from __future__ import annotations

import pytest

from importing.reading import problems, read
from jobsearch_stats.log import ApplicationLog

FRENCH = """\
Entreprise;Intitulé du poste;Lieu;Date de candidature;Source;Accusé de réception le;Entretien 1;Type d'entretien;2ème entretien;Interlocuteur;Tél.;Courriel;Décision promise;Remerciement;Relancé le;Moyen de relance;Résultat de la relance;Relance 2;Relance 2 moyen;Réponse reçue le;Refus;État de la candidature;Intérêt;Commentaires
Moulin & Fils;Comptable;Lyon;4 févr. 2026;Indeed;05/02/2026;mar. 17 février 2026;visio;1er mars 2026 à 14h30;Mme Vasseur;01 99 00 01 02;c.vasseur@example.com;d'ici deux semaines;02/03/2026;18/03/2026;par téléphone;message laissé sur répondeur;25/03/2026;mail;;;En attente de réponse;élevé;dossier complet
Atelier Brume;Chef de projet;Nantes;10/02/2026;LinkedIn;;24/02/2026;;;;;;avant vendredi;;03/03/2026;mail;sans réponse;;;;;Pas de nouvelles après entretien;moyen;
Société Quartz;Développeuse;Québec;11/02/2026;;;;;;;;;;;;;;;;;20/02/2026;Refusée;faible;
Groupe Ormeau;Analyste;Paris;12/02/2026;;;oui;;;;;;;;;;;;;;;Refus après entretien;;
Café Lumen;Gérant;;13/02/2026;;;;;;;;;;;20/02/2026;téléphone;personne n'a répondu;;;27/02/2026;;Entretien prévu;;
Orée Conseil;Juriste;;;;;;;;;;;;;;;;;;;;À postuler;;
Val d'Argent;Acheteur;;14/02/2026;;;;;;;;;;;;;;;;;;Sans réponse;;
Rives SARL;Acheteur;;15/02/2026;;;03/03/2026;;;;;;on vous rappellera;;;;;;;;;Désisté;;
"""

SPANISH = """\
Empresa,Puesto,Ciudad,Fecha de postulación,Portal,Entrevista 1,Modalidad de entrevista,2da entrevista,Persona de contacto,Celular,Correo electrónico,Decisión prometida,Agradecimiento,Seguimiento 1,Seguimiento 1 medio,Resultado del seguimiento 1,Fecha de respuesta,Rechazo,Estado,Prioridad,Observaciones
Ribera Azul,Contadora,Bogotá,4 de febrero de 2026,Computrabajo,"martes, 17 de febrero de 2026",videollamada,4 de marzo de 2026,Lic. Pardo,555-0101,pardo@example.com,en dos semanas,5 de marzo de 2026,19/03/2026,llamada,dejé un mensaje,,,En proceso,alta,llevar portafolio
Nube Norte,Analista,Lima,10/02/2026,,24/02/2026,,,,,,antes del viernes,,03/03/2026,correo,sin respuesta,,,Sin respuesta,media,
Taller Sur,Diseñador,Madrid,11/02/2026,,,,,,,,,,,,,,20/02/2026,Descartado,baja,
Casa Olivar,Cocinera,Quito,12/02/2026,,sí,,,,,,,,,,,,,Rechazada tras entrevista,,
Grupo Faro,Gerente,Santiago,13/02/2026,,,,,,,,,,20/02/2026,WhatsApp,,27/02/2026,,Entrevista agendada,,
Luz Clara,Vendedor,,,,,,,,,,,,,,,,,Por postular,,
Piedra Viva,Vendedora,,14/02/2026,,03/03/2026,,,,,,ya te llamaremos,,,,,,,Me retiré,,
Monte Alto,Chofer,,15/02/2026,,10/03/2026,,,,,,la semana que viene,,,,,,,Oferta recibida,,
"""

PORTUGUESE = """\
Empresa;Vaga;Cidade;Data da candidatura;Site da vaga;Entrevista 1;Formato da entrevista;2ª entrevista;Nome do recrutador;Telefone;E-mail;Previsão de retorno;Agradecimento;Follow-up 1;Follow-up 1 meio;Resultado do follow-up 1;Retorno da empresa;Data da reprovação;Status;Prioridade;Observações
Maré Alta;Contadora;Recife;4 de fevereiro de 2026;Gupy;terça-feira, 17 de fevereiro de 2026;videochamada;4 de março de 2026;Sra. Prado;555-0102;prado@example.com;em dez dias úteis;5 de março de 2026;19/03/2026;ligação;deixei recado na caixa postal;;;Aguardando retorno;alta;levar portfólio
Serra Verde;Analista;Porto;10/02/2026;;24/02/2026;;;;;;até sexta-feira;;03/03/2026;e-mail;sem resposta;;;Sem retorno;média;
Oficina Sol;Designer;Lisboa;11/02/2026;;;;;;;;;;;;;;20/02/2026;Reprovado;baixa;
Casa Jardim;Cozinheira;Salvador;12/02/2026;;sim;;;;;;;;;;;;;Reprovada após entrevista;;
Grupo Farol;Gerente;Curitiba;13/02/2026;;;;;;;;;;20/02/2026;WhatsApp;;27/02/2026;;Entrevista marcada;;
Lua Nova;Vendedor;;;;;;;;;;;;;;;;;Não enviado;;
Pedra Clara;Vendedora;;14/02/2026;;03/03/2026;;;;;;entraremos em contato;;;;;;;Desisti;;
Monte Azul;Motorista;;15/02/2026;;10/03/2026;;;;;;na próxima semana;;;;;;;Proposta recebida;;
"""

ITALIAN = """\
Azienda;Posizione;Sede;Data candidatura;Fonte;Primo colloquio;Modalità colloquio;Secondo colloquio;Referente;Cellulare;Indirizzo e-mail;Risposta entro;Ringraziamento;Sollecito 1;Sollecito 1 mezzo;Esito sollecito 1;Data risposta;Rifiuto;Stato candidatura;Interesse;Note
Lago Chiaro;Contabile;Torino;4 febbraio 2026;InfoJobs;martedì 17 febbraio 2026;in videochiamata;4 marzo 2026 ore 15.30;dott. Serra;555-0103;serra@example.com;entro due settimane;5 marzo 2026;19/03/2026;telefonata;lasciato messaggio in segreteria;;;In attesa di risposta;alto;portare portfolio
Nuvola Blu;Analista;Bari;10/02/2026;;24/02/2026;;;;;;prima di venerdì;;03/03/2026;e-mail;nessuna risposta;;;Nessun riscontro;medio;
Bottega Sole;Grafico;Roma;11/02/2026;;;;;;;;;;;;;;20/02/2026;Scartato;basso;
Casa Ulivo;Cuoca;Pisa;12/02/2026;;sì;;;;;;;;;;;;;Scartata dopo colloquio;;
Gruppo Faro;Responsabile;Milano;13/02/2026;;;;;;;;;;20/02/2026;WhatsApp;;27/02/2026;;Colloquio fissato;;
Luna Chiara;Commesso;;;;;;;;;;;;;;;;;Da inviare;;
Pietra Viva;Commessa;;14/02/2026;;03/03/2026;;;;;;Le faremo sapere;;;;;;;Mi sono ritirata;;
Monte Alto;Autista;;15/02/2026;;10/03/2026;;;;;;la settimana prossima;;;;;;;Offerta ricevuta;;
"""

# Every log tells the same story, in its own words for the talks of 10, 26 March and 3 April.
EVENT_LOGS = {
    "fr": """\
Entreprise;Poste;Date;Heure;Événement;Moyen;Résultat;Interlocuteur;Fonction du contact;Décision attendue;Remarque
Moulin;Comptable;4 mars 2026;;Candidature envoyée;site;;;;;
Moulin;Comptable;5 mars 2026;;Accusé de réception;;;;;;
Moulin;Comptable;10 mars 2026;14h30;Entretien en visio;;;Mme Vasseur;responsable d'équipe;sous 15 jours;bien passé
Moulin;Comptable;11 mars 2026;;Mail de remerciement;;;;;;
Moulin;Comptable;26 mars 2026;;Relance;téléphone;laissé un message;;;;
Moulin;Comptable;2 avril 2026;;Relance par mail;;;;;;
Moulin;Comptable;3 avril 2026;;Réponse;courriel;en attente;;;fin du mois;
Moulin;Comptable;30 avril 2026;;Refus;;;;;;
""",
    "es": """\
Empresa;Puesto;Fecha;Hora;Evento;Medio;Resultado;Contacto;Cargo del contacto;Respuesta esperada;Nota
Ribera;Contadora;4 de marzo de 2026;;Postulación;portal;;;;;
Ribera;Contadora;5 de marzo de 2026;;Acuse de recibo;;;;;;
Ribera;Contadora;10 de marzo de 2026;14:30;Entrevista presencial;;;Lic. Pardo;jefa de área;en 5 días hábiles;salió bien
Ribera;Contadora;11 de marzo de 2026;;Correo de agradecimiento;;;;;;
Ribera;Contadora;26 de marzo de 2026;;Seguimiento;llamada;nadie contestó;;;;
Ribera;Contadora;2 de abril de 2026;;Seguimiento por correo;;;;;;
Ribera;Contadora;3 de abril de 2026;;Respuesta;correo;en espera;;;a fin de mes;
Ribera;Contadora;30 de abril de 2026;;Rechazo;;;;;;
""",
    "pt": """\
Empresa;Vaga;Data;Hora;Evento;Meio;Resultado;Contato;Cargo do contato;Retorno previsto;Nota
Maré;Contadora;4 de março de 2026;;Candidatura enviada;site;;;;;
Maré;Contadora;5 de março de 2026;;Confirmação de recebimento;;;;;;
Maré;Contadora;10 de março de 2026;14h30;Entrevista por vídeo;;;Sra. Prado;gestora da vaga;em uma semana;foi bem
Maré;Contadora;11 de março de 2026;;E-mail de agradecimento;;;;;;
Maré;Contadora;26 de março de 2026;;Follow-up;ligação;falei com a recepcionista;;;;
Maré;Contadora;2 de abril de 2026;;Follow-up por e-mail;;;;;;
Maré;Contadora;3 de abril de 2026;;Retorno;e-mail;em análise;;;fim do mês;
Maré;Contadora;30 de abril de 2026;;Reprovação;;;;;;
""",
    "it": """\
Azienda;Ruolo;Data;Ora;Evento;Mezzo;Esito;Referente;Ruolo del referente;Riscontro entro;Nota
Lago;Contabile;4 marzo 2026;;Candidatura inviata;sito;;;;;
Lago;Contabile;5 marzo 2026;;Conferma di ricezione;;;;;;
Lago;Contabile;10 marzo 2026;14.30;Colloquio telefonico;;;dott. Serra;responsabile di reparto;entro una settimana;andato bene
Lago;Contabile;11 marzo 2026;;Mail di ringraziamento;;;;;;
Lago;Contabile;26 marzo 2026;;Sollecito;telefono;parlato con il responsabile;;;;
Lago;Contabile;2 aprile 2026;;Sollecito via mail;;;;;;
Lago;Contabile;3 aprile 2026;;Riscontro;mail;in valutazione;;;fine mese;
Lago;Contabile;30 aprile 2026;;Esito negativo;;;;;;
""",
}


def events(log: ApplicationLog) -> list[tuple[str, ...]]:
    """Return date, kind, method, outcome and promise of every event, blank where there is none."""
    names = ["date", "kind", "method", "outcome", "decide_by"]
    frame = log.events[names].astype(object)
    frame["date"] = log.events["date"].astype("str")
    frame["decide_by"] = log.events["decide_by"].astype("str")
    return [
        tuple("" if cell != cell or cell in ("NaT", "nan") else str(cell) for cell in row)
        for row in frame.to_numpy().tolist()
    ]


def kinds(log: ApplicationLog) -> dict[str, str]:
    """Return the status kind of each company."""
    return dict(zip(log.applications["company"], log.applications["status_kind"], strict=True))


def one_story(second_interview: str, promised: str) -> list[tuple[str, ...]]:
    """Return what the Spanish, Portuguese and Italian sheets tell alike."""
    return [
        ("2026-02-04", "applied", "", "", ""),
        ("2026-02-17", "interview", "video", "", ""),
        (second_interview, "interview", "", "", promised),
        ("2026-03-05", "thank_you", "", "", ""),
        ("2026-03-19", "follow_up", "phone", "voicemail", ""),
        ("2026-02-10", "applied", "", "", ""),
        ("2026-02-24", "interview", "", "", "2026-02-27"),
        ("2026-03-03", "follow_up", "email", "sent", ""),
        ("2026-02-11", "applied", "", "", ""),
        ("2026-02-20", "rejection", "", "", ""),
        ("2026-02-12", "applied", "", "", ""),
        ("2026-02-13", "applied", "", "", ""),
        ("2026-02-20", "follow_up", "text", "sent", ""),
        ("2026-02-27", "reply", "", "", ""),
        ("2026-02-14", "applied", "", "", ""),
        ("2026-03-03", "interview", "", "", ""),
        ("2026-02-15", "applied", "", "", ""),
        ("2026-03-10", "interview", "", "", "2026-03-20"),
    ]


STATUS_KINDS = ["applied", "ghosted", "rejected", "rejected", "applied", "withdrawn", "offer"]


def test_a_french_sheet() -> None:
    log = read(FRENCH)
    assert events(log) == [
        ("2026-02-04", "applied", "", "", ""),
        ("2026-02-05", "acknowledgement", "", "", ""),
        ("2026-02-17", "interview", "video", "", ""),
        ("2026-03-01", "interview", "", "", "2026-03-15"),
        ("2026-03-02", "thank_you", "", "", ""),
        ("2026-03-18", "follow_up", "phone", "voicemail", ""),
        ("2026-03-25", "follow_up", "email", "sent", ""),
        ("2026-02-10", "applied", "", "", ""),
        ("2026-02-24", "interview", "", "", "2026-02-27"),
        ("2026-03-03", "follow_up", "email", "sent", ""),
        ("2026-02-11", "applied", "", "", ""),
        ("2026-02-20", "rejection", "", "", ""),
        ("2026-02-12", "applied", "", "", ""),
        ("2026-02-13", "applied", "", "", ""),
        ("2026-02-20", "follow_up", "phone", "no_answer", ""),
        ("2026-02-27", "reply", "", "", ""),
        ("2026-02-14", "applied", "", "", ""),
        ("2026-02-15", "applied", "", "", ""),
        ("2026-03-03", "interview", "", "", ""),
    ]
    assert kinds(log) == {
        "Moulin & Fils": "applied",
        "Atelier Brume": "ghosted",
        "Société Quartz": "rejected",
        "Groupe Ormeau": "rejected",
        "Café Lumen": "applied",
        "Val d'Argent": "ghosted",
        "Rives SARL": "withdrawn",
    }
    assert log.events["hour"].dropna().tolist() == [14]
    first = log.applications.iloc[0]
    assert first[["role", "location", "source"]].tolist() == ["Comptable", "Lyon", "Indeed"]
    assert (first["wanted"], first["notes"]) == (5, "dossier complet")
    person = log.events.loc[log.events["kind"] == "interview"].iloc[0]
    assert person[["contact", "phone", "email"]].tolist() == [
        "Mme Vasseur",
        "01 99 00 01 02",
        "c.vasseur@example.com",
    ]
    assert problems(log, "blanked") == []
    assert (9, "Décision promise", "on vous rappellera") in problems(log, "noted")


@pytest.mark.parametrize(
    ("sheet", "promised", "phone", "hours"),
    [
        (SPANISH, "2026-03-18", "555-0101", []),  # en dos semanas
        (PORTUGUESE, "2026-03-18", "555-0102", []),  # em dez dias úteis
        (ITALIAN, "2026-03-18", "555-0103", [15]),  # entro due settimane
    ],
    ids=["Spanish", "Portuguese", "Italian"],
)
def test_a_sheet_of_every_other_language(
    sheet: str, promised: str, phone: str, hours: list[int]
) -> None:
    log = read(sheet)
    assert events(log) == one_story("2026-03-04", promised)
    assert log.applications["status_kind"].tolist() == STATUS_KINDS
    assert log.applications["undated_interview"].tolist() == [False] * 3 + [True] + [False] * 3
    assert log.applications["wanted"].astype(object).tolist()[:3] == [5, 3, 1]
    assert log.applications[["source", "location", "notes"]].notna().iloc[0].all()
    assert log.events["phone"].dropna().unique().tolist() == [phone]
    assert log.events["email"].dropna().nunique() == 1
    assert log.events["hour"].dropna().tolist() == hours
    assert (log.columns["field"] != "").all()
    assert log.counts["rows_rejected"] == 1  # the one that was not applied to yet
    assert problems(log, "blanked") == []


@pytest.mark.parametrize(
    ("language", "talk", "promised", "call"),
    [
        ("fr", "video", "2026-03-25", "voicemail"),
        ("es", "in_person", "2026-03-17", "no_answer"),
        ("pt", "video", "2026-03-17", "message_taken"),
        ("it", "phone", "2026-03-17", "spoke"),
    ],
)
def test_an_event_log(language: str, talk: str, promised: str, call: str) -> None:
    log = read(EVENT_LOGS[language])
    assert events(log) == [
        ("2026-03-04", "applied", "portal", "", ""),
        ("2026-03-05", "acknowledgement", "", "", ""),
        ("2026-03-10", "interview", talk, "", promised),
        ("2026-03-11", "thank_you", "email", "", ""),
        ("2026-03-26", "follow_up", "phone", call, ""),
        ("2026-04-02", "follow_up", "email", "sent", ""),
        ("2026-04-03", "reply", "email", "neutral", "2026-04-30"),
        ("2026-04-30", "rejection", "", "", ""),
    ]
    talked = log.events.iloc[2]
    assert (talked["hour"], talked["contact_role"]) == (14, "hiring_manager")
    assert problems(log, "blanked") == problems(log, "rejected") == []


def test_silence_after_a_written_message_is_no_missed_call() -> None:
    log = read(
        "Entreprise;Date de candidature;Relancé le;Moyen de relance;Résultat de la relance\n"
        "Acme;2026-02-01;2026-02-10;courriel;sans réponse\n"
        "Beta;2026-02-01;2026-02-10;téléphone;sans réponse\n"
        "Gamma;2026-02-01;2026-02-10;;sans réponse\n"
    )
    follow_ups = log.events[log.events["kind"] == "follow_up"].astype(object).fillna("")
    assert follow_ups[["method", "outcome"]].to_numpy().tolist() == [
        ["email", "sent"],
        ["phone", "no_answer"],
        ["", ""],  # how, is not known
    ]
