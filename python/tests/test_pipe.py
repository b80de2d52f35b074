# SPDX-License-Identifier: Apache-2.0
"""The component in a spaCy pipeline."""
import pytest

import dragoman

spacy = pytest.importorskip("spacy")
TEXT = "Kenya and Ethiopia signed an agreement in Moyale on Monday. Ethiopia's foreign minister said that Kenya had shelled a town. 𝒳 é – end"


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("dragoman", config={"date": "2024-03-14", "jobs": 1})
    return pipeline


def test_one_line_adds_it(nlp):
    doc = nlp(TEXT)
    told = doc._.events[0]
    assert told.event.plover == "AGREE" and [span.text for span in told.source] == ["Kenya", "Ethiopia"] and told.place.text == "Moyale"
    assert told.source[0].label_ == told.event.source[0].code == "KEN GOV"
    said = doc._.claims[0]
    assert said.cue.text == "said" and "minister" in said.speaker.text and said.content
    assert {"KEN GOV", "ETH GOV"} <= {span.label_ for span in doc._.actors}
    assert [span.text for span in doc.spans["dragoman"]] == [span.text for span in doc._.actors]
    assert doc._.dragoman.jsonl() == dragoman.Coder(jobs=1).code(dragoman.Report(TEXT, date="2024-03-14", lang="en")).jsonl()


def test_spans_hold_the_words(nlp):
    """Signs of two UTF-16 units and of four bytes stand before and between."""
    text = "𝒳𝒳 – « é » " + TEXT
    doc = nlp(text)
    for told in doc._.events:
        for span, actor in zip(told.source, told.event.source):
            assert text[actor.start:actor.end] in span.text
        for span, words in zip(told.evidence, told.event.evidence):
            assert words.text in span.text


def test_many_documents(nlp):
    texts = [TEXT, "", "Chad denied shelling a village.", TEXT] * 40
    docs = list(nlp.pipe(texts, batch_size=50))
    assert [len(doc._.events) for doc in docs] == [len(nlp(text)._.events) for text in texts[:4]] * 40
    assert all(told.event.in_report.text == doc.text for doc in docs for told in doc._.events)


def test_a_date_of_its_own(nlp):
    doc = nlp.make_doc("Iran and Oman signed a gas deal yesterday.")
    doc.user_data["date"] = "2020-02-03"
    assert nlp(doc)._.events[0].event.date == "2020-02-02"


def test_a_pipeline_is_kept_and_loaded(nlp, tmp_path):
    nlp.to_disk(tmp_path)
    assert spacy.load(tmp_path)(TEXT)._.events[0].event.plover == "AGREE"
