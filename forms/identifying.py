"""Questions whose answer says who gave it: a name, a number, an address, a day of birth.

Only what is written in the form is looked at: the question's name, its words and its hint in
every language, Darija in both scripts included. What asks about somebody or something else (*the
name of the street*, *the toll-free number*) is let pass.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from forms.form import Form, Question, QuestionType


class Identity(StrEnum):
    """What would be told about a person."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH = "birth"
    CNIE = "cnie"
    """The number of an identity card; never asked for, in whatever mode."""


@dataclass(frozen=True)
class Identifying:
    """A question, and what it asks a person to tell of themselves."""

    question: Question
    kind: Identity


WRITTEN = frozenset({QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL})
"""The types into which anything can be written."""

_KINDS = (
    Identity.CNIE,
    Identity.PHONE,
    Identity.EMAIL,
    Identity.ADDRESS,
    Identity.BIRTH,
    Identity.NAME,
)


def identifying_questions(form: Form) -> tuple[Identifying, ...]:
    """Every question that identifies, in the order of the form; notes and choices never do."""
    found = ((question, identity(question)) for question in form.questions)
    return tuple(Identifying(question, kind) for question, kind in found if kind is not None)


def identity(question: Question) -> Identity | None:
    """What a question asks a person to tell of themselves; None for nothing."""
    if question.type is QuestionType.DATE:
        kinds: tuple[Identity, ...] = (Identity.BIRTH,)
    elif question.type in WRITTEN:
        kinds = _KINDS
    else:
        return None
    texts = [_folded(text) for text in question.label.values()]
    hints = (_folded(text) for text in question.hint.values())
    texts += [hint for hint in hints if not _FORBIDS.search(hint)]
    name = frozenset(_words(_folded(question.name)))
    for kind in kinds:
        if _named(name, kind) or any(_asks(text, kind) for text in texts):
            return kind
    return None


def _folded(text: str) -> str:
    """Small letters without accents and vowel signs; the letters of Arabic that are confused."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("’", "'"))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return kept.translate(_ALIKE).replace("n°", "numero ")


_ALIKE = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ـ": ""})


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


_FILLERS = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "votre",
        "vos",
        "mon",
        "son",
        "numero",
        "num",
        "no",
        "nb",
        "n",
        "complet",
        "complete",
        "famille",
        "personnel",
        "personnelle",
        "citoyen",
        "citoyenne",
        "participant",
        "repondant",
        "usager",
        "habitant",
        "contact",
        "your",
        "my",
        "full",
        "first",
        "last",
        "family",
        "user",
        "person",
        "number",
        "and",
        "et",
        "id",
        "of",
        "the",
    ]
)
_NAMES: Mapping[Identity, frozenset[str]] = {
    Identity.NAME: frozenset(
        ["nom", "prenom", "noms", "prenoms", "name", "surname", "firstname", "lastname"]
    )
    | frozenset(["fullname", "smiya", "smiytek", "ism", "nasab", "nomprenom"]),
    Identity.PHONE: frozenset(
        [
            "telephone",
            "tel",
            "phone",
            "gsm",
            "mobile",
            "portable",
            "whatsapp",
            "tlf",
            "telephones",
            "hatif",
            "nemra",
        ]
    ),
    Identity.EMAIL: frozenset(["email", "mail", "courriel", "mel"]),
    Identity.ADDRESS: frozenset(["adresse", "address", "domicile", "residence"]),
    Identity.BIRTH: frozenset(["naissance", "birth", "birthday", "birthdate", "dob", "ddn"]),
    Identity.CNIE: frozenset(["cnie", "cin", "cni", "cine", "idcard", "passport", "passeport"]),
}
_WITH: Mapping[Identity, frozenset[str]] = {
    Identity.EMAIL: frozenset({"adresse", "address", "e"}),
    Identity.BIRTH: frozenset({"date", "jour"}),
    Identity.CNIE: frozenset({"carte", "card"}),
    Identity.ADDRESS: frozenset({"exacte", "postale", "home", "postal"}),
    Identity.NAME: _NAMES[Identity.NAME],
}


def _named(name: frozenset[str], kind: Identity) -> bool:
    """Whether a name consists of words for this kind and of nothing else: `num_tel`, `nom`."""
    if not name & _NAMES[kind]:
        return False
    return name <= _NAMES[kind] | _FILLERS | _WITH.get(kind, frozenset())


_OTHERS = re.compile(
    r"gratuit|vert\b|d'urgence|urgences|standard|permanence|toll|emergency|اخضر|مجاني|طوارئ"
    r"|prefer[ae]|favori|propos|suggere|مقترح|تقترح|مفضل"
)
"""Words by which a sentence asks about a service, or about a taste."""

_FORBIDS = re.compile(
    r"\bni\b|\bpas\b|\bsans\b|\bjamais\b|\bnot\b|\bno\b|without|عدم|دون|\bلا\b|ماشي|بلا"
)
"""Words by which a hint asks people not to tell something."""

_YOUR = r"(?:votre|vos|ton|tes|mon|mes|son)"
_PATTERNS: Mapping[Identity, tuple[str, ...]] = {
    Identity.CNIE: (
        rf"\b{_YOUR} (?:numero (?:de )?)?(?:cnie|cine?|cni)\b",
        r"\bnumero (?:de )?(?:la )?(?:votre )?(?:cnie|cine?|cni|passeport)\b",
        r"\bnumero (?:de )?(?:la |votre )?carte (?:nationale|d'identite)",
        r"\b(?:id|identity|national id) (?:card )?number|\bpassport number",
        r"رقم (?:ال)?(?:بطاقه|بطاقت\w+|لاكارط|لاكارت|جواز)",
        r"numero (?:d )?la ?(?:carte|kart)\b|nemra d la ?kart",
    ),
    Identity.PHONE: (
        rf"(?:\bnumero|\bnum|{_YOUR}) (?:de |d')?(?:votre )?(?:telephone|tel\b|gsm|portable|mobile"
        r"|whatsapp)",
        r"\b(?:your|phone|mobile|whatsapp|telephone) (?:phone |mobile )?number\b|\byour phone\b",
        r"رقم (?:ال)?(?:هاتف|جوال|تيليفون|تلفون|واتساب|بورطابل)|(?:هاتف|تيليفون|واتساب)(?:كم|ك)\b",
        r"نمرت(?:كم|ك)|نمره (?:ديال|التيليفون|التلفون|تيليفون|الهاتف)|(?:ال)?نمره (?:ديال|د)",
        r"\bne?m?mra\w* (?:dyal|d |tel|dial)|\bnemr(?:tek|etek)",
        r"\bsur quel numero\b|\bquel numero .*(?:appeler|joindre)|\bvotre contact\b",
        r"\bjoindre au\b|\bvous joindre\b|vous (?:re)?contacter\b.*(?:numero|telephone)",
    ),
    Identity.EMAIL: (
        rf"\b(?:{_YOUR}|your) (?:adresse )?(?:e-?mail|courriel|mel\b|adresse electronique)",
        r"\badresse (?:e-?mail|electronique|mail)\b|\be-?mail address\b",
        r"بريد(?:كم|ك)\b|عنوان (?:ال)?بريد|(?:ايميل|ئيميل)(?:كم|ك)\b|l?'?email dyal",
    ),
    Identity.ADDRESS: (
        rf"\b{_YOUR} (?:adresse|coordonnees|domicile)\b",
        r"\badresse (?:complete|postale|exacte|personnelle|de (?:votre |la )?(?:domicile"
        r"|residence|maison))",
        r"^ou (?:habitez|residez|logez|vivez)|\bou habitez-vous (?:exactement|precisement)",
        r"\bdans quelle rue (?:habit|resid|log|viv)",
        r"\bnumero de (?:votre |la )?(?:maison|porte|appartement|immeuble)\b",
        r"\b(?:your|home|postal) address\b|\bwhere (?:exactly )?do you live\b",
        r"عنوان(?:كم|ك)\b|عنوان (?:ال)?(?:سكن\w*|اقامه|منزل\w*|دار\w*|شخصي)",
        r"العنوان (?:الكامل|الشخصي)",
        r"محل (?:ال)?(?:سكن\w*|اقامه|اقامت\w+)|رقم (?:ال)?(?:منزل|دار|شقه)",
        r"^(?:اين|فين|وين) (?:تسكن|تقطن|تقيم|ساكن|كتسكن)|^fin (?:sak|kat?skn)\w*",
    ),
    Identity.BIRTH: (
        r"\b(?:date|jour) de (?:votre )?naissance|\bquand etes-vous ne|^nee? le\b|^ne\(e\) le\b",
        r"\b(?:date of birth|birth date|birthday|born)\b",
        r"تاريخ (?:ال)?(?:ازدياد|ميلاد|ولاده)|متي (?:ولدت|ازددت)|متي تاريخ ميلاد",
    ),
    Identity.NAME: (
        rf"\b{_YOUR} (?:nom|prenom)s?\b",
        r"\bnoms? ?(?:et|[&/,–-]) ?prenom|\bprenoms? ?(?:et|[&/,–-]) ?nom|\bnom complet\b",
        r"\bnom de famille\b|\bcomment (?:vous appelez-vous|t'appelles)|\bqui etes-vous\b|^prenom",
        rf"\b{_YOUR} identite\b|\bكيف (?:تسمي|تدعي)\b|\bاسم و ?(?:ال)?لقب",
        r"\b(?:your|full|first|last|family) name\b|\bwhat is your name",
        r"\bاسم(?:كم|ك)\b|\bالاسم (?:الكامل|الشخصي|العائلي|و ?ا?ل?نسب)|نسب(?:كم|ك)\b",
        r"سميت(?:كم|ك)\b|لقب(?:كم|ك)\b|الكنيه|من انتم\b",
        r"\bsmi?y?a?t(?:ek|kom|k)\b|\bchno smi",
    ),
}
_ALONE: Mapping[Identity, frozenset[str]] = {
    Identity.NAME: frozenset(
        {"nom", "prenom", "name", "identite", "الاسم", "النسب", "اسم", "السميه", "الهويه"}
    ),
    Identity.PHONE: frozenset(
        {"telephone", "tel", "gsm", "portable", "whatsapp", "phone", "الهاتف", "هاتف", "النمره"}
        | {"votre numero", "numero de contact", "رقمكم", "رقمك", "نمرتكم", "نمرتك"}
    ),
    Identity.EMAIL: frozenset(
        {"email", "e mail", "courriel", "mail", "البريد الالكتروني", "الايميل"}
    ),
    Identity.ADDRESS: frozenset(
        {"adresse", "address", "العنوان", "السكن", "domicile", "coordonnees"}
    ),
    Identity.BIRTH: frozenset({"ne le", "naissance", "الازدياد"}),
    Identity.CNIE: frozenset(
        {"cnie", "cin", "cni", "cine", "c i n", "c n i e", "carte nationale", "رقم ب ت و"}
        | {"البطاقه الوطنيه", "البطاقه الوطنيه للتعريف", "البطاقه الوطنيه للتعريف الالكترونيه"}
    ),
}
"""What identifies where it is the whole label, or all of it before a bracket or a colon."""

_COMPILED = {kind: re.compile("|".join(each)) for kind, each in _PATTERNS.items()}


def _asks(text: str, kind: Identity) -> bool:
    plain = re.sub(r"\s+", " ", text).strip()
    if _before_sign(plain) in _ALONE[kind]:
        return True
    return bool(_COMPILED[kind].search(plain)) and not _OTHERS.search(plain)


def _before_sign(text: str) -> str:
    return " ".join(_words(re.split(r"[:(\[?؟]", text, maxsplit=1)[0]))
