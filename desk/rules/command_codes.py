"""What a line of a mail can order; the words for it are in office/commands.yaml."""

from __future__ import annotations

from enum import StrEnum


class CommandCode(StrEnum):
    """What a line can order; the words for it are in office/commands.yaml."""

    # of units
    RECEIVED = "received"
    NOT_OURS = "not_ours"
    OUTSIDE_SECTOR = "outside_sector"
    ADD_UNIT = "add_unit"
    MORE_TIME = "more_time"
    ANSWERS_FOR_ALL = "answers_for_all"
    NOT_COMPETENT = "not_competent"
    # of officials
    SEND = "send"
    SEND_WITH_NUMBER = "send_with_number"
    SEND_GENERAL = "send_general"
    SEND_MASKED = "send_masked"
    SEND_WHERE_TO_LOOK = "send_where_to_look"
    REMEMBER = "remember"
    DROP_FILE = "drop_file"
    AGREE = "agree"
    DISAGREE = "disagree"
    GIVE_TO = "give_to"
    ASK_CITIZEN = "ask_citizen"
    IS_ANSWER = "is_answer"
    IS_NO_ANSWER = "is_no_answer"
    TAKE_IN = "take_in"
    ADMIT_SENDER = "admit_sender"
    LEAVE_OUT = "leave_out"
    APOLOGISE = "apologise"
    WAIT = "wait"
    ANSWERED = "answered"
    KEEP = "keep"
    ANSWER_WITH = "answer_with"
    NOT_DONE = "not_done"
    REOPEN = "reopen"
    CHOOSE = "choose"
    MERGE = "merge"
    SPLIT = "split"
    RELEASE_ALL = "release_all"
    RELEASE_ALL_BUT = "release_all_but"
    # on an article (Điều 11)
    PROPOSE = "propose"
    SUBMIT_TO = "submit_to"
    RETURN = "return"
    WITHDRAW = "withdraw"
    AGREE_WITH_CHANGES = "agree_with_changes"
    AS_ASKED = "as_asked"
    PUBLISH = "publish"
    STOP = "stop"
    TAKE_DOWN = "take_down"
    TAKE_DOWN_AT_ONCE = "take_down_at_once"
    BROADCAST = "broadcast"


UNIT_COMMANDS = frozenset(
    {
        *(CommandCode.RECEIVED, CommandCode.NOT_OURS, CommandCode.OUTSIDE_SECTOR, CommandCode.ADD_UNIT),
        *(CommandCode.MORE_TIME, CommandCode.ANSWERS_FOR_ALL, CommandCode.NOT_COMPETENT),
    }
)
# "đồng ý, nhưng sửa đoạn 2" must never act as "đồng ý": with anything beside it an agreement is none
AGREEMENTS = frozenset(
    {
        CommandCode.AGREE,
        CommandCode.SEND,
        CommandCode.REMEMBER,
        CommandCode.SEND_WITH_NUMBER,
        CommandCode.SEND_MASKED,
        CommandCode.SEND_WHERE_TO_LOOK,
        CommandCode.CHOOSE,
        CommandCode.RELEASE_ALL,
        CommandCode.RELEASE_ALL_BUT,
        CommandCode.AS_ASKED,
        CommandCode.PUBLISH,
        CommandCode.BROADCAST,
    }
)
