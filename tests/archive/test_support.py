"""How many articles say a triple is counted right, and in order, however many triples there are."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kg.archive.support import SupportCount, digest


@given(st.lists(st.sets(st.text("ab ", max_size=4))))
def test_every_triple_is_counted_once_for_each_article(tmp_path_factory, articles):
    count = SupportCount(tmp_path_factory.mktemp("count"))
    for lines in articles:
        count.add(lines)
    found = [item for part in count.counts() for item in part.items()]
    count.close()
    assert found == sorted(found)
    assert dict(found) == Counter(digest(line) for lines in articles for line in lines)
