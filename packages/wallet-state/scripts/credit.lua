-- Brings what the ledger credited: top-ups, grants, refunds, corrections, overruns.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] credited, nano-USD: the whole sum, not a difference
-- ARGV[2] sequence of the ledger transaction that last moved it
--
-- Answers 'not_loaded', 'credited' or 'older'.
--
-- Guarantee: an older sum never replaces a newer one, in whatever order they come.

if not loaded_at() then return 'not_loaded' end
if tonumber(ARGV[2]) <= tonumber(redis.call('HGET', wallet, 'creditedSequence') or 0) then return 'older' end
redis.call('HSET', wallet, 'credited', ARGV[1], 'creditedSequence', ARGV[2])
return 'credited'
