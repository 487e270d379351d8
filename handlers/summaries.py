"""The words of the sheets that an export holds, in each language; they are read on paper."""

from handlers.language import OWN_NAMES, _, isolate, speaking
from participation.ordering import Words
from participation.people import LANGUAGES


def words_in(language: str) -> Words:
    """The words of one edition."""
    with speaking(language):
        return Words(
            summary=_("Summary"),
            answers=_("Answers"),
            day=_("Day of this table"),
            opens=_("First day"),
            closes=_("Last day"),
            not_over=_("People can still answer or finish: these figures will change."),
            took_part=_("How many took part"),
            number=_("Number"),
            share=_("Per cent"),
            began=_("Began"),
            sent=_("Sent their answers"),
            began_shared=_("Began on a shared phone"),
            sent_shared=_("Sent on a shared phone"),
            by_language=_("By language"),
            languages=OWN_NAMES,
            who=_("Who answered"),
            no_sample=_(
                "Whoever wished answered. They are no sample of the population: these figures say "
                "what they think, and not what all residents think."
            ),
            questions=_("Question by question"),
            asked=_("Were asked"),
            answered=_("Answered"),
            base=_(
                "Per cent of those who answered the question. Where several choices were "
                "possible, they add up to more than 100."
            ),
            few=_(
                "Please do not publish a number below {few}, nor a figure of fewer than {few} "
                "answers, in italics here: it may point to a person."
            ),
            mean=_("Mean"),
            median=_("Median"),
            least=_("Smallest"),
            most=_("Largest"),
            earliest=_("Earliest day"),
            latest=_("Latest day"),
            left_out=_("Left out of this table, because they say who answered:"),
            names_nobody=_(
                "Nobody is named in this table. A free answer may still point to a person: please "
                "read before you share it."
            ),
            pseudonyms=_(
                "Nobody is named in this table. A person has the same number in all tables of "
                "this consultation."
            ),
            names_people=_(
                "This table says who answered. Please keep it where only those in charge of the "
                "consultation can read it."
            ),
            other_people=_(
                "Whoever answered on somebody else’s phone has that account’s number with "
                "{second}, {third} and so on behind it: it was not the account’s holder."
            ).format(second=isolate("_2"), third=isolate("_3")),
            right_to_left=language == "ar",
        )


def in_each_language() -> dict[str, Words]:
    """All editions."""
    return {language: words_in(language) for language in LANGUAGES}
