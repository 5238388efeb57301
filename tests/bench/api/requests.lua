-- Requests for wrk; what they are comes from the environment, what came of them is printed as one line of JSON.
--   BENCH_KEY     the API key
--   BENCH_PATHS   a file of paths to GET, one a line; each request takes one of them at random
--   BENCH_PAY     percent of requests that record a payment instead; each on the next of BENCH_COUNT subscribers
--   BENCH_PAUSE   milliseconds that a connection waits on average between an answer and its next request
--   BENCH_FROM    the number of the first payment: a number is never used twice on one store
local key = os.getenv("BENCH_KEY")
local pay = tonumber(os.getenv("BENCH_PAY") or "0")
local count = tonumber(os.getenv("BENCH_COUNT") or "1")
local payment = tonumber(os.getenv("BENCH_FROM") or "0")
local pause = tonumber(os.getenv("BENCH_PAUSE") or "0")
local paths = {}

function init()
  math.randomseed(payment + 1)
  if not os.getenv("BENCH_PATHS") then return end
  local get = {["Authorization"] = "Bearer " .. key}
  for path in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = wrk.format("GET", path, get) end
end

local post = {["Authorization"] = "Bearer " .. key, ["Content-Type"] = "application/json"}

-- 7919 has no factor in common with the number of subscribers: each has a turn before any has a second one.
local function record_payment()
  payment = payment + 1
  post["Idempotency-Key"] = "bench-" .. payment
  return wrk.format("POST", "/api/v1/payments", post, string.format(
    '{"subscriber":"S%d","amount":{"amount":"24.90","currency":"EUR"},"method":"bank transfer","reference":"bench %d"}',
    1000000 + payment * 7919 % count, payment))
end

function request()
  if pay == 100 or (pay > 0 and math.random(100) <= pay) then return record_payment() end
  return paths[math.random(#paths)]
end

if pause > 0 then
  function delay() return math.random(2 * pause) end
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests": %d, "seconds": %.3f, "p50_ms": %.3f, "p90_ms": %.3f, "p99_ms": %.3f, "max_ms": %.3f, ' ..
    '"bytes": %d, "refused": %d, "broken": %d}',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(90) / 1e3,
    latency:percentile(99) / 1e3, latency.max / 1e3, summary.bytes, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
