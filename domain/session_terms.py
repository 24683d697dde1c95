"""Without this file sessions of different cities could not be counted together."""

from domain.vocabulary import Labelled


class SessionKind(Labelled):
    """Which activity a session is (domain.md §1.1); published figures cover main sessions."""

    MAIN = "main", "主活动", "main session"
    SUB = "sub", "子活动", "sub-session"
    DUTY_DAY = "duty_day", "局长接访日", "bureau chief's duty day"
    TEA = "tea", "茶语吧", "tea session"


class SessionFormat(Labelled):
    """What people do at a session (domain.md §1.1)."""

    LEADER_RECEPTION = "leader_reception", "区领导接待日", "leader's reception day"
    HOT_TOPIC = "hot_topic", "热点研判", "study of a hot topic"
    ENTERPRISE_PROMOTION = "enterprise_promotion", "企业推介", "enterprise promotion"
    RESOURCE_EXCHANGE = "resource_exchange", "企业资源发布对接", "exchange of resources"
    POLICY_BRIEFING = "policy_briefing", "投资政策解读及推介", "policy briefing"
    PROJECT_FINANCING = "project_financing", "项目展示及融资对接", "projects and financing"
    STAFF_CARE = "staff_care", "员工关怀", "care for staff"
    OTHER = "other", "其他", "other"


class SessionState(Labelled):
    """How far a session has come."""

    SCHEDULED = "scheduled", "已安排", "scheduled"
    HELD = "held", "已举行", "held"
    CANCELLED = "cancelled", "已取消", "cancelled"


class AttendeeRole(Labelled):
    """In which role a person came to a session."""

    LEADER_AS_SERVER = "leader_as_server", "服务生（领导）", "leader as server"
    DEPARTMENT_HEAD = "department_head", "部门负责人", "department head"
    DEPARTMENT_STAFF = "department_staff", "部门工作人员", "department staff"
    CHIEF_REPRESENTATIVE = "chief_representative", "政府首席代表", "chief representative"
    ENTERPRISE_REPRESENTATIVE = (
        "enterprise_representative",
        "企业代表",
        "enterprise representative",
    )
    RESIDENT = "resident", "居民", "resident"
    OTHER = "other", "其他人员", "other"

    @property
    def of_unit(self) -> bool:
        """Whether who comes in this role comes for a unit."""
        return self in _OF_UNIT


_OF_UNIT = frozenset(
    {
        AttendeeRole.LEADER_AS_SERVER,
        AttendeeRole.DEPARTMENT_HEAD,
        AttendeeRole.DEPARTMENT_STAFF,
        AttendeeRole.CHIEF_REPRESENTATIVE,
    }
)
