# The one door to everything that is done with this project. `make` lists it.

.DEFAULT_GOAL := help
.PHONY: help build test fix run-example kit dist clean

MODULE_EXPORTS := api code file main parser tree util
FORMAT_FLAGS := $(foreach package,$(MODULE_EXPORTS),--add-exports=jdk.compiler/com.sun.tools.javac.$(package)=ALL-UNNAMED)

help: ## list what can be done
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | while IFS="$$(printf '\t')" read -r goal what; do printf '  make %-12s %s\n' "$$goal" "$$what"; done

build: ## build ./comma, with its start-up cache
	./comma --build

test: ## compile with all checks and run all tests
	mvn verify

fix: ## format every Java file
	mvn -q -pl checks -am test-compile
	mvn -q -pl checks org.apache.maven.plugins:maven-toolchains-plugin:select-jdk-toolchain org.codehaus.mojo:exec-maven-plugin:exec -Dexec.executable=java -Dexec.classpathScope=test -Dexec.args="$(FORMAT_FLAGS) -classpath %classpath com.commaagents.checks.JavaSources"

run-example: ## run the example strategy; with no API key the scripted model answers
	./comma run examples/code-review/strategy.yaml --input "Review the shop before its first release."

kit: ## compare with the public daemon: make kit KIT=path/to/kit
	@test -n "$(KIT)" || { echo 'Where is the conformance kit? make kit KIT=path/to/kit'; exit 2; }
	./comma --build
	cd "$(KIT)" && { test -d node_modules || npm ci; } && DAEMON_CMD="$(CURDIR)/comma daemon start --foreground" node record.mjs "$(CURDIR)/target/kit" && node compare.mjs golden "$(CURDIR)/target/kit"

dist: build ## pack the program: target/comma.tar.gz, to be unpacked anywhere with a JDK 25
	@read -r _ folder <target/comma/current && rm -rf target/dist && mkdir -p target/dist/comma/target/comma && cp comma LICENSE target/dist/comma/ && cp -R "target/comma/$$folder" target/dist/comma/target/comma/ && rm -f "target/dist/comma/target/comma/$$folder/comma.aot" && printf '%s %s\n' - "$$folder" >target/dist/comma/target/comma/current && tar -czf target/comma.tar.gz -C target/dist comma && ls -l target/comma.tar.gz

clean: ## remove what was built; a daemon that runs should be stopped before
	mvn -q clean
	rm -rf target
