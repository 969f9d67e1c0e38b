"""Follow-ups as people of ten languages note them in one cell: how, and what came of it."""

# ruff: noqa: E501 (one line is one meaning)

from __future__ import annotations

import pytest

from importing.reading import happened, problems, read
from jobsearch_stats.importing.contacting import combined, read_contacting
from jobsearch_stats.importing.values import read_role

WRITTEN = {
    "phone/no_answer": "called, no answer|angerufen, keiner da|appelé, pas de réponse|llamé, no contestan|liguei, não atenderam|chiamato, nessuna risposta|gebeld, geen gehoor|dzwoniłam, nie odebrali|aradım, açmadılar|打电话没人接|keiner ans Telefon|personne ne répond|no me contestaron|não atendeu|telefonato, non risponde|niet opgenomen|nikt nie odbiera|cevap vermediler|電話沒人接",
    "phone/voicemail": "left VM|Mailbox besprochen|message sur répondeur|messagerie|dejé mensaje de voz|buzón de voz|deixei recado|caixa postal|lasciato messaggio in segreteria|segreteria telefonica|voicemail ingesproken|nagrałam się|sesli mesaj bıraktım|telesekreter|语音留言",
    "phone/spoke": "called, spoke to Anna|telefoniert, gesprochen|téléphone, parlé avec Mme Roux|llamé, hablé con ella|liguei, falei com ela|telefonato, parlato|gebeld, gesproken|telefon, rozmawiałam|aradım, görüştüm|打电话，聊了|打电话聊了",
    "email/sent": "emailed|Mail geschrieben|E-Mail geschickt|mail envoyé|courriel envoyé|relance par mail|correo enviado|envié correo|e-mail enviado|mandei e-mail|mail inviata|mandato mail|gemaild|mail gestuurd|wysłałam maila|mail attım|mail gönderdim|发了邮件|已发邮件",
    "text/sent": "WhatsApp|SMS geschickt|sms envoyé|mandé WhatsApp|mandei whatsapp|mandato whatsapp|appje gestuurd|smsem|whatsapptan yazdım|发微信",
}
PAIRS = [(text, meaning) for meaning, texts in WRITTEN.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "meaning"), PAIRS)
def test_a_follow_up_is_what_its_writer_meant(text: str, meaning: str) -> None:
    method, outcome, note = combined(read_contacting(text), read_contacting(""))
    wanted = meaning.split("/")
    assert outcome == wanted[1]
    assert method == wanted[0]
    assert not note.startswith("method")


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Personalerin", "hr"),
        ("chargée de recrutement", "hr"),
        ("selezionatrice", "hr"),
        ("İnsan Kaynakları", "hr"),
        ("HR经理", "hr"),
        ("jefe", "hiring_manager"),
        ("leidinggevende", "hiring_manager"),
        ("kierowniczka", "hiring_manager"),
        ("主管", "hiring_manager"),
    ],
)
def test_a_role_is_what_its_writer_meant(text: str, role: str) -> None:
    assert read_role(text) == (role, "")


def test_a_turkish_thursday_in_short_is_no_weekday_as_it_would_eat_per_mail() -> None:
    log = read("Şirket,Başvuru tarihi,Takip tarihi\nÖrnek,Per 05.03.2026,2026-03-12\n")
    assert happened(log) == [("2026-03-05", "applied"), ("2026-03-12", "follow_up")]
    assert (2, "Başvuru tarihi", "Per 05.03.2026") in problems(log, "noted")
    assert read_contacting("per Mail").method == "email"
