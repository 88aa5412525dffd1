# SPDX-License-Identifier: Apache-2.0
failures=0

expect() {
    printed=$(./timespan "$1" 2>/dev/null || echo refused)
    if [ "$printed" = "$2" ]; then
        echo "ok $1 = $2"
    else
        echo "not ok $1: want $2, got $printed"
        failures=$((failures + 1))
    fi
}

expect 45s 45
expect 1h30m 5400
expect 24h 86400
expect 1h1m1s 3661
expect 0s 0
expect "" refused
expect 90 refused
expect 5d refused
expect -1s refused
expect 9223372036854775807h refused

exit "$failures"
