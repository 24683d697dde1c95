"""Without this file one character could spoil a transaction that many callers share."""

from ledger.errors import UnstorableTextError


def refuse_unstorable(*named: tuple[str | None, ...]) -> None:
    """Refuse texts that PostgreSQL cannot hold. Pure.

    Args:
        named: Each the name of a place and the texts that go there; None is no text.

    Raises:
        UnstorableTextError: naming the first place that has such a text.
    """
    # Nearly every text is storable, and one look at all of them is cheaper than one at each.
    if is_storable("".join([text for texts in named for text in texts if text])):
        return
    for name, *texts in named:
        if name and not is_storable("".join(filter(None, texts))):
            raise UnstorableTextError(name)


def is_storable(text: str) -> bool:
    """Return whether PostgreSQL can hold a text: no NUL, no lone surrogate.

    Pure.
    """
    if "\0" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
