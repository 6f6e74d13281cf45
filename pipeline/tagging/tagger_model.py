"""TaggerModel: what training learned, its file and its card, and what it says of a document."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.core.document import Document
from pipeline.core.errors import ConfigError
from pipeline.tagging.features import FEATURES, pair_features
from pipeline.tagging.scoring import Scored
from pipeline.tagging.word_model import WordModel, unknown_logit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "model.npz"
CARD = "card.json"
FORMAT = 1
SEEN = (*FEATURES, "words like its documents'")  # the last is the word model's logit


@dataclass(frozen=True, slots=True)
class Blend:
    """One logistic regression for all policy files, over `SEEN`.

    Attributes:
        mean, scale: By which a value is standardised, shape (features,).
        weights: Shape (features,).
    """

    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]
    intercept: float

    def parts(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what each feature adds to the logit, shape of ``rows``: (files, features)."""
        parts: NDArray[np.float64] = (rows - self.mean) / self.scale * self.weights
        return parts

    def chances(self, rows: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return probabilities, shape (files,)."""
        import numpy as np

        logits = self.parts(rows).sum(axis=1) + self.intercept
        chances: NDArray[np.float64] = 1 / (1 + np.exp(-logits))
        return chances


@dataclass(frozen=True, slots=True)
class Bars:
    """Probabilities from which a grade is given.

    Attributes:
        main: Of a main subject, by policy file.
        usual_main: Of a main subject, for a file without a bar of its own.
        also: That it is treated at all.
        review: That it is treated at all, for a person to decide.
    """

    main: Mapping[str, float]
    usual_main: float
    also: float
    review: float

    def main_of(self, concept: str) -> float:
        """Return the bar of a main subject for a policy file."""
        return self.main.get(concept, self.usual_main)


@dataclass(frozen=True, slots=True)
class TaggerModel:
    """A trained model.

    Attributes:
        files: Ids of the policy files it was trained for.
        main: Gives the probability that a file is a main subject.
        treated: Gives the probability that a file is treated at all.
        digest: Of the model's file; "" until it is saved.
    """

    files: tuple[str, ...]
    words: WordModel
    main: Blend
    treated: Blend
    bars: Bars
    digest: str = ""

    def rows(
        self, document: Document, scored: Sequence[Scored], *, words: int
    ) -> NDArray[np.float64]:
        """Return what the model sees of each scored file, shape (files, features of `SEEN`)."""
        return with_logits(
            pair_features(document, scored, words=words), scored, self.words.logits(document)
        )


def with_logits(
    rows: NDArray[np.float64], scored: Sequence[Scored], logits: Mapping[str, float]
) -> NDArray[np.float64]:
    """Return rows of `FEATURES` with the word model's logit of each file as a last column."""
    import numpy as np

    unknown = unknown_logit()
    column = np.array([logits.get(one.concept, unknown) for one in scored]).reshape(-1, 1)
    return np.hstack([rows, column])


def save_model(model: TaggerModel, card: Mapping[str, object], folder: Path) -> None:
    """Write a model and its card; an older model stays whole until both are written.

    The card is written last and names the digest of the model, so a kill between the two leaves a
    model that is not loaded, never a wrong one.

    Raises:
        ConfigError: If the folder cannot be written.
    """
    content = _packed(model)
    whole = {"format": FORMAT, "model_sha256": hashlib.sha256(content).hexdigest(), **card}
    text = json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    _write({MODEL: content, CARD: text.encode()}, folder)


def install_model(folder: Path, target: Path) -> None:
    """Copy the model of a folder, with its card, over the one of another folder.

    Raises:
        ConfigError: As `load_model`, or if the target cannot be written.
    """
    load_model(folder)
    _write({name: (folder / name).read_bytes() for name in (MODEL, CARD)}, target)


def _write(files: Mapping[str, bytes], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / f"{name}.new").write_bytes(content)
        for name in files:
            os.replace(folder / f"{name}.new", folder / name)
    except OSError as error:
        raise ConfigError(
            [f"the trained model cannot be written: {error.strerror}"],
            where=str(folder),
            remedy="check free space and the permissions of that folder, then try again",
        ) from error


def load_model(folder: Path) -> TaggerModel | None:
    """Return the model of a folder, or nothing where there is none.

    Raises:
        ConfigError: If the model is not the one that its card names, or cannot be read.
    """
    if not (folder / MODEL).exists() and not (folder / CARD).exists():
        return None
    try:
        card: dict[str, Any] = json.loads((folder / CARD).read_bytes())
        content = (folder / MODEL).read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if card["model_sha256"] != digest or card["format"] != FORMAT:
            raise ValueError("the model is not the one that the card names")
        return _unpacked(content, digest)
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(
            [f"the trained model cannot be used: {error}"],
            where=str(folder),
            remedy="train again with `fourp train`, or delete that folder to tag without it",
        ) from error


def trained_on(folder: Path) -> frozenset[str]:
    """Return the ids of the documents that taught a folder's model; none where there is none.

    Raises:
        ConfigError: As `load_model`.
    """
    if load_model(folder) is None:
        return frozenset()
    return frozenset(json.loads((folder / CARD).read_bytes()).get("documents", ()))


def _packed(model: TaggerModel) -> bytes:
    import numpy as np

    def text(items: Sequence[str]) -> NDArray[np.uint8]:
        return np.frombuffer("\n".join(items).encode(), dtype=np.uint8)

    bars = [model.bars.main_of(name) for name in model.files]
    arrays: dict[str, NDArray[Any]] = dict(
        files=text(model.files),
        seen=text(SEEN),
        words=text(sorted(model.words.places, key=model.words.places.__getitem__)),
        labels=text(model.words.labels),
        idf=model.words.idf.astype(np.float32),
        coefficients=model.words.coefficients.astype(np.float16),
        intercepts=model.words.intercepts,
        bars=np.array([model.bars.usual_main, model.bars.also, model.bars.review, *bars]),
        **{
            f"{name}_{part}": np.asarray(getattr(blend, part))
            for name, blend in (("main", model.main), ("treated", model.treated))
            for part in ("mean", "scale", "weights", "intercept")
        },
    )
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _unpacked(content: bytes, digest: str) -> TaggerModel:
    import numpy as np

    with np.load(io.BytesIO(content), allow_pickle=False) as held:
        arrays = {name: held[name] for name in held.files}

    def text(name: str) -> tuple[str, ...]:
        return tuple(arrays[name].tobytes().decode().split("\n"))

    def blend(name: str) -> Blend:
        mean, scale, weights = (arrays[f"{name}_{part}"] for part in ("mean", "scale", "weights"))
        return Blend(mean, scale, weights, float(arrays[f"{name}_intercept"]))

    if text("seen") != SEEN:
        raise ValueError("it was trained for other features")
    usual, also, review, *bars = arrays["bars"].tolist()
    files = text("files")
    return TaggerModel(
        files=files,
        words=WordModel(
            places={word: place for place, word in enumerate(text("words"))},
            idf=arrays["idf"].astype(np.float64),
            labels=text("labels"),
            coefficients=arrays["coefficients"].astype(np.float32),
            intercepts=arrays["intercepts"],
        ),
        main=blend("main"),
        treated=blend("treated"),
        bars=Bars(dict(zip(files, bars, strict=True)), usual, also, review),
        digest=digest,
    )
