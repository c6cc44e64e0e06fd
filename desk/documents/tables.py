"""Tables for officials, as Excel opens them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Final

from xlsxwriter import Workbook

_FONT: Final = {"font_name": "Times New Roman", "font_size": 12, "valign": "top"}
_WIDEST: Final = 60
_NARROWEST: Final = 8


def xlsx(columns: Sequence[str], rows: Sequence[Sequence[object]], title: str) -> bytes:
    """Return a workbook of one sheet: a frozen header that can be filtered by, dates as dates, all else as it is.

    What a citizen or a unit wrote stays text: nothing becomes a formula or a link. Instants are written as given,
    without their zone.
    """
    file = BytesIO()
    with Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True}
    ) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet()
        header = book.add_format({**_FONT, "bold": True, "text_wrap": True, "bottom": 1})
        plain = book.add_format({**_FONT, "text_wrap": True})
        day = book.add_format({**_FONT, "num_format": "dd/mm/yyyy"})
        moment = book.add_format({**_FONT, "num_format": "dd/mm/yyyy hh:mm"})
        sheet.set_header(f"&C{title.replace('&', '&&')}")
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.autofilter(0, 0, len(rows), max(0, len(columns) - 1))
        for place, name in enumerate(columns):
            longest = max([len(name), *(len(str(row[place])) for row in rows)])
            sheet.set_column(place, place, min(max(longest + 2, _NARROWEST), _WIDEST))
            sheet.write_string(0, place, name, header)
        for line, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                match value:
                    case datetime():
                        sheet.write_datetime(line, place, value, moment)
                    case date():
                        sheet.write_datetime(line, place, value, day)
                    case int() | float():
                        sheet.write_number(line, place, value, plain)
                    case None:
                        sheet.write_blank(line, place, None, plain)
                    case _:
                        sheet.write_string(line, place, str(value), plain)
    return file.getvalue()
