-- Forgets what is kept no longer: payloads of the dead, names of the finished, index entries without a status.
--
-- KEYS  1 dead  2 payloads  3 finished  4 index
-- ARGV  1 how many of each at most
-- Keys built: job:<id>. Returns how many.

local dead, payloads, finished, index = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local limit = tonumber(ARGV[1])

local now = clock()
local before = number(now - DEAD_DAYS * DAY)
local trimmed = 0
for _, id in ipairs(redis.call('ZRANGEBYSCORE', dead, '-inf', before, 'LIMIT', 0, limit)) do
    redis.call('ZREM', dead, id)
    redis.call('HDEL', payloads, id)
    trimmed = trimmed + 1
end
for _, id in ipairs(redis.call('ZRANGEBYSCORE', finished, '-inf', before, 'LIMIT', 0, limit)) do
    redis.call('ZREM', finished, id)
    trimmed = trimmed + 1
end
-- Not always the oldest: where those stay, as jobs whose list was deleted do, nothing would ever be forgotten. The window may
-- hang over both ends, so that each entry is as likely to be looked at.
local first = now % math.max(redis.call('ZCARD', index) + limit - 1, 1) - (limit - 1)
for _, id in ipairs(redis.call('ZRANGE', index, number(math.max(first, 0)), number(first + limit - 1))) do
    if redis.call('EXISTS', 'job:' .. id) == 0 then
        redis.call('ZREM', index, id)
        trimmed = trimmed + 1
    end
end
return trimmed
