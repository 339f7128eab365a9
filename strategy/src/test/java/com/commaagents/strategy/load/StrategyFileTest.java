package com.commaagents.strategy.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.commaagents.base.fault.Fault;
import com.commaagents.base.fault.FaultCode;
import com.commaagents.strategy.source.SourceReader;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrategyFileTest {
  @TempDir private Path folder;
  private LoadFixture fixture;

  @BeforeEach
  void open() {
    fixture = new LoadFixture(folder);
  }

  @Test
  void saysThatAFileIsMissingAndNamesOneThatIsNear() {
    fixture.write("nested.yaml", "");
    fixture.write("nestd.txt", "");
    assertFault(
        folder.resolve("nestd.yaml"),
        FaultCode.NOT_FOUND,
        "Strategy file not found: " + folder + "/nestd.yaml (did you mean \"nested.yaml\"?)");
    assertFault(
        folder.resolve("other.json"),
        FaultCode.NOT_FOUND,
        "Strategy file not found: " + folder + "/other.json (its folder exists; check the name)");
    assertFault(
        folder.resolve("no/such/folder.json"),
        FaultCode.NOT_FOUND,
        "Strategy file not found: "
            + folder
            + "/no/such/folder.json (its folder does not exist either; check the path)");
  }

  @Test
  void saysThatARelativeFileIsMissingAsItWasAskedFor() {
    assertFault(
        Path.of("no-such-strategy.yaml"),
        FaultCode.NOT_FOUND,
        "Strategy file not found: no-such-strategy.yaml (its folder exists; check the name)");
  }

  @Test
  void refusesOtherExtensionsWhetherTheFileIsThereOrNot() {
    fixture.write("there.txt", "");
    String message =
        "Unsupported strategy file extension: .txt. Use .json, .jsonc, .yaml, or .yml.";
    assertFault(folder.resolve("there.txt"), FaultCode.INVALID_INPUT, message);
    assertFault(folder.resolve("missing.txt"), FaultCode.INVALID_INPUT, message);
    assertFault(
        folder.resolve("strategy"),
        FaultCode.INVALID_INPUT,
        "Unsupported strategy file extension: "
            + folder
            + "/strategy. Use .json, .jsonc, .yaml, or .yml.");
  }

  @Test
  void refusesAFolderWhateverItIsCalled() throws IOException {
    Path called = Files.createDirectory(folder.resolve("folder.yaml"));
    assertFault(
        called,
        FaultCode.INVALID_INPUT,
        "Strategy path is a folder: " + called + ". Name a file in it.");
    assertFault(
        folder,
        FaultCode.INVALID_INPUT,
        "Strategy path is a folder: " + folder + ". Name a file in it.");
  }

  @Test
  void refusesWhatIsNoRegularFileWithoutOpeningIt() throws IOException {
    Path socket = folder.resolve("socket.yaml");
    try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      channel.bind(UnixDomainSocketAddress.of(socket));
      assertFault(
          socket, FaultCode.INVALID_INPUT, "Strategy path is not a regular file: " + socket);
    }
  }

  @Test
  void saysThatALinkInACircleCannotBeRead() throws IOException {
    Path link = folder.resolve("l.yaml");
    Files.createSymbolicLink(link, link);
    assertFault(link, FaultCode.PERSISTENCE, "Strategy file cannot be read: " + link);
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    Path file = fixture.write("big.yaml", " ".repeat(SourceReader.MAX_BYTES + 1));
    assertFault(
        file,
        FaultCode.INVALID_INPUT,
        "Failed to parse strategy YAML: "
            + file
            + "\n  - big.yaml:1:1: the file is larger than 1048576 bytes");
  }

  @Test
  void namesFormatFileAndPlaceOfASyntaxError() {
    Path file = fixture.write("bad.json", "{\n  \"name\": nobody }");
    assertFault(
        file,
        FaultCode.INVALID_INPUT,
        "Failed to parse strategy JSON: "
            + file
            + "\n  - bad.json:2:11: expected a value: an object, a list, a text in double quotes,"
            + " a number, true, false or null");
  }

  private static void assertFault(Path file, FaultCode code, String message) {
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> new StrategyLoader().load(file, LoadFixture.REQUEST))
        .satisfies(fault -> {
          assertThat(fault.message()).isEqualTo(message);
          assertThat(fault.code()).isEqualTo(code);
        });
  }
}
