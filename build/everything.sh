#!/usr/bin/env bash
# Connects to the MCP project's own everything-server, a real one, over all three transports.
#
# Ends with 0: all is well; 1: something is not; 77: nothing was tried, because there is no Node 20.
# The server is installed from its registry, in the versions of build/everything/package-lock.json,
# into target/everything; no script of a package is run.
set -uo pipefail

readonly NOT_RUN=77

root=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd) || exit 1
out=$root/target/everything

say() { printf 'everything-server: %s\n' "$*"; }

if ! command -v node >/dev/null || ! command -v npm >/dev/null ||
  ! node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)'; then
  say "not tried: it needs Node 20 or newer and npm."
  exit $NOT_RUN
fi

rm -rf "$out"
mkdir -p "$out" && cp "$root/build/everything/package.json" "$root/build/everything/package-lock.json" "$out" || exit 1
if ! (cd "$out" && npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1); then
  say "it could not be installed:"
  tail -n 20 "$out/npm.log"
  exit 1
fi

server=$out/node_modules/@modelcontextprotocol/server-everything/dist/index.js
cd "$root" || exit 1
if mvn -B -q test -pl mcp -am -Dtest=EverythingServerCheck -Dsurefire.failIfNoSpecifiedTests=false \
  -Dcomma.everything="$server"; then
  say "passed"
else
  say "failed"
  exit 1
fi
