#!/bin/sh
# One-shot of compose.yaml: makes the bucket, lets browsers of any site read from it (CORS), and says how to go on.
# May run again: what is there stays.
set -eu
secrets=${SECRETS:-/run/transcode}
endpoint=${LYVE_ENDPOINT:?}
bucket=${LYVE_BUCKET:?}

md5_of() {
    printf '%s' "$1" | md5sum | cut -d ' ' -f 1 | sed 's/../\\x&/g' | xargs -0 printf '%b' | base64
}

# put PATH BODY: a signed PUT; prints the answer, then its status on a line of its own. The keys go through a pipe, not
# the command line.
put() {
    printf 'user = "%s:%s"\n' "$(cat "$secrets/s3-access-key")" "$(cat "$secrets/s3-secret-key")" |
        curl -sS --config - --max-time 20 --aws-sigv4 aws:amz:us-east-1:s3 -X PUT \
            -H "x-amz-content-sha256: $(printf '%s' "$2" | sha256sum | cut -d ' ' -f 1)" \
            -H "Content-MD5: $(md5_of "$2")" -H 'Content-Type: application/xml' \
            --data-binary "$2" -w '\n%{http_code}\n' "$endpoint/$1"
}

# want WHAT STATUS... -- ANSWER
want() {
    what=$1
    shift
    answer=
    for answer in "$@"; do :; done
    status=$(printf '%s\n' "$answer" | tail -n 1)
    case " $* " in
        *" $status "*) echo "$what: ok ($status)" ;;
        *)
            echo "$what: failed: $answer" >&2
            exit 1
            ;;
    esac
}

want "bucket $bucket" 200 409 -- "$(put "$bucket" '')"
want "CORS of $bucket" 200 204 -- "$(put "$bucket?cors=" '<CORSConfiguration><CORSRule><AllowedOrigin>*</AllowedOrigin><AllowedMethod>GET</AllowedMethod><AllowedMethod>HEAD</AllowedMethod><AllowedHeader>Range</AllowedHeader><ExposeHeader>Content-Length</ExposeHeader><ExposeHeader>Content-Range</ExposeHeader><ExposeHeader>Accept-Ranges</ExposeHeader><ExposeHeader>ETag</ExposeHeader><MaxAgeSeconds>86400</MaxAgeSeconds></CORSRule></CORSConfiguration>')"
cat <<END

The page is at http://localhost:3000. Its token:
    docker compose -f docs/deploy/compose.yaml exec api cat $secrets/api-token
END
