"""Points in time, durations and dates as transcripts write them."""

import re
from datetime import date

CLOCK = r"\d{1,3}:\d{2}(?::\d{2})?(?:[.,-]\d{1,3})?"
"""A time of a recording: 0:03, 12:30, 1:02:07, 00:00:12.5, 00:06:12-9."""

WITH_POINTS = r"\d{1,2}\.[0-5]\d(?:\.[0-5]\d)?"
"""A time with points between its parts, which is one in square brackets only: [12.30]."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january januar januari janvier jan",
            "february februar februari février feb febr fév",
            "march mars märz mar",
            "april avril apr avr",
            "may mai maj",
            "june juni juin jun",
            "july juli juillet jul juil",
            "august août aug",
            "september septembre sep sept",
            "october oktober octobre oct okt",
            "november novembre nov",
            "december desember dezember décembre dec des dez déc",
        ),
        start=1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[ -]([^\W\d_]{3,9})\.?,?[ -](\d{4})(?!\d)")
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,9})\.?[ ](\d{1,2})(?:st|nd|rd|th)?,?[ ](\d{4})(?!\d)")

_LENGTHS = re.compile(
    r"(\d{1,5}(?:[.,]\d{1,3})?)[ \u00a0]?"
    r"(?:(h|hr|hrs|hours?|t|timer?|std|stunden?|heures?)"
    r"|(m|min|mins|minutes?|minutter?|minuten)|(s|sec|secs|seconds?|sek|sekunder?))"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)


def milliseconds(clock: str) -> int:
    """Return a time of a recording in milliseconds.

    Two parts are minutes and seconds, three are hours, minutes and seconds; digits
    after a point, comma or hyphen are a decimal fraction of a second.

    >>> milliseconds("1:02:07"), milliseconds("0:03"), milliseconds("00:06:12-9")
    (3727000, 3000, 372900)
    """
    whole, _, fraction = clock.replace(",", ".").replace("-", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + (int(fraction.ljust(3, "0")[:3]) if fraction else 0)


def minutes(words: str) -> float | None:
    """Return a duration in minutes, None when the words are no duration.

    A bare number is minutes; two parts with a colon are hours and minutes up to
    5:59, from 6:00 on minutes and seconds, since interviews last so long.

    >>> minutes("59 min"), minutes("1h09m31s"), minutes("1:05"), minutes("48:30"), minutes("long")
    (59.0, 69.51666666666667, 65.0, 48.5, None)
    """
    words = words.strip()
    if re.fullmatch(r"\d{1,4}(?:[.,]\d{1,3})?", words):
        return float(words.replace(",", "."))
    if re.fullmatch(r"\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,9})?", words):
        hours, mins, seconds = (float(part.replace(",", ".")) for part in words.split(":"))
        return hours * 60 + mins + seconds / 60
    if found := re.fullmatch(r"(\d{1,3}):(\d{2})", words):
        first, second = int(found.group(1)), int(found.group(2))
        return float(first * 60 + second) if first < 6 else first + second / 60
    parts = list(_LENGTHS.finditer(words))
    if not parts:
        return None
    sizes = ((part, float(part.group(1).replace(",", "."))) for part in parts)
    return sum(n * 60 if p.group(2) else n if p.group(3) else n / 60 for p, n in sizes)


def iso_date(words: str) -> str | None:
    """Return the first date in the words as ISO 8601, None when there is none.

    28.02.2021 is day first. With slashes the larger number tells which is the day;
    when both could be the month there is no telling, and the answer is None.

    >>> iso_date("12-May-2024 - 10:36"), iso_date("28. februar 2021"), iso_date("02/03/2021")
    ('2024-05-12', '2021-02-28', None)
    """
    if found := _ISO.search(words):
        return _checked(*(int(part) for part in found.groups()))
    if found := _NUMBERS.search(words):
        first, second, year = int(found.group(1)), int(found.group(3)), int(found.group(4))
        if found.group(2) == "/" and first <= 12 and second <= 12 and first != second:
            return None
        day, month = (second, first) if second > 12 else (first, second)
        return _checked(year, month, day)
    for pattern, day_at, month_at in ((_DAY_FIRST, 1, 2), (_MONTH_FIRST, 2, 1)):
        for found in pattern.finditer(words):
            month_number = _MONTHS.get(found.group(month_at).casefold())
            if month_number:
                return _checked(int(found.group(3)), month_number, int(found.group(day_at)))
    return None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
