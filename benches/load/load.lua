-- BENCH_FILE: one call a line. BENCH_MODE: "rotate" sends the lines over and over; "once" sends each line of
-- BENCH_FILE.<thread> once. BENCH_DELAY: milliseconds between two calls of a connection.
local threads = 0
local file, mode = os.getenv("BENCH_FILE"), os.getenv("BENCH_MODE")
local pause = tonumber(os.getenv("BENCH_DELAY") or "")
local requests, at, lines = {}, 0, nil

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  wrk.method = "POST"
  wrk.headers["content-type"] = "application/json"
  if mode == "once" then
    lines = io.open(file .. "." .. number, "r")
  else
    for line in io.lines(file) do
      requests[#requests + 1] = wrk.format(nil, nil, nil, line)
    end
    at = number * math.floor(#requests / 2)
  end
end

function request()
  if lines then
    local line = lines:read("*l")
    if not line then
      wrk.thread:stop()
      return wrk.format("GET", "/live")
    end
    return wrk.format(nil, nil, nil, line)
  end
  at = at % #requests + 1
  return requests[at]
end

if pause then
  function delay()
    return pause
  end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
