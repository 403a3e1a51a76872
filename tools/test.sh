#!/usr/bin/env bash
# Runs every test suite. Installs from Debian what is missing, builds, tests, and ends with the totals.
#   tools/test.sh            all suites
#   tools/test.sh Sqlite     only the test projects whose name contains the word
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
only="${1:-}"

need() { # command, Debian packages …
    command -v "$1" > /dev/null 2>&1 && return 0
    shift
    local sudo=""
    [ "$(id -u)" -eq 0 ] || sudo="sudo"
    echo "Installing $* …"
    { $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends "$@"; } > /dev/null \
        || { echo "Could not install $*: install it by hand and run this again." >&2; exit 1; }
}
need chromium chromium fonts-noto-core
need strace strace
need faketime faketime
need openssl openssl
need git git
# Its own packages check what is published.
need go golang-go
[ -d /usr/share/gocode/src/golang.org/x/mod/sumdb/tlog ] || need golang-x-mod golang-golang-x-mod-dev
# Debian keeps the server's programs out of the path. The tests start a server of their own.
ls /usr/lib/postgresql/*/bin/postgres > /dev/null 2>&1 || need postgres postgresql
[ -x /usr/sbin/haproxy ] || need haproxy haproxy

echo "Building …"
# One project at a time where memory is short; warnings are errors.
dotnet restore PledgeRegistry.sln --locked-mode || exit 1
dotnet format PledgeRegistry.sln --no-restore --verify-no-changes || { echo "Run 'dotnet format' and commit what it changes." >&2; exit 1; }
dotnet build PledgeRegistry.sln --no-restore -c Release -v quiet || exit 1

passed=0 failed=0 skipped=0 broken=0 elsewhere=()
for project in tests/*/*.Tests.csproj; do
    case "$project" in *"$only"*) ;; *) continue ;; esac
    name=$(basename "$project" .csproj)
    # Opt-in engines have no package, and so no test, in this build; they need a server that is named, and a build of their own.
    case "$name" in
        PledgeRegistry.EventStoreDb.Tests) elsewhere+=("PLEDGEREGISTRY_TEST_ESDB=… dotnet test $(dirname "$project") -p:EventStoreDb=true"); continue ;;
        PledgeRegistry.Marten.Tests) elsewhere+=("PLEDGEREGISTRY_TEST_POSTGRES=… dotnet test $(dirname "$project") -p:Marten=true"); continue ;;
    esac
    echo
    echo "== $name"
    log=$(mktemp)
    timeout --kill-after=30 1680 dotnet test "$project" --no-build -c Release --logger "console;verbosity=minimal" 2>&1 | tee "$log"
    status=${PIPESTATUS[0]}
    # "Passed!  - Failed:     0, Passed:   123, Skipped:     0, Total:   123, Duration: 4 s - …"
    line=$(grep -E '^(Passed|Failed|Skipped)! +- Failed:' "$log" | tail -n 1)
    rm -f "$log"
    count() { sed -nE "s/.*$1: +([0-9]+).*/\1/p" <<< "$line"; }
    if [ -z "$line" ] || { [ "$status" -ne 0 ] && [ "$(count Failed)" = 0 ]; }; then
        echo "$name did not finish (exit code $status)." >&2
        broken=$((broken + 1))
    fi
    # What was done, how often, and what was lost by it.
    [ -f "$(dirname "$project")/bin/Release/net10.0/faults.md" ] && cat "$(dirname "$project")/bin/Release/net10.0/faults.md"
    n=$(count Passed); passed=$((passed + ${n:-0}))
    n=$(count Failed); failed=$((failed + ${n:-0}))
    n=$(count Skipped); skipped=$((skipped + ${n:-0}))
done

echo
failed=$((failed + broken))
total="$passed passed, $failed failed"
[ "$skipped" -gt 0 ] && total="$total, $skipped skipped"
for command in "${elsewhere[@]}"; do
    echo "Not in these totals (an opt-in engine, against a server of its own): $command"
done
echo "$total"
[ "$failed" -eq 0 ] && [ "$skipped" -eq 0 ] && [ "$passed" -gt 0 ]
