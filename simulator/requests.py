"""Reading a Bot API request: query string, form, JSON or multipart, as Telegram accepts them."""

import json
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, MultipartReader, web

from simulator.files import UPLOAD_LIMIT
from simulator.refusals import Refused, bad_request
from simulator.uploads import Upload


class Read(NamedTuple):
    """`text` says that values are text still to be read by their type."""

    params: dict[str, Any]
    files: dict[str, Upload]
    text: bool


async def read(request: web.Request) -> Read:
    """Refuses (400, 413) what is none of the four forms, or too big."""
    query = dict(parse_qsl(request.rel_url.raw_query_string, keep_blank_values=True))
    content_type = request.content_type
    if content_type == "multipart/form-data":
        params, files = await read_parts(await request.multipart())
        return Read(query | params, files, text=True)
    body = await request.read()
    if not body:
        return Read(query, {}, text=True)
    if content_type == "application/json":
        return Read(query | json_object(body), {}, text=False)
    if content_type == "application/x-www-form-urlencoded":
        try:
            form = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=500)
        except ValueError:
            raise bad_request("strings must be encoded in UTF-8") from None
        return Read(query | dict(form), {}, text=True)
    raise bad_request(f"unsupported content type {content_type}")


async def read_parts(parts: MultipartReader) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Text parts as parameters; parts with a file name both as parameters and by their names."""
    params: dict[str, Any] = {}
    files: dict[str, Upload] = {}
    async for part in parts:
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise bad_request("a part of the multipart body has no name")
        content = bytes(await part.read())
        if len(content) > UPLOAD_LIMIT:
            raise Refused(413, "Request Entity Too Large")
        if part.filename is None:
            params[part.name] = content.decode()
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            files[part.name] = Upload(part.filename, content, mime_type)
    return params, files


def placed(read: Read, fields: Any) -> Read:
    """Files that are parameters themselves put among them; refuses files nothing refers to."""
    words = json.dumps(read.params) if read.files else ""
    for name, file in read.files.items():
        if name in fields and name not in read.params:
            read.params[name] = file
        elif f"attach://{name}" not in words:
            raise bad_request(f'nothing refers to the uploaded file "{name}" by attach://{name}')
    return read


def json_object(body: bytes) -> dict[str, Any]:
    try:
        params = json.loads(body)
    except ValueError:
        raise bad_request("can't parse JSON object in the request body") from None
    if not isinstance(params, dict):
        raise bad_request("can't parse request body: it must be a JSON object")
    return params
