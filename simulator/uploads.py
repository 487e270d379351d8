"""Files that come with a request."""


class Upload:
    """A file that came with the request; `attach://name` and a bare part both become one."""

    def __init__(self, name: str, content: bytes, mime_type: str) -> None:
        self.name = name
        self.content = content
        self.mime_type = mime_type

    def __repr__(self) -> str:
        return f"<file {self.name!r}, {len(self.content)} bytes>"
