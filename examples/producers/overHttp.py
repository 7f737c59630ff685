"""The first way from Python, with its standard library alone: a command over HTTP, then its operation until it has ended.

Usage: GE_URL=http://127.0.0.1:8080 GE_KEY=<key> python3 examples/producers/overHttp.py <seller id> <template> <sku>...
"""

import hashlib
import json
import os
import sys
import time
import urllib.error
import urllib.request

BASE_URL, KEY = os.environ["GE_URL"].rstrip("/"), os.environ["GE_KEY"]


def call(method, path, body=None, **headers):
    """One call. What passes (429, 503, a lost answer) is sent again, which an Idempotency-Key makes safe."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"Authorization": f"Bearer {KEY}", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if data is not None:
        headers["Content-Type"] = "application/json"
    for attempt in range(10):
        wait = min(10, 0.25 * 2**attempt)
        request = urllib.request.Request(BASE_URL + path, data, headers, method=method)
        try:
            return urllib.request.urlopen(request, timeout=60)
        except urllib.error.HTTPError as answer:
            if answer.code not in (429, 502, 503, 504):
                # Every refusal names code, field and remedy in the language of Accept-Language.
                sys.exit(f"{answer.code}: {answer.read().decode()}")
            wait = float(answer.headers.get("Retry-After") or wait)
        except OSError as lost:
            print(f"no answer yet: {lost}", file=sys.stderr)
        time.sleep(wait)
    sys.exit(f"{method} {path}: no answer")


def follow(operation_id):
    """States of an operation as server-sent events, until the last one; connects anew where the stream breaks off."""
    last_id = ""
    while True:
        event = ""
        try:
            for line in call("GET", f"/v1/operations/{operation_id}/events", Last_Event_ID=last_id):
                name, _, value = line.decode().rstrip("\n").partition(": ")
                if name == "id":
                    last_id = value
                elif name == "event":
                    event = value
                elif name == "data":
                    yield json.loads(value)
                    if event == "closed":
                        return
        except OSError as lost:
            print(f"the stream broke off: {lost}", file=sys.stderr)
        time.sleep(1)


def main(seller_id, template, *skus):
    items = [{"sku": sku, "template": {"name": template}} for sku in skus]
    # Made of what is ordered, so that this program started again after a crash sends the same command, not a second one.
    key = hashlib.sha256(json.dumps([seller_id, items]).encode()).hexdigest()
    answer = call("POST", f"/v1/sellers/{seller_id}/skus/assignments", {"items": items}, Idempotency_Key=key)
    accepted = json.load(answer)
    for operation in follow(accepted["operationId"]):
        print(f"{operation['state']}: {operation['done']} of {operation['total']}")
    print(json.dumps(operation["result"]))


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
