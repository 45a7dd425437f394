"""What a worksheet works out: amounts as people write them, and what is made of them."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import prod
from typing import NamedTuple

from playbook_press.model import (
    Column,
    Operation,
    Result,
    Table,
    Worksheet,
    WorksheetPart,
    blanks,
    plain_words,
)
from playbook_press.text import verbatim

_CURRENCY = r"[A-Z]{0,2}[$¢£¤¥฿\u20a0-\u20cf]|[A-Z]{3}|kr|Fr\.|zł"
_MINUS = r"[-\u2212\u2013]"
_AMOUNT = re.compile(
    rf"(?P<minus>{_MINUS}?)\s*(?P<before>{_CURRENCY})?\s*(?P<inner>{_MINUS}?)\s*"
    rf"(?P<digits>[0-9][0-9.,]*)\s*(?P<after>{_CURRENCY}|%)?"
)
# A space or an apostrophe between groups of three digits.
_GAP = re.compile(r"(?<=[0-9])[ \u00a0\u2009\u202f'\u2019](?=[0-9]{3}(?![0-9]))")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_CONTINENTAL = re.compile(r"[1-9][0-9]{0,2}(?:(?:\.[0-9]{3})+,[0-9]+|(?:\.[0-9]{3}){2,})")
_DECIMAL_COMMA = re.compile(r"[0-9]+,[0-9]+")
# Beyond these nobody writes by hand, and arithmetic would round.
_MOST_DIGITS = 15


class Amount(NamedTuple):
    """A figure, with the sign that a person gives it."""

    value: Decimal
    currency: str = ""
    is_percentage: bool = False


def read_amount(words: str) -> Amount | None:
    """Read "£31,500", "-£150", "1 200,50 €" or "91%"; None where it is not a figure alone.

    A single dot is a decimal point, as English has it.
    """
    match = _AMOUNT.fullmatch(_GAP.sub("", words.strip()))
    if match is None or (match["minus"] and match["inner"]) or len(match["digits"]) > _MOST_DIGITS:
        return None
    number = _number(match["digits"])
    if number is None:
        return None
    after = match["after"] or ""
    signed = -number if match["minus"] or match["inner"] else number
    return Amount(signed, match["before"] or after.removesuffix("%"), after == "%")


def _number(digits: str) -> Decimal | None:
    if _PLAIN.fullmatch(digits):
        return Decimal(digits)
    if _ENGLISH.fullmatch(digits):
        return Decimal(digits.replace(",", ""))
    if _CONTINENTAL.fullmatch(digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    return Decimal(digits.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(digits) else None


def write_amount(amount: Amount) -> str:
    """Write an amount as a person would: thousands apart, at most two decimals, and its sign."""
    cents = abs(amount.value).quantize(Decimal("0.01"), ROUND_HALF_UP)
    digits = f"{cents:,.2f}"
    if cents == cents.to_integral_value():
        digits = digits[:-3]
    elif not amount.currency:
        digits = digits.rstrip("0")
    minus = "-" if cents and amount.value < 0 else ""
    if amount.is_percentage:
        return f"{minus}{digits}%"
    if amount.currency[-1:].isalpha() or amount.currency.endswith("."):
        return f"{minus}{amount.currency} {digits}"
    return f"{minus}{amount.currency}{digits}"


def compute(operation: Operation, values: Sequence[str], options: Sequence[str] = ()) -> str:
    """Work out a figure from what is written; empty where that cannot be done.

    What is left empty is left out, but a difference and a product need all of their values.
    `options` are those of the choice that a `share` is of: the share of its first option.
    """
    filled = [value.strip() for value in values if value.strip()]
    if not filled:
        return ""
    if operation == "count":
        return str(len(filled))
    if operation == "share":
        if not options:
            return ""
        first = sum(value.casefold() == options[0].casefold() for value in filled)
        share = (Decimal(100 * first) / len(filled)).quantize(Decimal(1), ROUND_HALF_UP)
        return write_amount(Amount(share, is_percentage=True))
    amounts = [amount for amount in map(read_amount, filled) if amount]
    partial = operation in {"difference", "product"} and len(filled) < len(values)
    if partial or len(amounts) < len(filled):
        return ""
    result = _product(amounts) if operation == "product" else _combined(operation, amounts)
    if result is None or abs(result.value) >= 10**_MOST_DIGITS:
        return ""
    return write_amount(result)


def _combined(operation: Operation, amounts: Sequence[Amount]) -> Amount | None:
    currencies = {amount.currency for amount in amounts} - {""}
    shares = {amount.is_percentage for amount in amounts}
    if len(currencies) > 1 or len(shares) > 1:
        return None
    values = [amount.value for amount in amounts]
    total = sum(values, Decimal(0))
    if operation == "mean":
        total /= len(values)
    elif operation == "difference":
        total = 2 * values[0] - total
    return Amount(total, "".join(currencies), shares == {True})


def _product(amounts: Sequence[Amount]) -> Amount | None:
    currencies = [amount.currency for amount in amounts if amount.currency]
    if len(currencies) > 1:
        return None
    factors = (amount.value / 100 if amount.is_percentage else amount.value for amount in amounts)
    return Amount(prod(factors, start=Decimal(1)), "".join(currencies))


def formula_of_column(table: Table, column: Column) -> str:
    """How a computed column comes about, as text of the handbook, such as "= Limit minus Spent"."""
    return _formula(column.computed, table, column.of) if column.computed else ""


def formula_of_result(worksheet: Worksheet, result: Result) -> str:
    """How a figure comes about, as text of the handbook, such as "= sum of Worth"."""
    part = next(part for part in worksheet.parts if part.id == result.part)
    return _formula(result.computed, part, result.of, "lines" if isinstance(part, Table) else "")


def _formula(operation: Operation, part: WorksheetPart, of: Sequence[str], counted: str = "") -> str:
    """What to do with some blanks; `counted` are the things that have one each, if any have."""
    found = [blank for name in of for blank in blanks(part) if blank.id == name]
    labels = [_alone(blank.label) for blank in found]
    listed = " and ".join(filter(None, [", ".join(labels[:-1]), *labels[-1:]]))
    match operation:
        case "difference" if len(labels) > 1:
            return f"= {' minus '.join(labels)}"
        case "difference":
            return f"= the first {listed} minus the others"
        case "product" if len(labels) > 1:
            return f"= {' times '.join(labels)}"
        case "count" if counted:
            return f"= number of {counted} with {listed}"
        case "count":
            return f"= how many of {listed} are filled in"
        case "share":
            first = next((_alone(option) for blank in found for option in blank.options[:1]), "")
            return (
                f"= share of {counted} in which {listed} is {first}"
                if counted
                else f"= share of {listed} that is {first}"
            )
    return f"= {operation} of {listed}"


def _alone(label: str) -> str:
    """A label with nothing that could make markup together with another label."""
    return verbatim(plain_words(label))


def options_in(part: WorksheetPart, of: Sequence[str]) -> tuple[str, ...]:
    """What there is to choose from in the first of some blanks that has anything to choose from."""
    return next((blank.options for blank in blanks(part) if blank.id in of and blank.options), ())
