"""An absent file is replaced by something of its kind."""

import csv
import io
import json
import pickle

import numpy as np
import pytest

from minigrad.foreign.texts import pickled_for, text_for


@pytest.mark.parametrize(
    "name", ["input.txt", "../data/shakespeare.txt", "C:\\data\\x.txt", "corpus", "a.md"]
)
def test_a_text(name):
    text = text_for(name)
    assert 2000 <= len(text) <= 4000
    assert len(set(text)) <= 20
    assert len(set(text.split())) > 50
    assert text.isascii()


@pytest.mark.parametrize("name", ["names.txt", "dinos.txt", "words.txt", "vocab", "dictionary.dic"])
def test_names(name):
    lines = text_for(name).splitlines()
    assert len(lines) == len(set(lines)) > 100
    assert all(line.isalpha() and line.islower() for line in lines)
    assert len(text_for(name)) >= 2000


def test_a_table():
    rows = list(csv.reader(io.StringIO(text_for("data/train.csv"))))
    table = np.loadtxt(io.StringIO(text_for("x.csv")), delimiter=",")
    assert table.shape == (len(rows), 5)
    assert np.all(np.abs(table) <= 1)
    assert set(table[:, -1]) == {0, 1}
    assert np.linalg.matrix_rank(table) == 5
    assert np.array_equal(np.loadtxt(io.StringIO(text_for("x.tsv")), delimiter="\t"), table)


def test_json():
    record = json.loads(text_for("x.json"))
    assert len(record["text"]) >= 2000
    assert all(isinstance(value, float) for value in record["data"])


@pytest.mark.parametrize(
    "name",
    ["w.npy", "a.PNG", "data.pkl", "m.mat", "train-images.idx3-ubyte", "cifar/data_batch_1", "a.tar.gz"],
)
def test_what_cannot_be_made_up(name):
    assert text_for(name) is None


def test_it_is_always_the_same():
    assert text_for("input.txt") == text_for("other.txt")


def test_a_book_with_as_many_characters_as_an_exercise_expects():
    assert len(set(text_for("data/goblet_book.txt"))) == 80


@pytest.mark.parametrize("name", ["vocab.pkl", "char2idx.pickle", "word_to_ix.p"])
def test_a_vocabulary(name):
    numbers = pickle.loads(pickled_for(name))  # noqa: S301  # our own bytes
    assert sorted(numbers.values()) == list(range(len(set(text_for("input.txt")))))


@pytest.mark.parametrize("name", ["weights.pkl", "vocab.txt"])
def test_pickles_that_cannot_be_made_up(name):
    assert pickled_for(name) is None
