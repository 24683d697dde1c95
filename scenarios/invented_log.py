"""Without this file nobody could see the program at the size of a province."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import partial
from random import Random
from typing import Final
from uuid import UUID

from domain.text import Text
from ledger.append import Append, prepare_append
from ledger.bulk_append import DatedChunk
from ledger.codec import EventCodec
from ledger.personal import SALT_LEN
from scenarios.decided_life import Foundation, found
from scenarios.invented_petition import InventedPetition, Mould
from scenarios.invented_plan import FIRMS, firm
from scenarios.invented_town import read_town
from scenarios.seasons import spread_over_days

FIRST_ON: Final = date(2023, 1, 1)
LAST_ON: Final = date(2025, 12, 31)
"""Ends of an invented history, local days; fixed, so that a seed gives the same log for ever."""

CHUNK_EVENTS_LEN: Final = 2_000


@dataclass(frozen=True)
class InventedLog:
    """A whole log of invented petitions: the same arguments give the same bytes.

    Petitions are filed by season, weekday and holiday. Each lives a life that the domain
    decided for that very day, so that every limit, holiday and extension is real. Commands
    of all petitions stand in the log in the order in which they were entered, and what
    would be entered after the last day is left out, so that some petitions are open.
    Salts can be guessed from the seed, and protect nobody: nobody in it exists.

    Attributes:
        petitions: How many, at least 1.
        seed: What every chance follows from.
        ledger: Name of the ledger; part of every leaf.
        lives_per_day: Most lives decided for one day, at least 1; what is filed beyond them
            happens as one of them did.
    """

    petitions: int
    seed: int
    ledger: str
    lives_per_day: int = 8

    @property
    def title(self) -> Text:
        """Name of the jurisdiction: says in the first event that everything is invented."""
        return Text(
            f"虚构数据，并非真实诉求（种子 {self.seed}，{self.petitions} 件）",
            f"Invented data, no real petitions (seed {self.seed}, {self.petitions} petitions)",
        )

    def chunks(self) -> Iterator[DatedChunk]:
        """Yield what is to be recorded in one transaction each, from an empty log on. Pure."""
        foundation = self._found()
        yield DatedChunk(foundation.act.occurred_at, self._founding(foundation))
        waiting: dict[date, list[_Waiting]] = {}
        for day, petitions in self._days(foundation):
            for petition in petitions:
                for place, entry in enumerate(petition.mould.entries):
                    at = entry.entered_at
                    on = at.astimezone(read_town().zone).date()
                    waiting.setdefault(on, []).append((at, petition.number, place, petition))
            yield from self._day(sorted(waiting.pop(day, ()), key=_order))

    def _days(self, foundation: Foundation) -> Iterator[tuple[date, list[InventedPetition]]]:
        """Yield each day with what is filed on it."""
        town, number = read_town(), 0
        rng = Random(f"{self.seed}/petitions")  # noqa: S311 - invented cases
        draw_salt = partial(rng.randbytes, SALT_LEN)
        codec = EventCodec(draw_salt)
        for day, amount in spread_over_days(self.petitions, FIRST_ON, LAST_ON, town.calendar):
            moulds = [
                Mould.of(town.decide(self.seed, day, place, foundation), codec)
                for place in range(1, min(amount, self.lives_per_day) + 1)
            ]
            yield (
                day,
                [
                    InventedPetition(
                        moulds[place % len(moulds)],
                        UUID(int=rng.getrandbits(128), version=4),
                        f"G-{number + place + 1:08d}",
                        firm(rng.randint(1, FIRMS)),
                        rng.choice(town.names.regions),
                        draw_salt,
                        codec,
                    )
                    for place in range(amount)
                ],
            )
            number += amount

    def _found(self) -> Foundation:
        town = read_town()
        at = datetime.combine(FIRST_ON, time(), town.zone)
        return found(town.zone, self.title, town.units, town.content, at)

    def _founding(self, foundation: Foundation) -> list[Append]:
        codec = EventCodec()
        return [
            prepare_append(self.ledger, [codec.encode(event)], act=foundation.act)
            for event in foundation.events
        ]

    def _day(self, entries: "list[_Waiting]") -> Iterator[DatedChunk]:
        """Yield the entries of one day in chunks, each as of its last one."""
        for start in range(0, len(entries), CHUNK_EVENTS_LEN):
            part = entries[start : start + CHUNK_EVENTS_LEN]
            appends = [petition.append(self.ledger, place) for _, _, place, petition in part]
            yield DatedChunk(part[-1][0], appends)


_Waiting = tuple[datetime, str, int, InventedPetition]


def _order(entry: _Waiting) -> tuple[datetime, str, int]:
    return entry[:3]
