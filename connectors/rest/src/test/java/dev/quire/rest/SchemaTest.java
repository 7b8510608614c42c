package dev.quire.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.quire.rest.spec.SpecReader;
import dev.quire.spi.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The published schema of spec files knows the keys that are read, and no others. */
class SchemaTest {
  private static final Path SCHEMA = Path.of("..", "..", "docs", "connectors", "rest.schema.json");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0007',
      textBlock =
          """
          xyzzy: 1                                                        | properties
          tables: {a: {path: /a, xyzzy: 1}}                               | $defs table properties
          tables: {a: {path: /a, columns: {x: {type: string, xyzzy: 1}}}} | $defs column oneOf 1 properties
          tables: {a: {path: /a, columns: {x: string}, filters: [{xyzzy: 1}]}} | $defs filter properties
          tables: {a: {path: /a, columns: {x: string}, page_size: {xyzzy: 1}}} | $defs pageSize properties
          tables: {a: {path: /a, columns: {x: string}, rows: {xyzzy: 1}}}      | $defs table properties rows oneOf 1 properties
          tables: {a: {path: /a, columns: {x: string}, errors: {xyzzy: 1}}}    | $defs errors properties
          tables: {a: {path: /a, columns: {x: string}, errors: {when: {xyzzy: 1}}}}         | $defs envelope oneOf 1 properties
          tables: {a: {path: /a, columns: {x: string}, format: {type: csv, xyzzy: 1}}}      | $defs format oneOf 1 properties
          tables: {a: {path: /a, columns: {x: string}, format: {type: jsonl, xyzzy: 1}}}    | $defs format oneOf 2 properties
          tables: {a: {path: /a, session: {xyzzy: 1}}}                                      | $defs session properties
          tables: {a: {path: /a, session: {open: {xyzzy: 1}}}}                              | $defs session properties open properties
          tables: {a: {path: /a, session: {open: {path: /o}, id: /id, body: /b, close: {xyzzy: 1}}}} | $defs session properties close properties
          tables: {a: {path: /a, session: {open: {path: /o}, id: /id, body: /b, close: {path: /c, id: {xyzzy: 1}}}}} | $defs place properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: none, xyzzy: 1}}}         | $defs paging oneOf 0 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: link_header, xyzzy: 1}}}  | $defs paging oneOf 1 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: next_url, xyzzy: 1}}}     | $defs paging oneOf 2 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: token, xyzzy: 1}}}        | $defs paging oneOf 3 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: token, parts: [{xyzzy: 1}]}}} | $defs tokenPart properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: token_object, xyzzy: 1}}} | $defs paging oneOf 4 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: keyset, xyzzy: 1}}}       | $defs paging oneOf 5 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: offset, xyzzy: 1}}}       | $defs paging oneOf 6 properties
          tables: {a: {path: /a, columns: {x: string}, paging: {style: page, xyzzy: 1}}}         | $defs paging oneOf 7 properties
          """)
  void a_section_has_the_keys_that_are_read(String spec, String place) throws Exception {
    SourceException fault =
        catchThrowableOfType(
            SourceException.class, () -> SpecReader.parse("api.yaml", spec.strip()));

    Object known =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(SCHEMA));
    for (String step : place.strip().split(" ")) {
      known =
          known instanceof List<?> list
              ? list.get(Integer.parseInt(step))
              : ((Map<?, ?>) known).get(step);
    }
    String hint = fault.hint().orElseThrow();
    assertThat(hint).startsWith("There may be: ");
    assertThat(hint.substring("There may be: ".length(), hint.length() - 1).split(", "))
        .containsExactlyInAnyOrderElementsOf(
            ((Map<?, ?>) known).keySet().stream().map(String::valueOf).toList());
  }
}
