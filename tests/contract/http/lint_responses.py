"""Lets REDbot ask for every resource of an OpenAPI document and look at what comes back.

REDbot lints the header fields, and asks again to see whether validation, content codings and ranges
work. Whatever it warns of is printed, and makes the exit status 1.
Usage: lint_responses.py DOCUMENT.json http://ADDRESS:PORT
"""

import json
import sys
from configparser import ConfigParser

import thor
from httplint.note import levels
from redbot.resource import HttpResource

config = ConfigParser()
config["redbot"] = {"enable_local_access": "true"}


def examples(node):
    """The targets of the document's examples, wherever they stand in it."""
    if isinstance(node, list):
        for item in node:
            yield from examples(item)
    if isinstance(node, dict):
        if "x-request" in node:
            yield node["x-request"]
        for value in node.values():
            yield from examples(value)


def targets(document):
    plain = [path for path in document["paths"] if "{" not in path]
    return sorted({*plain, *examples(document)})


def lint(urls):
    """Has REDbot look at all of them; returns its resources, which have its notes."""
    resources = [HttpResource(config["redbot"]) for _ in urls]
    waiting = set(resources)

    def done(resource):
        waiting.discard(resource)
        if not waiting:
            thor.stop()

    for resource, url in zip(resources, urls):
        resource.on("check_done", lambda resource=resource: done(resource))
        resource.set_request(url)
        resource.check()
    thor.run()
    return resources


def findings(resource):
    if not resource.response.complete:
        yield f"no complete response: {resource.fetch_error}"
    # Some examples are errors; of these it warns that they are, and that nobody may keep them.
    is_error = (resource.response.status_code or 0) >= 400
    for note in resource.response.notes:
        if note.level is levels.BAD or (note.level is levels.WARN and not is_error):
            yield f"{note.summary} [{type(note).__name__}]"


def main(path, base):
    with open(path, encoding="utf-8") as file:
        asked = targets(json.load(file))
    wrong = 0
    for target, resource in zip(asked, lint([base + target for target in asked])):
        for finding in findings(resource):
            wrong += 1
            print(f"{target}: {finding}")
    print(f"REDbot: {len(asked)} resources, {wrong} findings")
    return 1 if wrong or not asked else 0


sys.exit(main(*sys.argv[1:]))
