"""The text that a new case offers to begin a pledge with."""

DRAFT_NAME = "example.toml.txt"
"""Not read as a pledge until it is copied to a name that ends in `.toml`."""

PLEDGE_DRAFT = """\
# A pledge: what one party declared, and the plan that tests it. One pledge a file.
# Copy this file to a name such as pledges/ceasefire-february.toml (small letters, digits,
# hyphens), and write your own words in place of everything between < and >.
# Leave a key out where the declaration says nothing of it: what is left out is what the
# declaration leaves open, and the testability card says what that rules out.
# Only title, actor, kind and announced must be there.
# Dates are written year-month-day, without quotes: 2016-03-14.

[pledge]
# One line that tells this pledge from the others of the case.
title = "<what was declared, in one line>"
# The party that is bound by it.
actor = "<the party>"
# One of: withdraw, ceasefire, reduce, limit, release, access, disarm, resign, allow, uphold.
# (reduce: do less of it; limit: do it to none but those named; uphold: keep a state of things
# as it is.)
kind = "<the kind>"
# What it said it would do, or not do, and to what or whom.
act = "<the act>"
object = "<what is withdrawn, stopped, released>"
# The day on which it was declared, and the first day on which it binds.
announced = "<the day>"
starts = "<the day>"
# The last day on which it binds. Leave it out where no end was named.
ends = "<the day>"
# How much, in the words of the declaration: "the main part", "all", "by half".
magnitude = "<how much>"
# Where it holds.
area = "<the area>"
# Compared with what: "the level before", a number, another party.
comparator = "<compared with what>"
# The name of another party's comparable pledge of this case, to be asked the same.
counterpart = "<the name of another pledge>"
# What the declaration excludes from itself.
exceptions = ["<an exception>"]
# What its words leave open beyond the keys left out above.
leaves_open = ["<what counts as the main part>"]

# Who said it, and the exact words: each quote must stand so, letter for letter, in the
# document of that name in this case. One table a statement; repeat it for each.
[[pledge.said]]
speaker = "<who said it>"
on = "<the day>"
document = "<the document's name>"
quotes = ["<the exact words>"]

# How it is tested, fixed before the outcome is looked at. Leave out all that follows for a
# declaration that is only noted. The question and the primary record must be there; any other
# key left out of [plan] has the value shown here. What stands behind one # belongs to some
# questions only: take the # away to use it.
[plan]
# falls or rises: did the number of events a day? ceases: did the act stop? only: were no others
# struck, or chosen, than those named? delivers: was a number reached by the last day on which the
# pledge binds? holds: was something there throughout (a record of presence must show it)?
question = "falls"
# What counts as kept, and why that. falls, ceases: at most this ratio of the daily rate in the
# window to that before, under 1 (0.5 where left out); rises: at least this one, over 1 (it must
# be given); only: at most this share outside (0.1); delivers: at least this share of the amount
# (1.0); holds: at least this share of the stretches of the term (0.8).
threshold = 0.5
threshold_reason = "<why this threshold>"
# How many days from the start are tested, and how many of the first are passed over.
window_days = 28
grace_days = 0
# The days before that they are held against; donut_days just before the start are left out.
# A verdict must hold for each of them.
baselines = [{days = 28}, {days = 90, donut_days = 30}]
# For how many days it must hold where no end was declared.
horizon_days = 90
# The factor by which reporting may have changed, either way.
reporting_allowance = 1.25
# How often a fall may be found where there was none; more than 0, at most 0.5.
alpha = 0.05
# Events that the window must lead one to expect, for a verdict; at least 10.
minimum_expected = 20
# Whether you had seen the record when you wrote this plan. The dossier says so.
record_known = true

# only, ceases: the share of events that the record lays at the wrong door or sorts wrongly, as an
# audit found it or as you assume it; and why that.
# misclassified = 0.05
# misclassified_reason = "<how it was found>"
# delivers: the number that was declared.
# amount = 100
# holds: the term is cut into stretches of so many days, and each must show it.
# stretch_days = 28

# Which events are counted, and in which record. Names as the record spells them.
# Leave a key out to count all.
[plan.primary]
dataset = "<the dataset's name>"
# What is counted, in words for people, such as "incidents naming North".
label = "<what is counted>"
# Events that are laid at the door of any of these,
actors = ["<a party>"]
# and of those, the ones in which any of these is named too.
against = ["<another party>"]
# Such as "air strike", "shelling", "armed clash", "civilian harm".
event_types = ["<a type of event>"]
targets = ["<a target>"]
# Places, districts, provinces or countries.
areas = ["<an area>"]
# Within so many km of a point; nearer than hole_km is left out. Leave it out to count everywhere.
around = {lat = 35.5, lon = 36.2, radius_km = 25, hole_km = 0}
# The bounds at which the series is built; a verdict must hold at each.
attributions = ["certain", "probable", "possible"]

# The same question asked of another record. Repeat for each; the keys are those above.
[[plan.others]]
dataset = "<another dataset's name>"
actors = ["<a party>"]

# A series that the pledge does not bind, and that should have moved alike without it.
# Repeat for each; the keys are those of [plan.primary], and two more.
[[plan.controls]]
dataset = "<the dataset's name>"
actors = ["<a party that is not bound>"]
reason = "<why it should have moved alike>"
# Names of other pledges of this case that bind this series too.
tells_apart = ["<the name of another pledge>"]

# falls, rises, ceases: a record of how much was observed (patrol hours, posts open), by which
# rates are divided. It is a record of its own: a table of day and n, with a row for each day (0
# where nobody looked) and whole numbers (minutes, where hours are broken), patrols.csv, and beside
# it patrols.csv.toml, which says [dataset] and name = "patrols". Load it as any other.
# The keys are those of [plan.primary].
# [plan.effort]
# dataset = "<the dataset's name>"
# label = "<the unit of effort>"

# only: which of the primary events the declaration allows. The keys are those of [plan.primary]
# but attributions.
# [plan.allowed]
# dataset = "<the dataset's name>"
# targets = ["<a target that is named>"]

# only, delivers: a count that somebody published, in place of [plan.primary] and [plan.allowed].
# Its total, those that the declaration allows (or that were delivered), and those that it does
# not; what is left could not be sorted, and may lie on either side.
# [plan.tally]
# counted_by = "<who counted>"
# citation = "<where it was published>"
# url = "<its address>"
# published = "<the day>"
# unit = "<what was counted, in the plural>"
# total = 60
# within = 1
# outside = 14
"""
