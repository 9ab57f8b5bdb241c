"""The kernels of OpenBLAS, by which numpy multiplies matrices: one kind for all processors that can run it.

OpenBLAS chooses its code by the processor, and each kind rounds in its own way; what is read in an article must not
depend on the machine. So the kind for processors with AVX2 and FMA is chosen, those of the last ten years: for a
language pipeline it is as fast as the later ones. OpenBLAS asks for the choice once, when numpy is loaded: hence it is
made where this package is first imported.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from typing import Final

VARIABLE: Final = "OPENBLAS_CORETYPE"
KIND: Final = "Haswell"
_NEEDED: Final = frozenset({"avx2", "fma"})


def choose() -> None:
    """Choose the kernels for numpy, if it is not loaded yet, nobody else has chosen, and the processor has them."""
    if "numpy" not in sys.modules and VARIABLE not in os.environ and _runs_the_chosen():
        os.environ[VARIABLE] = KIND


@cache
def _runs_the_chosen() -> bool:
    """Whether Linux says that the processor is one for :data:`KIND`."""
    try:
        with open("/proc/cpuinfo", "rb") as lines:  # noqa: PTH123  (pathlib takes long to load)
            flags = next((line.decode("ascii", "replace") for line in lines if line.startswith(b"flags")), "")
    except OSError:
        return False
    return frozenset(flags.split()) >= _NEEDED


@cache
def in_use() -> tuple[str, str] | None:
    """Version and kind of kernels of numpy's OpenBLAS, as ("0.3.31", "Haswell"); None where it has another BLAS."""
    import numpy  # noqa: F401  (its libraries are to be loaded)
    from threadpoolctl import threadpool_info

    found = [library for library in threadpool_info() if library["internal_api"] == "openblas"]
    if not found:
        return None
    own = min(found, key=lambda library: "numpy" not in library["filepath"])
    return str(own["version"]), str(own["architecture"])


def available(kind: str) -> bool:
    """Whether a process of this machine can be told to use that kind."""
    used = in_use()
    return used is not None and (kind == used[1] or (kind == KIND and _runs_the_chosen()))


def environment(kind: str | None = None) -> dict[str, str]:
    """The variable that lets a child process use that kind of kernels, or those that this process uses."""
    if kind is None and "numpy" in sys.modules and (used := in_use()):
        kind = used[1]
    return {VARIABLE: kind} if kind else {}
