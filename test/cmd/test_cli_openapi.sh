#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# SPDX-FileCopyrightText: The Landgang authors
# test_cli_openapi.sh LANDGANG: the description of the API that is kept is the program's, and every reference in it leads somewhere.
landgang=$1
if "$landgang" openapi | cmp -s - doc/openapi.json; then
	echo "ok 1 - doc/openapi.json is what the program says"
else
	echo "not ok 1 - doc/openapi.json is what the program says"
	echo "# landgang openapi > doc/openapi.json"
fi
if python3 - <<'PY'
import json, sys
api = json.load(open('doc/openapi.json'))
def references(v):
    if isinstance(v, dict):
        if '$ref' in v: yield v['$ref']
        for x in v.values(): yield from references(x)
    elif isinstance(v, list):
        for x in v: yield from references(x)
missing = [r for r in references(api) if r.rsplit('/', 1)[-1] not in api['components']['schemas']]
sys.exit(f'# nothing at {missing}' if missing or api['openapi'] != '3.1.0' else 0)
PY
then
	echo "ok 2 - every reference leads somewhere"
else
	echo "not ok 2 - every reference leads somewhere"
fi
echo 1..2
