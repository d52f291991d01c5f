# Makes survey.json and methods.json beside it: Rscript make.R
# R 4.2.2, survey 4.1.1. All data are seeded random numbers.
suppressMessages(library(survey))
options(survey.lonely.psu = "adjust", warn = -1)

quoted <- function(text) paste0('"', gsub('"', '\\\\"', text), '"')
json <- function(value) {
  if (is.null(value)) return("null")
  if (is.list(value)) {
    parts <- vapply(value, json, "")
    if (is.null(names(value))) return(paste0("[", paste(parts, collapse = ","), "]"))
    return(paste0("{", paste(quoted(names(value)), parts, sep = ":", collapse = ","), "}"))
  }
  if (is.factor(value)) value <- as.character(value)
  if (is.logical(value)) return(tolower(as.character(value)))
  parts <- if (is.character(value)) quoted(value) else ifelse(is.finite(value), sprintf("%.15g", value), "null")
  if (length(value) == 1 && !inherits(value, "AsIs")) parts else paste0("[", paste(parts, collapse = ","), "]")
}
coded <- function(roll, labels) setNames(as.list(unname(roll[unique(labels)])), seq_along(unique(labels)))

codes <- function(labels) I(match(labels, unique(labels)))
meanCase <- function(id, y, w, strata = NULL, psu = NULL, fpc = NULL, deff = TRUE) {
  frame <- data.frame(y = y, w = w, s = if (is.null(strata)) 1 else strata, u = if (is.null(psu)) seq_along(y) else psu)
  if (!is.null(fpc)) frame$f <- fpc
  design <- svydesign(ids = ~u, strata = if (is.null(strata)) NULL else ~s, weights = ~w,
                      fpc = if (is.null(fpc)) NULL else ~f, data = frame, nest = TRUE)
  mean <- svymean(~y, design, deff = deff)
  limits <- confint(mean, df = degf(design))
  expected <- list(mean = unname(coef(mean)), se = SE(mean)[[1]], deff = deff(mean)[[1]], df = degf(design),
                   low = limits[1], high = limits[2])
  if (all(y %in% 0:1)) {
    logit <- attr(svyciprop(~y, design, method = "logit"), "ci")
    beta <- attr(svyciprop(~y, design, method = "beta"), "ci")
    expected <- c(expected, list(logitLow = logit[[1]], logitHigh = logit[[2]],
                                 kornGraubardLow = beta[[1]], kornGraubardHigh = beta[[2]]))
  }
  args <- list(y = I(y), w = I(w))
  if (!is.null(strata)) args$strata <- codes(strata)
  if (!is.null(psu)) args$psu <- codes(psu)
  if (!is.null(fpc)) args$populationPsus <- I(fpc)
  list(id = id, call = "weightedMean", args = args, expected = expected)
}

calibrated <- function(id, call, design, fitted, args, frame) {
  mean <- svymean(~y, fitted)
  list(id = id, call = call, args = args,
       expected = list(weights = I(unname(weights(fitted))), mean = unname(coef(mean)), se = SE(mean)[[1]]))
}
postCase <- function(id, y, w, cell, roll, psu = NULL, strata = NULL) {
  frame <- data.frame(y = y, w = w, cell = cell, u = if (is.null(psu)) seq_along(y) else psu, s = if (is.null(strata)) 1 else strata)
  design <- svydesign(ids = ~u, strata = if (is.null(strata)) NULL else ~s, weights = ~w, data = frame, nest = TRUE)
  fitted <- postStratify(design, ~cell, data.frame(cell = names(roll), Freq = as.vector(roll)))
  args <- list(y = I(y), w = I(w), cell = codes(cell), roll = coded(roll, cell))
  if (!is.null(psu)) args$psu <- codes(psu)
  if (!is.null(strata)) args$strata <- codes(strata)
  calibrated(id, "postStratify", design, fitted, args, frame)
}
rakeCase <- function(id, y, w, first, roll1, second, roll2, psu = NULL, strata = NULL) {
  frame <- data.frame(y = y, w = w, first = first, second = second, u = if (is.null(psu)) seq_along(y) else psu,
                      s = if (is.null(strata)) 1 else strata)
  design <- svydesign(ids = ~u, strata = if (is.null(strata)) NULL else ~s, weights = ~w, data = frame, nest = TRUE)
  fitted <- rake(design, list(~first, ~second),
                 list(data.frame(first = names(roll1), Freq = as.vector(roll1)), data.frame(second = names(roll2), Freq = as.vector(roll2))),
                 control = list(maxit = 500, epsilon = 1e-13, verbose = FALSE))
  args <- list(y = I(y), w = I(w), tolerance = 1e-12,
               margins = list(list(of = codes(first), roll = coded(roll1, first)), list(of = codes(second), roll = coded(roll2, second))))
  if (!is.null(psu)) args$psu <- codes(psu)
  if (!is.null(strata)) args$strata <- codes(strata)
  calibrated(id, "rake", design, fitted, args, frame)
}

set.seed(20261122)
n <- 120
strata <- sample(c("north", "south", "islands"), n, TRUE, c(5, 4, 1))
psu <- paste(strata, ifelse(strata == "islands", 1, sample(1:5, n, TRUE)))
w <- round(runif(n, 0.4, 3), 3)
y <- rbinom(n, 1, 0.35)
score <- round(rnorm(n, 50, 9), 1)
joined <- ifelse(strata == "islands", "north", strata) # survey before 4.2 centres a lonely unit otherwise when weights are raked
sex <- sample(c("girl", "boy", "other"), n, TRUE, c(10, 9, 1))
fifth <- ifelse(runif(n) < 0.5, match(sex, c("girl", "boy", "other")), sample(1:5, n, TRUE))
schools <- 40 # of a population of 150, every pupil asked; shares differ between schools
school <- rep(1:schools, times = sample(1:5, schools, TRUE))
pupils <- length(school)
trust <- rbinom(pupils, 1, plogis(rnorm(schools, -0.4, 0.8))[school])
hours <- round(rnorm(pupils, 12 + 3 * rnorm(schools)[school], 4), 1)
stage <- sample(c("P6", "P7", "S1"), 90, TRUE)
ofStage <- c(P6 = 140, P7 = 75, S1 = 410)[stage]
drawn <- as.vector(table(stage)[stage])
late <- rbinom(90, 1, c(P6 = 0.2, P7 = 0.4, S1 = 0.6)[stage])
surveyCases <- list(
  meanCase("simple.share", y, rep(900 / n, n), fpc = rep(900, n)),
  meanCase("simple.score", score, rep(900 / n, n), fpc = rep(900, n)),
  meanCase("strata.share", late, ofStage / drawn, strata = stage, fpc = unname(ofStage)),
  meanCase("schools.share", trust, rep(150 / schools, pupils), psu = school, fpc = rep(150, pupils)),
  meanCase("schools.hours", hours, rep(150 / schools, pupils), psu = school, fpc = rep(150, pupils)),
  meanCase("schools.endless", trust, rep(150 / schools, pupils), psu = school),
  meanCase("lonely.share", y, w * 10, strata = strata, psu = psu),
  meanCase("lonely.score", score, w * 10, strata = strata, psu = psu),
  meanCase("alike.share", y, rep(1, n), psu = psu, deff = "replace"),
  meanCase("zero.share", y, ifelse(psu == "south 2", 0, w * 10), strata = strata, psu = psu),
  postCase("post.pupils", late, ofStage / drawn * 0.9, stage, c(P6 = 150, P7 = 70, S1 = 400)),
  postCase("post.schools", y, w, sex, c(girl = 260, boy = 255, other = 14), psu = psu, strata = strata),
  rakeCase("rake.pupils", score, rep(1, n), sex, c(girl = 260, boy = 255, other = 14), strata, c(north = 300, south = 180, islands = 49)),
  rakeCase("rake.schools", score, w, sex, c(girl = 260, boy = 255, other = 14), as.character(fifth), c(`1` = 160, `2` = 140, `3` = 90, `4` = 80, `5` = 59), psu = psu, strata = joined)
)

# --- other methods: base R, and the formulas of their sources written out
alphaCase <- function(id, items) {
  k <- ncol(items); m <- nrow(items)
  alpha <- k / (k - 1) * (1 - sum(apply(items, 2, var)) / var(rowSums(items)))
  f <- qf(c(0.975, 0.025), m - 1, (m - 1) * (k - 1))
  list(id = id, call = "alpha", args = list(items = lapply(seq_len(m), function(row) I(unname(items[row, ])))),
       expected = list(alpha = alpha, low = 1 - (1 - alpha) * f[1], high = 1 - (1 - alpha) * f[2], n = m))
}
hedgesCase <- function(id, a, b) {
  test <- t.test(a, b); m <- length(a) + length(b) - 2
  d <- (mean(a) - mean(b)) / sqrt(((length(a) - 1) * var(a) + (length(b) - 1) * var(b)) / m)
  j <- exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))
  list(id = id, call = "hedgesG", args = list(a = I(a), b = I(b)),
       expected = list(d = d, g = j * d, t = unname(test$statistic), df = unname(test$parameter), p = test$p.value))
}
slopeCase <- function(id, x, n) {
  share <- n / sum(n); ridit <- cumsum(share) - share / 2; p <- x / n
  line <- lm(p ~ ridit, weights = share)
  bread <- solve(crossprod(cbind(1, ridit) * sqrt(share)))
  meat <- crossprod(cbind(1, ridit) * share * sqrt(p * (1 - p) / n))
  se <- sqrt((bread %*% meat %*% bread)[2, 2]); b <- unname(coef(line)); z <- qnorm(0.975)
  list(id = id, call = "slopeIndex", args = list(x = I(x), n = I(n)),
       expected = list(sii = b[2], se = se, low = b[2] - z * se, high = b[2] + z * se, riiScotpho = b[2] / (sum(x) / sum(n)),
                       riiPhe = (b[1] + b[2]) / b[1], gap = p[length(p)] - p[1], ratio = p[length(p)] / p[1]))
}
funnelCase <- function(id, x, n) {
  target <- sum(x) / sum(n); s <- 1 / (2 * sqrt(n)); z <- (asin(sqrt(x / n)) - asin(sqrt(target))) / s
  q <- quantile(z, c(0.1, 0.9)); wz <- pmin(pmax(z, q[1]), q[2]); k <- length(x); phi <- mean(wz^2)
  w <- 1 / s^2; tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
  plain <- function(level) { r <- qnorm((1 + level) / 2) * sqrt(target * (1 - target) / n); list(pmax(0, target - r), pmin(1, target + r)) }
  wide <- function(level) { r <- qnorm((1 + level) / 2) * sqrt(s^2 + tau2); a <- asin(sqrt(target))
    list(sin(pmax(0, a - r))^2, sin(pmin(pi / 2, a + r))^2) }
  limits <- c(plain(0.95), plain(0.998), wide(0.95), wide(0.998))
  names <- c("low95", "high95", "low998", "high998", "adjustedLow95", "adjustedHigh95", "adjustedLow998", "adjustedHigh998")
  list(id = id, call = "funnel",
       args = list(units = lapply(seq_along(x), function(i) list(id = paste("unit", i), x = x[i], n = n[i])), overdispersion = TRUE),
       expected = list(target = target, phi = phi, tau2 = tau2,
                       units = lapply(seq_along(x), function(i) c(list(id = paste("unit", i), share = x[i] / n[i]), setNames(lapply(limits, `[`, i), names)))))
}
coCase <- function(id, outcomes, stratum) {
  k <- ncol(outcomes); expected <- numeric(k + 1)
  for (one in unique(stratum)) {
    part <- outcomes[stratum == one, , drop = FALSE]; p <- colMeans(part)
    for (pattern in 0:(2^k - 1)) { # every way that the outcomes can fall
      bits <- as.integer(intToBits(pattern))[1:k]
      expected[sum(bits) + 1] <- expected[sum(bits) + 1] + nrow(part) * prod(ifelse(bits == 1, p, 1 - p))
    }
  }
  observed <- tabulate(rowSums(outcomes) + 1, k + 1); o <- sum(observed[-(1:3)]); e <- sum(expected[-(1:3)]); z <- qnorm(0.975)
  list(id = id, call = "cooccurrence", args = list(outcomes = lapply(seq_len(nrow(outcomes)), function(row) I(unname(outcomes[row, ]))), stratum = I(stratum)),
       expected = list(observed = I(observed), expected = I(expected), ratioThreeOrMore = o / e,
                       low = o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3 / e, high = (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3 / e))
}
differenceCase <- function(id, x1, n1, x2, n2) {
  table <- matrix(c(x1, n1 - x1, x2, n2 - x2), 2); score <- prop.test(c(x1, x2), c(n1, n2), correct = FALSE)
  small <- min(suppressWarnings(chisq.test(table))$expected) < 5
  list(id = id, call = "newcombe", args = list(x1 = x1, n1 = n1, x2 = x2, n2 = n2),
       expected = list(z = sign(x1 / n1 - x2 / n2) * sqrt(unname(score$statistic)), p = score$p.value,
                       test = if (small) "fisher" else "score", testP = if (small) fisher.test(table)$p.value else score$p.value))
}
ability <- rnorm(60)
items <- sapply(1:5, function(item) pmin(5, pmax(1, round(3 + ability + rnorm(60)))))
k <- 14; size <- sample(40:400, k); level <- plogis(qlogis(0.28) + rnorm(k, 0, 0.4))
hurt <- matrix(rbinom(150 * 5, 1, rep(plogis(-1 + rnorm(150)), 5)), 150)
methodCases <- list(
  alphaCase("alpha.five", items), alphaCase("alpha.two", items[1:12, 1:2]),
  hedgesCase("hedges.even", round(rnorm(18, 3.4, 1.1), 2), round(rnorm(23, 2.9, 0.7), 2)), hedgesCase("hedges.small", c(1, 4, 2.5), c(3, 3.5)),
  slopeCase("slope.fall", c(61, 52, 50, 33, 30), c(140, 133, 151, 128, 160)), slopeCase("slope.rise", c(4, 5, 9, 6, 9), c(30, 22, 41, 25, 21)),
  funnelCase("funnel.wide", rbinom(k, size, level), size), funnelCase("funnel.chance", rbinom(k, size, 0.28), size),
  coCase("together", hurt, sample(c("P6 girl", "P6 boy"), 150, TRUE)),
  differenceCase("difference.small", 3, 9, 1, 14), differenceCase("difference.large", 812, 1500, 700, 1420), differenceCase("difference.none", 0, 12, 5, 17)
)
write <- function(file, note, cases) {
  lines <- vapply(cases, json, "")
  writeLines(c(paste0('{"note":', quoted(note), ',"cases":['), paste(lines, collapse = ",\n"), "]}"), file)
}
write("survey.json", "R 4.2.2, survey 4.1.1, lonely.psu = adjust; made by make.R", surveyCases)
write("methods.json", "R 4.2.2, formulas of the sources written out; made by make.R", methodCases)
