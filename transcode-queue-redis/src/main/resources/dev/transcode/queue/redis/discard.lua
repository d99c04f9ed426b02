-- Puts what is far too large to be a job from an inbox among the malformed, without any worker having to load it.
--
-- KEYS  1 inbox  2 malformed
-- ARGV  1 the largest payload that stays, bytes  2 why
-- Returns how many payloads were put away.

local inbox, malformed = KEYS[1], KEYS[2]
local largest, why = tonumber(ARGV[1]), ARGV[2]

local put_away = 0
for place = redis.call('LLEN', inbox) - 1, 0, -1 do
    local payload = redis.call('LINDEX', inbox, place)
    if payload and #payload > largest then
        local start = string.gsub(string.sub(payload, 1, 1024), '[%c"\\\127-\255]', '?')
        redis.call('LREM', inbox, 1, payload) -- needs no memory: after it, a script may write although there is none left
        redis.call('LPUSH', malformed, string.format('{"why":"%s","size":%.0f,"payload":"%s"}', why, #payload, start))
        redis.call('LTRIM', malformed, 0, 999)
        put_away = put_away + 1
    end
end
return put_away
