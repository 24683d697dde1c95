"""Without this file the checks of ``doctor`` would have no names and no words."""

from collections.abc import Mapping
from enum import StrEnum

from domain.text import Text
from ledger.startup import StartupCode


class Check(StrEnum):
    """What is looked at; a name never changes its meaning, since scripts test for it."""

    SETTINGS = "settings"
    POSTGRESQL = "postgresql"
    LOGIN = "login"
    VERSION = "version"
    SCHEMA_MISSING = "schema"
    SCHEMA_NEWER = "schema_edition"
    PORT = "port"
    DISK = "disk"
    DATA_DIR = "data_dir"
    UTF8 = "utf8"
    CLOCK = "clock"
    SIZES = "sizes"
    APPEND_ONLY = "append_only"


CHECKS: Mapping[Check, Text] = {
    Check.SETTINGS: Text("设置均有效", "every setting is known and fits"),
    Check.POSTGRESQL: Text("数据库有应答", "the database answers"),
    Check.LOGIN: Text("登录与权限正常", "login and rights are in order"),
    Check.VERSION: Text("PostgreSQL 版本受支持", "the version of PostgreSQL is supported"),
    Check.SCHEMA_MISSING: Text("台账已建立且为最新", "the ledger is set up and current"),
    Check.SCHEMA_NEWER: Text("结构与本程序一致", "the schema is one this program knows"),
    Check.PORT: Text("端口可用", "the port is free"),
    Check.DISK: Text("磁盘空间", "disk space"),
    Check.DATA_DIR: Text("数据目录可写", "the data directory can be written"),
    Check.UTF8: Text("编码为 UTF-8", "text is encoded in UTF-8"),
    Check.CLOCK: Text("时钟一致", "the clocks agree"),
    Check.SIZES: Text("日志占用空间", "room that the log takes"),
    Check.APPEND_ONLY: Text("事件只增不改，由{guard}保证", "events are append-only by {guard}"),
}
"""The start-up failures of friendliness.md §1 and the guard of the log, and what is said where
all is well."""

_CHECK_OF: Mapping[StartupCode, Check] = {
    StartupCode.SETTING_INVALID: Check.SETTINGS,
    StartupCode.NO_POSTGRESQL: Check.POSTGRESQL,
    StartupCode.SERVER_NOT_STARTED: Check.POSTGRESQL,
    StartupCode.SERVER_DOWN: Check.POSTGRESQL,
    StartupCode.NO_ACCOUNT: Check.DATA_DIR,
    StartupCode.DATA_DIR_NOT_WRITABLE: Check.DATA_DIR,
    StartupCode.DATA_DIR_UNREACHABLE: Check.DATA_DIR,
    StartupCode.DATA_DIR_OTHER_VERSION: Check.DATA_DIR,
    StartupCode.SOCKET_DIR_UNSAFE: Check.DATA_DIR,
    StartupCode.DISK_FULL: Check.DISK,
    StartupCode.NO_UTF8_LOCALE: Check.UTF8,
    StartupCode.DATABASE_NOT_UTF8: Check.UTF8,
    StartupCode.WRONG_PASSWORD: Check.LOGIN,
    StartupCode.LOGIN_REFUSED: Check.LOGIN,
    StartupCode.DATABASE_MISSING: Check.LOGIN,
    StartupCode.SUPERUSER_SESSION: Check.LOGIN,
    StartupCode.ROLES_MISSING: Check.LOGIN,
    StartupCode.OLD_SERVER: Check.VERSION,
    StartupCode.CLOCK_OFF: Check.CLOCK,
    StartupCode.SCHEMA_MISSING: Check.SCHEMA_MISSING,
    StartupCode.SCHEMA_OLDER: Check.SCHEMA_MISSING,
    StartupCode.SCHEMA_BUSY: Check.SCHEMA_MISSING,
    StartupCode.SCHEMA_NEWER: Check.SCHEMA_NEWER,
    StartupCode.SCHEMA_CHANGED: Check.SCHEMA_NEWER,
    StartupCode.NOT_APPEND_ONLY: Check.APPEND_ONLY,
    StartupCode.PORT_TAKEN: Check.PORT,
}

DISK_FOUND = Text("磁盘可用 {free_gib} GiB", "{free_gib} GiB of disk are free")
DISK_LOW = Text("请尽快腾出空间：df -h", "free some space soon: df -h")
NOT_CHECKED = Text(
    "未检查：须先解决上面失败的项目", "not checked: first settle what has failed here"
)
NOT_SET_UP = Text("台账尚未建立", "the ledger has not been set up yet")
OWN_PORT = Text("端口由运行中的 taizhang 使用", "the port is held by a taizhang that runs")
STARTED_LATER = Text(
    "内置数据库尚未建立，首次使用时自动建立", "the embedded database is made at its first use"
)


def check_of(code: StartupCode) -> Check:
    """Return the check that finds a reason not to start. Pure."""
    return _CHECK_OF[code]
