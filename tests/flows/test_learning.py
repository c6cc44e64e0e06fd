"""What officials confirm is learnt from at once, and which model decides is a person's to take back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from desk.console.app import app
from desk.rules.classifier.fusion import FIRST_FUSION
from desk.rules.classifier.model import fit
from desk.rules.wording import wording_of
from desk.runtime.artifacts import save
from desk.runtime.classifying import models_folder
from desk.runtime.database import transaction
from desk.runtime.labelled import read_labelled
from desk.runtime.settings import settings
from desk.store.classifier_versions import VersionState, add_version
from tasks.asking import ask_to_sort_questions
from tests.flows.conftest import NOW, Handle, Rows, Say
from tests.mailroom import Mailroom
from tests.offices import FOLDER, the_office

SOME = read_labelled(FOLDER, the_office()).train[:300]
ASKED = "Tôi mất sổ bảo hiểm xã hội thì có rút bảo hiểm xã hội một lần được không?"
OFFICER = "vu.hai.yen@bhxh.example.vn"


def a_model(cases: int, state: VersionState) -> str:
    name = save(fit(SOME[:cases], wording_of(the_office().lexicon), FIRST_FUSION), models_folder(settings().data_dir))
    with transaction() as connection:
        add_version(connection, name, state, acting_officer="HA", trained_at=NOW, metrics={"macro_f1": 0.8})
    return name


def versions_used(rows: Rows) -> list[str]:
    return [
        row["version"]
        for row in rows("SELECT details ->> 'classifier' AS version FROM event WHERE kind = 'held' ORDER BY event_id")
    ]


@pytest.mark.usefixtures("desk")
def test_what_an_officer_confirms_speaks_for_the_next_like_question_without_a_new_model(
    mailroom: Mailroom, say: Say, handle: Handle, rows: Rows
) -> None:
    a_model(300, VersionState.PROMOTED)
    say("u1", ASKED, at=NOW - timedelta(minutes=30))
    handle(NOW)
    (first,) = rows("SELECT case_code FROM question")
    ask_to_sort_questions.fn(NOW)
    mailroom.answer(mailroom.letter(OFFICER), "1")
    mailroom.collect(NOW + timedelta(minutes=20))
    assert rows("SELECT count(*) AS n FROM label_event") == [{"n": 1}]

    say("u2", ASKED.replace("Tôi", "Em"), at=NOW + timedelta(minutes=30))
    handle(NOW + timedelta(hours=1))

    before, after = rows("SELECT evidence::text AS evidence FROM classification ORDER BY classification_id")
    assert first["case_code"] not in before["evidence"]
    assert first["case_code"] in after["evidence"]
    assert rows("SELECT count(*) AS n FROM classifier_version") == [{"n": 1}]


def test_a_model_taken_back_by_one_command_is_the_one_that_decides_next(
    desk: Engine,  # noqa: ARG001 - in office first
    say: Say,
    handle: Handle,
    rows: Rows,
) -> None:
    older, newer = a_model(250, VersionState.PROMOTED), a_model(300, VersionState.SHADOW)
    console = CliRunner()
    assert console.invoke(app, ["classifier", "promote", newer[:12], "--by", "HA"]).exit_code == 0
    say("u1", ASKED, at=NOW - timedelta(minutes=30))
    handle(NOW)

    told = console.invoke(app, ["classifier", "rollback", "--by", "HA"])
    say("u2", ASKED, at=NOW + timedelta(minutes=30))
    handle(NOW + timedelta(hours=1))

    assert told.exit_code == 0, told.output
    assert f"{older[:12]}  đang dùng" in told.output
    assert f"{newer[:12]}  thôi dùng" in told.output
    first, second = versions_used(rows)
    assert first.startswith(newer[:12])
    assert second.startswith(older[:12])
