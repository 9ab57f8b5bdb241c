"""The matrix products of a pipeline, by the OpenBLAS of numpy: two to three times as fast as by the BLIS of spaCy.

The wheels of ``blis``, which spaCy multiplies with, know some processors of years ago and treat all others as none in
particular. With OpenBLAS the whole pipeline takes a quarter less time.

What is read in an article must not depend on the articles that share its batch, but OpenBLAS rounds in one way in the
middle of a matrix and in another along its edges. So all products are made in blocks of one shape, with a frame of
zeros around the weights that keeps them off the edges: then a row of a product is the same to the bit, wherever it
stands. Whether that holds is tried when a pipeline is loaded; where it does not, spaCy multiplies as ever.

The layers that normalise raise to a power, which numpy rounds in its own way on each processor: here they do without.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.api import Model, NumpyOps
from thinc.layers import layernorm

from kg.kernels import in_use

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

ROWS: Final = 240
"""Rows of a block: a multiple of the 12 that the kernels for AVX2 take at once."""

COLUMNS: Final = 288
"""Columns of a block at most: with the frame they stay within the 320 that OpenBLAS takes at once."""

FRAME: Final = 8
"""Columns of zeros before and after the weights: the kernels for AVX2 round the first and last eight otherwise."""

TILE: Final = 16
"""A framed block has a multiple of so many columns."""


class NumpyProducts(NumpyOps):  # type: ignore[misc]
    """spaCy's operations on arrays, with products by numpy."""

    name = "newskg_numpy_products"

    def gemm(
        self,
        x: NDArray[Any],
        y: NDArray[Any],
        out: NDArray[Any] | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> NDArray[Any]:
        """The product of two matrices, each transposed if so wished; into ``out`` where that is given.

        That of rows and weights, as a pipeline makes when it reads, is made by numpy.
        """
        if trans1 or not trans2:
            found: NDArray[Any] = super().gemm(x, y, out=out, trans1=trans1, trans2=trans2)
            return found
        if out is None:
            out = np.empty((len(x), len(y)), x.dtype)
        for left in range(0, len(y), COLUMNS):
            weights = y[left : left + COLUMNS]
            width = len(weights)
            framed = np.zeros((-(-(width + 2 * FRAME) // TILE) * TILE, y.shape[1]), y.dtype)
            framed[FRAME : FRAME + width] = weights
            for top in range(0, len(x), ROWS):
                rows = x[top : top + ROWS]
                block = rows if len(rows) == ROWS else np.pad(rows, ((0, ROWS - len(rows)), (0, 0)))
                product = np.dot(block, framed.T)
                out[top : top + ROWS, left : left + width] = product[: len(rows), FRAME : FRAME + width]
        return out


def multiply_with_numpy(nlp: Language) -> None:
    """Let the models of a pipeline that run on spaCy's own operations take their products from numpy.

    Nothing is done where numpy has no OpenBLAS, or one whose rows depend on where they stand.
    """
    nodes = [node for model in _models(nlp) for node in model.walk() if type(node.ops) is NumpyOps]
    if in_use() is None or not all(rows_are_alike(*shape) for shape in sorted(set(_shapes(nodes)))):
        return
    products = NumpyProducts()
    for node in nodes:
        node.ops = products
        if node._func is layernorm.forward:
            node._func = _normalised


def _normalised(model: Model[Any, Any], x: Any, is_train: bool) -> tuple[Any, Any]:
    """thinc's layer of that kind, by a square root, which every processor rounds alike, in the place of a power."""
    if is_train:
        return layernorm.forward(model, x, is_train)
    deviation = np.sqrt(x.var(axis=1, keepdims=True) + 1e-08)
    found = (x - x.mean(axis=1, keepdims=True)) / deviation * model.get_param("G")
    found += model.get_param("b")
    return found, None


def _models(nlp: Language) -> list[Model[Any, Any]]:
    found = (getattr(pipe, "model", None) for _, pipe in nlp.pipeline)
    return [model for model in found if isinstance(model, Model)]


def _shapes(nodes: list[Model[Any, Any]]) -> Iterator[tuple[int, int]]:
    """Width and depth of the weights of some layers."""
    for node in nodes:
        if node.has_param("W"):
            shape = node.get_param("W").shape
            yield int(np.prod(shape[:-1])), shape[-1]


def rows_are_alike(width: int, depth: int) -> bool:
    """Whether equal rows have equal products with weights of that shape, wherever they stand in a block."""
    numbers = np.random.default_rng(0)
    weights = numbers.standard_normal((width, depth), "f")
    rows = np.tile(numbers.standard_normal(depth, "f"), (ROWS, 1))
    with one_thread():
        found = NumpyProducts().gemm(rows, weights, trans2=True)
    return bool((found == found[0]).all())


_lock = threading.RLock()


@contextmanager
def one_thread() -> Iterator[None]:
    """Within it each product is made by one thread: how threads share a product out would show in its bits.

    Many small products gain nothing by more of them, and each process has a core. One Python thread at a time is within
    it, because products that several make at once can differ in their bits, too.
    """
    with _lock, _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
