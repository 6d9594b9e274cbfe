"""Personal data: declared, sealed at rest, masked on sight.

Every field of every model is declared ``open``, ``personal`` or ``sensitive`` in an inner ``class Privacy``.
Identity numbers and telephones are sealed with AES-256-GCM (NIST SP 800-38D) under a key derived by
HKDF-SHA256 (RFC 5869) from the installation's master key, and found again through a keyed blind index
(keyed BLAKE2b, RFC 7693, of 64 bits). A value read from the database shows itself masked; ``Sealed.open()`` is the
only way to its clear text.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    Bytes = models.BinaryField[Any, Any]
    Integer = models.BigIntegerField[Any, Any]
else:
    Bytes, Integer = models.BinaryField, models.BigIntegerField

Level = Literal["open", "personal", "sensitive"]
LEVELS: tuple[Level, ...] = ("open", "personal", "sensitive")

_VERSION = b"\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16


@lru_cache(maxsize=16)
def _derived(master: str, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=f"zhitong/{purpose}".encode()).derive(
        master.encode()
    )


def key_for(purpose: str) -> bytes:
    """Return the installation's 32-byte key for one purpose."""
    return _derived(settings.ZHITONG_MASTER_KEY, purpose)


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def seal(text: str, kind: str) -> bytes:
    """Return version byte, nonce, cipher text and tag; ``kind`` is bound in, so values cannot change places."""
    nonce = os.urandom(_NONCE_BYTES)
    return _VERSION + nonce + _cipher(key_for("seal")).encrypt(nonce, text.encode(), kind.encode())


def unseal(data: bytes, kind: str) -> str:
    """Return the clear text; raises ``cryptography.exceptions.InvalidTag`` when the bytes were changed."""
    data = bytes(data)
    nonce, body = data[1 : 1 + _NONCE_BYTES], data[1 + _NONCE_BYTES :]
    if data[:1] != _VERSION or len(body) < _TAG_BYTES:
        raise InvalidTag
    return _cipher(key_for("seal")).decrypt(nonce, body, kind.encode()).decode()


def normal_form(text: str, kind: str) -> str:
    """Return the form under which two spellings of one value are equal (half width, no blanks or dashes)."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("-", "")
    text = text.upper() if kind == "id_number" else text
    return unicodedata.normalize("NFKC", text)


def blind_index(text: str, kind: str) -> int:
    """Return the signed 64-bit keyed hash by which a sealed value is found.

    Among 2 million values two share an index with probability 1e-7. Where that would join two people, or hand one to
    the other, the clear text is compared as well; a search shows what it finds to somebody who looks at it.
    """
    mixed = _index_state(key_for("index"), kind).copy()
    mixed.update(normal_form(text, kind).encode())
    return int.from_bytes(mixed.digest(), "big", signed=True)


@lru_cache(maxsize=32)
def _index_state(key: bytes, kind: str) -> hashlib.blake2b:
    """Return the keyed hash with the kind mixed in, from which that of each value goes on."""
    return hashlib.blake2b(f"{kind}:".encode(), key=key, digest_size=8)


def seal_many(texts: Iterable[str], kind: str) -> list[bytes | None]:
    """Seal many values that are in normal form; the empty text becomes ``None``."""
    cipher, bound = _cipher(key_for("seal")), kind.encode()
    texts = list(texts)
    chance = os.urandom(_NONCE_BYTES * len(texts))
    nonces = (chance[at : at + _NONCE_BYTES] for at in range(0, len(chance), _NONCE_BYTES))
    return [
        _VERSION + nonce + cipher.encrypt(nonce, text.encode(), bound) if text else None
        for nonce, text in zip(nonces, texts, strict=True)
    ]


def blind_indexes(texts: Iterable[str], kind: str) -> list[int | None]:
    """Return the blind indexes of many values that are in normal form; ``None`` for the empty text."""
    fresh, read = _index_state(key_for("index"), kind).copy, int.from_bytes
    found: list[int | None] = []
    for text in texts:
        mixed = fresh()
        mixed.update(text.encode())
        found.append(read(mixed.digest(), "big", signed=True) if text else None)
    return found


def mask_tail(text: str) -> str:
    """Return only the last four characters."""
    return "•" * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else "••••"


def mask_telephone(text: str) -> str:
    """Return the first three and last four digits."""
    return f"{text[:3]}••••{text[-4:]}" if len(text) >= 11 else mask_tail(text)


_MASKS = {"telephone": mask_telephone}


class Sealed:
    """A sealed value: prints masked, compares by clear text, opens on demand."""

    __slots__ = ("_clear", "_data", "kind")

    def __init__(self, kind: str, *, data: bytes | None = None, clear: str | None = None) -> None:
        self.kind = kind
        self._data = data
        self._clear = clear

    def open(self) -> str:
        """Return the clear text. Whoever shows it does so in a verb that leaves a record."""
        if self._clear is None:
            assert self._data is not None
            self._clear = unseal(self._data, self.kind)
        return self._clear

    def data(self) -> bytes:
        """Return the bytes to be stored, sealing anew only what came as clear text."""
        if self._data is None:
            assert self._clear is not None
            self._data = seal(self._clear, self.kind)
        return self._data

    @property
    def masked(self) -> str:
        """The form for screens."""
        return _MASKS.get(self.kind, mask_tail)(self.open())

    def __str__(self) -> str:
        return self.masked

    def __format__(self, shape: str) -> str:
        return format(self.masked, shape)

    def __repr__(self) -> str:
        return f"<Sealed {self.kind}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Copies and pickles carry the sealed bytes only."""
        return _resealed, (self.kind, self.data())

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Sealed):
            return self.kind == other.kind and self.open() == other.open()
        return NotImplemented

    def __hash__(self) -> int:
        return hash((self.kind, self.open()))


def _resealed(kind: str, data: bytes) -> Sealed:
    return Sealed(kind, data=data)


class SealedField(Bytes):
    """Text kept under AES-GCM. Assign clear text or a ``Sealed``; read a ``Sealed``; blank is ``None``.

    Numbers are kept in normal form; ``exact`` keeps every character, for text that is read again as it was.
    """

    def __init__(self, kind: str, *, exact: bool = False, **options: Any) -> None:
        self.kind = kind
        self.exact = exact
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, [self.kind, *args], options | ({"exact": True} if self.exact else {})

    def to_sealed(self, value: Any) -> Sealed | None:
        """Return the value as ``Sealed``, or ``None`` for blank."""
        if value is None or value == "" or isinstance(value, Sealed):
            return value or None
        return Sealed(self.kind, clear=str(value) if self.exact else normal_form(str(value), self.kind))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(self.kind, data=bytes(value))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        sealed = value if isinstance(value, bytes) else self.to_sealed(value)
        data = sealed.data() if isinstance(sealed, Sealed) else sealed
        return super().get_db_prep_value(data, connection, prepared)

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        sealed = self.to_sealed(getattr(model_instance, self.attname))
        setattr(model_instance, self.attname, sealed)
        return sealed

    def value_to_string(self, obj: models.Model) -> str:
        sealed = self.to_sealed(self.value_from_object(obj))
        return "" if sealed is None else sealed.masked


class BlindIndexField(Integer):
    """The blind index of a sealed field of the same model, kept in step on every save."""

    def __init__(self, of: str, **options: Any) -> None:
        self.of = of
        options.setdefault("null", True)
        options.setdefault("editable", False)
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, [self.of, *args], options

    def pre_save(self, model_instance: models.Model, add: bool) -> int | None:
        field = model_instance._meta.get_field(self.of)
        assert isinstance(field, SealedField)
        sealed = field.to_sealed(getattr(model_instance, self.of))
        value = None if sealed is None else blind_index(sealed.open(), sealed.kind)
        setattr(model_instance, self.attname, value)
        return value


def privacy_of(model: type[models.Model]) -> dict[str, Level]:
    """Return the declared level of each field by name; an undeclared field is absent."""
    declared = getattr(model, "Privacy", None)
    return {name: level for level in LEVELS for name in getattr(declared, level, ())}
