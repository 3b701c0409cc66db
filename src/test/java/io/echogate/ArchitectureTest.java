package io.echogate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of packages: who may import whom, and what stays where. Imports follow the data. */
final class ArchitectureTest {
    private static final String ROOT = "io.echogate";
    private static final JavaClasses CODE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** Besides {@code model}, which all may import, and {@code meter}, see {@link #NO_METER}. */
    private static final Map<String, Set<String>> MAY_IMPORT = new TreeMap<>(Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("clock", Set.of()),
            Map.entry("meter", Set.of()),
            Map.entry("http", Set.of()),
            Map.entry("net", Set.of("clock")),
            Map.entry("config", Set.of()),
            Map.entry("probe", Set.of("config", "clock", "http", "net")),
            Map.entry("judge", Set.of("config")),
            Map.entry("fleet", Set.of("config", "clock", "judge")),
            Map.entry("history", Set.of("config", "clock")),
            Map.entry("route", Set.of("config", "http")),
            Map.entry("exchange", Set.of("config", "http", "route")),
            Map.entry("relay", Set.of("config", "clock", "http", "net", "exchange")),
            Map.entry("page", Set.of("config", "clock", "history")),
            Map.entry("machine", Set.of("clock", "http", "net")),
            Map.entry(
                    "app",
                    Set.of(
                            "clock",
                            "config",
                            "exchange",
                            "fleet",
                            "history",
                            "http",
                            "judge",
                            "machine",
                            "net",
                            "page",
                            "probe",
                            "relay",
                            "route"))));

    /** Rows of the table whose packages come with later work. */
    private static final Set<String> NOT_YET = Set.of("alert", "cluster");

    private static final Set<String> NO_METER = Set.of("model", "clock", "meter", "judge", "route", "exchange");
    private static final Set<String> PURE = Set.of("judge", "route", "exchange", "model");

    static Set<String> rows() {
        return MAY_IMPORT.keySet();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void imports_are_listed(String row) {
        Set<String> allowed = new TreeSet<>(MAY_IMPORT.get(row));
        allowed.add(row);
        allowed.add("model");
        if (!NO_METER.contains(row)) {
            allowed.add("meter");
        }
        classes().that().resideInAPackage(in(row)).should(onlyImport(allowed)).check(CODE);
    }

    private static ArchCondition<JavaClass> onlyImport(Set<String> allowed) {
        return new ArchCondition<>("import only " + allowed) {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().forEach(dependency -> {
                    String other = packageOf(dependency.getTargetClass());
                    if (!other.isEmpty() && !allowed.contains(other)) {
                        events.add(SimpleConditionEvent.violated(item, dependency.getDescription()));
                    }
                });
            }
        };
    }

    private static String packageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1) : "";
    }

    private static String in(String row) {
        return ROOT + "." + row + "..";
    }

    @Test
    void no_cycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void every_package_is_a_row_and_every_row_a_package() {
        Set<String> packages = new TreeSet<>();
        CODE.forEach(type -> packages.add(packageOf(type)));
        assertThat(packages).isEqualTo(new TreeSet<>(MAY_IMPORT.keySet()));
        assertThat(packages).doesNotContainAnyElementsOf(NOT_YET);
    }

    @Test
    void pure_packages_touch_no_time_thread_or_io() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE.stream().map(ArchitectureTest::in).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "java.sql..",
                        "org.slf4j..",
                        "io.netty.channel..",
                        "io.netty.util..",
                        ROOT + ".clock..")
                .check(CODE);
    }

    @Test
    void only_clock_knows_time_and_chance() {
        noClasses()
                .that()
                .resideOutsideOfPackage(in("clock"))
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callConstructor(Random.class)
                .check(CODE);
    }

    @Test
    void threads_are_made_in_net_history_and_app_only() {
        noClasses()
                .that()
                .resideOutsideOfPackages(in("net"), in("history"), in("app"))
                .should()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.concurrent.Executors")
                .check(CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.netty.channel..=net,probe,relay,machine",
                "io.vertx..=page,history,app",
                "io.prometheus..=page",
                "org.snakeyaml..=config",
                "picocli..=app",
                "ch.qos.logback..=app"
            })
    void libraries_stay_where_they_belong(String row) {
        String[] parts = row.split("=", 2);
        String[] homes = Set.of(parts[1].split(",", -1)).stream()
                .map(ArchitectureTest::in)
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(parts[0])
                .check(CODE);
    }

    @Test
    void one_writer_publishes_one_reference() {
        classes()
                .that()
                .haveSimpleName("FleetWriter")
                .should()
                .resideInAPackage(in("fleet"))
                .check(CODE);
        noClasses()
                .that()
                .resideOutsideOfPackages(in("fleet"), in("model"))
                .should()
                .callConstructorWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
                        "it makes a Fleet",
                        call -> call.getTargetOwner().getFullName().equals(ROOT + ".model.Fleet")))
                .check(CODE);
    }

    @Test
    void names_say_what_a_class_is() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Base)")
                .check(CODE);
    }

    @Test
    void classes_are_closed() {
        classes()
                .that()
                .areTopLevelClasses()
                .and()
                .areNotInterfaces()
                .and()
                .doNotHaveSimpleName("package-info")
                .should(beClosed())
                .check(CODE);
    }

    private static ArchCondition<JavaClass> beClosed() {
        return new ArchCondition<>("be final, sealed, an enum or a record") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                boolean closed = item.getModifiers().contains(JavaModifier.FINAL)
                        || item.isEnum()
                        || item.reflect().isSealed();
                if (!closed) {
                    events.add(SimpleConditionEvent.violated(item, item.getName() + " is open"));
                }
            }
        };
    }

    @Test
    void nobody_prints_or_throws_generically() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CODE);
        GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS.check(CODE);
    }
}
