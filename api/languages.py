"""Without this file a client could not choose the language of an error."""

from typing import Literal

from domain.text import Text

Language = Literal["zh", "en"]

_WEIGHTS_MAX = 20


def choose_language(accept_language: str) -> Language:
    """Return the language an ``Accept-Language`` header prefers; Chinese where it says nothing.

    Pure.
    """
    best: dict[Language, float] = {"zh": 0.0, "en": 0.0}
    for part in accept_language.split(",")[:_WEIGHTS_MAX]:
        tag, _, parameter = part.strip().lower().partition(";")
        weight = weight_of(parameter)
        for language, heaviest in best.items():
            if tag.strip().split("-")[0] == language:
                best[language] = max(heaviest, weight)
    return "en" if best["en"] > best["zh"] else "zh"


def spoken(text: Text, language: Language) -> str:
    """Return a text in one language. Pure."""
    return text.zh if language == "zh" else text.en


def weight_of(parameter: str) -> float:
    """Return the weight in a header's ``q=0.5``, 1 where there is none. Pure."""
    name, _, value = parameter.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
