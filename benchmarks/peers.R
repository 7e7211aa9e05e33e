# One task with R's survey: Rscript peers.R TASK FOLDER
# FOLDER holds data.csv and margins.csv; seconds.txt and figures.csv are written there, figures
# first where the time allowed runs out.
suppressPackageStartupMessages(library(survey))

given <- commandArgs(trailingOnly = TRUE)
task <- given[1]
folder <- given[2]
d <- read.csv(file.path(folder, "data.csv"))
margins <- read.csv(file.path(folder, "margins.csv"))

shares <- paste0("q", 0:11)
scales <- paste0("q", 12:19)
breakdowns <- c("sex", "age", "edu", "gov", "reg")
margin_names <- unique(margins$margin)
formulas <- lapply(margin_names, function(one) as.formula(paste0("~", one)))
population <- lapply(margin_names, function(one) {
  rows <- margins[margins$margin == one, ]
  setNames(data.frame(rows$code, rows$count), c(one, "Freq"))
})

for (name in c(breakdowns, scales)) d[[name]] <- factor(d[[name]])
ids <- if (grepl("elements", task)) ~1 else ~cluster
design <- svydesign(ids = ids, strata = ~gov, weights = ~w, data = d, nest = TRUE)

calibrated <- function(design, ...) {
  formula <- ~ reg + age + edu + sex
  totals <- setNames(numeric(0), character(0))
  for (one in margin_names) {
    rows <- margins[margins$margin == one, ]
    used <- if (length(totals)) rows[rows$code != 0, ] else rows
    names <- paste0(one, used$code)
    if (!length(totals)) {
      totals <- c("(Intercept)" = sum(rows$count))
      used <- used[used$code != 0, ]
      names <- paste0(one, used$code)
    }
    totals <- c(totals, setNames(used$count, names))
  }
  calibrate(design, formula, totals, ...)
}

of_question <- function(design, name, breakdown = "") {
  several <- is.factor(d[[name]])
  formula <- as.formula(paste0("~", name))
  codes <- if (several) levels(d[[name]]) else "1"
  if (breakdown == "") {
    m <- svymean(formula, design, na.rm = TRUE)
    return(data.frame(question = name, category = codes, breakdown = "", domain = "",
                      estimate = as.vector(coef(m)), se = as.vector(SE(m))))
  }
  m <- svyby(formula, as.formula(paste0("~", breakdown)), design, svymean, na.rm = TRUE)
  k <- length(codes)
  data.frame(question = name, category = rep(codes, each = nrow(m)), breakdown = breakdown,
             domain = rep(as.character(m[[1]]), k), estimate = as.vector(as.matrix(m[, 1 + 1:k])),
             se = as.vector(as.matrix(SE(m))))
}

every <- function(design, names, breakdowns) {
  do.call(rbind, lapply(breakdowns, function(by) {
    do.call(rbind, lapply(names, function(name) of_question(design, name, by)))
  }))
}

means_and_medians <- function(design) {
  m <- svyby(~y, ~reg, design, svymean, na.rm = TRUE)
  confint(m)
  q <- svyby(~y, ~reg, design, svyquantile, quantiles = 0.5, ci = TRUE, na.rm = TRUE)
  rows <- function(x, word, estimate) {
    data.frame(question = "y", category = word, breakdown = "reg",
               domain = as.character(x$reg), estimate = estimate, se = as.vector(SE(x)))
  }
  rbind(rows(m, "mean", m$y), rows(q, "median", q$y))
}

if (grepl("raked", task)) design <- calibrated(design, calfun = "raking", epsilon = 1e-9)

run <- switch(sub("_.*", "", task),
  rake = function() rake(design, formulas, population, control = list(epsilon = 1e-6, maxit = 100)),
  linear = function() calibrated(design, calfun = "linear"),
  logit = function() calibrated(design, calfun = "logit", bounds = c(0.3, 3), epsilon = 1e-9),
  shares = function() every(design, shares, ""),
  domains = function() every(design, shares, "reg"),
  numbers = function() means_and_medians(design),
  book = function() every(design, c(shares, scales), c("", breakdowns)),
  replicates = function() {
    replicated <- as.svrepdesign(design, type = "subbootstrap", replicates = 200)
    every(calibrated(replicated, calfun = "raking", epsilon = 1e-6), shares, "")
  }
)

if (task == "logit") {
  # The weights sum to the population before, so that bounds are about the adjustment alone.
  d$w <- d$w * sum(margins$count[margins$margin == margin_names[1]]) / sum(d$w)
  design <- svydesign(ids = ids, strata = ~gov, weights = ~w, data = d, nest = TRUE)
}

set.seed(1)
start <- proc.time()[["elapsed"]]
found <- run()
seconds <- proc.time()[["elapsed"]] - start
if (!is.data.frame(found)) found <- data.frame(weight = weights(found))
write.csv(found, file.path(folder, "figures.csv"), row.names = FALSE)
writeLines(format(seconds, digits = 6), file.path(folder, "seconds.txt"))
