"""A client written from the contract alone: Python 3 and its standard library.

Usage: client.py http://127.0.0.1:3000 [token]
"""
import datetime
import json
import sys
import time
import urllib.error
import urllib.request

base = sys.argv[1]
token = sys.argv[2] if len(sys.argv) > 2 else None


def call(path, body=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = "Bearer " + token
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(base + path, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.headers["Content-Type"].startswith("application/json"), answer.headers
        return json.load(answer)


submitted = call(
    "/api/transcode/submit",
    {"inputKey": "audio1/2816/video.mp4", "profile": "roku-hls", "outputPrefix": "transcoded/job_123"},
)
assert submitted["success"] is True and submitted["status"] == "queued", submitted
job_id = submitted["jobId"]
print("submitted", job_id)

for _ in range(100):
    status = call("/api/transcode/status/" + job_id)
    assert status["jobId"] == job_id, status
    if status["status"] in ("complete", "failed"):
        break
    time.sleep(0.1)  # polling is what this client does
assert status["status"] == "complete", status
outputs = {output["profile"]: output["key"] for output in status["outputs"]}
assert outputs["hls"].endswith("/master.m3u8"), outputs
print("complete", outputs["hls"])

jobs = call("/api/transcode/jobs?page=0&size=20")["jobs"]
mine = [job for job in jobs if job["id"] == job_id]
assert mine and mine[0]["status"] == "complete", jobs
datetime.datetime.strptime(mine[0]["created"], "%Y-%m-%dT%H:%M:%SZ")
print("listed", job_id)

try:
    call("/api/transcode/submit", {"profile": "roku-hls"})
    raise SystemExit("a job without an input was taken")
except urllib.error.HTTPError as refused:
    problem = json.load(refused)
    assert refused.code == 400 and problem["success"] is False and problem["error"], problem
    print("refused", problem["error"])
