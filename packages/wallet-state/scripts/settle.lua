-- Applies records of one spool to the wallet, in order, each once.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] spool                          ARGV[2] n records (0: only look), then for each:
--   number of this wallet's record before it, its number, cost in nano-USD, lease id,
--   b budgets, b × <budget id>:<period start>
--
-- Answers {'not_loaded', now}
--      or {'settled', now, loadedAt, applied, free} where applied is the number of the last record applied.
--
-- Guarantee: a record is applied if before <= applied < number. One that was applied already changes nothing; at one
-- whose predecessor is missing the script stops, and its lease stays.

local spool = ARGV[1]
local now = now_ms()
local loaded = loaded_at()
if not loaded then return { 'not_loaded', amount(now) } end

local before = tonumber(applied_of(spool))
local applied = before
local at = 3
for _ = 1, tonumber(ARGV[2]) do
  local previous, number, cost, id = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), ARGV[at + 3]
  local count = tonumber(ARGV[at + 4])
  if previous > applied then break end
  if number > applied then
    add(wallet, 'charged', cost)
    for b = 1, count do add(budgets, ARGV[at + 4 + b] .. ':c', cost) end
    applied = number
  end
  remove_lease(id)
  at = at + 5 + count
end
if applied > before then redis.call('HSET', wallet, 's:' .. spool, amount(applied)) end
local account = wallet_account()
return { 'settled', amount(now), loaded, amount(applied), amount(account.balance - account.held) }
