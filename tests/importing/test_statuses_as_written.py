"""Statuses as job seekers of ten languages fill the column: with slips, emoji and no accents."""

# ruff: noqa: E501 (one line is one meaning)

from __future__ import annotations

import pytest

from jobsearch_stats.importing.values import read_status

WRITTEN = {
    "en": {
        "applied": "Applied ✅ ; applied - waiting ; Application submitted 3/4/26 ; CV sent ; Under Review 👀 ; Awaiting decision ; Interview scheduled for 3/5 ; Take-home ; OA received",
        "rejected": "Rejected ❌ ; auto-reject ; Rejected (form email) ; no longer hiring ; hiring freeze",
        "rejected after an interview": "rejected after 2nd round ; Rejected after 1st interview ; Rejected post-interview",
        "interview": "2nd interview ; Interview #2 ; final round done ; 1st round ; Interview stage 2 ; Interviewed 2x ; had 2 interviews",
        "ghosted": "ghosted 👻 ; No response after 30 days ; crickets ; never heard from them",
        "ghosted after an interview": "Ghosted after interview ; ghosted after final round",
        "withdrawn": "Withdrew ; I declined the offer",
        "offer": "Offer!! ; OFFER ACCEPTED 🎉 ; Accepted offer",
        "unknown": "declined ; closed ; Expired",
        "prospect": "Not applied ; To apply",
        "screening": "Phone screen done ; recruiter screen",
    },
    "de": {
        "applied": "Beworben ; beworben, warte ; Bewerbung raus ; Unterlagen verschickt ; in Bearbeitung ; Eingangsbestätigung erhalten ; Wartet auf Antwort ; Einladung erhalten ; Eingeladen zum VG",
        "interview": "2. Gespräch ; Zweites Gespräch ; 1. Gespräch gehabt ; Vorstellungsgespräch geführt ; Gespräch war gut ; Probearbeiten ; VG gehabt",
        "rejected": "Absage ❌ ; Leider Absage ; abgelehnt 😢 ; Absage per Mail ; Stelle bereits besetzt",
        "rejected after an interview": "Absage nach 2. Gespräch ; nach Gespräch abgesagt ; Absage nach Probearbeiten ; Absage nach VG",
        "ghosted": "Keine Rückmeldung ; keine Antwort erhalten ; meldet sich nicht ; nichts mehr gehört",
        "ghosted after an interview": "nach Gespräch keine Antwort ; nach dem Gespräch nichts gehört",
        "withdrawn": "Ich habe abgesagt ; Bewerbung zurückgezogen ; selbst zurückgezogen ; Angebot abgelehnt",
        "offer": "Zusage! ; Vertrag unterschrieben ; Zusage erhalten 🎉",
        "prospect": "noch nicht beworben ; zu bewerben",
    },
    "fr": {
        "applied": "Postulé ; candidature envoyee ; CV envoyé ; en attente de réponse ; En cours d'étude ; Relancé 2 fois ; dossier en cours ; candidature reçue ; entretien prévu ; convoqué à un entretien ; convocation entretien ; entretien planifié",
        "interview": "entretien RH passé ; 2e entretien ; 2ème entretien passé ; entretien passé ; 1er entretien fait ; Entretien technique passé ; en entretien",
        "rejected": "Refusé ; refusée ; refus ❌ ; réponse négative ; Non retenu ; non retenue ; candidature rejetée ; Poste pourvu ; pas retenu",
        "rejected after an interview": "refus après entretien ; refusé après 2e entretien ; non retenu après entretien ; entretien puis refus",
        "ghosted": "sans réponse ; pas de réponse ; aucune nouvelle ; aucun retour ; silence radio ; ghosté",
        "ghosted after an interview": "sans réponse après entretien ; aucun retour après entretien",
        "withdrawn": "J'ai refusé ; offre refusée ; candidature retirée ; désistement ; je me suis désisté",
        "offer": "embauché ; offre reçue ; Promesse d'embauche ; CDI signé ; accepté ; recrutée",
        "prospect": "à postuler ; pas encore postulé",
    },
    "es": {
        "applied": "Postulado ; aplicado ; CV enviado ; en proceso ; En espera ; pendiente de respuesta ; cv visto ; Solicitud enviada ; entrevista programada ; entrevista agendada ; citado a entrevista",
        "interview": "2º entrevista ; segunda entrevista ; 1ª entrevista realizada ; entrevista hecha ; Entrevista con RRHH ; entrevistado ; entrevista técnica hecha",
        "rejected": "Rechazado ; rechazada ❌ ; descartada ; no seleccionado ; No pasé ; proceso cerrado ; vacante cerrada",
        "rejected after an interview": "rechazado tras entrevista ; descartado después de la entrevista ; rechazado tras 2ª entrevista",
        "ghosted": "sin respuesta ; no contestan ; nunca respondieron ; silencio ; no han respondido ; ghosting",
        "ghosted after an interview": "sin respuesta tras entrevista ; sin noticias tras la entrevista",
        "withdrawn": "retirado por mí ; rechacé la oferta ; me retiré ; oferta rechazada",
        "offer": "oferta recibida ; contratado ; Contratada 🎉 ; oferta aceptada",
        "prospect": "por aplicar ; pendiente de enviar ; no postulado",
    },
    "pt": {
        "applied": "Candidatura enviada ; currículo enviado ; Em análise ; aguardando resposta ; aguardando ; inscrito ; Em processo ; aplicado ; entrevista marcada ; entrevista agendada ; convidado para entrevista",
        "interview": "2ª entrevista ; entrevista feita ; Entrevista realizada ; entrevista com RH feita ; 1ª entrevista ok ; entrevistado ; fiz entrevista",
        "rejected": "Reprovado ; recusado ; não selecionada ; negativa ; Não passei ; vaga encerrada ; rejeitado ; vaga preenchida",
        "rejected after an interview": "reprovado após entrevista ; reprovado na 2ª entrevista ; recusado após entrevista",
        "ghosted": "sem resposta ; sem retorno ; não responderam ; nunca responderam ; sumiram",
        "ghosted after an interview": "sem retorno após entrevista ; sem resposta após entrevista",
        "withdrawn": "desisti ; Desistência ; recusei a proposta ; retirei a candidatura ; proposta recusada",
        "offer": "Contratada ; proposta aceita ; oferta recebida",
        "prospect": "a candidatar ; não enviado ; por enviar",
    },
    "it": {
        "applied": "Candidatura inviata ; CV inviato ; in attesa ; in attesa di risposta ; In valutazione ; inviata ; candidato ; colloquio fissato ; colloquio programmato ; convocato a colloquio ; invitato a colloquio",
        "interview": "colloquio conoscitivo ; 2° colloquio ; secondo colloquio fatto ; colloquio sostenuto ; Colloquio fatto ; fatto colloquio ; colloquio tecnico fatto",
        "rejected": "Rifiutato ; scartata ; esito negativo ; non selezionato ; Respinta ; posizione chiusa ; non idoneo",
        "rejected after an interview": "scartato dopo colloquio ; rifiutato dopo il colloquio ; colloquio negativo",
        "ghosted": "nessuna risposta ; mai risposto ; nessun riscontro ; spariti ; silenzio",
        "ghosted after an interview": "nessuna risposta dopo colloquio ; spariti dopo colloquio",
        "withdrawn": "ritirato ; ho rifiutato ; offerta rifiutata ; rinunciato ; ho rinunciato",
        "offer": "assunto ; offerta ricevuta ; Assunta 🎉 ; offerta accettata",
        "prospect": "da inviare ; da candidarsi ; non inviato",
    },
    "nl": {
        "applied": "Gesolliciteerd ; sollicitatie verstuurd ; cv verstuurd ; in behandeling ; in afwachting ; wacht op antwoord ; wachten op reactie ; uitgenodigd ; gesprek gepland ; uitnodiging gesprek",
        "interview": "2e gesprek ; tweede gesprek ; gesprek gehad ; 1e gesprek gehad ; eerste gesprek geweest ; op gesprek geweest ; kennismakingsgesprek gehad",
        "rejected": "Afgewezen ; afwijzing ❌ ; helaas afgewezen ; niet geselecteerd ; vacature vervuld ; niet aangenomen ; vacature gesloten",
        "rejected after an interview": "afgewezen na gesprek ; afgewezen na 2e gesprek ; na gesprek afgewezen",
        "ghosted": "geen reactie ; niets gehoord ; geen antwoord ; nooit meer iets gehoord ; geghost ; stilte",
        "ghosted after an interview": "geen reactie na gesprek ; na gesprek niets gehoord",
        "withdrawn": "zelf teruggetrokken ; ingetrokken ; aanbod afgewezen ; aanbod geweigerd ; zelf afgezegd",
        "offer": "aangenomen ; aanbod gekregen ; contract getekend ; baan gekregen",
        "prospect": "nog solliciteren ; nog niet gesolliciteerd",
    },
    "pl": {
        "applied": "Wysłano CV ; wysłane ; aplikacja wysłana ; w trakcie ; oczekuje ; czekam na odpowiedź ; w toku ; zaaplikowano ; CV wyslane ; zaproszenie na rozmowę ; umówiona rozmowa ; rozmowa umówiona ; zaproszona",
        "interview": "po rozmowie ; 2 rozmowa ; druga rozmowa ; po 2 rozmowie ; rozmowa odbyta ; po pierwszej rozmowie ; II etap",
        "rejected": "odrzucone ; odmowa ❌ ; odrzucona ; negatywna odpowiedź ; niestety nie ; stanowisko zajęte ; podziękowano",
        "rejected after an interview": "odrzucona po rozmowie ; odmowa po 2 rozmowie ; po rozmowie odmowa",
        "ghosted": "brak odpowiedzi ; cisza ; zero odzewu ; bez odzewu ; nie odezwali sie ; brak odzewu",
        "ghosted after an interview": "brak odpowiedzi po rozmowie ; cisza po rozmowie",
        "withdrawn": "zrezygnowałam ; wycofana ; rezygnacja ; odrzuciłam ofertę",
        "offer": "oferta ; dostałam ofertę ; Zatrudniony ; zatrudniona 🎉 ; umowa podpisana",
        "prospect": "do wysłania ; jeszcze nie wysłane ; nie wysłano",
    },
    "tr": {
        "applied": "Başvuruldu ; başvurdum ; basvuru yapildi ; CV gönderildi ; değerlendiriliyor ; bekleniyor ; cevap bekliyorum ; beklemede ; incelemede ; mülakat planlandı ; mülakata çağrıldım ; görüşmeye davet",
        "interview": "ikinci mülakat ; 2. mülakat ; mülakat yapıldı ; mülakata girdim ; 2. görüşme yapıldı ; İK görüşmesi yapıldı ; görüşme yapıldı",
        "rejected": "Reddedildi ; ret ; olumsuz ; RED GELDİ ; kabul edilmedi ; elendim ; olumsuz dönüş",
        "rejected after an interview": "mülakat sonrası ret ; görüşme sonrası olumsuz ; mülakattan sonra reddedildi",
        "ghosted": "cevap yok ; dönüş yok ; geri dönüş olmadı ; cevap gelmedi ; ses yok",
        "ghosted after an interview": "mülakat sonrası dönüş yok ; görüşme sonrası cevap yok",
        "withdrawn": "vazgeçtim ; geri çektim ; teklifi reddettim",
        "offer": "teklif geldi ; kabul edildi ; işe alındım ; teklif kabul edildi",
        "prospect": "başvurulacak ; henüz başvurulmadı",
    },
    "zh": {
        "applied": "已投递 ; 投了 ; 简历筛选 ; 笔试 ; 笔试完 ; 已笔试 ; 流程中 ; 等消息 ; 待反馈 ; 简历初筛 ; 测评 ; 已查看 ; 约面 ; 约了二面 ; 待面试 ; 收到面试邀请",
        "interview": "一面 ; 二面通过 ; 一面过了 ; 二面完 ; 终面完等结果 ; HR面完 ; 面试过了 ; 三面✅",
        "rejected": "挂 ; 简历挂 ; 笔试挂 ; 已拒 ; 拒信 ; 凉了🥶 ; 感谢信 ; 不合适",
        "rejected after an interview": "一面挂 ; 二面挂了 ; 终面挂 ; 面试挂",
        "ghosted": "已读不回 ; 没消息 ; 无回复 ; 石沉大海 ; 无后续",
        "ghosted after an interview": "面试后没消息 ; 一面后无消息",
        "withdrawn": "放弃 ; 拒offer ; 我拒了 ; 不考虑",
        "offer": "offer ; 已offer ; 收到offer🎉 ; 录用 ; 已签约 ; oc",
        "prospect": "未投递 ; 待投递 ; 准备投",
    },
}
PAIRS = [
    (text, meaning)
    for meanings in WRITTEN.values()
    for meaning, texts in meanings.items()
    for text in texts.split(" ; ")
]


def meaning_of(text: str) -> str:
    """Return what a status says, in the words of the table."""
    status = read_status(text)
    if status.prospect:
        return "prospect"
    after = status.kind in ("rejected", "ghosted") and status.interviewed
    return f"{status.kind} after an interview" if after else status.kind


@pytest.mark.parametrize(("text", "meaning"), PAIRS)
def test_a_status_says_what_its_writer_meant(text: str, meaning: str) -> None:
    assert meaning_of(text) == meaning
    assert meaning_of(text.upper()) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "declined",  # by whom?
        "declined me?",
        "abgelehnt oder nicht?",
        "abandonné",
        "renuncié",  # to the offer, or to the job one had
        "aprovado",  # hired, or through to the next round
        "婉拒",
        "red",
        "closed",
        "Gespräch am 5.3.",  # past, or still to come
        "poste pris",
        "no sigo en el proceso",
        "not rejected",
        "no interview",
        "nicht eingeladen",
        "pas d'entretien",
        "kein Angebot",
        "geen gesprek",
        "sin entrevista",
        "sem entrevista",
        "nessun colloquio",
        "brak rozmowy",
        "mülakat yok",
        "没有面试",
    ],
)
def test_what_is_not_certain_is_unknown(text: str) -> None:
    assert meaning_of(text) == "unknown"
