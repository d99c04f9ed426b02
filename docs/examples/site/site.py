#!/usr/bin/env python3
"""A site that has its uploads transcoded. Python 3.9 or newer, nothing else.

site.py submit UPLOAD KEY    what the site does when an upload is complete; prints the job's id
site.py serve                POST /api/transcode-webhook and GET /feed.xml
"""
import base64
import hashlib
import hmac
import json
import os
import re
import sys
import time
import urllib.request
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

API = os.environ.get("API_URL", "http://127.0.0.1:3000")
MEDIA = os.environ.get("MEDIA_URL", "https://www.example.com/roku-stream")  # where the bucket's root is seen
EVENTS = Path(os.environ.get("EVENTS", "events"))
SECRETS = os.environ.get("TRANSCODE_WEBHOOK_SECRET", "").replace(",", " ").split()


def submit(upload, key):
    """Queues one job for an upload, also when it is called twice: the Idempotency-Key tells that it is the same."""
    job = {"id": f"film-{upload}", "inputKey": key, "profile": "roku-hls", "outputPrefix": f"films/{upload}"}
    request = urllib.request.Request(
        API + "/api/transcode/submit",
        data=json.dumps(job).encode(),
        headers={
            "Content-Type": "application/json",
            "Idempotency-Key": f"upload-{upload}",
            "Authorization": "Bearer " + os.environ.get("TRANSCODE_API_TOKEN", ""),
        },
    )
    with urllib.request.urlopen(request, timeout=15) as answer:
        return json.load(answer)["jobId"]


def verified(headers, body, now):
    """The event's id if the webhook is signed with one of our secrets and not old, else None."""
    event, sent = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not re.fullmatch("[A-Za-z0-9_-]{1,64}", event) or not re.fullmatch("[0-9]{1,12}", sent):
        return None
    if abs(now - int(sent)) > 300:
        return None
    given = headers.get("webhook-signature", "").encode().split()
    for secret in SECRETS:
        key = base64.b64decode(secret.removeprefix("whsec_"))
        mac = hmac.new(key, f"{event}.{sent}.".encode() + body, hashlib.sha256).digest()
        if any(hmac.compare_digest(b"v1," + base64.b64encode(mac), one) for one in given):
            return event
    return None


def record(event, body):
    """One file for each event: a webhook that comes twice writes the same file again."""
    EVENTS.mkdir(parents=True, exist_ok=True)
    part = EVENTS / f"{event}.{uuid.uuid4()}.part"
    part.write_bytes(body)
    part.replace(EVENTS / f"{event}.json")


def feed():
    """The complete films as MRSS, made of the recorded events."""
    playlists = {}
    for file in EVENTS.glob("*.json"):
        event = json.loads(file.read_bytes())
        for output in event.get("outputs", []):
            if output["profile"] == "hls":
                playlists[event["job_id"]] = f"{MEDIA}/{quote(output['key'])}"
    items = "".join(
        f'<item><guid isPermaLink="false">{escape(job)}</guid><title>{escape(job)}</title>'
        f'<media:content url={quoteattr(url)} type="application/x-mpegURL" medium="video"/></item>\n'
        for job, url in sorted(playlists.items())
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/">'
        f"<channel><title>Films</title>\n{items}</channel></rss>\n"
    )


class Site(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        size = int(self.headers.get("Content-Length") or 0)
        if self.path != "/api/transcode-webhook" or not 0 <= size <= 1_000_000:
            return self.answer(404)
        body = self.rfile.read(size)
        event = verified(self.headers, body, time.time())
        if event is None:
            return self.answer(401)
        record(event, body)
        self.answer(204)  # at once; what takes long comes afterwards, from the recorded event

    def do_GET(self):
        if self.path == "/feed.xml":
            self.answer(200, feed().encode(), "application/rss+xml")
        else:
            self.answer(404)

    def answer(self, status, body=b"", kind="text/plain"):
        self.send_response(status)
        self.send_header("Connection", "close")
        if status != 204:
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    if sys.argv[1:2] == ["submit"] and len(sys.argv) == 4:
        print(submit(sys.argv[2], sys.argv[3]))
    elif sys.argv[1:] == ["serve"] and SECRETS:
        server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8000"))), Site)
        print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
    else:
        sys.exit(__doc__ + "\nserve needs TRANSCODE_WEBHOOK_SECRET, the one of the workers")
