# Sourced by ./echogate and ./verify with $root set: finds a JDK 25 and Maven, or says in one line what is missing.
. "$root/src/main/dist/bin/java25.sh"

find_jdk25() {
    find_java25 javac && return 0
    echo "echogate: no JDK 25 found: install one (for instance temurin-25-jdk) or set JAVA_HOME" >&2
    return 1
}

find_maven() {
    command -v mvn >/dev/null 2>&1 && return 0
    echo "echogate: Maven is missing: install it (for instance apt-get install maven)" >&2
    return 1
}

# Builds target/dist unless it is newer than every source. One build at a time.
build_if_needed() { # ROOT
    stamp=$1/target/dist/.built
    if [ -f "$stamp" ] && [ -z "$(find "$1/pom.xml" "$1/src/main" -newer "$stamp" -print -quit)" ]; then
        return 0
    fi
    find_maven || return 1
    mkdir -p "$1/target"
    (
        flock 9
        if [ -f "$stamp" ] && [ -z "$(find "$1/pom.xml" "$1/src/main" -newer "$stamp" -print -quit)" ]; then
            exit 0
        fi
        echo "echogate: building (first use takes a minute or two) ..." >&2
        touch "$1/target/.building"
        rm -rf "$1/target/dist"
        if ! mvn -q -B -f "$1/pom.xml" -Dmaven.test.skip=true package >"$1/target/build.log" 2>&1; then
            cat "$1/target/build.log" >&2
            echo "echogate: the build failed; its output is above and in target/build.log" >&2
            exit 1
        fi
        "$1/target/dist/bin/train" || true
        touch -r "$1/target/.building" "$stamp"
    ) 9>"$1/target/.build.lock"
}
