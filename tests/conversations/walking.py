"""How people walk through the example's questionnaire on neighbourhood houses."""

from dataclasses import dataclass
from typing import Any

from simulator.chat_message import ChatMessage
from simulator.phone import Phone
from tests.conversations.commune import HOUSES


@dataclass(frozen=True)
class Words:
    """The words on the buttons that every question has."""

    fill: str
    agree: str
    go_on: str
    done: str
    back: str
    keep: str
    skip: str
    later: str
    send: str
    change: str


FRENCH = Words(
    fill="Remplir le formulaire",
    agree="J’accepte",
    go_on="Continuer",
    done="Terminé",
    back="Retour",
    keep="Garder ma réponse",
    skip="Passer",
    later="Finir plus tard",
    send="Envoyer mes réponses",
    change="Changer",
)
ARABIC = Words(
    fill="تعبئة الاستمارة",
    agree="أوافق",
    go_on="متابعة",
    done="تم",
    back="رجوع",
    keep="الاحتفاظ بجوابي",
    skip="تخطي",
    later="المتابعة لاحقا",
    send="إرسال أجوبتي",
    change="تعديل",
)

VISITS = "Allez-vous à la maison de quartier\u00a0?"
WHY_NEVER = "allez-vous pas à la maison"
LAST_VISIT = "De quand date votre dernière visite"
MINUTES = "combien de minutes à pied"
TIMES = "Quand la maison de quartier devrait-elle"
ACTIVITIES = "Quelles activités souhaitez-vous"
EQUIPMENT = "Quel équipement est le plus important"
MANAGEMENT = "Qui devrait participer"
IDEA = "Que proposez-vous"
AGE_GROUP = "votre tranche"
REVIEW = "Voici vos réponses"
RECEIPT = "Votre code de reçu"

ANSWERED_BY_AMINA: dict[str, Any] = {
    "house/visits": "weekly",
    "house/last_visit": "2023-11-23",
    "house/walking_minutes": 12,
    "house/opening_times": ["evening", "saturday"],
    "house/activities": ["tutoring", "literacy"],
    "house/equipment": "books",
    "house/management": ["residents"],
    "house/idea": "Une salle calme pour lire.",
    "profile/age_group": "25_34",
    "profile/gender": "woman",
    "profile/quarter": "assarag",
    "profile/adapted_access": None,
}


async def taps(phone: Phone, *buttons: str) -> None:
    """Tap each button where it stands, once it stands there."""
    for button in buttons:
        await phone.taps(await phone.waits_for(button=button), button)


async def writes(phone: Phone, question: str, answer: str) -> None:
    """Answer a question in words, once it is asked."""
    await phone.waits_for(question)
    await phone.sends(answer)


async def begins(phone: Phone, words: Words = FRENCH) -> ChatMessage:
    """Arrive by the link, agree and read the note; the first question."""
    await phone.opens_link(f"c_{HOUSES}")
    await taps(phone, words.fill, words.agree, words.go_on)
    return await phone.waits_for(button=words.back, new=True)


async def reaches_minutes(phone: Phone) -> ChatMessage:
    """Begin and answer until the first number is asked; its question."""
    await begins(phone)
    await taps(phone, "Jamais", "Elle est trop loin", FRENCH.done)
    return await phone.waits_for(MINUTES, button=FRENCH.back)


async def reaches_idea(phone: Phone) -> ChatMessage:
    """Begin and pass over what may be passed over, until words are asked for; the question."""
    await begins(phone)
    await taps(phone, "Jamais", *[FRENCH.skip] * 6)
    return await phone.waits_for(IDEA, button=FRENCH.back)


async def reaches_review(phone: Phone) -> ChatMessage:
    """Answer the one question that needs it; the review."""
    await begins(phone)
    await taps(phone, "Jamais", *[FRENCH.skip] * 11)
    return await phone.waits_for(REVIEW)


async def answers_everything(phone: Phone) -> None:
    """As Amina does, from the first question to the review: ``ANSWERED_BY_AMINA``."""
    await taps(phone, "Chaque semaine")
    await writes(phone, LAST_VISIT, "23/11/2023")
    await writes(phone, MINUTES, "١٢")
    await taps(phone, "Le soir", "Le samedi", FRENCH.done)
    await taps(phone, "Soutien scolaire", "Alphabétisation", FRENCH.done)
    await taps(phone, "Livres")
    await taps(phone, "Les habitants du quartier", FRENCH.done)
    await writes(phone, IDEA, "Une salle calme pour lire.")
    await taps(phone, "25 à 34 ans", "Femme", "Assarag", FRENCH.skip)


async def question_with(phone: Phone, text: str) -> ChatMessage:
    """The newest message of the bot that holds these words, as it stands now."""
    return await phone.waits_for(text, after=0)


async def bot_messages(phone: Phone) -> list[ChatMessage]:
    return [message for message in await phone.chat() if message.sender == "bot"]
