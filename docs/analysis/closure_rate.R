# 从导出文件复算办结率，只用 R 自带的包 / the closure rate from an export, with base R alone.
#
#   taizhang report closure --by unit --format csv --out closure.csv
#   Rscript closure_rate.R closure.csv
#
# 有 arrow 包和离线副本时，再从逐件计数复算一遍 / with the package arrow and an offline copy the
# rate is counted again, petition by petition:
#
#   taizhang export --parquet copy
#   Rscript closure_rate.R closure.csv copy

arguments <- commandArgs(trailingOnly = TRUE)
report <- read.csv(arguments[1], fileEncoding = "UTF-8", check.names = FALSE,
                   colClasses = "character")

columns <- c(code = "代码", n = "办结率 分子", d = "办结率 分母", percent = "办结率 %",
             lower = "办结率 下限", upper = "办结率 上限")
stopifnot(columns %in% names(report))
report <- setNames(report[columns], names(columns))

# 整数加总，四舍五入只做一次 / integers are summed; rounding is done once, half up.
percent_of <- function(n, d) sprintf("%.2f", ((20000 * n + d) %/% (2 * d)) / 100)

units <- report[report$code != "total", ]
total <- report[report$code == "total", ]
n <- sum(as.integer(units$n))
d <- sum(as.integer(units$d))
stopifnot(n == as.integer(total$n), d == as.integer(total$d),
          percent_of(n, d) == total$percent)

# 威尔逊区间：prop.test 不加连续性校正 / Wilson's interval is prop.test without correction.
limits <- 100 * suppressWarnings(prop.test(n, d, correct = FALSE))$conf.int
stopifnot(abs(limits - as.numeric(c(total$lower, total$upper))) < 0.0051)

cat(sprintf("%d/%d = %s %%\n", n, d, percent_of(n, d)))

if (length(arguments) > 1 && requireNamespace("arrow", quietly = TRUE)) {
  measures <- as.data.frame(arrow::open_dataset(file.path(arguments[2], "measures")))
  stopifnot(sum(measures$closed) == n, sum(measures$base) == d)
  cat("逐件计数一致 / the same, petition by petition\n")
}
