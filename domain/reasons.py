"""Without this file a refusal, a reopening or a voiding could be justified by anything."""

from domain.vocabulary import Labelled


class DeclineReason(Labelled):
    """Lawful reasons not to accept (domain.md §4 row 5)."""

    STATUTORY_CHANNEL = "statutory_channel", "应走法定途径", "statutory channel applies"
    ALREADY_IN_XINFANG = "already_in_xinfang", "已入信访程序", "already in the xinfang procedure"
    BEYOND_DUTIES = "beyond_duties", "超出职责范围", "beyond the duties of government"
    SAME_FACTS = "same_facts", "同一事实已办结", "same facts already settled"
    STATE_SECRET = "state_secret", "涉及国家秘密", "involves state secrets"
    UNLAWFUL = "unlawful", "违反法律或公序良俗", "unlawful or against public order"


class ReopenReason(Labelled):
    """Why a closed petition is opened again (domain.md §4 row 31)."""

    UNRESOLVED = "unresolved", "问题未解决", "not resolved"
    RECURRED = "recurred", "问题反复", "recurred"
    PROMISE_BROKEN = "promise_broken", "承诺未兑现", "promise broken"
    REVIEW_FOUND_FAULT = "review_found_fault", "复核发现问题", "review found a fault"


class VoidReason(Labelled):
    """The only lawful reasons to void an entry (domain.md §4 row 38)."""

    TEST_ENTRY = "test_entry", "测试数据", "test entry"
    SPAM = "spam", "垃圾信息", "spam"
    DUPLICATE_ENTRY = "duplicate_entry", "重复录入", "duplicate entry"


class SuspensionReason(Labelled):
    """Why a petition may stand still (domain.md §4 row 25)."""

    PETITIONER_MATERIAL = "petitioner_material", "待诉求人补充材料", "petitioner's material awaited"
    HEARING = "hearing", "听证", "hearing"
    LITIGATION = "litigation", "诉讼或仲裁", "litigation or arbitration"
    FORCE_MAJEURE = "force_majeure", "不可抗力", "force majeure"
