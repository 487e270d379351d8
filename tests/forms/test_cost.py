"""An answer costs far less than its way to the database; expressions cost only who uses them."""

import subprocess
import sys
import time
from datetime import date

from forms.form import Form
from forms.interview import Interview
from tests.forms.workbooks import form_of

TODAY = date(2026, 11, 23)
TWELVE = form_of(
    """
    survey
    | type | name | label | relevant | constraint | required |
    | note | welcome | Bienvenue |
    | select_one yn | lives | Ici ? | | | yes |
    | integer | age | Âge ? | ${lives} = 'yes' | . >= 18 and . < 120 |
    | text | school | École ? | ${age} < 25 |
    | date | since | Depuis ? | | . <= today() |
    | decimal | hours | Heures ? |
    | select_multiple topic | topics | Thèmes ? | | count-selected(.) <= 2 |
    | text | water | L'eau ? | selected(${topics}, 'water') |
    | text | light | La lumière ? | selected(${topics}, 'light') |
    | text | why | Pourquoi ${topics} ? | ${lives} = 'no' and ${hours} > 2.5 |
    | text | ideas | Idées ? |
    | text | more | Encore ? |
    choices
    | list_name | name | label |
    | yn | yes | Oui |
    | yn | no | Non |
    | topic | water | Eau |
    | topic | light | Lumière |
    """
)
TYPED = ["", "oui", "٢٢", "Lycée", "2 غشت 2026", "3,5", "1, 2", "a", "b", "c", "d", "e"]


def play(form: Form) -> int:
    """Everything a chat asks of the engine, each step from the stored answers; how many steps."""
    answers = Interview(form, {}, today=TODAY).answers
    steps = 0
    while (asked := Interview(form, answers, today=TODAY).present()) is not None:
        interview = Interview(form, answers, today=TODAY)
        after = interview.answer(asked, interview.parse(asked, TYPED[asked.index]))
        following = after.present()
        if following:
            after.label(following, "fr")
            after.progress(following.path)
        answers = after.answers
        steps += 1
    return steps


def test_an_answer_costs_less_than_300_microseconds() -> None:
    steps = play(TWELVE)
    rounds = []
    for _ in range(30):
        begun = time.perf_counter()
        play(TWELVE)
        rounds.append((time.perf_counter() - begun) / steps)

    assert steps == 11
    assert min(rounds) < 300e-6


def test_a_form_without_expressions_does_not_load_the_expression_parser() -> None:
    script = (
        "import sys\n"
        "from datetime import date\n"
        "from forms.form import Form, Question, QuestionType\n"
        "from forms.interview import Interview\n"
        "q = Question(0, 'a', 'a', QuestionType.TEXT, required='true()')\n"
        "f = Form('f', '1', {}, 'fr', ('fr',), (q,))\n"
        "i = Interview(f, {}, today=date(2026, 1, 1)).answer(q, 'x')\n"
        "assert i.present() is None\n"
        "print('elementpath' in sys.modules, 'pyxform' in sys.modules)\n"
    )

    done = subprocess.run(  # noqa: S603 — our own interpreter and script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "False"]


def test_a_prepared_form_lets_nobody_wait_for_its_expressions() -> None:
    script = (
        "import sys, time\n"
        "from datetime import date\n"
        "from forms.form import Form, Question, QuestionType\n"
        "from forms.interview import Interview\n"
        "pattern = \"regex(., '[\\\\p{L} ]{2,60}')\"\n"
        "q = Question(0, 'a', 'a', QuestionType.TEXT, constraint=pattern)\n"
        "f = Form('f', '1', {}, 'fr', ('fr',), (q,)).prepare()\n"
        "assert 'elementpath' in sys.modules\n"
        "begun = time.perf_counter()\n"
        "Interview(f, {}, today=date(2026, 1, 1)).answer(q, 'Tiziri')\n"
        "print(time.perf_counter() - begun)\n"
    )

    done = subprocess.run(  # noqa: S603 — our own interpreter and script
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert float(done.stdout) < 0.005
