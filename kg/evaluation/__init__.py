"""Scores a graph against articles annotated by hand (the format is described in tests/gold/GUIDELINES.md)."""

from kg.evaluation.annotations import AnnotatedArticle, read_annotations
from kg.evaluation.scores import Evaluation, Score, evaluate

__all__ = ["AnnotatedArticle", "Evaluation", "Score", "evaluate", "read_annotations"]
