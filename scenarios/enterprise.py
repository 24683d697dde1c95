"""Without this file a play would need the names and codes of real firms."""

from dataclasses import dataclass
from itertools import product
from random import Random

from domain.credit_code import CreditCode, make_credit_code
from scenarios.cast import liaison
from scenarios.scenario_files import Names

# 91 is a company; 990116 is no administrative division, so no real firm bears such a code.
_CODE_BODY = "91990116DEM{number:06d}"


@dataclass(frozen=True)
class Enterprise:
    """A fictional firm.

    Attributes:
        name: Its name.
        code: A unified social credit code with a right check digit.
        number: From 1, in order of appearance in the scenario.
    """

    name: str
    code: CreditCode
    number: int

    @property
    def account(self) -> str:
        """The account of its liaison."""
        return liaison(self.number)

    @property
    def phone(self) -> str:
        """A telephone number that nobody has."""
        return f"000-0000{self.number:04d}"


def firm_code(number: int) -> CreditCode:
    """Return the code of the fictional firm of a number, 1 to 999,999; pure."""
    return make_credit_code(_CODE_BODY.format(number=number))


def make_enterprises(
    names: Names, written: tuple[str, ...], amount: int, rng: Random
) -> list[Enterprise]:
    """Return distinct firms, those with written names first. Changes the generator's state.

    Args:
        names: Parts of their names.
        written: Names that must be among them, each once.
        amount: How many in all.
        rng: Decides which parts go together.

    Raises:
        ValueError: the parts do not make so many names.
    """
    made = [
        f"{names.firm_prefix}{word}{trade}{names.firm_form}"
        for word, trade in product(names.firm_words, names.firm_trades)
    ]
    free = [name for name in made if name not in written]
    chosen = [*written, *rng.sample(free, amount - len(written))]
    return [
        Enterprise(name, firm_code(number), number) for number, name in enumerate(chosen, start=1)
    ]
