"""Which handler sees an update first."""

from aiogram import Router

from handlers import consultations, elsewhere, questionnaire, reachability, reviewing, start


def main_router() -> Router:
    """All handlers, those of answers first: they are met most often. Built once a process."""
    router = Router()
    router.include_routers(
        elsewhere.router,
        questionnaire.router,
        start.router,
        consultations.router,
        reviewing.router,
        reachability.router,
    )
    return router
