-- Takes webhooks that are due and hides them from others for a while.
--
-- KEYS  1 outbox
-- ARGV  1 how many at most  2 for how long, ms
-- Keys built: <outbox>:<event id>. Returns a list of {event id, its fields, flat}.

local outbox = KEYS[1]
local limit, hold = ARGV[1], tonumber(ARGV[2])

local now = clock()
local taken = {}
for _, event in ipairs(redis.call('ZRANGEBYSCORE', outbox, '-inf', number(now), 'LIMIT', 0, limit)) do
    local fields = redis.call('HGETALL', outbox .. ':' .. event)
    if #fields == 0 then
        redis.call('ZREM', outbox, event)
    else
        redis.call('ZADD', outbox, number(now + hold), event)
        taken[#taken + 1] = {event, fields}
    end
end
return taken
