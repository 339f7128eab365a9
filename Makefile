# The one door to everything that is done with this project. `make` lists it.

.DEFAULT_GOAL := help
.PHONY: help build test fix catalogue run-example kit bench bench-boot bench-tools dist clean

help: ## list what can be done
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r goal what; do printf '  make %-12s %s\n' "$$goal" "$$what"; done

build: ## build ./comma, with its start-up cache
	./comma --build

test: ## compile with all checks and run all tests
	mvn verify

# The formatter is run straight from its source: it works where nothing compiles yet.
FORMATTER := $(shell sed -n 's/.*<googlejavaformat.version>\(.*\)<.*/\1/p' pom.xml)
FORMATTER_JARS := $(patsubst %,target/format/%.jar,google-java-format-$(FORMATTER) guava-33.6.0-jre commonmark-0.29.0 commonmark-ext-gfm-tables-0.29.0)
COMPILER_EXPORTS := $(foreach package,api code file main parser tree util,--add-exports=jdk.compiler/com.sun.tools.javac.$(package)=ALL-UNNAMED)
COPY := mvn -q -N org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -DoutputDirectory=target/format

target/format/google-java-format-%.jar:
	$(COPY) -Dartifact=com.google.googlejavaformat:google-java-format:$*

target/format/guava-%.jar:
	$(COPY) -Dartifact=com.google.guava:guava:$*

target/format/commonmark-ext-gfm-tables-%.jar:
	$(COPY) -Dartifact=org.commonmark:commonmark-ext-gfm-tables:$*

target/format/commonmark-%.jar:
	$(COPY) -Dartifact=org.commonmark:commonmark:$*

fix: $(FORMATTER_JARS) ## format every Java file; works where nothing compiles yet
	"$$(./comma --jdk)/bin/java" $(COMPILER_EXPORTS) -cp "target/format/*" checks/src/test/java/com/commaagents/checks/JavaSources.java

catalogue: ## make the bundled catalogue of models out of models/src/catalogue/facts.txt
	"$$(./comma --jdk)/bin/java" checks/src/test/java/com/commaagents/checks/CatalogueFile.java

run-example: ## run the example strategy; with no API key the scripted model answers
	./comma run examples/code-review/strategy.yaml --input "Review the shop before its first release."

kit: ## compare with the public daemon: make kit KIT=path/to/kit
	@test -n "$(KIT)" || { echo 'Where is the conformance kit? make kit KIT=path/to/kit'; exit 2; }
	build/conformance.sh "$(KIT)"

BENCH_FOLDER ?= target

bench: ## measure the run store beside the bare disk; another disk: make bench BENCH_FOLDER=path
	mvn -q -B -Dcomma.unchecked -Dmaven.test.skip=true -pl bench -am package
	mkdir -p "$(BENCH_FOLDER)"
	"$$(./comma --jdk)/bin/java" -XX:+UseSerialGC -cp "bench/target/classes:bench/target/lib/*" com.commaagents.bench.store.StoreMeasurement "$(BENCH_FOLDER)"

BENCH_RUNS ?= 100000

bench-boot: ## measure a folder of very many runs; how many: make bench-boot BENCH_RUNS=number
	mvn -q -B -Dcomma.unchecked -Dmaven.test.skip=true -pl bench -am package
	mkdir -p "$(BENCH_FOLDER)"
	"$$(./comma --jdk)/bin/java" -XX:+UseSerialGC -cp "bench/target/classes:bench/target/lib/*" com.commaagents.bench.store.BootMeasurement "$(BENCH_FOLDER)" "$(BENCH_RUNS)"

BENCH_FILES ?= 100000

bench-tools: ## measure searching, beside ripgrep, and a tool call; how many files: make bench-tools BENCH_FILES=number
	mvn -q -B -Dcomma.unchecked -Dmaven.test.skip=true -pl bench -am package
	mkdir -p "$(BENCH_FOLDER)"
	"$$(./comma --jdk)/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "bench/target/classes:bench/target/lib/*" com.commaagents.bench.tools.SearchMeasurement "$(BENCH_FOLDER)" "$(BENCH_FILES)"
	"$$(./comma --jdk)/bin/java" -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -cp "bench/target/classes:bench/target/lib/*" com.commaagents.bench.tools.ToolCallMeasurement "$(BENCH_FOLDER)"

dist: build ## pack the program: target/comma.tar.gz, to be unpacked anywhere with a JDK 25
	@read -r _ folder <target/comma/current && rm -rf target/dist && mkdir -p target/dist/comma/target/comma && cp comma LICENSE target/dist/comma/ && cp -R "target/comma/$$folder" target/dist/comma/target/comma/ && rm -f "target/dist/comma/target/comma/$$folder/comma.aot" && printf '%s %s\n' - "$$folder" >target/dist/comma/target/comma/current && tar -czf target/comma.tar.gz -C target/dist comma && ls -l target/comma.tar.gz

clean: ## remove what was built; a daemon that runs should be stopped before
	mvn -q clean
	rm -rf target
