#!/bin/sh
# accounts.sh URL OUTPUT: the usual shell loop, one curl and two jq per page; an object a line.
set -eu
page=$(mktemp)
trap 'rm -f "$page"' EXIT
: >"$2"
link=$1/api/data/v9.2/accounts
while [ -n "$link" ]; do
  curl -sfg "$link" -H 'Prefer: odata.maxpagesize=5000' -o "$page"
  jq -c '.value[]' "$page" >>"$2"
  link=$(jq -r '."@odata.nextLink" // empty' "$page")
done
