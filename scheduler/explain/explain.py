"""What stands in the way of a timetable without gaps, and what would remove it."""

from __future__ import annotations

from dataclasses import dataclass

from constraints.context import Context
from instances.school import Instance
from scheduler.audit import Audit
from scheduler.deficit import Deficit
from scheduler.explain.asking import Ask
from scheduler.explain.blame import Clash, clashes
from scheduler.explain.easing import COSTS, Easing
from scheduler.explain.elastic import Elastic
from scheduler.explain.exchange import also_able
from scheduler.explain.fixes import Change, Fix, put_together
from scheduler.explain.offers import offers
from scheduler.explain.standing import Answer, Standing, musts_of, standing
from scheduler.explain.trial import tried
from scheduler.explain.ways import MORE_OFTEN, Way, ways
from scheduler.progress import Control
from scheduler.scope import is_small
from scheduler.search import Settings
from scheduler.watch import uncovered


@dataclass(frozen=True)
class Explanation:
    """The answer, what is short, which facts clash, and verified ways out, the cheapest first.

    Where none could be verified, the best that the search found is the only one, and says so.
    ``undecided``: further ways out that the search found, but that no solve verified in time;
    nothing is said of them.
    """

    school: Instance
    standing: Standing
    fixes: tuple[Fix, ...] = ()
    blame: tuple[Clash, ...] = ()
    undecided: int = 0

    @property
    def answer(self) -> Answer:
        return self.standing.answer

    @property
    def deficits(self) -> tuple[Deficit, ...]:
        return self.standing.counted.deficits


def explain(
    school: Instance,
    control: Control | None = None,
    settings: Settings | None = None,
    costs: dict[str, int] | None = None,
) -> Explanation:
    """Whether every post of a school can be filled, and if not, why, and the cheapest ways out.

    ``costs``: what one change of each kind costs, where it is not what the school says or the
    usual. When the control stops the search early, what is known by then is returned.

    All searches are made by one worker: measured, a second one saves hardly any time, and which
    ways out are found would depend on the number of cores.
    """
    control = control or Control()
    settings = Settings(1, settings.seed if settings else 0)
    stands = standing(school, control, settings)
    if stands.answer is Answer.YES or control.over:
        return Explanation(school, stands)
    context = musts_of(school)
    offered = offers(context, stands.trouble)
    finder = _Finder(context, stands, offered, control, settings)
    own = {kind.value: cost for kind, cost in school.costs.items()}
    fixes = finder.run({**COSTS, **own, **(costs or {})})
    blame: tuple[Clash, ...] = ()
    if not control.over:
        likely = {e.theme for fix in fixes for change in fix.changes for e in change.easings}
        blame = clashes(context, offered, stands.trouble, control, settings, likely)
    fixes = sorted(fixes, key=lambda fix: (fix.left, fix.cost))
    return Explanation(school, stands, tuple(fixes), blame, finder.undecided)


class _Finder:
    def __init__(
        self,
        context: Context,
        stands: Standing,
        offered: list[Easing],
        control: Control,
        settings: Settings,
    ) -> None:
        self.context = context
        self.stands = stands
        self.offered = offered
        self.control = control
        self.settings = settings
        self.undecided = 0
        self._unsure: list[Way] = []

    def run(self, costs: dict[str, int]) -> list[Fix]:
        """The verified ways out, or the best one of the others if there is none.

        Where holding still what is elsewhere finds no whole one, the search is repeated with
        nothing held.
        """
        held = not is_small(self.context) and self.stands.timetable is not None
        found = self._fixes(costs, held=held)
        if held and self._is_apart and not any(not fix.left for fix in found):
            found += self._fixes(costs, held=False)
        self.undecided = len(self._unsure)
        if not found and self._unsure:
            self.undecided -= 1
            way = min(self._unsure, key=lambda way: (way.left, way.cost))
            changes = (Change(tuple(group)) for group in put_together(way.easings))
            return [Fix(tuple(changes), way.cost, way.left, verified=False)]
        best = min((fix.left for fix in found), default=0)
        return [fix for fix in found if fix.left == best]

    @property
    def _is_apart(self) -> bool:
        """Whether most posts are held still, and there is time to look there, too."""
        posts = self.context.demand.posts
        near = sum(self.stands.trouble.is_near(post) for post in posts)
        return near * 2 < len(posts) and not self.control.over

    def _fixes(self, costs: dict[str, int], *, held: bool) -> list[Fix]:
        stands = self.stands
        elastic = Elastic(
            self.context,
            self.offered,
            stands.trouble,
            stands.timetable,
            held=held,
            watched=uncovered(stands.judged) if stands.judged else None,
        )
        found: list[Fix] = []
        failures: list[Audit] = []
        for way in ways(elastic, costs, self.control, self.settings, failures):
            judged = tried(
                self.context.instance,
                way.easings,
                way.timetable,
                self.control,
                self.settings,
                way.left,
                thorough=not found and (is_small(self.context) or len(failures) >= MORE_OFTEN),
                failures=failures,
            )
            if judged is None:
                self._unsure.append(way)
            else:
                found.append(self._fix(way, judged))
        return found

    def _fix(self, way: Way, judged: Audit) -> Fix:
        changes = []
        for group in put_together(way.easings):
            asked = [easing for easing in group if isinstance(easing, Ask)]
            others: tuple[str, ...] = ()
            if asked and not self.control.over:
                others = also_able(
                    self.context, way.easings, asked, self.offered, judged, self.control
                )
            changes.append(Change(tuple(group), others))
        return Fix(tuple(changes), way.cost, sum(judged.open_by_tier))
