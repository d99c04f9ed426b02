-- Puts jobs whose next attempt is due into the list, behind all others: a failing job never holds others up.
--
-- KEYS  1 delayed  2 list  3 payloads  4 leases  5 events
-- ARGV  1 how many at most
-- Keys built: job:<id>. Returns how many.

local delayed, list, payloads, leases, events = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local limit = ARGV[1]

local now = clock()
local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', number(now), 'LIMIT', 0, limit)
for _, id in ipairs(due) do
    local payload = redis.call('HGET', payloads, id)
    redis.call('ZREM', delayed, id)
    if payload then
        redis.call('LPUSH', list, payload)
        if is_status('job:' .. id) then
            emit(events, 'queued', id, 'job:' .. id)
        end
    else
        redis.call('ZADD', leases, '0', id) -- Somebody deleted it: the reaper ends the job, with its webhook.
    end
end
return #due
