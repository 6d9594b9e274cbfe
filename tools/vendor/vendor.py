"""Copy the front-end files that the product ships out of the packages that package-lock.json pins.

    python3 tools/vendor/vendor.py            fetch exactly what the lock says (needs Node's npm) and copy it
    python3 tools/vendor/vendor.py --update   first choose anew within the versions of package.json

The copies and their licences are committed, so that whoever uses or tests the product needs no Node. Edit
icons.txt for another icon: the sprite holds only those.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PACKAGES = HERE / "node_modules"
LOCK = HERE / "package-lock.json"
SHIPPED = ROOT / "zhitong" / "site" / "static" / "vendor"
TESTS = ROOT / "tests" / "browser" / "vendor"

# Folder of the copies: the package, its files with the names they get, its licences with theirs. A licence
# that a package forgot to bring stands beside this script.
SHIPMENTS = {
    SHIPPED / "tabler": (
        "@tabler/core",
        {
            "dist/css/tabler.min.css": "tabler.min.css",
            "dist/css/tabler-vendors.min.css": "tabler-vendors.min.css",
            "dist/js/tabler.min.js": "tabler.min.js",
        },
        {
            "licences/tabler.txt": "LICENSE",
            "licences/bootstrap.txt": "LICENSE-bootstrap",
            "node_modules/@popperjs/core/LICENSE.md": "LICENSE-popper",
        },
    ),
    SHIPPED / "tabler-icons": ("@tabler/icons", {}, {"node_modules/@tabler/icons/LICENSE": "LICENSE"}),
    SHIPPED / "htmx": (
        "htmx.org",
        {"dist/htmx.min.js": "htmx.min.js"},
        {"node_modules/htmx.org/LICENSE": "LICENSE"},
    ),
    SHIPPED / "alpine": (
        "@alpinejs/csp",
        {"dist/cdn.min.js": "alpine-csp.min.js"},
        {"licences/alpine.txt": "LICENSE", "node_modules/@vue/reactivity/LICENSE": "LICENSE-vue-reactivity"},
    ),
    SHIPPED / "echarts": (
        "echarts",
        {"dist/echarts.min.js": "echarts.min.js"},
        {
            "node_modules/echarts/LICENSE": "LICENSE",
            "node_modules/echarts/NOTICE": "NOTICE",
            "node_modules/echarts/licenses/LICENSE-d3": "LICENSE-d3",
            "node_modules/zrender/LICENSE": "LICENSE-zrender",
        },
    ),
    SHIPPED / "tom-select": (
        "tom-select",
        {
            "dist/css/tom-select.bootstrap5.min.css": "tom-select.bootstrap5.min.css",
            "dist/js/tom-select.complete.min.js": "tom-select.complete.min.js",
        },
        {"node_modules/tom-select/LICENSE": "LICENSE"},
    ),
    TESTS / "axe-core": (
        "axe-core",
        {"axe.min.js": "axe.min.js"},
        {
            "node_modules/axe-core/LICENSE": "LICENSE",
            "node_modules/axe-core/LICENSE-3RD-PARTY.txt": "LICENSE-3RD-PARTY.txt",
        },
    ),
}


def without_addresses(lock: str) -> str:
    """The lock without the addresses it was fetched from; its hashes still hold each package to its text."""
    content = json.loads(lock)
    for package in content["packages"].values():
        package.pop("resolved", None)
    return json.dumps(content, indent=2) + "\n"


def fetch(*, update: bool) -> None:
    """Fill node_modules with what the lock says, or with what package.json allows and a new lock."""
    if update:
        LOCK.unlink(missing_ok=True)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    subprocess.run(["npm", "install" if update else "ci", *quiet], cwd=HERE, check=True)
    LOCK.write_text(without_addresses(LOCK.read_text()))


def without_source_map(text: str) -> str:
    """The file without the line that points to a source map, which is not shipped."""
    return re.sub(r"\s*(/\*|//)[#@] sourceMappingURL=[^\s*]+(\s*\*/)?\s*$", "\n", text)


def symbol(name: str) -> str:
    """One icon as a symbol; its stroke's width is left to the style sheet."""
    drawing = (PACKAGES / "@tabler" / "icons" / "icons" / "outline" / f"{name}.svg").read_text()
    paths = re.findall(r"<(?:path|circle|rect|line|polyline|polygon|ellipse)\b[^>]*/>", drawing)
    seen = [path for path in paths if 'd="M0 0h24v24H0z"' not in path]
    look = (
        'viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    )
    return f'<symbol id="{name}" {look}>{"".join(seen)}</symbol>'


def sprite(names: list[str]) -> str:
    """One drawing that holds every named icon, each used as `icons.svg#name`."""
    body = "\n".join(symbol(name) for name in names)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def ship(folder: Path, package: str, files: dict[str, str], licences: dict[str, str]) -> None:
    """Write one folder of copies anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for source, name in files.items():
        text = (PACKAGES / package / source).read_text(encoding="utf-8")
        (folder / name).write_text(without_source_map(text), encoding="utf-8")
    for source, name in licences.items():
        shutil.copyfile(HERE / source, folder / name)


def main() -> int:
    """Fetch and copy everything; 0 when it is done."""
    fetch(update="--update" in sys.argv[1:])
    for folder, (package, files, licences) in SHIPMENTS.items():
        ship(folder, package, files, licences)
    names = sorted(set((HERE / "icons.txt").read_text().split()))
    (SHIPPED / "tabler-icons" / "icons.svg").write_text(sprite(names), encoding="utf-8")
    print(f"Copied {len(SHIPMENTS)} packages, {len(names)} icons")
    return 0


if __name__ == "__main__":
    sys.exit(main())
