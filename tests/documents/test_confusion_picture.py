"""What was taken for what, counted and drawn: the sums are those of the topics, and no picture asks the network."""

from __future__ import annotations

import base64
from xml.etree import ElementTree as ET

from desk.documents.confusion_picture import confusion_picture
from desk.rules.classifier import Case, Scope
from desk.rules.classifier.confusion import NOTHING, confusion_of, found_of, most_confused
from tests.offices import said, the_office

NAMES = {topic.code: topic.name for topic in the_office().topics}
CASES = [
    Case(id="1", text="", topics=("huu",), scope=Scope.IN),
    Case(id="2", text="", topics=("huu", "chitra"), scope=Scope.IN),
    Case(id="3", text="", topics=("bhyttt",), scope=Scope.IN),
    Case(id="4", text="", topics=(), scope=Scope.OUT, redirect=("X_THUE",)),
]
ANSWERS = [said("huu"), said("huu"), said("bhytql"), said("huu")]


def test_each_topic_that_was_missed_is_set_against_one_that_was_said_too_much() -> None:
    confusion = confusion_of(CASES, ANSWERS)

    assert confusion == {
        ("huu", "huu"): 2,
        ("chitra", NOTHING): 1,
        ("bhyttt", "bhytql"): 1,
        ("OOS", "huu"): 1,
    }
    huu = found_of(confusion)["huu"]
    assert (huu.cases, huu.said, huu.recall, round(huu.precision, 2), round(huu.f1, 2)) == (2, 3, 1, 0.67, 0.8)
    assert most_confused(confusion, 3) == ["OOS", "bhytql", "bhyttt"]


def test_the_picture_names_its_rows_in_words_and_what_is_not_shown_in_the_last() -> None:
    address = confusion_picture(confusion_of(CASES, ANSWERS), ["huu", "bhyttt"], NAMES)

    head, _, content = address.partition(",")
    drawn = ET.fromstring(base64.b64decode(content))  # noqa: S314 - drawn a line above
    written = [element.text for element in drawn.iter() if element.text]
    assert head == "data:image/svg+xml;base64"
    assert written.count("2") == 1, "both were found"
    assert "Lương hưu và chế độ hưu trí (huu)" in written
    assert "Thanh toán trực tiếp chi phí khám chữa bệnh… (bhyttt)" in written
    assert "chủ đề khác, hoặc không có" in written
