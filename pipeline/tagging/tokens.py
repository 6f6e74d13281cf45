"""Words of a text in the form in which terms are matched, with their places."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.tagging.word_forms import forms_of

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Hyphens and apostrophes split, so "waste-water" and "l'eau" are the words of "waste water" and
# "eau". A mark that ends a sentence is a word of its own: no term reaches across it.
_TOKEN = re.compile(r"[^\W_]+|[.!?;:](?=\s)")


def count_words(text: str) -> int:
    """Return about how many words ``text`` has: runs of anything but white space."""
    return len(text.split())


class PolicyTokenizer:
    """A tokenizer for a blank spaCy pipeline: one pass of one pattern, about 0.4 M words a second.

    The `Doc` it makes holds matching forms, not the text's own words; ``doc.user_data["found"]``
    has each token as a match in the text.
    """

    def __init__(self, vocab: Vocab) -> None:
        self._vocab = vocab
        self.language = ""

    def __call__(self, text: str) -> Doc:
        """Return the tokens of ``text``, in the forms of ``self.language``."""
        return self.between(text, 0, len(text))

    def between(self, text: str, start: int, end: int) -> Doc:
        """Return the tokens of ``text[start:end]``, with their places in the whole text."""
        from spacy.tokens import Doc

        forms = forms_of(self.language)
        found = list(_TOKEN.finditer(text, start, end))
        words = [forms[match[0]] for match in found]
        return Doc(self._vocab, words=words, user_data={"found": found})
