"""Without this file a download would leave its manifest and its codebook behind."""

from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from replay.export_file import Exported

_PACKED: Final = frozenset({".xlsx", ".parquet", ".pdf"})
_NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def bundle_export(done: Exported) -> Path:
    """Return an archive of a file, its manifest and its codebook, beside them.

    Blocking, in bounded memory. The same files give the same bytes.
    """
    codebook = done.file.with_name(f"{done.file.name}.datapackage.json")
    target = done.file.with_suffix(".zip")
    with ZipFile(target, "x") as archive:
        for file in (done.file, done.manifest, codebook):
            entry = ZipInfo(file.name, _NO_TIME)
            entry.compress_type = ZIP_STORED if file.suffix in _PACKED else ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            # Files past 4 GiB need the larger form, which is not known before they are read.
            is_large = file.stat().st_size >> 31 > 0
            with file.open("rb") as source, archive.open(entry, "w", force_zip64=is_large) as part:
                while chunk := source.read(1 << 20):
                    part.write(chunk)
    return target
