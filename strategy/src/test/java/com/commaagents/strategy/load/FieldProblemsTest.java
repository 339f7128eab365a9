package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One mistake a row: what is written, and the one line that tells of it.
class FieldProblemsTest {
  @TempDir private Path folder;
  private LoadFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LoadFixture(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {version: v, agents: {a: {model: m}}, flow: FLOW}                                  | s:1:1: name: missing; expected text
          {name: n, agents: {a: {model: m}}, flow: FLOW}                                     | s:1:1: version: missing; expected text
          {name: n, version: v, agents: {a: {model: m}}}                                     | s:1:1: flow: missing; expected an object with name, type and steps
          {name: n, version: v, flow: FLOW}                                                  | s:1:1: agents: missing; expected an object of agents by name
          {name: '', version: v, agents: {a: {model: m}}, flow: FLOW}                        | s:1:8: name: expected text, found an empty one
          {name: [n], version: v, agents: {a: {model: m}}, flow: FLOW}                       | s:1:8: name: expected text, found a list
          {name: n, version: 1.0, agents: {a: {model: m}}, flow: FLOW}                       | s:1:20: version: expected text, found a number; put it in quotes
          {name: n, version: , agents: {a: {model: m}}, flow: FLOW}                          | s:1:19: version: expected text, found nothing
          {name: n, version: v, description: true, agents: {a: {model: m}}, flow: FLOW}      | s:1:36: description: expected text, found true or false; put it in quotes
          {name: n, version: v, agents: [a], flow: FLOW}                                     | s:1:31: agents: expected an object, found a list
          {name: n, version: v, agents: {a: {model: m}}, flow: text}                         | s:1:54: flow: expected an object, found text
          {name: n, version: v, agents: {a: {model: m}}, flow: FLOW, mcpServers: 3}          | s:1:116: mcpServers: expected an object, found a number
          {name: n, version: v, agents: {a: {model: m}}, flow: FLOW, Description: d}         | s:1:104: Description: unknown field; did you mean "description"?
          {name: n, version: v, agents: {a: {model: m}}, flow: FLOW, '': d}                  | s:1:104: [""]: unknown field; expected one of agents, description, flow, mcpServers, name, version
          {name: n, version: v, agents: {a: {model: m}}, flow: FLOW, name: d}                | s:1:104: name: given twice; first at 1:2
          """)
  void ofTheStrategy(String text, String problem) {
    String flow = "{type: sequential, name: f, steps: [{agent: a}]}";
    assertThat(fixture.problems(text.replace("FLOW", flow))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          text                                              | s:4:6: agents.a: expected an object, found text
          {type: 3}                                         | s:4:13: agents.a.type: expected text, found a number; put it in quotes
          {type: ''}                                        | s:4:13: agents.a.type: expected text, found an empty one
          {type: lmm, tools: [x]}                           | s:4:13: agents.a.type: unknown agent type "lmm"; did you mean "llm"?
          {type: user, model: m}                            | s:4:19: agents.a.model: unknown field; expected one of config, description, type
          {type: user, config: []}                          | s:4:27: agents.a.config: expected an object, found a list
          {type: user, config: {requireinput: true}}        | s:4:28: agents.a.config.requireinput: unknown field; did you mean "requireInput"?
          {type: user, config: {requireInput: 'yes'}}       | s:4:42: agents.a.config.requireInput: expected true or false, found text
          {type: user, config: {presetMessage: 1}}          | s:4:43: agents.a.config.presetMessage: expected text, found a number; put it in quotes
          {type: user, description: [x]}                    | s:4:32: agents.a.description: expected text, found a list
          {type: echo, tools: []}                           | s:4:19: agents.a.tools: unknown field; expected one of config, description, type
          {type: echo, config: text}                        | s:4:27: agents.a.config: expected an object, found text
          {type: llm}                                       | s:4:6: agents.a.model: missing; expected provider/model, or a run with a model override
          {model: ''}                                       | s:4:14: agents.a.model: expected text, found an empty one
          {model: [m]}                                      | s:4:14: agents.a.model: expected text, found a list
          {model: m, systemprompt: x}                       | s:4:17: agents.a.systemprompt: unknown field; did you mean "systemPrompt"?
          {model: m, systemPrompt: 3}                       | s:4:31: agents.a.systemPrompt: expected text, found a number; put it in quotes
          {model: m, systemPrompt: no.md}                   | s:4:31: agents.a.systemPrompt: no readable file "no.md" beside the strategy; text that ends in .md or .txt names a file
          {model: m, systemPromptTemplate: x}               | s:4:39: agents.a.systemPromptTemplate: expected an object, found text
          {model: m, systemPromptTemplate: {}}              | s:4:39: agents.a.systemPromptTemplate.template: missing; expected text
          {model: m, systemPromptTemplate: {template: 1}}   | s:4:50: agents.a.systemPromptTemplate.template: expected text, found a number; put it in quotes
          {model: m, systemPromptTemplate: {template: no.txt}} | s:4:50: agents.a.systemPromptTemplate.template: no readable file "no.txt" beside the strategy; text that ends in .md or .txt names a file
          {model: m, systemPromptTemplate: {template: t, x: 1}} | s:4:53: agents.a.systemPromptTemplate.x: unknown field; expected one of template, variables
          {model: m, systemPromptTemplate: {template: t, variables: []}} | s:4:64: agents.a.systemPromptTemplate.variables: expected an object, found a list
          {model: m, systemPromptTemplate: {template: t, variables: {v: }}} | s:4:67: agents.a.systemPromptTemplate.variables.v: expected text, a number, true or false, a list of texts or an object of texts, found nothing
          {model: m, systemPromptTemplate: {template: t, variables: {v: [1]}}} | s:4:69: agents.a.systemPromptTemplate.variables.v[0]: expected text, found a number; put it in quotes
          {model: m, systemPromptTemplate: {template: t, variables: {v: {w: 1}}}} | s:4:72: agents.a.systemPromptTemplate.variables.v.w: expected text, found a number; put it in quotes
          {model: m, tools: read_file}                      | s:4:24: agents.a.tools: expected a list, found text
          {model: m, tools: [1]}                            | s:4:25: agents.a.tools[0]: expected text, found a number; put it in quotes
          {model: m, tools: [read_file, readfile]}          | s:4:36: agents.a.tools[1]: unknown tool "readfile"; did you mean "read_file"?
          {model: m, tools: [hammer]}                       | s:4:25: agents.a.tools[0]: unknown tool "hammer"; there are: read_file, write_file
          {model: m, skills: ['']}                          | s:4:26: agents.a.skills[0]: unknown skill ""; there are: style
          {model: m, skills: [stile]}                       | s:4:26: agents.a.skills[0]: unknown skill "stile"; did you mean "style"?
          {model: m, mcpServers: [zzz]}                     | s:4:30: agents.a.mcpServers[0]: unknown MCP server "zzz"; there are: own, search
          {model: m, providerOptions: []}                   | s:4:34: agents.a.providerOptions: expected an object, found a list
          {model: m, providerOptions: {openai: 1}}          | s:4:43: agents.a.providerOptions.openai: expected an object, found a number
          {model: m, modelOptions: 1}                       | s:4:31: agents.a.modelOptions: expected an object, found a number
          {model: m, modelOptions: {temprature: 1}}         | s:4:32: agents.a.modelOptions.temprature: unknown field; did you mean "temperature"?
          {model: m, modelOptions: {temperature: hot}}      | s:4:45: agents.a.modelOptions.temperature: expected a number, found text
          {model: m, modelOptions: {topP: [1]}}             | s:4:38: agents.a.modelOptions.topP: expected a number, found a list
          {model: m, modelOptions: {topK: 1.5}}             | s:4:38: agents.a.modelOptions.topK: expected a whole number, found another number
          {model: m, modelOptions: {maxOutputTokens: 0}}    | s:4:49: agents.a.modelOptions.maxOutputTokens: expected a whole number of at least 1, found another number
          {model: m, modelOptions: {maxRetries: -1}}        | s:4:44: agents.a.modelOptions.maxRetries: expected a whole number of at least 0, found another number
          {model: m, modelOptions: {frequencyPenalty: }}    | s:4:49: agents.a.modelOptions.frequencyPenalty: expected a number, found nothing
          {model: m, modelOptions: {presencePenalty: true}} | s:4:49: agents.a.modelOptions.presencePenalty: expected a number, found true or false
          {model: m, modelOptions: {seed: 92233720368547758070}} | s:4:38: agents.a.modelOptions.seed: expected a whole number, found one that is too large
          {model: m, outputSchema: true}                    | s:4:31: agents.a.outputSchema: expected an object, found true or false
          {model: m, context: []}                           | s:4:26: agents.a.context: expected an object, found a list
          {model: m, context: {window: 1}}                  | s:4:27: agents.a.context.window: unknown field; expected one of compaction, rollingWindow
          {model: m, context: {rollingWindow: -1}}          | s:4:42: agents.a.context.rollingWindow: expected {maxRecords}, or a whole number of at least 0, found another number
          {model: m, context: {rollingWindow: x}}           | s:4:42: agents.a.context.rollingWindow: expected {maxRecords}, or a whole number of at least 0, found text
          {model: m, context: {rollingWindow: {}}}          | s:4:42: agents.a.context.rollingWindow.maxRecords: missing; expected a whole number of at least 0
          {model: m, context: {rollingWindow: {maxRecords: 1.5}}} | s:4:55: agents.a.context.rollingWindow.maxRecords: expected a whole number of at least 0, found another number
          {model: m, context: {rollingWindow: {maxRecords: 1, x: 1}}} | s:4:58: agents.a.context.rollingWindow.x: unknown field; expected one of maxRecords
          {model: m, context: {compaction: 'on'}}           | s:4:39: agents.a.context.compaction: expected true, false or {keepRecent, threshold}, found text
          {model: m, context: {compaction: {keep: 1}}}      | s:4:40: agents.a.context.compaction.keep: unknown field; expected one of keepRecent, threshold
          {model: m, context: {compaction: {keepRecent: -1}}} | s:4:52: agents.a.context.compaction.keepRecent: expected a whole number of at least 0, found another number
          {model: m, context: {compaction: {threshold: 0}}} | s:4:51: agents.a.context.compaction.threshold: expected a whole number of at least 1, found another number
          {model: m, maxSteps: 0}                           | s:4:27: agents.a.maxSteps: expected a whole number of at least 1, found another number
          {model: m, maxSteps: 2147483648}                  | s:4:27: agents.a.maxSteps: expected a whole number of at least 1, found one that is too large
          {model: m, maxSteps: '3'}                         | s:4:27: agents.a.maxSteps: expected a whole number of at least 1, found text
          """)
  void ofAnAgent(String agent, String problem) {
    assertThat(
            fixture.problems(
                "name: n\nversion: v\nagents:\n  a: "
                    + agent
                    + "\nflow: {type: sequential, name: f, steps: [{agent: a}]}\n"
                    + "mcpServers: {own: {transport: stdio, command: c}}\n"))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {name: f, steps: [{agent: a}]}                                          | s:4:7: flow.type: missing; expected sequential, cycle or broadcast
          {type: sequential, steps: [{agent: a}]}                                 | s:4:7: flow.name: missing; expected text
          {type: sequential, name: f}                                             | s:4:7: flow.steps: missing; expected a list of steps
          {type: sequential, name: f, steps: []}                                  | s:4:42: flow.steps: expected a list with at least one entry, found an empty one
          {type: sequential, name: f, steps: {agent: a}}                          | s:4:42: flow.steps: expected a list, found an object
          {type: sequential, name: f, steps: [a]}                                 | s:4:43: flow.steps[0]: expected an object, found text
          {type: sequential, name: f, steps: [{}]}                                | s:4:43: flow.steps[0]: expected {agent}, or a flow with name, type and steps
          {type: sequential, name: f, steps: [{agent: [a]}]}                      | s:4:51: flow.steps[0].agent: expected text, found a list
          {type: sequential, name: f, steps: [{agent: A}]}                        | s:4:51: flow.steps[0].agent: unknown agent "A"; did you mean "a"?
          {type: sequential, name: f, steps: [{agent: a, name: x}]}               | s:4:54: flow.steps[0].name: unknown field; expected one of agent, description
          {type: sequential, name: f, steps: [{agent: a, description: 1}]}        | s:4:67: flow.steps[0].description: expected text, found a number; put it in quotes
          {type: sequential, name: f, steps: [{agent: a}], cycles: 2}             | s:4:56: flow.cycles: unknown field; expected one of description, name, steps, type
          {type: sequential, name: f, description: [], steps: [{agent: a}]}       | s:4:48: flow.description: expected text, found a list
          {type: Cycle, name: f, cycles: 3, steps: [{agent: a}]}                  | s:4:14: flow.type: unknown flow type "Cycle"; did you mean "cycle"?
          {type: cycle, name: f, cycles: 0, steps: [{agent: a}]}                  | s:4:38: flow.cycles: expected "Infinity", or a whole number of at least 1, found another number
          {type: cycle, name: f, cycles: endless, steps: [{agent: a}]}            | s:4:38: flow.cycles: expected a whole number of at least 1, or "Infinity"
          {type: cycle, name: f, cycles: true, steps: [{agent: a}]}               | s:4:38: flow.cycles: expected "Infinity", or a whole number of at least 1, found true or false
          {type: cycle, name: f, observer: b, steps: [{agent: a}]}                | s:4:40: flow.observer: unknown agent "b"; did you mean "a"?
          {type: cycle, name: f, breakCycleSignals: [], steps: [{agent: a}]}      | s:4:49: flow.breakCycleSignals: expected a list with at least one entry, found an empty one
          {type: cycle, name: f, breakCycleSignals: [''], steps: [{agent: a}]}    | s:4:50: flow.breakCycleSignals[0]: expected text, found an empty one
          {type: cycle, name: f, breakCycleSignals: done, steps: [{agent: a}]}    | s:4:49: flow.breakCycleSignals: expected a list, found text
          {type: cycle, name: f, breakCycleSignalMatch: all, steps: [{agent: a}]} | s:4:53: flow.breakCycleSignalMatch: unknown signal match "all"; there are: any-line, exact, first-line, substring
          {type: cycle, name: f, separator: x, steps: [{agent: a}]}               | s:4:30: flow.separator: unknown field; expected one of breakCycleSignalMatch, breakCycleSignals, cycles, description, name, observer, steps, type
          {type: broadcast, name: f, separator: [x], steps: [{agent: a}]}         | s:4:45: flow.separator: expected text, found a list
          {type: broadcast, name: f, config: {}, steps: [{agent: a}]}             | s:4:34: flow.config: unknown field; expected one of description, name, separator, steps, type
          {type: relay, name: f, config: x, steps: [{agent: a}]}                  | s:4:38: flow.config: expected an object, found text
          {type: relay, name: f, hops: 1, steps: [{agent: a}]}                    | s:4:30: flow.hops: unknown field; expected one of config, description, name, steps, type
          {type: sequential, name: f, steps: [{type: cycle, name: g, steps: [{agent: b}]}]} | s:4:82: flow.steps[0].steps[0].agent: unknown agent "b"; did you mean "a"?
          """)
  void ofAFlow(String flow, String problem) {
    assertThat(
            fixture.problems("name: n\nversion: v\nagents: {a: {model: m}}\nflow: " + flow + "\n"))
        .containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x                                             | s:5:17: mcpServers.m: expected an object, found text
          {command: c}                                  | s:5:17: mcpServers.m.transport: missing; expected stdio, http or sse
          {transport: htp}                              | s:5:29: mcpServers.m.transport: unknown transport "htp"; did you mean "http"?
          {transport: stdio}                            | s:5:17: mcpServers.m.command: missing; expected text or {env}
          {transport: stdio, command: [c]}              | s:5:45: mcpServers.m.command: expected text, or {env} with the name of an environment variable, found a list
          {transport: stdio, command: {ENV: X}}         | s:5:45: mcpServers.m.command.env: missing; expected the name of an environment variable
          {transport: stdio, command: {env: ''}}        | s:5:51: mcpServers.m.command.env: expected text, found an empty one
          {transport: stdio, command: c, args: x}       | s:5:54: mcpServers.m.args: expected a list, found text
          {transport: stdio, command: c, args: [1]}     | s:5:55: mcpServers.m.args[0]: expected text, or {env} with the name of an environment variable, found a number; put it in quotes
          {transport: stdio, command: c, cwd: 1}        | s:5:53: mcpServers.m.cwd: expected text, or {env} with the name of an environment variable, found a number; put it in quotes
          {transport: stdio, command: c, env: []}       | s:5:53: mcpServers.m.env: expected an object, found a list
          {transport: stdio, command: c, env: {A: 1}}   | s:5:57: mcpServers.m.env.A: expected text, or {env} with the name of an environment variable, found a number; put it in quotes
          {transport: stdio, command: c, url: u}        | s:5:48: mcpServers.m.url: unknown field; expected one of args, command, cwd, enabledByDefault, env, transport
          {transport: http}                             | s:5:17: mcpServers.m.url: missing; expected text or {env}
          {transport: sse, url: u, command: c}          | s:5:42: mcpServers.m.command: unknown field; expected one of enabledByDefault, headers, transport, url
          {transport: http, url: u, headers: {A: []}}   | s:5:56: mcpServers.m.headers.A: expected text, or {env} with the name of an environment variable, found a list
          {transport: http, url: u, enabledByDefault: 1} | s:5:61: mcpServers.m.enabledByDefault: expected true or false, found a number
          """)
  void ofAnMcpServer(String server, String problem) {
    String start =
        "name: n\nversion: v\nagents: {a: {model: m}}\n"
            + "flow: {type: sequential, name: f, steps: [{agent: a}]}\nmcpServers: {m: ";
    assertThat(fixture.problems(start + server + "}"))
        .contains(problem)
        .hasSizeLessThanOrEqualTo(problem.contains(".command.env: missing") ? 2 : 1);
  }

  @Test
  void tellsFiftyProblemsAndCountsTheRest() {
    String start = "name: n\nversion: v\nagents: {a: {model: m}}\n";
    String flow = "flow: {type: sequential, name: f, steps: [{agent: a}]}\n";
    assertThat(message(start + flow + extra(50)))
        .contains("has 50 problems")
        .endsWith(
            "s.yaml:54:1: extra49: unknown field; expected one of agents, description, flow,"
                + " mcpServers, name, version");
    assertThat(message(start + flow + extra(52)))
        .contains("has 52 problems", "s.yaml:54:1: extra49:")
        .endsWith("\n  … and 2 more");
  }

  private static String extra(int count) {
    StringBuilder fields = new StringBuilder();
    for (int index = 0; index < count; index++) {
      fields.append("extra").append(index).append(": 1\n");
    }
    return fields.toString();
  }

  private String message(String yaml) {
    return fixture.check("s.yaml", yaml) instanceof LoadResult.Rejected rejected
        ? rejected.message()
        : "loaded";
  }
}
