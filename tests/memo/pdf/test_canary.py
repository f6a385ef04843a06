"""Every internal of WeasyPrint, pydyf and Jinja2 that memo relies on, so that a new release breaks this and not a memo.

None of the three guarantees any of it. Each part names the module to change if one of its tests fails.
"""

from __future__ import annotations

import inspect
import io
import pickle
from dataclasses import dataclass
from math import inf
from pathlib import Path
from typing import Any

import jinja2
import pydyf
import pytest
import weasyprint
from jinja2.sandbox import ImmutableSandboxedEnvironment
from weasyprint.css.properties import INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.svg import TAGS, Node
from weasyprint.text.ffi import pango
from weasyprint.text.fonts import FontConfiguration, get_hb_object_data
from weasyprint.text.line_break import split_first_line
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from policy_options.memo.pdf.archival import ARCHIVAL_VARIANT

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A page</title><meta name="a-budget" content="4"><style>
@page { size: A5; @top-left { content: "Running head" } } .note { float: footnote }</style></head><body><main>
<h1 id="top">One</h1><p data-most="2">Text<br>of two lines<span class="note">A note.</span> <a href="#top">inside</a>
<a href="https://example.org/">outside</a></p><table><thead><tr><th>column</th></tr></thead><tbody><tr><th>row</th></tr>
<tr><td>cell</td></tr></tbody></table><svg xmlns="http://www.w3.org/2000/svg" width="90" height="20" viewBox="0 0 90 20">
<title>t</title><g opacity="0.5"><text x="0" y="15" font-size="10">AVAVA</text></g></svg>
<h1 id="annex">Two</h1><p>\U000fe123</p></main></body></html>"""


class StopError(Exception):
    """The exception raised by the finisher."""


@dataclass(frozen=True)
class Sample:
    """A page of HTML, its document, and the objects of its PDF as given to a finisher."""

    html: Any
    document: Any
    pdf: Any

    def at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def all_of(self, key: str, value: str) -> list[Any]:
        return [item for item in self.pdf.objects if isinstance(item, dict) and item.get(key) == value]

    def boxes_of(self, kind: type) -> list[Any]:
        return [box for box in self.document.pages[0]._page_box.descendants() if isinstance(box, kind)]

    @property
    def page(self) -> Any:
        return self.at(self.pdf.page_references[0])

    @property
    def operators(self) -> list[Any]:
        """The drawing instructions of the page."""
        items: list[Any] = self.at(self.page["Contents"]).stream
        return items

    @property
    def structure(self) -> Any:
        return self.at(self.pdf.catalog["StructTreeRoot"])

    @property
    def nums(self) -> list[Any]:
        """The structure element of each mark of a page and each annotation."""
        found: list[Any] = self.at(self.structure["ParentTree"])["Nums"]
        return found


@pytest.fixture(scope="module")
def sample() -> Sample:
    html = weasyprint.HTML(string=PAGE, base_url="https://templates.invalid/memo/", url_fetcher=URLFetcher())
    document = html.render(font_config=FontConfiguration(), pdf_variant=ARCHIVAL_VARIANT)
    given: list[Any] = []

    def finisher(*arguments: Any) -> None:
        given.extend(arguments)
        raise StopError

    with pytest.raises(StopError):  # an exception from a finisher is passed on, before anything is written
        document.write_pdf(finisher=finisher, pdf_variant=ARCHIVAL_VARIANT, pdf_identifier=False)
    assert given[0] is document
    assert type(given[1]) is pydyf.PDF
    return Sample(html, document, given[1])


# --- pdf/conversion.py ---


def test_a_fetcher_is_a_class_with_a_method_that_gets_an_address_and_headers() -> None:
    assert list(inspect.signature(URLFetcher.fetch).parameters) == ["self", "url", "headers"]
    assert list(inspect.signature(URLFetcherResponse).parameters)[:3] == ["url", "body", "headers"]


def test_only_the_fatal_error_of_a_fetcher_ends_rendering() -> None:
    class Refuses(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        def fetch(self, url: str, headers: Any = None) -> Any:
            raise FatalURLFetchingError(url)

    with pytest.raises(FatalURLFetchingError, match=r"https://example\.org/x\.png"):
        weasyprint.HTML(string='<img src="https://example.org/x.png">', url_fetcher=Refuses()).render()


def test_fonts_are_configured_by_a_class_that_the_package_reaches() -> None:
    assert weasyprint.text.fonts.FontConfiguration is FontConfiguration


def test_a_pdf_can_be_pickled() -> None:
    pdf = pydyf.PDF()
    pdf.add_object(pydyf.Stream([b"x"], pydyf.Dictionary({"A": pydyf.Array([pydyf.String("y")])})))
    copied = pickle.loads(pickle.dumps(pdf))
    assert [item.data for item in copied.objects[1:]] == [item.data for item in pdf.objects[1:]]


def test_a_pdf_is_written_with_a_version_compressed_or_not() -> None:
    assert written(pydyf.PDF()).startswith(b"%PDF-1.7\n")


# --- pdf/drawing.py ---


def test_html_is_a_tree_of_elements(sample: Sample) -> None:
    assert next(link.get("href") for link in sample.html.etree_element.iter() if link.tag == "a") == "#top"


def test_the_options_are_known() -> None:
    assert {"pdf_variant", "pdf_identifier"} <= set(weasyprint.DEFAULT_OPTIONS)


def test_metadata_are_generated_for_a_variant_a_version_and_a_conformance(sample: Sample) -> None:
    assert b'pdfaid:part="3"' in sample.document.metadata.generate_rdf_metadata("a", 3, "A")


# --- pdf/layout_checks.py ---


def test_metadata_have_the_names_that_a_template_sets(sample: Sample) -> None:
    assert sample.document.metadata.custom == {"a-budget": "4"}


def test_a_page_knows_its_anchors_and_headings(sample: Sample) -> None:
    (page,) = sample.document.pages
    assert {"top", "annex"} <= set(page.anchors)
    assert [label for _, label, _, _ in page.bookmarks] == ["One", "Two"]


def test_a_page_has_a_tree_of_boxes_with_their_texts(sample: Sample) -> None:
    assert "of two lines" in "".join(box.text for box in sample.boxes_of(boxes.TextBox))


def test_a_page_has_the_root_and_the_footnotes_as_children(sample: Sample) -> None:
    children = sample.document.pages[0]._page_box.children
    assert children[0].element_tag == "html"
    assert [child.margin_height() > 0 for child in children if isinstance(child, boxes.FootnoteAreaBox)] == [True]


def test_a_box_has_a_place_a_height_and_whether_it_is_in_the_flow(sample: Sample) -> None:
    page, (box, *_) = sample.document.pages[0]._page_box, sample.boxes_of(boxes.BlockBox)
    assert page.height > page.content_box_y() > 0
    assert box.position_y > 0
    assert box.margin_height() > 0
    assert box.is_in_normal_flow()


def test_the_lines_of_an_element_are_boxes_below_that_of_the_element(sample: Sample) -> None:
    (box,) = [
        box for box in sample.boxes_of(boxes.BlockBox) if box.element is not None and box.element.get("data-most")
    ]
    assert [type(line) for line in box.children] == [boxes.LineBox] * 2


def test_a_font_knows_the_characters_that_it_lacks(sample: Sample) -> None:
    assert [code for font in sample.document.fonts.values() for code in font.missing] == [0xFE123]


# --- pdf/page_drawings.py and pdf/page_text.py ---


def test_a_font_is_named_by_its_hash_and_reads_its_glyphs(sample: Sample) -> None:
    at = next(place for place, item in enumerate(sample.operators) if b" Tf" in bytes_in(item))
    name = sample.operators[at].split()[0].decode().removeprefix("/")
    font = next(font for font in sample.document.fonts.values() if font.hash == name)
    glyphs = sample.operators[at + 1].removesuffix(b"] TJ").removeprefix(b"[").split(b"<")[1:]
    assert "".join(font.to_unicode[int(glyph.partition(b">")[0], 16)] for glyph in glyphs) == "One"


def test_a_text_is_between_bt_and_et(sample: Sample) -> None:
    shown = [place for place, item in enumerate(sample.operators) if b"TJ" in bytes_in(item)]
    assert shown
    assert all(b"ET" in sample.operators[place:] and b"BT" in sample.operators[:place] for place in shown)


def test_what_is_drawn_on_a_page_as_a_whole_is_a_form_with_resources_of_its_own(sample: Sample) -> None:
    ((name, reference),) = sample.at(sample.page["Resources"])["XObject"].items()
    form = sample.at(reference)
    assert f"/{name} Do".encode() in sample.operators
    assert form.extra["Subtype"] == "/Form"
    assert sample.at(form.extra["Resources"])["XObject"] == {}


# --- pdf/lettering.py ---


def test_the_text_of_a_node_of_svg_is_a_property_and_its_attributes_are_got() -> None:
    assert isinstance(Node.__dict__["text"], property)
    assert callable(Node.get)


def test_the_text_of_a_node_is_drawn_in_the_pieces_that_it_is_iterated_in() -> None:
    assert "for char in node.text]" in inspect.getsource(TAGS["text"])


# --- pdf/text_libraries.py ---


def test_a_font_has_a_name_behind_a_plus_and_a_face_with_the_bytes_of_its_file(sample: Sample) -> None:
    for font in sample.document.fonts.values():
        assert font.name.startswith(f"/{font.hash}+".encode())
        assert len(get_hb_object_data(font.hb_face)) > 10_000


def test_pango_says_its_version_as_a_number() -> None:
    assert pango.pango_version() >= 14400


# --- pdf/archival.py ---


def test_the_metadata_end_where_more_can_be_put_in(sample: Sample) -> None:
    assert sample.document.metadata.generate_rdf_metadata("a", 3, "A").endswith(b"</rdf:RDF>")
    assert sample.at(sample.pdf.catalog["Metadata"]).extra["Type"] == "/Metadata"


def test_header_cells_are_in_rows_and_those_in_the_head_or_the_body_of_a_table(sample: Sample) -> None:
    rows = [sample.at(cell["P"]) for cell in sample.all_of("S", "/TH")]
    assert [row["S"] for row in rows] == ["/TR", "/TR"]
    assert [sample.at(row["P"])["S"] for row in rows] == ["/THead", "/TBody"]
    assert all(cell["A"]["O"] == "/Table" for cell in sample.all_of("S", "/TH"))


def test_marked_content_is_a_tag_its_properties_and_an_operator(sample: Sample) -> None:
    at = sample.operators.index(b"BDC")
    assert sample.operators[at - 2 : at] == ["/Span", {"MCID": 0}]


def test_the_marks_of_a_page_are_a_list_by_its_place(sample: Sample) -> None:
    assert sample.nums[0] == 0
    assert all(sample.at(element)["Type"] == "/StructElem" for element in sample.nums[1])


def test_no_kids_lead_to_the_running_head(sample: Sample) -> None:
    known = {kid for element in sample.all_of("Type", "/StructElem") for kid in element["K"] if isinstance(kid, bytes)}
    (head,) = (
        {element.reference for element in sample.all_of("Type", "/StructElem")} - known - {sample.structure["K"][0]}
    )
    assert sample.at(sample.at(head)["P"])["S"] == "/Document"


def test_a_stream_has_its_items_a_dictionary_and_whether_it_is_compressed() -> None:
    stream = pydyf.Stream([b"x"], {"A": 1}, compress=True)
    assert (stream.stream, stream.extra, stream.compress) == ([b"x"], {"A": 1}, True)
    assert pydyf.Stream([b"x"], {"A": 1}).data == b"<</A 1/Length 1>>\nstream\nx\nendstream"


def test_the_table_of_objects_is_the_last_stream_and_its_dictionary_the_trailer() -> None:
    file = written(pydyf.PDF())
    number, dictionary, *rest = file[int(file.rpartition(b"startxref")[2].split()[0]) :].split(b"\n", 2)
    assert number.endswith(b" 0 obj")
    assert dictionary.startswith(b"<</Type /XRef")
    assert b"/Filter /FlateDecode/Length " in dictionary
    assert b"/ID" not in dictionary
    assert rest[0].startswith(b"stream\n")
    assert b"\nendstream\nendobj\nstartxref\n" in rest[0]


# --- pdf/objects.py and pdf/embedding.py ---


def test_the_number_of_an_object_is_its_place(sample: Sample) -> None:
    assert all(item.number == place for place, item in enumerate(sample.pdf.objects))
    pdf, added = pydyf.PDF(), pydyf.Dictionary()
    pdf.add_object(added)
    assert pdf.objects[added.number] is added
    assert added.reference == b"%d 0 R" % added.number


def test_an_object_has_its_bytes() -> None:
    assert pydyf.Dictionary({"MCID": 0}).data == b"<</MCID 0>>"
    assert pydyf.Array([1, b"2 0 R"]).data == b"[1 2 0 R]"
    assert pydyf.String("x").data == b"(x)"


# --- pdf/joining.py ---


def test_a_file_begins_with_a_free_object_the_pages_and_the_catalog(sample: Sample) -> None:
    free, pages, catalog = sample.pdf.objects[:3]
    assert free.free == "f"
    assert (pages, catalog) == (sample.pdf.pages, sample.pdf.catalog)
    assert pages["Count"] == 1
    assert pages["Kids"] == [sample.page.number, 0, "R"]


def test_a_dictionary_is_a_dict_an_array_a_list_and_a_string_has_its_text() -> None:
    assert issubclass(pydyf.Dictionary, dict)
    assert issubclass(pydyf.Array, list)
    assert pydyf.String("x").string == "x"


def test_the_structure_has_one_document_below_its_root(sample: Sample) -> None:
    (document,) = sample.structure["K"]
    assert sample.at(document)["S"] == "/Document"


def test_pages_come_before_annotations_among_the_numbers_of_the_structure(sample: Sample) -> None:
    assert sample.nums[::2] == [0, 1, 2]
    assert sample.page["StructParents"] == 0
    assert [link["StructParent"] for link in sample.all_of("Subtype", "/Link")] == [1, 2]


def test_the_outline_is_a_chain(sample: Sample) -> None:
    outline = sample.at(sample.pdf.catalog["Outlines"])
    assert outline["Count"] == 2
    assert sample.at(outline["First"])["Next"] == outline["Last"]
    assert sample.at(outline["Last"])["Prev"] == outline["First"]


def test_destinations_are_pairs_of_a_name_and_a_place_in_the_catalog(sample: Sample) -> None:
    names = sample.pdf.catalog["Names"]["Dests"]["Names"]
    assert [name.string for name in names[::2]] == ["annex", "top"]
    assert all(place[0] == sample.page.reference for place in names[1::2])


def test_a_link_goes_to_a_destination_or_to_an_address(sample: Sample) -> None:
    inside, outside = sample.all_of("Subtype", "/Link")
    assert (inside["Dest"].string, inside["Contents"].string) == ("top", "top")
    assert outside["A"]["URI"].string == outside["Contents"].string == "https://example.org/"


def test_cells_name_their_header_cells(sample: Sample) -> None:
    (cell,) = sample.all_of("S", "/TD")
    names = {header["ID"].string for header in sample.all_of("S", "/TH")}
    assert {header.string for header in cell["A"]["Headers"]} <= names


# --- tests/placing.py ---


def test_a_line_is_measured_with_initial_values_and_fonts(sample: Sample) -> None:
    class Style(dict[str, Any]):
        font_config = sample.document.font_config

    narrow, wide = (split_first_line(words, Style(INITIAL_VALUES), None, inf, 0)[3] for words in ("i", "iii"))
    assert 0 < narrow < wide


# --- templates.py ---


def test_a_template_that_others_import_is_kept_with_what_it_set() -> None:
    texts = {"page": "{% import 'part' as part %}{{ part.x }}", "part": "{% set x = 1 %}"}
    environment = ImmutableSandboxedEnvironment(loader=jinja2.DictLoader(texts))
    assert environment.get_template("page").render() == "1"
    (part,) = [template for template in (environment.cache or {}).values() if template.name == "part"]
    before, part._module = part._module, None
    assert before is not None
    assert environment.get_template("page").render() == "1"
    assert part._module is not None


def test_what_is_undefined_words_its_error_by_a_property() -> None:
    assert isinstance(jinja2.StrictUndefined.__mro__[1].__dict__["_undefined_message"], property)
    assert jinja2.StrictUndefined(name="x")._undefined_name == "x"


def test_there_is_chance_in_a_filter_and_a_global() -> None:
    environment = ImmutableSandboxedEnvironment()
    assert "random" in environment.filters
    assert "lipsum" in environment.globals


def test_an_error_of_a_template_has_its_file_and_line_in_the_traceback(tmp_path: Path) -> None:
    path = tmp_path / "page.j2"
    loader = jinja2.FunctionLoader(lambda _name: ("\n{{ 1 / 0 }}", str(path), lambda: True))
    with pytest.raises(ZeroDivisionError) as raised:
        ImmutableSandboxedEnvironment(loader=loader).get_template("page").render()
    lines = [(Path(str(entry.path)), entry.lineno + 1) for entry in raised.traceback]
    assert (path, 2) in lines


def written(pdf: pydyf.PDF) -> bytes:
    output = io.BytesIO()
    pdf.write(output, version=b"1.7", compress=True)
    return output.getvalue()


def bytes_in(item: Any) -> bytes:
    return item if isinstance(item, bytes) else b""
