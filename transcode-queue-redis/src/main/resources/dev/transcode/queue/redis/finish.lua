-- Ends an attempt: complete, failed or cancelled for good, or retry after a while. A retry of a job that somebody asked
-- to cancel is a cancel.
--
-- KEYS  1 job  2 leases  3 delayed  4 dead  5 finished  6 payloads  7 events  8 outbox
-- ARGV  1 id  2 token  3 complete, failed, cancelled or retry  4 delay of a retry, ms
--       5-8 webhook: event id or '', url, trusted, body; of the cancel for a retry  9... status fields, flat
-- Keys built: <outbox>:<event id>, the job's list. Returns DONE, ALREADY (this very attempt had ended) or LOST.

local keys = {job = KEYS[1], leases = KEYS[2], delayed = KEYS[3], dead = KEYS[4], finished = KEYS[5],
    payloads = KEYS[6], events = KEYS[7], outbox = KEYS[8]}
local id, token, outcome, delay = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local hook = {ARGV[5], ARGV[6], ARGV[7], ARGV[8]}

-- First a write that needs no memory: after it, a script may write although Redis is at its maxmemory.
redis.call('ZREM', keys.leases, '')
if field(keys.job, 'token') ~= token then
    return field(keys.job, 'last_token') == token and 'ALREADY' or 'LOST'
end
if outcome == 'retry' and redis.call('HGET', keys.job, 'cancel') == '1' then
    outcome = 'cancelled'
end
let_go(keys.job, token)
if outcome ~= 'retry' then
    if outcome == 'complete' then
        redis.call('HDEL', keys.job, 'stage')
        redis.call('HSET', keys.job, 'progress', '100.0')
    end
    drop_copies(keys, id, redis.call('HGET', keys.job, 'queue'))
    end_job(keys, id, outcome, rest(9), hook)
    return 'DONE'
end

local now = clock()
redis.call('HSET', keys.job, unpack(rest(9)))
redis.call('HSET', keys.job, 'status', 'queued', 'stage', 'retry', 'updated_at', iso(now), 'retry_at', iso(now + delay))
redis.call('ZREM', keys.leases, id)
redis.call('ZADD', keys.delayed, number(now + delay), id)
emit(keys.events, 'retry', id, keys.job)
return 'DONE'
