"""Without this file one would read a hundred commands to learn what a role may do.

One row for each command, after domain.md §4, column Who; a command takes its roles from
here and from nowhere else. The statistician publishes reports, seals samples that somebody
else draws, and reads beside that. There is no row for the administrator among petitions, and
none for the supervision office that is no supervision, reopening or finding.
"""

from collections.abc import Mapping
from typing import Final

from domain.vocabulary import Role

P, IN, DP, HD = Role.PETITIONER, Role.INTAKE, Role.DISPATCHER, Role.HANDLER
DH, RV, CB, TP = Role.DEPARTMENT_HEAD, Role.REVIEWER, Role.CALLBACK, Role.THIRD_PARTY
LD, SO, ST = Role.LEADER, Role.SUPERVISION, Role.STATISTICIAN
AD, SYS = Role.ADMIN, Role.SYSTEM


def who_may(command: str) -> frozenset[Role]:
    """Return the roles that may give a command, by the name of its class."""
    return ROLE_TABLE[command]


def _may(*allowed: Role) -> frozenset[Role]:
    return frozenset(allowed)


ROLE_TABLE: Final[Mapping[str, frozenset[Role]]] = {
    # Petitions 诉求
    "SubmitPetition": _may(P, IN, HD),
    "RegisterPetition": _may(IN, SYS),
    "RequestSupplement": _may(IN),
    "SupplyMaterial": _may(P, IN),
    "LapseSupplement": _may(IN, SYS),
    "AcceptPetition": _may(IN),
    "DeclinePetition": _may(IN),
    "ReferPetitionOut": _may(IN),
    "AnswerNow": _may(IN, DH),
    "DispatchPetition": _may(DP),
    "DesignateLeadUnit": _may(DP, LD),
    "SignAssignment": _may(HD),
    "RequestReturn": _may(DH),
    "ApproveReturn": _may(DP),
    "RejectReturn": _may(DP),
    "TransferAssignment": _may(DP),
    "AddCoHandler": _may(DP),
    "ReportAsCoHandler": _may(HD),
    "ContactPetitioner": _may(HD),
    "CommitToPlan": _may(HD),
    "RecordProgress": _may(HD),
    "RequestExtension": _may(HD),
    "GrantExtension": _may(DP, DH),
    "RefuseExtension": _may(DP, DH),
    "InformOfDelay": _may(HD),
    "SeekInstruction": _may(HD),
    "GiveInstruction": _may(LD),
    "EndorseByLeader": _may(LD),
    "HoldDedicatedMeeting": _may(LD),
    "HandleOnSite": _may(LD),
    "EscalatePetition": _may(HD, DH, SYS),
    "ExplainDelay": _may(HD),
    "ReportUpward": _may(DP),
    "AcknowledgeUpwardReport": _may(DP),
    "FilePolicyLimit": _may(HD),
    "SuspendPetition": _may(DP),
    "ResumePetition": _may(DP, SYS),
    "ListBacklog": _may(RV),
    "ReviewBacklog": _may(RV),
    "ClearBacklog": _may(RV),
    "MergePetitions": _may(DP),
    "UnmergePetition": _may(DP),
    "SplitPetition": _may(DP),
    "AddJointPetitioner": _may(P, IN),
    "SubmitReply": _may(HD),
    "ApproveReply": _may(RV),
    "ReturnReply": _may(RV),
    "RecordCallbackAttempt": _may(CB, TP),
    "CompleteCallback": _may(CB, TP),
    "OrderRework": _may(RV),
    "RatePetition": _may(P),
    "ClosePetition": _may(RV, SYS),
    "ReopenPetition": _may(P, CB, SO),
    "KeepPromise": _may(RV, CB),
    "BreakPromise": _may(CB, SO, SYS),
    "RequestReview": _may(P),
    "DecideReview": _may(RV),
    "ArchivePetition": _may(SYS),
    "SetRetentionClass": _may(IN),
    "DisposePetition": _may(IN),
    "WithdrawPetition": _may(P),
    "VerifyWithdrawal": _may(CB),
    "ContestWithdrawal": _may(CB),
    "CorrectRecord": _may(IN),
    "MarkConfidential": _may(IN, DP),
    "IssueReminder": _may(SO, SYS),
    "NoteSupervision": _may(SO, SYS),
    "RecomputeDeadline": _may(SYS),
    "VoidPetition": _may(IN),
    "PublishReply": _may(RV),
    "UnpublishReply": _may(RV),
    "OpenGreenChannel": _may(DP),
    "ShareWithGroup": _may(IN, DP),
    # Roster 名册
    "RegisterUnit": _may(AD),
    "MergeUnits": _may(AD),
    "CloseUnit": _may(AD),
    "SplitUnit": _may(AD),
    "SetDutyToAttend": _may(AD),
    "GrantDelegation": _may(DP, DH, RV, LD, SO),
    "EndDelegation": _may(DP, DH, RV, LD, SO, AD),
    # Calendar 日历
    "PublishCalendar": _may(AD),
    "PublishYear": _may(AD),
    "ReviseCalendar": _may(AD),
    # Enterprise 企业
    "RecordEnterprise": _may(IN, DP, HD),
    "ReviseEnterprise": _may(IN, DP, HD),
    "MarkKeyEnterprise": _may(DP),
    "AssignLiaison": _may(IN, DP, HD),
    "AppointChiefRepresentative": _may(DP),
    "JoinGroup": _may(IN, DP, HD),
    "LeaveGroup": _may(IN, DP, HD),
    # Session 活动
    "ScheduleSession": _may(IN, DP, HD, DH),
    "ConfirmTheme": _may(IN, DP, HD, DH),
    "RecordAttendance": _may(IN, DP, HD, DH),
    "HoldSession": _may(IN, DP, HD, DH),
    "RaisePetition": _may(IN, DP, HD, DH),
    "MakeCommitment": _may(IN, DP, HD, DH),
    "FollowUpCommitment": _may(HD, DH),
    "FileMinutes": _may(IN, DP, HD, DH),
    "CancelSession": _may(IN, DP, HD, DH),
    # Supervision order 督办单
    "OpenSupervision": _may(SO),
    "ProposeSupervision": _may(SYS),
    "AdoptProposal": _may(SO),
    "DismissProposal": _may(SO),
    "UpgradeSupervision": _may(SO),
    "RespondToSupervision": _may(HD, DH),
    "HoldInterview": _may(SO),
    "IssueCircular": _may(SO),
    "UseReviewRight": _may(DH),
    "DecideCircularReview": _may(SO),
    "CloseSupervision": _may(SO),
    # Assessment appeal 考评申诉
    "AppealAssessment": _may(DH),
    "AdjudicateAppeal": _may(RV),
    # Policy 政策
    "DraftPolicy": _may(HD, DH),
    "PublishPolicy": _may(DH),
    "ExplainPolicy": _may(IN, HD, DH),
    "WithdrawPolicy": _may(DH),
    # Policy subscription 政策订阅
    "Subscribe": _may(P, IN),
    "Unsubscribe": _may(P, IN),
    # Service package 综合服务包
    "OpenServicePackage": _may(HD, DH),
    "AddPackageItem": _may(HD, DH),
    "CompletePackageItem": _may(HD, DH),
    "ChangePackageContact": _may(HD, DH),
    "CompleteServicePackage": _may(HD, DH),
    "CancelServicePackage": _may(DH),
    # Bulletin 专报与通报
    "IssueBulletin": _may(DP, SO),
    "EndorseBulletin": _may(LD),
    "WithdrawBulletin": _may(DP, SO),
    # Park dossier 产业园档案
    "OpenDossier": _may(DP, HD, DH),
    "UpdateDossier": _may(DP, HD, DH),
    "CloseDossier": _may(DP, HD, DH),
    # Field visit 调研
    "HoldFieldVisit": _may(DP, HD, DH, LD),
    "LinkFoundProblem": _may(DP, HD, DH, LD),
    "FollowUpFieldVisit": _may(DP, HD, DH, LD),
    # Exhibition 展会
    "AnnounceExhibition": _may(DP, HD, DH),
    "RecordConsultation": _may(IN, DP, HD, DH),
    "FollowUpExhibition": _may(IN, DP, HD, DH),
    "ConcludeExhibition": _may(DP, HD, DH),
    # Matchmaking 项目对接
    "OpenMatchmaking": _may(DP, HD, DH),
    "EnterPhase": _may(DP, HD, DH),
    "ConcludeMatchmaking": _may(DP, HD, DH),
    # Commendation 表扬
    "ReceiveCommendation": _may(P, IN, DP),
    "StrikeCommendation": _may(IN, DP),
    # Grant 奖补资金
    "AwardGrant": _may(DH),
    "PayGrant": _may(HD, DH),
    "RevokeGrant": _may(DH),
    # Coordination 部门协调
    "HoldCoordination": _may(DP, HD, DH, LD),
    "RecordAgreement": _may(DP, HD, DH, LD),
    # Scope 统计口径
    "DeclareScope": _may(AD),
    "ReviseScope": _may(AD),
    # Metrics 指标
    "DefineMetric": _may(AD),
    "RetireMetric": _may(AD),
    # Reports 报表
    "PublishReport": _may(ST),
    "RetractReport": _may(ST),
    # Samples 抽样
    "CommitSample": _may(ST),
    "DrawSample": _may(RV, CB),
    "CloseSample": _may(ST),
}
"""Roles that may give each command, by the name of its class."""
