"""What goes together in one request, which no schema can say: Schemathesis leaves out of each valid
request what does not go with the rest of it."""

import schemathesis
from schemathesis import GenerationMode

# How questions look; what goes with `id`; and with a cursor that was made of the plain list.
SHAPE = {"fields", "include", "markup", "max_length", "revision"}
WITH_IDS = {"id"} | SHAPE
WITH_CURSOR = {"cursor", "limit", "facets"} | SHAPE

# What can be cut, to how many characters at most.
LENGTHS = {"text": 1000000, "slack": 40000, "discord": 2000, "telegram": 4096}


def keep(query, names):
    for name in set(query) - names:
        del query[name]


def drop(query, *names):
    for name in names:
        query.pop(name, None)


def mend_search(query):
    """Leaves letters and digits alone: what has no word in it, or only words that are not to be
    there, is refused; and of a short prefix no answer is found."""
    words = "".join(letter if letter.isalnum() else " " for letter in query.get("q", "")).split()
    drop(query, "q")
    if words:
        query["q"] = " ".join(words[:32])


def mend_list(query):
    # One in two requests goes by what it names, the others by filters.
    if "id" in query and len(query) % 2:
        keep(query, WITH_IDS)
    elif "cursor" in query and len(query) % 3:
        keep(query, WITH_CURSOR)
    drop(query, *({"id"} if set(query) - WITH_IDS else ()))
    drop(query, *({"cursor"} if set(query) - WITH_CURSOR else ()))
    mend_search(query)
    if "q" not in query:
        drop(query, "in")
        if query.get("sort") == "relevance":
            drop(query, "sort")
    if query.get("sort") != "random":
        drop(query, "seed")


def mend_quiz(query):
    counts = [name for name in ("easy", "medium", "hard") if name in query]
    for name in counts:
        query[name] = 1 + int(query[name]) % 33


MENDERS = {"/v1/questions": mend_list, "/v1/quiz": mend_quiz}


def mend_shape(query):
    most = LENGTHS.get(query.get("markup"))
    if most is None:
        drop(query, "max_length")
    elif "max_length" in query:
        query["max_length"] = 1 + int(query["max_length"]) % most
    if "include" in query and "answer" not in query.get("fields", ["answer"]):
        drop(query, "fields")


@schemathesis.hook
def map_case(context, case):
    if case.meta.generation.mode is GenerationMode.POSITIVE and isinstance(case.query, dict):
        mend_shape(case.query)
        if case.path in MENDERS:
            MENDERS[case.path](case.query)
    return case
