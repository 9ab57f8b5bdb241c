"""What a validation finds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: with which node, in what way, and how bad it is (violation, warning or info)."""

    node: str
    message: str
    severity: str = "violation"


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """All problems of a graph, each once, violations first, then by node and message."""

    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, problems: Iterable[Problem]) -> ValidationReport:
        """Put problems in order."""
        ordered = sorted(set(problems), key=lambda p: (SEVERITIES.index(p.severity), p.node, p.message))
        return cls(tuple(ordered))

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.violations

    @property
    def violations(self) -> int:
        """The number of violations."""
        return sum(problem.severity == "violation" for problem in self.problems)

    @property
    def warnings(self) -> int:
        """The number of warnings and remarks."""
        return len(self.problems) - self.violations
