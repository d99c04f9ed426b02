-- Puts a taken payload among the malformed. Again: nothing more, as it has left the inbox.
--
-- KEYS  1 inbox  2 malformed  3 job, or any key if there is no id  4 leases  5 delayed  6 dead  7 finished  8 payloads
--       9 index  10 events  11 outbox
-- ARGV  1 payload  2 its SHA-256, hex  3 entry for the list  4 id or ''  5 kind of event: buried, or conflict, which
--       leaves the job alone  6 queue  7-10 webhook: event id or '', url, trusted, body  11... error fields, flat
-- Keys built: <outbox>:<event id>. Returns 1, or 0 if the payload was not in the inbox.

local inbox, malformed, index, events = KEYS[1], KEYS[2], KEYS[9], KEYS[10]
local keys = {job = KEYS[3], leases = KEYS[4], delayed = KEYS[5], dead = KEYS[6], finished = KEYS[7],
    payloads = KEYS[8], events = events, outbox = KEYS[11]}
local payload, sha, entry, id, kind, queue = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]

if redis.call('LREM', inbox, 1, payload) == 0 then
    return 0
end
redis.call('LPUSH', malformed, entry)
redis.call('LTRIM', malformed, 0, 999)
if id == '' or not is_status(keys.job) then
    return 1
end

local old = redis.call('HMGET', keys.job, 'status', 'token', 'sha')
local in_progress = old[2] or redis.call('ZSCORE', keys.delayed, id)
    or (old[1] == 'queued' and old[3] and old[3] ~= sha and redis.call('HEXISTS', keys.payloads, id) == 1)
if kind == 'buried' and not in_progress then
    local now, micros = clock()
    renew(keys.job)
    redis.call('HDEL', keys.payloads, id)
    redis.call('ZREM', keys.dead, id)
    redis.call('HSET', keys.job, 'id', id, 'queue', queue, 'created_at', iso(now))
    redis.call('ZADD', index, string.format('%.0f.%03d', now, micros), id)
    end_job(keys, id, 'failed', rest(11), {ARGV[7], ARGV[8], ARGV[9], ARGV[10]})
end
emit(events, kind, id, keys.job)
return 1
