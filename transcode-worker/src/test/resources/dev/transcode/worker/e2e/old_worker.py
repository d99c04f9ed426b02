"""Takes jobs as the worker that is replaced did: BRPOP, and the status in the hash. Knows no leases and no other keys."""
import json
import os
import sys
import time

import redis

r = redis.from_url(os.environ["REDIS_URL"], decode_responses=True)
queue = sys.argv[1]

while True:
    taken = r.brpop(queue, timeout=1)
    if not taken:
        continue
    job = json.loads(taken[1])
    key = "job:" + job["id"]
    r.hset(key, "status", "processing")
    time.sleep(0.3)
    r.hset(key, "status", "complete")
    r.hset(key, "outputs", json.dumps([{"profile": "old", "key": job["output_prefix"] + "/old.mp4"}]))
    r.rpush("done-by-the-old-worker", job["id"])
