-- Admits a call: rates, concurrency, budgets and wallet in one step, and a lease that holds what it may cost.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] lease id (the request id)      ARGV[2] spool of the owner
-- ARGV[3] forecast, nano-USD             ARGV[4] worst case, nano-USD
-- ARGV[5] least that is worth a dispatch (prompt and the fewest output tokens), nano-USD
-- ARGV[6] milliseconds until the lease may be swept
-- ARGV[7] n scopes, then for each: scope id, requests per minute or -1, concurrent calls or -1
-- then    m budgets, then for each: <budget id>:<period start>, limit in nano-USD
--
-- Answers {'not_loaded', now}
--      or {'refused', reason, retry after ms or -1, now, loadedAt, applied, limit, remaining, reset ms}
--      or {'admitted', hold, worst, cut 0|1, now, loadedAt, applied, limit, remaining, reset ms, free, free of budget 1..m}
-- where limit is -1 without a rate, and free is the sum after this hold.
--
-- Guarantee: idempotent by lease id; a repeated take holds nothing twice and counts no request twice. What is not
-- admitted leaves nothing behind.

local id, owner = ARGV[1], ARGV[2]
local forecast, worst, least, ttl = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local now = now_ms()
local loaded = loaded_at()
if not loaded then return { 'not_loaded', amount(now) } end

sweep_expired(now, 16)

local scopes, at = {}, 8
for n = 1, tonumber(ARGV[7]) do
  scopes[n] = { id = ARGV[at], perMinute = tonumber(ARGV[at + 1]), concurrency = tonumber(ARGV[at + 2]) }
  at = at + 3
end
local periods, limits = {}, {}
for m = 1, tonumber(ARGV[at]) do
  periods[m], limits[m] = ARGV[at + 1], tonumber(ARGV[at + 2])
  at = at + 2
end

local applied = applied_of(owner)
local limit, remaining, reset = -1, -1, -1

local function refuse(reason, retry)
  return { 'refused', reason, amount(retry), amount(now), loaded, applied, amount(limit), amount(remaining), amount(reset) }
end

local function admitted(lease, cut)
  local answer = { 'admitted', amount(lease.hold), amount(lease.worst), cut, amount(now), loaded, applied,
    amount(limit), amount(remaining), amount(reset) }
  local account = wallet_account()
  answer[#answer + 1] = amount(account.balance - account.held)
  for m, period in ipairs(periods) do
    account = budget_account(period, limits[m])
    answer[#answer + 1] = amount(account.balance - account.held)
  end
  return answer
end

local existing = read_lease(id)
if existing then
  redis.call('ZADD', expiry, amount(now + ttl), id)
  return admitted(existing, existing.hold < worst and existing.hold == existing.worst and 1 or 0)
end

-- Rates: each request moves the time at which the allowance is whole again by 60 s / limit; a minute's worth may be
-- used at once (the generic cell rate algorithm).
for _, scope in ipairs(scopes) do
  if scope.perMinute >= 0 then
    local step = scope.perMinute > 0 and 60000 / scope.perMinute or math.huge
    local whole = math.max(tonumber(redis.call('HGET', rates, scope.id) or 0), now)
    scope.whole = whole + step
    local left = scope.perMinute > 0 and math.floor((60000 - (scope.whole - now)) / step + 1e-9) or -1
    local refused = scope.whole - now > 60000 + 1e-6
    if refused then left = 0 end
    if limit < 0 or left < remaining then
      limit, remaining, reset = scope.perMinute, left, math.min((refused and whole or scope.whole) - now, 60000)
    end
    if refused then
      return refuse('rate_limited', scope.perMinute > 0 and math.ceil(scope.whole - now - 60000) or 60000)
    end
  end
end

for _, scope in ipairs(scopes) do
  if scope.concurrency >= 0 and tonumber(redis.call('HGET', open, scope.id) or 0) >= scope.concurrency then
    return refuse('concurrency_limited', 1000)
  end
end

-- Money: while every account pays for the worst case of this call and of those open, the forecast is enough.
local hold, cut = forecast, 0
if worst > 0 then
  local tightest, reason, short = nil, nil, false
  local function look(account, name)
    local free = account.balance - account.held
    if account.balance < account.worst + worst then short = true end
    if tightest == nil or free < tightest then tightest, reason = free, name end
  end
  look(wallet_account(), 'insufficient_credit')
  for m, period in ipairs(periods) do look(budget_account(period, limits[m]), 'budget_exceeded') end
  if short then
    if tightest < least then return refuse(reason, -1) end
    hold = worst
    if worst > tightest then hold, worst, cut = tightest, tightest, 1 end
  end
end

local scopeIds = {}
for n, scope in ipairs(scopes) do
  scopeIds[n] = scope.id
  if scope.whole then redis.call('HSET', rates, scope.id, string.format('%.3f', scope.whole)) end
end
if #scopes > 0 then redis.call('PEXPIRE', rates, 120000) end

local lease = {
  hold = hold,
  worst = math.max(worst, hold),
  owner = owner,
  scopes = table.concat(scopeIds, ','),
  periods = table.concat(periods, ','),
}
write_lease(id, lease, nil, now + ttl)
return admitted(lease, cut)
