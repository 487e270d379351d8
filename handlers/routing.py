"""Which handler sees an update first."""

from aiogram import Router

from handlers import (
    alarms,
    consultations,
    questionnaire,
    reachability,
    reviewing,
    start,
    workspace,
)
from handlers.filters import Private

assert alarms.__name__  # noqa: S101  (importing it lets its event be answered)


def main_router() -> Router:
    """All handlers, those of answers first: they are met most often. Built once a process."""
    router = Router()
    for observer in (router.message, router.edited_message, router.callback_query):
        observer.filter(Private())
    router.include_routers(
        questionnaire.router,
        start.router,
        consultations.router,
        reviewing.router,
        reachability.router,
        workspace.router,
    )
    return router
