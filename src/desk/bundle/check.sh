#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Checks a records bundle or disclosure package; README.txt says what each check means.
#
#   sh check.sh [--head HASH] [--key FINGERPRINT]... [FOLDER]
#
# Needs sha256sum, openssl 3 and the standard tools. Changes nothing. Ends with status 0 and "OK" or with 1 and "NOT OK".
set -u
LC_ALL=C
export LC_ALL

usage () { echo "usage: sh check.sh [--head HASH] [--key FINGERPRINT]... [FOLDER]" >&2; exit 2; }

head='' keys='' folder=$(dirname "$0")
while [ $# -gt 0 ]; do
  case $1 in
    --head) [ -n "${2:-}" ] || usage; head=$2; shift ;;
    --key) [ -n "${2:-}" ] || usage; keys="$keys $2"; shift ;;
    --*) usage ;;
    *) folder=$1 ;;
  esac
  shift
done
cd "$folder" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
: >"$work/problems"

exec 3>&1
problem () { echo "PROBLEM: $*" >&3; echo x >>"$work/problems"; }
hash_of () { sha256sum <"$1" | cut -c 1-64; }

# signed ACCOUNT HASH SIGNATURE-FILE: whether one of the account's keys made the signature over the digits of the hash.
signed () {
  case $1 in '' | *[!a-z0-9.-]*) return 1 ;; esac
  printf '%s' "$2" >"$work/digits"
  for key in public-keys/"$1"_*.pem; do
    [ -f "$key" ] && openssl pkeyutl -verify -pubin -inkey "$key" -rawin -in "$work/digits" -sigfile "$3" \
      >/dev/null 2>&1 && return 0
  done
  return 1
}

# --- 1. The files are those of the manifest -----------------------------------------------------------------------------
sha256sum --check --strict --quiet MANIFEST.sha256 >"$work/sums" 2>&1 || {
  while IFS= read -r line; do problem "manifest: $line"; done <"$work/sums"
  [ -s "$work/sums" ] || problem "manifest: cannot be read"
}
cut -c 67- MANIFEST.sha256 | sort >"$work/listed"
find . -type f ! -path ./MANIFEST.sha256 ! -path ./package.json ! -path ./package.sig | cut -c 3- | sort >"$work/present"
comm -13 "$work/listed" "$work/present" >"$work/added"
while IFS= read -r name; do problem "not in the manifest: $name"; done <"$work/added"
find . ! -type f ! -type d >"$work/odd"
while IFS= read -r name; do problem "neither file nor folder: $name"; done <"$work/odd"

# --- 2. The manifest is the one that was signed -------------------------------------------------------------------------
author=$(sed -n 's/^{"author":"\([^"]*\)","body":.*/\1/p' package.json)
grep -q "\"manifest\":\"$(hash_of MANIFEST.sha256)\"" package.json || problem "package.json was made for another manifest"
signed "$author" "$(hash_of package.json)" package.sig || problem "package.json is not signed by its author"

# --- 3. The keys --------------------------------------------------------------------------------------------------------
for key in public-keys/*.pem; do
  print=$(openssl pkey -pubin -in "$key" -outform DER 2>/dev/null | sha256sum | cut -c 1-64)
  echo "key ${key#public-keys/} has the fingerprint $print"
  case "$keys " in
    ' ' | *" $print "*) ;;
    *) problem "$key is none of the keys given with --key" ;;
  esac
done

# --- 4. The audit log ---------------------------------------------------------------------------------------------------
# One line "seq previous hash" per row, in the order of the file.
number='\([0-9][0-9]*\)' hex='\([0-9a-f]\{64\}\)' text='"[^"\\]*"'
sed -n \
  -e "s/^{\"hash\":\"$hex\",\"previous\":\"$hex\",\"seq\":$number,\"withheld\":true}\$/\3 \2 \1/p" \
  -e "s/^{\"hash\":\"$hex\",\"row\":{.*,\"previous\":\"$hex\",\"seq\":$number,\"station\":$text,\"time\":$text},\"signature\":$text}\$/\3 \2 \1/p" \
  audit.jsonl >"$work/chain"
[ "$(wc -l <"$work/chain")" -eq "$(wc -l <audit.jsonl)" ] || problem "audit.jsonl has a line that is no row"
awk -v previous=0000000000000000000000000000000000000000000000000000000000000000 '
  $1 != NR || $2 != previous { print $1 } { previous = $3 }' "$work/chain" >"$work/broken"
while IFS= read -r seq; do problem "audit row $seq does not follow on the row before it"; done <"$work/broken"

# Each row that is told, in a file of its own: row NUMBER holds what was hashed, hash NUMBER what it should be.
grep '^{"hash":"[0-9a-f]*","row":' audit.jsonl >"$work/rows"
mkdir "$work/told"
awk -v folder="$work/told" '{
  hash = substr($0, 10, 64)
  row = substr($0, 82)
  sub(/,"signature":"[^"\\]*"}$/, "", row)
  signature = $0
  sub(/.*"signature":"/, "", signature)
  sub(/"}$/, "", signature)
  file = folder "/row" NR
  printf "%s", row >file
  close(file)
  print hash "  row" NR
  if (signature != "") {
    account = row
    sub(/^{"account":"/, "", account)
    sub(/".*/, "", account)
    print account, hash, signature >(folder "/signed")
  }
}' "$work/rows" >"$work/told.sums"
if [ -s "$work/told.sums" ]; then
  (cd "$work/told" && sha256sum --check ../told.sums 2>/dev/null) | sed -n 's/^row\([0-9]*\): FAILED$/\1/p' >"$work/changed"
  while IFS= read -r number; do problem "an audit row was changed: $(cut -c 1-60 "$work/told/row$number")"; done <"$work/changed"
fi
[ ! -f "$work/told/signed" ] || while read -r account hash signature; do
  printf '%s' "$signature" | openssl base64 -d -A >"$work/signature" 2>/dev/null
  signed "$account" "$hash" "$work/signature" || problem "the signature of an audit row of $account is wrong"
done <"$work/told/signed"

last=$(tail -n 1 "$work/chain" | cut -d ' ' -f 3)
grep -q "\"audit_head\":\"$last\"" package.json || problem "the audit log does not end where package.json says"
if [ -n "$head" ]; then
  cut -d ' ' -f 3 "$work/chain" | grep -qxF -e "$head" || problem "the audit head given with --head is not in the audit log"
fi

# --- 5. The records -----------------------------------------------------------------------------------------------------
# What the audit log says was written, and what is there: "id hash".
sed -n 's/.*[{,]"wrote":{\([^}]*\)}.*/\1/p' "$work/rows" | tr ',' '\n' | sed 's/^"\([0-9]*\)":"\([0-9a-f]*\)"$/\1 \2/' |
  sort >"$work/written"
for file in records/*.json; do
  hash=$(hash_of "$file")
  id=$(sed -n 's/^{"author":"[^"]*","body":.*,"id":\([0-9]*\),"kind":"[a-z0-9-]*","made_at":"[^"]*","previous":[0-9]*,"request":[0-9]*}$/\1/p' "$file")
  author=$(sed -n 's/^{"author":"\([^"]*\)","body":.*/\1/p' "$file")
  echo "${id:-0} $hash"
  signed "$author" "$hash" "${file%.json}.sig" || problem "the signature of $file is wrong"
done >"$work/records.unsorted"
sort "$work/records.unsorted" >"$work/records"
comm -23 "$work/written" "$work/records" >"$work/missing"
while read -r id hash; do problem "record $id of the audit log is not here as it was written"; done <"$work/missing"
comm -13 "$work/written" "$work/records" >"$work/foreign"
while read -r id hash; do problem "record $id is not in the audit log"; done <"$work/foreign"

# --- 6. Pictures and documents are named by their hash ------------------------------------------------------------------
for file in files/*; do
  [ -f "$file" ] || continue
  name=${file#files/}
  [ "$(hash_of "$file")" = "${name%%.*}" ] || problem "$file is not what its name says"
done

if [ -s "$work/problems" ]; then
  echo "NOT OK: $(wc -l <"$work/problems" | tr -d ' ') problems"
  exit 1
fi
echo "audit head $last"
echo "OK: $(wc -l <"$work/records" | tr -d ' ') records, $(wc -l <"$work/chain" | tr -d ' ') audit rows, $(wc -l <"$work/listed" | tr -d ' ') files"
