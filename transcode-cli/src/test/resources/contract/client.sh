#!/bin/sh
# A client written from the contract alone: curl and a POSIX shell. Usage: client.sh http://127.0.0.1:3000 [token]
set -eu
base=$1
auth="Authorization: Bearer ${2:-none}"

answer=$(curl -sS --fail -X POST "$base/api/transcode/submit" -H "$auth" -H 'Content-Type: application/json' \
    -d '{"inputKey": "audio1/2816/video.mp4", "profile": "roku-hls", "outputPrefix": "transcoded/job_123"}')
id=$(printf '%s' "$answer" | sed -n 's/.*"jobId": *"\([^"]*\)".*/\1/p')
case $answer in *'"success":true'*'"status":"queued"'*) ;; *) echo "odd answer: $answer"; exit 1 ;; esac
echo "submitted $id"

tries=0
while :; do
    status=$(curl -sS --fail -H "$auth" "$base/api/transcode/status/$id")
    case $status in
    *'"status":"complete"'*) break ;;
    *'"status":"failed"'*) echo "failed: $status"; exit 1 ;;
    esac
    tries=$((tries + 1))
    [ "$tries" -lt 100 ] || { echo "no end: $status"; exit 1; }
    sleep 0.1 # polling is what this client does
done
echo "complete $(printf '%s' "$status" | sed -n 's/.*"key":"\([^"]*master.m3u8\)".*/\1/p')"

curl -sS --fail -H "$auth" "$base/api/transcode/jobs?page=0&size=20" | grep -q "\"id\":\"$id\""
echo "listed $id"
