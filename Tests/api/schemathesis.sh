#!/bin/sh
# Tries the API of a running portal with generated requests, good and bad, and holds each answer against the portal's
# own OpenAPI document.
#
#   Tests/api/schemathesis.sh http://127.0.0.1:8080 [EXAMPLES per operation and phase, 30 unless told]
#
# SCHEMATHESIS names the program where it is not on the path; SIMPUL_COOKIE is sent with every request, to be signed in.
# Exit code 0 when nothing was found.
set -eu
url=${1:?the address of a running portal}
examples=${2:-30}
if [ -n "${SIMPUL_COOKIE:-}" ]; then set -- --header "Cookie: $SIMPUL_COOKIE"; else set --; fi
exec "${SCHEMATHESIS:-schemathesis}" run "$url/api/openapi.json" --url "$url" --checks all \
    --max-examples "$examples" --seed 20261121 --generation-database none --no-color "$@"
