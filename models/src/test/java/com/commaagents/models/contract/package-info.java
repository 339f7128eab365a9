/// Providers for the contract tests: one server for each wire, which speaks as the provider does.
@NullMarked
package com.commaagents.models.contract;

import org.jspecify.annotations.NullMarked;
