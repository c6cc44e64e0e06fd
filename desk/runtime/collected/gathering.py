"""What the store knows of a batch of mails, asked a statement each; the questions they are about are held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import chain
from typing import Any, Final

from sqlalchemy import Connection

from desk.gateways.mail_in.html_text import html_text
from desk.rules.calendar import local_date
from desk.rules.incoming_mail import MailKind
from desk.rules.replies.matching import AssignmentLead, Leads, TokenLead
from desk.rules.replies.quotes import How
from desk.runtime.collected.opening import Opened
from desk.store import leads
from desk.store.leads import AskedUnit, HeldQuestion, KnownLetter, SentText

# where a quote begins like this, and nothing stands below it, all of it is known to be one
_SURELY_KNOWN: Final = frozenset({How.MARKER.value, How.INTRO.value, How.SEPARATOR.value, How.HEADERS.value})


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What is known of the tokens, letters and codes of a batch, and of the questions they lead to.

    `parts` are those of letters that came back; `open_letters` what officials still have to decide.
    """

    tokens: Mapping[bytes, TokenLead]
    open_letters: Mapping[bytes, TokenLead]
    letters: Mapping[str, KnownLetter]
    parts: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, int]
    questions: Mapping[int, HeldQuestion]
    asked: Mapping[int, Sequence[AskedUnit]]
    sent: Mapping[int, Sequence[SentText]]

    def leads_of(self, opened: Opened) -> Leads:
        """Return what the store knows of one mail's evidence."""
        tokens, letters = self._tokens_of(opened), self.letters_of(opened)
        by_token = {token.assignment_id for token in tokens}
        assignments = (one for question_id in self.questions_of(opened) for one in self.asked.get(question_id, ()))
        return Leads(
            tokens=tuple(tokens),
            assignments=tuple(
                _lead(one, by_letter=one.assignment_id in by_token or any(_asks(letter, one) for letter in letters))
                for one in assignments
            ),
            open_letters=tuple(self._open_letters_of(opened)),
        )

    def hash_of(self, token: TokenLead, opened: Opened) -> bytes:
        """Return by which of a mail's tokens the store found a lead, or which one its case code stands for."""
        found = (each for each in opened.evidence.token_hashes if self.tokens.get(each) == token)
        return next(found, b"") or next(each for each, letter in self.open_letters.items() if letter == token)

    def letters_of(self, opened: Opened) -> list[KnownLetter]:
        """Return the letters of ours that a mail is about."""
        found = (self.letters.get(digest) for digest in opened.evidence.letter_digests)
        return [letter for letter in found if letter]

    def questions_of(self, opened: Opened) -> list[int]:
        """Return the questions that a mail may be about, by number."""
        found = {token.question_id for token in self._tokens_of(opened)}
        found |= {letter.question_id for letter in self.letters_of(opened)}
        found |= {self.codes.get(code) for letter in self.letters_of(opened) for code in letter.case_codes}
        found |= {self.codes.get(code) for code in opened.evidence.case_codes}
        return sorted(question_id for question_id in found if question_id)

    def asked_by(self, letter: KnownLetter) -> list[int]:
        """Return the assignments that a letter to a unit asks: one, or all of a table."""
        return [one.assignment_id for one in self._by_number.values() if _asks(letter, one)]

    def sent_texts(self, opened: Opened) -> list[str]:
        """Return the texts of our letters that a mail may quote, those it answers first."""
        letters = self.letters_of(opened)
        answered = [letter.text for letter in letters if letter.text]
        if opened.quoted_by not in _SURELY_KNOWN:
            # words that only the HTML form has, such as those around its buttons
            answered += [html_text(letter.html) for letter in letters if letter.html]
        others = (sent.text for question_id in self.questions_of(opened) for sent in self.sent.get(question_id, ()))
        return list(dict.fromkeys([*answered, *others]))

    def asked_units(self, assignment_ids: Sequence[int]) -> list[AskedUnit]:
        """Return assignments by their numbers, in that order."""
        return [self._by_number[assignment_id] for assignment_id in assignment_ids if assignment_id in self._by_number]

    @cached_property
    def _by_number(self) -> Mapping[int, AskedUnit]:
        return {one.assignment_id: one for one in chain.from_iterable(self.asked.values())}

    def _open_letters_of(self, opened: Opened) -> list[TokenLead]:
        codes = opened.evidence.subject_codes
        question_id = self.codes.get(codes[0]) if len(codes) == 1 else None
        return [letter for letter in self.open_letters.values() if question_id and letter.question_id == question_id]

    def _tokens_of(self, opened: Opened) -> list[TokenLead]:
        return [self.tokens[each] for each in opened.evidence.token_hashes if each in self.tokens]


def gather(connection: Connection, batch: Sequence[Opened], as_of: datetime, *, also: Sequence[int] = ()) -> Gathered:
    """Ask the store about a batch, and hold the questions it leads to, and those of assignments named beside."""
    hashes = sorted({each for one in batch for each in one.evidence.token_hashes})
    digests = sorted({each for one in batch for each in one.evidence.letter_digests})
    tokens = leads.find_tokens(connection, hashes, on=local_date(as_of))
    letters = {letter.digest: letter for letter in leads.find_letters(connection, digests)}
    returned = {digest for one in batch if one.kind is MailKind.BOUNCE for digest in one.evidence.letter_digests}
    parts = leads.find_parts(connection, [letters[digest].key for digest in returned if digest in letters])
    codes = {code for one in batch for code in one.evidence.case_codes}
    codes |= {code for letter in letters.values() for code in letter.case_codes}
    of_codes = leads.find_questions(connection, sorted(codes))
    by_subject = {
        of_codes.get(code) for one in batch if not one.evidence.token_hashes for code in one.evidence.subject_codes
    }
    open_letters = leads.find_open_letters(connection, sorted(filter(None, by_subject)), on=local_date(as_of))
    found = {token.question_id for token in tokens.values()} | {letter.question_id for letter in letters.values()}
    found |= set(of_codes.values()) | set(leads.find_questions_of(connection, also))
    question_ids = sorted(question_id for question_id in found if question_id)
    questions = leads.hold_questions(connection, question_ids)
    asked: dict[int, list[AskedUnit]] = defaultdict(list)
    for one in leads.find_assignments(connection, question_ids):
        asked[one.question_id].append(one)
    sent: dict[int, list[SentText]] = defaultdict(list)
    for text in leads.find_sent_texts(connection, question_ids):
        sent[text.question_id].append(text)
    return Gathered(
        tokens=tokens,
        open_letters=open_letters,
        letters=letters,
        parts=parts,
        codes=of_codes,
        questions=questions,
        asked=asked,
        sent=sent,
    )


def _asks(letter: KnownLetter, one: AskedUnit) -> bool:
    """Return whether a letter asks an assignment: it alone, or in a table to its unit, whose code is in the key."""
    if letter.question_id is not None:
        return letter.assignment_id == one.assignment_id
    of = letter.key.split(":")
    return one.case_code in letter.case_codes and one.unit_code in of and (not one.place_unit or one.place_unit in of)


def _lead(one: AskedUnit, *, by_letter: bool) -> AssignmentLead:
    return AssignmentLead(
        assignment_id=one.assignment_id,
        question_id=one.question_id,
        case_code=one.case_code,
        unit_code=one.unit_code,
        place_unit=one.place_unit,
        state=one.state,
        by_letter=by_letter,
    )
