"""Refusals: facts that keep a person from doing something, with what is needed to explain them."""


class ParticipationError(Exception):
    """A refusal. Raised before anything changes; the worker turns it into a sentence."""


class OperatorError(Exception):
    """What keeps a command from being carried out; its text says what the operator can do."""
