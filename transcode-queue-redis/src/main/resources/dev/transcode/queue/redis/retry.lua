-- Queues a failed or cancelled job again, as a new generation.
--
-- KEYS  1 job  2 list  3 payloads  4 index  5 events  6 dead  7 finished
-- ARGV  1 id  2 queue these keys are of
-- Returns QUEUED, NOT_ENDED, COMPLETE, PAYLOAD_GONE, NOT_FOUND, or MOVED: the job is in another queue.

local job, list, payloads, index, events, dead, finished = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local id, queue = ARGV[1], ARGV[2]

if not is_status(job) then
    return 'NOT_FOUND'
end
local old = redis.call('HMGET', job, 'status', 'queue')
local status, old_queue = old[1], old[2]
if not status then
    return 'NOT_FOUND'
end
if status == 'complete' then
    return 'COMPLETE'
end
if status ~= 'failed' and status ~= 'cancelled' then
    return 'NOT_ENDED'
end
if old_queue and old_queue ~= queue then
    return 'MOVED'
end
local payload = redis.call('HGET', payloads, id)
if not payload then
    return 'PAYLOAD_GONE'
end

local now, micros = clock()
renew(job, 'id', 'queue', 'sha', 'fence', 'source', 'output', 'webhook_url')
redis.call('HSET', job, 'status', 'queued', 'created_at', iso(now), 'updated_at', iso(now))
redis.call('ZREM', dead, id)
redis.call('ZREM', finished, id)
redis.call('ZADD', index, string.format('%.0f.%03d', now, micros), id)
redis.call('LPUSH', list, payload)
emit(events, 'queued', id, job)
return 'QUEUED'
