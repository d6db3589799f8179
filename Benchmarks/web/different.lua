-- Asks the addresses of a file in turn, each time with another meaningless parameter, so that no answer is a cached one.
local paths, turn = {}, 0
for line in io.lines(os.getenv("BENCH_PATHS")) do paths[#paths + 1] = line end
local run = os.getenv("BENCH_RUN")

function request()
    turn = turn + 1
    return wrk.format("GET", paths[(turn - 1) % #paths + 1] .. "&_=" .. run .. "-" .. turn)
end
