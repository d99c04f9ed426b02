#!/bin/sh
# One-shot of compose.yaml: makes the stack's secrets on its first start and keeps them on later ones. They stand in a
# volume that only the stack's containers mount, readable by each of their users.
set -eu
cd "${SECRETS:-/run/transcode}"

random() {
    od -An -v -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

# keep FILE VALUE: whole or not at all, and never again.
keep() {
    [ -s "$1" ] && return
    printf '%s\n' "$2" >"$1.new"
    chmod 444 "$1.new"
    mv "$1.new" "$1"
}

keep api-token "$(random 24)"
keep s3-access-key "$(random 10)"
keep s3-secret-key "$(random 20)"
keep redis-password "$(random 24)"
keep redis-url "redis://:$(cat redis-password)@redis:6379"
keep grafana-password "$(random 12)"
# Nothing is lost but the last second, and nothing is ever evicted: a full Redis refuses new jobs instead.
keep redis.conf "requirepass $(cat redis-password)
dir /data
appendonly yes
appendfsync everysec
maxmemory 512mb
maxmemory-policy noeviction"
echo "secrets are in place"
