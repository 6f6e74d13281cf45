"""Words of a text in the form in which terms are matched: folded, stemmed, with their places."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pipeline.core.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

# Hyphens and apostrophes split, so "waste-water" and "l'eau" are the words of "waste water" and
# "eau". A mark that ends a sentence is a word of its own: no term reaches across it.
_TOKEN = re.compile(r"[^\W_]+|[.!?;:](?=\s)")

NOTHING = "-"  # the form of a lone combining mark, which folds to nothing; it is part of no term
KEPT_FORMS = 200_000  # of one language: about 25 MB

# Snowball (Porter 2001) algorithms by language code; folded words are only compared with words
# folded and stemmed alike. The other languages of the Union are matched folded but unstemmed.
_STEMMERS = {
    "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "fi": "finnish", "fr": "french", "ga": "irish", "hu": "hungarian", "it": "italian",
    "lt": "lithuanian", "nl": "dutch", "pt": "portuguese", "ro": "romanian", "sv": "swedish",
}  # fmt: skip


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
        """Return the tokens of ``text``, stemmed for ``self.language``."""
        return self.between(text, 0, len(text))

    def between(self, text: str, start: int, end: int) -> Doc:
        """Return the tokens of ``text[start:end]``, with their places in the whole text."""
        from spacy.tokens import Doc

        forms = _forms(self.language if self.language in _STEMMERS else "")
        found = list(_TOKEN.finditer(text, start, end))
        words = [forms[match[0]] for match in found]
        return Doc(self._vocab, words=words, user_data={"found": found})


class _Forms(dict[str, str]):
    """The matching forms of the words of one language, filled as they are asked for."""

    def __init__(self, language: str) -> None:
        self._stemmer = _stemmer(language) if language else None

    def __missing__(self, word: str) -> str:
        if len(self) >= KEPT_FORMS:
            self.clear()
        form = fold(word) or NOTHING
        if self._stemmer is not None and len(form) > 2:
            form = self._stemmer.stemWord(form) or form  # of some Greek words it leaves nothing
        self[word] = form
        return form


@lru_cache(maxsize=64)
def _forms(language: str) -> _Forms:
    return _Forms(language)


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(_STEMMERS[language])
