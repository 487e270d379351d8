"""Which handler sees an update first."""

from aiogram import Router

import handlers.announcing  # noqa: F401  (what its loop tells)
from handlers import (
    afterwards,
    alarms,
    authoring,
    cards,
    closing,
    composing,
    consultations,
    exports,
    extending,
    helping,
    invitations,
    notices,
    opening,
    outcomes,
    papers,
    previewing,
    questionnaire,
    reachability,
    report_files,
    report_publication,
    reporting,
    reviewing,
    start,
    team,
    withdrawing,
    workspace,
)
from handlers.filters import Private

assert alarms.__name__  # noqa: S101  (importing it lets its event be answered)


def main_router() -> Router:
    """All handlers, built once a process.

    Codes and links that give a role go before all: no questionnaire takes them for an answer.
    Then those of answers, which are met most often.
    """
    router = Router()
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(Private())
    router.include_routers(
        invitations.router,
        questionnaire.router,
        start.router,
        notices.router,
        consultations.router,
        reviewing.router,
        afterwards.router,
        withdrawing.router,
        reachability.router,
        workspace.router,
        cards.router,
        papers.router,
        opening.router,
        extending.router,
        closing.router,
        team.router,
        exports.router,
        outcomes.router,
        helping.router,
        reporting.router,
        report_files.router,
        report_publication.router,
        authoring.router,
        composing.router,
        previewing.router,
    )
    return router
