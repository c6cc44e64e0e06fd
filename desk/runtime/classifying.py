"""Classifiers made of an office's files: the phrases alone, or with the model that its labelled messages teach."""

from __future__ import annotations

import hashlib
from importlib import resources
from importlib.metadata import version
from pathlib import Path

from desk.rules.classifier import Classifier
from desk.rules.classifier.fused import FusedClassifier
from desk.rules.classifier.fusion import FIRST_FUSION, FIRST_FUSION_BY_MEANING
from desk.rules.classifier.model import Model, fit
from desk.rules.office import Office
from desk.rules.wording import wording_of
from desk.runtime.artifacts import ArtifactError, load, save
from desk.runtime.labelled import FOLDER, read_labelled


def models_folder(data_dir: Path) -> Path:
    """Return where fitted models are kept."""
    return data_dir / "models"


def phrases_of(office: Office) -> Classifier:
    """Return the classifier of an office's phrases, sure from the newest policy's threshold on."""
    newest = max(office.policies, key=lambda policy: policy.valid_from)
    authorities = {authority.code for authority in office.authorities}
    return Classifier(office.topics, office.lexicon, authorities, newest.auto_route_confidence, office.facets)


def fitted_classifier(office: Office, folder: Path, data_dir: Path, *, by_meaning: bool = False) -> FusedClassifier:
    """Return the classifier that the files of an office teach; no database is asked.

    Raises:
        OfficeError: there are mistakes in the labelled messages.
    """
    model, name = fitted_model(office, folder, data_dir, by_meaning=by_meaning)
    return FusedClassifier(phrases_of(office), model, name)


def fitted_model(office: Office, folder: Path, data_dir: Path, *, by_meaning: bool = False) -> tuple[Model, str]:
    """Return the model that the labelled messages of *folder* teach, and its name; fitted where it is not kept yet.

    Raises:
        OfficeError: there are mistakes in the labelled messages.
    """
    models = models_folder(data_dir)
    wording = wording_of(office.lexicon)
    note = models / f"of-files-{_taught_by(folder)}{'-e5' if by_meaning else ''}"
    try:
        name = note.read_text(encoding="ascii")
        return load(models, name, wording), name
    except (FileNotFoundError, ArtifactError):
        fusion = FIRST_FUSION_BY_MEANING if by_meaning else FIRST_FUSION
        model = fit(read_labelled(folder, office).train, wording, fusion, by_meaning=by_meaning)
        name = save(model, models)
        note.write_text(name, encoding="ascii")
        return model, name


def _taught_by(folder: Path) -> str:
    """Return a hash of all that a fit depends on: messages, abbreviations, topics, the code and its libraries."""
    whole = hashlib.sha256(f"{version('scikit-learn')} {version('scipy')} {version('numpy')}".encode())
    rules = Path(str(resources.files("desk.rules")))
    code = [*sorted((rules / "classifier").glob("*.py")), rules / "wording.py", rules / "masking.py"]
    lists = [folder / name for name in ("abbreviations.yaml", "topics.yaml", "authorities.yaml")]
    for file in [*code, *lists, *sorted((folder / FOLDER).iterdir())]:
        whole.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:16]
