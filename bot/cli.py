"""The command line ``musharaka``: its commands, in the order in which its help tells them."""

import typer

from bot.commands import backups, consultations, exports, forms, running, team, town

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
for command in (
    running.run,
    running.migrate,
    running.load,
    exports.export,
    team.invite,
    team.audit,
    backups.backup,
    backups.restore,
    backups.drill,
    running.doctor,
    running.webhook,
    town.simulator,
    town.phone,
    town.demo,
):
    app.command()(command)
app.add_typer(forms.form_app, name="form")
app.add_typer(consultations.consultation_app, name="consultation")


def main() -> None:
    """The entry point of ``musharaka``."""
    app()
