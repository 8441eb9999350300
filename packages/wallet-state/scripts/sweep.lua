-- Releases the holds of leases that nobody renewed, and forgets budget periods that are long over and
-- request allowances that are whole again. It never charges.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] leases at most
-- ARGV[2] budget periods that began before this time (ms since 1970) and after 1970 are forgotten when nothing is held
--
-- Answers the number of leases that were released.
--
-- Guarantee: a lease is released once its time is over, not before; repeating it changes nothing.

local now = now_ms()
local released = sweep_expired(now, tonumber(ARGV[1]))
local forgotten = tonumber(ARGV[2])
for _, field in ipairs(redis.call('HKEYS', budgets)) do
  local period, start, kind = string.match(field, '^(.*:(%d+)):([chw])$')
  if kind == 'c' and start ~= '0' and tonumber(start) < forgotten and
    tonumber(redis.call('HGET', budgets, period .. ':h') or 0) == 0 then
    redis.call('HDEL', budgets, period .. ':c', period .. ':h', period .. ':w')
  end
end
local whole = redis.call('HGETALL', rates)
for n = 1, #whole, 2 do
  if tonumber(whole[n + 1]) <= now then redis.call('HDEL', rates, whole[n]) end
end
return released
