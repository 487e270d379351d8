"""What a person can be asked to tell of themselves, and the words by which a form asks it.

Folded words, as `identifying.py` folds them: small letters, no accents, no vowel signs.
"""

import re
from collections.abc import Mapping
from enum import StrEnum


class Identity(StrEnum):
    """What would be told about a person."""

    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    BIRTH = "birth"
    CNIE = "cnie"
    """The number of an identity card; never asked for, in whatever mode."""


FILLERS = frozenset(
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
NAMES: Mapping[Identity, frozenset[str]] = {
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
WITH: Mapping[Identity, frozenset[str]] = {
    Identity.EMAIL: frozenset({"adresse", "address", "e"}),
    Identity.BIRTH: frozenset({"date", "jour"}),
    Identity.CNIE: frozenset({"carte", "card"}),
    Identity.ADDRESS: frozenset({"exacte", "postale", "home", "postal"}),
    Identity.NAME: NAMES[Identity.NAME],
}

OTHERS = re.compile(
    r"gratuit|vert\b|d'urgence|urgences|standard|permanence|toll|emergency|اخضر|مجاني|طواري"
    r"|prefer[ae]|favori|propos|suggere|مقترح|تقترح|مفضل"
    r"|^(?:avez|connaissez|utilisez|recevez)-vous\b|^هل (?:تعرف|عند|لد|تتوفر|تستعمل|تريد)"
)
"""Words by which a sentence asks about a service, about a taste, or whether there is one."""

FORBIDS = re.compile(
    r"\bni\b|\bpas\b|\bsans\b|\bjamais\b|\bnot\b|\bno\b|without|عدم|دون|\bلا\b|ماشي|بلا"
)
"""Words by which a hint asks people not to tell something."""

_YOUR = r"(?:votre|vos|ton|tes|mon|mes|son)"
PATTERNS: Mapping[Identity, tuple[str, ...]] = {
    Identity.CNIE: (
        rf"\b{_YOUR} (?:numero (?:de )?)?(?:cnie|cine?|cni)\b",
        r"\bnumero (?:de )?(?:la )?(?:votre )?(?:cnie|cine?|cni|passeport)\b",
        r"\bnumero (?:de )?(?:la |votre )?carte (?:nationale|d'identite)|رقم ب\W?و\b",
        r"\b(?:id|identity|national id) (?:card )?number|\bpassport number",
        r"رقم (?:ال)?(?:بطاقه|بطاقت\w+|لاكارط|لاكارت|جواز)",
        r"numero (?:d )?la ?(?:carte|kart)\b|nemra d la ?kart",
    ),
    Identity.PHONE: (
        rf"(?:\bnumero|\bnum|{_YOUR}) (?:de |d')?(?:votre )?(?:telephone|tel\b|gsm|portable|mobile"
        r"|whatsapp)",
        r"\b(?:your|phone|mobile|whatsapp|telephone) (?:phone |mobile )?number\b|\byour phone\b",
        r"رقم (?:ال)?(?:هاتف|جوال|تيليفون|تلفون|واتساب|بورطابل|gsm)",
        r"(?:هاتف|تيليفون|واتساب)(?:كم|ك)\b",
        r"نمرت(?:كم|ك)|نمره (?:ديال|التيليفون|التلفون|تيليفون|الهاتف)|(?:ال)?نمره (?:ديال|د)",
        r"\bne?m?mra\w* (?:dyal|d |tel|dial)|\bnemr(?:tek|etek)",
        r"\bsur quel numero\b|\bquel numero .*(?:appeler|joindre)|\bvotre contact\b",
        r"\blaissez(?:-nous)? votre numero\b|\bcomment vous (?:contacter|joindre)\b",
        r"\bra?9m (?:l|dyal )?(?:hatif|tilifon|telephone|portable)|\bpersonne a contacter\b",
        r"ترك معلومات|معلومات (?:ال)?(?:اتصال|تواصل) (?:الخاصه بك|ديال)",
        r"\bكيف (?:يمكننا |نستطيع )?(?:التواصل|نتواصل|الاتصال|نتصل)",
        r"\bjoindre au\b|\bvous joindre\b|vous (?:re)?contacter\b.*(?:numero|telephone)",
    ),
    Identity.EMAIL: (
        rf"\b(?:{_YOUR}|your) (?:adresse )?(?:e-?mail|mail\b|courriel|mel\b|adresse electronique)",
        r"\badresse (?:e-?mail|electronique|mail)\b|\be-?mail address\b",
        r"بريد(?:كم|ك)\b|عنوان (?:ال)?بريد|(?:ايميل|ييميل)(?:كم|ك)\b|l?'?email dyal",
        r"(?:ايميل|بريد الالكتروني) ديال(?:كم|ك)\b",
    ),
    Identity.ADDRESS: (
        rf"\b{_YOUR} (?:adresse|coordonnees|domicile)\b",
        r"\badresse (?:complete|postale|exacte|personnelle|(?:de|du) (?:votre |la )?(?:domicile"
        r"|residence|maison|logement))|\blieu exact de (?:votre |la )?(?:residence|domicile)",
        r"(?:envoyez|indiquez|partagez) votre (?:position|localisation)\b",
        r"\bvotre (?:position|localisation) exacte|العنوان ديال(?:كم|ك)\b",
        r"^ou (?:habitez|residez|logez|vivez)|\bou habitez-vous (?:exactement|precisement)",
        r"\bdans quelle rue (?:habit|resid|log|viv)",
        r"\bnumero de (?:votre |la )?(?:maison|porte|appartement|immeuble|logement)\b",
        r"\b(?:your|home|postal) address\b|\bwhere (?:exactly )?do you live\b",
        r"عنوان(?:كم|ك)\b|عنوان (?:ال)?(?:سكن\w*|اقامه|منزل\w*|دار\w*|شخصي)",
        r"العنوان (?:الكامل|الشخصي)",
        r"محل (?:ال)?(?:سكن\w*|اقامه|اقامت\w+)|رقم (?:ال)?(?:منزل|دار|شقه)",
        r"في اي (?:زنقه|شارع|درب|دار) (?:تسكن|تقطن|تقيم|ساكن)",
        r"^(?:اين|فين|وين) (?:تسكن|تقطن|تقيم|ساكن|كا?تسكن)|^fin (?:sak|kat?skn)\w*",
    ),
    Identity.BIRTH: (
        r"\b(?:date|jour) de (?:votre )?naissance|\bquand etes-vous ne|^nee? le\b|^ne\(e\) le\b",
        r"\b(?:date of birth|birth date|birthday|born)\b",
        r"تاريخ (?:ال)?(?:ازدياد|ميلاد|ولاده)|متي (?:ولدت|ازددت)|متي تاريخ ميلاد",
    ),
    Identity.NAME: (
        rf"\b{_YOUR} (?:nom|prenom)s?\b",
        r"\bnoms? ?(?:et|[&/,–-]) ?prenom|\bprenoms? ?(?:et|[&/,–-]) ?nom|\bnom complet\b",
        r"\bnom de famille\b|\bcomment (?:vous appelez-vous|vous vous appelez|(?:tu )?t'appelles)",
        r"\bqui etes-vous(?! dans| pour| par)\b|^prenom",
        r"\bnom (?:du |de la |de l')(?:repondant|participant|citoyen|enquete|usager|demandeur)",
        rf"\b{_YOUR} identite\b|\bكيف (?:تسمي|تدعي)\b|\bاسم و ?(?:ال)?لقب",
        r"\b(?:your|full|first|last|family) name\b|\bwhat is your name",
        r"\bاسم(?:كم|ك)\b|\bالاسم (?:الكامل|الشخصي|العايلي|و ?ا?ل?نسب)|نسب(?:كم|ك)\b",
        r"السميه (?:ديال(?:كم|ك)|و)|\bاسم (?:ال)?(?:مشارك|مجيب|مواطن|مستجوب)|^شكون (?:نت|انت)",
        r"سميت(?:كم|ك)\b|لقب(?:كم|ك)\b|الكنيه|من انت(?:م|ن)?\b",
        r"\bsmi?y?a?t(?:ek|kom|k)\b|\bchno smi|\bsmi?ya d[iy]al",
    ),
}
ALONE: Mapping[Identity, frozenset[str]] = {
    Identity.NAME: frozenset(
        {"nom", "prenom", "name", "identite", "الاسم", "النسب", "اسم", "السميه", "الهويه"}
        | {"signature", "votre signature", "التوقيع", "توقيعكم"}
    ),
    Identity.PHONE: frozenset(
        {"telephone", "tel", "gsm", "portable", "whatsapp", "phone", "الهاتف", "هاتف", "النمره"}
        | {
            "mobile",
            "الهاتف المحمول",
            "الهاتف النقال",
            "votre numero",
            "numero de contact",
            "رقمكم",
            "رقمك",
            "نمرتكم",
            "نمرتك",
        }
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
        | {"carte d identite", "carte d identite nationale", "carte nationale d identite"}
        | {"لاكارط", "لاكارط ناسيونال"}
        | {"البطاقه الوطنيه", "البطاقه الوطنيه للتعريف", "البطاقه الوطنيه للتعريف الالكترونيه"}
    ),
}
"""What identifies where it is the whole label, or all of it before a bracket or a colon."""
