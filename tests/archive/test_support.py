"""How many articles say a triple is counted right, and in order, however many triples there are."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kg.archive import support
from kg.archive.support import SupportCount, digest


@given(st.lists(st.sets(st.text("ab ", max_size=4))), st.integers(1, 4))
def test_every_triple_is_counted_once_for_each_article(tmp_path_factory, articles, held):
    with_few_held = support.HELD
    support.HELD = held
    try:
        count = SupportCount(tmp_path_factory.mktemp("count"))
        new = [line for lines in articles for line in count.add(lines)]
        found = [item for part in count.counts() for item in part]
        count.close()
    finally:
        support.HELD = with_few_held
    assert found == sorted(found)
    assert dict(found) == Counter(digest(line) for lines in articles for line in lines)
    assert set(new) == {line for lines in articles for line in lines}, "a triple has never been given to be loaded"


def test_a_disk_that_is_full_is_no_matter_when_the_files_go(tmp_path, monkeypatch):
    count = SupportCount(tmp_path)

    class Full:
        def close(self):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(count, "_files", Full())
    count.close()
