-- Gives a job back to be the next one taken; the attempt does not count. One that somebody asked to cancel is cancelled.
--
-- KEYS  1 job  2 leases  3 delayed  4 dead  5 finished  6 payloads  7 events  8 outbox  9 list
-- ARGV  1 id  2 token  3-6 webhook of a cancel: event id or '', url, trusted, body
-- Keys built: <outbox>:<event id>. Returns 1, also again with the same token, or 0 if the lease was lost.

local keys = {job = KEYS[1], leases = KEYS[2], delayed = KEYS[3], dead = KEYS[4], finished = KEYS[5],
    payloads = KEYS[6], events = KEYS[7], outbox = KEYS[8]}
local list = KEYS[9]
local id, token = ARGV[1], ARGV[2]
local hook = {ARGV[3], ARGV[4], ARGV[5], ARGV[6]}
local released = 'released:' .. token

-- First a write that needs no memory: after it, a script may write although Redis is at its maxmemory.
redis.call('ZREM', keys.leases, '')
if field(keys.job, 'token') ~= token then
    return field(keys.job, 'last_token') == released and 1 or 0
end
local cancelled = redis.call('HGET', keys.job, 'cancel') == '1'
local payload = redis.call('HGET', keys.payloads, id)
if not payload then
    return 0 -- Somebody deleted it; the lease stays until the reaper ends the job.
end
let_go(keys.job, released)
if cancelled then
    end_job(keys, id, 'cancelled', {}, hook)
    return 1
end

local now = clock()
redis.call('RPUSH', list, payload)
redis.call('ZREM', keys.leases, id)
redis.call('HINCRBY', keys.job, 'attempt', -1)
redis.call('HDEL', keys.job, 'stage', 'progress', 'started_at')
redis.call('HSET', keys.job, 'status', 'queued', 'updated_at', iso(now))
emit(keys.events, 'released', id, keys.job)
return 1
