# Sourced by verify: counts tests by kind from the JUnit XML that Maven and the conformance suite write. Uses $top.

conformance_report() { printf '%s\n' "$top/conformance-tests/target/report/conformance.xml"; }

forget_reports() {
    find "$top" -path '*/target/*' \( -path '*/surefire-reports/*' -o -path '*/failsafe-reports/*' \) -name '*.xml' -delete
    rm -f "$(conformance_report)"
}

report_files() {
    find "$top" \( -path '*/target/surefire-reports/TEST-*.xml' -o -path '*/target/failsafe-reports/TEST-*.xml' \) | sort
    [ ! -f "$(conformance_report)" ] || conformance_report
}

# One line a suite: kind tests failed skipped.
suites() {
    local file
    report_files | while read -r file; do
        awk -v kind="$(kind "$file")" '
            function number(name,   rest) {
                if (!match($0, " " name "=\"[0-9]+\"")) return 0
                rest = substr($0, RSTART, RLENGTH); gsub(/[^0-9]/, "", rest); return rest + 0
            }
            /<testsuite[ >]/ { print kind, number("tests"), number("failures") + number("errors"), number("skipped"); }' "$file"
    done
}

kind() {
    case $1 in
        */conformance.xml) echo conformance ;;
        */architecture-tests/*) echo architecture ;;
        *TckTest.xml | *TckIT.xml | *TckTest\$*.xml | *TckIT\$*.xml) echo tck ;;
        */failsafe-reports/*) echo integration ;;
        *) echo unit ;;
    esac
}

print_table() {
    printf '%-14s %8s %8s %8s\n' kind passed failed skipped
    suites | awk '
        { tests[$1] += $2; failed[$1] += $3; skipped[$1] += $4 }
        END {
            split("unit tck integration architecture conformance", kinds, " ")
            for (i = 1; i <= 5; i++) { k = kinds[i]
                printf "%-14s %8d %8d %8d\n", k, tests[k] - failed[k] - skipped[k], failed[k], skipped[k] }
        }'
}

# The tests that failed by name, with the first line of what they say, and those that did not pass at once.
print_failures() {
    local file
    report_files | while read -r file; do
        awk '
            function value(name,   rest) {
                if (!match($0, " " name "=\"[^\"]*\"")) return ""
                rest = substr($0, RSTART, RLENGTH); sub(/^[^"]*"/, "", rest); sub(/"$/, "", rest); return rest
            }
            /<testcase[ >]/ { test = value("classname") "." value("name") }
            /<(failure|error)[ >]/ { print "FAILED " test ": " substr(value("message"), 1, 200) }
            /<flaky(Failure|Error)[ >]/ { print "UNSTEADY " test ": " substr(value("message"), 1, 200) }' "$file"
    done | sed 's/&quot;/"/g; s/&apos;/'"'"'/g; s/&lt;/</g; s/&gt;/>/g; s/&#10;.*//; s/&amp;/\&/g'
}

total() { # passed, failed or skipped
    suites | awk -v what="$1" '
        { tests += $2; failed += $3; skipped += $4 }
        END { print what == "passed" ? tests - failed - skipped + 0 : what == "failed" ? failed + 0 : skipped + 0 }'
}

print_totals() { printf '%d passed, %d failed, %d skipped\n' "$(total passed)" "$(total failed)" "$(total skipped)"; }
