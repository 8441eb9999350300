-- Puts a wallet there as one snapshot of Postgres shows it, and counts the open leases anew.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] loadedAt that the loader saw, or 0 when the wallet was not loaded
-- ARGV[2] Redis time at which it saw that (ms)      ARGV[3] how old that may be (ms)
-- ARGV[4] credited   ARGV[5] its sequence   ARGV[6] charged (nano-USD)
-- ARGV[7] n spools, n × (spool, confirmed number)
-- then    m budgets, m × (<budget id>:<period start>, charged in nano-USD)
--
-- Answers {'loaded' | 'superseded' | 'late', loadedAt or 0}.
--
-- Guarantee: charged and every spool's number come from the same snapshot, so that whatever is not in it is still
-- held by a gateway as unconfirmed and is applied once. A load that another one overtook, or that ran late (in a Redis
-- that was frozen meanwhile), changes nothing. Credit that is newer than the snapshot stays.

local now = now_ms()
local loaded = loaded_at() or '0'
if loaded ~= ARGV[1] then return { 'superseded', loaded } end
if now - tonumber(ARGV[2]) > tonumber(ARGV[3]) then return { 'late', loaded } end

local credited, sequence = ARGV[4], tonumber(ARGV[5])
local known = redis.call('HMGET', wallet, 'credited', 'creditedSequence')
if known[2] and tonumber(known[2]) > sequence then credited, sequence = known[1], tonumber(known[2]) end

sweep_expired(now, 1000000)
redis.call('DEL', wallet, budgets, open)
-- Each load has a time of its own, so that who compares it sees every one.
local stamp = amount(math.max(now, tonumber(loaded) + 1))
redis.call('HSET', wallet, 'loadedAt', stamp, 'credited', credited, 'creditedSequence', amount(sequence),
  'charged', ARGV[6], 'held', 0, 'worst', 0)
local at = 8
for _ = 1, tonumber(ARGV[7]) do
  if ARGV[at + 1] ~= '0' then redis.call('HSET', wallet, 's:' .. ARGV[at], ARGV[at + 1]) end
  at = at + 2
end
for m = 1, tonumber(ARGV[at]) do
  redis.call('HSET', budgets, ARGV[at + 2 * m - 1] .. ':c', ARGV[at + 2 * m])
end

for _, id in ipairs(redis.call('HKEYS', leases)) do
  local lease = read_lease(id)
  write_lease(id, lease, nil, tonumber(redis.call('ZSCORE', expiry, id) or now))
end
return { 'loaded', stamp }
