"""Puts the demo shop's answered questions and policy pages where a shop keeps its own."""

import shutil
from pathlib import Path

_HERE = Path(__file__).parent


def install_sales_content(folder: Path) -> None:
    """Copy the demo's size charts and named sets into ``folder``, where they are not there yet."""
    for name in ("sizes.yml", "bundles.yml"):
        target = folder / name
        if not target.exists():
            shutil.copyfile(_HERE / name, target)


def install_service_content(folder: Path) -> None:
    """Copy the demo's FAQ files and policy pages into ``folder``.

    A file that is there already stays as it is: it may have been edited.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for source in (*sorted((_HERE / "faq").glob("*.yml")), *sorted(_HERE.glob("policy.*.md"))):
        target = folder / source.name
        if not target.exists():
            shutil.copyfile(source, target)


def install_order_rules(home: Path) -> None:
    """Copy the demo's rules for orders into the shop's folder, unless it has its own."""
    target = home / "orders.toml"
    if not target.exists():
        shutil.copyfile(_HERE / "orders.toml", target)
