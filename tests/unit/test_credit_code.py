"""Without this file a wrong credit code could enter the log for ever."""

import pytest

from domain.credit_code import InvalidCreditCodeError, make_credit_code, validate_credit_code


def test_credit_code_is_accepted_in_normal_form() -> None:
    """A valid code comes back unchanged."""
    assert validate_credit_code("91110000600037341L") == "91110000600037341L"


@pytest.mark.parametrize(
    "text",
    [
        "91110000600037341l",
        "9111 0000 6000 3734 1L",
        " 91110000600037341L",
        "91110000600037341L\n",
        "911100006000373411",
        "91110000600037341",
        "9111000060003734IL",
        "９１１１００００６０００３７３４１Ｌ",
        "",
    ],
)
def test_credit_code_is_refused_when_it_is_not_in_normal_form(text: str) -> None:
    """A code that cleaning would repair is refused like a wrong one."""
    with pytest.raises(InvalidCreditCodeError) as refused:
        validate_credit_code(text)
    assert refused.value.code == "invalid-credit-code"
    assert "18" in refused.value.text.zh


def test_fictional_credit_code_gets_its_check_digit() -> None:
    """Seventeen characters become a code that passes its own check."""
    code = make_credit_code("91510122MA0000001")
    assert code[:17] == "91510122MA0000001"
    assert validate_credit_code(code) == code


def test_fictional_credit_code_is_refused_when_its_body_is_wrong() -> None:
    """Letters outside the alphabet of codes form no code."""
    with pytest.raises(InvalidCreditCodeError):
        make_credit_code("91510122MATEST001")
