# Sourced: find_java25 TOOL sets JAVA_HOME to a Java 25 or newer whose bin holds TOOL (java, javac), or fails.
# Looks at JAVA_HOME, the TOOL on PATH, and the places where Linux and macOS packages put Java.

java_major() { # DIR -> the major version in DIR/release, or nothing
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

find_java25() {
    on_path=$(command -v "$1" 2>/dev/null) && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/"$1"}
    for candidate in "${JAVA_HOME:-}" "${on_path:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "${HOME:-/}"/.sdkman/candidates/java/* \
        "${HOME:-/}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        major=$(java_major "$candidate")
        if [ -x "$candidate/bin/$1" ] && [ "${major:-0}" -ge 25 ]; then
            JAVA_HOME=$candidate
            export JAVA_HOME
            return 0
        fi
    done
    return 1
}
