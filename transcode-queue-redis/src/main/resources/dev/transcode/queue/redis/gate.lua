-- The last check before an output becomes visible; extends the lease.
--
-- KEYS  1 job  2 leases  3 events
-- ARGV  1 id  2 token  3 lease, ms
-- Returns OK, LOST or CANCEL.

local job, leases, events = KEYS[1], KEYS[2], KEYS[3]
local id, token, lease = ARGV[1], ARGV[2], tonumber(ARGV[3])

-- First a write that needs no memory: after it, a script may write although Redis is at its maxmemory.
redis.call('ZREM', leases, '')
if field(job, 'token') ~= token or not redis.call('ZSCORE', leases, id) then
    return 'LOST'
end
local now = clock()
redis.call('ZADD', leases, number(now + lease), id)
if redis.call('HGET', job, 'cancel') == '1' then
    return 'CANCEL'
end
redis.call('HSET', job, 'stage', 'publish', 'updated_at', iso(now))
if redis.call('HGET', job, 'gated') ~= token then
    redis.call('HSET', job, 'gated', token)
    emit(events, 'publishing', id, job)
end
return 'OK'
