"""Which handler sees an update first."""

from aiogram import Router

from handlers import (
    afterwards,
    consultations,
    notices,
    questionnaire,
    reachability,
    reviewing,
    start,
    withdrawing,
    workspace,
)
from handlers.filters import Private


def main_router() -> Router:
    """All handlers, those of answers first: they are met most often. Built once a process."""
    router = Router()
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(Private())
    router.include_routers(
        questionnaire.router,
        start.router,
        notices.router,
        consultations.router,
        reviewing.router,
        afterwards.router,
        withdrawing.router,
        reachability.router,
        workspace.router,
    )
    return router
