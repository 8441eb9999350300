-- Writes what one process has found out of its breakers, so that all others read it.
--
-- KEYS[1]  hash of open breakers
-- ARGV[1]  epoch for a hash that does not exist: any new unique text
-- ARGV[2…] five values for each breaker:
--          name · 'open', 'close' or 'expire' · milliseconds since that · milliseconds it stays open
--          · facts as JSON, with 'close' the id of the opening that it ends
-- Returns the new version, or the old one when nothing changed.
--
-- Times are of Redis' clock: processes with wrong clocks agree. 'close' leaves alone what was opened besides or later, as
-- it may be told after Redis was away; 'expire' leaves alone what is still open.

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local changed = false

for i = 2, #ARGV, 5 do
  local name, action = ARGV[i], ARGV[i + 1]
  if action == 'open' then
    local since = now - tonumber(ARGV[i + 2])
    local ends = now + tonumber(ARGV[i + 3])
    redis.call('HSET', KEYS[1], name, string.format('%.0f %.0f %s', since, ends, ARGV[i + 4]))
    changed = true
  else
    local kept = redis.call('HGET', KEYS[1], name) or ''
    local ends = string.match(kept, '^%d+ (%d+) ')
    local isOver = true
    if ends and action == 'expire' then isOver = tonumber(ends) <= now end
    if ends and action == 'close' then isOver = string.find(kept, '"id":"' .. ARGV[i + 4] .. '"', 1, true) ~= nil end
    if isOver and redis.call('HDEL', KEYS[1], name) == 1 then changed = true end
  end
end

if not changed then return redis.call('HGET', KEYS[1], '#version') or '' end
redis.call('HSETNX', KEYS[1], '#epoch', ARGV[1])
return tostring(redis.call('HINCRBY', KEYS[1], '#version', 1))
