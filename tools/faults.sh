#!/usr/bin/env bash
# The faults of tests/README.md, for as long as asked: see there.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
build() { dotnet build tests/PledgeRegistry.Faults.Tests -c Release -v quiet || exit 1; }

# What the checker and the trace say of what they find.
found='(lost|duplicated|reordered|wrongly refused): |was acknowledged'

# Copies the source, plants one bug, builds host and tool there, and runs a fault on it, which must find it.
mutant() { # name, patch, options of the run
    local name="$1" patch="$2" copy output
    shift 2
    copy=$(mktemp -d)
    git ls-files -z -- src projections tools '*.props' global.json BannedSymbols.txt | xargs -0 cp --parents -t "$copy"
    (cd "$copy" && git apply) < "$patch" || { echo "$name: the patch no longer fits" >&2; rm -rf "$copy"; return 1; }
    for project in src/PledgeRegistry.Web tools/PledgeRegistry.Cli; do
        dotnet build "$copy/$project" -c Release -v quiet -p:TreatWarningsAsErrors=false > "$copy/build.log" 2>&1 || { cat "$copy/build.log" >&2; rm -rf "$copy"; return 1; }
    done
    output=$(PLEDGEREGISTRY_FAULTS_TREE="$copy" dotnet tests/PledgeRegistry.Faults/bin/Release/net10.0/PledgeRegistry.Faults.dll "$@" 2>&1)
    local status=$?
    rm -rf "$copy"
    # Found by the checker or by the trace, and not because nothing ran at all.
    if [ "$status" -ne 0 ] && grep -qE "$found" <<< "$output"; then
        echo "$name: found. $(grep -E "$found" <<< "$output" | head -n 1)"
    else
        echo "$name: NOT FOUND" >&2
        tail -n 20 <<< "$output" >&2
        return 1
    fi
}

case "${1:-}" in
    --mutations)
        build
        PLEDGEREGISTRY_FAULTS_MUTATIONS="${2:?how many}" exec dotnet test tests/PledgeRegistry.Faults.Tests --no-build -c Release --filter MutationTests --logger "console;verbosity=detailed" ;;
    --mutants)
        build
        failed=0
        mutant "acknowledged before the commit is on the disk" tools/mutants/not-synced.patch --engine sqlite --only strace || failed=1
        mutant "no condition on the head" tools/mutants/no-condition.patch --engine postgres --only SIGTERM || failed=1
        mutant "a command's id forgotten" tools/mutants/forgotten-command.patch --engine sqlite --only SIGTERM || failed=1
        exit "$failed" ;;
esac
build
exec dotnet tests/PledgeRegistry.Faults/bin/Release/net10.0/PledgeRegistry.Faults.dll "$@"
