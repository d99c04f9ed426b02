"""A client written against the contract: LPUSH of the job, then HGETALL until it has ended. Prints the status."""
import json
import os
import sys
import time

import redis

r = redis.from_url(os.environ["REDIS_URL"], decode_responses=True)

job = {
    "id": "test_job_001",
    "input_bucket": "jettydata-prod",
    "input_key": "audio1/2816/test-video.mp4",
    "output_bucket": "jettydata-prod",
    "output_prefix": "transcoded/test_001",
    "ladder": [
        {"name": "720p", "height": 720, "bitrate": "4M", "audio_bitrate": "128k"},
        {"name": "480p", "height": 480, "bitrate": "2M", "audio_bitrate": "96k"},
    ],
    "webhook_url": sys.argv[1],
}

r.lpush("transcode_jobs", json.dumps(job))

until = time.time() + 90
status = {}
while time.time() < until and status.get("status") not in ("complete", "failed"):
    time.sleep(0.1)
    status = r.hgetall("job:test_job_001")

print(json.dumps({"status": status, "waiting": r.llen("transcode_jobs"), "jobs": r.keys("job:*")}))
