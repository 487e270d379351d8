"""Every view as a phone draws it, in each language: `make gallery`."""
