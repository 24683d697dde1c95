"""Without this file nothing of a petition could be told to the public, or to its peers."""

from typing import ClassVar

from domain.personal import Personal
from domain.petition_event import PetitionEventBase


class OpennessEvent(PetitionEventBase):
    """Base of what opens a petition to others, or opens a faster way for it."""


class ReplyPublished(OpennessEvent):
    """公开回复: an approved reply in a wording made for the public, which may be erased."""

    TOPIC: ClassVar[str] = "petition.reply_published"
    unit: str
    subject: Personal[str]
    text: Personal[str]


class ReplyUnpublished(OpennessEvent):
    """撤下公开: the public wording is shown no longer."""

    TOPIC: ClassVar[str] = "petition.reply_unpublished"
    reason: Personal[str]


class GreenChannelOpened(OpennessEvent):
    """项目申报绿色通道: the matter is handled ahead of others; no clock moves."""

    TOPIC: ClassVar[str] = "petition.green_channel_opened"
    basis: Personal[str]


class SharedWithGroup(OpennessEvent):
    """群内公开: accounts that were in a direct group then may follow the petition's course."""

    TOPIC: ClassVar[str] = "petition.shared_with_group"
    group: str
    members: tuple[str, ...]


AnyOpennessEvent = ReplyPublished | ReplyUnpublished | GreenChannelOpened | SharedWithGroup
"""Every openness event, for dispatch that type checking can close."""
