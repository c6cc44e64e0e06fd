"""A fitted model as a folder of plain files, named by the hash of what they hold; nothing in it is code."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from desk.rules.classifier import Case
from desk.rules.classifier.cases import Targets
from desk.rules.classifier.features import Vocabulary
from desk.rules.classifier.fusion import Fusion, Weights
from desk.rules.classifier.linear import Linear
from desk.rules.classifier.meaning import REMEDY, is_installed
from desk.rules.classifier.model import Model
from desk.rules.wording import Wording

_SETTINGS, _GRAMS, _CASES = "settings.json", "grams.json", "cases.json"
_WORTH, _WEIGHTS, _BIAS, _VECTORS = "worth.npy", "weights.npy", "bias.npy", "vectors.npy"
_CASE_ROWS = TypeAdapter(tuple[Case, ...])
_FUSION = TypeAdapter(Fusion)


class ArtifactError(LookupError):
    """A model's folder is missing, holds something else than its name says, or needs what is not installed."""


def save(model: Model, folder: Path) -> str:
    """Write a model into its own folder below *folder* and return its name, the SHA-256 of the files. Safe to repeat.

    The same model is the same to the byte. Of messages only masked texts are in it.
    """
    files = _files(model)
    name = _sha256(files)
    if not (folder / name).exists():
        folder.mkdir(parents=True, exist_ok=True)
        begun = Path(mkdtemp(prefix=".begun-", dir=folder))
        for file, content in files.items():
            (begun / file).write_bytes(content)
        try:
            begun.rename(folder / name)
        except OSError:  # another process wrote the same a moment earlier
            shutil.rmtree(begun)
    return name


def load(folder: Path, name: str, wording: Wording) -> Model:
    """Return the model of that name.

    Raises:
        ArtifactError: the folder is missing, its files are not those it is named by, or it needs an extra.
    """
    try:
        files = {file.name: file.read_bytes() for file in (folder / name).iterdir()}
    except FileNotFoundError:
        message = f"no model {name[:12]} in {folder}: fit it again, or copy the folder from where it was fitted"
        raise ArtifactError(message) from None
    if _sha256(files) != name:
        message = f"{folder / name} was changed after it was fitted: remove it and fit again"
        raise ArtifactError(message)
    kept = json.loads(files[_SETTINGS])
    by_meaning = "embeddings" in kept
    if by_meaning and not is_installed():
        message = f"model {name[:12]} was fitted with embeddings: {REMEDY}, or fit without"
        raise ArtifactError(message)
    return Model(
        targets=Targets(tuple(kept["topics"]), tuple(kept["authorities"])),
        vocabulary=Vocabulary(tuple(json.loads(files[_GRAMS])), _array(files[_WORTH])),
        linear=Linear(_array(files[_WEIGHTS]), _array(files[_BIAS])),
        fusion=_FUSION.validate_python(kept["fusion"]),
        cases=_CASE_ROWS.validate_json(files[_CASES]),
        wording=wording,
        vectors=_array(files[_VECTORS]) if by_meaning else None,
    )


def _files(model: Model) -> dict[str, bytes]:
    targets = model.targets
    fusion, vectors = asdict(model.fusion), model.vectors
    if vectors is None:  # the fourth weight is of an opinion that is not there
        fusion = {name: kept[:-1] if isinstance(kept, Weights) else kept for name, kept in fusion.items()}
    kept = {"topics": targets.topics, "authorities": targets.authorities, "fusion": fusion}
    return {
        _SETTINGS: _json(kept if vectors is None else {**kept, "embeddings": "e5"}),
        _GRAMS: _json(model.vocabulary.grams),
        _CASES: _json(_CASE_ROWS.dump_python(model.cases, mode="json")),
        _WORTH: _bytes(model.vocabulary.worth),
        _WEIGHTS: _bytes(model.linear.weights),
        _BIAS: _bytes(model.linear.bias),
        **({} if vectors is None else {_VECTORS: _bytes(vectors)}),
    }


def _sha256(files: Mapping[str, bytes]) -> str:
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(f"{file} {hashlib.sha256(files[file]).hexdigest()}\n".encode())
    return whole.hexdigest()


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True).encode()


def _bytes(array: NDArray[np.float32]) -> bytes:
    content = io.BytesIO()
    np.save(content, array, allow_pickle=False)
    return content.getvalue()


def _array(content: bytes) -> NDArray[np.float32]:
    array: NDArray[np.float32] = np.load(io.BytesIO(content), allow_pickle=False)
    return array
