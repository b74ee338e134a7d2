"""How every form of the product draws its fields."""

import re

from django import forms


class SignIn(forms.Form):
    company_id = forms.CharField(label="Company ID", help_text="Eight digits")
    remember = forms.BooleanField(label="Remember me", required=False)
    after = forms.CharField(widget=forms.HiddenInput, initial="/here/")


def drawn(form: forms.Form) -> str:
    return re.sub(r"\s+", " ", str(form))


def test_a_label_is_the_bare_word_above_its_field() -> None:
    html = drawn(SignIn())
    assert '<label class="field-label" for="id_company_id">Company ID</label> <input type="text"' in html


def test_a_checkbox_has_its_label_behind_it() -> None:
    html = drawn(SignIn())
    assert re.search(r'type="checkbox"[^>]*> ?<label [^>]*for="id_remember">Remember me<', html)


def test_help_and_error_are_tied_to_the_field() -> None:
    html = drawn(SignIn({"after": "/"}))
    described = re.search(r'name="company_id"[^>]*aria-describedby="([^"]*)"', html)
    assert described is not None
    assert set(described[1].split()) == {"id_company_id_helptext", "id_company_id_error"}
    assert 'id="id_company_id_helptext">Eight digits<' in html
    assert re.search(r'<ul class="errorlist" id="id_company_id_error"> <li>This field is req', html)


def test_an_error_of_the_whole_form_stands_above_its_fields() -> None:
    form = SignIn({"company_id": "1", "after": "/"})
    form.add_error(None, "Wrong company ID, agent ID or password.")
    html = drawn(form)
    assert html.index("errorlist nonfield") < html.index("field-label")


def test_a_hidden_field_is_sent_and_has_no_label() -> None:
    html = drawn(SignIn())
    assert html.count('name="after"') == 1
    assert "After" not in html
