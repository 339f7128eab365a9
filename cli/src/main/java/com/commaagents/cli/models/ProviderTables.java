package com.commaagents.cli.models;

import com.commaagents.cli.words.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The two lists for people.
public final class ProviderTables {
  private static final Set<Integer> NUMBERS_OF_PROVIDERS = Set.of(3);
  private static final Set<Integer> NUMBERS_OF_MODELS = Set.of(1, 2, 3, 4);

  private ProviderTables() {}

  public static String providers(List<ProviderRow> providers, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ProviderRow.HEADING);
    providers.forEach(provider -> rows.add(provider.cells()));
    return Columns.text(rows, NUMBERS_OF_PROVIDERS, width);
  }

  public static String models(List<ModelRow> models, int width) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(ModelRow.HEADING);
    models.forEach(model -> rows.add(model.cells()));
    return Columns.text(rows, NUMBERS_OF_MODELS, width);
  }
}
