-- Keeps leases from being swept, makes those again that are gone, and raises those that their call outgrew.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] spool of the owner             ARGV[2] milliseconds until the leases may be swept
-- ARGV[3] n leases, then for each:
--   lease id, hold that its owner knows of, hold that it needs, hold that it would like (all nano-USD), worst case,
--   s scopes, s × scope id, b budgets, b × (<budget id>:<period start>, limit in nano-USD)
--
-- Answers {'not_loaded', now}
--      or {'renewed', now, loadedAt, applied, free, n × (hold, refused 0|1)}.
--
-- Guarantee: a lease is renewed and made again without asking for free money, since its call is under way; only what
-- it needs beyond the hold that its owner knows of has to be free, in the wallet and in each budget. A refused raise
-- changes nothing. Repeating the command changes nothing but the time.

local owner, ttl = ARGV[1], tonumber(ARGV[2])
local now = now_ms()
local loaded = loaded_at()
if not loaded then return { 'not_loaded', amount(now) } end

local answer = { 'renewed', amount(now), loaded, applied_of(owner), '0' }
local at = 4
for _ = 1, tonumber(ARGV[3]) do
  local id, known, need, want, worst = ARGV[at], tonumber(ARGV[at + 1]), tonumber(ARGV[at + 2]), tonumber(ARGV[at + 3]), tonumber(ARGV[at + 4])
  local scopes, count = {}, tonumber(ARGV[at + 5])
  at = at + 6
  for s = 1, count do scopes[s] = ARGV[at + s - 1] end
  at = at + count
  count = tonumber(ARGV[at])
  local periods, limits = {}, {}
  for b = 1, count do periods[b], limits[b] = ARGV[at + 2 * b - 1], tonumber(ARGV[at + 2 * b]) end
  at = at + 1 + 2 * count

  local was = read_lease(id)
  local base = was and math.max(was.hold, known) or known
  local hold, refused = base, 0
  if want > base then
    local free = nil
    local function look(account)
      -- What the lease itself holds is not counted against it, whether it is there or gone.
      local rest = account.balance - account.held + (was and was.hold or 0) - base
      if free == nil or rest < free then free = rest end
    end
    look(wallet_account())
    for b, period in ipairs(periods) do look(budget_account(period, limits[b])) end
    local granted = math.min(want, base + math.max(free, 0))
    if granted >= need then hold = granted else refused = 1 end
  end
  write_lease(id, {
    hold = hold,
    worst = math.max(worst, hold, was and was.worst or 0),
    owner = owner,
    scopes = was and was.scopes or table.concat(scopes, ','),
    periods = was and was.periods or table.concat(periods, ','),
  }, was, now + ttl)
  answer[#answer + 1] = amount(hold)
  answer[#answer + 1] = refused
end
local account = wallet_account()
answer[5] = amount(account.balance - account.held)
return answer
