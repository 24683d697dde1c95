"""Without this file the options of a sample would not become a command."""

import os
import secrets
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, cast
from uuid import uuid4

import click

from commands.acting import Acting
from commands.failures import CommandError, Exit
from commands.language import say
from domain.dimension import Dimension
from domain.resource import AggregateCommand
from domain.sample import Sample
from domain.sample_commands import SAMPLES, CloseSample, DrawSample
from domain.sample_commitment import CommitSample, sample_stream_name
from domain.sample_draw import seed_digest
from domain.sample_strata import SAMPLE_LEN_MAX, StratumOrder
from domain.sampling_frame import SamplePurpose
from domain.text import Text
from domain.vocabulary import Channel, PetitionType
from ledger.reference import named_stream
from replay.published import LoggedFigures

_SEED_LEN: Final = 32
_SHARE_WHOLE: Final = 10_000
_HEX: Final = frozenset("0123456789abcdef")


def commit_order(acting: Acting, options: dict[str, Any], seed_path: str | None) -> Sample:
    """Commit to a sample and return it. Blocking; replays the log.

    The seed is on disk before the commitment is in the log; where that is refused, the file
    is taken away again.

    Args:
        acting: Who commits.
        options: As the command line read them.
        seed_path: New file for the seed; None to rehearse with a seed that is thrown away.

    Raises:
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
        FileExistsError: the file is there already.
    """
    figures = LoggedFigures(acting.database)
    seed = secrets.token_hex(_SEED_LEN)
    command = _command(options, figures.next_sample(), seed_digest(seed))
    if seed_path is None:
        return cast("Sample", acting.ledger.rehearse(command, acting.principal))
    path = Path(seed_path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(f"{seed}\n")
    try:
        # A rehearsal refuses whatever a guard refuses; past it the file stays, since the
        # commitment may have been recorded even where no answer came back.
        acting.ledger.rehearse(command, acting.principal)
    except Exception:
        path.unlink()
        raise
    acting.ledger.open(SAMPLES, uuid4(), command, acting.principal)
    return take_sample(figures, command.number)


def draw_order(acting: Acting, number: int, text: str) -> Sample:
    """Draw a sample and return it. Blocking; replays the log.

    Args:
        acting: Who draws.
        number: Of the sample.
        text: What the seed file holds.

    Raises:
        CommandError: there is none of this number, or the file holds no seed.
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    seed = text.strip()
    if len(seed) != 2 * _SEED_LEN or not _HEX.issuperset(seed):
        raise CommandError(
            Exit.USAGE,
            Text(
                "种子文件须为 64 位小写十六进制数字；未作任何更改，请用承诺时写入的文件。",
                "A seed file holds 64 lower-case hex digits; nothing was changed, use the file "
                "that the commitment wrote.",
            ),
        )
    return _give(acting, number, DrawSample(seed=seed))


def close_order(acting: Acting, number: int, reason: str) -> Sample:
    """Close a sample and return it. Blocking.

    Raises:
        CommandError: there is none of this number.
        DomainError: a guard refused it.
        LedgerError: the ledger could not record it.
    """
    return _give(acting, number, CloseSample(reason=reason))


def take_sample(figures: LoggedFigures, number: int) -> Sample:
    """Return a sample. Blocking.

    Raises:
        CommandError: there is none of this number.
    """
    sample = figures.find_sample(number)
    if sample is None:
        raise CommandError(
            Exit.NOT_FOUND,
            Text(
                f"没有第 {number} 号抽样。全部抽样见：taizhang sample list",
                f"There is no sample {number}. See them all: taizhang sample list",
            ),
        )
    return sample


def _give(acting: Acting, number: int, command: AggregateCommand[Any]) -> Sample:
    figures = LoggedFigures(acting.database)
    take_sample(figures, number)
    stream = named_stream(sample_stream_name(number))
    acting.ledger.give(SAMPLES, stream, command, acting.principal)
    return take_sample(figures, number)


def _command(options: dict[str, Any], number: int, seed_sha256: str) -> CommitSample:
    petition_type, channel = options["petition_type"], options["channel"]
    return CommitSample(
        number=number,
        purpose=SamplePurpose(options["purpose"]),
        seed_sha256=seed_sha256,
        by=Dimension(options["by"]),
        strata=tuple(map(_stratum, options["strata"])),
        size_each=options["size_each"],
        share=_share(options["share"]),
        unit=options["unit"],
        petition_type=petition_type and PetitionType(petition_type),
        channel=channel and Channel(channel),
        region=options["region"],
        period=options["period"],
        month_start_day=options["month_start_day"],
    )


def _stratum(text: str) -> StratumOrder:
    keys, _, size = text.rpartition("=")
    if not (size.isascii() and size.isdecimal() and 1 <= int(size) <= SAMPLE_LEN_MAX):
        raise click.BadParameter(
            say(
                Text(
                    f"“{text}”须写成 单位=件数，如 roads+water=5，件数 1 至 {SAMPLE_LEN_MAX}",
                    f"'{text}' must read keys=size, such as roads+water=5, size 1 to "
                    f"{SAMPLE_LEN_MAX}",
                )
            )
        )
    return StratumOrder(keys=tuple(keys.split("+")), size=int(size))


def _share(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        hundredths = Decimal(text.removesuffix("%")) * 100
    except InvalidOperation:
        hundredths = Decimal(0)
    if not (hundredths.is_finite() and 0 < hundredths <= _SHARE_WHOLE and hundredths % 1 == 0):
        raise click.BadParameter(
            say(
                Text(
                    f"“{text}”须为大于 0、不超过 100 的百分数，至多两位小数",
                    f"'{text}' must be a percentage above 0 and up to 100 with two decimals "
                    "at most",
                )
            )
        )
    return int(hundredths)
