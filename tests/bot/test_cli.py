"""The command line says in one sentence what is wrong with a file."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot.cli import app

WORKBOOK = next((Path(__file__).parents[2] / "examples").rglob("*.xlsx"))


@pytest.mark.parametrize("content", [None, "", "[1]", "{", "\udc80", "[" * 100_000])
def test_answers_that_are_no_json_object_are_one_sentence(
    tmp_path: Path, content: str | None
) -> None:
    answers = tmp_path / "answers.json"
    if content is not None:
        answers.write_bytes(content.encode("utf-8", "surrogateescape"))

    result = CliRunner().invoke(app, ["form", "run", str(WORKBOOK), "--answers", str(answers)])

    assert result.exit_code == 1
    assert str(answers) in result.output
    assert isinstance(result.exception, SystemExit)
