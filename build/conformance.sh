#!/usr/bin/env bash
# Plays the conformance kit's scenarios to this checkout's daemon and compares what it says with what
# the public Comma Agents daemon said.
#
#   build/conformance.sh [KIT]     KIT, else $COMMA_KIT, else ../shared/kit beside the checkout
#
# Ends with 0: nothing differs but what the list below allows; 1: something else differs, or the kit
# could not be played to its end; 77: nothing was compared, because there is no kit or no Node 20.
# The transcripts and the comparison stay in target/conformance.
#
# Ports are free ones, every file of the kit's is in a temporary folder, and what this started ends
# with it: runs beside each other do not meet.
set -uo pipefail

# What may differ for now, and why: `name) echo "reason" ;;`. Nothing does.
allowed() {
  case $1 in
    *) return 1 ;;
  esac
}

readonly NOT_RUN=77
readonly PLAY_SECONDS=600
# The recorder waits so and so many milliseconds for an answer. On a machine that is busy elsewhere one
# comes too late now and then: what differs is played again, and fails when it differs each time.
readonly ATTEMPTS=3

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
kit=${1:-${COMMA_KIT:-$root/../shared/kit}}
out=$root/target/conformance
work=
player=

say() { printf 'conformance: %s\n' "$*"; }

fail() {
  say "$*"
  exit 1
}

# A player is a process group of its own: the kit starts the daemon and its mock model in it.
end_player() {
  [ -n "$player" ] || return 0
  kill -TERM -- "-$player" 2>/dev/null
  for _ in {1..50}; do
    kill -0 -- "-$player" 2>/dev/null || break
    sleep 0.1
  done
  kill -KILL -- "-$player" 2>/dev/null
  player=
}

clean_up() {
  end_player
  [ -z "$work" ] || rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --- what is needed -----------------------------------------------------------------------------------

if ! [ -r "$kit/record.mjs" ]; then
  say "not run: no kit in $kit (COMMA_KIT names another folder)."
  exit $NOT_RUN
fi
if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "not run: the kit needs Node 20 or newer and npm, and they are not on the PATH."
  exit $NOT_RUN
fi
if ! node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'; then
  say "not run: the kit needs Node 20 or newer; this is $(node --version)."
  exit $NOT_RUN
fi

# The launcher builds once for each commit. What is not committed it cannot see.
if command -v git >/dev/null && ! git -C "$root" diff --quiet HEAD -- . 2>/dev/null; then
  "$root/comma" --build || fail "the build failed."
fi
"$root/comma" --version || fail "the build failed."

# --- a kit to write in, a daemon without surroundings ---------------------------------------------------

work=$(mktemp -d "${TMPDIR:-/tmp}/comma-conformance.XXXXXX") || exit 1
cp -R "$kit" "$work/kit" && chmod -R u+w "$work/kit" || fail "the kit cannot be copied to $work."
if ! [ -d "$work/kit/node_modules/ws" ]; then
  (cd "$work/kit" && npm ci --no-audit --no-fund --loglevel=error) ||
    fail "npm ci failed: the kit's one package could not be installed."
fi

# The kit splits its command at blanks, so it gets one word. Nobody's settings and keys reach the daemon.
cat >"$work/daemon" <<END
#!/usr/bin/env bash
for name in \$(compgen -e); do
  case \$name in
    COMMA_HOME | COMMA_DAEMON_PORT | COMMA_JAVA_HOME | COMMA_JAVA_OPTS) ;;
    COMMA_* | *_API_KEY | *_TOKEN | AWS_* | GOOGLE_*) unset "\$name" ;;
  esac
done
exec $(printf %q "$root/comma") daemon start --foreground
END
chmod +x "$work/daemon"

read -r daemon_port mock_port < <(node -e '
  const net = require("node:net");
  const open = () => new Promise((done) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => done(server));
  });
  Promise.all([open(), open()]).then((servers) => {
    console.log(servers.map((server) => server.address().port).join(" "));
    servers.forEach((server) => server.close());
  });
') || fail "no free ports."

# --- play and compare -----------------------------------------------------------------------------------

# Plays the scenarios whose names match $1; the transcripts of others stay as they are.
play() {
  set -m
  (
    cd "$work/kit" &&
      KIT_TMP=$work/scratch MOCK_PORT=$mock_port DAEMON_CMD=$work/daemon \
        exec timeout -k 10 $PLAY_SECONDS node record.mjs "$out/transcripts" --port "$daemon_port" --only "$1"
  ) >>"$out/play.log" 2>&1 </dev/null &
  player=$!
  set +m
  wait "$player"
  local played=$?
  end_player
  cp "$work/scratch/homes/record/stdio.log" "$out/daemon.log" 2>/dev/null
  if [ "$played" -ne 0 ]; then
    tail -n 20 "$out/play.log"
    tail -n 20 "$out/daemon.log" 2>/dev/null
    fail "the scenarios could not be played to their end (exit code $played); see $out."
  fi
}

compare() {
  node "$kit/compare.mjs" "$kit/golden" "$out/transcripts" --verbose >"$out/comparison.txt"
  differing=$(sed -n -E 's/^(DIFF|MISSING) +([^ ]+).*/\2/p' "$out/comparison.txt")
}

rm -rf "$out" && mkdir -p "$out/transcripts" || exit 1
play .
compare
for ((attempt = 2; attempt <= ATTEMPTS; attempt++)); do
  [ -n "$differing" ] || break
  say "differing, played again: "$differing
  play "^($(tr '\n' '|' <<<"$differing" | sed 's/|*$//'))\$"
  compare
done

counts=$(tail -n 1 "$out/comparison.txt")
[[ $counts =~ ^([0-9]+)\ passed,\ ([0-9]+)\ failed,\ ([0-9]+)\ skipped$ ]] && [ "${BASH_REMATCH[1]}" -gt 0 ] ||
  fail "the comparison came to nothing: $counts"

unexpected=0
for scenario in $differing; do
  if why=$(allowed "$scenario"); then
    say "$scenario differs, as is known: $why."
  else
    unexpected=$((unexpected + 1))
  fi
done
for golden in "$kit"/golden/*.jsonl; do
  scenario=$(basename "$golden" .jsonl)
  if allowed "$scenario" >/dev/null && ! grep -qx -- "$scenario" <<<"$differing"; then
    say "$scenario is listed as differing and passes: take it off the list."
  fi
done
say "$counts"
if [ "$unexpected" -gt 0 ]; then
  cut -c1-400 "$out/comparison.txt" | head -n 120
  fail "$unexpected differ that must not; transcripts and comparison are in $out."
fi
