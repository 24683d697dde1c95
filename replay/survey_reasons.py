"""Without this file a rejected answer would have no reason that an assessor can act on."""

from collections.abc import Mapping
from typing import Final

from domain.errors import DomainError
from domain.vocabulary import Labelled
from ledger.errors import LedgerError


class SurveyReason(Labelled):
    """Why one answer of a survey was not recorded; the code is stable."""

    UNKNOWN_PETITION = (
        "unknown-petition",
        "台账中没有该编号的诉求；请核对编号",
        "the ledger has no petition of this number or id; check it",
    )
    NOT_IN_SAMPLE = (
        "not-in-sample",
        "该诉求不在此次抽样名单内；请核对，或不带 --sample 导入",
        "the petition was not drawn for this sample; check it, or import without --sample",
    )
    NOT_AWAITED = (
        "not-awaited",
        "该诉求不处于待回访；须在答复审核通过之后、办结之前登记回答",
        "the petition awaits no callback; it does from its approved reply to its closing",
    )
    ANSWERED_BEFORE = (
        "answered-before",
        "第三方对该答复的回访已登记，不得改写；原记录保留",
        "a third party's answer about this reply is on record and stands",
    )
    ANSWERED_TWICE = (
        "answered-twice",
        "文件中该诉求已有一行；请删去重复的行",
        "an earlier row of the file answers for this petition; remove one of them",
    )
    CHANGED_ANSWER = (
        "changed-answer",
        "同一回答此前已导入且内容不同；原记录保留",
        "the same answer was imported before with other content; that stands",
    )
    BEFORE_REPLY = (
        "before-reply",
        "访问时间早于该诉求的上一环节；请改正",
        "the answer precedes the latest act on the petition; correct its time",
    )
    NOT_PERMITTED = (
        "not-permitted",
        "该测评单位或账号办理过此诉求，或无权知悉；须由其他单位回访",
        "the assessor handled this petition or may not know of it; have another unit ask",
    )
    REFUSED_BY_RULE = (
        "refused-by-rule",
        "规则不允许登记该回答；请用 taizhang petition show 查看该诉求",
        "a rule refuses the answer; look at the petition with 'taizhang petition show'",
    )


_REASONS: Final[Mapping[str, SurveyReason]] = {
    "key-reused": SurveyReason.CHANGED_ANSWER,
    "unknown-petition": SurveyReason.UNKNOWN_PETITION,
    "impossible-transition": SurveyReason.NOT_AWAITED,
    "not-answered": SurveyReason.NOT_AWAITED,
    "late-entry-order": SurveyReason.BEFORE_REPLY,
    "not-permitted": SurveyReason.NOT_PERMITTED,
    "callback-completed": SurveyReason.ANSWERED_BEFORE,
}


def reason_of(error: DomainError | LedgerError) -> SurveyReason:
    """Return why a refused answer was not recorded; pure.

    Raises:
        LedgerError: the ledger itself failed, so that the next row would fare no better.
    """
    reason = _REASONS.get(error.code)
    if reason is None and isinstance(error, LedgerError):
        raise error
    return reason or SurveyReason.REFUSED_BY_RULE
