from collections import Counter

from accounts import capability_words
from accounts.capabilities import Capability


def test_each_capability_is_explained_once():
    explained = Counter(line.capability for subject in capability_words.SUBJECTS for line in subject.lines)
    assert explained == Counter(Capability)


def test_what_one_may_and_may_not_do_is_everything():
    told = capability_words.told({"monitor", "export"})
    assert {line.capability for line in told.may} == {Capability.MONITOR, Capability.EXPORT}
    assert len(told.may) + len(told.may_not) == len(Capability)
