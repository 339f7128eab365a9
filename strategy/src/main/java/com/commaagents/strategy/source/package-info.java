/// Text in JSON, JSONC or YAML 1.2 as one tree in which every key and value knows its line and
/// column. Knows nothing of strategies, opens no file, and never quotes what it reads: a text may
/// be anybody's secret until its reader knows better.
@NullMarked
package com.commaagents.strategy.source;

import org.jspecify.annotations.NullMarked;
