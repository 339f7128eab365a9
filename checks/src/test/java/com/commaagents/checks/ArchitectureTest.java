package com.commaagents.checks;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final String ROOT = "com.commaagents.";

  /// What each module may know besides itself and `base`.
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          Map.entry("base", Set.of()),
          Map.entry("strategy", Set.of()),
          Map.entry("packages", Set.of("strategy")),
          Map.entry("engine", Set.of("strategy")),
          Map.entry("models", Set.of("engine", "strategy")),
          Map.entry("tools", Set.of("engine")),
          Map.entry("mcp", Set.of("engine")),
          Map.entry("runs", Set.of("engine", "strategy")),
          Map.entry("protocol", Set.of()),
          Map.entry("server", Set.of("protocol", "runs", "engine")),
          Map.entry("bench", Set.of("runs", "engine", "tools")),
          Map.entry(
              "cli",
              Set.of(
                  "server",
                  "runs",
                  "engine",
                  "models",
                  "tools",
                  "mcp",
                  "protocol",
                  "strategy",
                  "packages")));

  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.commaagents");
  }

  @Test
  void seesTheWholeProject() {
    Set<String> modules = new TreeSet<>();
    classes.forEach(type -> modules.add(moduleOf(type)));
    assertThat(modules).containsAll(ARROWS.keySet());
    assertThat(classes).hasSizeGreaterThan(500);
  }

  @Test
  void modulesKnowOnlyWhatTheirArrowsAllow() {
    ARROWS.forEach((module, allowed) -> {
      List<String> forbidden = new ArrayList<>();
      for (String other : ARROWS.keySet()) {
        if (!other.equals(module) && !other.equals("base") && !allowed.contains(other)) {
          forbidden.add(ROOT + other + "..");
        }
      }
      if (module.equals("base")) {
        forbidden.removeIf(name -> name.equals(ROOT + "base.."));
      }
      noClasses()
          .that()
          .resideInAPackage(ROOT + module + "..")
          .should()
          .dependOnClassesThat(resideInAnyPackage(forbidden.toArray(String[]::new)))
          .check(classes);
    });
  }

  @Test
  void packagesAreAcyclic() {
    slices().matching("com.commaagents.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void noPackageKnowsTheRoofOfItsModule() {
    for (String module : ARROWS.keySet()) {
      noClasses()
          .that(
              describe(
                  "lie below the roof of " + module,
                  type -> type.getPackageName().startsWith(ROOT + module + ".")))
          .should()
          .dependOnClassesThat(resideInAPackage(ROOT + module))
          .check(classes);
    }
  }

  @Test
  void nettyIsSeenOnlyByTheTransport() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.commaagents.server.http..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.netty..")
        .check(classes);
  }

  @Test
  void amazonsLibrariesAreSeenOnlyWhereBedrockIsCalledAndItsKeysAreFound() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "models.bedrock..", ROOT + "models.stream..", ROOT + "models.cloud..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("software.amazon..")
        .check(classes);
  }

  @Test
  void theMcpLibraryAndReactorAreSeenOnlyByConnections() {
    noClasses()
        .that()
        .resideOutsideOfPackage("com.commaagents.mcp.connection..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.modelcontextprotocol..", "reactor..", "org.reactivestreams..")
        .check(classes);
  }

  @Test
  void theLibraryNeedsNeitherServerNorCommandLine() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + "runs..", ROOT + "engine..", ROOT + "strategy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.netty..", "picocli..", "ch.qos.logback..")
        .check(classes);
  }

  @Test
  void timeChanceAndEnvironmentComeThroughPorts() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "base..", ROOT + "cli")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(java.util.UUID.class, "randomUUID")
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .check(classes);
  }

  @Test
  void signaturesAreBlocking() {
    // What the JDK asks of a client of HTTP speaks futures.
    noMethods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .areNotAssignableTo(HttpClient.class)
        .should()
        .haveRawReturnType("java.util.concurrent.CompletableFuture")
        .orShould()
        .haveRawReturnType("java.util.concurrent.Future")
        .check(classes);
  }

  private static String moduleOf(JavaClass type) {
    String below = type.getPackageName().substring(ROOT.length());
    int dot = below.indexOf('.');
    return dot < 0 ? below : below.substring(0, dot);
  }
}
