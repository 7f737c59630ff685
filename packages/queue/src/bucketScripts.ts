import { paces } from './bucketRules.ts';

/** What both scripts share: the rules of `bucketRules.ts` again, where all processes meet. KEYS: the bucket, its lane. */
const common = `
local function exact(number) return string.format('%.17g', number) end
local function clock(given)
  if given ~= '' then return tonumber(given) end
  local time = redis.call('time')
  return tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
end
local function speed(lane, now) return lane.pace * 2 ^ (math.max(0, now - lane.quiet) / 1000) end
local function read_lane(now)
  local kept = redis.call('hmget', KEYS[2], 'quiet', 'pace', 'next', 'waiting')
  if not kept[1] then return nil end
  local lane = { quiet = tonumber(kept[1]), pace = tonumber(kept[2]), next = tonumber(kept[3]), waiting = tonumber(kept[4]) }
  if speed(lane, now) < ${paces.free} then return lane end
  return nil
end
local function keep_lane(lane, now)
  redis.call('hset', KEYS[2], 'quiet', exact(lane.quiet), 'pace', exact(lane.pace), 'next', exact(lane.next),
    'waiting', exact(lane.waiting))
  local recovered = 1000 * math.log(${paces.free} / lane.pace) / math.log(2)
  redis.call('pexpire', KEYS[2], math.ceil(lane.quiet - now + recovered) + 1000)
end
local function turns_after(lane, count, now)
  local ln2 = math.log(2)
  local passed = lane.pace * (2 ^ (math.max(0, now - lane.quiet) / 1000) - 1) / ln2
  local first = math.max(lane.waiting, passed)
  local waits = {}
  for no = 1, count do
    waits[no] = math.ceil(lane.quiet + 1000 * math.log(1 + (first + no) * ln2 / lane.pace) / ln2 - now)
  end
  lane.waiting = first + count
  return waits
end
`;

/** ARGV: now or '', tokens a second or 0, burst, wanted, reserve. Returns granted, whether the lane is minded, waits. */
export const takeScript = `${common}
local now = clock(ARGV[1])
local rate, burst, wanted, reserve = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local lane = read_lane(now)
local may_pass = wanted
local next_turn = 0
if lane then
  local step = 1000 / speed(lane, now)
  next_turn = math.max(lane.next, lane.quiet, now - 100)
  may_pass = 0
  if now >= lane.quiet then may_pass = math.max(0, math.min(wanted, math.floor((now - next_turn) / step) + 1)) end
end
local granted = may_pass
local level, tail
if rate > 0 then
  local kept = redis.call('hmget', KEYS[1], 'level', 'at', 'tail')
  level = burst
  if kept[1] then level = math.min(burst, tonumber(kept[1]) + (now - tonumber(kept[2])) * rate / 1000) end
  tail = tonumber(kept[3] or 0)
  granted = math.min(may_pass, math.max(0, math.floor(level - reserve + 1e-9)))
  level = level - granted
end
local waits = {}
local away = wanted - granted
if lane then lane.next = next_turn + granted * 1000 / speed(lane, math.max(now, lane.quiet)) end
if away > 0 and lane and granted == may_pass then
  waits = turns_after(lane, away, now)
elseif away > 0 then
  local from = math.max(tail, now)
  for no = 1, away do waits[no] = math.ceil(from - now + no * 1000 / rate) end
  tail = from + away * 1000 / rate
end
if lane then keep_lane(lane, now) end
if rate > 0 then
  redis.call('hset', KEYS[1], 'level', exact(level), 'at', exact(now), 'tail', exact(tail))
  redis.call('pexpire', KEYS[1], math.ceil(math.max(1000 * burst / rate, tail - now)) + 1000)
end
return { granted, lane and 1 or 0, waits }
`;

/** ARGV: now or '', milliseconds of quiet. Returns the wait of whoever was told so. */
export const hushScript = `${common}
local now = clock(ARGV[1])
local known = read_lane(now)
local is_quiet = known ~= nil and now < known.quiet
local pace = ${paces.first}
if known then pace = is_quiet and known.pace or math.max(${paces.least}, speed(known, now) / 2) end
local quiet = math.max(now + tonumber(ARGV[2]), is_quiet and known.quiet or 0)
local lane = { quiet = quiet, pace = pace, next = quiet, waiting = is_quiet and known.waiting or 0 }
local waits = turns_after(lane, 1, now)
keep_lane(lane, now)
return waits[1]
`;
