"""Texts of articles: taken in once their files have been looked into, and looked at as Zalo would before a proposal."""

from __future__ import annotations

from datetime import datetime

from prefect import task
from prefect.cache_policies import NO_CACHE

from desk.gateways.pictures import PictureFetcher
from desk.rules.calendar import local_date
from desk.rules.letters import form_receipt
from desk.rules.tally import Count, Tally
from desk.runtime.contents import checking, drafting
from desk.runtime.contents.handing_over import hand_over
from desk.runtime.contents.people import official_of
from desk.runtime.database import flow_run_id, transaction
from desk.runtime.in_force import in_force
from desk.runtime.rendering import rendered
from desk.runtime.setting_aside import Line, set_aside
from desk.runtime.settings import settings
from desk.store import content_checks, content_intakes, contents, inbound_mails, outbox
from desk.store.content_intakes import Intake

_AT_ONCE = 20


@task(name="Nhận bản thảo bài đăng", cache_policy=NO_CACHE)
def take_in_drafts(as_of: datetime) -> Tally:
    """Make texts of a batch of mails whose files have been looked into. Safe to repeat: each is taken in once."""
    with transaction() as connection:
        desk = in_force(connection)
        intakes = content_intakes.claim_intakes(connection, limit=_AT_ONCE)
        taken = set_aside(connection, _INTAKE, intakes, lambda one: drafting.take_in(connection, one, desk, as_of))
    return Tally({Count.TAKEN_IN: len(taken), Count.SET_ASIDE: len(intakes) - len(taken)})


@task(name="Kiểm tra bản thảo bài đăng", cache_policy=NO_CACHE)
def check_drafts(as_of: datetime) -> Tally:
    """Look at a batch of texts as Zalo would, and send each to its editor. Safe to repeat: the first finding stays."""
    chosen = settings()
    pictures = PictureFetcher(timeout_seconds=chosen.zalo_timeout_seconds, stand_in=chosen.pictures_stand_in)
    with transaction() as connection:
        desk = in_force(connection)
        unchecked = content_checks.find_unchecked(connection, limit=_AT_ONCE)
        articles = [contents.get_version(connection, *one).article for one in unchecked]
    for (item_id, version), article in zip(unchecked, articles, strict=True):
        found = checking.flaws_of(article, pictures)
        with transaction() as connection:
            checking.record(connection, item_id, version, found, desk=desk, as_of=as_of)
    return Tally({Count.CHECKED: len(unchecked)})


@task(name="Gửi bản thảo cho biên tập viên", cache_policy=NO_CACHE)
def hand_draft_over(code: str, acting_officer: str, as_of: datetime) -> str:
    """Send a draft to an editor with a receipt of the form; returns what was done, in Vietnamese.

    Raises:
        DecisionRefusedError: it cannot be sent; says why.
    """
    with transaction() as connection:
        desk = in_force(connection)
        done = hand_over(connection, code, acting_officer, desk, as_of)
        receipt = form_receipt(
            official_of(desk, acting_officer, local_date(as_of)),
            run_id=flow_run_id.get(),
            form="Gửi bản thảo bài đăng cho biên tập viên",
            case_codes=(),
            outcome=done,
            reason="theo biểu mẫu propose-content",
            done_at=as_of,
        )
        outbox.add_deliveries(connection, [rendered(receipt)], on=local_date(as_of))
        return done


_INTAKE: Line[Intake] = Line(
    name="draft",
    identify=lambda one: str(one.inbound_mail_id),
    park=lambda connection, rows: inbound_mails.park_mails(connection, [row.inbound_mail_id for row in rows]),
)
