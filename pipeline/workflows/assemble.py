"""Assembly: the one place where settings become readers, stages, taggers, index and executor.

Every import of a part is inside its function, so that a command loads only what it uses.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING

from pipeline.config.settings import FILE_NAME, Settings
from pipeline.config.workspace import Workspace, default_models
from pipeline.core.concepts import Vocabulary
from pipeline.core.document import Document, Source
from pipeline.core.errors import ConfigError
from pipeline.core.failures import Failure
from pipeline.core.ports import Reader, SearchIndex, Stage
from pipeline.core.recipe import Recipe
from pipeline.core.subscribers import Subscriber

if TYPE_CHECKING:
    from pipeline.catalogue.store import Catalogue
    from pipeline.execution.processes import ProcessExecutor
    from pipeline.index.whoosh_build import WhooshBuild
    from pipeline.mail.smtp import MailServer
    from pipeline.report.groups import ExpertGroup
    from pipeline.tagging.combined_tagger import CombinedTagger
    from pipeline.tagging.vocabulary_tagger import VocabularyTagger

logger = logging.getLogger(__name__)

VOCABULARY = "vocabulary.yaml"
GROUPS = "expert-groups.yaml"
TAGGER = "tagger"  # folder of the trained model and its card
# What every worker comes to use and what takes long to import; the command itself as well, which
# multiprocessing imports in each of them.
HEAVY = (
    "spacy", "spacy.matcher", "spacy.lang.xx", "spacy.pipeline.factories", "numpy.ma",
    "pdfplumber.table", "pypdfium2.raw", "langdetect", "snowballstemmer",
    "pipeline.readers.registry", "pipeline.readers.pdf_page", "pipeline.readers.pdf_text",
    "pipeline.description.describe", "pipeline.description.likeness",
    "pipeline.tagging.combined_tagger", "pipeline.language.langdetect_detector",
    "pipeline.language.ngrams", "pipeline.__main__",
)  # fmt: skip
# What readers may start: recognition of text, and converters of old office files.
PROGRAMS = ("tesseract", "soffice", "libreoffice")

Process = Callable[[Source | Document], Document | Failure]


def vocabulary_of(workspace: Workspace) -> Vocabulary:
    """Return the workspace's vocabulary.

    Raises:
        ConfigError: If the file is wrong.
    """
    from pipeline.tagging.vocabulary_file import load_vocabulary

    # A new workspace has the default vocabulary, which `scripts/setup` has compiled.
    return load_vocabulary(workspace.model(VOCABULARY), copies=[default_models()])


def groups_of(workspace: Workspace, vocabulary: Vocabulary) -> tuple[ExpertGroup, ...]:
    """Return the workspace's expert groups.

    Raises:
        ConfigError: If the file is wrong.
    """
    from pipeline.report.groups import load_groups
    from pipeline.report.labels import languages

    return load_groups(workspace.model(GROUPS), vocabulary, languages(workspace.locale))


def subscribers_of(
    workspace: Workspace,
    vocabulary: Vocabulary,
    groups: Sequence[ExpertGroup],
    searches: Collection[str],
) -> tuple[Subscriber, ...]:
    """Return the workspace's subscribers; none where it has no file of them.

    Those of the checkout are for its own sample alone: no other workspace takes them.

    Args:
        searches: Names of the saved searches.

    Raises:
        ConfigError: If the file is wrong.
    """
    from pipeline.report.subscribers import load_subscribers

    path = workspace.subscribers
    return load_subscribers(path, vocabulary, groups, searches) if path.exists() else ()


def mail_server_of(workspace: Workspace) -> MailServer:
    """Return the server that sends messages.

    Raises:
        ConfigError: If the settings do not say which, or the password is missing.
    """
    from pipeline.mail.smtp import MailServer

    settings = workspace.settings
    problems = [
        f"[mail] {name} is empty" for name in ("host", "sender") if not getattr(settings, name)
    ]
    password = os.environ.get(settings.password_variable, "")
    if settings.user and not password:
        problems.append(
            f"[mail] there is a user, and no password in the environment variable "
            f"{settings.password_variable}"
        )
    if problems:
        raise ConfigError(
            problems,
            where=str(workspace.root / FILE_NAME),
            remedy="set what is missing, or write the messages to files: --out FOLDER",
        )
    return MailServer(
        host=settings.host,
        port=settings.port,
        security=settings.security,
        user=settings.user,
        password=password,
        ca_file=workspace.root / settings.ca_file if settings.ca_file else None,
        patience=settings.patience,
    )


def catalogue_of(workspace: Workspace) -> Catalogue:
    """Open the workspace's catalogue.

    Raises:
        CatalogueError: If it cannot be used.
    """
    from pipeline.catalogue.store import Catalogue

    def pillars() -> dict[str, str]:
        return {file.id: file.broader for file in vocabulary_of(workspace).files}

    rules = workspace.settings.audience_rules
    return Catalogue.open(workspace.catalogue, pillars=pillars, rules=rules)


def index_of(workspace: Workspace, *, writable: bool) -> SearchIndex:
    """Open the workspace's search index; a writable one is made where there is none.

    Raises:
        IndexUnusableError: If it is missing, broken, of another version, or being written.
    """
    from pipeline.index.whoosh_index import WhooshIndex

    if not writable:  # the vocabulary would cost more than a search
        return WhooshIndex.open(workspace.index, writable=False)
    vocabulary = vocabulary_of(workspace)
    pillars = [pillar.id for pillar in vocabulary.pillars]
    index = WhooshIndex.open(workspace.index, writable=True, pillars=pillars)
    _keep_names(workspace, vocabulary)
    return index


def build_of(workspace: Workspace) -> WhooshBuild:
    """Begin to make the workspace's search index anew, or go on where that was cut off.

    Raises:
        IndexUnusableError: If another process writes.
        WriteError: If its files cannot be written.
    """
    from pipeline.index.whoosh_build import WhooshBuild

    vocabulary = vocabulary_of(workspace)
    pillars = [pillar.id for pillar in vocabulary.pillars]
    build = WhooshBuild.begin(workspace.index, pillars=pillars)
    _keep_names(workspace, vocabulary)
    return build


def reading_stages() -> tuple[Stage, ...]:
    """Return the stages between a reader and the tagger, in their order."""
    from pipeline.description.describe import DescribeStage
    from pipeline.description.outline import OutlineStage
    from pipeline.description.passages import PassageStage
    from pipeline.language.langdetect_detector import LangdetectDetector
    from pipeline.language.stage import LanguageStage

    return (LanguageStage(LangdetectDetector()), DescribeStage(), OutlineStage(), PassageStage())


def container_types() -> frozenset[str]:
    """Return the media types of files that hold documents of their own."""
    from pipeline.readers.registry import default_containers

    return frozenset(default_containers())


def readers_of(settings: Settings, *, postpone_scans: bool = False) -> dict[str, Reader]:
    """Return the readers by media type.

    Args:
        postpone_scans: Whether files with pages to be recognised are put off.
    """
    from pipeline.language.langdetect_detector import LangdetectDetector
    from pipeline.readers.ocr import Recogniser
    from pipeline.readers.registry import default_readers

    return default_readers(
        Recogniser(
            detector=LangdetectDetector(),
            languages=settings.scan_languages,
            seconds=settings.scan_deadline,
            postpone=postpone_scans,
        )
    )


def recipe_of(workspace: Workspace, *, postpone_scans: bool = False) -> Recipe:
    """Return the default recipe with the workspace's vocabulary and settings.

    Raises:
        ConfigError: If the vocabulary is wrong.
    """
    from pipeline.description.work_stage import WorkStage
    from pipeline.tagging.stage import TagStage

    tagger = tagger_of(workspace, vocabulary_of(workspace))
    return Recipe(
        readers=readers_of(workspace.settings, postpone_scans=postpone_scans),
        reading=(*reading_stages(), WorkStage()),
        tagging=(TagStage(tagger),),
        settings={},
    )


def tagger_of(workspace: Workspace, vocabulary: Vocabulary) -> VocabularyTagger | CombinedTagger:
    """Return the workspace's tagger: with its trained model, or the vocabulary's rules alone.

    A model that was trained for other policy files is of no use and is left aside.

    Raises:
        ConfigError: If the model is damaged.
    """
    from pipeline.tagging.combined_tagger import CombinedTagger
    from pipeline.tagging.tagger_model import load_model

    model = load_model(workspace.model(TAGGER))
    if model is None:
        return rules_of(vocabulary)
    if set(model.files) != {file.id for file in vocabulary.files}:
        logger.info("the trained model knows other policy files; the vocabulary tags alone")
        return rules_of(vocabulary)
    return CombinedTagger(vocabulary, model)


def rules_of(vocabulary: Vocabulary) -> VocabularyTagger:
    """Return the tagger that a vocabulary makes without any training."""
    from pipeline.tagging.vocabulary_tagger import VocabularyTagger

    return VocabularyTagger(vocabulary)


def bars(workspace: Workspace) -> tuple[float, ...]:
    """Return the scores at which a suggestion becomes a tag, and a tag a main subject."""
    from pipeline.tagging.combined_tagger import CombinedTagger

    tagger = tagger_of(workspace, vocabulary_of(workspace))
    if isinstance(tagger, CombinedTagger):
        return tagger.model.bars.also, tagger.model.bars.usual_main
    return tagger.calibration.also, tagger.calibration.main


def process_of(workspace: Workspace, *, postpone_scans: bool = False) -> Callable[[], Process]:
    """Return what a worker calls once to get the function that it applies to each item."""
    return partial(_build, workspace, postpone_scans)


def executor_of(workspace: Workspace, *, jobs: int | None) -> ProcessExecutor:
    """Return worker processes as the settings and ``jobs`` say."""
    from pipeline.execution.processes import ProcessExecutor

    settings = workspace.settings
    return ProcessExecutor(
        jobs=jobs or settings.jobs or os.cpu_count() or 1,
        deadline=settings.deadline,
        memory=settings.memory,
        preload=HEAVY,
        programs=PROGRAMS,
    )


def _keep_names(workspace: Workspace, vocabulary: Vocabulary) -> None:
    """Keep by which names the index is asked for policy files, if they are not those kept."""
    from pipeline.index import names

    version = names.version_of(vocabulary)
    if names.kept_version(workspace.index) == version:
        return
    # Those of the default vocabulary were made by `scripts/setup`.
    if not names.adopted(workspace.index, version=version, models=default_models()):
        names.keep(workspace.index, names.names_of(vocabulary))


def _build(workspace: Workspace, postpone_scans: bool) -> Process:
    return recipe_of(workspace, postpone_scans=postpone_scans).process
