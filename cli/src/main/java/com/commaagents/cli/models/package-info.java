/// Providers and models as `comma providers` and `comma models` show them.
@NullMarked
package com.commaagents.cli.models;

import org.jspecify.annotations.NullMarked;
