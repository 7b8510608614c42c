#!/bin/sh
# glue.sh URL OUTPUT: the usual shell loop, one curl and two jq per page; an object a line.
set -eu
page=$(mktemp)
trap 'rm -f "$page"' EXIT
: >"$2"
token=
while :; do
  body="{\"JobName\":\"nightly-load\",\"MaxResults\":200${token:+,\"NextToken\":\"$token\"}}"
  curl -sf "$1" -H 'X-Amz-Target: AWSGlue.GetJobRuns' -H 'Content-Type: application/x-amz-json-1.1' -d "$body" -o "$page"
  jq -c '.JobRuns[]' "$page" >>"$2"
  token=$(jq -r '.NextToken // empty' "$page")
  [ -n "$token" ] || break
done
