-- Reads a wallet as a whole, at one moment.
--
-- KEYS[1..6] as in lib.lua
--
-- Answers {wallet fields and values, budget fields and values, number of leases}; changes nothing.

return { redis.call('HGETALL', wallet), redis.call('HGETALL', budgets), redis.call('HLEN', leases) }
