from accounts.testing import Browser
from chat.services import conversations
from chat.testing import make_conversation, make_online


def test_a_test_chat_counts_once_it_was_accepted(acme, alice, bob):
    browser, address = Browser().enter(acme, alice), f"/c/{acme.company_id}/help/start/"
    with acme.entered():
        make_online(bob)
        talk = make_conversation()
    before = browser.get(address).text.count("first-hour-step--done")
    with acme.entered():
        conversations.accept(talk.pk, by=bob)
    assert browser.get(address).text.count("first-hour-step--done") == before + 1
