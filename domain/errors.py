"""Without this file a refused command would have no code that a client can act on."""

from domain.text import Text


class DomainError(Exception):
    """A rule of the domain refused a command; nothing was recorded.

    Subclasses set ``code``, a stable kebab-case identifier that API clients and
    scripts test for, and build ``text`` with what happened and what to do next.
    """

    code: str = "domain-error"

    def __init__(self, text: Text) -> None:
        """Keep the text; ``str(error)`` is its English form."""
        super().__init__(text.en)
        self.text = text


class ImpossibleTransitionError(DomainError):
    """The petition is in a state from which the command cannot lead on."""

    code = "impossible-transition"


class NotPermittedError(DomainError):
    """The role, the unit or the separation of duties forbids this person the command."""

    code = "not-permitted"


class LateEntryOrderError(DomainError):
    """The claimed time lies before the petition's latest act."""

    code = "late-entry-order"


class GuardError(DomainError):
    """A guard of one command failed; each instance carries its own ``code``."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Carry the guard's own stable code beside its text."""
        super().__init__(Text(zh, en))
        self.code = code
