-- Says that the worker lives, extends its leases and writes their progress. A lease that is over but that nobody has
-- recovered still has one owner, and is extended too.
--
-- KEYS  1 workers  2 leases  3 events  4... job, one for each lease
-- ARGV  1 worker  2 lease, ms; then for each lease: id, token, '1' to append a progress event, number of fields, the
--       fields, flat
-- Returns a list of OK, LOST or CANCEL, one for each lease.

local workers, leases, events = KEYS[1], KEYS[2], KEYS[3]
local worker, lease = ARGV[1], tonumber(ARGV[2])

-- First a write that needs no memory: after it, a script may write although Redis is at its maxmemory.
redis.call('ZREM', workers, '')
local now = clock()
redis.call('ZADD', workers, number(now), worker)

local answers, at = {}, 3
for i = 4, #KEYS do
    local job, id, token, tell, size = KEYS[i], ARGV[at], ARGV[at + 1], ARGV[at + 2], tonumber(ARGV[at + 3])
    local answer = 'LOST'
    if field(job, 'token') == token and redis.call('ZSCORE', leases, id) then
        redis.call('ZADD', leases, number(now + lease), id)
        if size > 0 then
            redis.call('HSET', job, 'updated_at', iso(now), unpack(ARGV, at + 4, at + 3 + 2 * size))
        end
        if tell == '1' then
            emit(events, 'progress', id, job)
        end
        answer = redis.call('HGET', job, 'cancel') == '1' and 'CANCEL' or 'OK'
    end
    answers[#answers + 1] = answer
    at = at + 4 + 2 * size
end
return answers
