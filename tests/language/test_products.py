"""Products by numpy are those of spaCy but for rounding; what is read in an article depends on that article alone."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from thinc.api import LayerNorm, Model, NumpyOps

from kg import kernels
from kg.language import products
from kg.language.named_entities import NAME
from kg.language.pipeline import parse
from kg.language.products import ROWS, NumpyProducts, multiply_with_numpy, one_thread
from kg.processes import command, environment
from kg.readers import article_from_text

SHAPES = [(50, 96), (64, 96), (74, 64), (96, 300), (106, 64), (288, 288), (288, 672), (384, 64), (1024, 64)]
COUNTS = (1, 2, 3, 5, 7, 11, 12, 13, 16, 17, 31, 32, 33, 61, 64, 100, ROWS - 1, ROWS, ROWS + 1, 2 * ROWS, 700, 1021)
FLAGS = {"SkylakeX": "avx512f", "Haswell": "avx2", "Zen": "avx2", "Sandybridge": "avx", "Nehalem": "sse4_2"}
CPU = Path("/proc/cpuinfo")
TEXTS = [
    "Yes.",
    "Oslo opened.",
    "Amal Haddad opened a dock in Oslo, Jonas Lindqvist said.",
    "The Port Office of Oslo, which Amal Haddad has led since 2019, will build a second dock. " * 12,
    "Trade grew by 4 percent in May, the office said; Lindqvist doubts that it will grow again. " * 30,
]


def differing_rows():
    """Where the rows of a product depend on the others, by the kernels of this process."""
    found, numbers = [], np.random.default_rng(1)
    for width, depth in SHAPES:
        weights = numbers.standard_normal((width, depth), "f")
        rows = numbers.standard_normal((1600, depth), "f")
        with one_thread():
            whole = NumpyProducts().gemm(rows, weights, trans2=True)
            for begin, count in [(begin, count) for begin in (0, 7, 500) for count in COUNTS]:
                part = NumpyProducts().gemm(rows[begin : begin + count].copy(), weights, trans2=True)
                if not np.array_equal(part, whole[begin : begin + count]):
                    found.append((width, depth, begin, count))
    return found


def digest_of(docs):
    """Of all that the pipeline says (the strings of a serialised Doc stand in another order in each process)."""
    return [sha256(doc.tensor.tobytes() + doc.to_bytes(exclude=["user_data", "strings"])).hexdigest() for doc in docs]


def articles():
    return [article_from_text(text, f"{number}.txt") for number, text in enumerate(TEXTS)]


def python(code, **variables):
    """What a Python process of its own prints."""
    here = {name: value for name, value in environment().items() if name != kernels.VARIABLE}
    place = str(Path(__file__).parent)
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {place!r})\n{code}"],
        env=here | variables,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_the_shapes_here_are_those_of_the_model(nlp):
    nodes = [node for model in products._models(nlp) for node in model.walk()]
    assert set(products._shapes(nodes)) - {(288, 480)} == set(SHAPES)


def test_a_row_of_a_product_does_not_depend_on_the_others():
    assert differing_rows() == []


@pytest.mark.skipif(not CPU.exists(), reason="asks Linux what the processor can do")
@pytest.mark.parametrize("kind", FLAGS)
def test_nor_with_other_kernels(kind):
    if FLAGS[kind] not in CPU.read_text().split():
        pytest.skip("this processor cannot run them")
    code = "import test_products as t; print(t.kernels.in_use()[1], t.differing_rows())"
    assert python(code, OPENBLAS_CORETYPE=kind) == f"{'Haswell' if kind == 'Zen' else kind} []"


def test_the_frame_is_needed(monkeypatch):
    """Without it the rows under the kernels for AVX2 are not alike: the check that is made at loading can fail."""
    if not kernels.available("Haswell"):
        pytest.skip("this processor cannot run them")
    code = "from kg.language import products as p; p.FRAME, p.ROWS = 0, 250; print(p.rows_are_alike(288, 96))"
    assert python(code, OPENBLAS_CORETYPE="Haswell") == "False"
    assert python(code.replace("0, 250", "8, 240"), OPENBLAS_CORETYPE="Haswell") == "True"


def test_layers_are_normalised_as_by_spacy():
    layer = LayerNorm(nI=96).initialize()
    numbers = np.random.default_rng(3).standard_normal((50, 96), "f") * 3 + 1
    layer.set_param("G", numbers[0])
    layer.set_param("b", numbers[1])
    expected = layer.predict(numbers)
    multiply_with_numpy(type("Pipeline", (), {"pipeline": (("one", type("Pipe", (), {"model": layer})),)}))
    assert layer._func is products._normalised
    assert layer.predict(numbers).dtype == expected.dtype
    assert np.allclose(layer.predict(numbers), expected, atol=1e-5)


@pytest.mark.parametrize("turned", [(False, False), (True, False), (False, True), (True, True)])
def test_products_are_those_of_spacy(turned):
    numbers = np.random.default_rng(2)
    left, right = numbers.standard_normal((40, 30)).astype("f"), numbers.standard_normal((30, 20)).astype("f")
    left, right = (np.ascontiguousarray(m.T) if turn else m for m, turn in zip((left, right), turned, strict=True))
    ours, theirs = NumpyProducts(), NumpyOps()
    expected = theirs.gemm(left, right, trans1=turned[0], trans2=turned[1])
    assert np.allclose(ours.gemm(left, right, trans1=turned[0], trans2=turned[1]), expected, atol=1e-5)
    room = np.ones((40, 20), "f")
    assert ours.gemm(left, right, out=room, trans1=turned[0], trans2=turned[1]) is room
    assert np.allclose(room, expected, atol=1e-5)


def test_what_is_read_in_an_article_does_not_depend_on_those_beside_it(nlp):
    assert any(isinstance(node.ops, NumpyProducts) for node in nlp.get_pipe(NAME).model.walk())
    together = digest_of(doc for _, doc in parse(nlp, articles()))
    backwards = digest_of(doc for _, doc in parse(nlp, reversed(articles())))
    alone = [digest_of(doc for _, doc in parse(nlp, [article]))[0] for article in articles()]
    assert together == alone == backwards[::-1]


def test_nor_on_threads_and_processes():
    """In processes of their own: what else a process has done and loaded may change how it rounds."""
    code = (
        "import numpy; from concurrent.futures import ThreadPoolExecutor\n"
        "from kg.language.pipeline import *; import test_products as t\n"
        "nlp = load_pipeline()\n"
        "read = lambda _: t.digest_of(doc for _, doc in parse(nlp, t.articles()))\n"
        "alone = read(0)\n"
        "with ThreadPoolExecutor(3) as threads:\n"
        "    assert all(found == alone for found in threads.map(read, range(6)))\n"
        "print(*alone)"
    )
    found = {python(code, **kernels.environment(), OPENBLAS_NUM_THREADS=threads) for threads in ("1", "2", "4")}
    assert len(found) == 1  # numpy's own; those of OpenBLAS share a product out


def test_threads_that_read_leave_the_number_of_threads_as_it_was():
    def counts():
        return [library["num_threads"] for library in products._controller().info() if library["user_api"] == "blas"]

    before = counts()
    with one_thread():
        with one_thread():
            assert set(counts()) == {1}
        assert set(counts()) == {1}
    assert counts() == before


def test_models_on_other_operations_keep_them():
    class Others(NumpyOps):
        pass

    class Pipeline:
        pipeline = (
            ("one", type("Pipe", (), {"model": Model("own", lambda *_: None, ops=Others())})),
            ("two", object()),
        )

    multiply_with_numpy(Pipeline)
    assert type(Pipeline.pipeline[0][1].model.ops) is Others


@pytest.mark.parametrize("lacking", ["in_use", "rows_are_alike"])
def test_where_rows_could_depend_on_one_another_spacy_multiplies(monkeypatch, lacking):
    monkeypatch.setattr(products, lacking, lambda *_: None)
    node = Model("own", lambda *_: None, ops=NumpyOps(), params={"W": np.ones((2, 2), "f")})

    class Pipeline:
        pipeline = (("one", type("Pipe", (), {"model": node})),)

    multiply_with_numpy(Pipeline)
    assert type(node.ops) is NumpyOps


@pytest.mark.skipif(not kernels._runs_the_chosen(), reason="for processors with AVX2")
def test_the_kernels_are_chosen_before_numpy_is_loaded():
    told = "; print(kg.kernels.in_use()[1], kg.kernels.environment(), sep='\\n')"
    assert python(f"import kg, numpy{told}").split("\n") == ["Haswell", "{'OPENBLAS_CORETYPE': 'Haswell'}"]
    own = python("import numpy, os, threadpoolctl; print(threadpoolctl.threadpool_info()[0]['architecture'])")
    assert python(f"import numpy, kg{told}").split("\n") == [own, f"{{'OPENBLAS_CORETYPE': '{own}'}}"]
    assert python(f"import kg{told}", OPENBLAS_CORETYPE="Nehalem").split("\n")[0] == "Nehalem"


def test_a_process_of_ours_uses_the_kernels_of_its_parent():
    done = subprocess.run(
        command("timeit", "-n1", "-r1", "import kg.kernels; print(kg.kernels.in_use())"),
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith(f"{kernels.in_use()}\n")
