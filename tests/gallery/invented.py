"""Invented consultations: more of them, and a form with what the example's forms do not ask."""

import shutil
from pathlib import Path

from tests.forms.workbooks import workbook

GARDENS = "gardens"
TITLES = {
    GARDENS: ("الحدائق والمساحات الخضراء", "Jardins et espaces verts", 0, 30),
    "market": ("السوق الأسبوعي: التنظيم والنظافة", "Souk hebdomadaire : organisation", -3, 12),
    "lighting": ("الإنارة العمومية في الأحياء", "Éclairage public dans les quartiers", -2, 15),
    "ramparts": ("محيط الأسوار التاريخية", "Abords des remparts historiques", 5, 25),
    "library": ("الخزانة الجماعية: أوقات الفتح", "Bibliothèque communale : horaires", 9, 40),
    "playgrounds": ("ملاعب القرب", "Terrains de proximité", 12, 33),
    "waste": ("جمع النفايات المنزلية", "Collecte des déchets ménagers", -60, -30),
    "festival": ("المهرجان الثقافي السنوي", "Festival culturel annuel", -90, -70),
    "buses": ("خطوط الحافلات", "Lignes de bus", -120, -99),
}
"""By slug: the title in Arabic and French, and the window in days from the day of loading."""

FORM = """
survey
| type | name | label::العربية (ar) | label::Français (fr) | short_label::العربية (ar) | short_label::Français (fr) | required | constraint | default |
| note | hello | مرحبا بكم. هذه أسئلة قصيرة عن حدائق المدينة. | Bienvenue. Voici quelques questions sur les jardins de la ville. | | | | | |
| select_one needs | need | ما الذي ينقص حديقة حيكم؟ | Que manque-t-il au jardin de votre quartier ? | النقص | Manque | | | |
| select_multiple uses | uses | لماذا تذهبون إلى الحديقة؟ | Pourquoi allez-vous au jardin ? | السبب | Raisons | yes | | |
| decimal | distance | كم كيلومترا بين منزلكم وأقرب حديقة؟ | Combien de kilomètres entre chez vous et le jardin le plus proche ? | المسافة | Distance | | . <= 100 | |
| integer | children | كم طفلا في أسرتكم؟ | Combien d’enfants avez-vous ? | الأطفال | Enfants | | . <= 20 or selected(${uses}, 'friends') | |
| integer | visits | كم مرة في الشهر تذهبون إلى الحديقة؟ | Combien de fois par mois allez-vous au jardin ? | الزيارات | Visites | | | 4 |
| date | last | متى كانت آخر زيارة؟ | De quand date votre dernière visite ? | آخر زيارة | Dernière visite | | | |
| text | wish | ما هي أمنيتكم لهذه الحديقة؟ | Que souhaitez-vous pour ce jardin ? | الأمنية | Souhait | | | |
choices
| list_name | name | label::العربية (ar) | label::Français (fr) |
| needs | shade | أشجار كثيرة تعطي الظل في فصل الصيف | De grands arbres qui donnent de l’ombre en été |
| needs | benches | مقاعد مريحة للأشخاص المسنين والمرضى | Des bancs confortables pour les personnes âgées |
| needs | play | فضاء آمن يلعب فيه الأطفال الصغار | Un espace sûr où jouent les petits enfants |
| needs | water | نافورة ماء صالح للشرب | Une fontaine d’eau potable |
| uses | walk | المشي | Marcher |
| uses | rest | الراحة | Me reposer |
| uses | sport | الرياضة | Du sport |
| uses | friends | لقاء الأصدقاء | Voir des amis |
settings
| form_id | version | default_language |
| gardens | 1 | العربية (ar) |
"""  # noqa: E501 (a table)
CONSULTATION = """
slug = "{slug}"
mode = "anonymous"
form = "questionnaire.xlsx"

[title]
ar = "{ar}"
fr = "{fr}"

[stake]
ar = "كيف تريدون أن تكون مدينتكم؟ هذا التشاور مثال للتجربة."
fr = "Comment voulez-vous que soit votre ville ? Cette consultation est un exemple, pour essai."

[window]
opens_in_days = {opens}
closes_in_days = {closes}
"""
DOCUMENT = """
[[documents]]
slug = "{slug}"
file = {{ ar = "{slug}-ar.pdf", fr = "{slug}-fr.pdf" }}
title = {{ ar = "{ar}", fr = "{fr}" }}
"""
DOCUMENTS = {
    "plan": ("تصميم الحدائق", "Plan des jardins"),
    "cost": ("تكلفة الصيانة", "Coût de l’entretien"),
}


def add_invented(directory: Path) -> None:
    """Add the invented consultations to a copy of a commune's directory."""
    book = workbook(FORM)
    papers = directory / "consultations" / "neighbourhood-houses" / "documents"
    for slug, (ar, fr, opens, closes) in TITLES.items():
        folder = directory / "consultations" / slug
        folder.mkdir()
        (folder / "questionnaire.xlsx").write_bytes(book)
        text = CONSULTATION.format(slug=slug, ar=ar, fr=fr, opens=opens, closes=closes)
        if slug == GARDENS:
            text += "".join(
                DOCUMENT.format(slug=name, ar=in_arabic, fr=in_french)
                for name, (in_arabic, in_french) in DOCUMENTS.items()
            )
            for name in DOCUMENTS:
                for language in ("ar", "fr"):
                    paper = papers / f"houses-note-{language}.pdf"
                    shutil.copyfile(paper, folder / f"{name}-{language}.pdf")
        (folder / "consultation.toml").write_text(text, encoding="utf-8")
