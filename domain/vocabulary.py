"""Without this file the same state, role or outcome would have many names."""

from enum import StrEnum
from typing import Self

from domain.text import Text


class Labelled(StrEnum):
    """A closed list whose stored value is a stable identifier with zh and en labels."""

    label: Text

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        """Store the identifier as the string value and keep both labels beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = Text(zh, en)
        return member


class Role(Labelled):
    """Roles of domain.md §4; each command names those that may give it."""

    PETITIONER = "petitioner", "诉求人", "petitioner"
    INTAKE = "intake", "受理员", "intake clerk"
    DISPATCHER = "dispatcher", "派单员", "dispatcher"
    HANDLER = "handler", "承办人", "handler"
    DEPARTMENT_HEAD = "department_head", "部门负责人", "department head"
    REVIEWER = "reviewer", "审核员", "reviewer"
    CALLBACK = "callback", "回访员", "callback clerk"
    THIRD_PARTY = "third_party", "第三方", "third party"
    LEADER = "leader", "领导", "leader"
    SUPERVISION = "supervision", "督查室", "supervision office"
    STATISTICIAN = "statistician", "统计员", "statistician"
    ADMIN = "admin", "规则管理员", "rule administrator"
    SYSTEM = "system", "系统", "system"


class PetitionState(Labelled):
    """Main states of a petition (domain.md §4); flags such as overdue are never states."""

    SUBMITTED = "submitted", "已提交", "submitted"
    REGISTERED = "registered", "已登记", "registered"
    NEEDS_SUPPLEMENT = "needs_supplement", "待补正", "needs supplement"
    ACCEPTED = "accepted", "已受理", "accepted"
    DISPATCHED = "dispatched", "已派单", "dispatched"
    IN_PROGRESS = "in_progress", "办理中", "in progress"
    RETURN_REQUESTED = "return_requested", "退单待审", "return requested"
    SUSPENDED = "suspended", "中止", "suspended"
    BACKLOG_LISTED = "backlog_listed", "挂账", "listed as backlog"
    REPLIED = "replied", "已答复待审", "replied, awaiting review"
    CALLBACK_PENDING = "callback_pending", "待回访", "callback pending"
    CLOSED = "closed", "已办结", "closed"
    ARCHIVED = "archived", "已归档", "archived"
    NOT_ACCEPTED = "not_accepted", "不予受理", "not accepted"
    REFERRED_OUT = "referred_out", "已引导", "referred out"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    MERGED = "merged", "已并案", "merged"
    SPLIT = "split", "已分拆", "split"
    VOIDED = "voided", "已作废", "voided"

    @property
    def is_open(self) -> bool:
        """Whether somebody still owes the petitioner an act."""
        return self not in _ENDED


_ENDED = frozenset(
    {
        PetitionState.CLOSED,
        PetitionState.ARCHIVED,
        PetitionState.NOT_ACCEPTED,
        PetitionState.REFERRED_OUT,
        PetitionState.WITHDRAWN,
        PetitionState.MERGED,
        PetitionState.SPLIT,
        PetitionState.VOIDED,
    }
)


class PetitionType(Labelled):
    """One taxonomy for the five systems (domain.md §1.5); the original label is kept beside it."""

    CONSULTATION = "consultation", "咨询", "consultation"
    SUGGESTION = "suggestion", "建议", "suggestion"
    APPEAL = "appeal", "诉求", "appeal"
    HELP_REQUEST = "help_request", "求助", "help request"
    COMPLAINT = "complaint", "投诉", "complaint"
    TIP_OFF = "tip_off", "举报", "tip-off"
    MATCHMAKING = "matchmaking", "对接", "matchmaking"
    COMMENDATION = "commendation", "表扬", "commendation"

    @property
    def enters_rates(self) -> bool:
        """Whether the type counts in rates; a commendation never does (domain.md §1.5)."""
        return self is not PetitionType.COMMENDATION


class Outcome(Labelled):
    """What the unit says it achieved (domain.md §4 row 27)."""

    RESOLVED = "resolved", "已解决", "resolved"
    PARTLY = "partly", "部分解决", "partly resolved"
    NOT_FEASIBLE_EXPLAINED = "not_feasible_explained", "无法解决已说明", "not feasible, explained"
    PLANNED = "planned", "列入计划", "planned"
    NOT_RECORDED = "not_recorded", "未记录", "not recorded"


class Satisfaction(Labelled):
    """A petitioner's answer about the service (domain.md decision 17)."""

    SATISFIED = "satisfied", "满意", "satisfied"
    BASICALLY_SATISFIED = "basically_satisfied", "基本满意", "basically satisfied"
    DISSATISFIED = "dissatisfied", "不满意", "dissatisfied"
    NO_ANSWER = "no_answer", "未评价", "no answer"


class Resolution(Labelled):
    """A petitioner's answer whether the matter was solved, asked apart from satisfaction."""

    RESOLVED = "resolved", "已解决", "resolved"
    PARTLY = "partly", "部分解决", "partly resolved"
    UNRESOLVED = "unresolved", "未解决", "unresolved"
    NO_ANSWER = "no_answer", "未回答", "no answer"


class CallbackResult(Labelled):
    """How one callback attempt ended (domain.md §4 row 29)."""

    REACHED = "reached", "已接通", "reached"
    NO_REPLY = "no_reply", "无人接听", "no reply"
    WRONG_CONTACT = "wrong_contact", "联系方式有误", "wrong contact"
    DECLINED = "declined", "拒绝回访", "declined to answer"


class CallbackBasis(Labelled):
    """Why a petition may be closed as far as callback goes (domain.md §4 row 30)."""

    COMPLETED = "completed", "已回访", "callback completed"
    UNREACHABLE = "unreachable", "未接通", "unreachable"
    SAMPLED_OUT = "sampled_out", "未抽中", "not sampled"


class WithdrawalCheck(Labelled):
    """What an independent check of a withdrawal found (domain.md §4 row 33)."""

    UNVERIFIED = "unverified", "撤回未核实", "unverified"
    VERIFIED = "verified", "撤回已核实", "verified"
    CONTESTED = "contested", "撤回存疑", "contested"


class Channel(Labelled):
    """Ways a petition comes in, over the five systems (domain.md §1)."""

    PHONE = "phone", "电话", "phone"
    HOTLINE = "hotline", "专线热线", "hotline"
    FAX = "fax", "传真", "fax"
    LETTER = "letter", "信件", "letter"
    EMAIL = "email", "电子邮件", "e-mail"
    WEB = "web", "网站", "website"
    APP = "app", "手机应用", "app"
    WECHAT = "wechat", "微信", "WeChat"
    GROUP_CHAT = "group_chat", "直通群", "direct chat group"
    ONE_CLICK_LETTER = "one_click_letter", "一键写信", "one-click letter"
    MAIN_SESSION = "main_session", "主活动", "main session"
    SUB_SESSION = "sub_session", "子活动", "sub-session"
    DUTY_DAY = "duty_day", "局长接访日", "bureau chief duty day"
    VISIT = "visit", "走访", "visit"
    OTHER = "other", "其他", "other"
    NOT_RECORDED = "not_recorded", "未记录", "not recorded"


class Clock(Labelled):
    """Clocks that may run for a petition (domain.md §6)."""

    ACCEPT = "accept", "受理时限", "accept"
    SUPPLEMENT = "supplement", "补正时限", "supplement"
    DISPATCH = "dispatch", "派单时限", "dispatch"
    SIGN = "sign", "签收时限", "sign"
    CONTACT = "contact", "联系时限", "contact"
    PLAN = "plan", "方案时限", "plan"
    INSTRUCT = "instruct", "批示时限", "instruct"
    REPLY = "reply", "办理时限", "reply"
    CALLBACK = "callback", "回访时限", "callback"
    RETURN_WINDOW = "return_window", "退单期限", "return window"
    PROMISE = "promise", "承诺时限", "promise"
    REVIEW = "review", "复查复核时限", "review"
    BACKLOG = "backlog", "挂账复核时限", "backlog review"
    SUSPENSION = "suspension", "中止期限", "suspension"
    FILING = "filing", "备案时限", "filing"
    UPWARD_REPORT = "upward_report", "报备时限", "upward report"
    ACKNOWLEDGEMENT = "acknowledgement", "报备回执时限", "acknowledgement"


class Complexity(Labelled):
    """How hard a petition is, chosen at acceptance where the pack has several limits."""

    ORDINARY = "ordinary", "一般", "ordinary"
    COMPLEX = "complex", "复杂", "complex"
    DIFFICULT = "difficult", "疑难", "difficult"


class ReviewResult(Labelled):
    """What a superior unit decided on review (domain.md §4 row 31a)."""

    UPHELD = "upheld", "维持", "upheld"
    OVERTURNED = "overturned", "撤销", "overturned"


class Holder(Labelled):
    """Who has a petition in hand, so that working time can be charged to it."""

    HUB = "hub", "枢纽", "hub"
    UNIT = "unit", "承办单位", "unit"
    PETITIONER = "petitioner", "诉求人", "petitioner"
    LEADER = "leader", "领导", "leader"
    CALENDAR = "calendar", "依法停办", "calendar"


class DueCause(Labelled):
    """What moved a due besides a granted extension."""

    PAUSE = "pause", "中止", "pause"
    MERGE = "merge", "并案", "merger"
    PART = "part", "拆案", "unmerging"
    INSTRUCTION = "instruction", "请示批示", "instruction"
    RECOUNT = "recount", "放假安排", "recount"


class SupervisionLevel(Labelled):
    """Colours of a supervision order, the mildest first (domain.md §4 row 36)."""

    BLUE = "blue", "蓝色督办", "blue"
    ORANGE = "orange", "橙色督办", "orange"
    RED = "red", "红色督办", "red"
