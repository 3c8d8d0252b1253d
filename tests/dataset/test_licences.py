"""What licences are called."""

import pytest

from kg.dataset.licences import licence_name


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"),
        ("http://creativecommons.org/licenses/by-nc-sa/3.0/de/", "CC BY-NC-SA 3.0 DE"),
        ("https://creativecommons.org/licenses/by/4.0/legalcode.en", "CC BY 4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0", "CC0 1.0"),
        ("https://creativecommons.org/publicdomain/mark/1.0/", "Public Domain Mark 1.0"),
        ("https://creativecommons.org/licenses/", ""),
        ("https://example.org/creativecommons.org/licenses/by/4.0/", ""),
        ("https://creativecommons.org/licenses/by/4.0/<script>", ""),
    ],
)
def test_licences_of_creative_commons_have_their_names(iri, expected):
    assert expected == licence_name(iri)


def test_a_licence_has_its_name_on_every_page(server):
    for path in ("/", "/about", "/claims", "/doc/claim/c-0045.html"):
        page = server.get(path, "text/html").text
        assert "CC BY 4.0</bdi>" in page
        assert ">4.0<" not in page
