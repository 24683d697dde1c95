"""Without this file a refused command would have no code that a client can act on."""

from uuid import UUID

from domain.text import Text


def unknown_petition(petition_id: UUID | str) -> Text:
    """Return what is said of a petition that is not there, or not for whoever asks."""
    return Text(
        f"没有编号为 {petition_id} 的诉求；未作任何记录，请核对编号。",
        f"there is no petition {petition_id}; nothing was recorded, check its id.",
    )


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


class WithheldPetitionError(DomainError):
    """The petition accuses the actor's unit, which may not even learn that there is one.

    Code and text are those of a petition that does not exist.
    """

    code = "unknown-petition"

    def __init__(self, petition_id: UUID) -> None:
        super().__init__(unknown_petition(petition_id))
        self.petition_id = petition_id


class LateEntryOrderError(DomainError):
    """The claimed time lies before the petition's latest act."""

    code = "late-entry-order"


class GuardError(DomainError):
    """A guard of one command failed; each instance carries its own ``code``."""

    def __init__(self, code: str, zh: str, en: str) -> None:
        """Carry the guard's own stable code beside its text."""
        super().__init__(Text(zh, en))
        self.code = code
