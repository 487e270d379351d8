"""What every folder of tests may ask for."""

pytest_plugins = [
    "tests.databases",
    "tests.processes.fixtures",
    "tests.browser.leaving_out",
    "tests.deploy.leaving_out",
    "pytester",
]
