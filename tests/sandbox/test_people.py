"""The people of the sandbox: each manner is a mail that a real mail program could have sent, and the same each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.documents import inspect
from desk.gateways.mail_in.parsing import parse_mail
from desk.rules.attachments import AttachmentForm
from desk.rules.case_codes import case_code, find_case_codes
from desk.rules.commands import CommandCode, Commands
from desk.rules.incoming_mail import IncomingMail, MailKind
from desk.rules.mail_addresses import DeskAddress
from desk.rules.mail_kinds import absent_until, kind_by_headers
from desk.rules.replies.cutting import cut_at_codes
from desk.rules.replies.readings import ReplyReading, read_reply
from desk.rules.replies.trimming import trimmed
from sandbox.people.hours import OfficeHours
from sandbox.people.letters import Letter, read_letter
from sandbox.people.manners import Manner, manner_of
from sandbox.people.officers import Officers
from sandbox.people.posts import Planned, Post
from sandbox.people.programs import PROGRAMS, WRITTEN, Author, Program, answer
from sandbox.people.units import Units
from tests.offices import the_office

HCM = ZoneInfo("Asia/Ho_Chi_Minh")
MONDAY = datetime(2026, 11, 16, 9, 5, tzinfo=HCM)
DESK = DeskAddress("hoidap.zalo@bhxh.example.vn")
TOKEN = "7k3mq9xw2d5hn8rt"
CSXH = "csxh@bhxh.example.vn"
HOURS = OfficeHours(lambda day: day.weekday() < 5)
NAMES = {CSXH: "Ban Thực hiện chính sách bảo hiểm xã hội", "thu@bhxh.example.vn": "Ban Quản lý thu"}
UNITS = Units(1, NAMES, HOURS)
HA = "nguyen.thu.ha@bhxh.example.vn"
OFFICERS = Officers(1, {HA: "Nguyễn Thu Hà"}, HOURS)
COMMANDS = Commands(the_office().commands)
EXAMPLES = Path(__file__).parents[2] / "docs" / "letters"


def letter(name: str, to: str = CSXH, code: str = "ZL 26-004512-8") -> Letter:
    """Return a letter of the desk, as in docs/letters, in somebody's mailbox."""
    head, _, text = (EXAMPLES / f"{name}.txt").read_text(encoding="utf-8").partition("\n\n")
    mail = EmailMessage(policy=WRITTEN)
    mail["From"] = f"Zalo BHXH Việt Nam <{DESK.mailbox}>"
    mail["To"] = to
    mail["Reply-To"] = DESK.reply(TOKEN)
    mail["Subject"] = head.partition("Chủ đề: ")[2].replace("\n", " ").replace("ZL 26-004512-8", code)
    mail["Message-ID"] = DESK.message_id(name + code)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text.replace("ZL 26-004512-8", code))
    return read_letter(mail.as_bytes(), to, MONDAY)


def code_for(manner: Manner) -> str:
    """Return the code of a question that the unit's reader deals with in a manner."""
    codes = (case_code(2026, number) for number in range(1, 2_000))
    return next(code for code in codes if manner_of(UNITS.seed, CSXH, code) is manner)


def unit_letter(manner: Manner) -> Letter:
    return letter("unit-letter", code=code_for(manner))


def posts(manner: Manner) -> dict[Post, Planned]:
    return {planned.post: planned for planned in UNITS.plan(unit_letter(manner))}


def arrived(planned: Planned) -> IncomingMail:
    return parse_mail(planned.mail.as_bytes())


def said(mail: IncomingMail) -> str:
    return trimmed(mail.text).text


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_what_a_program_sends_answers_the_letter_and_quotes_it_as_that_program_does(program: Program) -> None:
    asked = letter("unit-letter")
    author = Author("Ban CSXH", CSXH, program)
    mail = parse_mail(answer(author, asked, "Nộp hồ sơ tại nơi cư trú.", MONDAY + timedelta(hours=2)).as_bytes())

    assert mail.recipients == (DESK.reply(TOKEN),)
    assert mail.referred_ids == (asked.message_id,)
    assert mail.subject == f"Re: {asked.subject}"
    assert mail.written_at == MONDAY + timedelta(hours=2)
    assert "sinh con thì có được hưởng" in mail.text
    assert said(mail) == "Nộp hồ sơ tại nơi cư trú."
    assert kind_by_headers(mail, DESK) is None


def test_the_same_mail_is_written_each_time() -> None:
    once, again = ([planned.mail.as_bytes() for planned in UNITS.plan(letter("unit-letter"))] for _ in range(2))

    assert once == again


@pytest.mark.parametrize("manner", [Manner.PROMPT, Manner.LATE, Manner.REPLIES_TO_ALL, Manner.FROM_HOME])
def test_an_answer_in_words_is_read_as_one(manner: Manner) -> None:
    (planned,) = posts(manner).values()

    assert read_reply(said(arrived(planned)), COMMANDS, has_files=False).reading is ReplyReading.ANSWER


def test_the_prompt_answer_within_a_day_and_a_half_and_the_late_after_the_day_they_were_given() -> None:
    assert posts(Manner.PROMPT)[Post.ANSWER].at < HOURS.after(MONDAY, 12)
    assert posts(Manner.LATE)[Post.ANSWER].at > HOURS.after(MONDAY, 24)


def test_some_never_answer() -> None:
    assert not posts(Manner.NEVER)


def test_a_receipt_comes_before_the_answer_and_is_none() -> None:
    found = posts(Manner.RECEIVED_FIRST)
    receipt = read_reply(said(arrived(found[Post.SHORT_WORD])), COMMANDS, has_files=False)

    assert found[Post.SHORT_WORD].at < found[Post.ANSWER].at
    assert receipt.reading in {ReplyReading.COMMAND, ReplyReading.ACKNOWLEDGED, ReplyReading.INTERIM}


def test_a_scan_comes_under_an_empty_mail() -> None:
    mail = arrived(posts(Manner.SENDS_A_SCAN)[Post.ANSWER])

    assert said(mail) == ""
    assert [inspect(leaf.content).form in {AttachmentForm.PDF, AttachmentForm.IMAGE} for leaf in mail.leaves] == [True]


def test_a_colleague_who_got_the_letter_answers_the_desk_from_an_address_of_his_own() -> None:
    planned = posts(Manner.PASSES_ON)[Post.FORWARD]
    passed_on = read_letter(planned.mail.as_bytes(), planned.recipients[0], planned.at)
    mail = arrived(UNITS.answer_for_colleague(passed_on))

    assert mail.from_address == planned.recipients[0]
    assert mail.from_address.endswith("@bhxh.example.vn")
    assert mail.from_address not in NAMES
    assert mail.recipients == (DESK.reply(TOKEN),)
    assert read_reply(said(mail), COMMANDS, has_files=False).reading is ReplyReading.ANSWER


def test_whoever_is_away_has_a_machine_say_until_when_and_answers_after_it() -> None:
    found = posts(Manner.OUT_OF_OFFICE)
    mail = arrived(found[Post.ABSENCE])

    assert kind_by_headers(mail, DESK) is MailKind.AUTO_REPLY
    assert absent_until(mail, MONDAY.date()) == date(2026, 11, 16)
    assert found[Post.ANSWER].at.date() > MONDAY.date()


@pytest.mark.parametrize(
    ("manner", "code"),
    [
        (Manner.NOT_OURS, CommandCode.NOT_OURS),
        (Manner.ASKS_FOR_TIME, CommandCode.MORE_TIME),
        (Manner.NAMES_ANOTHER_UNIT, CommandCode.ADD_UNIT),
    ],
)
def test_a_word_for_the_desk_is_read_as_the_command_it_is(manner: Manner, code: CommandCode) -> None:
    read = read_reply(said(arrived(posts(manner)[Post.COMMAND])), COMMANDS, has_files=False)

    assert read.command is not None
    assert (read.command.code, bool(read.command.argument)) == (code, True)


def test_a_table_is_answered_in_one_mail_that_can_be_cut_at_its_codes() -> None:
    asked = letter("unit-table", code=code_for(Manner.PROMPT))
    planned = next(planned for planned in UNITS.plan(asked))
    text = said(arrived(planned))
    cut = cut_at_codes(text, find_case_codes(text))

    assert cut.is_sure
    assert asked.codes[0] in {code for code, _ in cut.parts}


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("answer-proposal", {CommandCode.SEND, CommandCode.DROP_FILE}),
        ("duty-decision", {CommandCode.AGREE, CommandCode.DISAGREE}),
        ("endangered-answers", {CommandCode.WAIT, CommandCode.APOLOGISE}),
        ("sensitive-notice", {CommandCode.KEEP, CommandCode.GIVE_TO, CommandCode.LEAVE_OUT}),
        ("urgent-notice", {CommandCode.KEEP, CommandCode.CHOOSE, CommandCode.ANSWERED}),
    ],
)
def test_an_official_writes_back_one_of_the_words_that_he_was_offered(name: str, codes: set[CommandCode]) -> None:
    planned = [planned for code in range(1, 12) for planned in OFFICERS.plan(letter(name, HA, case_code(2026, code)))]
    found = {line.code for each in planned for line in COMMANDS.read(said(arrived(each))).commands}

    assert found
    assert found <= codes


def test_an_official_answers_what_needs_no_unit_himself() -> None:
    mails = [arrived(each) for n in range(9) for each in OFFICERS.plan(letter("duty-question", HA, case_code(2026, n)))]

    assert any(not COMMANDS.read(said(mail)).commands for mail in mails)


def test_people_work_in_office_hours_of_working_days() -> None:
    friday = datetime(2026, 11, 20, 16, 30, tzinfo=HCM)

    assert HOURS.after(friday, 1) == datetime(2026, 11, 23, 8, 30, tzinfo=HCM)
    assert HOURS.after(datetime(2026, 11, 16, 12, 30, tzinfo=HCM), 0.5).time().isoformat() == "13:30:00"


def test_every_manner_is_somebodys() -> None:
    counted: Callable[[Manner], int] = [manner_of(1624, CSXH, case_code(2026, n)) for n in range(2_000)].count

    assert all(counted(manner) for manner in Manner)
    assert counted(Manner.PROMPT) > 500
