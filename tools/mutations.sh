#!/usr/bin/env bash
# Random changes of published files and of stored rows: none may be accepted. Prints seeds and figures.
#   tools/mutations.sh [COUNT [SEED]]     COUNT of each of the two (default 10000); SEED repeats a run
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
export PLEDGEREGISTRY_MUTATIONS="${1:-10000}" PLEDGEREGISTRY_MUTATION_SEED="${2:-$((RANDOM * 32768 + RANDOM))}"
PLEDGEREGISTRY_MUTATION_REPORT=$(mktemp)
export PLEDGEREGISTRY_MUTATION_REPORT
trap 'rm -f "$PLEDGEREGISTRY_MUTATION_REPORT"' EXIT
status=0
dotnet test tests/PledgeRegistry.Cli.Tests -c Release --filter "FullyQualifiedName~MutationTests.No_change" --logger "console;verbosity=minimal" || status=$?
cat "$PLEDGEREGISTRY_MUTATION_REPORT"
exit "$status"
