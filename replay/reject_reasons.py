"""Without this file a rejected row would have no reason that a clerk can act on."""

from domain.vocabulary import Labelled


class Reason(Labelled):
    """Why one row was not imported; the code is stable, the labels say what to do."""

    MISSING = (
        "missing",
        "必填内容为空；请补填",
        "a required cell is empty; fill it in",
    )
    RAGGED = (
        "ragged",
        "列数与表头不符；请检查引号与分隔符",
        "the row has more or fewer cells than the header; check quotes and separators",
    )
    UNREADABLE = (
        "unreadable",
        "引号不成对或单元格过长，无法分列；请修正该行",
        "unbalanced quotes or an endless cell; correct the line",
    )
    NUL = ("nul", "含有 NUL 字符；请删除", "the cell holds a NUL character; remove it")
    LONE_SURROGATE = (
        "lone-surrogate",
        "含有不成对的代理字符；请删除",
        "the cell holds a lone surrogate; remove it",
    )
    TOO_LONG = (
        "too-long",
        "内容超过 60,000 字节；请缩短",
        "the content exceeds 60,000 bytes; shorten it",
    )
    CASE_KEY_TOO_LONG = (
        "case-key-too-long",
        "编号超过 200 个字符；请检查列",
        "the case key exceeds 200 characters; check the column",
    )
    UNREADABLE_TIME = (
        "unreadable-time",
        "时间不符合映射中写明的任何格式；请改正或补充格式",
        "the time has none of the formats the mapping states; correct it or state the format",
    )
    BARE_DATE = (
        "bare-date",
        "只有日期而无时刻，映射未写明 bare_date；请写明按当日开始或结束计",
        "a day without a time, and the mapping states no bare_date; state start or end of day",
    )
    AMBIGUOUS_TIME = (
        "ambiguous-time",
        "该时刻因夏令时出现两次；请在映射中写明 ambiguous_times",
        "the clock showed this time twice that day; state ambiguous_times in the mapping",
    )
    NONEXISTENT_TIME = (
        "nonexistent-time",
        "该时刻因夏令时不存在；请改正，或在映射中写明 nonexistent_times",
        "the clock skipped this time that day; correct it or state nonexistent_times",
    )
    IN_FUTURE = ("in-future", "时间在未来；请改正", "the time lies in the future; correct it")
    CLOSED_BEFORE_CREATED = (
        "closed-before-created",
        "办结早于提交；请改正",
        "the case is closed before it was created; correct the times",
    )
    REPLIED_BEFORE_CREATED = (
        "replied-before-created",
        "答复早于提交；请改正",
        "the reply precedes the creation; correct the times",
    )
    REPLIED_AFTER_CLOSED = (
        "replied-after-closed",
        "答复晚于办结；请改正",
        "the reply follows the closing; correct the times",
    )
    CLOSED_WITHOUT_TIME = (
        "closed-without-time",
        "状态为已办结但无办结时间；请补填",
        "the status says closed and no closing time is stated; fill it in",
    )
    OPEN_WITH_CLOSING_TIME = (
        "open-with-closing-time",
        "状态为未办结却有办结时间；请改正其一，或改用 closing.when",
        "the status says open and a closing time is stated; correct one, or change closing.when",
    )
    RATING_WITHOUT_OUTCOME = (
        "rating-without-outcome",
        "有评价但无答复与办结时间；请补填",
        "a rating without reply and closing time; fill one in",
    )
    UNKNOWN_STATUS = (
        "unknown-status",
        "状态不在 closing.closed 与 closing.open 之中；请在映射中补充",
        "the status is neither in closing.closed nor in closing.open; add it to the mapping",
    )
    UNMAPPED_VALUE = (
        "unmapped-value",
        "该值不在映射的对照表中；请补充对照",
        "the value table of the mapping lacks this value; add it",
    )
    UNKNOWN_UNIT = (
        "unknown-unit",
        "名册中没有该单位；请核对，或先登记单位",
        "the roster has no such unit; check it or register the unit first",
    )
    UNIT_CLOSED = (
        "unit-closed",
        "该单位已撤销，不能再承办未办结事项；请改填承接单位",
        "the unit is closed and cannot hold an open case; name its successor",
    )
    FORMULA_NOT_CALCULATED = (
        "formula-not-calculated",
        "单元格是公式且未保存结果；请在表格软件中打开并另存",
        "a formula without a stored result; open and save the file in a spreadsheet program",
    )
    CELL_ERROR = (
        "cell-error",
        "单元格是错误值（如 #N/A）；请改正",
        "the cell is an error such as #N/A; correct it",
    )
    NUMBER_IMPRECISE = (
        "number-imprecise",
        "数字超过 15 位，表格软件已丢失末位；请以文本格式重新填写",
        "a number of more than 15 digits has lost its last ones; enter it again as text",
    )
    CHANGED = (
        "changed",
        "同一编号此前已导入且内容不同；原记录保留，请通过更正或后续办理登记变化",
        "the case was imported before with other content; that stands, enter the change by hand",
    )
    NUMBER_TAKEN = (
        "number-taken",
        "编号已被台账中另一件诉求占用；请在映射中改用其他编号",
        "another petition of the ledger has this number; map another number",
    )


class RowRejectedError(Exception):
    """One row cannot be imported; the others go on.

    Args:
        reason: Why.
        column: Header of the cell concerned, or null where the whole row is.
    """

    def __init__(self, reason: Labelled, column: str | None = None) -> None:
        super().__init__(f"{column or 'row'}: {reason.label.en}")
        self.reason = reason
        self.column = column
