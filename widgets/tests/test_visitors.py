import uuid

from widgets.models import Visitor
from widgets.services import visitors


def test_a_visitor_becomes_a_row_once(in_acme):
    vera = uuid.uuid4()
    first = visitors.known(vera, language="zh-CN")
    again = visitors.known(vera, language="en")
    assert first == again
    assert again.language == "zh-CN"
    assert Visitor.objects.filter(pk=vera).count() == 1


def test_another_company_does_not_have_the_visitor(in_acme, globex):
    vera = visitors.known(uuid.uuid4())
    with globex.entered():
        assert not Visitor.objects.filter(pk=vera.pk).exists()
