#!/bin/sh
# First calls against a fleet: a seller with two templates and two SKUs, then the fleet moves both to the second template.
# May be run again: what is there already is found and left as it is.
# Usage: GE_URL=http://127.0.0.1:8080 GE_KEY=<operator key> sh examples/producers/firstCalls.sh [seller id]
set -eu
seller=${1:-S-FIRST}

ge() { # METHOD PATH [BODY] [OPTION...]
  method=$1 path=$2 body=${3:-}
  shift "$(($# < 3 ? $# : 3))"
  curl -sS --fail-with-body -X "$method" "$GE_URL$path" -H "Authorization: Bearer $GE_KEY" \
    ${body:+-H 'Content-Type: application/json' -d "$body"} "$@"
  echo
}

ge POST /v1/sellers '{ "sellers": [{ "sellerId": "'"$seller"'", "marketplaceId": "US", "country": "US",
  "name": "Old Mill Tea", "email": "tea@example.com", "locale": "en-US",
  "addresses": [{ "name": "Old Mill Tea", "line1": "410 Terry Ave N", "city": "Seattle", "state": "WA",
    "postalCode": "98109", "country": "US" }], "generalAddress": 0 }] }'
for name in 'Small parcels' 'Large parcels'; do
  ge GET "/v1/sellers/$seller/templates" | grep -F "\"name\":\"$name\"" ||
    ge POST "/v1/sellers/$seller/templates" '{ "name": "'"$name"'" }'
done
ge PUT "/v1/sellers/$seller/skus" '{ "skus": [{ "sku": "TEA-1" }, { "sku": "TEA-2" }] }'

# From here on it is work of the fleet: 202, and an operation that says how far it is.
accepted=$(ge POST "/v1/sellers/$seller/skus/assignments" '{ "items": [
  { "sku": "TEA-1", "template": { "name": "Large parcels" } },
  { "sku": "TEA-2", "template": { "name": "Large parcels" } }] }' -H "Idempotency-Key: first-calls-$seller")
operation=$(printf '%s' "$accepted" | sed 's/.*"operationId":"\([^"]*\)".*/\1/')
progress=
while ! printf '%s' "$progress" | grep -q '"state":"closed"'; do
  progress=$(ge GET "/v1/operations/$operation")
done
echo "$progress"
