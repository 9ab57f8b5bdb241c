"""The matrix products of a pipeline, by the BLAS of numpy: twice as fast as that of spaCy as it comes from PyPI.

The wheels of ``blis``, which spaCy multiplies with, are made for no processor in particular; those of numpy carry
OpenBLAS, which chooses its code by the processor. It takes a quarter of the pipeline's time away.

What is read in an article must not depend on the articles that share its batch. OpenBLAS takes another way for small
matrices, with other rounding, so a matrix of a few rows is filled up with rows of zeros. From there on each row of a
product is the same to the bit, whatever stands above and below it: a test holds it to that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from spacy.language import Language
    from threadpoolctl import ThreadpoolController

ROWS: Final = 512
"""Enough rows for OpenBLAS to take its way for large matrices, with every width that spaCy's models have."""


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
        """The product of two matrices, each transposed if so wished; into ``out`` where that is given."""
        left, right = x.T if trans1 else x, y.T if trans2 else y
        rows = len(left)
        if rows < ROWS:
            filled = np.zeros((ROWS, left.shape[1]), left.dtype)
            filled[:rows] = left
            found = np.dot(filled, right)[:rows]
        else:
            found = np.dot(left, right)
        if out is None:
            return np.ascontiguousarray(found)
        out[...] = found
        return out


def multiply_with_numpy(nlp: Language) -> None:
    """Let the models of a pipeline that run on spaCy's own operations take their products from numpy."""
    products = NumpyProducts()
    for _, pipe in nlp.pipeline:
        model = getattr(pipe, "model", None)
        if isinstance(model, Model):
            for node in model.walk():
                if type(node.ops) is NumpyOps:
                    node.ops = products


@contextmanager
def one_thread() -> Iterator[None]:
    """Products are made by one thread each: many small ones gain nothing by more, and each process has a core."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


@cache
def _controller() -> ThreadpoolController:
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
