-- Cancels a job: one that waits at once, one that runs by a flag that its worker's next heartbeat brings back.
--
-- KEYS  1 job  2 leases  3 delayed  4 dead  5 finished  6 payloads  7 events  8 outbox
-- ARGV  1 id  2 queue these keys are of  3-6 webhook: event id or '', url, trusted, body
-- Keys built: <outbox>:<event id>. Returns CANCELLED, REQUESTED, ENDED, NOT_FOUND, or MOVED: the job is in another queue.

local keys = {job = KEYS[1], leases = KEYS[2], delayed = KEYS[3], dead = KEYS[4], finished = KEYS[5],
    payloads = KEYS[6], events = KEYS[7], outbox = KEYS[8]}
local id, queue = ARGV[1], ARGV[2]

if not is_status(keys.job) then
    return 'NOT_FOUND'
end
local old = redis.call('HMGET', keys.job, 'status', 'queue', 'sha', 'cancel')
local status, old_queue, sha, asked = old[1], old[2], old[3], old[4]
if not status then
    return 'NOT_FOUND'
end
if status == 'complete' or status == 'failed' or status == 'cancelled' then
    return 'ENDED'
end
if old_queue and old_queue ~= queue then
    return 'MOVED'
end
if status == 'processing' then
    if asked ~= '1' then
        redis.call('HSET', keys.job, 'cancel', '1')
        emit(keys.events, 'cancel_requested', id, keys.job)
    end
    return 'REQUESTED'
end
if not redis.call('ZSCORE', keys.delayed, id) then
    -- Its copy stands in the list or in an inbox: the claim of that copy drops it, once.
    redis.call('HINCRBY', keys.job, 'drop_' .. string.sub(sha or '', 1, 16), 1)
end
end_job(keys, id, 'cancelled', {}, {ARGV[3], ARGV[4], ARGV[5], ARGV[6]})
return 'CANCELLED'
