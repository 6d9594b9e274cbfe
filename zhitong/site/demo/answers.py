"""What the demo assumes to have happened before the visitor came: one county's round, and what people answered."""

from zhitong.site.demo import assumptions  # noqa: F401 - figures are printed in the order of their entry
from zhitong.site.demo.figures import assumed

OFFERS = assumed("offers", 400.0, "offers at most", "of the county's round; the rest of it still waits")
ANSWERED = assumed("answered", {"yes": 0.55, "no": 0.25}, "share of offers", "the rest has not answered yet")
DECLINED_FOR = assumed(
    "declined_for",
    {"wage": 0.3, "place": 0.22, "family": 0.2, "work": 0.12, "other_job": 0.08, "health": 0.04, "companion": 0.02,
     "other": 0.02},
    "share of those who said no", "reasons that village officers commonly hear",
)  # fmt: skip
EMPLOYERS_ANSWERED = assumed(
    "employers.answered", {"accepted": 0.75, "refused": 0.1}, "share of those who said yes", "the rest waits"
)
REFUSED_FOR = assumed(
    "refused_for", {"filled": 0.4, "skill": 0.3, "unreachable": 0.2, "other": 0.1}, "share of those refused",
    "reasons that employers commonly give",
)  # fmt: skip
ARRIVED = assumed("arrived", 0.4, "share of those placed", "whose post begins soonest; the rest is expected")
TALKED = assumed(
    "fair.talked", {"offered": 0.45, "talked": 0.2, "turned_down": 0.2}, "share of talks at the fair",
    "the rest only asked for a talk",
)  # fmt: skip
ANSWERED_AT_FAIR = assumed(
    "fair.answered",
    {"yes": 0.8, "no": 0.2},
    "share of offers made at the fair",
    "all of them are over by now",
)
INTERVIEWED = assumed(
    "interviewed", {"passed": 0.7, "failed": 0.2, "missed": 0.1}, "share of interviews held",
    "who fails lacks the skill; who misses his is unreachable",
)  # fmt: skip
