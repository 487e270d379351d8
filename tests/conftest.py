"""What every folder of tests may ask for."""

import gc

pytest_plugins = [
    "tests.databases",
    "tests.processes.fixtures",
    "tests.browser.leaving_out",
    "tests.deploy.leaving_out",
    "pytester",
]

gc.disable()


def pytest_collection_finish() -> None:
    """What is imported by now stays: looking for garbage in it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.enable()
