"""What every folder of tests may ask for."""

pytest_plugins = [
    "tests.databases",
    "tests.browser.leaving_out",
    "tests.deploy.leaving_out",
    "pytester",
]
