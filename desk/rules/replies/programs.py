"""What mail programs write into replies, in Vietnamese, English and Chinese.

The Vietnamese words are those of the programs' own translations where these are public. All in lower case.
"""

from __future__ import annotations

from enum import Enum

# Ours: the first line of every letter.
MARKER = "vui lòng trả lời phía trên dòng này"


class Field(Enum):
    """What a line of a quoted mail's header tells."""

    FROM = "from"
    DATE = "date"
    TO = "to"
    SUBJECT = "subject"
    OTHER = "other"


_NAMES = {
    Field.FROM: ("từ", "from", "gửi từ", "người gửi", "gửi bởi", "发件人", "寄件者"),
    Field.DATE: (
        *("đã gửi", "gửi", "gửi lúc", "đã gửi lúc", "gửi vào", "gửi ngày", "ngày", "ngày gửi", "thời gian"),
        *("thời gian gửi", "sent", "date", "sent time", "sent at", "发送时间", "日期", "时间"),
    ),
    Field.TO: ("đến", "tới", "gửi đến", "gửi tới", "người nhận", "to", "recipient", "recipients", "收件人"),
    Field.SUBJECT: ("chủ đề", "tiêu đề", "subject", "主题", "主旨"),
    Field.OTHER: (
        *("cc", "bcc", "đồng gửi", "đồng kính gửi", "bản sao", "抄送", "抄送人", "reply-to", "trả lời tới"),
        *("trả lời đến", "importance", "mức độ quan trọng", "tầm quan trọng", "quan trọng", "attachment"),
        *("attachments", "đính kèm", "tệp đính kèm", "附件"),
    ),
}
FIELDS = {name: field for field, names in _NAMES.items() for name in names}

# Between dashes, above what is quoted.
ORIGINAL = frozenset(
    {
        *("original message", "original messages", "original appointment", "original mail", "original email"),
        *("original", "reply message", "thư gốc", "tin nhắn gốc", "thư ban đầu", "tin nhắn ban đầu", "email gốc"),
        *("nội dung gốc", "bản gốc", "原始邮件", "原始信息", "回复的原邮件"),
    }
)
FORWARDED = frozenset(
    {
        *("forwarded message", "begin forwarded message", "forwarded mail", "thư chuyển tiếp", "tin nhắn chuyển tiếp"),
        *("thư được chuyển tiếp", "thư đã chuyển tiếp", "thư đã được chuyển tiếp", "tin nhắn được chuyển tiếp"),
        *("tin nhắn đã chuyển tiếp", "tin nhắn đã được chuyển tiếp", "bắt đầu thư được chuyển tiếp"),
        *("bắt đầu thư chuyển tiếp", "bắt đầu tin nhắn được chuyển tiếp", "转发邮件", "转发的邮件", "转发邮件信息"),
    }
)

# The advertisement under a mail typed on a telephone begins so.
ADVERTISEMENTS = (
    *("đã gửi từ ", "được gửi từ ", "gửi từ iphone", "gửi từ ipad", "gửi từ điện thoại", "gửi từ thiết bị"),
    *("gửi từ máy", "gửi từ yahoo", "gửi từ samsung", "gửi từ galaxy", "gửi từ gmail", "gửi từ outlook"),
    *("gửi từ ứng dụng", "gửi từ hộp thư", "gửi bằng ", "sent from ", "sent via ", "sent with ", "get outlook for"),
    *("tải outlook cho", "tải ứng dụng outlook", "tải xuống outlook", "lấy outlook cho", "nhận outlook cho"),
    *("yahoo mail: ", "发自我的"),
)

CLOSINGS = frozenset(
    {
        *(
            "trân trọng",
            "tran trong",
            "xin trân trọng",
            "trân trọng kính chào",
            "trân trọng cảm ơn",
            "trân trọng cám ơn",
        ),
        *("xin trân trọng cảm ơn", "tran trong cam on", "trân trọng báo cáo", "trân trọng thông báo", "kính thư"),
        *("kính chào", "kính", "thân ái", "thân mến", "thân", "thân chào", "chào trân trọng", "regards", "best"),
        *("best regards", "kind regards", "warm regards", "best wishes", "sincerely", "sincerely yours", "br"),
        *("yours sincerely", "yours faithfully", "yours truly", "respectfully"),
    }
)
# Alone, these are a reply themselves.
THANKS = frozenset(
    {
        *("cảm ơn", "cám ơn", "xin cảm ơn", "em cảm ơn", "cảm ơn anh", "cảm ơn chị", "cảm ơn anh/chị", "thanks"),
        *("cảm ơn quý cơ quan", "thank you", "many thanks", "thanks and regards", "thanks & regards", "thanks, br"),
        *(
            "thanks and best regards",
            "thanks & best regards",
            "thanks & br",
            "thanks and br",
            "thank you and best regards",
        ),
    }
)

DISCLAIMERS = (
    *("thông báo bảo mật", "thông báo về bảo mật", "tuyên bố bảo mật", "tuyên bố miễn trừ", "lưu ý bảo mật"),
    *("lưu ý về bảo mật", "miễn trừ trách nhiệm", "thư điện tử này ", "email này ", "confidential", "disclaimer"),
    *("this email ", "this e-mail ", "this message ", "the information contained in this", "virus-free"),
    *("không có vi-rút", "không có virus", "thư này đã được quét"),
)
