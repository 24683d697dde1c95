"""Without this file an enterprise could be filed under a code that belongs to nobody."""

from typing import NewType

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from domain.errors import DomainError
from domain.text import Text

CreditCode = NewType("CreditCode", str)


class InvalidCreditCodeError(DomainError):
    """The text is no 统一社会信用代码 in its normal form."""

    code = "invalid-credit-code"


def validate_credit_code(text: str) -> CreditCode:
    """Return a unified social credit code that is already in its normal form; pure.

    Normal form is 18 capital letters and digits without spaces; a code that would
    only be right after cleaning is refused, since two spellings are two enterprises.

    Raises:
        InvalidCreditCodeError: wrong length, character, check digit or form.

    Source:
        GB 32100-2015, by python-stdnum.
    """
    try:
        normal = uscc.validate(text)
    except ValidationError:
        normal = None
    if normal != text:
        raise InvalidCreditCodeError(
            Text(
                "统一社会信用代码无效：应为 18 位大写字母和数字且校验位正确；未作记录，请核对。",
                "the unified social credit code is not valid: it has 18 capital letters and "
                "digits with a right check digit; nothing was recorded, check the code.",
            )
        )
    return CreditCode(normal)


def make_credit_code(body: str) -> CreditCode:
    """Return the code of a fictional enterprise from its first 17 characters; pure.

    Raises:
        InvalidCreditCodeError: the body does not form a valid code.
    """
    try:
        digit = uscc.calc_check_digit(body)
    except (ValidationError, ValueError):
        digit = ""
    return validate_credit_code(f"{body}{digit}")
