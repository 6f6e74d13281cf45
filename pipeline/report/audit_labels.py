"""Every word that an audit says of its own, in English and in French."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.report.text import NO_BREAK
from pipeline.report.values import Language
from pipeline.report.wording import Plural


@dataclass(frozen=True, slots=True)
class AuditLabels:
    """An audit's words in one language; what a report says too is in `wording.Labels`.

    Attributes:
        nothing: What stands where a list is empty.
        more: Says how many lines of a list are not shown.
    """

    code: Language
    audit: str
    contents: str
    skip: str
    period: str
    nothing: str
    more: Plural
    command: str
    coverage: str
    coverage_intro: str
    by_file: str
    by_file_and_year: str
    by_language: str
    by_year: str
    untagged: Plural
    year: str
    language: str
    works: str
    documents: str
    pages: str
    other_languages: str
    earlier: str
    undated: str
    last: str
    silent: str
    silent_intro: str
    missing: str
    missing_intro: str
    own_without: str
    without: str
    there: str
    twice: str
    twice_intro: str
    duplicates: str
    drafts: str
    duplicate: str
    draft: str
    later: str
    alike: str
    aged: Plural
    aged_intro: str
    review: str
    review_intro: str
    tags: str
    reviewed: str
    share: str
    waiting: str
    reading: str
    reading_intro: str
    folder: str
    failed: str
    partly: str
    recognised: str
    unsure: str
    unknown: str
    terms: str
    terms_intro: str
    concept: str
    unused: str
    examples: str


_ENGLISH = AuditLabels(
    code="en",
    audit="State of the library",
    contents="What there is to do",
    skip="Skip to the findings",
    period="Period looked at",
    nothing="Nothing to do here.",
    more=Plural("{n} more line is not shown: --limit", "{n} more lines are not shown: --limit"),
    command="Command",
    coverage="Coverage",
    coverage_intro=(
        "A document counts under each policy file that it is tagged with, and under the language "
        "of most of its text. Versions of a publication count once as a publication."
    ),
    by_file="Publications and documents by policy file",
    by_file_and_year="Documents by policy file and year",
    by_language="Documents by language",
    by_year="Documents by year",
    untagged=Plural(
        "{n} document has no policy file. To see what it speaks of:",
        "{n} documents have no policy file. To see what they speak of:",
    ),
    year="Year",
    language="Language",
    works="Publications",
    documents="Documents",
    pages="Pages",
    other_languages="Other",
    earlier="Earlier",
    undated="No date",
    last="Latest",
    silent="Policy files with nothing in this period",
    silent_intro=(
        "A document counts by its date, or by the day it came in where it has none. Where "
        "suggestions wait, decide about them; else the vocabulary may miss the words of today."
    ),
    missing="Publications without a French or English version",
    missing_intro=(
        "A version is there if a document of the publication is in the language, even in part. If "
        "the version exists, ingest it; the command shows what treats the same, so also a version "
        "that is in the library and was not recognised as one. Drafts and near-duplicates of "
        "others are left out."
    ),
    own_without="The Secretariat’s own publications without a version in {}",
    without="All publications without a version in {}",
    there="Versions",
    twice="Likely duplicates and superseded drafts",
    twice_intro=(
        "Nothing is ever deleted because it looks like something else. The command shows a "
        "document with its versions; take the file that is not wanted out of its folder."
    ),
    duplicates="Documents that are nearly the same",
    drafts="Drafts of which a later version is there",
    duplicate="Nearly the same as",
    draft="Draft",
    later="Later version",
    alike="Alike",
    aged=Plural(
        "Studies, reports and guides that are more than a year old",
        "Studies, reports and guides that are more than {n} years old",
    ),
    aged_intro=(
        "Publications of which every dated version is older. The command shows what treats the "
        "same and may be newer."
    ),
    review="Tags that nobody reviewed",
    review_intro=(
        "Reviewed is what a person gave or confirmed. Waiting are suggestions that are no tags."
    ),
    tags="Tags",
    reviewed="Reviewed",
    share="Share",
    waiting="Waiting",
    reading="Reading quality by source folder",
    reading_intro=(
        "Failed files are missing from the library, of partly read ones some pages are. Unsure are "
        "pages recognised from an image whose words are less than 75% certain: a better scan "
        "helps. The command fourp failures says why each file failed and what to do first."
    ),
    folder="Folder",
    failed="Failed",
    partly="Partly read",
    recognised="From images",
    unsure="Unsure",
    unknown="Language unknown",
    terms="Vocabulary terms that never match",
    terms_intro=(
        "Terms that stand in no stored document of their language. A spelling that nobody uses "
        "can go; a right one may only wait for its document. Edit models/vocabulary.yaml."
    ),
    concept="Concept",
    unused="Terms",
    examples="Such as",
)

_FRENCH = AuditLabels(
    code="fr",
    audit="État de la bibliothèque",
    contents="Ce qu’il y a à faire",
    skip="Aller aux constats",
    period="Période examinée",
    nothing="Rien à faire ici.",
    more=Plural(
        f"{{n}} autre ligne n’est pas montrée{NO_BREAK}: --limit",
        f"{{n}} autres lignes ne sont pas montrées{NO_BREAK}: --limit",
    ),
    command="Commande",
    coverage="Couverture",
    coverage_intro=(
        "Un document compte dans chaque dossier qui lui est attribué, et dans la langue de la plus "
        "grande partie de son texte. Les versions d’une publication ne comptent qu’une fois comme "
        "publication."
    ),
    by_file="Publications et documents par dossier",
    by_file_and_year="Documents par dossier et par année",
    by_language="Documents par langue",
    by_year="Documents par année",
    untagged=Plural(
        f"{{n}} document n’a aucun dossier. Pour voir de quoi il parle{NO_BREAK}:",
        f"{{n}} documents n’ont aucun dossier. Pour voir de quoi ils parlent{NO_BREAK}:",
    ),
    year="Année",
    language="Langue",
    works="Publications",
    documents="Documents",
    pages="Pages",
    other_languages="Autres",
    earlier="Avant",
    undated="Sans date",
    last="Dernier",
    silent="Dossiers sans rien pendant cette période",
    silent_intro=(
        "Un document compte à sa date ou, à défaut, au jour de sa réception. Là où des suggestions "
        "attendent, décidez\u202f; sinon, les mots d’aujourd’hui manquent peut-être au vocabulaire."
    ),
    missing="Publications sans version française ou anglaise",
    missing_intro=(
        "Une version est là si un document de la publication est dans la langue, même en partie. "
        "Si la version existe, ajoutez-la avec fourp ingest\u202f; la commande montre ce qui "
        "traite du même sujet, donc aussi une version déjà présente qui n’a pas été reconnue. "
        "Les projets et les doublons ne sont pas cités."
    ),
    own_without="Publications du Secrétariat sans version en {}",
    without="Toutes les publications sans version en {}",
    there="Versions",
    twice="Doublons probables et projets dépassés",
    twice_intro=(
        "Rien n’est jamais supprimé parce qu’il ressemble à autre chose. La commande montre un "
        "document et ses versions\u202f; retirez de son répertoire le fichier qui est de trop."
    ),
    duplicates="Documents presque identiques",
    drafts="Projets dont une version ultérieure est là",
    duplicate="Presque identique à",
    draft="Projet",
    later="Version ultérieure",
    alike="Similitude",
    aged=Plural(
        "Études, rapports et guides de plus d’un an",
        "Études, rapports et guides de plus de {n} ans",
    ),
    aged_intro=(
        "Publications dont toutes les versions datées sont plus anciennes. La commande montre ce "
        "qui traite du même sujet et peut être plus récent."
    ),
    review="Attributions que personne n’a vérifiées",
    review_intro=(
        "Est vérifié ce qu’une personne a attribué ou confirmé. Les suggestions en attente ne sont "
        "pas des attributions."
    ),
    tags="Attributions",
    reviewed="Vérifiées",
    share="Part",
    waiting="En attente",
    reading="Qualité de lecture par répertoire",
    reading_intro=(
        "Les fichiers en échec manquent dans la bibliothèque\u202f; de ceux qui sont lus en "
        "partie, des pages manquent. Sont incertaines les pages reconnues d’une image dont les "
        "mots sont "
        f"sûrs à moins de 75{NO_BREAK}%{NO_BREAK}: une meilleure numérisation y remédie. La "
        "commande fourp failures dit pourquoi chaque fichier a échoué et que faire d’abord."
    ),
    folder="Répertoire",
    failed="Échecs",
    partly="Lus en partie",
    recognised="D’images",
    unsure="Incertaines",
    unknown="Langue inconnue",
    terms="Termes du vocabulaire jamais rencontrés",
    terms_intro=(
        "Termes qui ne figurent dans aucun document de leur langue. Une graphie que personne "
        "n’emploie peut disparaître\u202f; une graphie juste attend peut-être son document. "
        "Modifiez models/vocabulary.yaml."
    ),
    concept="Notion",
    unused="Termes",
    examples="Par exemple",
)


def audit_labels(language: Language) -> AuditLabels:
    """Return the words of an audit in ``language``."""
    return _FRENCH if language == "fr" else _ENGLISH
